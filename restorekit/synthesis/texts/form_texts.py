"""Forms of one subject each, such as a library card or a stock list: what is asked, and what is answered.

``assets/words/forms/LANGUAGE.txt`` has the forms, parted by blank lines, a part on each line: ``title``,
``text``, ``fields`` and ``sign`` (``label=kind; ...``), ``one`` and ``many`` (boxes to tick: ``question =
option; ...``), ``table`` (``head=kind; ...``), ``lines`` (``question = reply; ...``) and ``bubbles``. A
number behind ``table`` is how many rows a list has that is filled in from the top. A column's kind with a
star is printed, ``*a/b/c`` a row for each; one with a question mark is left blank in most rows. Lists of what
is written stand first, each behind ``@kind``.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from restorekit.synthesis.assets import FOLDER
from restorekit.synthesis.textures import Rng

TICKS = ("tick", "present")
"""Kinds of columns that take a tick: in one of a row's columns, or in most."""
PHONES = {"zh": "1## #### ####", "en": "01### ######", "fr": "06 ## ## ## ##", "ru": "8 9## ###-##-##"}
"""How telephone numbers are written, # for a figure; in other languages as ``PHONE``."""
PHONE = "0## ### ## ##"
DATES = {"zh": "{y}.{m}.{d}", "ja": "{m}/{d}", "ko": "{m}/{d}", "en": "{d}/{m}/{y}", "fr": "{d}/{m}/{y}"}
"""How dates are written; in other languages as ``DATE``."""
DATE = "{d}.{m}.{y}"
CLASSES = {"zh": "{0}({1})", "ja": "{0}-{1}", "en": "{0}{2}"}
"""How a class is written: its year, its number or letter; in other languages as in English."""
LAST, BEGINS, OF_AGE = 6, 6, (16, 45)
"""The last grade of those who fill in forms at school, how old first graders are at least, and how old those
are who look for work or are ill, in years, the last excluded."""


class Part(NamedTuple):
    """A part of a form: its kind, what it asks, its items (label and kind, or texts), and a list's rows."""

    kind: str
    head: str
    items: tuple[tuple[str, str], ...]
    rows: int = 0


class Texts(NamedTuple):
    """A language's forms, each its parts from the title on, and its lists of what is written."""

    forms: tuple[tuple[Part, ...], ...]
    lists: dict[str, tuple[str, ...]]


@lru_cache(maxsize=16)
def form_texts(language: str) -> Texts:
    """The forms of a language."""
    written = (FOLDER / "words" / "forms" / f"{language}.txt").read_text(encoding="utf-8")
    lists, *forms = written.split("\n\n")
    known = (line[1:].split(": ", 1) for line in lists.splitlines())
    return Texts(
        tuple(tuple(_part(line) for line in form.splitlines()) for form in forms),
        {kind: tuple(texts.split(" | ")) for kind, texts in known},
    )


def _part(line: str) -> Part:
    named, _, text = line.partition(":")
    kind, _, rows = named.partition(" ")
    head, text = "", text.strip()
    if kind in ("one", "many", "lines"):
        head, _, text = text.partition(" = ")
    parting = " | " if kind in ("title", "text") else "; "
    items = (
        item.strip().rpartition("=") if kind in PAIRED else ("", "", item) for item in text.split(parting)
    )
    return Part(kind, head, tuple((label, what) for label, _, what in items), int(rows or 0))


PAIRED = ("fields", "sign", "table")
"""The parts whose items are labels with the kind of what is written there."""


def pick(rng: Rng, part: Part) -> str:
    """One of a part's texts."""
    return part.items[int(rng.integers(0, len(part.items)))][1]


