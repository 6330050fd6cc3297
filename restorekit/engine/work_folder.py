"""One training at a time in a work folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mmengine.dist import is_main_process

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

LOCK = ".lock"


@contextmanager
def held(folder: str | Path) -> Iterator[None]:
    """Keep other trainings out of ``folder`` while the block runs, however its process ends.

    Two would overwrite each other's checkpoints and ``best/``. Of several processes the main one speaks for
    all. On Windows, and on drives that know no locks, nobody is kept out.

    Raises:
        ValueError: another training is at work in it.
    """
    if fcntl is None or not is_main_process():
        yield
        return
    with (Path(folder) / LOCK).open("w") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # of flock's, data workers would have a share
        except (BlockingIOError, PermissionError) as error:
            raise ValueError(
                f"another training is at work in {folder}: name another work_dir (--work-dir), or end"
                " that one first"
            ) from error
        except OSError:  # no locks here
            pass
        yield
