"""Bare paper: tone, fibres, stains, creases, and what shines through from the other side.

The augraphy library has many paper effects, but pins old numpy and OpenCV, draws from global random state
(no page could be made twice) and is slower than the whole of this generator; so the few effects that show
at arm's length are written here.
"""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.capture.desk import make_desk
from restorekit.synthesis.capture.surface import crumples, folds, shade_of
from restorekit.synthesis.capture.wear import wear
from restorekit.synthesis.textures import Rng, choose, fractal_noise, log_uniform, smooth_noise

TONES = {
    "white": ((246, 247, 248), 5, 0.66),
    "grey": ((228, 227, 224), 9, 0.19),
    "recycled": ((216, 210, 197), 9, 0.06),
    "cream": ((241, 233, 213), 8, 0.06),
    "yellow": ((240, 230, 172), 10, 0.012),
    "pink": ((241, 220, 222), 7, 0.006),
    "blue": ((216, 228, 240), 7, 0.006),
    "green": ((220, 235, 218), 7, 0.006),
}
"""Kinds of paper: R, G, B, the spread of their brightness, and their share."""
PALEST = np.float32(0.5)
"""What print keeps at least of its toner over any wide part of a page: what is paler is printed again."""


def make_paper(rng: Rng, height: int, width: int, *, stationery: bool = False) -> np.ndarray:
    """Paper with nothing on it.

    Args:
        rng: source of chance.
        height: pixels.
        width: pixels.
        stationery: white, and without holes: its ruling has what it needs.

    Returns:
        float32 ``(height, width, 3)`` reflectance in [0, 1].
    """
    name = "white" if stationery else choose(rng, {key: weight for key, (_, _, weight) in TONES.items()})
    base, spread, _ = TONES[name]
    # mills make paper lighter or darker, bluer or yellower, hardly ever greener or redder
    yellow = rng.normal(0, spread / 5)
    change = rng.normal(0, spread / 2) + np.array([yellow, rng.normal(0, spread / 12), -yellow])
    tone = (np.array(base, np.float32) + change.astype(np.float32)) / 255
    field = 0.008 * fractal_noise(rng, height, width, max(height, width) / 3, 3)
    fibre = rng.uniform(0.002, 0.009) if name != "white" else rng.uniform(0.001, 0.006)
    field += np.float32(fibre) * smooth_noise(rng, height, width, rng.uniform(1.5, 4))
    paper = tone + field[..., None]
    if rng.random() < 0.03:
        paper *= _stains(rng, height, width)
    if rng.random() < 0.15:
        paper *= _creases(rng, height, width)[..., None]
    if rng.random() < 0.012:
        paper *= _drops(rng, height, width)
    wear(rng, paper)
    if not stationery and rng.random() < 0.06:
        _punch(rng, paper)
    return np.clip(paper, 0, 1)


def _stains(rng: Rng, height: int, width: int) -> np.ndarray:
    field = fractal_noise(rng, height, width, max(height, width) / rng.uniform(2, 8))
    depth = np.clip((field - rng.uniform(1.0, 1.8)) * 0.5, 0, 1)[..., None]
    brown = np.array([0.06, 0.12, 0.24], np.float32) * rng.uniform(0.4, 1.5)
    return (1 - depth * brown).astype(np.float32)


def _drops(rng: Rng, height: int, width: int) -> np.ndarray:
    """Dried drops and the rings of cups: what was dissolved gathered along the edge.

    Returns:
        float32 ``(height, width, 3)`` share of the light that is left.
    """
    drops = np.ones((height, width, 3), np.float32)
    colour = np.array([0.10, 0.20, 0.38], np.float32) * np.float32(rng.uniform(0.3, 1.3))
    unit = width / 210  # an A4 page's millimetre
    foot = rng.uniform(24, 42)  # of the one cup that stood there
    for _ in range(int(rng.integers(1, 5))):
        cup = rng.random() < 0.3
        radius = unit * (foot if cup else log_uniform(rng, 1, 16))
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        reach = int(1.15 * radius) + 4
        left, top = max(0, int(x) - reach), max(0, int(y) - reach)
        part = drops[top : int(y) + reach, left : int(x) + reach]
        if part.size:
            down, across = np.ogrid[: part.shape[0], : part.shape[1]]
            down, across = (down - (y - top)).astype(np.float32), (across - (x - left)).astype(np.float32)
            part *= 1 - _dried(rng, down, across, radius, unit, cup)[..., None] * colour
    return drops


