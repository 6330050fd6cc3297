"""A writer fills in a sheet, and a teacher marks it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import numpy as np

from restorekit.synthesis.handwriting import marks
from restorekit.synthesis.handwriting.answering import fill, fill_line
from restorekit.synthesis.handwriting.corrections import put_some_right
from restorekit.synthesis.handwriting.filling import drop_blots, work_out_beside
from restorekit.synthesis.handwriting.hands import at_work, new_hand
from restorekit.synthesis.handwriting.marking import mark_work
from restorekit.synthesis.handwriting.note_taker import other_pen
from restorekit.synthesis.handwriting.notes import write_page
from restorekit.synthesis.handwriting.omissions import ASKED, undone
from restorekit.synthesis.handwriting.options import (
    OptionHabit,
    gathered,
    judge,
    mark_option,
    option_habit,
    rule_out,
    ruled_out,
)
from restorekit.synthesis.handwriting.passages import hold_together
from restorekit.synthesis.handwriting.pens import marking_pen_beside, writing_pen
from restorekit.synthesis.handwriting.questions import is_heading
from restorekit.synthesis.handwriting.reading import (
    Reader,
    count_paragraphs,
    new_reader,
    text_mark,
    underline_all,
    with_pen,
)
from restorekit.synthesis.handwriting.rooms import LIKE, has_room, usual_size
from restorekit.synthesis.handwriting.signed_up import pens_of, people_of
from restorekit.synthesis.handwriting.squares import write_in_cell
from restorekit.synthesis.handwriting.voids import strike
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.printing.sheets import Sheet, Slot
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.texts.calculations import difficulty
from restorekit.synthesis.texts.slips import STRUCK, done_again, slipped_working
from restorekit.synthesis.texts.topics import option_row
from restorekit.synthesis.textures import Rng

MARKED, FORMS_MARKED = 0.75, 0.08
"""The shares of the sheets with answers that a teacher marks, and of the forms that somebody has checked."""
BLOTTED = 0.03
"""The share of the sheets with blots: ball-pens drop none."""
PUT_RIGHT = 0.25
"""The share of the marked pages on which the pupil puts right what was wrong."""
OTHER_PEN = 0.6
"""The share of the pupils who put right what was marked with another pen than they wrote with."""
OPTION = re.compile(r"[A-DА-Г] ?[.)．、]")
"""How answers to choose from begin, which nobody underlines: that would choose them."""
POINTS = 0.1
"""The share of the writers who number the sentences of an answer, as points are given for each."""
ALONE = 0.06
"""The share of the writers who mark the answer they choose and leave the brackets for its letter empty."""
SIZE, SPREAD, SMALLEST, LARGEST = 1.8, 0.15, 1.4, 2.4
"""How tall writing is by the em of the print: the median, the spread of its logarithm, and the bounds. Pupils
write larger than print."""
TALL = 1.1
"""Who writes letters taller than this by their usual height writes them no taller, but narrower."""


def write_on(sheet: Sheet, rng: Rng, ink: str = "") -> list[Layer]:
    """Fill in some of the sheet's places, and mark some of the work.

    Args:
        sheet: where to write.
        rng: source of chance.
        ink: a user's folder of ink crops, or "".

    Returns:
        One layer for each pen that was used, at least one; their coverage may be empty.
    """
    if sheet.ruling:
        return write_page(rng, sheet, sheet.ruling, ink)
    shape = (sheet.height, sheet.width)
    hand = at_work(rng, new_hand(rng, sheet.language, ink))
    usual = SIZE * np.exp(rng.normal(0, SPREAD)) / max(1.0, hand.stretch / TALL)
    size = sheet.unit * float(np.clip(usual, SMALLEST, LARGEST))
    writer = Writer(rng, sheet, hand, Layer(writing_pen(rng), np.zeros(shape, np.uint8)), size)
    writer.size = min(size, LIKE * usual_size(writer))  # what is written elsewhere is hardly larger
    layers = [writer.layer]
    is_form = sheet.given.get("whole") == "form"
    reader = Reader() if is_form else new_reader(rng)
    reading = with_pen(writer, reader)
    work = _Work(
        writer,
        zeal=1 - 0.4 * rng.random() ** 2,  # most leave little out
        slips=rng.uniform(0, 0.25),
        habit=option_habit(rng),
        reader=reader,
        reading=reading,
        keys=float(rng.choice([0.0, 0.3, 0.8], p=[0.45, 0.3, 0.25])),
        points=bool(rng.random() < POINTS),
        undone=undone(rng, sheet),
        alone=bool(rng.random() < ALONE),
        cells=gathered(sheet.slots),
        people=people_of(writer),
    )
    for slot in sheet.slots:
        work.do(slot)
    if "count" in reader.ways and reader.share:
        count_paragraphs(writer)
    if "hold" in reader.ways and reader.share:
        hold_together(reading.spelling)
    if rng.random() < BLOTTED:
        drop_blots(writer, int(rng.integers(1, 4)))
    work_out_beside(writer, set(work.graded))
    layers += pens_of(work.people, writer)
    layers += [reading.layer] * bool(reading is not writer and reading.canvas.any())
    asks = any(slot.kind in ASKED for slot in sheet.slots)
    if rng.random() < (FORMS_MARKED if is_form else MARKED * asks):
        layers += _marked(work)
    return layers


def _marked(work: _Work) -> list[Layer]:
    """Mark what was done: the layer of the teacher, and of the pen with which mistakes are put right."""
    writer = work.writer
    rng, sheet = writer.rng, writer.sheet
    teacher = Layer(marking_pen_beside(rng, writer.layer.pen), np.zeros_like(writer.canvas))
    mark_work(
        Writer(rng, sheet, new_hand(rng, sheet.language), teacher, writer.size).spelling,
        work.graded,
        work.undone,
        writer.canvas,
    )
    if rng.random() >= PUT_RIGHT:
        return [teacher]
    other = with_other_pen(writer) if rng.random() < OTHER_PEN else writer
    put_some_right(other, work.graded, np.maximum(writer.canvas, teacher.coverage))
    return [teacher] + [other.layer] * bool(other is not writer)


def with_other_pen(writer: Writer) -> Writer:
    """The writer with another pen, drawing in a layer of its own."""
    pen = other_pen(writer.rng, writer.layer.pen)
    return replace(writer, layer=Layer(pen, np.zeros_like(writer.canvas)))


WORKED, AGAIN = 1.6, 0.08
"""How often workings go wrong by how often answers do, and the share in which a line is done again."""


@dataclass
class _Work:
    """A writer going down a sheet, place by place.

    Attributes:
        writer: who.
        zeal: the share of what may be done or not that is: lines that ask for nothing known.
        slips: the share of the hard answers that are wrong.
        habit: how the letters of answers to choose from are marked.
        reader: how print is marked.
        reading: the writer with the pen that is taken up for that; None where it is the same.
        keys: the share of the words that a question hangs on that are underlined.
        points: whether sentences of an answer are numbered.
        undone: the places that stay empty for want of time or of an answer.
        alone: whether options are marked and the brackets for their letters left empty.
        cells: the brackets whose answers stand in a table, too, and their cells there.
        people: who fills in the rows of lists of people.
        letters: what was written into those.
        graded: the answers that can be told to be right, and whether they are.
        picked: the letter to mark among the options of the question at hand, or "".
        out: the letters among them that are ruled out.
        lines_left: how many lines are still written on; negative while lines are left out.
    """

    writer: Writer
    zeal: float
    slips: float
    habit: OptionHabit = OptionHabit()
    reader: Reader = Reader()
    reading: Writer | None = None
    keys: float = 0.0
    points: bool = False
    undone: set[Slot] = field(default_factory=set)
    alone: bool = False
    cells: dict[Slot, Slot] = field(default_factory=dict)
    people: dict[Slot, Writer] = field(default_factory=dict)
    letters: dict[Slot, str] = field(default_factory=dict)
    graded: dict[Slot, bool] = field(default_factory=dict)
    picked: str = ""
    out: set[str] = field(default_factory=set)
    lines_left: int = 0

    def do(self, slot: Slot) -> None:
        """Fill in a place, or leave it."""
        rng = self.writer.rng
        if slot.kind == "line":
            self._line(slot)
        elif slot.kind == "option":
            if slot.hint in self.out:
                rule_out(self.writer, slot, self.habit)
            elif slot.hint and slot.hint == self.picked:
                mark_option(self.writer, slot, self.habit.way)
        elif slot.kind == "strike":
            if slot not in self.undone:
                strike(self.writer, slot)
        elif slot.kind == "box":
            if slot not in self.undone:
                judge(self.writer, slot, ticks=True)
        elif slot.kind == "bubble":
            if slot.hint == (row := option_row(slot.hint))[0]:
                self.picked = row[int(rng.integers(0, 4))] if slot not in self.undone else ""
            if slot.hint == self.picked:
                marks.fill_in(self.writer.canvas, rng, slot[1:5], self.writer.pen_px)
        elif slot.kind == "judge":
            if slot not in self.undone:  # or errs
                self.graded[slot] = bool(rng.random() >= self.slips)
                judge(self.writer, slot, ticks=(slot.hint == "right") == self.graded[slot])
        elif slot.kind == "text":
            plain = not is_heading(slot, self.writer.sheet.unit) and not OPTION.match(slot.hint)
            if plain and rng.random() < self.reader.share:
                text_mark(self.reading or self.writer, slot, self.reader)
        elif slot.kind == "key":
            if rng.random() < self.keys:
                underline_all(self.writer, slot, self.reader.low)
        elif slot.kind in ("aside", "score"):
            return  # once all is answered, where paper is blank then; and once it is marked
        elif slot.kind == "cell":
            write_in_cell(self.writer.spelling, slot)
        elif slot in self.people:
            if slot not in self.undone:
                fill(self.people[slot], slot, right=True)
        else:
            self._answer(slot)

    def _line(self, slot: Slot) -> None:
        rng, writer = self.writer.rng, self.writer
        if not has_room(writer, slot):
            return
        above, _, reply = slot.hint.partition("\n")
        if above == "0":
            reply = phrases.as_points(reply) if self.points else reply
            writer.rest = reply if slot not in self.undone else ""  # another question and answer
            if writer.rest:
                self.graded[slot] = True  # it says what is meant
        if above.isdecimal():
            if writer.rest:
                fill_line(writer, slot)
            return
        if slot.hint:  # to be copied
            if slot not in self.undone:
                fill_line(writer, slot)
            return
        if self.lines_left <= 0:
            goes_on = rng.random() < self.zeal
            self.lines_left = int(rng.integers(1, 8)) if goes_on else -int(rng.integers(1, 4))
        self.lines_left -= 1
        if self.lines_left >= 0 or rng.random() < self.zeal:
            fill_line(writer, slot)

    def _worked(self, hint: str) -> str:
        """A working as this pupil puts it down: some wrong or unfinished, some with a line done again."""
        rng, lines = self.writer.rng, hint.split("\n")
        if rng.random() < WORKED * self.slips:
            return "\n".join(slipped_working(rng, lines))
        return "\n".join(done_again(rng, lines)) if rng.random() < AGAIN else hint

    def _answer(self, slot: Slot) -> None:
        rng = self.writer.rng
        chosen, letter = slot.kind == "gap" and bool(option_row(slot.hint)), ""
        self.picked = "" if chosen else self.picked
        if not has_room(self.writer, slot):
            self.undone.add(slot)
        if slot in self.cells.values():
            if slot not in self.undone:
                self.letters[slot] = fill(self.writer, slot, right=bool(rng.random() >= self.slips))
        elif chosen and slot not in self.undone and (self.alone or self.cells.get(slot) in self.letters):
            other = option_row(slot.hint)[int(rng.integers(0, 4))]
            letter = slot.hint if rng.random() >= self.slips else other
            letter = self.letters.get(self.cells.get(slot, slot), letter)
            self.graded[slot] = letter == slot.hint
            if self.alone:  # marks the option, not the brackets
                self.picked = letter
            else:
                fill(self.writer, slot._replace(hint=letter), right=True)
        elif slot not in self.undone:
            if slot.kind in ("gap", "sum") and slot.hint:
                self.graded[slot] = rng.random() >= self.slips * difficulty(slot.hint)
            worked = slot.hint
            if slot.kind == "area" and slot.hint:
                worked = self._worked(slot.hint)
                self.graded[slot] = worked == slot.hint or STRUCK in worked
            letter = fill(self.writer, slot._replace(hint=worked), right=self.graded.get(slot, True))
            self.picked = letter if chosen and rng.random() < self.habit.marks else self.picked
        if chosen:
            self.out = ruled_out(rng, self.habit, letter)
            if self.out and not self.alone:  # a ring beside strokes would be one mark too many
                self.picked = ""
