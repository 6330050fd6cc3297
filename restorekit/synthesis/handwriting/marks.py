"""Marks: crosses, circles, lines, carets, zigzags, drawings, blots, splatter."""

from __future__ import annotations

import cv2
import numpy as np

from restorekit.synthesis.handwriting.centre_lines import breadth, shade
from restorekit.synthesis.handwriting.movement import pressure
from restorekit.synthesis.strokes import draw_path, smooth_path
from restorekit.synthesis.textures import Rng

HOOKED = 0.12
"""The share of strokes that a quick hand begins or ends with a hook."""
LIFTED = 0.5
"""How much less the pen is pressed at the end of the swiftest strokes: no pen's line ends in a needle."""
LONG, DASHED = 12, 0.3
"""Strokes shorter than so many widths of the pen's line are not dashed off; and how much less the pen is
pressed in the middle of the quickest of others, where it moves fastest."""
WET = 0.75
"""The power of its pressure that the shade of a mark goes by: where it is dashed off it gets thin more than
pale."""
DOUBLED, ROOMY = 0.12, (0.2, 0.14)
"""The share of the rings that go round twice; and how unlike rings are in size and in how flat they are, the
spreads of the logarithms."""


def draw_stroke(
    canvas: np.ndarray,
    rng: Rng,
    points: list[tuple[float, float]],
    pen_px: float,
    *,
    shake: float = 0.0,
    taper: float = 0.0,
    swift: float = 0.0,
    dashed: bool = False,
) -> None:
    """Draw a smooth stroke through about ``points``; ``shake`` is in pixels.

    ``taper`` is how much the pressure changes at least, in [0, 1]. A ``swift`` stroke, in [0, 1], is lifted
    all along its second half, and ends in a point. One that is ``dashed`` off is thinner in its middle.
    """
    path = np.array(points, np.float64)
    path = path + rng.normal(0, max(shake, 1e-6), path.shape)
    if np.hypot(*np.diff(path, axis=0).T).sum() > 8 * pen_px:
        path = _hooked(rng, _hooked(rng, path[::-1], pen_px)[::-1], pen_px)
    path = smooth_path(path, 3)
    pressed = pressure(rng, path, max(taper, float(rng.uniform(0.1, 0.7))), pen_px)
    along = np.cumsum(np.hypot(*np.diff(path, axis=0, prepend=path[:1]).T))
    if dashed and along[-1] > LONG * pen_px:
        pressed *= 1 - DASHED * rng.random() * np.sin(np.pi * along / along[-1]) ** 2
    if swift:
        pressed *= 1 - LIFTED * swift * np.clip(2 * along / along[-1] - 1, 0, 1)
    draw_path(canvas, path, pen_px * breadth(pressed), 255 * shade(pressed**WET))


def _hooked(rng: Rng, path: np.ndarray, pen_px: float) -> np.ndarray:
    """A path whose end turns aside, as the pen moves on before it is lifted; mostly none."""
    if rng.random() > HOOKED:
        return path
    ahead = path[-1] - path[-2]
    along = np.arctan2(ahead[1], ahead[0]) + rng.choice([-1, 1]) * rng.uniform(0.5, 1.0)
    reach = min(rng.uniform(0.8, 1.7) * pen_px, 0.4 * float(np.hypot(*ahead)))
    return np.concatenate([path, [path[-1] + reach * np.array([np.cos(along), np.sin(along)])]])


def cross(canvas: np.ndarray, rng: Rng, x: float, y: float, size: float, pen_px: float) -> None:
    """A cross around ``(x, y)``; some are drawn without lifting the pen."""
    half = size * rng.uniform(0.4, 0.55)
    arms = []
    for steep, long, bow in (rng.normal(0.95, 0.12), 1.1, 0.09), (rng.normal(2.3, 0.12), 1.25, -0.07):
        ahead = np.array([np.cos(steep), np.sin(steep)]) * (1 if steep < np.pi / 2 else -1)
        ends = np.outer((-1, 1), ahead) * half * long * rng.uniform(0.8, 1.15, (2, 1))
        ends += rng.normal(0, 0.12 * half, 2)
        side = np.array([-ahead[1], ahead[0]]) * half * (bow + rng.normal(0, 0.06))
        if steep > np.pi / 2:
            ends = ends[::-1] if rng.random() < 0.8 else ends  # down to the left, as one crosses
        arms.append(np.stack([ends[0], ends.mean(0) + side, ends[1]]) + (x, y))
    if rng.random() < 0.15:
        arms = [np.concatenate(arms)]
    for path in arms:
        draw_stroke(canvas, rng, [(float(px), float(py)) for px, py in path], pen_px, dashed=True)


