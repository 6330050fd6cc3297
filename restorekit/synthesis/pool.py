"""Pages rendered once and kept, for crops to be drawn from them with fresh ink, light and noise."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections import OrderedDict
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from restorekit.atomic import atomic_file, make_folder
from restorekit.synthesis import user_pages
from restorekit.synthesis.assets import FOLDER, user_fonts
from restorekit.synthesis.handwriting.real_ink import ink_words
from restorekit.synthesis.handwriting.writing import write_on
from restorekit.synthesis.pages import generator, render_document, render_sheet
from restorekit.synthesis.printing.bindings import hole_mask
from restorekit.synthesis.scenes import make_scene
from restorekit.synthesis.user_marks import user_marks

FIRST_PAGES = 8
CROPS_PER_NEW_PAGE = 32
OPEN_PAGES = 256
"""Each holds two files open, of which a process may often have no more than 1024."""
MOST_BYTES = 20e9
"""What the pools of the temporary folder may take that are not in use by the training that looks."""
SMALLEST = 0.55
"""The least width of a user's picture that is to be watermarked, by the page's: scaled to all of it and more,
photographs are smoother than those that people have, and a network learns no detail."""


class PooledPage(NamedTuple):
    """A page, flat and unlit, and its ink.

    Attributes:
        written: uint8 ``(H, W, 4)``: R, G, B of the clean page, and the amount of the writer's ink, 255 for
            full. (OpenCV warps four planes faster than three.)
        marking: uint8 ``(H, W)`` amount of the other pens' ink, or ``(0, 0)`` where there is none.
    """

    written: np.ndarray
    marking: np.ndarray


class Sources(NamedTuple):
    """A user's own folders, each "" for none: clean pages, crops of real ink, fonts, watermarks."""

    pages: str = ""
    ink: str = ""
    fonts: str = ""
    marks: str = ""

    def fingerprint(self) -> str:
        """What tells these folders, as they are now, from others; marks are on no page of a pool."""
        found, folders = [], self._replace(marks="")
        for folder in filter(None, folders):
            for path in sorted(Path(folder).rglob("*.*")):
                found.append((str(path.resolve()), path.stat().st_mtime_ns))
        return repr((tuple(map(bool, folders)), found))


def check_sources(task: str, sources: Sources) -> None:
    """Find what is wrong with a user's folders before any page is made.

    Raises:
        FileNotFoundError: no such folder.
        ValueError: nothing of use in one, or it is for the other task.
    """
    if sources.ink and task == "watermark":
        raise ValueError("ink: crops of ink are for handwriting; marks to lay over pictures are `marks`")
    if sources.marks and task == "handwriting":
        raise ValueError("marks: they are for watermarks; crops of ink to write with are `ink`")
    if sources.pages:
        user_pages.list_pictures(sources.pages)
    if sources.ink:
        ink_words(sources.ink)
    if sources.fonts:
        user_fonts(sources.fonts)
    user_marks(sources.marks)


def render(task: str, seed: int, page_id: int, height: int, width: int, sources: Sources) -> PooledPage:
    """Page ``page_id`` of a pool."""
    rng = generator(seed, page_id, 3)
    planes = np.zeros((height, width, 4), np.uint8)
    marking = np.zeros((0, 0), np.uint8)
    if sources.pages:
        pictures = user_pages.list_pictures(sources.pages)
        picture = user_pages.read_picture(str(pictures[page_id % len(pictures)]))
        least = SMALLEST if task == "watermark" else 1.0
        planes[..., :3] = user_pages.cut(rng, picture, height, width, least=least)
        sheet = user_pages.sheet_of(rng, planes[..., :3])
    elif task == "watermark" and rng.random() < 0.5:
        planes[..., :3] = make_scene(rng, height, width)
    elif task == "watermark":
        page = render_document(rng, height, width, sources.fonts)
        planes[..., :3] = np.clip(page * 255 + 0.5, 0, 255)
    else:
        page, sheet = render_sheet(rng, height, width, sources.fonts)
        planes[..., :3] = np.clip(page * 255 + 0.5, 0, 255)
    if task == "handwriting":
        writer, *others = write_on(sheet, rng, sources.ink)
        planes[..., 3] = writer.amount(rng)
        if others:
            marking = np.maximum.reduce([layer.amount(rng) for layer in others])
        if sheet.holes:
            whole = hole_mask(sheet) == 0
            planes[..., 3] *= whole
            marking = marking * whole if others else marking
    return PooledPage(planes, marking)


