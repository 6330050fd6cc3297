"""Files that appear whole or not at all, and errors of the operating system told with their mend."""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_LEAST_FREE_BYTES = 1 << 20
_PREFIX_CHARACTERS = 40  # the longest names that a file may have leave no room for more
_MACHINE = hashlib.blake2s(platform.node().encode(), digest_size=4).hexdigest()
_UNFINISHED = re.compile(r"\..+-([0-9a-f]{8})-[0-9a-f]{16}\.part")  # a machine's
_UNLOCKED_SECONDS = 60  # at most, between a file's making and its lock, and between its end and its name
_unfinished: set[Path] = set()


class DiskFullError(OSError):
    """There is no room for what is to be written."""


@contextmanager
def atomic_file(target: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the name ``target`` once the block ends well, and vanishes otherwise.

    It is written beside ``target``, under a hidden name ending in ``.part``; folders above are made. A file
    that ``target`` named keeps its permissions, and a symbolic link keeps its place. A device or a pipe stays
    what it is, and is given everything once the block ends well.

    Args:
        target: the file's path.

    Raises:
        OSError: it cannot be written; the message names ``target`` and the mend.
    """
    with explaining(target):
        _refuse_folder(target)
        is_regular = target.is_file() or not target.exists()
    with _file_beside(Path(os.path.realpath(target))) if is_regular else _stream_to(target) as file:
        yield file


@contextmanager
def _file_beside(target: Path) -> Iterator[BinaryIO]:
    temporary = None
    try:
        with explaining(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            permissions = target.stat().st_mode & 0o777 if target.exists() else None
            start, token = target.name[:_PREFIX_CHARACTERS], secrets.token_hex(8)
            path = target.parent / f".{start}-{_MACHINE}-{token}.part"
            # the system takes the user's mask off; to ask for the mask is to change it for all threads
            mode = 0o666 if permissions is None else permissions
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
            temporary = path
            _unfinished.add(path)
            _lock(handle)
        try:
            with os.fdopen(handle, "w+b") as file:  # closing it writes too
                yield file
                file.flush()
                os.fsync(file.fileno())  # else a machine that goes down may leave the name with an empty file
        except OSError as error:  # of this file only where the disk is full: the block may do other things
            raise (explained(error, target) if _is_full(error, target) else error) from error
        with explaining(target):
            if permissions is not None:
                os.chmod(temporary, permissions)
            os.replace(temporary, target)
            _unfinished.discard(temporary)
        temporary = None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
            _unfinished.discard(temporary)


@contextmanager
def whole_to(stream: BinaryIO, name: str) -> Iterator[BinaryIO]:
    """A file to write and seek in; ``stream`` is given all of it once the block ends well, and else nothing.

    Args:
        stream: open for writing bytes; it stays open.
        name: what messages call it.

    Raises:
        OSError: it takes no more; the message names it and the mend.
    """
    with tempfile.TemporaryFile() as file:
        yield file
        file.seek(0)
        with explaining(Path(name)):
            shutil.copyfileobj(file, stream)
            stream.flush()


def drop_unfinished() -> None:
    """Remove the files that blocks of ``atomic_file`` are writing, for a process that ends amid them."""
    for path in tuple(_unfinished):
        with suppress(OSError):  # Windows keeps what is open
            path.unlink()


def drop_abandoned(folder: Path, *, alone: bool = False) -> None:
    """Remove what blocks of ``atomic_file`` were writing in a folder when their processes were killed.

    Whoever writes such a file holds a lock on it, where the system has locks. Some shared folders keep them
    to each machine, so what others write stays.

    Args:
        folder: where; there or not.
        alone: nobody else writes there, so all that is unfinished goes.
    """
    for path in folder.glob(".*.part"):
        if (name := _UNFINISHED.fullmatch(path.name)) and (alone or name[1] == _MACHINE):
            with suppress(OSError):
                if alone or _is_abandoned(path):
                    path.unlink()


def _is_abandoned(path: Path) -> bool:
    """Whether nobody on this machine writes a file any more, as far as locks tell."""
    with path.open("r+b") as file:
        return time.time() - path.stat().st_mtime > _UNLOCKED_SECONDS and _lock(file.fileno())


def _lock(handle: int) -> bool:
    """Lock a file until it is closed; False where somebody else has done so, or locks are not to be had."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (OSError, AttributeError):
        return False
    return True


@contextmanager
def _stream_to(target: Path) -> Iterator[BinaryIO]:
    with tempfile.TemporaryFile() as file:  # a pipe cannot be sought in
        yield file
        file.seek(0)
        with explaining(target), target.open("wb") as stream:
            shutil.copyfileobj(file, stream)


@contextmanager
def explaining(target: Path) -> Iterator[None]:
    """Raise an OSError of the block with a message that names ``target`` and the mend; see ``explained``."""
    try:
        yield
    except OSError as error:
        raise explained(error, target) from error


def make_folder(path: str | os.PathLike, *, mode: int = 0o777) -> None:
    """Make a folder and those above, where they lack; an OSError names it and the mend."""
    with explaining(Path(path)):
        Path(path).mkdir(mode=mode, parents=True, exist_ok=True)


def _refuse_folder(target: Path) -> None:
    if target.is_dir():
        raise IsADirectoryError(f"cannot write {target}: a folder has that name; name a file in it")


def check_file(target: Path) -> None:
    """Raise before the work what ``atomic_file`` would raise after it, as far as it is to be known."""
    _refuse_folder(target)
    if target.is_file() or not target.exists():
        _check_above(target, Path(os.path.realpath(target)).parent)


def refuse_taken(written: Mapping[str, Path | None], others: Iterable[Path]) -> None:
    """Raise where a file is to be written that is read or written besides.

    Args:
        written: files by the options that name them; None where one names none.
        others: what is read, and what else is written.

    Raises:
        ValueError: it is one of ``others``, or that of another option; the message names option and file.
    """
    taken = {os.path.realpath(path) for path in others}
    for option, path in written.items():
        if path is None:
            continue
        if (real := os.path.realpath(path)) in taken:
            raise ValueError(f"{option}: {path} is read or written besides; name another file")
        taken.add(real)


def check_folder(path: Path) -> None:
    """Raise before the work what ``make_folder``, or a file in the folder, would raise after it."""
    _check_above(path, path.absolute())


def _check_above(target: Path, folder: Path) -> None:
    nearest = next(path for path in (folder, *folder.parents) if os.path.exists(path))
    if not nearest.is_dir():
        raise explained(OSError(errno.ENOTDIR, ""), target)
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise explained(OSError(errno.EACCES, ""), target)


def write_whole(target: str | os.PathLike, data: bytes | str) -> None:
    """Write bytes, or text as UTF-8, by ``atomic_file``; what of a file's name is none, as JSON does."""
    with atomic_file(Path(target)) as file:
        file.write(data.encode(errors="backslashreplace") if isinstance(data, str) else data)


def _folder_of(target: Path) -> Path:
    """What ``target`` would lie in, or ``target`` itself where it is a folder."""
    return next((path for path in (target, *target.parents) if path.is_dir()), Path("/"))


def _is_full(error: OSError, target: Path) -> bool:
    """Whether the disk is full; encoders that fail then give no number."""
    free = shutil.disk_usage(_folder_of(target)).free
    return error.errno in _FULL or (error.errno is None and free < _LEAST_FREE_BYTES)


def explained(error: OSError, target: Path) -> OSError:
    """``error`` with a message that names ``target`` and the mend, where the cause is a known one."""
    folder = _folder_of(target)
    if _is_full(error, target):
        told = f"cannot write {target}: the disk is full"
        if error.errno == errno.EFBIG:
            return OSError(error.errno, f"{told}, or takes no file so large; write elsewhere")
        return DiskFullError(error.errno, f"{told}; free space, or write elsewhere")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        held = ", or another program has the file open" if os.path.isfile(target) else ""  # as on Windows
        return PermissionError(
            error.errno, f"cannot write {target}: {folder} is read-only for you{held}; write elsewhere"
        )
    if error.errno == errno.ENOENT:
        return FileNotFoundError(
            error.errno, f"cannot write {target}: {folder} takes no files; write elsewhere"
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return NotADirectoryError(
            error.errno, f"cannot write {target}: a part of its path is a file; write elsewhere"
        )
    if error.errno == errno.ENAMETOOLONG:
        return OSError(error.errno, f"cannot write {target}: the name is too long; give a shorter one")
    return error
