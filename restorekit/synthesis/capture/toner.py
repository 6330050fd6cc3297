"""What presses, printers and copiers, and use, leave of print: whole pages pale, bands, hairlines, flakes."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from restorekit.synthesis.textures import A4, Rng, fine_noise, in_colours, log_uniform, smooth_noise

FADING = {"bands": 0.006, "runs out": 0.015, "one side": 0.015}
"""The shares of pages whose print is paler in places, each by what a machine does to all of a page."""
SCRATCHED, FLAKED = 0.02, 0.01
"""The shares with a scratched drum's hairlines, and with print flaked off its folds: most printers are in
order, and print that comes and goes within a line is a rare sight."""
GRAINY, SPOTTED, THINNEST = (0.06, 0.16), (0.2, 0.45), 0.7
"""How much of it toner lacks where paper takes little, how far apart that is, millimetres, and what
it keeps anywhere: no stroke is black all along under a glass, but at arm's length no rule has gaps."""
UNEVEN, PATCHES = (0.01, 0.08), (6, 40)
"""How much more it lacks from word to word and line to line, and how wide such patches are, millimetres."""
COARSE = 4
"""They are drawn so many times smaller."""
PALEST = np.float32(0.65)
"""What print keeps at least of its toner over any wide part of a page: what is paler is printed again."""


class Press(NamedTuple):
    """What a machine does to all that it prints.

    Attributes:
        swell: how far strokes have run, 0 to 1, or below 0 how far they are worn thin.
        strength: float32 ``(H, W)`` in [0, 1], the share of its toner that print has kept.

    It blurs nothing: that is left to the lens, through which ink is seen, too.
    """

    swell: float
    strength: np.ndarray


def new_press(rng: Rng, height: int, width: int) -> Press:
    """A press, printer or copier for a page, drawn at random; most are in order."""
    kind, swell = rng.random(), 0.0
    if kind < 0.12:
        swell = rng.uniform(0.15, 0.5)
    elif kind < 0.2:
        swell = -rng.uniform(0.2, 0.5)
    return Press(swell, print_strength(rng, height, width))


def age_print(print_: np.ndarray, press: Press) -> np.ndarray:
    """What a press, a photocopier and time do to print: bleeding, thinning, fading, toner loss.

    Args:
        print_: ``(H, W, 3)`` on white, uint8 or float32 in [0, 1]: print, or a written page that is copied.
        press: what does it.

    Returns:
        float32 ``(H, W, 3)`` transmittance in [0, 1].
    """
    if press.swell:  # lines of one pixel that are worn thin stay, paler
        share, spread = abs(press.swell), cv2.erode if press.swell > 0 else cv2.dilate
        print_ = cv2.addWeighted(spread(print_, np.ones((2, 2), np.uint8)), share, print_, 1 - share, 0)
    if print_.dtype == np.float32:
        return np.asarray(1 - (1 - print_) * in_colours(press.strength))
    kept = in_colours(cv2.convertScaleAbs(press.strength, alpha=255))  # whole numbers are far faster
    toned = cv2.bitwise_not(cv2.multiply(cv2.bitwise_not(print_), kept, scale=1 / 255))
    return cv2.LUT(toned, np.arange(256, dtype=np.float32) / 255)


def print_strength(rng: Rng, height: int, width: int) -> np.ndarray:
    """What share of its toner a page has kept, place by place: float32 ``(height, width)`` in [0, 1]."""
    fade = rng.uniform(0.7, 0.9) if rng.random() < 0.05 else rng.uniform(0.93, 1.0)
    strength = np.full((height, width), fade, np.float32)
    for fading, chance in FADING.items():
        if rng.random() < chance:
            strength *= WAYS[fading](rng, height, width)
    strength = np.maximum(strength, PALEST)
    strength *= _grain(rng, height, width)
    if rng.random() < SCRATCHED:
        strength *= _streaks(rng, height, width)
    if rng.random() < FLAKED:
        strength *= _worn_folds(rng, height, width)
    return strength