def _dried(
    rng: Rng, down: np.ndarray, across: np.ndarray, radius: float, unit: float, cup: bool
) -> np.ndarray:
    """How dark a dried drop or a cup's ring around (0, 0) is, 0 to 1: nearly round, darkest at its rim.

    The rim thins out inwards, here farther and there less far; a cup's is missing where it did not touch.
    """
    angle, far = np.arctan2(down, across), np.hypot(down, across)
    out = rng.uniform(0.004, 0.012) if cup else rng.uniform(0.005, 0.02)
    inwards = radius * (1 + out * _around(rng, angle, (2, 3, 5))) - far
    rim = unit * np.clip(0.8 + 0.7 * _around(rng, angle, (1, 2, 3, 4, 7)), 0.2, 3)
    edge = np.where(inwards > 0, np.exp(-np.abs(inwards) / rim), np.exp(-((inwards / (0.15 * unit)) ** 2)))
    if cup:
        edge *= np.clip(rng.uniform(-0.2, 0.6) + 0.7 * _around(rng, angle, (1, 2, 3, 5, 8)), 0, 1)
    else:
        edge *= np.clip(0.75 + 0.25 * _around(rng, angle, (1, 2, 4)), 0.3, 1)
        edge = 0.7 * edge + 0.25 * np.clip(inwards / (0.3 * unit), 0, 1)
    grain = np.clip(
        0.85 + 0.15 * smooth_noise(rng, far.shape[0], far.shape[1], 1.5), 0, 1
    )  # of the paper's fibres
    return np.asarray(edge * grain, np.float32)


def _around(rng: Rng, angle: np.ndarray, waves: tuple[int, ...]) -> np.ndarray:
    """Hills and hollows on the way round, of so many waves each: about zero mean and unit spread."""
    total = np.zeros_like(angle)
    for count in waves:
        total += np.float32(rng.normal()) * np.cos(count * angle + np.float32(rng.uniform(0, 2 * np.pi)))
    return total / np.float32(np.sqrt(len(waves) / 2))


def _punch(rng: Rng, paper: np.ndarray) -> None:
    """Punch two holes beside an edge; through them one sees the scanner's lid or the desk."""
    height, width = paper.shape[:2]
    seen = make_desk(rng, 8, 8).mean((0, 1))
    unit = width / 210  # an A4 page's millimetre; holes are 6 mm wide and 80 mm apart (ISO 838)
    x = unit * rng.uniform(9, 14) * np.array([1, -1])[int(rng.integers(0, 2))] % width
    middle = height * rng.uniform(0.45, 0.55)
    lean = rng.uniform(-0.3, 0.3, 2) * unit
    for y in (middle - 40 * unit, middle + 40 * unit):
        shadow = (0.6 * seen).tolist()  # of the rim, on what lies below
        cv2.circle(paper, (round(x), round(y)), round(3 * unit), shadow, -1, cv2.LINE_AA)
        aside = (round(x + lean[0]), round(y + lean[1]))
        cv2.circle(paper, aside, round(2.7 * unit), seen.tolist(), -1, cv2.LINE_AA)


