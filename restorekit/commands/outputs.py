"""The argparse types of what commands write: what could not be written is refused before the work."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from restorekit.atomic import check_file, check_folder


def output_file(text: str) -> Path:
    """A file that can be written; folders above it are made when it is."""
    return _checked(text, check_file)


def output_folder(text: str) -> Path:
    """A folder that is there or can be made, and written to."""
    return _checked(text, check_folder)


def _checked(text: str, check: Callable[[Path], None]) -> Path:
    if not text:  # to Path it is the current folder
        raise argparse.ArgumentTypeError("an empty name, as a shell variable that is not set gives")
    if text == "-":
        raise argparse.ArgumentTypeError("standard output (-) takes erased pages alone; give it a name")
    try:
        check(Path(text))
    except OSError as error:
        raise argparse.ArgumentTypeError(str(error.strerror or error)) from error
    return Path(text)