def circle(
    canvas: np.ndarray,
    rng: Rng,
    box: tuple[float, float, float, float],
    pen_px: float,
    *,
    loose: float = 1.0,
) -> None:
    """An oval around a box (left, top, right, bottom), no ellipse and seldom round; its ends seldom meet.

    Most begin at the top and go to the left, as one writes an O, and run over their beginning, some a whole
    round or more; they lean, are off their middle, tight around what they ring or wide, all that by how
    ``loose`` they are, in [0, 1].
    """
    left, top, right, bottom = box
    tall, wide = bottom - top, right - left
    rounds = rng.uniform(1.5, 2.3) if rng.random() < loose * DOUBLED else float(rng.normal(1.06, 0.1))
    count = int(22 * rounds)
    way = -1 if rng.random() < 0.8 else 1
    angles = rng.normal(-0.4 * np.pi, 0.6) + way * np.linspace(0, 2 * np.pi * rounds, count)
    waves = np.sin(np.outer((2, 3, 4), angles) + rng.uniform(0, 6, (3, 1)))
    swell = 1 + rng.normal(0, (0.06, 0.035, 0.02)) @ waves + np.linspace(0, rng.normal(0, 0.2), count)
    swell[-3:] += max(0.0, rng.normal(0, 0.12)) * np.arange(1, 4)  # a quick hand runs out of the round
    roomy, flat = np.exp(loose * np.clip(rng.normal((0.06, 0.1), ROOMY), (-0.12, -0.15), 0.4))
    across = (0.55 * wide + 0.24 * tall) * roomy * flat * swell * np.cos(angles)
    down = 0.68 * tall * roomy / flat * swell * np.sin(angles)
    leans = loose * rng.normal(-0.15, 0.22) * min(1.0, 1.5 * tall / wide)
    xs = (left + right) / 2 + rng.normal(0, 0.13) * tall + across * np.cos(leans) - down * np.sin(leans)
    ys = (top + bottom) / 2 + rng.normal(0, 0.1) * tall + across * np.sin(leans) + down * np.cos(leans)
    draw_stroke(
        canvas,
        rng,
        list(zip(xs.tolist(), ys.tolist(), strict=True)),
        pen_px,
        shake=pen_px * 0.15,
        dashed=True,
    )


def line(
    canvas: np.ndarray,
    rng: Rng,
    x0: float,
    y0: float,
    x1: float,
    y1: float,
    pen_px: float,
    *,
    bow: float = 0.012,
    swift: float = 0.0,
) -> None:
    """A straight line by a free hand; ``bow`` is how far it bends, a share of its length."""
    count = max(3, int(abs(x1 - x0) / 60) + 2)
    along = np.linspace(0, 1, count)
    length = float(np.hypot(x1 - x0, y1 - y0))
    bend = rng.normal(0, bow) * length * np.sin(np.pi * along ** rng.uniform(0.6, 1.6))
    points = [(x0 + (x1 - x0) * a, y0 + (y1 - y0) * a + b) for a, b in zip(along, bend, strict=True)]
    draw_stroke(canvas, rng, points, pen_px, shake=min(0.8, 0.003 * length), swift=swift, dashed=True)


def underline(
    canvas: np.ndarray,
    rng: Rng,
    x0: float,
    x1: float,
    y: float,
    pen_px: float,
    unit: float,
    *,
    along: bool = False,
) -> None:
    """Under words: once, twice, or in waves; neither level nor just as long as the words.

    ``along`` a printed rule it is steadier, and leaves the rule by a degree or so at most.
    """
    kind = rng.random()
    x0, x1 = x0 + rng.normal(0, 0.2) * unit, x1 + rng.normal(0, 0.3) * unit
    rise = rng.normal(0, 0.006) * (x1 - x0) if along else rng.normal(0.004, 0.015) * (x1 - x0)
    bow = 0.003 if along else 0.012
    if kind < 0.1:
        wave(canvas, rng, (x0, y), (x1, y - rise), pen_px, unit)
        return
    line(canvas, rng, x0, y, x1, y - rise, pen_px, bow=bow)
    if kind > 0.85:
        gap, shorter = unit * rng.uniform(0.15, 0.35), rng.normal(0, 0.4, 2) * unit
        line(
            canvas,
            rng,
            x0 + shorter[0],
            y + gap,
            x1 + shorter[1],
            y + gap * rng.uniform(0.5, 1.3) - rise,
            pen_px,
        )


