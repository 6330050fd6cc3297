"""Masks computed from the pairs of a folder and kept as files."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from restorekit.atomic import make_folder, write_whole
from restorekit.datasets.folders import PagePaths, find_pairs, list_images
from restorekit.datasets.masks import MASK_KINDS, MaskKind
from restorekit.datasets.writing import encode_image
from restorekit.reading import read_rgb


class WrittenMask(NamedTuple):
    """One page's mask: its file, the share of the page over half white, and whether it was there before."""

    path: Path
    share: float | None
    kept: bool


def write_masks(
    root: str | Path,
    *,
    kind: MaskKind = "soft",
    overwrite: bool = False,
    workers: int = 1,
    image_folder: str = "images",
    target_folder: str = "gts",
    mask_folder: str = "masks",
) -> tuple[int, Iterator[WrittenMask]]:
    """Write ``masks/NAME.png``, white = ink, for every pair of a folder.

    Args:
        root: the folder of pairs.
        kind: ``"soft"`` or ``"hard"`` (see ``restorekit.datasets.masks``).
        overwrite: replace masks that are there; else they are kept.
        workers: threads.
        image_folder: the name of the folder of pages with ink.
        target_folder: the name of the folder of ground truth.
        mask_folder: the name of the folder to write to.

    Returns:
        How many pages there are, and an iterator that writes them.

    Raises:
        ValueError: no such kind, or the folder's pairs are not as they should be. A pair that cannot be read
            or differs in size raises when its turn comes.
    """
    if kind not in MASK_KINDS:
        raise ValueError(f"kind is {kind!r}; expected 'soft' or 'hard'")
    if mask_folder in (image_folder, target_folder):
        raise ValueError(
            f"masks would take the place of the pages in {mask_folder}; name another mask folder"
        )
    pages = find_pairs(root, image_folder=image_folder, target_folder=target_folder, mask_folder=None)
    folder = Path(root).expanduser() / mask_folder
    make_folder(folder)
    present = list_images(folder)

    def write(page: PagePaths) -> WrittenMask:
        before = present.get(page.name)
        if before is not None and not overwrite:
            return WrittenMask(before, None, True)
        return _write_mask(page, kind, folder, before)

    def run() -> Iterator[WrittenMask]:
        with ThreadPoolExecutor(workers) as pool:
            yield from pool.map(write, pages)

    return len(pages), run()


def _write_mask(page: PagePaths, kind: MaskKind, folder: Path, before: Path | None) -> WrittenMask:
    try:
        mask = MASK_KINDS[kind](read_rgb(page.image), read_rgb(page.target))
    except ValueError as error:
        raise ValueError(f"{page.name}: {error}") from error
    path = folder / f"{page.name}.png"
    write_whole(path, encode_image(mask, ".png"))
    if before is not None and before.exists() and not before.samefile(path):  # the same page's, another type
        before.unlink()
    return WrittenMask(path, float((mask > 127).mean()), False)
