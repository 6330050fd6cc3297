"""How scanning apps bleach a photographed page: paper becomes white, and faint print breaks up.

Such an app divides the picture by its paper's brightness, steepens the tones and sharpens. What of a thin
rule is darker than the white point comes out nearly black, and the rest of it not at all.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np

from restorekit.synthesis.capture.print_tones import print_tones
from restorekit.synthesis.textures import Rng, log_uniform

SHRINK = 8
"""Light changes over hundreds of pixels; the paper is looked at in a picture this many times smaller."""
WIDEST = 9
"""Print up to this many pixels of the small picture across is seen as print, not as dark paper."""
PALEST = {0.5: 0.45, 0.8: 0.7}
"""What a share of the print comes out as at most, where paper is 1: an app stretches the tones it finds."""
MOST = 0.9
"""The share of a page's print, place by place, that its scan keeps at least."""
STROKE, SOLID = 0.06, 0.6
"""What ink darkens by more than the first is strokes, of which a scan keeps at least the second share."""
DESK = 0.55
"""What is darker over a wide area than this share of the brightest paper is a desk or a picture."""
STEEPEST = 0.95
"""The highest black, as a share of the white point; print all as pale as that would turn the tones over."""
TOE = 0.07
"""Where a curve bends into black, of the way to white."""
GREYER = np.float32(0.3) * np.eye(3, dtype=np.float32) + np.float32(0.7 / 3)
"""Apps take the colour out of noise first: steep tones made a rainbow of what is left on a grey desk."""
GREY = 0.35
"""The share of such scans without colour."""


class Bleach(NamedTuple):
    """What an app has made out of one page, to be done to it with and without ink.

    Attributes:
        white: float32 ``(H, W, C)``, what comes out white; C is 1 for scans without colour, else 3.
        black: what comes out black, as a share of ``white``.
        sharpen: share of unsharp masking.
        soft: standard deviation in pixels of the last smoothing, as scaling to a page's size does it.
    """

    white: np.ndarray
    black: float
    sharpen: float
    soft: float


def new_bleach(rng: Rng, clean: np.ndarray, grain: float, inked: np.ndarray | None = None) -> Bleach:
    """Look at a clean page as an app does, and choose its tones.

    The white point is drawn at random, yet over the tone of most of the print, wherever that stands, for a
    scan that loses its print is thrown away, and under most of the paper's grain, which apps take away.

    Args:
        rng: source of chance.
        clean: float32 ``(H, W, 3)``, the exposed page without ink and noise.
        grain: the noise's standard deviation in levels of 255.
        inked: the page with its ink, most of which a scan keeps, too; None for a page without any.
    """
    height, width = clean.shape[:2]
    if rng.random() < GREY:
        clean, inked = _grey(clean), None if inked is None else _grey(inked)
    size = (max(2, width // SHRINK), max(2, height // SHRINK))
    small = cv2.resize(clean, size, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((WIDEST, WIDEST), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), 0.5 * WIDEST)
    dark = (paper < DESK * paper.max()).reshape(*paper.shape[:2], -1).all(-1)
    paper = np.maximum(paper, max(0.5 * paper.max(), 1 / 255))  # dark pictures and the desk stay dark
    found = _tones(clean, paper, dark)
    print_ = print_tones(found, rng.uniform(0.6, 0.95))
    kept = float(np.quantile(print_, MOST)) if print_.size else 0.0
    if inked is not None:
        written = _tones(inked, paper, dark)
        strokes = found - written > STROKE
        kept = max(kept, float(np.quantile(written[strokes], SOLID)) if strokes.any() else 0.0)
    most = min(0.97, 1 - 2.5 * grain / 255 / max(0.4, float(np.median(paper))))
    white = min(max(rng.uniform(0.66, 0.93), kept + rng.uniform(0.01, 0.06)), most)
    # the estimate is off by a hundredth or two, here more and there less: rules fade towards one side
    uneven = rng.normal(0, 1, (3, 3)).astype(np.float32) * np.float32(log_uniform(rng, 0.005, 0.03))
    level = white * (1 + cv2.resize(uneven, size, interpolation=cv2.INTER_CUBIC))
    level = np.clip(level, 0.5, most)
    black = max(0.02, 1 - log_uniform(rng, 0.4, 0.9) / white)  # strokes keep tones of their own
    strokes = print_tones(found, 0.15)
    for share, palest in PALEST.items() if strokes.size else ():
        black = max(black, (float(np.quantile(strokes, share)) / white - palest) / (1 - palest))
    paper *= level if paper.ndim < 3 else level[..., None]
    return Bleach(
        white=cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR),
        black=min(black, STEEPEST),
        sharpen=rng.uniform(0.5, 1.5),
        soft=rng.uniform(0.3, 0.65),
    )


def _tones(clean: np.ndarray, paper: np.ndarray, dark: np.ndarray) -> np.ndarray:
    """Print as a share of the paper's brightness, every third pixel; 1 where it is ``dark`` at large."""
    sample = clean[::3, ::3]
    tones = sample / cv2.resize(paper, sample.shape[1::-1])
    if tones.ndim > 2:
        tones = np.minimum(np.minimum(tones[..., 0], tones[..., 1]), tones[..., 2])
    near = cv2.dilate(dark.astype(np.uint8), np.ones((3, 3), np.uint8))
    tones[cv2.resize(near, sample.shape[1::-1], interpolation=cv2.INTER_NEAREST) > 0] = 1
    return tones


def bleach(image: np.ndarray, noise: np.ndarray, how: Bleach) -> np.ndarray:
    """Bleach a page.

    Args:
        image: float32 ``(H, W, 3)``, exposed.
        noise: float32 ``(H, W, 3)`` of the camera, in levels of 255; it is there before the tones are bent.
        how: from ``new_bleach``.

    Returns:
        uint8 RGB ``(H, W, 3)``.
    """
    noisy = cv2.addWeighted(image, 1, cv2.transform(noise, GREYER), 1 / 255, 0)
    if how.white.ndim < 3:
        noisy = _grey(noisy)
    share = cv2.divide(noisy, how.white)
    steep = cv2.LUT(cv2.convertScaleAbs(share, alpha=255), _curve(how.black))
    blurred = cv2.GaussianBlur(steep, (5, 5), 1.1)
    sharp = cv2.addWeighted(steep, 1 + how.sharpen, blurred, -how.sharpen, 0)
    sharp = cv2.GaussianBlur(sharp, (3, 3), how.soft)
    return cv2.cvtColor(sharp, cv2.COLOR_GRAY2RGB) if sharp.ndim < 3 else sharp


@lru_cache(maxsize=8)
def _curve(black: float) -> np.ndarray:
    """A line from ``black`` to white that bends into black: uint8 ``(256,)``, as strokes keep some tones."""
    tone = (np.linspace(0, 1, 256) - black) / (1 - black)
    return np.round(255 * np.clip(TOE * np.logaddexp(0, tone / TOE), 0, 1)).astype(np.uint8)


def _grey(image: np.ndarray) -> np.ndarray:
    return cv2.transform(image, np.full((1, 3), 1 / 3, np.float32))
