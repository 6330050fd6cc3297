"""What a scanner, a scanning app or a phone does to a page: the same to the page with ink and without it.

Albumentations-like libraries cover optics well, but take one random call for each image, draw their
parameters from a state of their own and pull in scipy; here every field (warp, light, noise) is made once
and laid on both images, so that they differ in ink alone.
"""

from __future__ import annotations

from functools import lru_cache, partial

import cv2
import numpy as np

from restorekit.synthesis.capture.bleach import bleach, new_bleach
from restorekit.synthesis.capture.copier import copy_threshold
from restorekit.synthesis.capture.lighting import light
from restorekit.synthesis.capture.shots import Shot
from restorekit.synthesis.textures import Rng, log_uniform, smooth_noise

CLOSE, CLOSEST = {"photo": 0.2, "app": 0.15, "bleach": 0.15, "scan": 0.08}, (0.62, 0.92)
"""The share of pictures of a part of a page, print cut off at their edges, and how much of its width."""
CROPPED = 0.15
"""Apps find a page's edges and cut off the rest: the share of the chance of photos that it is seen."""
MISLAID, STRIP = {"scan": 0.07, "copy": 0.14}, (0.008, 0.1)
"""The share of scans and copies of pages that do not lie where a scanner begins, so that a strip of its lid
or of the dark is seen, and how broad that is, of a page's width."""
LEVELLED, WHITES = 0.6, (0.972, 0.995)
"""The share of scans of white paper that a scanner's own software brightens, and how bright paper is then."""
BLOTCHES, COLOURED = 0.2, {3: 0.3, 12: 0.5}
"""How strong blotches of brightness are, of the grain, and of colour, for some breadths in grains."""
BRIGHT = 0.8
"""How bright a photographed page is on the whole: that strays in the lens, and contrast is about it."""
DARK_NOISE, WHITE_NOISE = 1.7, 0.9
"""Noise in the dark and on white paper, of what a shot has: there is less light to tell it from."""


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
    elif rng.random() < CLOSE.get(look, 0.0):
        zoom = rng.uniform(*CLOSEST)
        aside = (1 - zoom) * rng.uniform(-0.5, 0.5, 2) * (width, height)
    elif rng.random() < MISLAID.get(look, 0.0):
        aside = log_uniform(rng, *STRIP) * width * rng.choice([(-1, 0), (1, 0), (0, -1), (0, 1)])
    cos, sin = np.float32(np.cos(angle) * zoom), np.float32(np.sin(angle) * zoom)
    x = cos * (across - centre_x) - sin * (down - centre_y)
    y = sin * (across - centre_x) + cos * (down - centre_y)
    if strength:
        tilt = rng.normal(0, 0.05, 2) * strength
        depth = 1 + np.float32(tilt[0] / centre_x) * x + np.float32(tilt[1] / centre_y) * y
        x, y = x / depth, y / depth
    return x + np.float32(centre_x + aside[0]), y + np.float32(centre_y + aside[1])


