"""What became of a batch, in JSON's types, for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from restorekit.documents.batch import Outcome
from restorekit.documents.page import PageSummary
from restorekit.documents.planning import Task
from restorekit.version import __version__


def as_json(tasks: Sequence[Task], outcomes: Sequence[Outcome], problems: Sequence[str]) -> dict[str, Any]:
    """A batch as JSON holds it.

    Args:
        tasks: the files that were to be erased.
        outcomes: what became of them; those of some lack where the batch was interrupted.
        problems: what else went wrong, such as inputs that could not be read.

    Returns:
        ``restorekit``, the version; ``ok``, whether every file is done and nothing went wrong; ``problems``;
        ``files``, each with ``source`` and ``target`` (null for standard input and output), ``status``
        (``"done"``, ``"skipped"`` as done before, ``"failed"`` where there is no output or a page in it
        failed, ``"left"`` where the batch did not come to it), ``error``, and ``pages``, each with what the
        attributes of ``PageSummary`` say.
    """
    found = {outcome.task: outcome for outcome in outcomes}
    files = [_file(task, found.get(task)) for task in tasks]
    ok = not problems and all(file["status"] in ("done", "skipped") for file in files)
    return {"restorekit": __version__, "ok": ok, "problems": list(problems), "files": files}


def _file(task: Task, outcome: Outcome | None) -> dict[str, Any]:
    if outcome is None:
        status = "left"
    elif outcome.failed:
        status = "failed"
    else:
        status = "skipped" if outcome.skipped else "done"
    return {
        "source": None if task.source is None else str(task.source),
        "target": None if task.target is None else str(task.target),
        "status": status,
        "error": "" if outcome is None else outcome.error,
        "pages": [] if outcome is None else [_page(page) for page in outcome.pages],
    }


def _page(page: PageSummary) -> dict[str, Any]:
    height, width = page.size
    return {
        "number": page.number,
        "size": {"height": height, "width": width},
        "changed": round(page.changed, 6),
        "warnings": list(page.warnings),
        "error": page.error,
        "passed": page.passed,
    }
