import pytest

from restorekit.inferencers.editing import edit_inferencer
from restorekit.registry import INFERENCERS

TILED = {"type": "Tiled", "tile": 512, "margin": 106}
WHOLE = {"type": "WholeOrTiled", "whole_below": 1280, "multiple": 16, "tile": 1024, "margin": 64}
FLIP = {"type": "FlipAverage", "directions": "h"}
OUTER = {"type": "PageWhole"}


@pytest.fixture(autouse=True)
def page_whole(monkeypatch):
    """Somebody's inferencer that sees a page whole, so that it stands before tiles."""
    around = type("PageWhole", (), {"around": None})
    monkeypatch.setitem(INFERENCERS.module_dict, "PageWhole", around)


@pytest.mark.parametrize(
    "before, edits, after",
    [
        (None, {}, []),
        (TILED, {}, [TILED]),
        ({"type": "Chain", "inferencers": [TILED, FLIP]}, {"tta": "none"}, [TILED]),
        (TILED, {"tta": "v"}, [TILED, {**FLIP, "directions": "v"}]),
        (
            {"type": "Chain", "inferencers": [TILED, FLIP]},
            {"tile": 256},
            [{**TILED, "tile": 256}, FLIP],
        ),
        (
            {**WHOLE, "extend": "none", "blend": "feather", "batch_size": 3},
            {"tile": 256},
            [dict(type="Tiled", tile=256, margin=64, extend="none", blend="feather", batch_size=3)],
        ),
        (FLIP, {"tile": 256, "margin": 8}, [{**TILED, "tile": 256, "margin": 8}, FLIP]),
        (FLIP, {"tile": 256}, [{**TILED, "tile": 256, "margin": 51}, FLIP]),
        (TILED, {"margin": 8}, [{**TILED, "margin": 8}]),
        ({"type": "Chain", "inferencers": [TILED, FLIP]}, {"tile": 0}, [FLIP]),
        ({"type": "Chain", "inferencers": [OUTER, TILED]}, {"tta": "h"}, [OUTER, TILED, FLIP]),
        ({"type": "Chain", "inferencers": [OUTER, FLIP]}, {"tile": 512, "margin": 106}, [OUTER, TILED, FLIP]),
    ],
)
def test_the_inferencer_is_edited(before, edits, after):
    assert edit_inferencer(before, **edits) == {"type": "Chain", "inferencers": after}


@pytest.mark.parametrize("before, edits", [(None, {}), (FLIP, {}), (TILED, {"tile": 0})])
def test_a_margin_without_tiles_is_refused(before, edits):
    with pytest.raises(ValueError, match=r"margin \(--margin\) needs tiles"):
        edit_inferencer(before, margin=8, **edits)
