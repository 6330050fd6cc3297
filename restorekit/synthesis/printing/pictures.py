"""Pictures beside the texts of whole papers: trees and houses on a line of ground, and what is said below."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.printing.curves import curves, line_width, put_label, small_type
from restorekit.synthesis.printing.line_art import LEAST, outdoors
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.sheets import Sheet
from restorekit.synthesis.texts.whole_papers import Block
from restorekit.synthesis.textures import Rng

ACROSS, DOWN = (0.4, 0.75), (6.0, 9.0)
"""How wide pictures are by their column, and how tall, in ems."""
FRAMED, ROUND = 0.75, 0.3
"""The share of the pictures in a frame, and of these with round corners."""


def picture(sheet: Sheet, rng: Rng, block: Block, style: Style, left: float, right: float, y: float) -> float:
    """Two to five trees, houses or flowers on hilly ground, the sun above, and a caption below."""
    kind, em, line = small_type(sheet), sheet.unit, line_width(sheet, rng)
    wide, tall = (right - left) * rng.uniform(*ACROSS), em * rng.uniform(*DOWN)
    x, top = left + 0.5 * (right - left - wide), y + 0.6 * em
    floor = top + 0.85 * tall
    along = np.linspace(0, 1, 40)
    rise = 0.06 * tall * np.sin(along * rng.uniform(3, 9) + rng.uniform(0, 6))
    if rng.random() < FRAMED:
        box = [x, top, x + wide, top + tall]
        corner = 0.6 * em * (rng.random() < ROUND)
        sheet.draw.rounded_rectangle(box, corner, outline=sheet.colour, width=sheet.rule_px)
    count = int(np.clip(wide / (3.2 * em), 2, rng.integers(2, 6)))
    step = (wide - em) / count
    for place in range(count):
        side = int(min(step - 0.2 * em, 0.58 * tall) * rng.uniform(0.6, 1))
        if side < LEAST:
            continue
        at = x + 0.5 * em + step * (place + 0.5) - 0.5 * side
        under = float(np.interp((at + 0.5 * side - x) / wide, along, rise))
        sheet.image.paste(outdoors(sheet, rng, side), (round(at), round(floor - under - side)))
    curves(sheet, [np.column_stack([x + along * wide, floor - rise])], line)
    side = int(0.25 * tall)
    if side >= LEAST:
        at = x + rng.uniform(0.1, 0.8) * wide
        sheet.image.paste(outdoors(sheet, rng, side, sun=True), (round(at), round(top + 0.05 * tall)))
    put_label(sheet, x + 0.5 * wide, top + tall + 1.1 * kind.size, block.lines[0], kind)
    return top + tall + 1.5 * kind.size
