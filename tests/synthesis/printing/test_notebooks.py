"""Paper to write on."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import notebooks
from restorekit.synthesis.printing.line_breaks import NEVER_FIRST
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts import phrases

PAPERS = [(name, paper) for name, (paper, _) in notebooks.PAPERS.items()]


def printed(sheet) -> np.ndarray:
    return np.asarray(sheet.image).min(2) < 253


@pytest.mark.parametrize("name, paper", PAPERS)
def test_baselines_lie_on_rules_wherever_there_are_rules(name, paper):
    for seed in range(6):
        sheet = new_sheet(generator(seed, 11), 900, 700, "en", unit=22)
        ruling = paper(sheet, generator(seed, 12))
        assert 0 < ruling.left < ruling.right < 700 and 0 < ruling.first < ruling.last <= 900
        ys = np.arange(ruling.first, ruling.last, ruling.pitch)
        assert len(ys) > 2
        if name in ("plain", "dotted"):
            assert ruling.loose == (name == "plain")
            continue
        tones = np.asarray(sheet.image).astype(int).sum(2)
        within = tones[:, int(ruling.left) + 8 : int(ruling.right) - 8]
        ruled = (within < np.median(tones)).mean(1)
        reach, least = (6, 0.05) if sheet.plan.wear else (2, 0.5)  # worn rules are broken and lie aslant
        for y in ys[:-1]:
            assert ruled[round(y) - reach : round(y) + reach + 1].max() > least, "writing stands on a rule"


@pytest.mark.parametrize("name, paper", PAPERS)
def test_every_paper_can_be_small(name, paper):
    for seed in range(12):
        sheet = new_sheet(generator(seed, 11), 64, 64, "en")
        paper(sheet, generator(seed, 12))
        sheet = new_sheet(generator(seed, 11), 64, 64, "zh")
        notebooks.notebook(sheet, generator(seed, 12))


def test_rules_are_as_far_apart_as_those_of_stationery():
    for seed in range(20):
        sheet = new_sheet(generator(seed, 11), 900, 700, "en", unit=37)
        ruling = notebooks._lined(sheet, generator(seed, 12))
        assert any(ruling.pitch == pytest.approx(10 * mm) for mm in notebooks.PITCHES)


def test_notebooks_take_notes_or_a_character_in_each_square():
    kinds = set()
    for seed in range(30):
        sheet = new_sheet(generator(seed, 13), 600, 500, "zh")
        notebooks.notebook(sheet, generator(seed, 14))
        found = {slot.kind for slot in sheet.slots}
        assert found == ({"line"} if sheet.ruling else {"cell"})
        kinds |= found
    assert kinds == {"line", "cell"}


def test_a_composition_has_a_title_in_the_middle_and_no_row_begins_with_a_full_stop(monkeypatch):
    monkeypatch.setattr(phrases, "headline", lambda *_: "我的家")
    for seed in range(20):
        title, *rows = notebooks._composed(generator(seed, 15), "zh", 12, 20)
        assert title.index("我") == 4 and title.strip() == "我的家"
        assert rows[0].startswith("  ") and rows[0].strip()
        assert all(len(row) == 12 and row[0] not in NEVER_FIRST for row in (title, *rows))


def test_rules_of_answer_sheets_are_hairlines_or_bold_and_some_reach_the_edge():
    darkest, reaching = [], 0
    for seed in range(40):
        sheet = new_sheet(generator(seed, 64), 900, 700, "en", unit=24)
        notebooks._answers(sheet, generator(seed, 65))
        ruled = printed(sheet)
        reaching += bool(ruled[:, -1].any())
        darkest.append(np.asarray(sheet.image.convert("L"))[400:].min())
    assert 3 < reaching < 25
    assert min(darkest) < 40 and np.mean(np.array(darkest) > 60) > 0.3


@pytest.mark.parametrize("paper", [notebooks._squared, notebooks._graph_pad])
def test_squares_are_where_the_ruling_says(paper):
    for seed in range(6):
        sheet = new_sheet(generator(seed, 68), 900, 700, "en", unit=24)
        ruling = paper(sheet, generator(seed, 69))
        x, y = ruling.nearest(400, 500)
        assert abs(x - 400) <= ruling.square / 2 and abs(y - 500) <= ruling.square / 2
        grey = np.asarray(sheet.image.convert("L")).astype(int)
        row, column = (slice(int(at) - 1, int(at) + 3) for at in (y, x))
        assert grey[row, 300:400].mean(1).min() < grey[450:550, 300:400].mean() - 4
        assert grey[450:550, column].mean(0).min() < grey[450:550, 300:400].mean() - 4
