"""Which figure is drawn in a box: none that has no room there."""

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import figures, shown
from restorekit.synthesis.printing.figures import (
    FIGURES,
    IN_WORDS,
    draw_figure,
    pick_figure,
    questions_on,
)
from restorekit.synthesis.printing.flows import flow_chart
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.grammar import CHAPTERS
from restorekit.synthesis.texts.topics import fits


def test_figures_are_drawn_only_where_they_have_room(monkeypatch):
    drawn = []
    noted = {(lambda *_, name=figure: drawn.append(name)): room for figure, room in FIGURES.items()}
    monkeypatch.setattr(figures, "FIGURES", noted)
    sheet = new_sheet(generator(1, 1), 400, 600, "en", unit=20)
    sheet.topic = "science_2"
    for across, down in ((4, 4), (20, 10)):
        drawn.clear()
        for seed in range(300):
            draw_figure(sheet, generator(seed, 2), 40, 40, across * sheet.unit, down * sheet.unit)
        own = {one for one, room in FIGURES.items() if fits("science_2", room.where)}
        fitting = {one for one in own if FIGURES[one].across <= across and FIGURES[one].down <= down}
        assert set(drawn) == (fitting or own)
    assert flow_chart in drawn


def test_nothing_is_asked_about_pictures():
    sheet = new_sheet(generator(1, 1), 400, 600, "en", unit=20)
    for topic in CHAPTERS:
        sheet.topic = topic
        if fits(topic, shown.WHERE):
            drawn = [pick_figure(sheet, generator(seed, 2), 400, 200, asked=True) for seed in range(80)]
            assert figures._picture not in drawn


def test_a_paper_shows_the_figures_of_its_topic_and_no_picture_is_asked_for_a_number():
    sheet = new_sheet(generator(1, 1), 400, 600, "en", unit=20)
    seen = set()
    for topic in CHAPTERS:
        sheet.topic = topic
        own = {one for one, room in FIGURES.items() if fits(topic, room.where)}
        drawn = {pick_figure(sheet, generator(seed, 2), 400, 200) for seed in range(120)}
        assert drawn <= own and (drawn == own or len(own) > 6)
        seen |= drawn
        if fits(topic, shown.WHERE):
            counted = {
                pick_figure(sheet, generator(seed, 3), 400, 200, asked=True, numeric=True)
                for seed in range(60)
            }
            assert all(questions_on(sheet, one, numeric=True) for one in counted)
    assert seen == set(FIGURES)


def test_whatever_is_asked_about_a_figure_is_read_from_it():
    for topic in (one for one in CHAPTERS if fits(one, shown.WHERE)):
        for seed in range(40):
            sheet = new_sheet(generator(seed, 1), 400, 600, "zh", unit=20)
            sheet.topic = topic
            figure = pick_figure(sheet, generator(seed, 6), 400, 200, asked=True)
            read = figure(sheet, generator(seed, 7), 40, 40, 400, 200) or {}
            for see in questions_on(sheet, figure):
                assert see in read or see in IN_WORDS
                if see in read and see not in IN_WORDS:
                    sides = "=".join(line.strip("=") for line in read[see]).split("=")
                    values = [eval(side.replace("×", "*").replace("÷", "/")) for side in sides]
                    assert max(values) - min(values) < 1e-6


def test_a_sheet_of_no_topic_shows_pictures_that_nothing_is_asked_about():
    sheet = new_sheet(generator(1, 1), 400, 600, "en", unit=20)
    assert {pick_figure(sheet, generator(seed, 8), 400, 200) for seed in range(60)} == {figures._picture}


def test_papers_on_a_chapter_ask_only_about_figures_that_belong_to_it():
    asked = {}
    for topic, chapters in CHAPTERS.items():
        for name in chapters:
            sheet = new_sheet(generator(1, 1), 400, 600, "en", unit=20)
            sheet.topic = f"{topic}_{name}"
            if not name or not fits(sheet.topic, shown.WHERE):
                continue
            drawn = [pick_figure(sheet, generator(seed, 3), 400, 200, asked=True) for seed in range(40)]
            asked[name] = {see for one in drawn for see in questions_on(sheet, one)}
            assert asked[name], "there is something to ask"
    assert asked["rectangles"] == {"see_area", "see_volume"}
    assert "see_angle" in asked["figures"] and "see_resistance" in asked["forces"]
    assert not {"see_angle", "see_area"} & asked["percent"] and not {"equations", "life"} & set(asked)
