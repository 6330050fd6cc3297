"""Exam papers as they are set: parts with a heading each, their questions of one kind, harder ones last."""

from __future__ import annotations

import re
from collections.abc import Iterator

from restorekit.synthesis.printing import blocks, choices
from restorekit.synthesis.printing.answer_room import FRAME, pair_of, put_room_after, room_width
from restorekit.synthesis.printing.columns import HEAD, Block, Following, fill_column
from restorekit.synthesis.printing.forms import fields
from restorekit.synthesis.printing.primary import checked_sums, comparisons
from restorekit.synthesis.printing.questions import TRIES, numbered
from restorekit.synthesis.printing.reading_texts import read
from restorekit.synthesis.printing.score_boxes import BOXED, TABLED, part_boxes, score_table
from restorekit.synthesis.printing.sheets import Sheet, put_text, rule, wrap
from restorekit.synthesis.printing.shown import CHOSEN, choice_shown, figured, workings_shown
from restorekit.synthesis.printing.shown import WHERE as SHOWN
from restorekit.synthesis.printing.small_logos import badge_before
from restorekit.synthesis.printing.stories import told_problem
from restorekit.synthesis.texts import calculations, phrases
from restorekit.synthesis.texts.grammar import exercise, expand, sums_of
from restorekit.synthesis.texts.topics import early_year, factual, fits, letters, subject, symbol_for
from restorekit.synthesis.textures import Rng

QUOTED = re.compile(r"[“«»「]\s?(\w)\s?[”»«」]")
"""A letter in quotation marks, as in instructions that say what to answer with."""
BRACKETS = re.compile(r"（\s*）|\(\s*\)")
"""Empty brackets in what is to be done."""
CHINESE = "一二三四五六七"
"""What parts are counted by, besides the letters of the alphabet that a paper is in."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
MOST_READ = 3
"""The most texts to be read on a paper, each with its questions: two fill a page."""


def paper(sheet: Sheet, rng: Rng) -> None:
    """Set a paper in one or two columns, from its head on or, as often, some later page of it."""
    margin = sheet.width * rng.uniform(0.05, 0.1)
    left, right = margin, sheet.width - margin
    top = max(HEAD * sheet.unit, sheet.height * rng.uniform(0.0, 0.04))
    parts = [part for part in PARTS if fits(sheet.topic, WHERE.get(part, ""))]
    if not factual(sheet.language, sheet.topic) or subject(sheet.topic) == "language":
        parts.remove("judge")  # whether somebody has read three books nobody can say
    sheet.facts = share_of_facts(rng, sheet)
    if sheet.facts == 1.0 and "solve_each" in parts:
        parts.remove("solve_each")
    first = 0
    style = int(rng.integers(0, 3))
    if not sheet.questions and rng.random() < 0.5:
        top = fields(sheet, rng, left, right, blocks.headline(sheet, rng, left, right, top))
        if rng.random() < TABLED:
            counted = [_count(sheet.language, place, style) for place in range(max(2, len(parts)))]
            top = score_table(sheet, rng, left, right, top, counted)
    else:
        first = int(rng.integers(0, len(parts)))
    columns = 2 if sheet.width / sheet.unit > 38 and rng.random() < 0.45 else 1
    span, gutter = (right - left) / columns, sheet.unit
    following = Following(_blocks(rng, parts[first:] + parts[:first], style, sheet.topic))
    for column in range(columns):
        x = left + column * span + (gutter if column else 0)
        stop = left + (column + 1) * span - (gutter if column < columns - 1 else 0)
        fill_column(sheet, rng, following, x, stop, top)
    if columns == 2 and rng.random() < 0.4:
        rule(sheet, left + span, top + sheet.unit, left + span, sheet.height * 0.97)


def share_of_facts(rng: Rng, sheet: Sheet) -> float:
    """The share of a paper's exercises that ask for a word rather than a number."""
    share = float(rng.choice([0.0, 0.5, 1.0], p=FACTS[subject(sheet.topic)]))
    if not factual(sheet.language, sheet.topic):
        return 0.0
    if len(sums_of(sheet.topic)) < 2:  # the same sum again and again is no paper
        return 1.0
    return 0.0 if early_year(sheet.topic, sheet.given) else share


def _blocks(rng: Rng, parts: list[str], style: int, topic: str = "") -> Iterator[tuple[Block, bool]]:
    """Headings and questions, part after part without end; whether it is a heading, with each.

    Nothing is asked about figures where a topic has none.
    """
    where = {figured: SHOWN, workings_shown: SHOWN, choice_shown: CHOSEN}
    seen = [block for block, topics in where.items() if not fits(topic, topics)]
    number, boxed = 0, rng.random() < BOXED
    while True:
        for part in parts:
            yield _heading(part, number, style, boxed=boxed), True
            number += 1
            for _ in range(int(rng.integers(1, MOST_READ + 1) if part == "read" else rng.integers(2, 9))):
                able = [block for block in PARTS[part] if block not in seen]
                yield able[int(rng.integers(0, len(able)))], False


