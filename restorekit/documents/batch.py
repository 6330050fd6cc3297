"""Many files: one after the other or some at once, whatever happens to any of them."""

from __future__ import annotations

import io
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import BinaryIO, Protocol

import numpy as np
from PIL import Image

from restorekit.atomic import DiskFullError, atomic_file, drop_abandoned, whole_to
from restorekit.documents.erasing import erase_document
from restorekit.documents.finished_pages import FinishedPages, keeping_pages
from restorekit.documents.opening import format_of, open_document
from restorekit.documents.options import EraseOptions
from restorekit.documents.page import Document, ErasedPage, PageSummary, Restore
from restorekit.documents.planning import Task

logger = logging.getLogger(__name__)
_POLL_SECONDS = 0.2
_OLDER_SECONDS = 2  # the coarsest clock of a file system, FAT's


class Watched(Protocol):
    """A ``Restore`` that tells how far it is; ``restorekit.Restorer.restore`` is one."""

    def __call__(
        self, array: np.ndarray, *, on_rows: Callable[[int], None] | None = None
    ) -> tuple[np.ndarray, np.ndarray | None]:
        """Restore a page, calling ``on_rows`` often, with the number of rows finished so far."""


class Watcher(Protocol):
    """Follows a batch; called from several threads."""

    def rows(self, share: float, pixels: int) -> None:
        """A share of a page, and as many pixels, are restored; both fall when a page begins again."""

    def page(self, task: Task, erased: ErasedPage | None, summary: PageSummary) -> None:
        """A page is done, or failed (then ``erased`` is None)."""

    def file(self, outcome: Outcome) -> None:
        """A file is done, failed or skipped."""


@dataclass(frozen=True)
class Outcome:
    """What became of a file.

    Attributes:
        task: the file.
        pages: what happened on each page.
        error: why there is no output; empty where there is.
        skipped: it was done before.
    """

    task: Task
    pages: list[PageSummary] = field(default_factory=list)
    error: str = ""
    skipped: bool = False

    @property
    def failed(self) -> bool:
        """Whether the file, or a page in it, could not be erased."""
        return bool(self.error) or any(page.error for page in self.pages)


class StoppedError(Exception):
    """The user wants no more; the file at hand is dropped."""


def erase_batch(
    restore: Watched,
    tasks: list[Task],
    options: EraseOptions,
    *,
    jobs: int,
    resume: bool,
    watcher: Watcher,
    made_by: str | None = None,
) -> list[Outcome]:
    """Erase files; one that fails is told in its outcome and stops no other.

    What a batch that was killed left half written beside the outputs goes.

    Args:
        restore: how a page is restored; several threads call it at once where ``jobs`` exceeds 1.
        tasks: the files.
        options: how.
        jobs: files at once; each holds one page.
        resume: skip files whose output is there, has no failed pages and is no older than they are, and of
            others the pages that an earlier batch was done with when it was cut off.
        watcher: follows.
        made_by: tells networks and settings apart where ``resume`` looks for pages; None keeps none for it.

    Raises:
        KeyboardInterrupt: the user interrupted; every output that is there is whole.
        DiskFullError: so is the disk; others would be erased for nothing.
    """
    stop = threading.Event()
    for folder in {os.path.dirname(os.path.realpath(task.target)) for task in tasks if task.target}:
        drop_abandoned(Path(folder))

    def work(task: Task) -> Outcome:
        if resume and is_done(task):
            return Outcome(task, skipped=True)
        return _erase_task(restore, task, options, watcher, stop, made_by, resume)

    futures: list[Future[Outcome]] = []
    done, told = SimpleQueue[Future[Outcome]](), set[Future[Outcome]]()
    with ThreadPoolExecutor(jobs) as pool:
        try:
            for task in tasks:
                futures.append(pool.submit(work, task))
                futures[-1].add_done_callback(done.put)
            while len(told) < len(futures):
                try:
                    future = done.get(timeout=_POLL_SECONDS)  # on Windows, Ctrl-C is heeded between two
                except Empty:
                    continue
                told.add(future)
                watcher.file(future.result())
        except BaseException:
            stop.set()
            logger.warning("stopping")
            pool.shutdown(wait=True, cancel_futures=True)
            for future in futures:
                if future not in told and not future.cancelled() and future.exception() is None:
                    watcher.file(future.result())
            raise
    return [future.result() for future in futures]


def is_done(task: Task) -> bool:
    """Whether a task's output is there and no older than its source; one with failed pages is dated older."""
    if task.source is None or task.target is None or task.source == task.target:
        return False
    try:
        return task.target.stat().st_mtime >= task.source.stat().st_mtime
    except OSError:
        return False


