"""What pupils fill in on papers: labels with blanks at the top; used like ``blocks``."""

from __future__ import annotations

import numpy as np

from restorekit.synthesis.assets import labels
from restorekit.synthesis.printing.answer_room import pair_of
from restorekit.synthesis.printing.sheets import Sheet, put_text, rule, text_width
from restorekit.synthesis.printing.worn_rules import writing_rule
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.textures import Rng, choose

COLON = "\N{FULLWIDTH COLON}"
ASKED = 0.6
"""How often a paper asks for each thing besides the name."""
FIELDS = {"rule": 0.58, "dots": 0.1, "frame": 0.1, "row": 0.1, "brackets": 0.06, "bare": 0.06}
"""What shows the room behind a label: a rule, dots, a frame, the cell of a row, brackets, nothing."""

BLANK, ALIKE = (4.2, 7.0), 0.5
"""How wide such room is, in ems, and the share of papers with as much for each thing."""
BEHIND = {"frame": 0.45, "row": 0.45}
"""How far behind its label a frame or a cell begins, in ems."""
TAKES = {"name": 1.3, "school": 1.5, "date": 1.2, "class": 0.85, "score": 0.85, "variant": 0.8}
"""How much wider other papers have it for some things."""


def fields(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A row of labels with room to write behind, the name mostly first; each of them once on a sheet."""
    kind, style = sheet.body, choose(rng, FIELDS)
    sheet.opened = sheet.opened or not sheet.questions
    above, x = y, left
    y += kind.size * 1.8
    colon = (COLON if sheet.language in ("zh", "ja") else ":") if rng.random() < 0.6 else ""
    wide, alike = kind.size * rng.uniform(*BLANK), rng.random() < ALIKE
    known = labels(sheet.language)
    wanted = [name for name, what in known.items() if what == "name" or rng.random() < ASKED]
    wanted = [name for name in wanted if not (known[name] == "school" and "school" in sheet.given)]
    if rng.random() < 0.15:
        wanted = [str(name) for name in rng.permutation(wanted)]
    for name in (name for name in wanted if name not in sheet.asked):
        text = f"{name}{colon}"
        blank = wide * (1.0 if alike else TAKES.get(known[name], 1.0))
        if x + text_width(text, kind) + blank > right:
            break
        sheet.asked.add(name)
        x = put_text(sheet, x, y, text, kind, slot=False) + BEHIND.get(style, 0.28) * kind.size
        edge = _room(sheet, rng, style, x, x + blank, y)
        about = sheet.given.get("subject") if known[name] == "subject" else None
        entry = about or phrases.entry(rng, sheet.language, known[name], sheet.given)
        if known[name] == "date":
            sheet.given = {**sheet.given, "date": entry}
        tall = kind.size * (1.2 if style in ("row", "frame") else 1.6)  # borders alone limit the writing
        place = (x + 0.2 * kind.size + edge, y - tall, x + blank - edge, y)
        if known[name] == "score":
            sheet.slot("score", *place)
        else:
            sheet.slot("field", *place, entry)
        x += blank + kind.size
        if style == "row":
            rule(sheet, x - 0.5 * kind.size, y - 1.35 * kind.size, x - 0.5 * kind.size, y + 0.55 * kind.size)
    if style == "row" and x > left:
        frame = [left - 0.5 * kind.size, y - 1.35 * kind.size, x - 0.5 * kind.size, y + 0.55 * kind.size]
        sheet.draw.rectangle(frame, outline=sheet.colour, width=sheet.rule_px)
    return y + kind.size * (0.9 if style in ("row", "frame") else 0.6) if x > left else above


def _room(sheet: Sheet, rng: Rng, style: str, left: float, right: float, y: float) -> float:
    """Print what shows the room of a field from ``left`` to ``right``, one of ``FIELDS``, on ``y``.

    Returns:
        How much of it that takes at either end, pixels.
    """
    kind = sheet.body
    em = kind.size
    if style == "rule":
        writing_rule(sheet, rng, left, y + 0.12 * em, right)
    elif style == "dots":
        dot = 1.2 * text_width(".", kind)
        for x in np.arange(left, right - dot, dot):
            put_text(sheet, float(x), y, ".", kind, slot=False)
    elif style == "frame":
        box = [left, y - 1.15 * em, right, y + 0.35 * em]
        sheet.draw.rectangle(box, outline=sheet.colour, width=sheet.rule_px)
    elif style == "brackets":
        opening, closing = pair_of(sheet, kind)
        put_text(sheet, left, y, opening, kind, slot=False)
        put_text(sheet, right - text_width(closing, kind), y, closing, kind, slot=False)
        return text_width(closing, kind)
    elif style == "row":
        rule(sheet, left, y - 1.35 * em, left, y + 0.55 * em)
    return 0.0
