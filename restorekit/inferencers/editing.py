"""An inferencer's config with other tiles or flips, as the command line asks for them."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from restorekit.registry import INFERENCERS, find


def edit_inferencer(
    inferencer: dict[str, Any] | None,
    *,
    tta: str | None = None,
    tile: int | None = None,
    margin: int | None = None,
) -> dict[str, Any]:
    """The inferencer config with other tiles or flips; what is None stays as it is.

    Tiles stand where there were some, else after what sees a page whole (a method ``around``); flips stand
    last.

    Args:
        inferencer: a config, or None.
        tta: ``'none'``, ``'h'``, ``'v'`` or ``'hv'``.
        tile: tile side in px; 0 predicts the whole image at once.
        margin: px around each tile's centre.

    Raises:
        ValueError: a margin without tiles.
    """
    chain = [] if inferencer is None else [inferencer]
    if chain and chain[0]["type"] == "Chain":
        chain = chain[0]["inferencers"]
    tiles = [item for item in chain if item["type"] in ("Tiled", "WholeOrTiled")]
    place = chain.index(tiles[0]) if tiles else len(list(takewhile(_sees_a_page, chain)))
    first, rest = chain[:place], [item for item in chain[place:] if item not in tiles]
    if tile == 0:
        tiles = []
    elif tile is not None:
        old = tiles[0] if tiles else {}
        default = old.get("margin", tile // 5)
        kept: dict[str, Any] = {key: old[key] for key in ("blend", "extend", "batch_size") if key in old}
        tiles = [{"type": "Tiled", "tile": tile, "margin": default if margin is None else margin, **kept}]
    elif margin is not None:
        tiles = [{**item, "margin": margin} for item in tiles]
    if margin is not None and not tiles:
        raise ValueError(
            "margin (--margin) needs tiles, and there are none: give tile (--tile) too, and not 0"
        )
    if tta is not None:
        rest = [item for item in rest if item["type"] != "FlipAverage"]
        rest += [] if tta == "none" else [{"type": "FlipAverage", "directions": tta}]
    return {"type": "Chain", "inferencers": first + tiles + rest}


def _sees_a_page(inferencer: dict[str, Any]) -> bool:
    return hasattr(find(inferencer["type"], INFERENCERS), "around")
