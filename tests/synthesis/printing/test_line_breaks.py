"""Where lines of print break."""

import numpy as np
import pytest

from restorekit.synthesis.printing import paper_lines
from restorekit.synthesis.printing.line_breaks import balance, pieces
from restorekit.synthesis.printing.sheets import Type, new_sheet, text_width
from restorekit.synthesis.texts.whole_papers import pieces_of

KIND = Type("print/la_serif_regular.ttf", 20)


def test_formulas_and_numbers_with_their_units_are_one():
    assert pieces("Find y = 2x − 5. Then stop.", "en") == ["Find ", "y = 2x − 5. ", "Then ", "stop."]
    assert pieces("It is 9 cm long and 4 km/h fast.", "en") == [
        *("It ", "is ", "9 cm ", "long ", "and ", "4 km/h ", "fast.")
    ]
    assert pieces("We saw a dog - it ran.", "en") == ["We ", "saw ", "a ", "dog ", "- ", "it ", "ran."]
    assert max(map(len, pieces("1 + " * 40, "en"))) <= 24
    assert pieces("Add 1 875 kg and 12 000.", "en") == ["Add ", "1 875 kg ", "and ", "12 000."]
    assert pieces("捉鱼__12__。", "zh") == ["捉", "鱼", "__12__。"]
    assert pieces("In 2012 500 came.", "en") == ["In ", "2012 ", "500 ", "came."]


@pytest.mark.parametrize("width", range(120, 400, 20))
def test_headings_leave_no_word_alone_where_it_can_be_helped(width):
    text = "C. Choose the right word and write it on the line."
    lines = balance(text, KIND, width, "en")
    assert " ".join(lines) == text and max(text_width(line, KIND) for line in lines) <= width
    assert len(lines) > 3 or " " in lines[-1]


def test_headings_in_characters_leave_few_alone_on_no_line():
    text, kind = "的一是中国的一是中国的一", Type("print/zh_song_regular.otf", 20)
    assert [len(line) for line in balance(text, kind, 210, "zh")] == [8, 4]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("zh", "日期[9月12日]　　用时[7]分　　做对[57]题", ["日期9月12日　　", "用时7分　　", "做对57题"]),
        ("zh", "共有[57]题。", ["共", "有", "57题。"]),
        ("zh", "得y=[3]。", ["得", "y=3。"]),
        ("en", "It is [57] cm long.", ["It ", "is ", "57 cm ", "long."]),
        ("en", "So k = [57].", ["So ", "k = 57."]),
        ("en", "Solve x^2 − 4 = 0 now", ["Solve ", "x2 − 4 = 0 ", "now"]),
    ],
)
def test_blanks_stay_with_what_they_belong_to(language, text, words):
    sheet = new_sheet(np.random.default_rng(1), 400, 400, language, unit=20)
    found = paper_lines._words(sheet, pieces_of(text), sheet.body, 380)
    assert ["".join(piece.text for piece in word) for word in found] == words
