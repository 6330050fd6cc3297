"""How erasing ends before it is done, and how to go on."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from restorekit.atomic import drop_unfinished
from restorekit.wording import counted

if TYPE_CHECKING:
    from restorekit.documents import Outcome, Task

_INTERRUPTIONS = [  # Ctrl-C, an end that is asked for, and that of the terminal (or of ssh)
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise a KeyboardInterrupt at the first of ``_INTERRUPTIONS``; the next one ends the process.

    Two would be too many: threads whose end a KeyboardInterrupt has cut short the waiting for count as ended
    (bpo-45274), and the process would abort under them.
    """
    before: dict[signal.Signals, Any] = {}

    def interrupt(number: int, frame: object) -> None:
        for kind in before:
            signal.signal(kind, end)
        raise KeyboardInterrupt

    def end(number: int, frame: object) -> None:
        if os.isatty(2):
            os.write(2, b"\x1b[?25h\n")  # the cursor, which the bar hides
        drop_unfinished()
        os._exit(130)

    for kind in _INTERRUPTIONS:
        if signal.getsignal(kind) is not signal.SIG_IGN:  # as in the background of a shell
            before[kind] = signal.signal(kind, interrupt)
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


def how_to_go_on(tasks: list[Task], outcomes: list[Outcome], *, in_place: bool) -> str:
    """What to do after an interruption; files that were replaced cannot be told from others."""
    done = [outcome.task for outcome in outcomes if not outcome.failed]
    left = [task.name for task in tasks if task not in done]
    said = f"done: {len(done)} of {counted(len(tasks), 'file')}"
    if any(task.source is None or task.target is None for task in tasks):  # standard input or output
        return said
    if not in_place:
        return f"{said}; --resume goes on from there"
    more = f" and {len(left) - 5} more" if len(left) > 5 else ""
    return f"{said}; name the others to go on: {', '.join(left[:5])}{more}"
