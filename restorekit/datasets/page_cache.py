"""Decoded pages on disk, memory-mapped, so that a crop reads its own rows and decodes nothing.

Decoding a JPEG page of 3300x4628 costs a few hundred times what copying a 512x512 crop from a mapped array
costs, and every worker shares the operating system's one copy of what was read. The price is disk: 46 MB
a page, 92 MB a pair.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from restorekit.atomic import atomic_file, make_folder

Read = Callable[[Path], np.ndarray]

_FORMAT = 1  # raise it when what the readers return changes
_STALE_SECONDS = 3600


class CacheRequest(NamedTuple):
    """A page that may be cached: its file, and the bytes it has when decoded."""

    path: Path
    decoded_bytes: int


class PageCache:
    """A folder of decoded pages, within a budget.

    Which pages are kept is settled when it is built, in the order of the requests, so that any number of
    workers agree without talking; pages beyond the budget are decoded each time. Files are written under
    another name and then renamed, so a reader sees a whole page or none, and two workers that write the same
    page do no harm. An entry is named after its source's path, size and modification time: an edited page is
    decoded anew, and its older entry is removed.

    Args:
        folder: where the pages are kept; made if need be. Several datasets may share it.
        gigabytes: the most that the folder may hold (1 GB = 1e9 bytes). Others' pages in it count.
        requests: the pages in the order in which they have a claim.

    Raises:
        ValueError: ``gigabytes`` is below 0.
    """

    def __init__(self, *, folder: str | Path, gigabytes: float, requests: Iterable[CacheRequest]) -> None:
        if gigabytes < 0:
            raise ValueError(f"gigabytes is {gigabytes}; expected 0 or more")
        self.folder = Path(folder).expanduser()
        make_folder(self.folder)
        wanted = {request.path: (_entry_name(request.path), request.decoded_bytes) for request in requests}
        left = int(gigabytes * 1e9) - self._bytes_of_others({name for name, _ in wanted.values()})
        self._entries: dict[Path, str] = {}
        for path, (name, size) in wanted.items():
            if size <= left:
                left -= size
                self._entries[path] = name
        self._full = False

    def load(self, path: Path, read: Read) -> np.ndarray:
        """The decoded page: a read-only memory map if it is in the cache, else what ``read(path)`` returns.

        A page that is planned but not yet there is written on the way.
        """
        name = self._entries.get(path)
        if name is None:
            return read(path)
        entry = self.folder / name
        try:
            return np.load(entry, mmap_mode="r", allow_pickle=False)  # kept, it would hold a file open
        except (OSError, ValueError, EOFError):  # not there yet, or damaged
            page = read(path)
            if not self._full:
                self._write(entry, page)
            return page

    def _write(self, entry: Path, page: np.ndarray) -> None:
        try:
            with atomic_file(entry) as file:
                np.save(file, page, allow_pickle=False)
        except OSError as error:
            self._full = True
            warnings.warn(
                f"the page cache cannot grow: {error.strerror or error}. Pages that are not in it are decoded"
                " each time, which is slow; free space, or change cache_dir",
                stacklevel=3,
            )

    def _bytes_of_others(self, own: set[str]) -> int:
        """What the folder holds besides our own entries; removes our pages' outdated entries."""
        own_paths = {name.split("-")[0] for name in own}
        total = 0
        for file in os.scandir(self.folder):
            with contextlib.suppress(OSError):  # another process may tidy up too, or read it (Windows)
                status = file.stat()
                abandoned = file.name.endswith(".part") and time.time() - status.st_mtime > _STALE_SECONDS
                outdated = file.name.endswith(".npy") and file.name.split("-")[0] in own_paths
                if abandoned or (outdated and file.name not in own):
                    os.unlink(file.path)
                elif file.name not in own and not file.name.endswith(".part"):
                    total += status.st_size
        return total


def _entry_name(path: Path) -> str:
    """``PATH-STAMP.npy``: one half names the source, the other its present content."""
    status = path.stat()
    source = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:20]
    stamp = hashlib.sha256(f"{_FORMAT}/{status.st_size}/{status.st_mtime_ns}".encode()).hexdigest()[:12]
    return f"{source}-{stamp}.npy"
