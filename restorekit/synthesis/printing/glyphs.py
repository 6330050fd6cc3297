"""Letters as a press sets them: as wide as they were designed, and anywhere between two pixels.

FreeType fits letters to the whole pixels of screens, so that some stand too close and others too far apart.
Here they are drawn larger and shrunk, and advance by what their face says.
"""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw

from restorekit.synthesis.assets import load_font

PHASES = 4
"""The places between two pixels where a letter may begin."""
FINE, LARGEST = 4, 160
"""Letters are drawn at most so many times as large, up to so many pixels to the em."""
DESIGNED = 1000
"""The em at which a face is asked how wide its letters are, pixels."""
UP, DOWN, ASIDE = 1.2, 0.5, 0.5
"""How far letters reach at most above and below the baseline, and beyond their own width, in ems."""


@lru_cache(maxsize=1 << 15)
def width(path: str, letter: str) -> float:
    """How far a letter of the face at ``path`` advances, in ems."""
    return load_font(path, DESIGNED).getlength(letter) / DESIGNED


def put_letters(
    draw: ImageDraw.ImageDraw,
    x: float,
    baseline: float,
    letters: str,
    path: str,
    size: int,
    colour: tuple[int, int, int],
    spacing: float = 0.0,
) -> None:
    """Draw letters of a face from ``x`` on, ``size`` pixels to the em and ``spacing`` more after each."""
    floor = round(baseline)
    for letter in letters:
        place = round(x * PHASES)
        mask, left, top = _glyph(path, size, letter, place % PHASES)
        if mask:
            draw.bitmap((place // PHASES + left, floor + top), mask, fill=colour)
        x += width(path, letter) * size + spacing


@lru_cache(maxsize=1 << 13)
def _glyph(path: str, size: int, letter: str, phase: int) -> tuple[Image.Image | None, int, int]:
    """How much a letter covers of the pixels around it, mode L, and where these begin from its own place."""
    fine = max(1, min(FINE, LARGEST // size))
    aside, up = round(ASIDE * size), round(UP * size)
    wide = round(width(path, letter) * size) + 2 * aside + 1
    large = Image.new("L", (wide * fine, (up + round(DOWN * size)) * fine))
    start = aside * fine + phase * fine / PHASES
    font = load_font(path, size * fine)
    ImageDraw.Draw(large).text((start, up * fine), letter, fill=255, font=font, anchor="ls")
    mask = large.reduce(fine)
    box = mask.getbbox()
    return (mask.crop(box), box[0] - aside, box[1] - up) if box else (None, 0, 0)