def written(rng: Rng, language: str, kind: str, row: dict[str, int] | None = None) -> str:
    """What somebody writes, or a form prints, where something of a kind belongs.

    Args:
        rng: source of chance.
        language: of the form.
        kind: one of the language's lists, ``a/b/c`` for one of these, or one of those below.
        row: the numbers so far of the table's row, by kind; what follows from others is worked out of them.
    """
    row = {} if row is None else row
    known = form_texts(language).lists
    if kind in ("person", "same"):
        people = known["person"]
        row["person"] = row.get("person", 0) if kind == "same" else int(rng.integers(0, len(people)))
        return people[row["person"]]
    if kind in known or "/" in kind:
        texts = known.get(kind) or tuple(kind.split("/"))
        return texts[int(rng.integers(0, len(texts)))]
    if kind in ("phone", "postcode", "number"):
        pattern = PHONES.get(language, PHONE) if kind == "phone" else "#####" + "#" * (kind == "number")
        return "".join(str(rng.integers(1, 10)) if one == "#" else one for one in pattern)
    if kind in ("date", "birth", "of_age"):
        age = _of_pupil(rng, row)["age"] if kind == "birth" else int(rng.integers(*OF_AGE))
        return _date(rng, DATES.get(language, DATE), row, age if kind != "date" else 0)
    if kind == "class":
        school_year, group = _of_pupil(rng, row)["grade"], int(rng.integers(0, 4))
        return CLASSES.get(language, CLASSES["en"]).format(school_year, group + 1, "abcd"[group])
    if kind in ("grade", "age"):
        return str(_of_pupil(rng, row)[kind])
    number = _number(rng, kind, row)
    if number is None:
        return ""
    row[kind] = number
    if kind == "score":
        row["sum"] = row.get("sum", 0) + number
    return f"{number / 10:.2f}" if kind in ("price", "amount") else str(number)


def _of_pupil(rng: Rng, row: dict[str, int]) -> dict[str, int]:
    """The row with the grade and the age of whom it is on, which go together."""
    row.setdefault("grade", int(rng.integers(1, LAST + 1)))
    row.setdefault("age", row["grade"] + BEGINS + int(rng.integers(0, 2)))
    return row


def _date(rng: Rng, shape: str, row: dict[str, int], age: int) -> str:
    """A date of a row, no earlier than the row above it, and its second one some days after its first.

    With an ``age`` it is that of the birth of somebody so old.
    """
    year = row.setdefault("year", int(rng.integers(2012, 2026)))
    if age:
        shape = shape if "{y}" in shape else "{y}.{m}.{d}"
        year -= age
        return shape.format(d=rng.integers(1, 29), m=rng.integers(1, 13), y=year)
    if "day" in row:
        row["day"] += int(rng.integers(3, 29))
    else:
        row["begun"] = row.get("begun", int(rng.integers(0, 250))) + int(rng.integers(0, 7))
        row["day"] = row["begun"]
    on = date(year, 1, 1) + timedelta(days=row["day"])
    return shape.format(d=on.day, m=on.month, y=on.year)


def _number(rng: Rng, kind: str, row: dict[str, int]) -> int | None:
    """A number of a kind, of money in tenths; None of what takes none."""
    if kind in RANGES:
        return int(rng.integers(*RANGES[kind]))
    if kind == "after":
        return row.get("before", 1000) + int(rng.integers(12, 400))
    if kind == "warming":  # some eight degrees a step from that of cold water on
        return row.get("warming", int(rng.integers(4, 12))) + int(rng.integers(6, 10))
    derived = {
        "used": row.get("after", 0) - row.get("before", 0),
        "amount": row.get("price", 0) * row.get("count", 0),
        "delivered": max(0, row.get("count", 0) - int(MISSING * rng.exponential())),
        "sum": row.get("sum", 0),
    }
    return derived.get(kind)


MISSING = 0.7
"""How much less is delivered than was ordered: most often nothing."""
RANGES = {
    "few": (1, 7),
    "count": (1, 25),
    "room": (101, 320),
    "height": (118, 175),
    "weight": (22, 66),
    "year": (2005, 2024),
    "score": (56, 101),
    "price": (5, 60),
    "before": (1200, 98000),
}
"""From where to where, the last excluded, numbers of a kind lie; prices in tenths."""
