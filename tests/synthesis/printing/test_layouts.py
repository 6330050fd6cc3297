"""Printed sheets of every kind and language, and where they invite ink."""

import re

import numpy as np
import pytest

from restorekit.synthesis import pages
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import (
    apparatus,
    charts,
    dictations,
    extras,
    figures,
    flows,
    forms,
    geometry,
    graphs,
    layouts,
    picture_tables,
    primary,
    reading_texts,
    segments,
    shown,
)
from restorekit.synthesis.printing.line_breaks import wrap
from restorekit.synthesis.printing.sheets import Type, new_sheet, text_width
from restorekit.synthesis.printing.whole_papers import papers_for, whole_paper
from restorekit.synthesis.texts.grammar import passages


def reader(sheet, rng, left, right, y):
    return reading_texts.tell(sheet, rng, left, right, y, reading_texts.new_manner(rng))


LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")
BLOCKS = [
    *(shown.pictures, forms.fields, reader),
    *(extras.equation, extras.contents, extras.cases),
    *(shown.choice_shown, shown.figured, shown.workings_shown, segments.see_and_solve),
    *(primary.counting, primary.chain, picture_tables.picture_table),
]
FIGURES = [
    *(geometry.polygon, geometry.triangle, geometry.circle, geometry.solid),
    *(charts.pie, charts.bars, graphs.line_graph),
    *(figures._clock, figures._number_line, flows.flow_chart),
    *(segments.segments, segments.things_in_row, apparatus.apparatus),
    apparatus.circuit,
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_a_dictation_comes_twice(language):
    for seed in range(3):
        sheet = new_sheet(generator(seed, 16), 1754, 1240, language, unit=16)
        dictations.dictation(sheet, generator(seed, 17))
        if language in ("zh", "ja"):
            written = "".join(slot.hint for slot in sheet.slots if slot.kind == "cell")
            copied = [text[:20] for text in re.split("(?<=。)", written) if len(text) > 12]
        else:
            copied = [slot.hint for slot in sheet.slots if slot.kind == "line" and len(slot.hint) > 25]
        assert len(copied) == len(set(copied)) > 8  # but ends of texts may be alike


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.__name__)
def test_every_block_prints_below_its_start_and_moves_on(block):
    for seed, language in enumerate(("en", "zh", "ru", "ko")):
        rng = generator(seed, 11)
        sheet = new_sheet(rng, 600, 460, language)
        end = block(sheet, rng, 40, 420, 100)
        assert end > 100
        picture = np.asarray(sheet.image)
        assert picture.min() < 250, f"{language}: nothing was printed"


@pytest.mark.parametrize("draw", FIGURES, ids=lambda draw: draw.__name__)
def test_every_figure_is_drawn_in_its_box(draw):
    for seed in range(4):
        sheet = new_sheet(generator(seed, 15), 560, 640, "en", unit=24)
        draw(sheet, generator(seed, 16), 120, 120, 400, 320)
        printed = np.asarray(sheet.image).min(2) < 250
        beside = 2 * sheet.unit  # letters stand beside their points
        assert printed[120:440, 120:520].any()
        assert not printed[: 120 - beside].any()
        assert not printed[440 + beside :].any()
        assert not printed[:, : 120 - beside].any()
        assert not printed[:, 520 + beside :].any()


def test_slots_lie_on_the_sheet():
    for seed in range(8):
        sheet = layouts.print_sheet(generator(seed, 12), 500, 400)
        for slot in sheet.slots:
            assert slot.left < slot.right
            assert slot.top < slot.bottom
            assert slot.left < sheet.width
            assert 0 < slot.bottom < sheet.height


def test_sheets_are_of_many_kinds():
    sheets = [layouts.print_sheet(generator(seed, 13), 128, 200) for seed in range(40)]
    assert len({sheet.body.path for sheet in sheets}) > 8
    assert {"zh", "en"} <= {sheet.language for sheet in sheets}


def test_wrap_keeps_within_the_width_and_loses_nothing():
    kind = Type("print/la_serif_regular.ttf", 20)
    text = "one two three four five six seven"
    lines = wrap(text, kind, 120, "en")
    assert " ".join(lines) == text
    assert all(text_width(line, kind) <= 120 for line in lines)


def test_chinese_lines_do_not_begin_with_a_full_stop():
    kind = Type("print/zh_song_regular.otf", 20)
    assert wrap("的一是中国。的一是中国。", kind, 110, "zh") == ["的一是中国。", "的一是中国。"]
    assert wrap("的一是中国。的一是中国。", kind, 100, "zh") == ["的一是中", "国。的一是", "中国。"]


