"""The mask doctor's findings over one or more folders: duplicates, summary, table and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.markup import escape
from rich.table import Table

from restorekit.datasets.duplicates import Duplicate, find_duplicates
from restorekit.datasets.page_report import Finding, PageReport
from restorekit.version import __version__

MOST_FINDINGS = 50
"""Rows of a table; JSON lists all."""
LARGEST_BARE_SHARE = 0.5
"""A few pages without ink are good to train on; most of a folder are a mistake."""


def _of_ink(name: str) -> Callable[[PageReport], float | None]:
    return lambda page: None if page.ink is None else getattr(page.ink, name)


MEASURES: tuple[tuple[str, Callable[[PageReport], float | None], str], ...] = (
    ("PSNR of the input, dB", _of_ink("psnr"), "{:.1f}"),
    ("ink, share of the page", lambda page: page.ink_share, "{:.2%}"),
    ("ink that crosses print, share of it", _of_ink("crossing"), "{:.1%}"),
    ("rules drawn anew, share of it", _of_ink("redrawn"), "{:.1%}"),
    ("width of strokes, px", _of_ink("stroke_width"), "{:.1f}"),
    ("darkness of the ink", _of_ink("darkness"), "{:.0%}"),
    ("red ink, share of it", _of_ink("red"), "{:.0%}"),
    ("blue ink, share of it", _of_ink("blue"), "{:.0%}"),
    ("mask, share of the page", lambda page: page.mask_share, "{:.2%}"),
    ("shift of the ground truth, px", lambda page: page.registration and page.registration.length, "{:.2f}"),
    ("changed outside the mask", lambda page: page.changed_share, "{:.3%}"),
    ("tone outside the ink, levels", lambda page: None if page.tone is None else abs(page.tone), "{:.1f}"),
)
"""What is told of folders: its name, how to get it from a page, and how to write it."""


@dataclass
class Checkup:
    """The examined pages and what concerns more than one of them.

    Attributes:
        pages: every page, examined.
        duplicates: pages that show the same; ``place`` and ``likest`` are places in ``pages``.
    """

    pages: list[PageReport]
    duplicates: list[Duplicate] = field(default_factory=list)

    @property
    def problem_count(self) -> int:
        """How many pages have a problem."""
        return sum(page.has_problem for page in self.pages)


def conclude(pages: Sequence[PageReport]) -> Checkup:
    """Look for what single pages do not show, and add it to their findings.

    Two pages that show the same are a problem if they lie in different folders, as then a network is tested
    on what it has learnt; within one folder they are worth a note. A page without ink is a problem if most
    of its folder are.
    """
    found = find_duplicates([page.signature for page in pages], [page.folder for page in pages])
    checkup = Checkup(list(pages), found)
    _tell_duplicates(checkup)
    for folder in dict.fromkeys(page.folder for page in checkup.pages):
        within = [page for page in checkup.pages if page.folder == folder]
        bare = [page for page in within if any(finding.kind == "no_ink" for finding in page.findings)]
        if len(bare) > LARGEST_BARE_SHARE * len(within):
            for page in bare:
                page.add(
                    "copied",
                    f"{len(bare)} of {len(within)} pages of the folder show no ink: is the ground truth a"
                    " copy of the input?",
                )
    return checkup


def _tell_duplicates(checkup: Checkup) -> None:
    pages = checkup.pages
    for place, likest, similarity, across, more in checkup.duplicates:
        twin = pages[likest]
        where = _place(twin) if across else twin.name
        others = f" and {more} more" if more else ""
        message = f"shows the same page as {where}{others} (similarity {similarity:.3f})"
        pages[place].add("duplicate", message, problem=across)


def _place(page: PageReport) -> str:
    return f"{page.folder}/{page.name}"


def findings_table(checkup: Checkup) -> Table:
    """Findings and their pages, problems first, at most ``MOST_FINDINGS`` of them."""
    several = len({page.folder for page in checkup.pages}) > 1
    table = Table(title="findings", title_justify="left", show_lines=False)
    for column in ("page", "finding", "what"):
        table.add_column(column, overflow="fold")
    rows = [
        (page, finding)
        for problem in (True, False)
        for page in checkup.pages
        for finding in page.findings
        if finding.problem == problem
    ]
    for page, finding in rows[:MOST_FINDINGS]:
        name = f"{page.folder.name}/{page.name}" if several else page.name
        table.add_row(
            escape(name), finding.kind, escape(finding.message), style="red" if finding.problem else "dim"
        )
    if len(rows) > MOST_FINDINGS:
        table.caption = f"and {len(rows) - MOST_FINDINGS} more: --json FILE lists all"
    return table


def measures_table(checkup: Checkup) -> Table:
    """The spread of what was measured, several folders one below the other to be compared."""
    folders = list(dict.fromkeys(page.folder for page in checkup.pages))
    names = [folder.name for folder in folders]
    called = {f: f.name if names.count(f.name) == 1 else str(f) for f in folders}
    table = Table(title="measured", title_justify="left")
    for column in ("", *(["folder"] if len(folders) > 1 else []), "pages", "10%", "median", "90%", "largest"):
        table.add_column(column, justify="left" if column in ("", "folder") else "right")
    for name, measure, form in MEASURES:
        rows = []
        for folder in folders:
            found = (measure(page) for page in checkup.pages if page.folder == folder)
            known = sorted(value for value in found if value is not None)
            if known:
                places = (0.1, 0.5, 0.9, 1)
                told = [form.format(known[round(place * (len(known) - 1))]) for place in places]
                rows.append([*([escape(called[folder])] if len(folders) > 1 else []), str(len(known)), *told])
        for place, row in enumerate(rows):
            table.add_row("" if place else name, *row, end_section=len(folders) > 1 and row is rows[-1])
    return table


def as_json(checkup: Checkup) -> dict[str, Any]:
    """Everything that was measured and found, in JSON's types.

    Returns:
        ``restorekit``, the version; ``ok``, whether no page has a problem; ``folders``; ``page_count``;
        ``problem_count``, of pages; ``findings``, how many of each kind; ``duplicates``, at most two for each
        page: the ``page``, the ``likest`` of the others ``across`` to other folders (a problem) or within its
        own, their ``similarity`` (0.9 to 1), and how many ``more`` there are; ``pages``, each with its
        ``findings`` and with what the attributes of ``PageReport`` say, null where it could not be measured.
    """
    pages = checkup.pages
    return {
        "restorekit": __version__,
        "ok": checkup.problem_count == 0,
        "folders": [str(folder) for folder in dict.fromkeys(page.folder for page in pages)],
        "page_count": len(pages),
        "problem_count": checkup.problem_count,
        "findings": dict(Counter(finding.kind for page in pages for finding in page.findings)),
        "duplicates": [
            {
                "page": _place(pages[place]),
                "likest": _place(pages[likest]),
                "similarity": round(similarity, 4),
                "across": across,
                "more": more,
            }
            for place, likest, similarity, across, more in checkup.duplicates
        ],
        "pages": [_page_as_json(page) for page in pages],
    }


def _page_as_json(page: PageReport) -> dict[str, Any]:
    found = page.registration
    return {
        "folder": str(page.folder),
        "name": page.name,
        "size": None if page.size is None else {"height": page.size[0], "width": page.size[1]},
        "ink_share": _rounded(page.ink_share, 6),
        "mask_share": _rounded(page.mask_share, 6),
        "shift_px": None if found is None else [round(part, 3) for part in found.shift],
        "largest_local_shift_px": None if found is None else round(found.worst, 3),
        "swapped_share": _rounded(page.swapped_share, 4),
        "changed_share": _rounded(page.changed_share, 6),
        "tone_levels": _rounded(page.tone, 2),
        "ink": page.ink and {name: _rounded(value, 4) for name, value in page.ink._asdict().items()},
        "findings": [_finding_as_json(finding) for finding in page.findings],
    }


def _finding_as_json(finding: Finding) -> dict[str, Any]:
    return {"kind": finding.kind, "problem": finding.problem, "message": finding.message}


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
