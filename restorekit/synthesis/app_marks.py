"""What apps and phones write into the corner of a photograph: names of users, dates, the camera.

It lies on the picture, not on the paper, and is neither ink nor a mark to be taken off: target and input both
bear it.
"""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from restorekit.synthesis.assets import load_font, pick_face
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.textures import Rng, choose, log_uniform

KINDS = {"user": 0.55, "date": 0.25, "phone": 0.2}
"""What is written: who uploaded the picture, when it was taken, with what."""
APPS = ("学习", "作业本", "笔记", "读书会", "Notes", "StudyGram", "HomeworkHelp", "PicShare")
PHONES = ("NOTE 9", "X20 PRO", "P30", "A51", "10 LITE", "S8")
SIZES = (0.016, 0.034)
"""How tall the letters are by the shorter side of the picture."""
OPACITY = (0.4, 0.9)
ORANGE = (255, 190, 70)
"""Dates are also written in the colour of the lamps that once exposed them on film."""
SHADE = 0.3
"""How dark the shadow is that parts white letters from white paper."""


def lay_app_mark(rng: Rng, pictures: tuple[np.ndarray, ...], whole: int = 0) -> tuple[np.ndarray, ...]:
    """Write the same into a corner of all ``pictures``, uint8 RGB ``(H, W, 3)``; returns new ones.

    Args:
        rng: source of chance.
        pictures: of one size.
        whole: shorter side of the photograph, pixels, where the pictures are pieces of it, anywhere in
            which it then may stand; 0 where they are all of it.
    """
    height, width = pictures[0].shape[:2]
    size = max(9, round((whole or min(height, width)) * log_uniform(rng, *SIZES)))
    mask, colour = draw_app_mark(rng, size)
    mask = mask[:height, :width]
    rim = int(size * rng.uniform(0.4, 2))
    left, top = max(0, width - mask.shape[1] - rim), max(0, height - mask.shape[0] - rim)
    if whole:
        left, top = (int(rng.integers(0, place + 1)) for place in (left, top))
    elif rng.random() < 0.3:
        left = min(rim, left)
    tall, wide = mask.shape
    alpha = mask.astype(np.float32)[..., None] * np.float32(rng.uniform(*OPACITY) / 255)
    shade = 1 - np.float32(SHADE) * cv2.GaussianBlur(alpha, (0, 0), max(0.8, 0.06 * size))[..., None]
    marked = []
    for picture in pictures:
        copy = picture.copy()
        part = copy[top : top + tall, left : left + wide]
        part[:] = np.round(part * shade * (1 - alpha) + alpha * np.array(colour, np.float32))
        marked.append(copy)
    return tuple(marked)


def draw_app_mark(rng: Rng, size: int) -> tuple[np.ndarray, tuple[int, int, int]]:
    """One or two lines of letters of ``size`` pixels: uint8 ``(h, w)``, 255 inside, and their colour."""
    kind, face = choose(rng, KINDS), pick_face(rng, "zh", "hei").path
    lines, colour = _said(rng, kind), (255, 255, 255)
    if kind == "date" and rng.random() < 0.5:
        colour = ORANGE
    font = load_font(face, size)
    pad = max(2, size // 3)
    widths = [int(font.getlength(line)) + 1 for line in lines]
    picture = Image.new("L", (max(widths) + 2 * pad, int(1.5 * size * len(lines)) + pad))
    draw, right = ImageDraw.Draw(picture), rng.random() < 0.6
    tiled = kind == "user" and len(lines) == 2 and rng.random() < 0.6
    for row, (line, reach) in enumerate(zip(lines, widths, strict=True)):
        x, y = (picture.width - pad - reach if right else pad), pad // 2 + int(1.5 * size * row)
        if tiled and row == 0:  # the app's name, cut out of a tile
            draw.rounded_rectangle(
                [x - pad // 2, y, x + reach + pad // 2, y + 1.35 * size], size / 3, fill=255
            )
        draw.text((x, y + 0.62 * size), line, fill=0 if tiled and row == 0 else 255, font=font, anchor="lm")
    return np.asarray(picture), colour


def _said(rng: Rng, kind: str) -> list[str]:
    if kind == "date":
        year, month, day, hour, minute = (
            int(rng.integers(*span)) for span in ((2015, 2026), (1, 13), (1, 29), (6, 24), (0, 60))
        )
        sign = "-/."[int(rng.integers(0, 3))]
        return [f"{year}{sign}{month:02d}{sign}{day:02d} {hour}:{minute:02d}"]
    if kind == "phone":
        return [f"SHOT ON {PHONES[int(rng.integers(0, len(PHONES)))]}", "AI DUAL CAMERA"]
    app = APPS[int(rng.integers(0, len(APPS)))]
    letters = "".join(chr(97 + int(place)) for place in rng.integers(0, 26, int(rng.integers(2, 8))))
    user = f"{letters}{int(rng.integers(10, 10**6))}"
    if rng.random() < 0.3:
        user = phrases.phrase(rng, "zh" if rng.random() < 0.6 else "en", 2)
    shown = f"@{user}" if rng.random() < 0.5 else f"{app} ID: {user}"
    return [app, shown] if rng.random() < 0.6 else [shown]