@lru_cache(maxsize=1)
def generator_version() -> str:
    """A digest of the generator's own files: pages of another version are not taken for this one's."""
    digest = hashlib.sha256()
    for path in sorted([*Path(__file__).parent.rglob("*.py"), *FOLDER.rglob("*.*")]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class PagePool:
    """Pages by number, rendered when first asked for and kept in a folder that all workers share.

    Args:
        task: handwriting or watermark.
        seed: 0 or more.
        size: how many pages there will be.
        height: of a page, pixels.
        width: of a page, pixels.
        sources: the user's own folders.
        cache: folder to keep pages in, about 11 MB each; None for one below the system's temporary folder,
            where other pools make room (``make_room``).
    """

    def __init__(
        self, *, task: str, seed: int, size: int, height: int, width: int, sources: Sources, cache: str | None
    ) -> None:
        self.task, self.seed, self.size = task, seed, size
        self.height, self.width, self.sources = height, width, sources
        self.folder = self._folder(cache)
        if not cache:
            with suppress(FileNotFoundError):  # another worker is at it
                make_room(self.folder.parent, self.folder.name)
        self._open: OrderedDict[int, PooledPage] = OrderedDict()

    def _folder(self, cache: str | None) -> Path:
        settings = f"{generator_version()} {self.task} {self.seed} {self.height} {self.width}"
        settings += self.sources.fingerprint()
        key = hashlib.sha256(settings.encode()).hexdigest()[:16]
        root = Path(cache) if cache else Path(tempfile.gettempdir()) / f"restorekit-pages-{_user()}"
        make_folder(root, mode=0o700)
        if not cache and hasattr(os, "getuid") and root.stat().st_uid != os.getuid():
            raise PermissionError(f"{root} belongs to another user; name a folder of your own as cache")
        return root / key

    def grown(self, index: int) -> int:
        """How many pages crop ``index`` may come from: few at first, so that the first crops come soon."""
        return min(self.size, FIRST_PAGES + index // CROPS_PER_NEW_PAGE)

    def __getitem__(self, page_id: int) -> PooledPage:
        """Page ``page_id``, its arrays read-only."""
        if page_id not in self._open:
            if len(self._open) >= OPEN_PAGES:
                self._open.popitem(last=False)
            files = [self.folder / f"{page_id:06d}.{plane}.npy" for plane in PooledPage._fields]
            if not all(path.exists() for path in files):
                page = render(self.task, self.seed, page_id, self.height, self.width, self.sources)
                make_folder(self.folder, mode=0o700)
                for path, array in zip(files, page, strict=True):
                    _save(path, array)
            os.utime(self.folder)  # in use
            self._open[page_id] = PooledPage(*(_open(path) for path in files))
        return self._open[page_id]

    def __getstate__(self) -> dict[str, Any]:
        """A worker that is started afresh opens its own maps: pickling one would copy the whole page."""
        return {**self.__dict__, "_open": OrderedDict()}


def make_room(root: Path, keep: str, most: float = MOST_BYTES) -> None:
    """Delete pools of a folder, those longest unused first, until the others take ``most`` bytes at most.

    Each seed, size and version of the generator has a pool of its own, and nobody would delete them.
    A training whose pool goes renders its pages again.

    Args:
        root: the folder of pools.
        keep: the pool that stays in any case.
        most: bytes, and no more than a half of what is free and what the pools take.
    """
    pools = [(pool.stat().st_mtime, pool) for pool in root.iterdir() if pool.is_dir() and pool.name != keep]
    sizes = {pool: sum(file.stat().st_size for file in pool.glob("*.npy")) for _, pool in pools}
    most = min(most, (shutil.disk_usage(root).free + sum(sizes.values())) / 2)
    for _, pool in sorted(pools):
        if sum(sizes.values()) <= most:
            return
        shutil.rmtree(pool, ignore_errors=True)
        del sizes[pool]


def _save(path: Path, array: np.ndarray) -> None:
    with atomic_file(path) as file:
        np.save(file, array, allow_pickle=False)


def _open(path: Path) -> np.ndarray:
    """An array that stays on disk; the system keeps what is used of it in memory, once for all workers."""
    array = np.load(path, mmap_mode="r", allow_pickle=False) if path.stat().st_size > 1024 else np.load(path)
    return np.asarray(array)


def _user() -> str:
    """What tells one user's temporary folder from another's."""
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
