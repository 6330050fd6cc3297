"""Problems with a context and numbered questions on it, room for the workings below each."""

from __future__ import annotations

import re

from restorekit.synthesis.printing.blocks import LINE, put_lines
from restorekit.synthesis.printing.bold import source_of, strike_again
from restorekit.synthesis.printing.questions import TRIES, numbered
from restorekit.synthesis.printing.sheets import Sheet, text_width
from restorekit.synthesis.texts.stories import story
from restorekit.synthesis.texts.topics import early_year
from restorekit.synthesis.textures import Rng

INDENT = 0.8
"""How far in such questions begin, ems."""


def told_problem(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """A story with its questions, none that the sheet has told; takes and returns what other blocks do."""
    if early_year(sheet.topic, sheet.given):
        return y
    for _ in range(TRIES):
        told = story(rng, sheet.language, sheet.topic)
        if told is None:
            return y
        said = re.sub(r"\d+", "", told.asked[0][0])
        if said not in sheet.asked:
            break
    else:
        return y
    sheet.asked.add(said)
    number, source = numbered(sheet, rng), source_of(sheet, rng)
    if source:
        x, floor = left + text_width(number, sheet.body), y + sheet.plan.leading * sheet.unit
        strike_again(sheet, x, floor, source, sheet.body)
    y = put_lines(sheet, number + source + told.context, left, right, y, sheet.body)
    counted = "（{}）" if sheet.language in ("zh", "ja") else "({}) "
    x = left + INDENT * sheet.unit
    for place, (question, working) in enumerate(told.asked, 1):
        y = put_lines(sheet, counted.format(place) + question, x, right, y, sheet.body)
        room = sheet.unit * max(0.7 * sheet.plan.blank, LINE * len(working) + 0.6)
        sheet.slot("area", x + sheet.unit, y + 0.4 * sheet.unit, right, y + room, "\n".join(working))
        y += room
    return y + 0.2 * sheet.unit
