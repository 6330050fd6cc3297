"""Whole forms of one subject each, from ``form_texts``: fields, tables and boxes that belong together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from restorekit.synthesis.printing.extras import answer_card
from restorekit.synthesis.printing.form_style import Form, Style, new_style
from restorekit.synthesis.printing.form_tables import PADDING, table
from restorekit.synthesis.printing.line_breaks import wrap
from restorekit.synthesis.printing.sheets import Sheet, put_text, rule, text_width
from restorekit.synthesis.printing.worn_rules import writing_rule
from restorekit.synthesis.texts.form_texts import Part, form_texts, pick, written
from restorekit.synthesis.texts.grammar import expand
from restorekit.synthesis.texts.phrases import SPACED
from restorekit.synthesis.textures import Rng

NEEDS = {
    "age": 2.5,
    "few": 2.5,
    "class": 3.5,
    "date": 5.5,
    "birth": 5.5,
    "phone": 8,
    "address": 13,
    "room": 3,
}
"""The ems of the blanks for what is short or long; other blanks take ``NEED``."""
NEED = 8.0
FULL, AIRIEST = 0.85, 4.2
"""Forms that end above this share of the sheet have more room, their rows so many ems apart at most."""
NAMED = 0.6
"""The share of the forms that ask for a class with a school's name above them; others are no school's."""
SECOND = 0.46
"""A form that ends above this share of the sheet mostly stands on it twice."""


def form_page(sheet: Sheet, rng: Rng) -> None:
    """Set a form: a short one now and then twice, to be cut in two, others over most of the sheet."""
    sheet.given, forms = {"whole": "form"}, form_texts(sheet.language).forms
    margin = sheet.width * rng.uniform(0.06, 0.11)
    form = Form(sheet, rng, new_style(sheet, rng), margin, sheet.width - margin, {})
    parts, top = forms[int(rng.integers(0, len(forms)))], sheet.height * rng.uniform(0.02, 0.07)
    start = rng.bit_generator.state
    y = _set(form, parts, top)
    if y < SECOND * sheet.height and rng.random() < 0.6:
        _set_again(form, int(y + 1.5 * sheet.unit))
    elif y < FULL * sheet.height:  # the same once more, with more room
        rng.bit_generator.state = start
        sheet.draw.rectangle([0, 0, sheet.width, sheet.height], fill=(255, 255, 255))
        sheet.slots.clear()
        sheet.asked.clear()
        form.facts.clear()
        airy = min(AIRIEST, form.style.leading * FULL * sheet.height / y)
        _set(form._replace(style=form.style._replace(leading=airy)), parts, top)


def _set_again(form: Form, y: int) -> None:
    """Print all that stands above ``y`` once more, below a line to cut along; nobody has filled that in."""
    sheet = form.sheet
    sheet.image.paste(sheet.image.crop((0, 0, sheet.width, y)), (0, y))
    rule(sheet, form.left, y, form.right, y, dashed=True)


def _set(form: Form, parts: tuple[Part, ...], y: float) -> float:
    """Set one form, part below part; returns where it ends."""
    rng, number = form.rng, 0
    named = any(what == "class" for part in parts for _, what in part.items)
    form = form._replace(school=named and rng.random() < NAMED)
    for part in parts:
        if y > form.sheet.height:
            break
        y += form.sheet.unit * max(0.0, form.style.leading - 2.7)
        if part.kind == "text" and rng.random() < 0.3:
            continue
        if part.head and form.style.counted:
            number += 1
            part = part._replace(head=f"{number}. {part.head}")
        y = PARTS[part.kind](form, part, y) + form.sheet.unit * rng.uniform(0.2, 0.7)
    return y


def _title(form: Form, part: Part, y: float) -> float:
    """The form's name, in the middle or at the left, ruled off now and then, below its school's."""
    kind, text = form.sheet.head, pick(form.rng, part)
    while text_width(text, kind) > form.room and kind.size > 12:
        kind = kind._replace(size=int(kind.size * 0.85))
    middle = form.rng.random() < 0.6
    form.sheet.opened, form.sheet.title = True, text
    if form.school and "school" in form_texts(form.sheet.language).lists:
        school = written(form.rng, form.sheet.language, "school")
        y += 1.4 * form.sheet.unit
        x = form.left + (0.5 * (form.room - text_width(school, form.sheet.body)) if middle else 0)
        put_text(form.sheet, x, y, school, form.sheet.body)
    y += 1.4 * kind.size
    x = form.left + (0.5 * (form.room - text_width(text, kind)) if middle else 0)
    put_text(form.sheet, x, y, text, kind)
    if form.rng.random() < 0.3:
        y += 0.5 * kind.size
        rule(form.sheet, form.left, y, form.right, y)
    return y + 0.3 * kind.size


def _text(form: Form, part: Part, y: float) -> float:
    """A sentence or some on what to do."""
    for line in wrap(pick(form.rng, part), form.sheet.body, form.room, form.sheet.language):
        y += 1.45 * form.sheet.unit
        put_text(form.sheet, form.left, y, line, form.sheet.body)
    return y


def _fields(form: Form, part: Part, y: float) -> float:
    """Labels with blanks, in rows that all end at the right edge."""
    kind, pitch = form.sheet.body, form.style.leading * form.sheet.unit
    em = kind.size
    pad = (2 * PADDING if form.style.blank == "cells" else 0.4) * em
    rows: list[list[tuple[str, str, float, float]]] = [[]]
    for label, what in part.items:
        text = label + (form.style.colon if form.style.blank != "cells" else "")
        wide = text_width(text, kind) + pad
        need = wide + NEEDS.get(what, NEED) * kind.size
        if rows[-1] and sum(one[3] for one in rows[-1]) + need > form.room:
            rows.append([])
        rows[-1].append((text, what, wide, need))
    y += 0.6 * kind.size if form.style.blank == "cells" else 0.0
    for row in rows:
        y += pitch
        spare = max(0.0, form.room - sum(need for *_, need in row)) / len(row)
        x = form.left
        for text, what, wide, need in row:
            stop = x + need + spare
            _field(form.sheet, form.style, (x, y, stop, pitch), text, wide)
            entry = written(form.rng, form.sheet.language, what, form.facts)
            if form.rng.random() < form.style.typed:
                put_text(form.sheet, x + wide + pad, y, entry, kind, slot=False)
            else:
                form.sheet.slot("field", x + wide + 0.08 * em, y - 1.25 * em, stop - 0.4 * em, y, entry)
            x = stop
    return y + (0.5 * kind.size if form.style.blank == "cells" else 0.0)


def _field(
    sheet: Sheet, style: Style, place: tuple[float, float, float, float], text: str, wide: float
) -> None:
    """A label on a baseline and the blank behind it, for ``place``: left, baseline, right and row height."""
    x, y, stop, pitch = place
    kind = sheet.body
    if style.blank == "cells":
        top = y - 0.5 * (pitch + 0.7 * kind.size)
        for a, b in ((x, x + wide), (x + wide, stop)):
            box = [a, top, b, top + pitch]
            sheet.draw.rectangle(box, outline=sheet.colour, width=sheet.rule_px)
        put_text(sheet, x + PADDING * kind.size, y, text, kind, slot=False)
        return
    end = put_text(sheet, x, y, text, kind, slot=False) + 0.2 * kind.size
    floor = y + 0.12 * kind.size
    if style.blank == "dots":
        radius = max(0.6, 0.04 * kind.size)
        for at in np.arange(end, stop - kind.size, 0.35 * kind.size):
            sheet.draw.ellipse([at - radius, floor - radius, at + radius, floor + radius], fill=kind.colour)
    else:
        rule(sheet, end, floor, stop - 0.5 * kind.size, floor)


def _sign(form: Form, part: Part, y: float) -> float:
    """Blanks for a date and a name at the end, with some room above."""
    y += 0.8 * form.sheet.unit
    return _fields(form._replace(style=form.style._replace(blank="rule")), part, y)


def _options(form: Form, part: Part, y: float) -> float:
    """A question and boxes before its answers, one of which is chosen, or any."""
    if form.style.deleted and part.kind == "one" and not form.style.typed:
        return _deleted(form, part, y)
    kind, size = form.sheet.body, form.sheet.unit
    chosen = _chosen(form.rng, len(part.items), several=part.kind == "many")
    end = form.left
    for line in wrap(part.head, form.style.bold, form.room, form.sheet.language):
        y += 1.6 * size
        end = put_text(form.sheet, form.left, y, line, form.style.bold)
    ends = [1.5 * size + text_width(option, kind) + 1.6 * size for _, option in part.items]
    beside = not form.style.stacked and end + sum(ends) < form.right
    x = end + size if beside else form.left + size
    y += 0 if beside else 1.6 * size
    for place, ((_, option), reach) in enumerate(zip(part.items, ends, strict=True)):
        if place and (form.style.stacked or x + reach - size > form.right):
            x, y = form.left + size, y + 1.6 * size
        box = _box(form.sheet, form.style, x, y)
        if place in chosen and form.style.typed:
            side = 0.8 * size
            corners = [(x + a * side, y + b * side) for a, b in ((0.15, -0.5), (0.4, -0.15), (0.9, -0.95))]
            form.sheet.draw.line(corners, fill=form.sheet.colour, width=form.sheet.rule_px + 1)
        elif place in chosen:
            form.sheet.slot("box", *box)
        put_text(form.sheet, x + 1.4 * size, y, option, kind)
        x += reach
    return y + 0.3 * size


def _deleted(form: Form, part: Part, y: float) -> float:
    """A question and its answers in a line, all but one of which are to be struck out."""
    sheet, kind, size = form.sheet, form.sheet.body, form.sheet.unit
    chosen = int(form.rng.integers(0, len(part.items)))
    y, x = y + 1.6 * size, form.left
    x = put_text(sheet, x, y, part.head, form.style.bold) + 0.7 * size
    for place, (_, option) in enumerate(part.items):
        text = " / " * (place > 0)
        if x + text_width(text + option, kind) > form.right:
            x, y = form.left + size, y + 1.6 * size
        x = put_text(sheet, x, y, text, kind, slot=False)
        end = put_text(sheet, x, y, option, kind, slot=False)
        if place != chosen:
            sheet.slot("strike", x, y - 0.8 * size, end, y)
        x = end
    told = expand(form.rng, sheet.language, "delete")
    if told not in sheet.asked:
        sheet.asked.add(told)
        y += 1.3 * size
        put_text(sheet, form.left + size, y, told, kind._replace(size=max(9, round(0.75 * size))))
    return y + 0.3 * size


def _chosen(rng: Rng, count: int, *, several: bool) -> set[int]:
    """Which answers are chosen; the last of several says that none of the others holds, or might."""
    if not several:
        return {int(rng.integers(0, count))}
    if rng.random() < 0.2:
        return {count - 1}
    return {int(rng.integers(0, count - 1)), *(place for place in range(count - 1) if rng.random() < 0.3)}


def _box(sheet: Sheet, style: Style, x: float, y: float) -> tuple[float, float, float, float]:
    """What is ticked, at ``x`` on the baseline ``y``; returns its corners."""
    side = 0.8 * sheet.unit
    box = (x, y - side, x + side, y)
    if style.box == "brackets":
        gap = put_text(sheet, x, y, "(", sheet.body, slot=False)
        put_text(sheet, x + side, y, ")", sheet.body, slot=False)
        return gap, y - side, x + side, y
    shape = sheet.draw.rectangle if style.box == "square" else sheet.draw.ellipse
    shape(list(box), outline=sheet.colour, width=sheet.rule_px)
    return box


def _lines(form: Form, part: Part, y: float) -> float:
    """A question and rules to write an answer along."""
    y += 1.6 * form.sheet.unit
    spaced = form.sheet.language in SPACED
    colon = "" if part.head.endswith(("?", ";", "？")) else form.style.colon or ":" * spaced
    put_text(form.sheet, form.left, y, part.head + colon, form.style.bold)
    step, count = form.sheet.unit * form.rng.uniform(1.8, 2.5), int(form.rng.integers(2, 5))
    for line in range(count):
        y += step
        writing_rule(form.sheet, form.rng, form.left, y, form.right, dashed=form.style.blank == "dots")
        hint = str(line) if line else f"0\n{pick(form.rng, part)}"
        form.sheet.slot(
            "line", form.left + 0.3 * form.sheet.unit, y - step, form.right, y - 0.15 * form.sheet.unit, hint
        )
    return y


def _table(form: Form, part: Part, y: float) -> float:
    tall = form.style.leading * form.sheet.unit
    return table(form.sheet, form.rng, part, form.left, form.right, y, tall, form.style.bold, form.facts)


def _bubbles(form: Form, part: Part, y: float) -> float:
    return answer_card(form.sheet, form.rng, form.left, form.right, y, part.rows)


PARTS: dict[str, Callable[[Form, Part, float], float]] = {
    "title": _title,
    "text": _text,
    "fields": _fields,
    "sign": _sign,
    "one": _options,
    "many": _options,
    "lines": _lines,
    "table": _table,
    "bubbles": _bubbles,
}
