"""From what a user names to files in and files out."""

from __future__ import annotations

import glob
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from restorekit.atomic import check_folder, refuse_taken
from restorekit.documents.opening import is_supported

STREAM = "-"
UNREAD = (
    *(".heic", ".heif", ".avif", ".gif", ".jxl", ".dng"),
    *(".jp2", ".jpx", ".j2k", ".djvu", ".pbm", ".pgm", ".ppm", ".pnm", ".psd", ".tga"),
)
"""Suffixes of pictures that phones, scanners and archives leave in a folder and that are not read."""


@dataclass(frozen=True)
class Task:
    """A file to erase.

    Attributes:
        source: the file; None for standard input.
        target: where to; None for standard output.
        mask: where to write masks, without number and suffix; None for nowhere.
    """

    source: Path | None
    target: Path | None
    mask: Path | None = None

    @property
    def name(self) -> str:
        """What messages call it."""
        return "standard input" if self.source is None else str(self.source)


@dataclass(frozen=True)
class Plan:
    """What there is to do, and a line on each input that cannot be done."""

    tasks: list[Task]
    problems: list[str]


def plan(
    inputs: list[str],
    output: str | None,
    *,
    in_place: bool = False,
    mask_folder: Path | None = None,
    reports: Mapping[str, Path] | None = None,
) -> Plan:
    """Find the files to erase and where each of them goes.

    A file is taken once, whatever its names. It goes to ``output`` itself where that is a file or has a
    suffix, else into the folder ``output``. What lies in a folder, or below the fixed part of a pattern,
    keeps its place in the tree. Hidden files, other kinds of files, and what lies in ``output`` or
    ``mask_folder`` below them are left out; pictures that are not read are named, and so are links in a
    folder that lead to folders outside of it, which are not followed.

    Args:
        inputs: files, folders, patterns (``**`` reaches into subfolders), or ``-`` alone.
        output: a file, a folder or ``-``; None with ``in_place``.
        in_place: each file replaces itself.
        mask_folder: where masks go, in the same tree.
        reports: files that will be written besides, by the options that name them.

    Raises:
        ValueError: inputs and output do not fit each other.
        OSError: the output cannot be written there.
    """
    for text in inputs:
        if text.startswith("-") and text != STREAM and not os.path.lexists(text):
            raise ValueError(f"there is no file {text}; options stand before --, after which all is a file")
    if in_place == (output is not None):
        raise ValueError(
            "name the output with -o, or erase the files themselves with --in-place; one of both"
        )
    _check_names(inputs, output)
    if STREAM in inputs:
        task = _stream_task(inputs, output, mask_folder)
        _refuse_in_the_way([(task.source, task.target)], [task.mask], reports or {})
        return Plan([task], [])
    problems: list[str] = []
    left_out = {Path(folder).resolve() for folder in (output, mask_folder) if folder is not None}
    found = _find_once(inputs, left_out, problems, in_place=in_place)
    if not found:
        return Plan([], problems)
    if in_place:
        pairs: list[tuple[Path, Path | None]] = [(source, source) for source, _ in found]
    elif output == STREAM:
        if len(found) != 1:
            raise ValueError(f"standard output takes one file; got {len(found)}: name a folder with -o")
        pairs = [(found[0][0], None)]
    else:
        assert output is not None  # checked above
        check_folder(Path(output) if _is_folder(output) else Path(output).parent)
        pairs = _targets(inputs, found, output)
        _refuse_overwriting(pairs)
    masks = _mask_places(found, mask_folder)
    _refuse_in_the_way(pairs, masks, reports or {})
    tasks = [Task(source, target, mask) for (source, target), mask in zip(pairs, masks, strict=True)]
    return Plan(tasks, problems)


def _check_names(inputs: list[str], output: str | None) -> None:
    """Raise for an empty name, and for a stream that is closed."""
    if "" in (*inputs, output):  # to Path it is the current folder
        raise ValueError(
            "an empty name, as a shell variable that is not set gives; name the files, or . for this folder"
        )
    streams = (STREAM in inputs, sys.stdin, "input"), (output == STREAM, sys.stdout, "output")
    for given, stream, name in streams:
        if given and stream is None:  # as some services leave it
            raise ValueError(f"standard {name} (-) is closed; name a file")


def _find_once(
    inputs: list[str], left_out: set[Path], problems: list[str], *, in_place: bool
) -> list[tuple[Path, Path]]:
    """What ``_find`` finds for all the inputs, each file once for each place that it goes to."""
    once: dict[tuple[str, Path | None], tuple[Path, Path]] = {}
    for text in inputs:
        try:
            for source, relative in _find(text, left_out, problems):
                key = os.path.realpath(source), None if in_place else relative
                once.setdefault(key, (source, relative))
        except OSError as error:
            problems.append(f"{text} cannot be read: {error.strerror}; it is left out")
    return list(once.values())


def _stream_task(inputs: list[str], output: str | None, mask_folder: Path | None) -> Task:
    if len(inputs) > 1 or output is None:
        raise ValueError("standard input (-) stands alone, and needs an output: -o FILE or -o -")
    target = None if output == STREAM else Path(output)
    if target is not None and _is_folder(output):
        raise ValueError(f"{output} is a folder, and standard input has no name; name a file in it")
    mask = mask_folder / "page" if mask_folder is not None else None
    return Task(None, target, mask)


