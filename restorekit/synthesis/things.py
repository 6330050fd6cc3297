"""Opaque man-made things for pictures: signs, boxes, flags, fronts of houses, balls, with or without letters.

A watermark is flat, bounded and often lettered, and so is much of what people make and photograph. What tells
them apart is that nothing of the picture shows through a thing, and that light and wear lie upon it.
"""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from restorekit.synthesis.assets import load_font, pick_face
from restorekit.synthesis.badges import draw_badge
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.textures import Rng, choose, fractal_noise, log_uniform, smooth_noise

PATTERNS = {"plain": 0.2, "letters": 0.3, "badge": 0.12, "stripes": 0.16, "windows": 0.14, "checks": 0.08}
SIZE = (0.04, 0.5)
"""Side of a thing as a share of the picture's longer side."""


def add_things(rng: Rng, scene: np.ndarray, count: int) -> np.ndarray:
    """Set things into a picture, each before the last.

    Args:
        rng: source of chance.
        scene: float32 RGB ``(H, W, 3)`` in [0, 1].
        count: how many things.

    Returns:
        A picture of the same kind.
    """
    height, width = scene.shape[:2]
    scene = scene.copy()
    for _ in range(count):
        size = max(height, width) * log_uniform(rng, *SIZE)
        tall, wide = size * rng.uniform(0.3, 1.0), size * rng.uniform(0.3, 1.0)
        front = _front(rng, max(16, int(tall)), max(16, int(wide)))
        _set(rng, scene, front, (rng.uniform(0, width), rng.uniform(0, height)), (wide, tall))
    return scene


def colour_of_thing(rng: Rng) -> np.ndarray:
    """White, black or grey, or a paint of any strength: float32 ``(3,)`` in [0, 1]."""
    if rng.random() < 0.35:
        return np.full(3, rng.choice([0.05, 0.2, 0.45, 0.7, 0.9, 0.97]), np.float32)
    paint, strength = rng.uniform(0, 1, 3), rng.uniform(0.2, 1.0)
    return np.clip(paint * strength + paint.mean() * (1 - strength), 0.02, 0.98).astype(np.float32)


def _front(rng: Rng, height: int, width: int) -> np.ndarray:
    """A thing seen straight on, painted and lit: float32 ``(height, width, 3)``."""
    amount = _pattern(rng, choose(rng, PATTERNS), height, width)[..., None].astype(np.float32) / 255
    front = colour_of_thing(rng) * (1 - amount) + colour_of_thing(rng) * amount
    across = np.linspace(-1, 1, width, dtype=np.float32)[None]
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    light = 1 + rng.normal(0, 0.12) * across + rng.normal(0, 0.12) * down
    if rng.random() < 0.35:  # round: a can, a ball, a helmet
        side = rng.uniform(-0.5, 0.5)
        light = light * (1 - rng.uniform(0.2, 0.6) * (across - side) ** 2)
        light = light + rng.uniform(0, 0.4) * np.exp(-((across - side) ** 2 + (down + 0.3) ** 2) * 12)
    light = light * (1 + rng.uniform(0, 0.12) * fractal_noise(rng, height, width, max(height, width) / 2, 6))
    return np.clip(front * light[..., None], 0, 1).astype(np.float32)


def _pattern(rng: Rng, kind: str, height: int, width: int) -> np.ndarray:
    """Where a thing has its second colour: uint8 ``(height, width)``, 255 for full."""
    if kind == "badge":
        side = max(16, min(height, width) - 4)
        return cv2.resize(draw_badge(rng, side), (width, height), interpolation=cv2.INTER_AREA)
    picture = Image.new("L", (width, height))
    draw = ImageDraw.Draw(picture)
    if kind == "letters":
        _letters(rng, draw, height, width)
    elif kind == "stripes":
        _stripes(rng, draw, height, width)
    elif kind in ("windows", "checks"):
        _cells(rng, draw, height, width, windows=kind == "windows")
    return np.asarray(picture)


def _stripes(rng: Rng, draw: ImageDraw.ImageDraw, height: int, width: int) -> None:
    period = max(4.0, max(height, width) * rng.uniform(0.06, 0.5))
    share, slope, upright = rng.uniform(0.2, 0.8), rng.choice([0, 0, 0.5, 1.0]), rng.random() < 0.5
    length, reach = (height, width) if upright else (width, height)
    for start in np.arange(-length * slope, reach, period):
        stop, shift = start + share * period, slope * length
        corners = [(start, 0), (stop, 0), (stop + shift, length), (start + shift, length)]
        draw.polygon(corners if upright else [(y, x) for x, y in corners], fill=255)


