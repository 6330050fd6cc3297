from pathlib import Path

import numpy as np
import pytest

from restorekit.documents import ErasedPage, Outcome, PageSummary, Task, progress
from restorekit.documents.progress import ProgressWatcher, describe, failures

TASK = Task(Path("a.pdf"), Path("b.pdf"))
PAGE = ErasedPage(1, *[np.zeros((2, 3), np.uint8)] * 3)


def bar(watcher):
    (task,) = watcher._bar.tasks
    return task


def test_rows_and_pages_move_the_bar_and_tell_the_speed(monkeypatch):
    clock = [10.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: clock[0])
    watcher = ProgressWatcher(pages=3, report=None)
    clock[0] = 12.0
    watcher.rows(0.5, 2_000_000)
    watcher.rows(0.5, 1_000_000)
    assert watcher.speed == 1.5
    assert (bar(watcher).completed, bar(watcher).total) == (1.0, 3)
    watcher.page(TASK, PAGE, PageSummary(1))  # its rows were counted
    watcher.page(TASK, None, PageSummary(2, error="damaged"))
    watcher.page(TASK, ErasedPage(3, None, None, None, asked=False), PageSummary(3, passed=True))
    assert (bar(watcher).completed, bar(watcher).fields["done"]) == (3.0, 3)


def test_a_line_a_minute_is_printed_where_there_is_no_terminal(monkeypatch, capsys):
    """A book is one file."""
    clock = [10.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: clock[0])
    watcher = ProgressWatcher(pages=200, report=None)
    watcher.rows(1.0, 30_000_000)
    for clock[0] in (20.0, 70.0, 80.0):
        watcher.page(TASK, PAGE, PageSummary(1))
    assert capsys.readouterr().err == "2 of 200 pages, 0.50 megapixels/s\n"


def test_a_line_a_file_is_printed_where_there_is_no_terminal_but_not_of_failures(capsys):
    watcher = ProgressWatcher(pages=1, report=None)
    outcomes = [Outcome(TASK, [PageSummary(1, changed=0.25)]), Outcome(TASK, error="a.pdf is empty")]
    for outcome in outcomes:
        watcher.file(outcome)
    assert capsys.readouterr().err == "a.pdf: 1 page erased, 25.00% of the pixels changed\n"
    assert watcher.outcomes == outcomes


@pytest.mark.parametrize(
    ("pages", "line"),
    [
        (
            [PageSummary(1, changed=0.1), PageSummary(2, changed=0.3)],
            "2 pages erased, 20.00% of the pixels changed",
        ),
        (
            [PageSummary(1, changed=0.1), PageSummary(2, passed=True)],
            "1 page erased, 10.00% of the pixels changed; 1 passed through",
        ),
        ([PageSummary(1, passed=True)], "0 pages erased, 0.00% of the pixels changed; 1 passed through"),
    ],
)
def test_what_went_well_is_told_in_a_line(pages, line):
    assert describe(Outcome(TASK, pages)) == f"a.pdf: {line}"


def test_what_failed_names_its_file_once():
    pages = [
        PageSummary(1),
        PageSummary(2, error="no memory"),
        PageSummary(3, error="a.pdf, page 3 is damaged"),
    ]
    assert failures(Outcome(TASK, pages)) == ["a.pdf, page 2: no memory", "a.pdf, page 3 is damaged"]
    assert failures(Outcome(TASK, error="a.pdf is empty")) == ["a.pdf is empty"]