def _find(text: str, left_out: set[Path], problems: list[str]) -> Iterator[tuple[Path, Path]]:
    """Files, each with the path that it keeps below the output folder."""
    path = Path(text)
    if path.is_dir():
        root, files = path, list(_walk(path, left_out, problems))
        none = f"{text} holds no JPEG, PNG, TIFF, WebP, BMP or PDF; name another folder"
    elif path.is_file():
        yield path, Path(path.name)
        return
    elif path.exists():
        problems.append(f"{text} is a pipe or a device; give it as standard input: - < {text}")
        return
    elif glob.has_magic(text):
        root = _fixed_part(path)
        files = list(_matches(text, root, left_out))
        none = f"nothing that can be erased matches {text}; check the pattern"
    else:
        problems.append(f"there is no {text}; check the path")
        return
    inside = [(file, file.relative_to(root)) for file in files if is_supported(file)]
    unread = [file for file in files if file.suffix.lower() in UNREAD]
    if unread:
        problems.append(
            f"{text} holds pictures that cannot be read ({len(unread)}), such as {unread[0].name};"
            " save them as JPEG or PNG"
        )
    elif not inside:
        problems.append(none)
    yield from inside


def _walk(folder: Path, left_out: set[Path], problems: list[str]) -> Iterator[Path]:
    def shut(error: OSError) -> None:
        problems.append(
            f"the folder {error.filename} cannot be read: {error.strerror}; its files are left out"
        )

    for parent, folders, files in os.walk(folder, onerror=shut):
        here = Path(parent)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and ((here / name).resolve() not in left_out)
        )
        for link in (here / name for name in folders if (here / name).is_symlink()):
            if not link.resolve().is_relative_to(folder.resolve()):  # else its files are met anyway
                problems.append(
                    f"{link} is a link to another folder, and is left out; name it as an input too"
                )
        for file in (here / name for name in sorted(files) if not name.startswith(".")):
            if os.path.isfile(file) or not os.path.exists(file):  # a pipe would be waited for without end
                yield file


def _matches(pattern: str, root: Path, left_out: set[Path]) -> Iterator[Path]:
    below = {folder for folder in left_out if root.resolve() in folder.parents}
    for match in sorted(glob.glob(pattern, recursive=True)):
        file = Path(match)
        if file.is_file() and below.isdisjoint(file.resolve().parents):
            yield file


def _fixed_part(pattern: Path) -> Path:
    parts = []
    for part in pattern.parts[:-1]:
        if glob.has_magic(part):
            break
        parts.append(part)
    return Path(*parts)


def _targets(
    inputs: list[str], found: list[tuple[Path, Path]], output: str
) -> list[tuple[Path, Path | None]]:
    folder = Path(output)
    single = len(inputs) == 1 and Path(inputs[0]).is_file()
    is_folder = _is_folder(output)
    if single and not is_folder and (folder.suffix or folder.exists()):
        return [(found[0][0], folder)]
    if not is_folder and (folder.exists() or is_supported(folder)):
        raise ValueError(
            f"{output} names a file, but folders, patterns and several inputs need a folder; name one with"
            " -o, and end it with / if you mean one"
        )
    return [(source, folder / relative) for source, relative in found]


def _is_folder(output: str) -> bool:
    return Path(output).is_dir() or output.endswith(("/", os.sep))


def _refuse_overwriting(pairs: list[tuple[Path, Path | None]]) -> None:
    sources = {os.path.realpath(source): source for source, _ in pairs}
    taken: dict[str, Path] = {}
    for source, target in pairs:
        assert target is not None  # only standard output has none
        real = os.path.realpath(target)
        if real in sources or (target.exists() and source.exists() and os.path.samefile(source, target)):
            raise ValueError(
                f"{target} is an input too and would be overwritten; name another output, or mean it:"
                " --in-place instead of -o"
            )
        if real in taken:
            raise ValueError(
                f"{taken[real]} and {source} would both become {target}; erase them separately, or name the"
                " folder above them, whose tree is kept"
            )
        taken[real] = source


def _refuse_in_the_way(
    pairs: Sequence[tuple[Path | None, Path | None]], masks: list[Path | None], reports: Mapping[str, Path]
) -> None:
    """Refuse masks and reports that would take the place of a page, and files that would take a folder's."""
    pages = {os.path.realpath(path): path for pair in pairs for path in pair if path is not None}
    places = {
        os.path.join(os.path.realpath(place.parent), place.name) for place in masks if place is not None
    }
    for real, page in pages.items():
        name, suffix = os.path.splitext(real)
        if suffix == ".png" and not places.isdisjoint((name, re.sub(r"-p\d+$", "", name))):
            raise ValueError(f"--mask-out: a mask would take the place of {page}; name another folder")
    refuse_taken(reports, pages.values())
    written = pages | {os.path.realpath(report): report for report in reports.values()}
    nearest = {os.path.dirname(path) for path in (*pages, *places)}
    folders = nearest.union(*(map(str, Path(folder).parents) for folder in nearest))
    for real in folders.intersection(written):
        raise ValueError(f"{written[real]} is to be a folder of pages or masks; name another file")


def _mask_places(found: list[tuple[Path, Path]], mask_folder: Path | None) -> list[Path | None]:
    """One place each; files that differ in their suffix alone keep it."""
    if mask_folder is None:
        return [None] * len(found)
    stems = [relative.with_suffix("") for _, relative in found]
    counts = Counter(stems)
    taken: dict[Path, Path] = {}
    for (source, relative), stem in zip(found, stems, strict=True):
        place = mask_folder / (relative if counts[stem] > 1 else stem)
        if place in taken:
            raise ValueError(
                f"--mask-out: the masks of {taken[place]} and {source} would both become {place}.png; erase"
                " them separately, or name the folder above them, whose tree is kept"
            )
        taken[place] = source
    return list(taken)
