"""Which figure is drawn in a box: none that has no room there."""

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import charts, shown
from restorekit.synthesis.printing.figures import (
    FIGURES,
    IN_WORDS,
    pick_figure,
    questions_on,
)
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.grammar import CHAPTERS
from restorekit.synthesis.texts.topics import fits


def test_figures_are_drawn_only_where_they_have_room():
    sheet = new_sheet(generator(1, 1), 400, 600, "en", unit=20)
    sheet.topic = "mathematics_2"
    own = {one for one in FIGURES if questions_on(sheet, one) and fits(sheet.topic, FIGURES[one].where)}
    for across, down in ((4, 4), (20, 10)):
        size = across * sheet.unit, down * sheet.unit
        drawn = {pick_figure(sheet, generator(seed, 2), *size) for seed in range(300)}
        fitting = {one for one in own if FIGURES[one].across <= across and FIGURES[one].down <= down}
        assert drawn == (fitting or own)
    assert charts.pie in drawn


def test_a_paper_shows_the_figures_of_its_topic_and_none_is_asked_for_a_number_that_has_none():
    sheet = new_sheet(generator(1, 1), 400, 600, "en", unit=20)
    seen = set()
    for topic in (one for one in CHAPTERS if fits(one, shown.WHERE)):
        sheet.topic = topic
        for numeric in (False, True):
            able = {one for one in FIGURES if questions_on(sheet, one, numeric=numeric)}
            drawn = {pick_figure(sheet, generator(seed, 2), 400, 200, numeric=numeric) for seed in range(120)}
            assert drawn <= {one for one in able if fits(topic, FIGURES[one].where)}
            seen |= drawn
    assert seen == {one for one, room in FIGURES.items() if room.see}


def test_whatever_is_asked_about_a_figure_is_read_from_it():
    for topic in (one for one in CHAPTERS if fits(one, shown.WHERE)):
        for seed in range(40):
            sheet = new_sheet(generator(seed, 1), 400, 600, "zh", unit=20)
            sheet.topic = topic
            figure = pick_figure(sheet, generator(seed, 6), 400, 200)
            read = figure(sheet, generator(seed, 7), 40, 40, 400, 200) or {}
            for see in questions_on(sheet, figure):
                assert see in read or see in IN_WORDS
                if see in read and see not in IN_WORDS:
                    sides = "=".join(line.strip("=") for line in read[see]).split("=")
                    values = [eval(side.replace("×", "*").replace("÷", "/")) for side in sides]
                    assert max(values) - min(values) < 1e-6


def test_papers_on_a_chapter_ask_only_about_figures_that_belong_to_it():
    asked = {}
    for topic, chapters in CHAPTERS.items():
        for name in chapters:
            sheet = new_sheet(generator(1, 1), 400, 600, "en", unit=20)
            sheet.topic = f"{topic}_{name}"
            if not name or not fits(sheet.topic, shown.WHERE):
                continue
            drawn = [pick_figure(sheet, generator(seed, 3), 400, 200) for seed in range(40)]
            asked[name] = {see for one in drawn for see in questions_on(sheet, one)}
            assert asked[name], "there is something to ask"
    assert asked["rectangles"] == {"see_area", "see_volume"}
    assert "see_angle" in asked["figures"] and "see_resistance" in asked["forces"]
    assert not {"see_angle", "see_area"} & asked["percent"] and not {"equations", "life"} & set(asked)
