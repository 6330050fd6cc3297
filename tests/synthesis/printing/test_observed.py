"""Statements on a figure: one is true of it, and three are not."""

import re
from itertools import pairwise

import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import observed
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.grammar import expand

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")


def told(sheet, figure, seed):
    return observed.ask_about(sheet, generator(seed, 2), figure, (40.0, 40.0, 500.0, 200.0))


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "ko"])
@pytest.mark.parametrize("vessels", ["3", "40", "124"])
def test_one_vessel_of_an_apparatus_is_called_by_its_name_and_others_are_not(language, vessels, monkeypatch):
    monkeypatch.setattr(observed, "apparatus", lambda *_: {"vessels": tuple(vessels)})
    sheet = new_sheet(generator(1, 1), 300, 600, language, unit=20)
    names = expand(generator(1, 1), language, "vessels").split("; ")

    def said(mark, name):
        return expand(generator(1, 1), language, "named_vessel", {"mark": mark, "name": name})

    true = {said(mark, names[int(vessel)]) for mark, vessel in zip("XYZ", vessels, strict=False)}
    for seed in range(20):
        asked = told(sheet, observed.apparatus, seed)
        assert asked.right in true and not true & set(asked.wrong)
        assert set(asked.wrong) <= {said(mark, name) for mark in "XYZ"[: len(vessels)] for name in names}
        assert len({asked.right, *asked.wrong}) == 4


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
    assert 1 <= len(set(read["vessels"])) == len(read["vessels"]) <= 3