@pytest.mark.parametrize("width", range(60, 200, 10))
def test_numbers_terms_and_blanks_are_not_broken(width):
    kind = Type("print/zh_song_regular.otf", 20)
    lines = wrap("求9×13+2的值，又知92,95和3.5cm，填____。“大”字", kind, width, "zh")
    for whole in ("9×13+2", "92,95", "3.5cm", "____。", "“大”"):
        assert any(whole in line for line in lines)
    assert "".join(lines) == "求9×13+2的值，又知92,95和3.5cm，填____。“大”字"


def test_squares_hold_the_sentence_above_them_one_character_each():
    for seed in range(16):
        sheet = new_sheet(generator(seed, 20), 600, 900, "zh")
        extras.grid(sheet, generator(seed, 21), 20, 880, 20)
        hints = [slot.hint for slot in sheet.slots if slot.kind == "cell"]
        _, *lines = [slot.hint for slot in sheet.slots if slot.kind == "text"]
        assert hints and all(len(hint) == 1 for hint in hints if hint)
        assert "".join(hints).startswith("".join(lines)) and sheet.questions
    assert extras.grid(new_sheet(generator(1, 20), 600, 900, "fr"), generator(2, 21), 20, 880, 20) == 20


def test_the_other_side_goes_on_where_this_one_ends():
    kinds = set()
    for seed in range(24):
        front = layouts.print_sheet(generator(seed, 12), 500, 400)
        back = layouts.print_sheet(generator(seed, 13), 500, 400, "", front)
        kinds.add(back.kind)
        assert back.plan.outer != front.plan.outer
        brackets = front.plan.brackets  # which another paper of a book may have otherwise
        plan = back.plan._replace(brackets=brackets, outer=front.plan.outer)
        assert (back.kind, back.language, back.body, plan) == (
            front.kind,
            front.language,
            front.body,
            front.plan,
        )
        if back.kind == "notebook":
            assert back.ruling is front.ruling and np.asarray(back.image).min() == 255
    assert {"notebook", "paper"} <= kinds
    assert pages._other_side(generator(1, 13), front, "")[0].shape == (500, 400, 3)


def test_the_place_in_a_box_is_as_tall_as_most_of_it():
    rng = generator(2, 18)
    sheet = new_sheet(rng, 200, 600, "en")
    kind = sheet.body._replace(size=30)
    end = primary.number_sentence(sheet, 40, 100, "#@#=#", ("3", "+", "4", "7"), kind)
    assert [slot.hint for slot in sheet.slots] == ["3", "+", "4", "7"]
    assert all(slot.bottom == 100 and 22 <= slot.bottom - slot.top <= 23 for slot in sheet.slots)
    assert 40 + 4 * 30 < end < 40 + 7 * 30


def test_nothing_but_a_running_head_stands_at_the_top():
    for seed in range(8):
        for fill in (lambda sheet, rng: whole_paper(sheet, rng, papers_for("en")), layouts._article):
            sheet = new_sheet(generator(seed, 9), 700, 600, "en", unit=20)
            fill(sheet, generator(seed, 10))
            assert np.asarray(sheet.image)[: round(1.2 * sheet.unit)].min() == 255


def test_rows_to_copy_hold_whole_sentences_where_these_fit():
    sheet = new_sheet(generator(3, 16), 900, 900, "zh", unit=20)
    text = ("天上有云。", "地上有水。", "山里有很多高大的树。")
    rows = dictations.whole_sentences(sheet, text, "", 12 * sheet.body.size)
    assert rows == ["天上有云。地上有水。", "山里有很多高大的树。"]
    assert "".join(dictations.whole_sentences(sheet, text, "", 4 * sheet.body.size)) == "".join(text)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sheets_to_copy_begin_with_a_text_that_fills_much_of_them(language):
    for seed in range(6):
        sheet = new_sheet(generator(seed, 16), 1400, 1000, language, unit=26)
        dictations.dictation(sheet, generator(seed, 17))
        said = "".join(slot.hint for slot in sheet.slots if slot.kind in ("line", "cell")).replace(" ", "")
        bare = str.maketrans("", "", " ，。、？！：；”")  # marks may share a square with a character
        said = said.translate(bare)
        longest = max(
            sum(sentence.translate(bare) in said for sentence in text) for text in passages(language)
        )
        assert longest >= dictations.LONG // 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_exam_is_anything_but_a_whole_paper(language, monkeypatch):
    monkeypatch.setattr(layouts.phrases, "pick_language", lambda rng: language)
    for kind in ("paper", "primary"):
        monkeypatch.setattr(layouts, "KINDS", {kind: 1.0})
        sheets = [layouts.print_sheet(generator(seed, 5), 300, 400) for seed in range(6)]
        known = {paper.name for paper in papers_for(language, early=kind == "primary")}
        assert len(known) > 1 and {sheet.given["whole_paper"] for sheet in sheets} <= known