def wave(
    canvas: np.ndarray,
    rng: Rng,
    start: tuple[float, float],
    stop: tuple[float, float],
    pen_px: float,
    unit: float,
) -> None:
    """A wavy line, below words or beside them."""
    reach = float(np.hypot(stop[0] - start[0], stop[1] - start[1]))
    steps = np.arange(0, reach, unit * rng.uniform(0.25, 0.5))
    if len(steps) < 3:
        return
    side = np.where(np.arange(len(steps)) % 2, 1, -1) * rng.uniform(0.4, 1.6, len(steps)) * 0.09 * unit
    steps = steps + rng.normal(0, 0.06 * unit, len(steps))
    ahead = (np.array(stop) - start) / reach
    path = np.array(start) + steps[:, None] * ahead + side[:, None] * np.array([-ahead[1], ahead[0]])
    draw_stroke(canvas, rng, [(float(x), float(y)) for x, y in path], pen_px)


def fill_in(canvas: np.ndarray, rng: Rng, box: tuple[float, float, float, float], pen_px: float) -> None:
    """Fill in a box, as on an answer card: to and fro, close or with paper between, or by a stroke or two."""
    left, top, right, bottom = box
    tall = bottom - top
    if rng.random() < 0.35:
        for _ in range(int(rng.integers(1, 4))):
            middle = (top + bottom) / 2 + rng.normal(0, 0.17) * tall
            rise = rng.normal(0.1, 0.2) * tall
            line(canvas, rng, left, middle + rise, right, middle - rise, pen_px * rng.uniform(0.9, 1.8))
        return
    left, right = (left, right) + rng.normal(0, 0.07, 2) * tall
    count = max(4, round((right - left) / (rng.uniform(0.35, 0.85) * pen_px)))
    lean = rng.uniform(-0.1, 0.35) * (right - left)
    xs = np.linspace(left - lean, right, count) + rng.normal(0, 0.4 * pen_px, count)
    upper = np.arange(count) % 2 == 0
    ys = np.where(upper, top, bottom) + rng.normal(0, 0.05) * tall + rng.normal(0, 0.14, count) * tall
    draw_stroke(canvas, rng, list(zip((xs + lean * upper).tolist(), ys.tolist(), strict=True)), pen_px)


def caret(canvas: np.ndarray, rng: Rng, x: float, y: float, size: float, pen_px: float) -> None:
    """Where a word was forgotten."""
    flip = -1 if rng.random() < 0.4 else 1
    (before, after), (start, stop) = size * rng.uniform(0.15, 0.4, 2), flip * size * rng.uniform(0.25, 0.5, 2)
    # the tip twice: smoothing leaves it sharper
    draw_stroke(canvas, rng, [(x - before, y + start), (x, y), (x, y), (x + after, y + stop)], pen_px)


def sketch(canvas: np.ndarray, rng: Rng, box: tuple[float, float, float, float], pen_px: float) -> None:
    """A drawing by hand: a polygon with its diagonals, or axes with a curve."""
    left, top, right, bottom = box
    if rng.random() < 0.5:
        corners = int(rng.integers(3, 6))
        xs, ys = rng.uniform(left, right, corners), rng.uniform(top, bottom, corners)
        for place in range(corners):
            after = (place + 1) % corners
            line(canvas, rng, xs[place], ys[place], xs[after], ys[after], pen_px)
        return
    line(canvas, rng, left, bottom, right, bottom, pen_px)
    line(canvas, rng, left, bottom, left, top, pen_px)
    along = np.linspace(0, 1, 12)
    curve = along ** rng.uniform(0.4, 2.5)
    points = [
        (left + (right - left) * a, bottom - (bottom - top) * 0.9 * b)
        for a, b in zip(along, curve, strict=True)
    ]
    draw_stroke(canvas, rng, points, pen_px)


def blot(canvas: np.ndarray, rng: Rng, x: float, y: float, radius: float) -> None:
    """A blot of ink, sometimes with splatter around it."""
    angles = np.linspace(0, 2 * np.pi, 26)[:-1]
    waves = np.sin(np.outer((2, 3, 5), angles) + rng.uniform(0, 6, (3, 1)))
    wave = 1 + rng.normal(0, (0.06, 0.03, 0.015)) @ waves  # surface tension keeps it nearly round
    outline = np.stack([x + radius * wave * np.cos(angles), y + radius * wave * np.sin(angles)], 1)
    cv2.fillPoly(canvas, [np.round(outline * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    if rng.random() < 0.5:
        for _ in range(int(rng.integers(2, 14))):
            reach = radius * rng.uniform(1.3, 7)
            turn = rng.uniform(0, 2 * np.pi)
            centre = (int((x + reach * np.cos(turn)) * 16), int((y + reach * np.sin(turn)) * 16))
            cv2.circle(
                canvas, centre, int(max(0.5, radius * rng.uniform(0.05, 0.25)) * 16), 255, -1, cv2.LINE_AA, 4
            )
