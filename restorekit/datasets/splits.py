"""A split into training and validation pages that is the same on every machine."""

from __future__ import annotations

import codecs
import hashlib
import unicodedata
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Literal, get_args

from restorekit.datasets.folders import listed
from restorekit.reading import EXTENSIONS

Subset = Literal["all", "train", "val"]
Holdout = int | float | str | Path | None


def choose_subsets(
    folders: Sequence[Sequence[str]], *, subset: Subset, holdout: Holdout, seed: int, roots: Sequence[str]
) -> list[list[bool]]:
    """Which names belong to a subset, of each of several folders.

    A count or a share is held out of each, whatever others there are; a list file names pages of all.

    Args:
        folders: every page's stem, by folder.
        subset: see ``choose_subset``; so are ``holdout`` and ``seed``.
        holdout: see ``subset``.
        seed: see ``subset``.
        roots: the folders. A relative list file is looked for in each, then in the current directory.

    Raises:
        See ``choose_subset``.
    """
    if isinstance(holdout, (str, Path)):
        every = list(dict.fromkeys(chain.from_iterable(folders)))
        chosen = [set(choose_subset(every, subset=subset, holdout=holdout, root=roots))] * len(folders)
    else:
        chosen = [set(choose_subset(names, subset=subset, holdout=holdout, seed=seed)) for names in folders]
    return [[name in some for name in names] for names, some in zip(folders, chosen, strict=True)]


def choose_subset(
    names: Sequence[str],
    *,
    subset: Subset,
    holdout: Holdout,
    seed: int = 0,
    root: str | Path | Sequence[str] = ".",
) -> list[str]:
    """The names that belong to a subset, in the order given.

    Args:
        names: every page's stem.
        subset: ``"all"``, ``"train"`` or ``"val"``.
        holdout: which pages are ``"val"``: a count, a share in (0, 1), or a text file with one stem a line.
        seed: another seed holds out other pages (for a count or a share).
        root: the folder, or several, where a relative list file is looked for first (those of several are
            read as one); then in the current directory.

    Raises:
        ValueError: no such subset, a holdout that leaves nothing, or a list that names unknown pages.
        TypeError: ``holdout`` is none of the above.
    """
    if subset not in get_args(Subset):
        raise ValueError(f"subset is {subset!r}; expected 'all', 'train' or 'val'")
    if subset == "all":
        return list(names)
    held_out = held_out_names(names, holdout=holdout, seed=seed, root=root)
    chosen = [name for name in names if (name in held_out) == (subset == "val")]
    if not chosen:
        mend = "change holdout" if len(names) > 1 else "two pages are the least, one of them to hold out"
        raise ValueError(f"holdout={holdout!r} leaves no page of {len(names)} for subset={subset!r}: {mend}")
    return chosen


def held_out_names(
    names: Sequence[str], *, holdout: Holdout, seed: int = 0, root: str | Path | Sequence[str] = "."
) -> frozenset[str]:
    """The stems that ``holdout`` keeps out of training (see ``choose_subset``).

    A count or a share takes the pages whose SHA-256 of ``"seed/stem"`` comes first, so the choice depends on
    the names and the seed alone, not on the order of a listing or on any random generator.
    """
    if holdout is None:
        raise ValueError(
            "subset='train' and subset='val' need holdout: a count (81), a share (0.1) or a list file"
        )
    if isinstance(holdout, (str, Path)):
        roots = [root] if isinstance(root, (str, Path)) else root
        return _listed_names(names, Path(holdout).expanduser(), [Path(one).expanduser() for one in roots])
    if isinstance(holdout, bool) or not isinstance(holdout, (int, float)):
        raise TypeError(f"holdout is {holdout!r}; expected a count, a share in (0, 1) or a list file's path")
    if isinstance(holdout, float):
        if not 0 < holdout < 1:
            raise ValueError(f"holdout={holdout} is a share, which lies in (0, 1); a count is an int")
        count = max(1, round(holdout * len(names)))
    else:
        count = holdout
    if not 0 <= count <= len(names):
        raise ValueError(
            f"holdout={holdout} of {len(names)} pages; expected at most that many, and not below 0"
        )
    ranked = sorted(names, key=lambda name: hashlib.sha256(f"{seed}/{name}".encode()).hexdigest())
    return frozenset(ranked[:count])


def _listed_names(names: Sequence[str], path: Path, roots: Sequence[Path]) -> frozenset[str]:
    beside = [] if path.is_absolute() else [root / path for root in roots]
    found = [place for place in beside if place.is_file()] or [path]
    if not found[0].is_file():
        raise ValueError(
            f"holdout={str(path)!r}: there is no such list file (looked for"
            f" {' and '.join(map(str, [*beside, path]))}); it has one page's stem a line"
        )
    known = set(names)
    chosen, unknown = set(), []
    for line in chain.from_iterable(_read_text(place).splitlines() for place in found):
        name = unicodedata.normalize("NFC", line.strip())  # as pages are named, see folders.list_images
        if not name:
            continue
        if name not in known and Path(name).suffix.lower() in EXTENSIONS:
            name = Path(name).stem
        if name in known:
            chosen.add(name)
        else:
            unknown.append(name)
    if unknown:
        raise ValueError(
            f"{' and '.join(map(str, found))} names {len(unknown)} pages that the folder lacks:"
            f" {listed(unknown)}. Each line is one page's file name up to the extension"
        )
    return frozenset(chosen)


def _read_text(path: Path) -> str:
    """UTF-8, or UTF-16 as PowerShell's ``>`` writes it."""
    data = path.read_bytes()
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is no text in UTF-8; save it so, with one page's stem a line") from error
