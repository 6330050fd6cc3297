"""Statements on a figure: one is true of it, and three are not."""

import re
from itertools import pairwise

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import observed
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.grammar import expand

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")
READ = {
    "count_vessels": ("3",),
    "count_tubes": ("2",),
    "count_liquids": ("1",),
    "count_solids": ("0",),
}


def told(sheet, figure, seed):
    return observed.ask_about(sheet, generator(seed, 2), figure, (40.0, 40.0, 500.0, 200.0))


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_count_of_an_apparatus_is_right_and_the_others_are_wrong(language, monkeypatch):
    monkeypatch.setattr(observed, "apparatus", lambda *_: READ)
    sheet = new_sheet(generator(1, 1), 300, 600, language, unit=20)
    true = {expand(generator(1, 1), language, symbol, {"count": count}) for symbol, (count,) in READ.items()}
    for seed in range(20):
        asked = told(sheet, observed.apparatus, seed)
        assert asked.right in true and not true & set(asked.wrong)
        assert len({re.sub(r"\d+", "", one) for one in (asked.right, *asked.wrong)}) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_statement_on_a_flow_chart_is_right_and_each_is_of_a_kind_of_its_own(language, monkeypatch):
    steps = ("A1", "B2", "C3", "D4")
    monkeypatch.setattr(observed, "flow_chart", lambda *_, **__: {"order_flow": steps})
    sheet = new_sheet(generator(1, 1), 300, 600, language, unit=20)

    def said(symbol, **given):
        return expand(generator(1, 1), language, symbol, given)

    true = {said("flow_first", step="A1"), said("flow_last", step="D4"), said("flow_count", count="4")}
    true |= {said("order_flow", first=one, second=other) for one, other in pairwise(steps)}
    for seed in range(20):
        asked = told(sheet, observed.flow_chart, seed)
        assert asked.right in true and not true & set(asked.wrong)
        kinds = {re.sub(r"[A-D]?\d", "", one) for one in (asked.right, *asked.wrong)}
        assert len(kinds) == 4


def test_what_is_read_from_figures_stands_in_them():
    for seed in range(30):
        sheet = new_sheet(generator(seed, 1), 300, 800, "en", unit=20)
        asked = observed.ask_about(sheet, generator(seed, 2), observed.flow_chart, (40.0, 40.0, 700.0, 200.0))
        assert len({asked.right, *asked.wrong}) == 4
    read = observed.apparatus(sheet, generator(3, 2), 40, 40, 500, 200)
    vessels, liquids, solids = (int(read[f"count_{one}"][0]) for one in ("vessels", "liquids", "solids"))
    assert 0 <= liquids + solids <= vessels == int(read["count_tubes"][0]) + 1
