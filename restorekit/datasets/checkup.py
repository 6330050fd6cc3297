"""The mask doctor's findings over one or more folders: duplicates, summary, table and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.markup import escape
from rich.table import Table

from restorekit.datasets.duplicates import Duplicate, find_duplicates
from restorekit.datasets.page_report import Finding, PageReport
from restorekit.version import __version__

SWAPPED_SHARE = 0.8


@dataclass
class Checkup:
    """The examined pages and what concerns more than one of them.

    Attributes:
        pages: every page, examined.
        duplicates: pages that show the same; ``first`` and ``second`` are places in ``pages``.
        notes: remarks on a whole folder.
    """

    pages: list[PageReport]
    duplicates: list[Duplicate] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def problem_count(self) -> int:
        """How many pages have a problem."""
        return sum(page.has_problem for page in self.pages)


def conclude(pages: Sequence[PageReport]) -> Checkup:
    """Look for what single pages do not show, and add it to their findings.

    Two pages that show the same are a problem if they lie in different folders, as then a network is tested
    on what it has learnt; within one folder they are worth a note.
    """
    checkup = Checkup(list(pages), find_duplicates([page.signature for page in pages]))
    for first, second, similarity in checkup.duplicates:
        one, other = checkup.pages[first], checkup.pages[second]
        across = one.folder != other.folder
        for page, twin in ((one, other), (other, one)):
            where = f"{twin.folder}/{twin.name}" if across else twin.name
            page.add(
                "duplicate", f"shows the same page as {where} (similarity {similarity:.3f})", problem=across
            )
    for folder in dict.fromkeys(page.folder for page in checkup.pages):
        told = [
            page.darker_share
            for page in checkup.pages
            if page.folder == folder and page.darker_share is not None
        ]
        if told and sum(share > SWAPPED_SHARE for share in told) > SWAPPED_SHARE * len(told):
            checkup.notes.append(
                f"{folder}: the ground truth is the darker of the two where they differ. That is right"
                " for white marks; for ink, images/ and gts/ are swapped"
            )
    return checkup


def findings_table(checkup: Checkup, *, most: int = 50) -> Table:
    """Pages with findings, problems first, at most ``most`` of them."""
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
    for page, finding in rows[:most]:
        name = f"{page.folder.name}/{page.name}" if several else page.name
        table.add_row(
            escape(name), finding.kind, escape(finding.message), style="red" if finding.problem else "dim"
        )
    if len(rows) > most:
        table.caption = f"and {len(rows) - most} more: --json FILE lists all"
    return table


def measures_table(checkup: Checkup) -> Table:
    """The spread of what was measured: median, tenth from the top, largest."""
    table = Table(title="measured", title_justify="left")
    for column in ("", "pages", "median", "90%", "largest"):
        table.add_column(column, justify="left" if column == "" else "right")
    pages = checkup.pages
    shifts = [page.registration.length for page in pages if page.registration is not None]
    tones = [abs(page.tone) for page in pages if page.tone is not None]
    for name, values, form in (
        ("ink, share of the page", [page.ink_share for page in pages], "{:.2%}"),
        ("mask, share of the page", [page.mask_share for page in pages], "{:.2%}"),
        ("shift of the ground truth, px", shifts, "{:.2f}"),
        ("changed outside the mask", [page.changed_share for page in pages], "{:.3%}"),
        ("tone outside the ink, levels", tones, "{:.1f}"),
    ):
        known = sorted(value for value in values if value is not None)
        if known:
            told = (known[len(known) // 2], known[int(0.9 * (len(known) - 1))], known[-1])
            table.add_row(name, str(len(known)), *(form.format(value) for value in told))
    return table


def as_json(checkup: Checkup) -> dict[str, Any]:
    """Everything that was measured and found, in JSON's types."""
    pages = checkup.pages
    return {
        "restorekit": __version__,
        "ok": checkup.problem_count == 0,
        "folders": [str(folder) for folder in dict.fromkeys(page.folder for page in pages)],
        "page_count": len(pages),
        "problem_count": checkup.problem_count,
        "findings": dict(Counter(finding.kind for page in pages for finding in page.findings)),
        "notes": checkup.notes,
        "duplicates": [
            {
                "first": f"{pages[first].folder}/{pages[first].name}",
                "second": f"{pages[second].folder}/{pages[second].name}",
                "similarity": round(similarity, 4),
            }
            for first, second, similarity in checkup.duplicates
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
        "darker_share": _rounded(page.darker_share, 4),
        "changed_share": _rounded(page.changed_share, 6),
        "tone_levels": _rounded(page.tone, 2),
        "findings": [_finding_as_json(finding) for finding in page.findings],
    }


def _finding_as_json(finding: Finding) -> dict[str, Any]:
    return {"kind": finding.kind, "problem": finding.problem, "message": finding.message}


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
