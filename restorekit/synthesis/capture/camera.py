"""What a scanner, a scanning app or a phone does to a page: the same to the page with ink and without it.

Albumentations-like libraries cover optics well, but take one random call for each image, draw their
parameters from a state of their own and pull in scipy; here every field (warp, light, noise) is made once
and laid on both images, so that they differ in ink alone.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import NamedTuple

import cv2
import numpy as np

from restorekit.synthesis.capture.bleach import bleach, new_bleach
from restorekit.synthesis.capture.copier import copy_threshold
from restorekit.synthesis.capture.lighting import light
from restorekit.synthesis.textures import Rng, choose, log_uniform

UNSHARP = 0.48
"""The share of phones' photographs that are blurred somewhere: pages are near, lie aslant and curl."""
FURTHEST = 3.2
"""The most blur at a page's far edge, pixels: some 0.5 mm on A4 at 150 dpi; letters can just be read."""
CROPPED = 0.15
"""Apps find a page's edges and cut off the rest: the share of the chance of photos that it is seen."""
BLACK = {"photo": (0.04, 0.16), "scan": (0.05, 0.15), "app": (0.08, 0.22), "bleach": (0.05, 0.15)}
"""How bright black is before tones are bent, of white. Toner and ink reflect 2 to 6 % of the light,
15 to 27 % of the range of levels (sRGB), and phones and scanners stretch that: most leave strokes at 15 to 60
of 255, uneven as ink and light are. Nothing but a copy in black and white has strokes of one level."""
FRINGED = 0.5
"""The share of scans with red and blue edges above and below rules: their three rows of sensors pass over the
page one after the other, a quarter of a pixel off where a belt slips or a stepper is not even."""
DARK_NOISE, WHITE_NOISE = 1.7, 0.9
"""Noise in the dark and on white paper, of what a shot has: there is less light to tell it from."""
LOOKS = {"scan": 0.38, "app": 0.09, "photo": 0.375, "copy": 0.06, "bleach": 0.095}


class Shot(NamedTuple):
    """How a page is taken.

    Attributes:
        look: scan, app (a scanning app's white paper), photo, copy (black and white where that keeps the
            print) or bleach (what an app with steep tones makes of a photo, see ``bleach``).
        blur: standard deviation in pixels.
        noise: standard deviation in levels of 255.
        noise_cell: size of the noise's grain in pixels.
        contrast: gain about white.
        curve: bend of the tone curve, x + curve * x * (1 - x); positive is brighter.
        sharpen: share of unsharp masking.
        shoulder: how much the tone curve flattens towards black and white, 0 to 1; noise flattens with it.
        jpeg: quality of the input's compression; 0 for none.
        defocus: standard deviation in pixels of what the lens blurs more where the page is farther off, or
            bends away, than elsewhere.
        defocus_angle: on which side that is, radians.
        focus: where the page is sharpest, from 0 at the other edge to 1; beyond it is blurred again.
        depth: how far from there it is as sharp.
        black: what the blackest print and ink reflect, as a share of white paper.
        fringe: by how many pixels a scanner's rows of red and blue sensors see the page off the green one's.
    """

    look: str
    blur: float
    noise: float
    noise_cell: float
    contrast: float
    curve: float
    sharpen: float
    shoulder: float
    jpeg: int
    defocus: float = 0.0
    defocus_angle: float = 0.0
    focus: float = 0.0
    depth: float = 0.0
    black: float = 0.0
    fringe: float = 0.0


class _Range(NamedTuple):
    """From where to where the values of a look are drawn; ``sharpen`` and ``jpeg`` have a chance before."""

    blur: tuple[float, float]
    noise: tuple[float, float]
    noise_cell: tuple[float, float]
    contrast: tuple[float, float]
    curve: tuple[float, float]
    sharpen: tuple[float, float]
    shoulder: tuple[float, float]
    jpeg: float


RANGES = {
    "scan": _Range((0.25, 0.7), (0.4, 2), (0.8, 1.6), (0.95, 1.2), (-0.15, 0.1), (0.6, 0.5), (0, 0.4), 0.6),
    "app": _Range((0.4, 1.1), (0.5, 3), (1, 2.2), (1.0, 1.3), (-0.3, 0.2), (0.6, 1.0), (0, 0.3), 0.8),
    "photo": _Range(
        (0.4, 1.2), (0.6, 3.5), (0.9, 2.0), (0.8, 1.15), (-0.2, 0.15), (0.65, 0.8), (0.1, 0.6), 0.85
    ),
    "bleach": _Range((0.4, 1.0), (1, 4), (1, 3.5), (1, 1), (0, 0), (0.4, 0.8), (0, 0), 0.85),
    "copy": _Range((0.4, 0.9), (2, 9), (0.9, 1.5), (1.0, 1.3), (0, 0), (0, 0.2), (0, 0), 0.5),
}


