"""Bold words within a line, and what questions begin with."""

import numpy as np
import pytest

from restorekit.synthesis.assets import faces_for, has_glyph
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import bold, paper_blocks
from restorekit.synthesis.printing.bold import BOLD, put_bold, put_number, source_of, strike_again
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.sheets import new_sheet, put_text, text_width
from restorekit.synthesis.printing.type_plan import Plan, draw_plan
from restorekit.synthesis.texts.grammar import rules
from restorekit.synthesis.texts.whole_papers import Block


def test_what_is_struck_twice_is_darker_and_its_neighbours_are_as_before():
    sheet = new_sheet(generator(3, 16), 80, 400, "en", unit=30)
    end = put_text(sheet, 20, 50, "one ", sheet.body)
    put_text(sheet, end, 50, "two", sheet.body)
    before = np.asarray(sheet.image).copy()
    strike_again(sheet, 20, 50, "one", sheet.body)
    after = np.asarray(sheet.image)
    assert (after <= before).all() and after[:, int(end) :].tolist() == before[:, int(end) :].tolist()
    assert (255.0 - after[:, : int(end)]).sum() > 1.15 * (255.0 - before[:, : int(end)]).sum()


def test_chinese_words_are_struck_in_the_bold_of_their_face():
    sheet = new_sheet(generator(3, 16), 80, 400, "zh", unit=30)
    kind = sheet.body._replace(path="print/zh_song_regular.otf", latin="", spacing=0.0, size=30)
    put_text(sheet, 20, 50, "正确", kind)
    strike_again(sheet, 20, 50, "正确", kind)
    own = new_sheet(generator(3, 16), 80, 400, "zh", unit=30)
    put_text(own, 20, 50, "正确", kind._replace(path="print/zh_song_bold.otf"))
    dark = (np.asarray(one.image.convert("L")) < 128 for one in (sheet, own))
    assert np.mean(np.not_equal(*dark)) < 0.004


def test_characters_that_a_bold_face_lacks_are_struck_twice():
    sheet = new_sheet(generator(3, 16), 80, 400, "ja", unit=30)
    kind = sheet.body._replace(path="print/zh_wenkai_regular.ttf", latin="", spacing=0.0, size=30)
    assert not has_glyph("print/zh_wenkai_bold.ttf", "う")
    put_text(sheet, 20, 50, "うみ", kind)
    plain = (255.0 - np.asarray(sheet.image)).sum()
    strike_again(sheet, 20, 50, "うみ", kind)
    assert (255.0 - np.asarray(sheet.image)).sum() < 1.8 * plain, "no boxes in their place"


def test_numbers_are_set_plain_or_in_the_bold_of_their_face():
    for path, bold_path in BOLD.items():
        pages = []
        for bolder in (False, True):
            sheet = new_sheet(generator(3, 16), 60, 200, "en", unit=24)
            sheet.plan = Plan(bold_numbers=bolder)
            kind = sheet.body._replace(path=path, latin="", spacing=0.0)
            end = put_number(sheet, 10, 40, "12. ", kind)
            used = kind._replace(path=bold_path if bolder else path)
            gap = max(0.34 * 24, text_width(" ", kind))
            assert end == pytest.approx(10 + text_width("12.", used) + gap)
            pages.append((255.0 - np.asarray(sheet.image)).sum())
        assert pages[1] > pages[0]


@pytest.mark.parametrize("language", ["zh", "en", "de", "fr", "es", "ru", "el", "ja", "ko"])
def test_every_language_says_where_questions_are_from_in_letters_that_its_faces_have(language):
    for text in rules(language)["source"]:
        said = text.replace("{year}", "2024").replace("{few}", "3").replace(" ", "")
        assert all(has_glyph(face.path, one) for face in faces_for(language) for one in said)


def test_some_questions_begin_with_their_source_in_bold(monkeypatch):
    struck = []

    def put(sheet, x, y, text, kind):
        struck.append((x, text))
        return put_bold(sheet, x, y, text, kind)

    for module in (bold, paper_blocks):
        monkeypatch.setattr(module, "put_bold", put)
    sheet = new_sheet(generator(3, 16), 900, 900, "zh", unit=24)
    sheet.plan = Plan(bold_numbers=True, sourced=1.0)
    block = Block("question", ("正确的是[B]",), 3, options=("一", "二", "三"))
    paper_blocks.put_block(sheet, generator(4, 3), block, Style(), 40, 860, 20)
    (x, number), (after, source) = struck
    assert (x, number) == (40, f"{sheet.questions}.") and source.startswith(("（", "(", "["))
    assert after == pytest.approx(40 + text_width(f"{number} ", sheet.body), abs=6)
    line = next(slot for slot in sheet.slots if slot.kind == "text")
    assert line.hint == "正确的是" and line.left > after + text_width(source, sheet.body) - 3


def test_most_papers_have_no_sources_and_each_names_years_or_marks():
    plans = [draw_plan(generator(seed, 5)) for seed in range(300)]
    assert 0.1 < np.mean([plan.sourced > 0 for plan in plans]) < 0.35
    assert 0.2 < np.mean([plan.bold_numbers for plan in plans]) < 0.4
    sheet = new_sheet(generator(3, 16), 90, 90, "en")
    for sourced, dated in ((0.4, True), (1.0, False)):
        sheet.plan = Plan(sourced=sourced)
        said = [text for seed in range(40) if (text := source_of(sheet, generator(seed, 6)))]
        assert all(any(char.isdecimal() for char in text) and ("20" in text) == dated for text in said)
        assert dated or len(set(said)) == 1, "all questions are worth as much"
    sheet.plan = Plan()
    assert not source_of(sheet, generator(1, 6))


def test_no_exam_is_named_before_questions_for_the_youngest():
    sheet = new_sheet(generator(3, 16), 900, 900, "zh", unit=20)
    sheet.plan = sheet.plan._replace(sourced=1.0)
    for topic, named in (("mathematics_1", False), ("mathematics_2", True)):
        sheet.topic = topic
        assert bool(source_of(sheet, generator(1, 2))) == named
