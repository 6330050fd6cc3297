"""The pieces a printed page is made of. Each sets itself below ``y`` and returns where the next may begin."""

from __future__ import annotations

from functools import partial

from restorekit.synthesis.printing.answer_room import pair_of
from restorekit.synthesis.printing.bold import embolden_start, source_of
from restorekit.synthesis.printing.questions import (
    again,
    ask,
    ask_freely,
    ask_to_prove,
    instruct,
    numbered,
    unasked,
)
from restorekit.synthesis.printing.sheets import (
    Sheet,
    Type,
    hairline,
    pieces,
    put_text,
    rule,
    text_width,
    wrap,
)
from restorekit.synthesis.printing.small_logos import badge_before
from restorekit.synthesis.printing.type_plan import columns_of
from restorekit.synthesis.printing.worn_rules import writing_rule
from restorekit.synthesis.texts import calculations, phrases, topics
from restorekit.synthesis.texts.grammar import Exercise, theme_of
from restorekit.synthesis.textures import Rng

CLOSE = 1.55
"""Ems from line to line of a sentence with a blank, at least: somebody writes between them."""
LINE = 2.0
"""Ems of the print for a line of workings: pupils write larger than print."""


def headline(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A headline as the sheet's plan has it; a paper's title stands in the middle."""
    kind, style = sheet.head, sheet.plan.heading
    titled = bool(sheet.title)
    text = _next_title(sheet, rng)
    if not text:
        return y
    while text_width(text, kind) > right - left and kind.size > 12:
        kind = kind._replace(size=int(kind.size * 0.85))
    span = text_width(text, kind)
    middle = style == "middle" or (sheet.title and not titled)
    x = left + (right - left - span) / 2 if middle else left
    y += kind.size * 1.5
    if style == "bar":
        pad, fill = kind.size * 0.35, sheet.plan.accent
        sheet.draw.rectangle([x - pad, y - kind.size * 1.05, x + span + pad, y + pad], fill=fill)
        kind = kind._replace(colour=(255, 255, 255))
    elif style == "badge" and not middle:
        x = badge_before(sheet, rng, x, y, kind)
    elif style == "rule":
        rule(sheet, left, y + kind.size * 0.4, right, y + kind.size * 0.4)
    put_text(sheet, x, y, text, kind)
    return y + kind.size * 0.5


def _next_title(sheet: Sheet, rng: Rng) -> str:
    """A paper's title, or what stands above a later part of it; of other sheets any headline."""
    sheet.opened = sheet.opened or not sheet.questions
    if theme_of(sheet.topic) or "whole" in sheet.given:
        symbol = sheet.given.get("whole", phrases.title_symbol(sheet.topic))
        return phrases.untold(sheet.asked, lambda: phrases.headline(rng, sheet.language, symbol))
    # what is on everything has parts alone, and no title stands below what is asked
    part = sheet.parts or int(bool(sheet.questions or sheet.slots or not sheet.topic))
    if part:  # in one way on all of a page, and in order
        sheet.given = {"counted": str(rng.integers(0, 2))} | sheet.given
        text = topics.part_title(sheet.language, part, lettered=sheet.given["counted"] == "1")
    else:
        text = topics.title(rng, sheet.language, {"unit": "1", **sheet.given})
    sheet.title, sheet.parts = sheet.title or ("" if part else text), part + 1
    return text


def gaps(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """Sentences with blanks to fill in; short ones stand by twos where the plan has it so."""
    size, leading = sheet.body.size, sheet.plan.rows * sheet.body.size
    middle, end = (left + right) / 2 + 0.5 * size, right
    for _ in range(int(rng.integers(1, 7))):
        asked = ask(sheet, rng, left, right, y + leading - size)
        if again(sheet, "gap", asked):
            break
        start = numbered(sheet, rng), source_of(sheet, rng)
        blank = size * max(sheet.plan.blank, 0.8 * len(asked.answer))
        wide = text_width("".join(start) + asked.before + asked.after, sheet.body) + blank
        beside = sheet.plan.abreast and end < middle - size and middle + wide < right
        floor = y if beside else y + leading
        end, y = _gapped(sheet, rng, start, asked, blank, (middle if beside else left, floor), right)
        end = right if beside or y > floor else end
    return y


def _gapped(
    sheet: Sheet,
    rng: Rng,
    start: tuple[str, str],
    asked: Exercise,
    blank: float,
    place: tuple[float, float],
    right: float,
) -> tuple[float, float]:
    """Set a sentence, its blank in brackets or on a rule, from ``place`` on; returns where it ends.

    ``start`` is the number and the source before it.
    """
    (left, y), kind, size = place, sheet.body, sheet.body.size
    leading = max(CLOSE, sheet.plan.leading) * size
    sheet.slot("number", left - 1.6 * size, y - size, left + size, y)
    embolden_start(sheet, left, y, *start, kind)
    text = f"{''.join(start)}{asked.before} "
    x, y = flow(sheet, text, left, y, left + size, right, kind, leading)
    if x + blank > right:
        x, y = left + size, y + leading
    if sheet.plan.brackets:
        opening, closing = pair_of(sheet, kind)
        put_text(sheet, x, y, opening, kind, slot=False)
        put_text(sheet, x + blank - text_width(closing, kind), y, closing, kind, slot=False)
    else:
        writing_rule(sheet, rng, x, y + 0.12 * size, x + blank)
    sheet.slot("gap", x + 0.4 * size, y - 1.1 * size, x + blank - 0.3 * size, y, asked.answer)
    return flow(sheet, asked.after + " ", x + blank, y, left + size, right, kind, leading)


def flow(
    sheet: Sheet, text: str, x: float, y: float, left: float, right: float, kind: Type, leading: float
) -> tuple[float, float]:
    """Go on setting text at ``(x, y)``, in further lines from ``left`` on; returns where it ends."""
    run = ""
    for piece in pieces(text, sheet.language):
        if x + text_width((run + piece).rstrip(), kind) > right and (run or x > left):
            put_text(sheet, x, y, run, kind)
            run, x, y = "", left, y + leading
        run += piece
    return put_text(sheet, x, y, run, kind), y


def answer_lines(sheet: Sheet, rng: Rng, left: float, right: float, y: float, told: str = "") -> float:
    """A question, on a text where some of that is ``told``, and ruled, dashed or boxed room for an answer."""
    text, reply = ask_freely(sheet, rng, told)
    if not text:
        return y
    y = put_lines(sheet, text, left, right, y, sheet.body)
    plan = sheet.plan
    step, count = 1.2 * plan.rows * sheet.unit, int(rng.integers(1, 7))
    thin = hairline(plan.thin, sheet.colour) if plan.thin else None
    top, end = y + 0.4 * sheet.unit, right
    if right > 0.8 * sheet.width and rng.random() < 0.12:  # cropped, or printed off the sheet
        end = float(sheet.width)
    for line in range(count):
        y += step
        if plan.lines in ("rule", "dashed"):
            writing_rule(sheet, rng, left, y, end, dashed=plan.lines == "dashed", thin=thin)
        hint = str(line) if line else f"0\n{reply}"
        sheet.slot("line", left + 0.3 * sheet.unit, y - step, right, y - 0.15 * sheet.unit, hint)
    if plan.lines == "box":
        sheet.draw.rectangle(
            [left, top, right, y + 0.4 * sheet.unit], outline=sheet.colour, width=sheet.rule_px
        )
    return y + 0.8 * sheet.unit


def put_lines(sheet: Sheet, text: str, left: float, right: float, y: float, kind: Type) -> float:
    """Wrapped text without ornament, but for the number of the question that it may begin with."""
    number = f"{sheet.questions}{sheet.plan.stop}"
    for place, line in enumerate(wrap(text, kind, right - left, sheet.language)):
        y += kind.size * sheet.plan.leading
        put_text(sheet, left, y, line, kind)
        if not place and text.startswith(number):
            embolden_start(sheet, left, y, number, "", kind)
    return y


def workings(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A problem, or in later mathematics a proof, and blank paper below it for the workings."""
    text, working = ask_to_prove(sheet, rng)
    if not text:
        asked = ask(sheet, rng, left, right, y, room=True)
        text, working = asked.text, asked.working
    y = put_lines(sheet, f"{numbered(sheet, rng)}{text}", left, right, y, sheet.body)
    room = sheet.unit * max(sheet.plan.blank, LINE * len(working) + 1)
    sheet.slot("area", left + sheet.unit, y + 0.5 * sheet.unit, right, y + room, "\n".join(working))
    return y + room


def sums(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """Columns of arithmetic with the answers left out."""
    kind = sheet.body
    told = instruct(sheet, rng, "reckon", anew=True)
    y = put_lines(sheet, told, left, right, y + 0.6 * kind.size, kind)
    columns = columns_of(sheet.plan, right - left, 7 * kind.size)
    step, leading = (right - left) / columns, sheet.plan.rows * kind.size
    for _ in range(int(rng.integers(3, 14))):
        y += leading
        for column in range(columns):
            early = topics.early_year(sheet.topic, sheet.given)
            text, result = unasked(sheet, partial(calculations.arithmetic, rng, early))
            x = left + column * step
            end = put_text(sheet, x, y, text, kind, slot=False)
            sheet.slot(
                "sum", end + 0.1 * kind.size, y - min(1.2 * kind.size, 0.55 * leading), x + step, y, result
            )
    return y