def new_shot(rng: Rng) -> Shot:
    """A way of taking the page, drawn at random."""
    look = choose(rng, LOOKS)
    limits = RANGES[look]
    far = look in ("photo", "bleach") and rng.random() < UNSHARP
    return Shot(
        look=look,
        blur=rng.uniform(*limits.blur),
        noise=log_uniform(rng, *limits.noise),
        noise_cell=rng.uniform(*limits.noise_cell),
        contrast=rng.uniform(*limits.contrast),
        curve=rng.uniform(*limits.curve),
        sharpen=rng.uniform(0.1, limits.sharpen[1]) if rng.random() < limits.sharpen[0] else 0.0,
        shoulder=rng.uniform(*limits.shoulder),
        jpeg=int(rng.integers(58, 96)) if rng.random() < limits.jpeg else 0,
        defocus=log_uniform(rng, 0.7, FURTHEST) if far else 0.0,
        defocus_angle=rng.uniform(0, 2 * np.pi),
        black=round(256 * rng.uniform(*BLACK.get(look, (0, 0)))) / 256,  # exact, so that no ink stays none
        focus=rng.uniform(0, 0.6) if rng.random() < 0.5 else 0.0,
        depth=rng.uniform(0, 0.3),
        fringe=float(rng.normal(0, 0.25)) if look == "scan" and rng.random() < FRINGED else 0.0,
    )


def warp_map(rng: Rng, height: int, width: int, look: str) -> tuple[np.ndarray, np.ndarray]:
    """Where each pixel of the picture comes from on the page.

    Returns:
        float32 ``(height, width)`` x and y: a slight turn for a scan, perspective for a photo. How the page
        itself bends, ``surface`` says.
    """
    strength = {"photo": 1.0, "app": 0.45, "bleach": 0.45}.get(look, 0.0)
    across, down = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    angle = np.deg2rad(rng.normal(0, 0.5 + 1.3 * strength))
    zoom = 1 - rng.uniform(0, 0.06) * (1 if strength else 0.2)
    centre_x, centre_y = width / 2, height / 2
    aside = np.zeros(2)
    seen = 1.0 if look == "photo" else CROPPED
    if strength and rng.random() < 0.2 * seen:
        zoom *= rng.uniform(1.02, 1.15)  # the page's edges are in the picture
    elif strength and rng.random() < 0.35 * seen:
        aside = rng.normal(0, 0.05, 2) * width  # an edge or two
    cos, sin = np.float32(np.cos(angle) * zoom), np.float32(np.sin(angle) * zoom)
    x = cos * (across - centre_x) - sin * (down - centre_y)
    y = sin * (across - centre_x) + cos * (down - centre_y)
    if strength:
        tilt = rng.normal(0, 0.05, 2) * strength
        depth = 1 + np.float32(tilt[0] / centre_x) * x + np.float32(tilt[1] / centre_y) * y
        x, y = x / depth, y / depth
    return x + np.float32(centre_x + aside[0]), y + np.float32(centre_y + aside[1])


