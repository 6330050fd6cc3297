"""Questions with answers to choose from, and words in them that are to be seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from restorekit.synthesis.printing.answer_room import put_room_after, room_width
from restorekit.synthesis.printing.badged import letter_width, put_letter
from restorekit.synthesis.printing.bold import put_bold, put_number, source_of
from restorekit.synthesis.printing.extras import emphasise
from restorekit.synthesis.printing.line_breaks import wrap
from restorekit.synthesis.printing.questions import numbered
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, text_width
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.topics import BRACKETED, letters
from restorekit.synthesis.textures import Rng, choose

STRESSES = (
    {"dots": 0.0, "rule": 0.45, "bold": 0.3, "": 0.25},
    {"dots": 0.5, "rule": 0.13, "bold": 0.12, "": 0.25},
)
"""How words that a question hangs on are printed, in the West and in the East; "" leaves that to a pen."""
STRESSED = 0.15
"""The share of the lines of questions with numbers or quoted words that have one of these to be seen."""


class Answers(NamedTuple):
    """What is right, and three answers that are not."""

    right: str
    wrong: tuple[str, str, str]


def choice_around(
    sheet: Sheet,
    rng: Rng,
    left: float,
    right: float,
    y: float,
    text: str,
    between: Callable[[Sheet, Rng, float], tuple[float, Answers]],
) -> float:
    """A question with four answers to choose from, and what these come from ``between`` it and them."""
    kind, language = sheet.body, sheet.language
    size, leading = kind.size, sheet.plan.leading * kind.size
    said, key, rest = (text.split("*") + ["", ""])[:3]
    y += leading
    start = put_number(sheet, left, y, numbered(sheet, rng), kind)
    if source := source_of(sheet, rng):
        start = put_bold(sheet, start, y, source, kind)
    right_place = int(rng.integers(0, 4))
    lines = wrap(f"{said}{key}{rest}", kind, right - left, language, start - left)
    for place, line in enumerate(lines):
        x, y = (left, y + leading) if place else (start, y)
        end = put_text(sheet, x, y, line, kind)
        stress(sheet, rng, x, y, line, key or _key_words(rng, line), kind)
        if place == len(lines) - 1:
            if end + room_width(sheet, kind) + 0.2 * size > right:
                end, y = left, y + leading
            room = put_room_after(sheet, rng, end, right, y, kind)
            middle = (room.left + room.right) / 2
            sheet.slot("gap", middle - size, y - size, middle + size, y, letters(language)[right_place])
    y, asked = between(sheet, rng, y)
    options = [str(option) for option in rng.permutation(asked.wrong)]
    options.insert(right_place, asked.right)
    return _options(sheet, left, right, y, options)


def _options(sheet: Sheet, left: float, right: float, y: float, options: list[str]) -> float:
    """Four answers below or beside each other: as many as the plan has and the longest leaves room for."""
    kind, across, counted = sheet.body, sheet.plan.across, letters(sheet.language)
    stop = ") " if sheet.language in BRACKETED else sheet.plan.stop
    size, leading = kind.size, sheet.plan.leading * kind.size
    widest = (
        letter_width(sheet, stop, kind) + max(text_width(option, kind) for option in options) + 0.8 * size
    )
    while across > 1 and widest > (right - left - size) / across:
        across //= 2
    step = (right - left - size) / across
    for place, option in enumerate(options):
        x = left + size + step * (place % across)
        y += leading * (place % across == 0)
        start = put_letter(sheet, x, y, counted[place], stop, kind)
        first, *more = wrap(option, kind, right - x, sheet.language, start - x)
        put_text(sheet, start, y, first, kind, slot=False)
        for line in more:  # of answers that stand below each other
            y += leading
            put_text(sheet, x, y, line, kind, slot=False)
    return y + leading * 0.4


def _key_words(rng: Rng, line: str) -> str:
    """A number or quoted words of a line that are to be seen, or, of most lines, none."""
    places = phrases.key_places(line)
    if not places or rng.random() > STRESSED:
        return ""
    start, stop = places[int(rng.integers(0, len(places)))]
    return line[start:stop]


def stress(sheet: Sheet, rng: Rng, x: float, y: float, line: str, key: str, kind: Type) -> None:
    """Print dots or a rule below ``key`` in a printed line, or leave it to a reader's pen."""
    edge = r"(?<![^\W\d_]){}(?![^\W\d_])" if sheet.language in phrases.SPACED else "{}"
    found = re.search(edge.format(re.escape(key)), line) if key else None
    if not found:
        return
    x0, x1 = (x + text_width(line[:end], kind) for end in found.span())
    eastern = sheet.language in ("zh", "ja", "ko") and not kind.spacing
    way = choose(rng, STRESSES[eastern])
    emphasise(sheet, key, x0, x1, y, kind, way)
    sheet.slot("key", x0, y - 0.8 * kind.size, x1, y, key)
