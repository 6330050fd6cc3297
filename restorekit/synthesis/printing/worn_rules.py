"""Rules to write on, as the press set them or as copies of copies left them: pale, here and there broken."""

from __future__ import annotations

import numpy as np
from PIL import Image

from restorekit.synthesis.printing.sheets import Colour, Sheet, rule
from restorekit.synthesis.printing.type_plan import Wear
from restorekit.synthesis.textures import Rng, log_uniform, smooth_noise

STEEP = 1.5
"""How fast a copier goes from white to black about its threshold."""
ALONG = (40, 220)
"""How far it is from where a rule is strong to where it is weak, pixels."""


def writing_rule(
    sheet: Sheet,
    rng: Rng,
    x0: float,
    y: float,
    x1: float,
    *,
    dashed: bool = False,
    thin: Colour | None = None,
) -> None:
    """A level rule to write on, worn where the sheet's plan has it so; else see ``rule``."""
    wear = sheet.plan.wear
    if wear is None or dashed or x1 - x0 < 2:
        rule(sheet, x0, y, x1, y, dashed=dashed, thin=thin)
        return
    left = round(x0)
    mask = worn(rng, round(x1) - left, wear)
    top = round(y) - len(mask) // 2
    box = left, top, left + mask.shape[1], top + len(mask)
    sheet.image.paste(wear.colour, box, Image.fromarray(mask))


def worn(rng: Rng, length: int, wear: Wear) -> np.ndarray:
    """What is left of a level rule, uint8 ``(height, length)``, 255 where all of its ink is.

    A rule aslant to the rows of pixels is dark where it lies in one of them, pale where it lies in two. More
    than that it is strong here and weak there, by the paper, so it is pale or broken anywhere.
    """
    drift = wear.slope * (np.arange(length, dtype=np.float32) - np.float32(length / 2))
    drift += np.float32(rng.uniform(-0.5, 0.5)) + 0.06 * smooth_noise(rng, 2, length, 200)[0]
    reach = int(np.ceil(np.abs(drift).max() + 0.5 * wear.thick)) + 1
    rows = np.arange(-reach, reach + 1, dtype=np.float32)[:, None]
    covered = np.clip(0.5 * wear.thick + 0.5 - np.abs(rows - drift), 0, min(1.0, wear.thick))
    grain = 0.07 * smooth_noise(rng, len(rows), length, 2.5)
    grain += np.float32(0.4) * np.minimum(smooth_noise(rng, 2, length, log_uniform(rng, *ALONG))[0] + 0.3, 0)
    left = np.clip(STEEP * (covered + grain * (covered > 0) - np.float32(wear.cut)) + np.float32(0.5), 0, 1)
    left *= covered > 0.05
    return np.round(255 * left).astype(np.uint8)
