"""Restored pages of a long file, kept beside its output until that is whole, for a run that is cut off."""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

import numpy as np

from restorekit.documents.pixels import BAND_ROWS

_HEAD = struct.Struct("<32sQ?")  # of a record: the page's digest, the bytes that follow, whether with a mask
_NAME_CHARACTERS = 40  # of the output's, for people; the longest names leave no room for more


class FinishedPages:
    """A file of pages and what was made of them.

    A page is known by its pixels and by what restored it. Most of a restored page is the page itself, so
    what is stored is where the two differ, packed. What cannot be stored or read is restored again.

    Args:
        path: the file; there or not.
        made_by: tells networks and their settings apart.

    Raises:
        OSError: the file cannot be opened or made.
    """

    def __init__(self, path: Path, made_by: str) -> None:
        self.path, self._made_by = path, made_by.encode()
        self._file = FileIO(path, "a+")
        self._places = dict(self._read_places())

    def get(self, page: np.ndarray) -> tuple[np.ndarray, np.ndarray | None] | None:
        """What was made of ``page``, as ``Restore`` gives it; None where that is not known."""
        place, length, has_mask = self._places.get(self._digest(page), (0, 0, False))
        self._file.seek(place)
        try:
            data = zlib.decompress(self._file.read(length))
        except (OSError, zlib.error):
            return None
        image = np.frombuffer(data, page.dtype, page.size).reshape(page.shape) ^ page
        mask = np.frombuffer(data, np.uint8, offset=page.nbytes).reshape(page.shape[:2])
        return image, mask if has_mask else None

    def put(self, page: np.ndarray, image: np.ndarray, mask: np.ndarray | None) -> None:
        """Add what was made of ``page``."""
        packer, parts = zlib.compressobj(1), []
        for top in range(0, len(page), BAND_ROWS):
            rows = slice(top, top + BAND_ROWS)
            parts.append(packer.compress((page[rows] ^ image[rows]).tobytes()))
        parts.append(
            packer.compress(bytes(page.shape[0] * page.shape[1]) if mask is None else mask.tobytes())
        )
        data = b"".join([*parts, packer.flush()])
        end = self._file.seek(0, os.SEEK_END)
        record = _HEAD.pack(self._digest(page), len(data), mask is not None) + data
        try:
            whole = self._file.write(record) == len(record)
        except OSError:
            whole = False
        if not whole:  # or the next record would not be found
            self._file.truncate(end)

    def close(self) -> None:
        """Leave the file for a later run, unless it is empty."""
        empty = self._file.seek(0, os.SEEK_END) == 0
        self._file.close()
        if empty:
            self.path.unlink(missing_ok=True)

    def _digest(self, page: np.ndarray) -> bytes:
        digest = hashlib.blake2b(f"{page.dtype} {page.shape} ".encode() + self._made_by, digest_size=32)
        digest.update(np.ascontiguousarray(page).data)
        return digest.digest()

    def _read_places(self) -> Iterator[tuple[bytes, tuple[int, int, bool]]]:
        """Digests, and where their data are; what comes after the last whole record goes."""
        end, place = self._file.seek(0, os.SEEK_END), 0
        while place + _HEAD.size <= end:
            self._file.seek(place)
            digest, length, has_mask = _HEAD.unpack(self._file.read(_HEAD.size))
            if place + _HEAD.size + length > end:
                break
            yield digest, (place + _HEAD.size, length, has_mask)
            place += _HEAD.size + length
        self._file.truncate(place)


@contextmanager
def keeping_pages(target: Path, made_by: str, *, resume: bool) -> Iterator[FinishedPages | None]:
    """A hidden file of pages beside ``target``, which goes once the block ends well; None where none can be.

    Args:
        target: the file that the block writes.
        made_by: see ``FinishedPages``.
        resume: take up what an earlier block has left.
    """
    name = hashlib.blake2b(os.fsencode(target.name), digest_size=8).hexdigest()
    path = target.parent / f".{target.name[:_NAME_CHARACTERS]}-{name}.pages"
    try:
        if not resume:
            path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        pages = FinishedPages(path, made_by)
    except OSError:  # the output may be written all the same
        yield None
        return
    try:
        yield pages
    except BaseException:
        pages.close()
        raise
    pages.close()
    path.unlink(missing_ok=True)
