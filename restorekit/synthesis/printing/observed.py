"""Questions about what goes on in a figure: four statements on it, one of them true."""

from __future__ import annotations

from collections.abc import Callable

from restorekit.synthesis.printing.apparatus import MARKED, apparatus
from restorekit.synthesis.printing.choices import Answers
from restorekit.synthesis.printing.flows import flow_chart
from restorekit.synthesis.printing.geometry import Readings
from restorekit.synthesis.printing.sheets import Sheet
from restorekit.synthesis.texts.grammar import expand
from restorekit.synthesis.textures import Rng

Observable = Callable[[Sheet, Rng, float, float, float, float], Readings]
OBSERVABLE: tuple[Observable, ...] = (apparatus, flow_chart)
"""Figures that statements can be made on."""


def ask_about(sheet: Sheet, rng: Rng, figure: Observable, box: tuple[float, float, float, float]) -> Answers:
    """Draw a figure in a box (left, top, width and height, pixels); four statements on it, one of them true.

    Where a flow chart has no room for steps that have one order, an apparatus is drawn.
    """
    readings = flow_chart(sheet, rng, *box, ordered=True) if figure is flow_chart else {}
    if readings:
        right, wrong = _orders(sheet, rng, readings["order_flow"])
    else:
        right, wrong = _names(sheet, rng, apparatus(sheet, rng, *box))
    return Answers(right, wrong)


def _names(sheet: Sheet, rng: Rng, readings: Readings) -> tuple[str, tuple[str, str, str]]:
    """What one of the vessels marked in an apparatus is called, and names of others for any of them."""
    known = expand(rng, sheet.language, "vessels").split("; ")
    seen = [known[int(one)] for one in readings["vessels"]]
    at = int(rng.integers(0, len(seen)))
    others = [name for name in rng.permutation(known).tolist() if name != seen[at]]
    said = [(at, seen[at])]
    while len(said) < 4:  # of each vessel another name than its own
        which = len(said) % len(seen)
        said.append((which, others.pop(next(k for k, name in enumerate(others) if name != seen[which]))))
    told = [
        expand(rng, sheet.language, "named_vessel", {"mark": MARKED[which], "name": name})
        for which, name in said
    ]
    return told[0], (told[1], told[2], told[3])


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
