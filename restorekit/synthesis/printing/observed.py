"""Questions about what goes on in a figure: four statements on it, one of them true."""

from __future__ import annotations

from collections.abc import Callable

from restorekit.synthesis.printing.apparatus import apparatus
from restorekit.synthesis.printing.flows import flow_chart
from restorekit.synthesis.printing.geometry import Readings
from restorekit.synthesis.printing.sheets import Sheet
from restorekit.synthesis.texts.grammar import Exercise, expand
from restorekit.synthesis.textures import Rng

Observable = Callable[[Sheet, Rng, float, float, float, float], Readings]
OBSERVABLE: tuple[Observable, ...] = (apparatus, flow_chart)
"""Figures that statements can be made on."""
COUNTED = ("count_vessels", "count_liquids", "count_solids", "count_tubes")
"""The grammar's symbols for what can be counted in an apparatus."""


def ask_about(sheet: Sheet, rng: Rng, figure: Observable, box: tuple[float, float, float, float]) -> Exercise:
    """Draw a figure in a box (left, top, width and height, pixels); four statements on it, one of them true.

    Where a flow chart has no room for steps that have one order, an apparatus is drawn.
    """
    readings = flow_chart(sheet, rng, *box, ordered=True) if figure is flow_chart else {}
    if readings:
        right, wrong = _orders(sheet, rng, readings["order_flow"])
    else:
        right, wrong = _counts(sheet, rng, apparatus(sheet, rng, *box))
    return Exercise("", "", right, wrong)


def _counts(sheet: Sheet, rng: Rng, readings: Readings) -> tuple[str, tuple[str, str, str]]:
    """A right count of one thing and wrong ones of the others, each one or two off and none below zero."""
    said = []
    for place, thing in enumerate(rng.permutation(len(COUNTED)).tolist()):
        count = int(readings[COUNTED[thing]][0])
        near = [count + step for step in (-2, -1, 1, 2) if count + step >= 0]
        told = near[int(rng.integers(0, len(near)))] if place else count
        said.append(expand(rng, sheet.language, COUNTED[thing], {"count": str(told)}))
    return said[0], (said[1], said[2], said[3])


def _orders(sheet: Sheet, rng: Rng, steps: tuple[str, ...]) -> tuple[str, tuple[str, str, str]]:
    """What follows one step of a process, and three steps said to follow what comes after them."""
    first = int(rng.integers(0, len(steps) - 1))
    backward = [(late, early) for place, late in enumerate(steps) for early in steps[:place]]
    chosen = [backward[place] for place in rng.permutation(len(backward))[:3].tolist()]
    said = [
        expand(rng, sheet.language, "order_flow", {"first": one, "second": other})
        for one, other in ((steps[first], steps[first + 1]), *chosen)
    ]
    return said[0], (said[1], said[2], said[3])
