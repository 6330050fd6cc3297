"""How a hand changes as it goes down a sheet: a little from answer to answer, and by haste in long ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from restorekit.synthesis.handwriting.hands import Hand
from restorekit.synthesis.textures import Rng

SWINGS = (0.032, 0.045, 0.06, 0.02, 0.06)
"""How far an answer is off what is usual in its hand, at one standard deviation: the logarithm of its size,
slant, the logarithm of its width, room between letters, the logarithm of the width of its line."""
KEEP, KEEP_ON = 0.65, 0.9
"""How much of that stays from one answer to the next, and from line to line of one: correlations."""
PALER = {"pencil": 0.055, "ballpoint": 0.04, "gel": 0.012, "marking": 0.03}
"""How much less ink a lighter hand leaves, at one standard deviation: graphite and paste are rubbed off,
gel runs out by itself."""
LIGHT, THINNER = 0.6, 0.04
"""How much lighter than as hard as can be all press in the mean, in standard deviations; and how much thinner
a lighter hand's line is, a logarithm at one."""
PALEST = 0.75
"""How much ink is left at least, by the most that the pen gives."""
HASTY = 60.0
"""After so many ems without a pause a hand is two thirds as hasty as it gets: some lines of an answer."""
NEXT_LINE = 3.2
"""What is begun more than so many ems of the writing below the last line, or above it, is a new answer."""
LEARNING = 0.5
"""How much of what one line teaches about the next is kept."""
TILT = 0.02
"""How far off level a short answer is, at one standard deviation; a long line keeps to the paper."""
FILLING = 8.0
"""Lines of more ems than this were meant to fill their room, so that who writes larger writes narrower."""
NARROWS = (0.06, 0.06)
"""How much smaller long lines end than they begin, mean and standard deviation: the room comes to its end."""
GROWS, LEANS, SPREADS, JOINS, LIGHTER = 0.12, 0.09, 0.1, 0.25, 0.02
"""By how much somebody in full haste writes larger, a logarithm, leans more, spreads the letters, another,
joins more strokes and presses less."""


class Turn(NamedTuple):
    """How the hand writes the next line.

    Attributes:
        hand: its habits now.
        size: of the letters, by their usual one.
        line: the width of the pen's line, by its usual one.
        level: how much ink is left, by the most that the pen gives, in (0, 1].
        narrows: how much smaller the line's end is than its beginning, by its size in the middle.
    """

    hand: Hand
    size: float
    line: float
    level: float
    narrows: float


@dataclass
class Mood:
    """Where a hand is between care and haste.

    Attributes:
        swings: how far it is from its usual way, in standard deviations: of ``SWINGS``, and of pressure.
        haste: in [0, 1].
        floor: px, where it wrote last.
        usual: px, the largest size of letters that the writer set out to write.
        farther: how far lines went by what was foreseen of them.
    """

    swings: np.ndarray = field(default_factory=lambda: np.zeros(len(SWINGS) + 1))
    haste: float = 0.0
    floor: float = -1e9
    usual: float = 0.0
    farther: float = 1.0

    def learn(self, foreseen: float, gone: float) -> None:
        """See how far a line went, in px, of which it was foreseen that it would go so far."""
        self.farther *= float(np.clip(gone / foreseen, 0.7, 1.4)) ** LEARNING

    def turn(self, rng: Rng, hand: Hand, pen: str, ems: float, at: tuple[float, float]) -> Turn:
        """Go on to the next line.

        Args:
            rng: source of chance.
            hand: the usual habits.
            pen: the kind of pen.
            ems: how long the line is.
            at: px, what it stands on, and the size of its letters.
        """
        down = (at[0] - self.floor) / at[1]
        goes_on = 0 < down < NEXT_LINE
        if abs(down) > 0.3:  # what stands on one line is written in one go
            keep = KEEP_ON if goes_on else KEEP
            fresh = rng.normal(0, 1, len(self.swings))
            self.swings = keep * self.swings + np.sqrt(1 - keep**2) * fresh
            self.haste *= 1.0 if goes_on else 0.4
        self.floor = at[0]
        self.haste += (1 - self.haste) * (1 - np.exp(-ems / HASTY))
        size, slant, wide, apart, line = np.clip(self.swings[:-1], -2.2, 2.2) * SWINGS * hand.changes
        haste = self.haste * hand.tires
        size, wide = size + GROWS * haste, wide + SPREADS * haste
        if ems > FILLING:
            wide = -0.8 * size
        lightly = float(np.clip(LIGHT + self.swings[-1], 0, 2.8)) * hand.changes
        light, line = PALER.get(pen, 0.0) * lightly + LIGHTER * haste, line + THINNER * (LIGHT - lightly)
        now = hand._replace(
            slant=hand.slant + float(slant) + LEANS * haste,
            aspect=hand.aspect * float(np.exp(wide)),
            spacing=hand.spacing + float(apart) * (ems < FILLING),
            climb=hand.climb + float(rng.normal(0, TILT * hand.changes / (1 + ems / 3))),
            join=min(1.0, hand.join + JOINS * haste),
        )
        narrows = float(rng.normal(*NARROWS)) * hand.changes * (ems > FILLING)
        return Turn(now, float(np.exp(size)), float(np.exp(line)), max(PALEST, 1 - light), narrows)