def _count(language: str, number: int, style: int) -> str:
    """How the part ``number``, from 0, is counted."""
    counted = CHINESE if language == "zh" else (letters(language), ROMAN)[style % 2]
    return str(1 + number % 7) if language == "ja" else counted[number % len(counted)]


def _heading(part: str, number: int, style: int, *, boxed: bool = False) -> Block:
    """The heading of a part, ``part`` being the grammar's symbol for what it asks."""

    def heading(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
        counted = _count(sheet.language, number, style)
        mark = {"zh": f"{counted}、", "ja": f"第{counted}問 "}.get(sheet.language, f"{counted}. ")
        if boxed:
            y = part_boxes(sheet, rng, left, right, y)
        kind = sheet.head._replace(size=round(sheet.unit * (1.0, 1.1, 1.25)[style]))
        named = symbol_for(sheet.language, part, sheet.topic)
        for _ in range(TRIES):  # brackets are named where there are any
            text = f"{mark}{expand(rng, sheet.language, named)}"
            if part != "fill" or sheet.plan.brackets or not BRACKETS.search(text):
                break
        opening, closing = pair_of(sheet, sheet.body)
        text = BRACKETS.sub(FRAME if sheet.plan.pair == FRAME else f"{opening}  {closing}", text)
        # what each question is worth is new with each part, and not said again where its heading does
        sheet.given = {name: said for name, said in sheet.given.items() if name != "marks"}
        if re.search(r"\d", text[len(mark) :]):
            sheet.given["marks"] = ""
        if part == "judge":
            sheet.given = {**sheet.given, "judged_by": "".join(QUOTED.findall(text))}
        x = left
        if sheet.plan.heading == "badge":
            x = badge_before(sheet, rng, left, y + 1.7 * kind.size, kind)
        for line in wrap(text, kind, right - x, sheet.language):
            y += 1.7 * kind.size
            put_text(sheet, x, y, line, kind)
        return y + 0.3 * kind.size

    return heading


def judge(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A sentence or a sum that is right or wrong, and brackets for the answer behind it or at the edge."""
    kind = sheet.body
    right_one = rng.random() < 0.5
    said = _statement(sheet, rng, right_one=right_one)
    if not said:
        return y
    text = f"{numbered(sheet, rng)}{said}"
    for line in wrap(text, kind, right - left - room_width(sheet, kind), sheet.language):
        y += sheet.plan.leading * kind.size
        end = put_text(sheet, left, y, line, kind)
    sheet.slot("number", left - 1.6 * kind.size, y - kind.size, left + kind.size, y)
    room = put_room_after(sheet, rng, end, right, y, kind)
    middle = (room.left + room.right) / 2
    box = middle - kind.size, y - kind.size, middle + kind.size, y
    signs = sheet.given.get("judged_by", "")
    if signs.isalpha() and len(signs) == 2:
        sheet.wrong |= {signs[0]: (signs[1],), signs[1]: (signs[0],)}
        sheet.slot("gap", *box, signs[0 if right_one else 1])
    else:
        sheet.slot("judge", *box, "right" if right_one else "wrong")
    return y + 0.3 * kind.size


def _statement(sheet: Sheet, rng: Rng, *, right_one: bool) -> str:
    """A fact, or in mathematics as often a sum that is done, right or wrong; "" where none is left."""
    early = early_year(sheet.topic, sheet.given)
    if early or (subject(sheet.topic) == "mathematics" and rng.random() < 0.5):
        text, result = calculations.arithmetic(rng, early)
        return text + (result if right_one else phrases.mistake(rng, sheet.language, result))
    for _ in range(3 * TRIES):
        asked = exercise(rng, sheet.language, 1.0, sheet.topic)
        if f"judge {asked.kind}" not in sheet.asked:
            break
    else:
        return ""
    sheet.asked.update((f"judge {asked.kind}", asked.kind, asked.text))
    said = asked.answer if right_one else asked.wrong[int(rng.integers(0, 3))]
    return f"{asked.before}{said}{asked.after}"


PARTS: dict[str, tuple[Block, ...]] = {
    "choose": (*(choices.choice,) * 5, *(choice_shown,) * 2),
    "fill": (blocks.gaps,),
    "judge": (judge,),
    "compare": (comparisons,),
    "mark_each": (checked_sums,),
    "solve_each": (*(blocks.workings, told_problem, figured, workings_shown) * 2,),
    "read": (read,),
}
"""The parts of a paper in their order, by the grammar's symbols, and what each asks."""
WHERE = {
    "compare": "mathematics_1",
    "mark_each": "mathematics_1",
    "solve_each": "mathematics science",
    "read": "language",
}
"""The topics or subjects that some parts belong to."""
FACTS = {
    "mathematics": (0.7, 0.3, 0.0),
    "science": (0.0, 0.5, 0.5),
    "language": (0.0, 0.0, 1.0),
    "": (0.45, 0.25, 0.3),
}
"""How often a paper of a subject asks for numbers alone, for numbers and words, and for words alone."""