def _grain(rng: Rng, height: int, width: int) -> np.ndarray:
    """How unevenly toner and ink lie, in every stroke and from line to line.

    Returns:
        float32 ``(height, width)`` share of the strength, 0.49 to 1.
    """
    millimetre = width / A4
    lacking = log_uniform(rng, *GRAINY)
    left = fine_noise(rng, height, width, max(1.3, millimetre * rng.uniform(*SPOTTED)))
    left = cv2.addWeighted(left, 0.8 * lacking, left, 0, 1 - 0.3 * lacking)
    np.clip(left, THINNEST, 1, out=left)
    small = -(-height // COARSE), -(-width // COARSE)
    patches = np.abs(smooth_noise(rng, *small, max(2.0, millimetre * log_uniform(rng, *PATCHES) / COARSE)))
    patches = np.maximum(1 - np.float32(log_uniform(rng, *UNEVEN)) * patches, np.float32(0.7))
    left *= cv2.resize(patches, (width, height), interpolation=cv2.INTER_LINEAR)
    return left


def _one_sided(rng: Rng, height: int, width: int) -> np.ndarray:
    """How print fades towards one side, where the drum was further from the paper.

    Returns:
        float32 ``(1, width)`` or ``(height, 1)`` share of the strength, 0.5 to 1.
    """
    along = np.linspace(0, 1, width if rng.random() < 0.7 else height, dtype=np.float32)
    start, rest = rng.uniform(0, 0.4), rng.uniform(0.5, 0.85)
    fade = 1 - np.float32(1 - rest) * np.clip((along - np.float32(start)) / np.float32(1 - start), 0, 1)
    fade = fade[::-1] if rng.random() < 0.5 else fade
    return fade[None] if len(fade) == width else fade[:, None]


def _bands(rng: Rng, height: int, width: int) -> np.ndarray:
    """How print fades across a whole page: once in each turn of a drum, a soft band from side to side.

    Returns:
        float32 ``(height, 1)`` share of the strength, 0.5 to 1.
    """
    millimetre = width / A4
    turn = rng.uniform(75, 95) * millimetre  # drums are 24 to 30 mm thick
    down = np.arange(height, dtype=np.float32)[:, None] + np.float32(rng.uniform(0, turn))
    away = np.abs(np.mod(down, np.float32(turn)) - np.float32(turn / 2))
    soft = np.float32(rng.uniform(4, 14) * millimetre)
    return np.asarray(1 - np.float32(rng.uniform(0.12, 0.5)) * np.exp(-((away / soft) ** 2)))


def _runs_out(rng: Rng, height: int, width: int) -> np.ndarray:
    """How a cartridge runs out: paler from head to foot where there is least toner left in it.

    Returns:
        float32 ``(1, width)`` share of the strength, 0.5 to 1.
    """
    across = np.linspace(0, 1, width, dtype=np.float32)[None] - np.float32(rng.uniform(0.1, 0.9))
    soft = np.float32(rng.uniform(0.12, 0.35))
    return np.asarray(1 - np.float32(rng.uniform(0.15, 0.5)) * np.exp(-((across / soft) ** 2)))


def _streaks(rng: Rng, height: int, width: int) -> np.ndarray:
    """Where a drum or its blade is scratched: a pale hairline or two from head to foot.

    Returns:
        float32 ``(1, width)`` share of the strength, 0.05 to 1.
    """
    across = np.arange(width, dtype=np.float32)[None]
    left = np.ones((1, width), np.float32)
    for _ in range(int(rng.integers(1, 3))):
        half = max(0.6, log_uniform(rng, 0.08, 0.4) * width / A4)  # of some tenths of a millimetre
        away = np.abs(across - np.float32(rng.uniform(0, width))) / np.float32(half)
        left *= 1 - np.float32(rng.uniform(0.4, 0.95)) * np.clip(1.5 - away, 0, 1)
    return np.maximum(left, np.float32(0.05))


def _worn_folds(rng: Rng, height: int, width: int) -> np.ndarray:
    """Where a sheet was folded, and print has flaked off the fold: in half or in three, upright or across.

    Returns:
        float32 ``(height, width)`` share of the strength, 0.1 to 1.
    """
    left = np.ones((height, width), np.float32)
    parts, flat = int(rng.integers(2, 4)), rng.random() < 0.7
    length, tall = (width, height) if flat else (height, width)
    reach = max(2, round(rng.uniform(0.3, 1) * width / A4))
    for fold in range(1, parts):
        middle = int(tall * fold / parts + rng.normal(0, 0.004) * tall)
        flakes = smooth_noise(rng, 2 * reach, length, 1.6) > rng.uniform(-0.8, 0.4)
        away = np.abs(np.arange(-reach, reach, dtype=np.float32) + np.float32(0.5))[:, None] / reach
        worn = np.where(flakes, np.clip(away**2, 0.1, 1), 1).astype(np.float32)
        strip = (slice(max(0, middle - reach), middle + reach), slice(None))
        if middle > reach and middle + reach <= tall:
            left[strip if flat else strip[::-1]] = worn if flat else worn.T
    return left


WAYS = {"bands": _bands, "runs out": _runs_out, "one side": _one_sided}