def _cells(rng: Rng, draw: ImageDraw.ImageDraw, height: int, width: int, *, windows: bool) -> None:
    """Rows of windows with a gap between them, or the squares of a chessboard."""
    rows, columns = int(rng.integers(2, 9)), int(rng.integers(2, 9))
    gap, tall, wide = rng.uniform(0.15, 0.45), height / rows, width / columns
    for row in range(rows):
        for column in range(columns):
            x, y = column * wide, row * tall
            if windows:
                box = [x + gap * 2, y + gap * 2, x + (1 - gap) * wide, y + (1 - gap) * tall]
                draw.rectangle(box, fill=int(rng.integers(150, 256)))
            elif (row + column) % 2:
                draw.rectangle([x, y, x + wide, y + tall], fill=255)


def _letters(rng: Rng, draw: ImageDraw.ImageDraw, height: int, width: int) -> None:
    language = str(rng.choice(["en", "zh", "es", "ru", "ja"]))
    lines = int(rng.integers(1, 4))
    size = max(9, int(height * rng.uniform(0.5, 0.85) / lines))
    for line in range(lines):
        text = phrases.phrase(rng, language, int(rng.integers(1, 3)))
        text = text.upper() if rng.random() < 0.5 else text
        face = pick_face(rng, language, str(rng.choice(["text", "bold", "black"])))
        font = load_font(face.path, size)
        if (long := font.getlength(text)) > width:
            font = load_font(face.path, max(9, int(size * width / long)))
        draw.text((width / 2, height * (line + 0.5) / lines), text, fill=255, font=font, anchor="mm")


def _set(
    rng: Rng,
    scene: np.ndarray,
    front: np.ndarray,
    centre: tuple[float, float],
    size: tuple[float, float],
) -> None:
    """Paint a thing into a scene, in place: turned, tilted, sharp or not, with a shadow or none."""
    height, width = scene.shape[:2]
    outline = _outline(rng, *front.shape[:2])
    angle = rng.normal(0, 0.15) if rng.random() < 0.7 else rng.uniform(0, 2 * np.pi)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]]) + rng.normal(0, 0.06, (4, 2))
    corners = (corners * size) @ turn.T + centre
    low = np.clip(np.floor(corners.min(0)).astype(int) - 8, 0, [width - 1, height - 1])
    high = np.clip(np.ceil(corners.max(0)).astype(int) + 9, low + 1, [width, height])
    rows, columns = front.shape[:2]
    source = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, (corners - low).astype(np.float32))
    area = (int(high[0] - low[0]), int(high[1] - low[1]))
    blur = rng.uniform(0.4, 0.9) if rng.random() < 0.75 else rng.uniform(1, 4)
    painted = cv2.warpPerspective(front, matrix, area, borderMode=cv2.BORDER_REPLICATE)
    share = cv2.warpPerspective(outline, matrix, area)
    painted, share = cv2.GaussianBlur(painted, (0, 0), blur), cv2.GaussianBlur(share, (0, 0), blur)
    part = scene[low[1] : high[1], low[0] : high[0]]
    if rng.random() < 0.4:
        shadow = cv2.GaussianBlur(np.roll(share, int(rng.integers(1, 8)), 0), (0, 0), rng.uniform(1.5, 6))
        part *= 1 - np.float32(rng.uniform(0.2, 0.7)) * shadow[..., None]
    part += (painted - part) * share[..., None]


def _outline(rng: Rng, height: int, width: int) -> np.ndarray:
    """Where a thing is, seen straight on: float32 ``(height, width)``, 1 inside."""
    outline = np.zeros((height, width), np.float32)
    kind = rng.random()
    if kind < 0.55:
        outline[:] = 1
    elif kind < 0.85:
        middle, axes = (width // 2, height // 2), (width // 2 - 1, height // 2 - 1)
        cv2.ellipse(outline, middle, axes, 0, 0, 360, 1, -1, cv2.LINE_AA)
    else:  # any outline: a sail, a stone, a patch
        hills = smooth_noise(rng, height, width, max(height, width) / 2.5)
        outline = np.clip(hills * 12 + rng.uniform(0, 6), 0, 1).astype(np.float32)
    return outline
