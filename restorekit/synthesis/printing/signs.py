"""Signs that instructions name and most typefaces lack: ticks, a ring, a box. They are drawn instead."""

from __future__ import annotations

import re
from functools import lru_cache

from PIL import Image, ImageDraw

from restorekit.synthesis.assets import has_glyph

SIGNS = frozenset("√✓○□")
OUTLINES = {
    "√": ((5, 40), (20, 52), (37, 20), (88, 83), (91, 79), (38, 0), (33, 0), (15, 43), (8, 37)),
    "✓": ((8, 34), (22, 42), (36, 18), (58, 52), (88, 78), (90, 75), (64, 42), (38, -6), (32, -6)),
}
"""Corners of the ticks of a Song type and of a dingbat type, in hundredths of an em, up from the baseline."""
ADVANCE = 1.0
"""How far a drawn sign reaches, in ems, as a Chinese character does."""
FINE = 4
"""Signs are drawn so many times as large and shrunk, which smooths their edges."""


def runs(text: str, path: str) -> list[str]:
    """``text`` cut into what the face at ``path`` can set and, each alone, the signs that it lacks."""
    if SIGNS.isdisjoint(text):
        return [text]
    lacked = "".join(sign for sign in sorted(SIGNS) if not has_glyph(path, sign))
    return [run for run in re.split(f"([{lacked}])", text) if run] if lacked else [text]


def is_drawn(run: str, path: str) -> bool:
    """Whether one of the ``runs`` is a sign to be drawn."""
    return run in SIGNS and not has_glyph(path, run)


@lru_cache(maxsize=256)
def sign_mask(sign: str, size: int) -> Image.Image:
    """Coverage of a sign: mode L, one em square, its baseline 0.12 em above the bottom."""
    side = FINE * size
    mask = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(mask)
    if sign in OUTLINES:
        draw.polygon([(x * side / 100, (88 - y) * side / 100) for x, y in OUTLINES[sign]], fill=255)
    else:
        shape = draw.ellipse if sign == "○" else draw.rectangle
        shape([0.07 * side, 0.07 * side, 0.93 * side, 0.93 * side], outline=255, width=max(FINE, side // 18))
    return mask.resize((size, size), Image.Resampling.BOX)
