"""What stands above a paper's title and below it: the school, its year and term, what is to be minded."""

from __future__ import annotations

from typing import NamedTuple

from restorekit.synthesis.printing.line_breaks import wrap
from restorekit.synthesis.printing.sheets import Sheet, put_text, rule, text_width
from restorekit.synthesis.textures import Rng

HEADED, MINDED = 0.38, 0.16
"""The share of the first pages with a school and a year above their title, and of those with instructions."""
AUTUMN, SPRING = (9, 10, 11, 12), (3, 4, 5, 6)
"""The months of a first and of a second term."""
LATER = 7
"""The year of school from which on pupils go to a later school."""


class Heads(NamedTuple):
    """What schools of a country print above papers.

    Attributes:
        early, later: names of primary schools and of later ones.
        years: the school year, by its first and its second year, the last figures of that, and the term.
        terms: what the first and the second term are called.
    """

    early: tuple[str, ...]
    later: tuple[str, ...]
    years: tuple[str, ...]
    terms: tuple[str, str] = ("", "")


HEADS = {
    "zh": Heads(
        ("第一小学", "中心小学", "实验小学", "东城小学", "新华小学", "南门小学"),
        ("实验中学", "第三中学", "第一中学", "东城中学", "新华中学", "外国语学校"),
        ("{0}—{1}学年度第{3}学期", "{0}～{1}学年第{3}学期"),
        ("一", "二"),
    ),
    "en": Heads(
        ("Hillside Primary School", "St Mary's Primary School", "Oak Lane School", "Riverside Elementary"),
        ("Northgate School", "Brook Valley High School", "St John's College", "Westfield Middle School"),
        ("{3} Term {0}", "{0}/{2}", "School Year {0}–{1}", "{3} {0}"),
        ("Autumn", "Summer"),
    ),
    "de": Heads(
        ("Grundschule am Park", "Lindenschule", "Brüder-Grimm-Schule"),
        ("Goethe-Gymnasium", "Realschule Nord", "Gesamtschule Mitte"),
        ("Schuljahr {0}/{2}", "{3} {0}/{2}"),
        ("1. Halbjahr", "2. Halbjahr"),
    ),
    "fr": Heads(
        ("École Jean Moulin", "École du Centre", "École Jules Ferry"),
        ("Collège Victor Hugo", "Collège Pasteur"),
        ("Année scolaire {0}-{1}", "{3} – {0}/{1}"),
        ("1er trimestre", "3e trimestre"),
    ),
    "es": Heads(
        ("CEIP San José", "Colegio Cervantes", "CEIP El Olivo"),
        ("IES La Ribera", "Colegio Cervantes"),
        ("Curso {0}-{1}", "Curso {0}/{2}. {3}"),
        ("1.er trimestre", "3.er trimestre"),
    ),
    "ru": Heads(
        ("Школа имени Гагарина", "Первая гимназия", "Школа имени Пушкина"),
        ("Школа имени Гагарина", "Первая гимназия", "Второй лицей"),
        ("{0}/{1} учебный год", "{0}–{1} уч. год, {3}"),
        ("I полугодие", "II полугодие"),
    ),
    "ko": Heads(("하나학교", "사과나무학교"), ("서울학교", "하나학교"), ("{0}학년도 {3}학기",), ("1", "2")),
    "el": Heads(("3ο Δημοτικό Σχολείο",), ("2ο Γυμνάσιο",), ("Σχολικό έτος {0}-{1}",)),
}
SECOND = {"zh": "下册", "ko": "2학기"}
"""What titles of papers of the second term have in them."""
MIND = {
    "zh": (
        "注意事项：1．答题前，先把姓名、班级写在规定的位置。2．字迹工整，卷面整洁。3．认真审题，独立完成。",
        "同学们，请认真读题，看清要求，书写端正，相信你一定能取得好成绩！",
        "亲爱的同学：请你看清题目，想好再写，做完后别忘了检查。",
    ),
    "en": (
        "Answer all the questions. Write your answers in the spaces provided. Show your working.",
        "Instructions: Read each question carefully. Use a pen. Check your work before you hand it in.",
        "You do not need a calculator for this paper. Each question is worth the same.",
    ),
    "de": ("Lies alle Aufgaben zuerst durch. Schreibe sauber und deutlich. Viel Erfolg!",),
    "fr": ("Lis bien les consignes avant de répondre. Soigne ton écriture.",),
    "es": ("Lee con atención cada pregunta antes de contestar. Cuida la letra y la ortografía.",),
    "ru": ("Внимательно прочитайте каждое задание. Пишите разборчиво, проверьте свою работу.",),
}
"""What pupils are told at the head of papers."""


def letterhead(
    sheet: Sheet, rng: Rng, left: float, right: float, y: float, *, year: int, middle: bool
) -> float:
    """The school and the school year above a title, or nothing; returns where the title may begin.

    What they say is ``given`` from then on: no label asks for the school again, and dates are of the term.
    """
    if sheet.language not in HEADS or rng.random() >= HEADED:
        return y
    heads, first = HEADS[sheet.language], int(rng.integers(2008, 2026))
    second = (
        SECOND[sheet.language] in sheet.given["heading"] if sheet.language in SECOND else rng.random() < 0.5
    )
    schools = heads.early if year < LATER else heads.later
    school = schools[int(rng.integers(0, len(schools)))]
    said = heads.years[int(rng.integers(0, len(heads.years)))]
    named = said.format(first, first + 1, f"{(first + 1) % 100:02d}", heads.terms[second])
    months = SPRING if second else AUTUMN
    sheet.given = {
        **sheet.given,
        "school": school,
        "year": str(first + second),
        "months": " ".join(map(str, months)),
    }
    kind = sheet.body._replace(size=round(sheet.unit * float(rng.choice([0.85, 1.0, 1.15]))), spacing=0.0)
    y += 1.3 * kind.size
    together = f"{school}{named}" if sheet.language == "zh" else f"{school}, {named}"
    wide = text_width(together, kind)
    if middle and wide < right - left and rng.random() < 0.7:
        put_text(sheet, left + 0.5 * (right - left - wide), y, together, kind, slot=False)
    elif wide + 2 * kind.size < right - left:  # at both ends of a line
        put_text(sheet, left, y, school, kind, slot=False)
        put_text(sheet, right - text_width(named, kind), y, named, kind, slot=False)
        if rng.random() < 0.5:
            rule(sheet, left, y + 0.4 * kind.size, right, y + 0.4 * kind.size)
    else:
        put_text(sheet, left, y, school, kind, slot=False)
    return y + 0.3 * kind.size


def instructions(sheet: Sheet, rng: Rng, left: float, right: float, y: float) -> float:
    """What is to be minded, in small print, in a frame or not, or nothing; returns where it ends."""
    if sheet.language not in MIND or rng.random() >= MINDED:
        return y
    kind = sheet.body._replace(size=max(9, round(0.85 * sheet.unit)), spacing=0.0)
    framed = rng.random() < 0.4
    pad = 0.6 * kind.size if framed else 0.0
    texts = MIND[sheet.language]
    text = texts[int(rng.integers(0, len(texts)))]
    top = y + 0.5 * kind.size
    y = top + 0.3 * pad
    for line in wrap(text, kind, right - left - 2 * pad, sheet.language):
        y += 1.45 * kind.size
        put_text(sheet, left + pad, y, line, kind, slot=False)
    if framed:
        frame = [left, top, right, y + 0.7 * kind.size]
        sheet.draw.rectangle(frame, outline=sheet.colour, width=sheet.rule_px)
    return y + (0.9 if framed else 0.2) * kind.size
