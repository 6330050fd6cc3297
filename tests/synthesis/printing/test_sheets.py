"""A sheet's rules, and where they are."""

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.sheets import Ruling, new_sheet, text_width, wrap

LINED = Ruling(60, 660, 80, 850, 45)


def test_a_point_moves_onto_the_nearest_rules_that_there_are():
    assert LINED.nearest(101, 130) == (101, 125)
    assert LINED._replace(loose=True).nearest(101, 130) == (101, 130)
    squared = LINED._replace(pitch=40, square=20, column=7)
    assert squared.nearest(101, 132) == (107, 140)
    assert squared.nearest(1, 61) == (7, 60)


def test_a_page_with_a_title_begins_with_the_first_question():
    first = {True: set(), False: set()}
    for opened in first:
        for seed in range(30):
            sheet = new_sheet(generator(1, 1), 100, 100, "en", unit=16)
            sheet.opened = opened
            first[opened].add(sheet.next_question(generator(seed, 2)))
            assert sheet.next_question(generator(seed, 3)) == sheet.questions
    assert first[True] == {1} and len(first[False]) > 10


def test_no_line_begins_with_a_question_mark():
    kind = new_sheet(generator(3, 16), 100, 300, "fr", unit=20).body
    text = "Combien font 20% de 220 ?"
    for width in range(60, 400, 7):
        lines = wrap(text, kind, width, "fr")
        assert " ".join(lines) == text
        assert not any(line.startswith("?") for line in lines)


def test_the_first_line_of_a_paragraph_alone_is_shorter_by_its_indent():
    kind = new_sheet(generator(3, 16), 100, 300, "zh", unit=20).body
    text, each = "的一是中国" * 20, text_width("的", new_sheet(generator(3, 16), 9, 9, "zh", unit=20).body)
    lines = wrap(text, kind, 10.5 * each, "zh", 2 * each)
    assert [len(line) for line in lines] == [8, *[10] * 9, 2]