def _leave_undone(task: Task) -> None:
    """Date an output with pages that failed before its source, so that ``resume`` takes it up again."""
    if task.source is None or task.target is None or task.source == task.target or not task.target.is_file():
        return
    with suppress(OSError):
        os.utime(task.target, (time.time(), task.source.stat().st_mtime - _OLDER_SECONDS))


def count_pages(task: Task, options: EraseOptions) -> int:
    """Pages of a task's file to erase, 1 where that is not to be known (yet)."""
    if task.source is None:
        return 1
    with (
        suppress(Exception),
        closing(open_document(task.source, name=task.name, options=options)) as document,
    ):
        return len(options.wanted_pages(document.page_count))
    return 1


def _watched(
    restore: Watched, watcher: Watcher, stop: threading.Event, finished: FinishedPages | None
) -> Restore:
    """``restore`` that tells ``watcher``, heeds ``stop``, and knows pages again that are ``finished``."""

    def watched(array: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
        height, width = array.shape[:2]
        done = 0

        def on_rows(rows: int) -> None:
            nonlocal done
            if stop.is_set():
                raise StoppedError
            if rows != done:
                watcher.rows((rows - done) / height, (rows - done) * width)
                done = rows

        if stop.is_set():
            raise StoppedError
        if finished is None:
            return restore(array, on_rows=on_rows)
        if (known := finished.get(array)) is not None:
            watcher.rows(1.0, 0)
            return known
        result = restore(array, on_rows=on_rows)
        finished.put(array, *result)
        return result

    return watched


def _erase_task(
    restore: Watched,
    task: Task,
    options: EraseOptions,
    watcher: Watcher,
    stop: threading.Event,
    made_by: str | None,
    resume: bool,
) -> Outcome:
    def on_page(erased: ErasedPage | None, summary: PageSummary) -> None:
        if erased is not None and erased.mask is not None and task.mask is not None:
            _write_mask(task.mask, erased, many=document.page_count > 1)
        watcher.page(task, erased, summary)

    try:
        source = sys.stdin.buffer.read() if task.source is None else task.source
        with closing(open_document(source, name=task.name, options=options)) as document:
            format = format_of(task.target or "", document)
            with _finished(task, document, made_by, resume) as finished, _output(task.target) as file:
                pages = erase_document(
                    _watched(restore, watcher, stop, finished),
                    document,
                    file,
                    options,
                    format=format,
                    in_place=task.source is not None and task.source == task.target,
                    on_page=on_page,
                )
        if any(page.error for page in pages):
            _leave_undone(task)
        return Outcome(task, pages)
    except StoppedError:
        raise
    except DiskFullError:
        stop.set()  # here: the next file is begun before anybody hears of this one
        raise
    except Exception as error:  # whatever it is, the other files go on
        if os.environ.get("RESTOREKIT_TRACEBACK"):
            logger.exception("%s", task.name)
        text = getattr(error, "strerror", None) or str(error) or type(error).__name__
        if not isinstance(
            error, (ValueError, OSError, RuntimeError, MemoryError)
        ):  # nobody meant it to be read
            text += f" ({type(error).__name__}; RESTOREKIT_TRACEBACK=1 shows where it came up)"
        return Outcome(task, error=_with_name(text, task))


def _finished(
    task: Task, document: Document, made_by: str | None, resume: bool
) -> AbstractContextManager[FinishedPages | None]:
    """Where the pages of a file are kept; not of one alone, nor of what ``resume`` cannot find again."""
    target = task.target
    if made_by is None or target is None or task.source == target or document.page_count == 1:
        return nullcontext()
    if target.exists() and not target.is_file():  # a device or a pipe
        return nullcontext()
    return keeping_pages(Path(os.path.realpath(target)), made_by, resume=resume)


def _with_name(text: str, task: Task) -> str:
    known = (task.name, str(task.target))
    return text if any(name in text for name in known) else f"{task.name}: {text}"


def _output(target: Path | None) -> AbstractContextManager[BinaryIO]:
    """The file to write; standard output gets it whole, at the end."""
    return whole_to(sys.stdout.buffer, "standard output") if target is None else atomic_file(target)


def _write_mask(place: Path, erased: ErasedPage, *, many: bool) -> None:
    number = f"-p{erased.number:04d}" if many else ""
    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(erased.mask)).save(buffer, format="PNG")
    with atomic_file(place.with_name(f"{place.name}{number}.png")) as file:
        file.write(buffer.getvalue())


def flagged(outcomes: list[Outcome]) -> list[tuple[Task, PageSummary]]:
    """The pages that somebody should look at."""
    return [(outcome.task, page) for outcome in outcomes for page in outcome.pages if page.warnings]
