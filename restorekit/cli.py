"""The ``restorekit`` command. Each subcommand is a module of ``restorekit.commands``, imported when used."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import re
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from restorekit.version import __version__

COMMANDS = {
    "convert": "turn other authors' weights into a weights folder",
    "erase": "take handwriting off pages, or watermarks off pictures: files, folders, PDF",
    "evaluate": "score a folder of restored pictures against the ground truth",
    "masks": "make masks from pairs, and check a paired folder",
    "synthesize": "make pages with handwriting, or pictures with watermarks, from nothing",
}

MENDABLE = (ValueError, TypeError, KeyError, OSError, ImportError, AssertionError)
"""What is raised where a user gave something wrong."""
OURS = Path(__file__).parent
_FRAMEWORK = re.compile(r"[/\\](site|dist)-packages[/\\](torch|mmengine)[/\\]")
_FROM_WORKER = re.compile(r"Caught \w+ in DataLoader worker process \d+\.\n")
"""How torch begins an error of a worker; the worker's traceback follows, as text."""
_RAISED = re.compile(r"^([\w.]+)(?:: (.*))?", re.MULTILINE | re.DOTALL)
"""How a traceback ends, behind its frames: the type of the error, and what it says."""
_FRAME = re.compile(r'^  File "(.+)", line (\d+), in .+\n +(.*)', re.MULTILINE)


@dataclass
class Outcome:
    """How a command ended: 0 well, 1 something was found wrong, 2 it could not be done."""

    code: int = 0


class _Unfailing:
    """Standard error where its terminal may go, or its disk be full: what cannot be told ends no work."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write ``text``, or lose it."""
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Write what is held back, or lose it."""
        with suppress(OSError):
            self._stream.flush()


@contextmanager
def report_errors(*, interrupted: str = "interrupted") -> Iterator[Outcome]:
    """Turn what a user can mend into one line on standard error and exit code 2.

    An error that nobody raised with words of his own, such as a plugin's KeyError, is told with its place; so
    is an assertion, by which mmengine refuses a config's values, and an error of any other type that came up
    in a plugin. One that came up in restorekit has its traceback: it is a defect.

    Args:
        interrupted: what to say after Ctrl-C (exit code 130) where the interrupt itself says nothing.

    Set ``RESTOREKIT_TRACEBACK=1`` for the whole traceback.
    """
    outcome = Outcome()
    if isinstance(sys.stdout, io.TextIOWrapper):  # as standard error does: no name of a file ends the work
        sys.stdout.reconfigure(errors="backslashreplace")
    # where standard error is closed, what is printed there would go among the pages on standard output
    errors = sys.stderr or open(os.devnull, "w")  # noqa: SIM115  (the process's own)
    with redirect_stderr(_Unfailing(errors)):
        yield from _reporting(outcome, interrupted)


def _reporting(outcome: Outcome, interrupted: str) -> Iterator[Outcome]:
    try:
        yield outcome
    except KeyboardInterrupt as stop:
        print(str(stop) or interrupted, file=sys.stderr)
        outcome.code = 128 + getattr(stop, "number", signal.SIGINT)
    except Exception as error:
        frames = _frames(error)
        place = next((frame for frame in reversed(frames) if not _FRAMEWORK.search(frame[0])), frames[-1])
        mendable = isinstance(error, MENDABLE) or not Path(place[0]).is_relative_to(OURS)
        if os.environ.get("RESTOREKIT_TRACEBACK") or not mendable:
            raise
        in_words = isinstance(error, MENDABLE) and frames[-1][2].startswith("raise") and _said(error)[1]
        print(f"error: {_told(error, '' if in_words else ':'.join(place[:2]))}", file=sys.stderr)
        outcome.code = 2


def _frames(error: Exception) -> list[tuple[str, str, str]]:
    """File, line and source of what was called, down to the fault, in a data loader's worker too."""
    frames = [(f.filename, str(f.lineno), f.line or "") for f in traceback.extract_tb(error.__traceback__)]
    return frames + (_FRAME.findall(str(error)) if _FROM_WORKER.match(str(error)) else [])


def _said(error: Exception) -> tuple[str, str]:
    """An error's type and what it says, in a data loader's worker those of the worker's."""
    message = str(error.args[0] if isinstance(error, KeyError) and error.args else error)
    if not _FROM_WORKER.match(message):
        return type(error).__name__, message
    *_, last = _FRAME.finditer(message)
    raised = _RAISED.search(message, last.end())
    assert raised is not None  # every traceback ends so
    return raised[1].rpartition(".")[2], (raised[2] or "").strip()


def _told(error: Exception, place: str) -> str:
    """What an error says, and its place if one is given."""
    name, message = _said(error)
    if isinstance(error, OSError):  # "[Errno 28]" says nothing beside words
        file = "" if error.filename is None else f": {error.filename}"
        return f"{error.strerror}{file}" if error.strerror else message
    if not place:
        return message
    came = f"{name} at {place}; RESTOREKIT_TRACEBACK=1 shows how it came there"
    return f"{message} ({came})" if message else came


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    argv = sys.argv[1:] if argv is None else argv
    width = max(map(len, COMMANDS))
    listing = "\n".join(f"  {name:<{width}}  {text}" for name, text in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="restorekit",
        description="Restore images: erase handwriting, remove watermarks.",
        epilog=f"commands:\n{listing}\n\n`restorekit COMMAND --help` tells more."
        " RESTOREKIT_TRACEBACK=1\nbefore a command shows where an error comes from.\n\n"
        "Training and testing run from the project's folder, or an unpacked sdist:\n"
        "`python tools/train.py --help` and `python tools/test.py --help` there.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"restorekit {__version__}")
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    command = parser.parse_args(argv[:1] or ["--help"]).command
    module = importlib.import_module(f"restorekit.commands.{command}")
    own = argparse.ArgumentParser(
        prog=f"restorekit {command}",
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(own)
    args = own.parse_args(argv[1:])
    with report_errors() as outcome:
        outcome.code = module.run(args)
    return outcome.code


if __name__ == "__main__":
    sys.exit(main())
