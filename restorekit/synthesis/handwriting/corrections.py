"""What goes wrong while somebody writes, and how it is put right.

What is struck out has a cause, and the right words stand after it or above it.
"""

from __future__ import annotations

import re

import numpy as np

from restorekit.synthesis.handwriting import marks, strikes
from restorekit.synthesis.handwriting.writer import SPACE, Writer
from restorekit.synthesis.printing.sheets import Slot
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.textures import Rng, choose

WAYS = {"again": 0.5, "above": 0.25, "forgotten": 0.17, "swapped": 0.08}
"""How mistakes are put right: struck out and written again after that, as most are noticed at once, or above
it; words that were forgotten are put in above, words in the wrong order get a sign."""
INTO_PRINT = 0.35
"""The share of the corrections for which no paper is bare that are squeezed in over the print."""
CARETS = 0.6
"""The share of the writers who mark where a word was forgotten; with others it stands above the next one."""
SMALL = 0.72
"""How large what is put in above a line is, by the rest."""


def slip(rng: Rng, word: str, following: str) -> str:
    """A word as it comes out wrong: broken off, letters swapped or left out, or the ``following`` one."""
    if len(word) < 3 or not word.isalpha() or rng.random() < 0.2:
        return following
    at = int(rng.integers(1, len(word) - 1))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    wrong = (word[: at + 1], swapped, word[:at] + word[at + 1 :])[int(rng.integers(0, 3))]
    return wrong if wrong != word else word[: at + 1]


def write_corrected(writer: Writer, text: str, x: float, y: float, size: float, right: float) -> float:
    """Write a line in which something goes wrong and is put right.

    Args:
        writer: who.
        text: what is meant; lines of fewer than three words are written as they are.
        x: px, where the line begins.
        y: px, what it stands on.
        size: px, of the letters.
        right: px, where the room ends: nothing is written twice on the line where there is none for that.

    Returns:
        Where the line ends.
    """
    rng, spaced = writer.rng, writer.sheet.language in phrases.SPACED
    words = list(re.finditer(r"[^\W\d_]+" if spaced else r"[^\W\d_]", text))
    if len(words) < 3:
        return writer.write(text, x, y, size)
    place = int(rng.integers(0 if spaced else 1, len(words) - 1))
    word, following = words[place], words[place + 1]
    before, after = text[: word.start()].rstrip(), text[word.end() :].lstrip()
    gap, way = (SPACE if spaced else 0.06) * size, choose(rng, WAYS)
    wrong = slip(rng, word[0], following[0])
    if way == "again" and x + writer.reach(text + wrong) * size + 2 * gap > right:
        way = "above"
    start = writer.write(before, x, y, size) + gap * bool(before)
    reach = writer.reach(word[0]) * SMALL * size
    if way in ("above", "forgotten") and writer.crowded(start, y - 1.5 * size, start + reach, y - 0.8 * size):
        way = "again"
    if way == "forgotten":
        left = start + rng.uniform(-0.2, 0.3) * reach
        if np.random.default_rng((writer.hand.style, 43)).random() < CARETS:
            marks.caret(writer.canvas, rng, start - 0.5 * gap, y + 0.05 * size, 0.8 * size, writer.pen_px)
            left = start - 0.5 * reach
        writer.write(word[0], left, y - 0.8 * size, SMALL * size)
        return writer.write(after, start, y, size)
    if way == "swapped":
        return _swapped(writer, text, (word, following), (start, y), size)
    end = writer.write(wrong, start, y, size)
    if end == start:
        return end
    box = (start, y - 0.55 * size, end, y - 0.02 * size)
    strikes.strike_out(writer.canvas, rng, box, writer.pen_px, writer.hand.style)
    if way == "above":
        writer.write(word[0], start, y - 0.85 * size, SMALL * size)
        return writer.write(after, end + gap, y, size)
    return writer.write(text[word.start() :], end + gap, y, size)


def _swapped(
    writer: Writer,
    text: str,
    words: tuple[re.Match[str], re.Match[str]],
    at: tuple[float, float],
    size: float,
) -> float:
    """Write on from two words in the wrong order, and a line round them that swaps them."""
    first, second = words
    between, (start, y) = text[first.end() : second.start()], at
    middle = writer.write(f"{second[0]}{between.rstrip()}", start, y, size)
    gap = SPACE * size * (between[-1:] == " ")
    end = writer.write(first[0], middle + gap, y, size)
    path = [(start, y - 0.7 * size), (middle, y - 0.75 * size), (middle + gap, y + 0.1 * size)]
    marks.draw_stroke(writer.canvas, writer.rng, [*path, (end, y + 0.12 * size)], writer.pen_px)
    return writer.write(text[second.end() :].lstrip(), end + gap, y, size)


def put_right(writer: Writer, slot: Slot, written: np.ndarray | None = None) -> None:
    """Write the right answer above a wrong one, after it or below it, mostly only where paper is bare.

    ``written`` is uint8 ``(H, W)`` coverage of what was written, which is never written over.
    """
    rng, unit = writer.rng, writer.sheet.unit
    size = float(np.clip(0.8 * writer.size, 0.8 * unit, 1.5 * unit))
    room = writer.reach(slot.hint) * size
    stop = min(slot.right, slot.left + (2.5 if slot.kind == "sum" else 5) * unit)
    if written is not None:
        inked = written[max(0, slot.top) : slot.bottom, slot.left : slot.right + 2 * unit] > 127
        stop = max([stop, *(slot.left + np.flatnonzero(inked.any(0))[-1:]).tolist()])
    above = (max(0.3 * unit, (slot.left + stop - room) / 2), slot.top + rng.uniform(-0.1, 0.25) * unit)
    after = (stop + rng.uniform(0, 0.6) * unit, slot.bottom + rng.normal(0, 0.15) * unit)
    places = [above, after] if rng.random() < 0.6 else [after, above]
    places.append((above[0], slot.bottom + 1.1 * size))
    free = [
        (x, y)
        for x, y in places
        if not writer.crowded(x, y - 0.8 * size, x + room, y)
        and not is_inked(written, (x, y - 0.6 * size, x + room, y))
    ]
    bare = [(x, y) for x, y in free if not writer.printed(x, y - 0.8 * size, x + room, y)]
    into = [] if bare or rng.random() > INTO_PRINT else [place for place in free if place != after]
    for x, y in (bare or into)[:1]:
        writer.write(slot.hint, x, y, size)


def put_some_right(writer: Writer, graded: dict[Slot, bool], written: np.ndarray) -> None:
    """Put right some of the wrong answers of a page that was marked; takes what ``put_right`` does."""
    share = writer.rng.uniform(0.15, 0.7)
    for slot, right in graded.items():
        if not right and slot.kind in ("gap", "sum") and writer.rng.random() < share:
            put_right(writer, slot, written)


def is_inked(written: np.ndarray | None, box: tuple[float, float, float, float]) -> bool:
    """Whether something was written in a box (left, top, right, bottom), as far as that is known."""
    x0, y0, x1, y1 = (max(0, int(side)) for side in box)
    return written is not None and bool((written[y0:y1, x0:x1] > 127).any())
