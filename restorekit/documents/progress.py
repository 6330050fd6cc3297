"""What a user sees while a batch runs."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from restorekit.documents.batch import Outcome
from restorekit.documents.page import ErasedPage, PageSummary
from restorekit.documents.planning import Task
from restorekit.documents.report import Report
from restorekit.wording import counted

_SECONDS_A_LINE = 60  # where no bar is seen: a book is one file, and takes an hour


class ProgressWatcher:
    """A ``Watcher``: a bar on a terminal, elsewhere a line a file and a minute, and the report.

    Args:
        pages: how many pages there are.
        report: gets the pages; None for no report.
    """

    def __init__(self, *, pages: int, report: Report | None) -> None:
        self.console = Console(stderr=True)
        self.report = report
        self.outcomes: list[Outcome] = []
        self._lock = threading.Lock()
        self._done, self._started, self._pixels = 0, time.monotonic(), 0
        self._pages, self._told = pages, self._started
        self._bar = Progress(
            TextColumn("{task.fields[done]} of {task.total:.0f} pages"),
            BarColumn(),
            TextColumn("{task.fields[speed]:.2f} megapixels/s, left:"),
            TimeRemainingColumn(),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        )
        self._task = self._bar.add_task("", total=pages, done=0, speed=0.0)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show the bar, and the package's warnings above it."""
        handler = _ToConsole(self.console)
        package = logging.getLogger("restorekit")
        package.addHandler(handler)
        try:
            with self._bar:
                yield
        finally:
            package.removeHandler(handler)

    @property
    def speed(self) -> float:
        """Megapixels a second so far."""
        return self._pixels / 1e6 / max(time.monotonic() - self._started, 1e-6)

    def rows(self, share: float, pixels: int) -> None:
        """Advance by a share of a page."""
        with self._lock:
            self._pixels += pixels
            self._bar.update(self._task, advance=share, speed=self.speed)

    def page(self, task: Task, erased: ErasedPage | None, summary: PageSummary) -> None:
        """Count a page."""
        if self.report is not None:
            self.report.add(task, erased, summary)
        with self._lock:
            self._done += 1
            self._bar.update(self._task, done=self._done)
            if erased is None or not erased.asked:
                self._bar.update(self._task, advance=1)
            if not self.console.is_terminal and time.monotonic() - self._told >= _SECONDS_A_LINE:
                self._told = time.monotonic()
                told = f"{self._done} of {self._pages} pages, {self.speed:.2f} megapixels/s"
                self.console.print(told, soft_wrap=True, highlight=False)

    def file(self, outcome: Outcome) -> None:
        """Remember the outcome, and print a line where no bar is seen."""
        self.outcomes.append(outcome)
        if not self.console.is_terminal and not outcome.failed:
            self.console.print(escape(describe(outcome)), soft_wrap=True, highlight=False)


class _ToConsole(logging.Handler):
    def __init__(self, console: Console) -> None:
        super().__init__(logging.WARNING)
        self.console = console

    def emit(self, record: logging.LogRecord) -> None:
        """Print above the bar."""
        self.console.print(escape(self.format(record)), soft_wrap=True, highlight=False)


def failures(outcome: Outcome) -> list[str]:
    """A line on each thing that failed in a file."""
    if outcome.error:
        return [outcome.error]
    name = outcome.task.name
    return [
        page.error if name in page.error else f"{name}, page {page.number}: {page.error}"
        for page in outcome.pages
        if page.error
    ]


def describe(outcome: Outcome) -> str:
    """A line on a file that went well."""
    if outcome.skipped:
        return f"{outcome.task.name}: done before"
    erased = [page for page in outcome.pages if not page.passed]
    passed = len(outcome.pages) - len(erased)
    changed = sum(page.changed for page in erased) / max(len(erased), 1)
    pages = f"{counted(len(erased), 'page')} erased, {changed:.2%} of the pixels changed"
    return f"{outcome.task.name}: {pages}" + (f"; {passed} passed through" if passed else "")
