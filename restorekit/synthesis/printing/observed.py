"""Questions about what goes on in a figure: four statements on it, one of them true."""

from __future__ import annotations

from collections.abc import Callable

from restorekit.synthesis.printing.apparatus import apparatus
from restorekit.synthesis.printing.choices import Answers
from restorekit.synthesis.printing.flows import flow_chart
from restorekit.synthesis.printing.geometry import Readings
from restorekit.synthesis.printing.sheets import Sheet
from restorekit.synthesis.texts.grammar import expand
from restorekit.synthesis.textures import Rng

Observable = Callable[[Sheet, Rng, float, float, float, float], Readings]
OBSERVABLE: tuple[Observable, ...] = (apparatus, flow_chart)
"""Figures that statements can be made on."""
COUNTED = ("count_vessels", "count_liquids", "count_solids", "count_tubes")
"""The grammar's symbols for what can be counted in an apparatus."""


def ask_about(sheet: Sheet, rng: Rng, figure: Observable, box: tuple[float, float, float, float]) -> Answers:
    """Draw a figure in a box (left, top, width and height, pixels); four statements on it, one of them true.

    Where a flow chart has no room for steps that have one order, an apparatus is drawn.
    """
    readings = flow_chart(sheet, rng, *box, ordered=True) if figure is flow_chart else {}
    if readings:
        right, wrong = _orders(sheet, rng, readings["order_flow"])
    else:
        right, wrong = _counts(sheet, rng, apparatus(sheet, rng, *box))
    return Answers(right, wrong)


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
    """Where a process begins or ends, how many steps it has or what follows on one: one of these is right."""
    count, at = len(steps), int(rng.integers(0, len(steps) - 1))
    able = {
        "flow_first": ({"step": steps[0]}, {"step": steps[int(rng.integers(1, count))]}),
        "flow_last": ({"step": steps[-1]}, {"step": steps[int(rng.integers(0, count - 1))]}),
        "flow_count": ({"count": str(count)}, {"count": str(count + int(rng.choice([-1, 1])))}),
        "order_flow": (
            {"first": steps[at], "second": steps[at + 1]},
            {"first": steps[at + 1], "second": steps[at]},
        ),
    }
    said = [
        expand(rng, sheet.language, list(able)[kind], list(able.values())[kind][place > 0])
        for place, kind in enumerate(rng.permutation(len(able)).tolist())
    ]
    return said[0], (said[1], said[2], said[3])
