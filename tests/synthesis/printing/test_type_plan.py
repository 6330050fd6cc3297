"""What is alike everywhere on a page."""

import numpy as np
import pytest

from restorekit.synthesis.assets import faces_for
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import choices, layouts, paper_blocks, paper_lines, paper_tables, type_plan
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.printing.type_plan import Plan, columns_of, draw_plan, heading_face, text_face
from restorekit.synthesis.texts.whole_papers import Block, papers_in


def test_a_page_keeps_to_one_face_and_size_of_text(monkeypatch):
    set_in = set()
    put = paper_blocks.put_text

    def noted(sheet, x, baseline, text, kind, **given):
        set_in.add(kind)
        return put(sheet, x, baseline, text, kind, **given)

    for module in (paper_blocks, paper_lines, paper_tables):
        monkeypatch.setattr(module, "put_text", noted)
    paper = next(one for one in papers_in("en") if one.title.startswith("Times Tables"))
    for seed in range(6):
        set_in.clear()
        sheet, y = new_sheet(generator(seed, 16), 3000, 900, "en", unit=20), 20.0
        for block in paper.blocks[1:9:2]:
            y = paper_blocks.put_block(sheet, generator(seed, 17), block, Style(), 40, 860, y)
        assert set_in == {sheet.body._replace(spacing=0.0)}


@pytest.mark.parametrize("aside", [False, True])
def test_brackets_for_answers_stand_in_one_place(aside):
    sheet, y = new_sheet(generator(1, 16), 2000, 900, "en", unit=20), 20.0
    sheet.plan = Plan(aside=aside)
    for seed in range(12):
        block = Block("question", (f"{'Why ' * (seed + 1)}? [A]",), seed + 1, options=("a", "b", "c"))
        y = paper_blocks.put_block(sheet, generator(seed, 17), block, Style(), 40, 860, y)
    rights = [slot.right for slot in sheet.slots if slot.kind == "gap"]
    assert len(rights) == 12
    assert (min(rights) > 820) == aside


def test_answers_stand_as_the_longest_leaves_room():
    sheet = new_sheet(generator(1, 16), 300, 900, "en", unit=20)
    for length, across in ((3, 4), (12, 2), (40, 1)):
        sheet.slots.clear()
        choices._options(sheet, 40, 860, 20, ["m" * length, "m", "m", "m"])
        places = [slot for slot in sheet.slots if slot.kind == "option"]
        assert sum(slot.bottom == places[0].bottom for slot in places) == across


def test_sums_stand_in_columns_as_there_is_room():
    assert columns_of(Plan(columns=3), 900, 60) == 3
    assert columns_of(Plan(columns=3), 100, 60) == columns_of(Plan(columns=1), 900, 60) == 1


def test_most_pages_have_no_second_colour_and_others_one():
    plans = [draw_plan(generator(seed, 3)) for seed in range(300)]
    grey = [len(set(plan.accent)) == 1 for plan in plans]
    assert 0.8 < np.mean(grey) < 0.95
    for seed in range(12):
        sheet = layouts.print_sheet(generator(seed, 15), 900, 640)
        assert sheet.head.colour in (sheet.colour, sheet.plan.accent)


def test_most_headlines_are_in_the_bold_of_the_text():
    body = "print/la_sans_regular.ttf"
    faces = [heading_face(generator(seed, 4), "en", body) for seed in range(200)]
    assert faces.count("print/la_sans_bold.ttf") > 130 and len(set(faces)) > 2
    assert not any("serif" in face or "mono" in face for face in faces), (
        "text without serifs has plain headlines"
    )
    serif = {heading_face(generator(seed, 4), "en", "print/la_serif_regular.ttf") for seed in range(100)}
    assert {"print/la_serif_bold.ttf", "print/la_sans_bold.ttf"} <= serif


@pytest.mark.parametrize("language", ["en", "zh", "ko", "ru"])
def test_small_type_is_never_light_and_large_type_is_now_and_then(language):
    looks = {face.path: face.looks for face in faces_for(language)}
    small, large = (
        [looks[text_face(generator(seed, 4), language, unit)] for seed in range(150)] for unit in (20, 34)
    )
    assert not any("light" in one for one in small)
    assert any("light" in one for one in large) or language == "ru"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_first_years_read_from_faces_for_children_and_few_sheets_are_typed(language):
    looks = {face.path: face.looks for face in faces_for(language)}
    for early, least, most in ((True, 0.4, 0.7), (False, 0.0, 0.25)):
        drawn = [looks[text_face(generator(seed, 4), language, 24, early=early)] for seed in range(300)]
        assert least < np.mean(["school" in one for one in drawn]) < most
        assert np.mean(["mono" in one for one in drawn]) < 0.06
        assert len(set(drawn)) > 3


def test_print_is_dark_but_not_the_black_of_a_screen():
    colours = [type_plan.print_colour(generator(seed, 64)) for seed in range(300)]
    darkest = [min(colour) for colour in colours]
    assert min(darkest) >= 4 and max(darkest) < 90 and np.mean(darkest) > 24
    assert np.mean([one < 60 for one in darkest]) > 0.8
