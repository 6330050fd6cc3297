"""The argparse type of page numbers."""

from __future__ import annotations

import argparse
import re
import sys

_PART = re.compile(r"(\d+)(-(\d*))?")


def page_ranges(text: str) -> tuple[range, ...]:
    """Page numbers from 1: ``"1,4-6,9-"`` are the first, the fourth to sixth, and from the ninth on.

    Raises:
        ArgumentTypeError: another text.
    """
    ranges = []
    for part in text.split(","):
        match = _PART.fullmatch(part.strip())
        first = int(match[1]) if match else 0
        last = first if match is None or match[2] is None else int(match[3] or sys.maxsize - 1)
        if not 1 <= first <= last:
            raise argparse.ArgumentTypeError(
                f"{part!r} is no page, and no range of pages from 1; name them as in 1,4-6,9-"
            )
        ranges.append(range(first, last + 1))
    return tuple(ranges)
