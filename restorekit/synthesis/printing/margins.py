"""What stands around the text of a page: a running head, its number, its maker, a line to seal names off."""

from __future__ import annotations

from restorekit.synthesis.printing.bindings import seal
from restorekit.synthesis.printing.house import house_furniture
from restorekit.synthesis.printing.sheets import Sheet, Type, put_text, rule, text_width
from restorekit.synthesis.texts import phrases
from restorekit.synthesis.textures import Rng

HEADED, NUMBERED, SEALED, CREDITED = 0.45, 0.6, 0.3, 0.08
"""The shares of pages with a running head, where no title stands, and with a number; of papers in the East
with a line at the left, behind which names are sealed off; and of papers with a line on who made them."""
ANY = ("- {0} -", "{0}", "{0}", "{0}/{1}", "—{0}—")
PAGES = {
    "zh": (
        "第{0}页（共{1}页）",
        "第{0}页　共{1}页",
        "第 {0} 页",
        "{2}　第{0}页（共{1}页）",
        "{2}试卷　第{0}页",
    ),
    "en": ("Page {0} of {1}", "Page {0}", "{2} – Page {0}", "p. {0}"),
    "de": ("Seite {0} von {1}", "Seite {0}"),
    "fr": ("Page {0} sur {1}", "{2}, page {0}"),
    "es": ("Página {0} de {1}", "Página {0}"),
    "ru": ("Стр. {0} из {1}",),
    "el": ("Σελίδα {0} από {1}", "Σελίδα {0}"),
    "ja": ("{2} {0}",),
    "ko": ("{0}쪽",),
}
"""How pages are numbered anywhere and in a language, by page, count of pages and subject."""
ALIGNED = (0.5, 0.5, 0.5, 0.5, 1.0, 1.0, 0.0)
"""Where numbers and running heads stand: amid the page with most, at the right or the left."""
MAKERS = {
    "en": ("Bright Pages", "Sunny Sheets", "Class Notes Press", "The Worksheet Room"),
    "de": ("Blattwerk Schule", "Lernblatt Verlag"),
    "fr": ("Fiches de classe", "Le Cahier bleu"),
    "es": ("Fichas del aula", "Cuaderno Azul"),
}
"""Made-up makers of worksheets."""


def furniture(sheet: Sheet, rng: Rng) -> None:
    """Print what stands around the text, in letters smaller than that."""
    if sheet.plan.folio and sheet.given.get("heading"):
        house_furniture(sheet, rng)
        return
    small = sheet.body._replace(size=max(9, round(0.75 * sheet.unit)), spacing=0.0)
    edges = 0.08 * sheet.width, 0.92 * sheet.width
    paper = sheet.given.get("heading", "")
    if rng.random() < HEADED and not sheet.title and sheet.kind != "contents":  # no title stands twice
        text = paper or phrases.headline(rng, sheet.language, phrases.title_symbol(sheet.topic))
        _aligned(sheet, rng, text, 1.5 * small.size, edges, small)
        if rng.random() < 0.65:
            rule(sheet, edges[0], 2 * small.size, edges[1], 2 * small.size)
        if rng.random() < 0.15:
            rule(sheet, edges[0], 2.25 * small.size, edges[1], 2.25 * small.size)
    floor = sheet.height - small.size
    if rng.random() < NUMBERED:
        _aligned(sheet, rng, _number(sheet, rng), floor, edges, small)
    elif paper and sheet.language in MAKERS and rng.random() < CREDITED / (1 - NUMBERED):
        makers = MAKERS[sheet.language]
        text = f"© {makers[int(rng.integers(0, len(makers)))]} {int(rng.integers(2009, 2026))}"
        _aligned(sheet, rng, text, floor, edges, small)
    if paper and sheet.language in ("zh", "ja", "ko") and rng.random() < SEALED:
        seal(sheet, rng, small)


def _number(sheet: Sheet, rng: Rng) -> str:
    """A page's number: that of a first page where it has a title."""
    count = int(rng.choice([2, 2, 4, 4, 6, 8]))
    number = 1 if sheet.title else int(rng.integers(2, count + 1))
    subject = sheet.given.get("subject", "")
    ways = [*ANY, *PAGES.get(sheet.language, ())]
    ways = [way for way in ways if subject or "{2}" not in way]
    text = ways[int(rng.integers(0, len(ways)))].format(number, count, subject)
    return text[0].upper() + text[1:]


def _aligned(sheet: Sheet, rng: Rng, text: str, floor: float, edges: tuple[float, float], kind: Type) -> None:
    free = edges[1] - edges[0] - text_width(text, kind)
    at = float(rng.choice(ALIGNED))
    put_text(sheet, edges[0] + at * max(0.0, free), floor, text, kind, slot=False)
