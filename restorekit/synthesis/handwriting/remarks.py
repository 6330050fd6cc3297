"""What a teacher writes on a page: a score, points taken off, praise, a date and a name."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace

import numpy as np

from restorekit.synthesis.handwriting.filling import ANSWERS
from restorekit.synthesis.handwriting.points import WHOLE_PAGE, lost_points, parts_of
from restorekit.synthesis.handwriting.scores import taken, write_points, write_score
from restorekit.synthesis.handwriting.writer import Writer
from restorekit.synthesis.printing.sheets import Slot
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.textures import Rng, log_uniform

LOST, BY_PARTS, AT_EACH = 0.45, 0.6, 6
"""The share of the teachers who write what is taken off beside mistakes, of those the share who do so once
for a part, and the most mistakes at each of which it is written."""
LEAST = 10
"""No page earns fewer points."""
OVER_PRINT = 0.06
"""The share of points taken off that stand on print, where teachers come to a stop."""
SCORED, ASKED, UNGRADED = 0.5, 0.85, 0.3
"""The share of teachers who write a score above all, that of those whom a blank asks for one, and how much
rarer that is where no answer is known."""
PRAISED = 0.4
"""The share of the pages without a mistake that are praised."""
PRAISE = re.compile(
    r"gut|μπράβο|καλά|σωστά|good|well|nice|bien|よくできました|참 잘|맞음|хорошо|отлично|молодец"
    r"|^[好优]$|有进步|认真"
)
WORDS = re.compile(r"[^\W\d_]{2}")
"""Answers that more can be said about than that they are wrong."""
OF_MORE = re.compile(
    r"unit|working|half|Einheit|μονάδες|unidad|たんい|단위|单位|过程"
    r"|why|warum|γιατί|por qué|pourquoi|なぜ|왜|почему|为什么"
)
"""What is said of workings and sentences, which are right on made pages: a word has no unit and no reason."""
SIGNED = 0.1
"""The share of the teachers who date and sign a page at its foot."""
FOOT = 30
"""So many places at the foot of a page are looked at for a free one."""


def remark(
    teacher: Writer,
    graded: dict[Slot, bool],
    written: np.ndarray | None = None,
    empty: Set[Slot] = frozenset(),
) -> None:
    """A score above all, points taken off or words beside what is wrong, praise after the last answer.

    ``written`` is uint8 ``(H, W)`` coverage of what was written, which is left free as print is; ``empty``
    are the places without an answer, which earn nothing.
    """
    rng, sheet, unit = teacher.rng, teacher.sheet, teacher.sheet.unit
    lost = lost_points(sheet, graded, empty)
    asked = any(slot.kind == "score" for slot in sheet.slots)
    if rng.random() < (ASKED if asked else SCORED) * (1 if graded else UNGRADED):
        points = max(LEAST, WHOLE_PAGE - sum(lost.values())) if graded else int(rng.integers(50, 101))
        write_score(teacher, write_points(teacher, lost, points, written) / WHOLE_PAGE, written)
    wrong = [slot for slot, right in graded.items() if not right]
    if wrong and rng.random() < LOST:
        _take_off(teacher, wrong, lost, written)
    for slot in rng.permutation(np.arange(len(wrong)))[: int(rng.integers(0, 3))].tolist():
        place = wrong[slot]
        if place.kind == "gap" and WORDS.search(place.hint):  # figures and letters tell enough
            text = _said(rng, sheet.language, praise=False)
            _beside(teacher, place, text, unit * log_uniform(rng, 1.2, 2.2), written)
    if graded and not wrong and not empty and rng.random() < PRAISED:
        last = max(graded, key=lambda slot: slot.bottom)
        said = _said(rng, sheet.language, praise=True)
        _beside(teacher, last, said, unit * log_uniform(rng, 1.2, 2.4), written)


def _take_off(teacher: Writer, wrong: list[Slot], lost: dict[Slot, int], written: np.ndarray | None) -> None:
    """Write what is lost beside each wrong answer, or beside the last one of a part what all of it lost."""
    rng, unit = teacher.rng, teacher.sheet.unit
    size, bracketed = unit * log_uniform(rng, 1.2, 2.4), rng.random() < 0.1
    costs = {slot: lost.get(slot, 0) for slot in wrong}
    if len(wrong) > AT_EACH or rng.random() < BY_PARTS:
        parts = [
            (part.answers, [one for one in part.answers if one in wrong]) for part in parts_of(teacher.sheet)
        ]
        costs = {those[-1]: sum(lost.get(one, 0) for one in answers) for answers, those in parts if those}
    for slot, cost in costs.items():
        text = f"(-{cost})" if bracketed else f"-{cost}"
        if cost:
            _beside(teacher, slot, text, size, written, over=rng.random() < OVER_PRINT)


def _said(rng: Rng, language: str, *, praise: bool) -> str:
    """A remark that praises, or one that does not; "" where none is found soon."""
    found = (phrases.remark(rng, language) for _ in range(16))
    fit = (text for text in found if bool(PRAISE.search(text)) == praise and not OF_MORE.search(text))
    return next(fit, "")


def _beside(
    teacher: Writer,
    slot: Slot,
    text: str,
    size: float,
    written: np.ndarray | None = None,
    *,
    over: bool = False,
) -> None:
    """Write a remark on an answer right after it, or in the nearer margin; nowhere where neither is bare.

    Where another answer is awaited on the way to a margin, the remark would be about that.

    With ``over`` it stands right after the answer, print or not.
    """
    rng, sheet = teacher.rng, teacher.sheet
    unit, room = sheet.unit, teacher.reach(text) * size
    y = slot.bottom + rng.normal(0, 0.2) * unit
    end = min(slot.right, slot.left + 8 * unit) if slot.kind == "sum" else slot.right
    edge = rng.uniform(0.01, 0.03) * sheet.width
    row = [
        one for one in sheet.slots if one.kind in ANSWERS and one.top < slot.bottom and slot.top < one.bottom
    ]
    margins = [edge] * all(one.left >= slot.left for one in row)
    margins += [sheet.width - room - edge] * all(one.right <= slot.right for one in row)
    if slot.left + slot.right > sheet.width:
        margins.reverse()
    for left in (end + rng.uniform(2.8, 4) * unit, *margins):  # the mark stands next to the answer
        fits = 0 < left < sheet.width - room
        box = left, y - 0.9 * size, left + room, y
        if text and (over and fits or not taken(teacher, written, box)):
            replace(teacher, until=left + room).write(text, left, y, size)
            return


def sign_off(teacher: Writer, written: np.ndarray | None = None) -> None:
    """A date and a name at the foot of the print; mostly neither.

    ``written`` is uint8 ``(H, W)`` coverage of what was written, which is left free as print is.
    """
    rng, sheet, unit = teacher.rng, teacher.sheet, teacher.sheet.unit
    if not any(slot.kind == "text" for slot in sheet.slots) or rng.random() > SIGNED:
        return
    text = sheet.given.get("date") or phrases.entry(rng, sheet.language, "date", sheet.given)
    if rng.random() < 0.7:
        text = f"{phrases.entry(rng, sheet.language, 'name')} {text}"
    floor = max(slot.bottom for slot in sheet.slots)
    _into_room(teacher, text, floor, unit * rng.uniform(1.0, 1.6), written)


def _into_room(teacher: Writer, text: str, floor: float, size: float, written: np.ndarray | None) -> None:
    """Write where paper is free about ``floor``, the lowest print; nowhere where it is not."""
    rng, sheet, unit = teacher.rng, teacher.sheet, teacher.sheet.unit
    for _ in range(FOOT):
        left, y = rng.uniform(0.05, 0.9) * sheet.width, floor + rng.uniform(0.5, 5) * unit
        box = left - 0.3 * size, y - size, left + (teacher.reach(text) + 0.5) * size, y + 0.3 * size
        if not taken(teacher, written, box):
            teacher.write(text, left, y, size)
            return
