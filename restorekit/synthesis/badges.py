"""Logos, badges and rubber stamps: icons, emblems, rings, stars, bars, letters along a circle."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from restorekit.synthesis.assets import common_characters, load_font, pick_face
from restorekit.synthesis.emblems import draw_emblem
from restorekit.synthesis.icons import draw_icon, outline
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.textures import Rng, smooth_noise


def draw_logo(rng: Rng, side: int) -> np.ndarray:
    """A figure as logos are: bare, cut out of a disc or a tile, in a ring, or with a name beside or below it.

    Returns:
        uint8, 255 inside; ``side`` high, or as wide where the name stands below.
    """
    side = max(24, side)
    figure = _figure(rng, side)
    kind = rng.random()
    if kind < 0.5:
        return figure
    if kind < 0.7:
        return _framed(rng, figure)
    return named(rng, _figure(rng, max(12, int(side * rng.uniform(0.5, 0.95)))))


def named(rng: Rng, figure: np.ndarray) -> np.ndarray:
    """A figure with a name beside or below it: uint8, 255 inside."""
    size = max(9, int(len(figure) * rng.uniform(0.25, 0.7)))
    font = load_font(pick_face(rng, "en", str(rng.choice(["text", "bold", "black"]))).path, size)
    name = phrases.phrase(rng, "en", int(rng.integers(1, 3))).title()
    width = int(font.getlength(name)) + 4
    gap = size // 3
    beside = rng.random() < 0.6
    if beside:
        shape = (max(len(figure), size), len(figure) + gap + width)
    else:
        shape = (len(figure) + gap + size, max(len(figure), width))
    picture = Image.new("L", (shape[1], shape[0]))
    if beside:
        picture.paste(Image.fromarray(figure), (0, (shape[0] - len(figure)) // 2))
        place, anchor = (float(len(figure) + gap), shape[0] / 2), "lm"
    else:
        picture.paste(Image.fromarray(figure), ((shape[1] - len(figure)) // 2, 0))
        place, anchor = (shape[1] / 2, len(figure) + gap + size / 2), "mm"
    ImageDraw.Draw(picture).text(place, name, fill=255, font=font, anchor=anchor)
    return np.asarray(picture)


def _figure(rng: Rng, side: int) -> np.ndarray:
    """An icon, solid or in line, or an abstract emblem: uint8 ``(side, side)``."""
    kind = rng.random()
    if kind < 0.4:
        return draw_emblem(rng, side)
    icon = draw_icon(rng, side)
    return icon if kind < 0.85 else outline(icon, max(1, int(side * rng.uniform(0.015, 0.05))))


def _framed(rng: Rng, figure: np.ndarray) -> np.ndarray:
    """A figure in a ring, or cut out of a disc or a tile with round corners, as large as the figure."""
    side = len(figure)
    picture = Image.new("L", (side, side))
    draw = ImageDraw.Draw(picture)
    box, width = [1, 1, side - 2, side - 2], max(2, int(side * rng.uniform(0.02, 0.09)))
    kind = int(rng.integers(0, 3))
    small = Image.fromarray(figure).resize((max(8, int(side * 0.6)),) * 2)
    if kind == 0:
        draw.ellipse(box, outline=255, width=width)
    elif kind == 1:
        draw.ellipse(box, fill=255)
    else:
        draw.rounded_rectangle(box, side * rng.uniform(0.05, 0.3), fill=255)
    corner = ((side - small.width) // 2,) * 2
    picture.paste(255 if kind == 0 else 0, corner, small)
    return np.asarray(picture)


def draw_badge(rng: Rng, side: int) -> np.ndarray:
    """An emblem of a few plain shapes, often with letters. uint8 ``(side, side)``, 255 inside."""
    side = max(16, side)
    picture = Image.new("L", (side, side))
    draw = ImageDraw.Draw(picture)
    middle = side / 2
    kind = int(rng.integers(0, 4))
    width = max(2, side // int(rng.integers(10, 26)))
    if kind == 0:
        draw.ellipse([width, width, side - width, side - width], outline=255, width=width)
        draw.polygon(
            _star(middle, middle, side * 0.3, int(rng.integers(3, 9)), rng.uniform(0.35, 0.8)), fill=255
        )
    elif kind == 1:
        draw.rounded_rectangle([width, side * 0.2, side - width, side * 0.8], side * 0.15, fill=255)
    elif kind == 2:
        for part in range(int(rng.integers(2, 5))):
            box = [side * 0.2 * part, side * (0.1 + 0.15 * part), side * (0.25 + 0.2 * part), side * 0.9]
            draw.rectangle(box, fill=255)
    else:
        for part in range(int(rng.integers(2, 6))):
            inset = width * 1.8 * (part + 1)
            if inset < middle - 2:
                start = float(rng.uniform(0, 360))
                box = [inset, inset, side - inset, side - inset]
                draw.arc(box, start, start + float(rng.uniform(90, 330)), fill=255, width=width)
    if rng.random() < 0.7:
        size = max(8, int(side * rng.uniform(0.18, 0.34)))
        font = load_font(pick_face(rng, "en", "black").path, size)
        letters = phrases.phrase(rng, "en", 1)[:3].upper()
        draw.text((middle, middle), letters, fill=0 if kind == 1 else 255, font=font, anchor="mm")
    return np.asarray(picture)


def _star(x: float, y: float, radius: float, points: int, inner: float) -> list[tuple[float, float]]:
    angles = np.arange(2 * points) * np.pi / points - np.pi / 2
    radii = np.where(np.arange(2 * points) % 2, radius * inner, radius)
    return [(x + r * np.cos(a), y + r * np.sin(a)) for a, r in zip(angles, radii, strict=True)]


def draw_stamp(rng: Rng, side: int) -> np.ndarray:
    """A rubber stamp: a ring with letters along it, or a square seal, worn in places. uint8, 255 inside."""
    side = max(48, side)
    picture = Image.new("L", (side, side))
    draw = ImageDraw.Draw(picture)
    width = max(2, side // 28)
    if rng.random() < 0.6:
        draw.ellipse([width, width, side - width, side - width], outline=255, width=width)
        draw.polygon(_star(side / 2, side / 2, side * 0.15, 5, 0.4), fill=255)
        _letters_on_ring(rng, picture, side)
    else:
        draw.rectangle([width, width, side - width, side - width], outline=255, width=width)
        characters = common_characters()
        font = load_font(pick_face(rng, "zh", "song").path, int(side * 0.4))
        for place in range(4):
            x, y = side * (0.28 + 0.44 * (place // 2)), side * (0.28 + 0.44 * (place % 2))
            character = characters[int(rng.integers(0, 400))]
            draw.text((x, y), character, fill=255, font=font, anchor="mm")
    worn = np.clip(1.25 + 0.5 * smooth_noise(rng, side, side, side / 12), 0, 1)
    worn *= np.clip(1.2 + 0.35 * smooth_noise(rng, side, side, 2), 0, 1)
    stamped = np.asarray(picture).astype(np.float32) * worn
    return cv2.GaussianBlur(stamped, (0, 0), 0.7).astype(np.uint8)


def _letters_on_ring(rng: Rng, picture: Image.Image, side: int) -> None:
    language = "zh" if rng.random() < 0.6 else "en"
    text = phrases.phrase(rng, language, 4)[: 12 if language == "zh" else 20].upper()
    font = load_font(pick_face(rng, language, "bold").path, max(8, int(side * 0.1)))
    sweep = 240.0
    for place, letter in enumerate(text):
        turn = -sweep / 2 + sweep * (place + 0.5) / len(text)
        cell = Image.new("L", (side, side))
        ImageDraw.Draw(cell).text((side / 2, side * 0.14), letter, fill=255, font=font, anchor="mm")
        turned = cell.rotate(-turn, Image.Resampling.BICUBIC)
        picture.paste(255, (0, 0), turned)
