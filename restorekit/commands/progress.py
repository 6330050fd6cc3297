"""A progress bar on standard error, where somebody can see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def track(items: Iterable[Item], what: str, *, total: int) -> Iterator[Item]:
    """Pass items on under a bar, which goes when they end.

    Args:
        items: what is worked on, or what comes of it.
        what: is done with them, such as ``"scoring"``.
        total: how many there are.
    """
    from rich.console import Console
    from rich.progress import track

    errors = Console(stderr=True)
    yield from track(items, what, total, console=errors, transient=True, disable=not errors.is_terminal)
