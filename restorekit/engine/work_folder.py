"""One training at a time in a work folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout
from mmengine.dist import is_main_process

LOCK = ".lock"


@contextmanager
def held(folder: str | Path) -> Iterator[None]:
    """Keep other trainings out of ``folder`` while the block runs, however its process ends.

    Two would overwrite each other's checkpoints and ``best/``. Of several processes the main one speaks for
    all. On drives that know no locks nobody is kept out.

    Raises:
        ValueError: another training is at work in it.
    """
    lock = FileLock(Path(folder) / LOCK, blocking=False, fallback_to_soft=False)
    with suppress(OSError):  # no locks here
        try:
            if is_main_process():
                lock.acquire()
        except Timeout as error:
            raise ValueError(
                f"another training is at work in {folder}: name another work_dir (--work-dir), or end"
                " that one first"
            ) from error
    try:
        yield
    finally:
        if lock.is_locked:
            with suppress(OSError):  # Windows lets go first, and removes it itself
                Path(lock.lock_file).unlink()
            lock.release()
