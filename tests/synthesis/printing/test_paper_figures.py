"""Papers show figures that belong to what they are on."""

from dataclasses import replace

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import figures
from restorekit.synthesis.printing.figures import FIGURES, able_figures, pick_figure, questions_on
from restorekit.synthesis.printing.observed import OBSERVABLE
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.whole_papers import WholePaper, papers_in

NAMES = {one.__name__.strip("_"): one for one in FIGURES}
PAPERS = [paper for language in ("en", "zh", "ru", "el", "es", "fr", "de") for paper in papers_in(language)]


@pytest.mark.parametrize("paper", PAPERS, ids=[f"{one.language} {one.title}" for one in PAPERS])
def test_a_paper_that_asks_about_figures_names_their_kinds_and_can_ask(paper: WholePaper):
    asked = {block.lines[0] for block in paper.blocks if block.kind == "drawn"}
    asked &= {"figured", "workings", "choice"}
    assert bool(paper.figures) == bool(asked)
    sheet = replace(new_sheet(generator(1, 4), 900, 700, paper.language, unit=22), topic=paper.topic)
    sheet.given = {"figures": paper.figures}
    able = able_figures(sheet, paper.topic)
    if asked:
        assert set(able) == {NAMES[name] for name in paper.figures.split()}
        numeric = "choice" in asked
        assert all(questions_on(sheet, one) or one in OBSERVABLE for one in able)
        assert not numeric or any(one in OBSERVABLE or questions_on(sheet, one, numeric=True) for one in able)


def test_none_but_the_kinds_named_are_drawn():
    sheet = replace(new_sheet(generator(2, 4), 900, 700, "en", unit=22), topic="mathematics_1")
    sheet.given = {"figures": "bars clock"}
    drawn = {pick_figure(sheet, generator(seed, 5), 400, 300) for seed in range(30)}
    assert drawn == {figures.bars, NAMES["clock"]}