def take(
    rng: Rng,
    page: np.ndarray,
    ink: np.ndarray | None,
    shot: Shot,
    noise: np.ndarray,
    shade: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Take a page without and with its ink, under one light, through one lens and with one noise.

    Args:
        rng: source of chance.
        page: float32 ``(H, W, 3)`` reflectance in [0, 1]; it is overwritten.
        ink: the same of its ink's transmittance, overwritten, too; None for a page without ink.
        shot: how.
        noise: float32 ``(H, W, 3)`` to add, in levels of 255.
        shade: see ``lighting.light``.

    Returns:
        target and image, uint8 RGB ``(H, W, 3)``, neither compressed.
    """
    if shot.black:
        for one in (page,) if ink is None else (page, ink):
            cv2.addWeighted(one, 1 - shot.black, one, 0, shot.black, dst=one)
    page *= light(rng, page.shape[0], page.shape[1], shot.look, shade)
    exposed = expose(page, shot)
    # by what the clean page is like: its print comes out alike with ink beside it
    if shot.look == "bleach":
        develop = partial(bleach, how=new_bleach(rng, exposed, shot.noise))
    else:
        threshold = copy_threshold(rng, exposed) if shot.look == "copy" else None
        develop = partial(finish, shot=shot, threshold=threshold)
    target = develop(exposed, darkened(noise, exposed))
    if ink is None:
        return target, target.copy()
    exposed = expose(page * ink, shot)
    return target, develop(exposed, darkened(noise, exposed))


def darkened(noise: np.ndarray, exposed: np.ndarray) -> np.ndarray:
    """Noise as it comes where a page, its ink too, is bright or dark; both are float32 ``(H, W, 3)``."""
    less = cv2.multiply(noise, exposed, scale=WHITE_NOISE - DARK_NOISE)
    return cv2.addWeighted(noise, DARK_NOISE, less, 1, 0, dst=less)


def sensor_noise(rng: Rng, height: int, width: int, shot: Shot) -> np.ndarray:
    """Noise to add, float32 ``(height, width, 3)`` in levels of 255: grey grain, blotches of colour."""
    noise = rng.standard_normal((height, width), dtype=np.float32)[..., None]
    for cell, strength in ((2, 0.3), (8, 0.12)):  # cameras smooth colour more than brightness
        colour = rng.standard_normal((height // cell + 1, width // cell + 1, 3), dtype=np.float32)
        colour -= colour.mean(-1, keepdims=True)
        noise = noise + strength * cv2.resize(colour, (width, height), interpolation=cv2.INTER_LINEAR)
    if shot.noise_cell > 1:
        noise = cv2.GaussianBlur(noise, (0, 0), 0.45 * shot.noise_cell) * np.float32(shot.noise_cell)
    return noise * np.float32(shot.noise)


def _out_of_focus(height: int, width: int, shot: Shot) -> np.ndarray:
    """How blurred it is where, of the most in [0, 1]: float32 ``(height, width)``."""
    small = max(2, height // 8), max(2, width // 8)  # and enlarged, which is faster
    down, across = ((np.arange(size, dtype=np.float32) + 0.5) / size - 0.5 for size in small)
    across = across * np.float32(np.cos(shot.defocus_angle)) + np.float32(0.5 - shot.focus)
    away = np.abs(np.add.outer(down * np.float32(np.sin(shot.defocus_angle)), across))
    share = (away - np.float32(shot.depth)) / np.float32(1 - shot.focus - shot.depth)
    return cv2.resize(np.clip(share, 0, 1), (width, height), interpolation=cv2.INTER_LINEAR)


def expose(image: np.ndarray, shot: Shot) -> np.ndarray:
    """Optics and tone, the same function for both images.

    Args:
        image: float32 ``(H, W, 3)`` in [0, 1].
        shot: how it is taken.

    Returns:
        A new float32 ``(H, W, 3)``; over 1 it is burnt out, and noise does not bring it back.
    """
    image = _fringed(image, shot) if shot.fringe else cv2.GaussianBlur(image, (0, 0), shot.blur)
    if shot.defocus:
        soft = cv2.GaussianBlur(image, (0, 0), shot.defocus)
        blurred = cv2.merge([_out_of_focus(image.shape[0], image.shape[1], shot)] * 3)
        image = cv2.add(image, cv2.multiply(cv2.subtract(soft, image), blurred))
    gain = shot.contrast * (1.12 if shot.look == "app" else 1.0)  # an app burns the paper out to white
    soft = cv2.GaussianBlur(image, (7, 7), 1.6) if shot.sharpen else image
    own, around = gain * (1 + shot.sharpen), -gain * shot.sharpen
    return cv2.addWeighted(image, own, soft, around, 1 - shot.contrast, dst=image)


def _fringed(image: np.ndarray, shot: Shot) -> np.ndarray:
    """The blur of a shot, of red from a little below and of blue from as much above."""
    blur = max(shot.blur, 0.35)  # less would not reach the next row of pixels
    reach = np.arange(-int(np.ceil(3 * blur)), int(np.ceil(3 * blur)) + 1)
    planes = []
    for plane, away in zip(cv2.split(image), (shot.fringe, 0.0, -shot.fringe), strict=True):
        across, down = (np.exp(-(((reach - shift) / blur) ** 2) / 2) for shift in (0.0, away))
        planes.append(cv2.sepFilter2D(plane, -1, across / across.sum(), down / down.sum()))
    return cv2.merge(planes)


def finish(image: np.ndarray, noise: np.ndarray, shot: Shot, threshold: np.ndarray | None) -> np.ndarray:
    """Add the noise (in levels), make a copy black and white or bend the tones, and round to uint8.

    Tones are bent after the noise has come in, as cameras do it: what is burnt out or deep black has less
    grain than what lies between.
    """
    if threshold is not None:
        grey = cv2.transform(image + noise / 255, np.full((1, 3), 1 / 3, np.float32))
        image = cv2.GaussianBlur((grey > threshold).astype(np.float32), (0, 0), 0.55)
        return cv2.cvtColor(cv2.convertScaleAbs(image, alpha=255), cv2.COLOR_GRAY2RGB)
    noisy = cv2.addWeighted(image, 255, noise, 1, 0, dtype=cv2.CV_8U)
    return cv2.LUT(noisy, tones(shot)) if shot.curve or shot.shoulder else noisy


@lru_cache(maxsize=8)
def tones(shot: Shot) -> np.ndarray:
    """The tone curve as a table: uint8 ``(256,)``, never falling, from 0 to 255."""
    level = np.linspace(0, 1, 256)
    level = level + shot.curve * level * (1 - level)
    level = level + shot.shoulder * (3 * level**2 - 2 * level**3 - level)
    return np.round(255 * np.clip(level, 0, 1)).astype(np.uint8)


def compress(image: np.ndarray, quality: int) -> np.ndarray:
    """A round through JPEG: uint8 RGB ``(H, W, 3)`` in and out; quality 0 leaves it alone."""
    if not quality:
        return image
    turned = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    packed = cv2.imencode(".jpg", turned, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.cvtColor(cv2.imdecode(packed, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