def warp(image: np.ndarray, map_x: np.ndarray, map_y: np.ndarray, *, bare: bool = False) -> np.ndarray:
    """What a picture looks like through a map, as sharp between the rows of pixels as on them.

    Linear interpolation blurs what falls between two rows, so that lines of print were pale in bands.

    Args:
        image: float32 ``(H, W, 3)`` in [0, 1].
        map_x: from ``warp_map``.
        map_y: from ``warp_map``.
        bare: whether what is off the page is 1; else it is as the page's edge.

    Returns:
        float32 ``(H, W, 3)`` in [0, 1].
    """
    border = cv2.BORDER_CONSTANT if bare else cv2.BORDER_REPLICATE
    warped = cv2.remap(image, map_x, map_y, cv2.INTER_CUBIC, borderMode=border, borderValue=(1.0, 1.0, 1.0))
    return np.clip(warped, 0, 1, out=warped)


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
        noise: float32 ``(H, W, 3)`` to add, from ``sensor_noise``.
        shade: see ``lighting.light``.

    Returns:
        target and image, uint8 RGB ``(H, W, 3)``, neither compressed.
    """
    if shot.black:
        for one in (page,) if ink is None else (page, ink):
            cv2.addWeighted(one, 1 - shot.black, one, 0, shot.black, dst=one)
    page *= light(rng, page.shape[0], page.shape[1], shot.look, shade)
    if shot.look == "scan":
        paper = float(np.median(page[::16, ::16]))
        if paper > 0.88 and rng.random() < LEVELLED:
            page *= np.float32(rng.uniform(*WHITES) / paper)
    exposed = expose(page, shot)
    inked = None if ink is None else expose(cv2.multiply(page, ink, dst=ink), shot)
    # tones are chosen once, so print comes out alike with ink beside it
    if shot.look == "bleach":
        develop = partial(bleach, how=new_bleach(rng, exposed, shot.noise, inked))
    else:
        threshold = copy_threshold(rng, exposed, inked) if shot.look == "copy" else None
        develop = partial(finish, shot=shot, threshold=threshold)
    target = develop(exposed, darkened(noise, exposed, shot.noise))
    image = target if inked is None else develop(inked, darkened(noise, inked, shot.noise))
    if shot.grain:
        target, image = (_grained(one, noise, shot) for one in (target, image))
    return target, image.copy() if inked is None else image


def _grained(image: np.ndarray, noise: np.ndarray, shot: Shot) -> np.ndarray:
    """Some of the noise on top of what an app made white, grey where it took the colours out: uint8."""
    if np.array_equal(image[::64, ::64, 0], image[::64, ::64, 2]):
        noise = np.repeat(noise[..., 1:2], 3, -1)
    left = np.rint(noise * np.float32(shot.grain) - np.float32(shot.grain)).astype(np.int8)
    return cv2.add(image, left, dtype=cv2.CV_8U)


def darkened(noise: np.ndarray, exposed: np.ndarray, strength: float) -> np.ndarray:
    """Noise, so strong, as it comes where a page, or its ink, is bright or dark: float32 ``(H, W, 3)``."""
    less = cv2.multiply(noise, exposed, scale=strength * (WHITE_NOISE - DARK_NOISE))
    return cv2.addWeighted(noise, strength * DARK_NOISE, less, 1, 0, dst=less)


def sensor_noise(rng: Rng, height: int, width: int, shot: Shot) -> np.ndarray:
    """Noise of unit spread, float32 ``(height, width, 3)``: grey grain, blotches, more of colour.

    What cameras smooth away leaves blotches, of brightness some pixels across and of colour far wider ones.
    """
    grain = rng.standard_normal((height, width), dtype=np.float32)
    if shot.noise_cell > 1:
        grain = cv2.GaussianBlur(grain, (0, 0), 0.45 * shot.noise_cell) * np.float32(shot.noise_cell)
    grain += np.float32(BLOTCHES) * smooth_noise(rng, height, width, 5 * shot.noise_cell)
    noise = cv2.merge([grain] * 3)
    for cell, strength in COLOURED.items():
        cell = max(2, round(cell * shot.noise_cell))
        colour = rng.standard_normal((height // cell + 2, width // cell + 2, 3), dtype=np.float32)
        colour -= colour.mean(-1, keepdims=True)
        noise += cv2.resize(np.float32(strength) * colour, (width, height), interpolation=cv2.INTER_LINEAR)
    return noise


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
    image = _fringed(image, shot) if shot.fringe else _blurred(image, shot.blur)
    if shot.shaken:
        image = cv2.filter2D(image, -1, _track(shot.shaken, shot.shaken_angle))
    elif shot.defocus:
        blurred = _out_of_focus(image.shape[0], image.shape[1], shot)
        image = cv2.blendLinear(_blurred(image, shot.defocus), image, blurred, 1 - blurred)
    offset = 1 - shot.contrast
    gain = shot.contrast * (1.12 if shot.look == "app" else 1.0)  # an app burns the paper out to white
    if shot.look == "photo":  # whose contrast ``tones`` bends, for paper in a shade keeps its own
        gain, offset = 1 - shot.glare, BRIGHT * shot.glare
    if not shot.sharpen:
        return cv2.addWeighted(image, gain, image, 0, offset, dst=image)
    grey = cv2.transform(image, np.full((1, 3), 1 / 3, np.float32))  # cameras sharpen brightness alone
    edges = cv2.merge([cv2.subtract(grey, cv2.GaussianBlur(grey, (7, 7), 1.6))] * 3)
    return cv2.addWeighted(image, gain, edges, gain * shot.sharpen, offset, dst=image)


def _blurred(image: np.ndarray, blur: float) -> np.ndarray:
    """A Gaussian of standard deviation ``blur``, cut off where hardly anything is left of it."""
    side = 2 * int(np.ceil(2.5 * blur)) + 1
    return cv2.GaussianBlur(image, (side, side), blur)


def _track(length: float, angle: float) -> np.ndarray:
    """A line of ``length`` pixels through the middle of an odd square, as a kernel of sum 1: float32."""
    half = int(np.ceil(length / 2))
    kernel = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
    for away in np.linspace(-length / 2, length / 2, 8 * half + 1):
        x, y = half + away * np.cos(angle), half + away * np.sin(angle)
        column, row = int(x), int(y)
        for down, across in ((0, 0), (0, 1), (1, 0), (1, 1)):
            if row + down <= 2 * half and column + across <= 2 * half:
                part = abs(1 - down - (y - row)) * abs(1 - across - (x - column))
                kernel[row + down, column + across] += part
    return np.asarray(kernel / kernel.sum())


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
    noisy = _cored(noisy, shot.cored) if shot.cored else noisy
    return cv2.LUT(noisy, tones(shot)) if shot.look == "photo" or shot.curve or shot.shoulder else noisy


def _cored(image: np.ndarray, most: int) -> np.ndarray:
    """Without what differs from its surroundings by up to ``most`` levels, and with less by that of the rest.

    Phones take the grain out so (Simoncelli and Adelson, "Noise removal via Bayesian wavelet coring", 1996,
    do it by bands): edges stay sharp, and faint strokes and fibres go with the grain.

    Takes and returns uint8 RGB ``(H, W, 3)``.
    """
    around = cv2.GaussianBlur(image, (5, 5), 1.1)
    above, below = cv2.subtract(image, around), cv2.subtract(around, image)
    less = (most,) * 4
    return cv2.subtract(cv2.add(around, cv2.subtract(above, less)), cv2.subtract(below, less))


@lru_cache(maxsize=8)
def tones(shot: Shot) -> np.ndarray:
    """The tone curve as a table: uint8 ``(256,)``, never falling, from 0 to 255.

    A photo's contrast multiplies ratios, as film's does: print in a shade is darker by as much as its paper.
    """
    level = np.linspace(0, 1, 256)
    if shot.look == "photo":
        level = BRIGHT * (level / BRIGHT) ** shot.contrast
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
