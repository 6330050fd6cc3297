"""One training at a time in a work folder."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout
from mmengine.dist import is_main_process

from restorekit.atomic import drop_abandoned

LOCK = ".lock"
UNFINISHED_BEST = re.compile(r"\.best-[0-9a-f]{16}(-old)?")
"""What ``save_weights_folder`` calls ``best/`` until it is whole."""


@contextmanager
def held(folder: str | Path) -> Iterator[None]:
    """Keep other trainings out of ``folder`` while the block runs, however its process ends.

    Two would overwrite each other's checkpoints and ``best/``. Of several processes the main one speaks for
    all. On drives that know no locks nobody is kept out. What a training that was killed while it wrote has
    left is cleared away first.

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
        if lock.is_locked:
            _clear(Path(folder))
        yield
    finally:
        if lock.is_locked:
            with suppress(OSError):  # Windows lets go first, and removes it itself
                Path(lock.lock_file).unlink()
            lock.release()


def _clear(folder: Path) -> None:
    """Remove what was never whole, after ``best/`` is put back where it was just being replaced."""
    best = folder / "best"
    for name in filter(UNFINISHED_BEST.fullmatch, sorted(path.name for path in folder.iterdir())):
        if name.endswith("-old") and not best.exists():
            (folder / name).rename(best)
        shutil.rmtree(folder / name, ignore_errors=True)
    drop_abandoned(folder, alone=True)
