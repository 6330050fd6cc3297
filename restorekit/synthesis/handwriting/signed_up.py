"""Lists that people enter themselves in, one after the other: each in the own hand, some with an own pen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from restorekit.synthesis.handwriting.hands import at_work, new_hand
from restorekit.synthesis.handwriting.mood import Mood
from restorekit.synthesis.handwriting.pens import writing_pen
from restorekit.synthesis.handwriting.writer import Layer, Writer
from restorekit.synthesis.printing.sheets import Sheet, Slot
from restorekit.synthesis.texts.form_texts import form_texts

LEAST = 3
"""A column of so many names is a list of people."""
LENT, PENS = 0.5, 2
"""The share of the people who take the pen that lies there, and how many others come to a sheet."""
SIZES = 0.12
"""How unlike in size people write in rows of one height, a logarithm."""


def rows_of_people(sheet: Sheet) -> dict[Slot, str]:
    """The fields in the rows of a list of people, and whose each is."""
    known = form_texts(sheet.language).lists.get("person", ())
    fields = [slot for slot in sheet.slots if slot.kind == "field"]
    names = [slot for slot in fields if slot.hint in known]
    lefts = [slot.left for slot in names]
    names = [slot for slot in names if lefts.count(slot.left) >= LEAST]
    return {slot: name.hint for name in names for slot in fields if (slot.top, slot.bottom) == name[2:5:2]}


def people_of(writer: Writer) -> dict[Slot, Writer]:
    """Who fills in each field of such a list: others than the ``writer``, at the same sheet."""
    rng, rows, people = writer.rng, rows_of_people(writer.sheet), dict[str, Writer]()
    layers = [Layer(writing_pen(rng), np.zeros_like(writer.canvas)) for _ in range(PENS)] if rows else []
    for name in dict.fromkeys(rows.values()):
        layer = writer.layer if rng.random() < LENT else layers[int(rng.integers(0, PENS))]
        size = writer.size * float(np.exp(rng.normal(0, SIZES)))
        hand = at_work(rng, new_hand(rng, writer.sheet.language))
        people[name] = replace(writer, hand=hand, layer=layer, size=size, reaches={}, mood=Mood())
    return {slot: people[name] for slot, name in rows.items()}


def pens_of(people: dict[Slot, Writer], writer: Writer) -> list[Layer]:
    """What was written with other pens than the writer's."""
    used = {id(one.layer): one.layer for one in people.values() if one.layer is not writer.layer}
    return [layer for layer in used.values() if layer.coverage.any()]