def _creases(rng: Rng, height: int, width: int) -> np.ndarray:
    """The shade of folds or crumples that were pressed flat again: float32 ``(height, width)``.

    The paper stands up by less than a millimetre beside them, so print runs over them without a bend.
    """
    rows, columns = max(2, height // 3), max(2, width // 3)
    x, y = np.meshgrid(
        np.linspace(0, 1, columns, dtype=np.float32), np.linspace(0, height / width, rows, dtype=np.float32)
    )
    heights = (crumples if rng.random() < 0.35 else folds)(rng, x, y, pressed=True)
    shade = 1 + np.float32(rng.uniform(0.6, 1.3)) * (shade_of(rng, heights, 1 / columns) - 1)
    return cv2.resize(shade, (width, height), interpolation=cv2.INTER_CUBIC)


def show_through(rng: Rng, paper: np.ndarray, back: np.ndarray) -> np.ndarray:
    """The other side, mirrored, blurred and faint, darkens the paper.

    Args:
        rng: source of chance.
        paper: float32 ``(H, W, 3)`` reflectance.
        back: float32 ``(H, W, 3)`` transmittance of what is on the other side, of the same size.
    """
    millimetre = paper.shape[1] / 210  # of an A4 page
    seen = cv2.GaussianBlur(back[:, ::-1], (0, 0), millimetre * rng.uniform(0.12, 0.5))
    return paper * (1 - np.float32(log_uniform(rng, 0.03, 0.13)) * (1 - seen))


def age_print(rng: Rng, print_: np.ndarray, strength: np.ndarray | None = None) -> np.ndarray:
    """What a press, a photocopier and time do to print: bleeding, thinning, fading, toner loss.

    Args:
        rng: source of chance.
        print_: uint8 ``(H, W, 3)`` on white.
        strength: from ``print_strength``, which is drawn where it is None.

    Returns:
        float32 ``(H, W, 3)`` transmittance in [0, 1].
    """
    height, width = print_.shape[:2]
    kind = rng.random()
    if kind < 0.12:  # toner or ink has run
        run = rng.uniform(0.25, 0.7)
        print_ = cv2.addWeighted(cv2.erode(print_, np.ones((2, 2), np.uint8)), run, print_, 1 - run, 0)
    elif kind < 0.2:  # worn thin; lines of one pixel stay, paler
        worn = rng.uniform(0.3, 0.8)
        print_ = cv2.addWeighted(cv2.dilate(print_, np.ones((2, 2), np.uint8)), worn, print_, 1 - worn, 0)
    sheer = print_.astype(np.float32) / 255
    if rng.random() < 0.35:
        sheer = cv2.GaussianBlur(sheer, (0, 0), rng.uniform(0.4, 0.9))
    return faded(sheer, print_strength(rng, height, width) if strength is None else strength)


def faded(sheer: np.ndarray, strength: np.ndarray) -> np.ndarray:
    """A transmittance ``(H, W, 3)`` of which a share ``(H, W)`` of what darkens it is left."""
    return np.asarray(1 - (1 - sheer) * strength[..., None])


def print_strength(rng: Rng, height: int, width: int) -> np.ndarray:
    """What share of its toner a page has kept, place by place: float32 ``(height, width)`` in [0, 1]."""
    fade = rng.uniform(0.5, 0.85) if rng.random() < 0.05 else rng.uniform(0.9, 1.0)
    strength = np.full((height, width), fade, np.float32)
    if rng.random() < 0.07:
        strength *= _bands(rng, height, width)
    if rng.random() < 0.06:
        strength *= _one_sided(rng, height, width)
    strength = np.maximum(strength, PALEST)
    if rng.random() < 0.12:
        strength *= np.clip(1.25 + 0.3 * smooth_noise(rng, height, width, 1.8), 0.3, 1)
    if rng.random() < 0.07:
        strength *= _streaks(rng, height, width)
    if rng.random() < 0.05:
        strength *= _worn_folds(rng, height, width)
    return strength


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
    """How a printer fades that runs out of toner: in broad bands along the way of the paper, softly.

    Returns:
        float32 ``(height, width)`` share of the strength, 0.35 to 1.
    """
    across = np.abs(smooth_noise(rng, 2, width, width / rng.uniform(1.2, 3))[:1])  # a third of a page or more
    along = np.abs(smooth_noise(rng, height, 2, height / 2)[:, :1])
    return np.clip(1 - 0.3 * across * (0.5 + along), 0.35, 1).astype(np.float32)


def _streaks(rng: Rng, height: int, width: int) -> np.ndarray:
    """Where a drum or its blade is scratched or dirty: pale streaks along the way of the paper.

    Returns:
        float32 ``(height, width)`` share of the strength, 0.05 to 1.
    """
    across = np.arange(width, dtype=np.float32)[None]
    along = np.clip(0.6 + 0.5 * smooth_noise(rng, height, 2, height / 3)[:, :1], 0, 1)
    left = np.ones((height, width), np.float32)
    for _ in range(int(rng.integers(1, 7))):
        half = log_uniform(rng, 0.2, 1.6) * width / 210  # of an A4 page's millimetres
        away = np.abs(across - np.float32(rng.uniform(0, width))) / np.float32(half)
        left *= 1 - np.float32(rng.uniform(0.4, 0.95)) * along * np.clip(1.5 - away, 0, 1)
    return np.maximum(left, np.float32(0.05))


def _worn_folds(rng: Rng, height: int, width: int) -> np.ndarray:
    """Where a sheet was folded, and print has flaked off the fold: in half or in three, upright or across.

    Returns:
        float32 ``(height, width)`` share of the strength, 0.1 to 1.
    """
    left = np.ones((height, width), np.float32)
    parts, flat = int(rng.integers(2, 4)), rng.random() < 0.7
    length, tall = (width, height) if flat else (height, width)
    reach = max(2, round(rng.uniform(0.3, 1) * width / 210))
    for fold in range(1, parts):
        middle = int(tall * fold / parts + rng.normal(0, 0.004) * tall)
        flakes = smooth_noise(rng, 2 * reach, length, 1.6) > rng.uniform(-0.8, 0.4)
        away = np.abs(np.arange(-reach, reach, dtype=np.float32) + np.float32(0.5))[:, None] / reach
        worn = np.where(flakes, np.clip(away**2, 0.1, 1), 1).astype(np.float32)
        strip = (slice(max(0, middle - reach), middle + reach), slice(None))
        if middle > reach and middle + reach <= tall:
            left[strip if flat else strip[::-1]] = worn if flat else worn.T
    return left
