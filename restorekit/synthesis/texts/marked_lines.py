"""Text files whose every line begins with a mark of what it is: whole papers and whole notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path


def read_marked(
    path: Path, keys: Sequence[str], marks: Mapping[str, str]
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """What a file says of itself, and its lines.

    Args:
        path: lines ``key: value``, an empty line, and lines that begin with a mark and a space.
        keys: what it may say of itself; what it does not say is empty.
        marks: kinds of lines by their marks.

    Returns:
        The values by key, and the kind and the text of each line.

    Raises:
        ValueError: a key or a mark that is none.
    """
    head, _, body = path.read_text(encoding="utf-8").strip().partition("\n\n")
    said = dict.fromkeys(keys, "")
    for line in head.splitlines():
        key, _, value = line.partition(": ")
        if key not in said:
            raise ValueError(f"{path.name}: no key {key!r}; expected one of {', '.join(keys)}")
        said[key] = value
    lines = []
    for line in filter(None, body.splitlines()):
        mark, _, text = line.partition(" ")
        if mark not in marks:
            raise ValueError(f"{path.name}: no mark {mark!r} in {line!r}; expected one of {' '.join(marks)}")
        lines.append((marks[mark], text))
    return said, lines
