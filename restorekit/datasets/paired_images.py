"""Pages with ink beside the same pages without it, from a folder or several."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, compress
from pathlib import Path
from typing import Any

import numpy as np
from torch.utils.data import Dataset

from restorekit.datasets.folders import PagePaths, apart, check_roots, find_pairs, listed
from restorekit.datasets.page_cache import CacheRequest, PageCache
from restorekit.datasets.splits import Holdout, Subset, choose_subsets
from restorekit.datasets.transforms.pipeline import run_pipeline
from restorekit.reading import image_size, read_grey, read_rgb
from restorekit.registry import DATASETS, TRANSFORMS
from restorekit.wording import counted

Sample = dict[str, Any]


@DATASETS.register_module()
class PairedImages(Dataset):
    """Pairs of a folder or of several, matched by file name, as samples for the pipeline.

    A sample has ``image`` and ``target`` ``(H, W, 3)`` uint8 RGB, ``mask`` ``(H, W)`` uint8 where 255 is ink
    (to be erased) if the folder has masks, and ``name``, the files' stem (see ``apart``). With a cache the
    arrays are read-only memory maps: the first crop copies its window, and nothing else is read.

    Args:
        root: the folder, with ``images/``, ``gts/`` and perhaps ``masks/``; or a list of such folders.
        subset: ``"all"``, ``"train"`` or ``"val"``.
        holdout: which pages are ``"val"``: a count or a share in (0, 1) of each folder, or a list file (one
            stem a line, relative to ``root`` or the current directory). See ``choose_subsets``.
        seed: another seed holds out other pages.
        pipeline: configs of transforms, applied in this order.
        image_folder: the name of the folder of pages with ink.
        target_folder: the name of the folder of ground truth.
        mask_folder: the name of the folder of masks, used if it exists; None ignores it.
        cache_dir: where decoded pages are kept (92 MB for a pair of 3300x4628); None decodes each time. Worth
            it as soon as pages are much larger than the crops.
        cache_gb: the most that ``cache_dir`` may hold; pages beyond it are decoded each time.

    Attributes:
        pages: the files of each page of the subset.
        left_out: how many pages the folders have besides.

    Raises:
        ValueError: the folder, a file's partner, size or content, or the split is not as it should be; the
            message says what to mend.
    """

    def __init__(
        self,
        *,
        root: str | Sequence[str],
        subset: Subset = "all",
        holdout: Holdout = None,
        seed: int = 0,
        pipeline: Sequence[dict] = (),
        image_folder: str = "images",
        target_folder: str = "gts",
        mask_folder: str | None = "masks",
        cache_dir: str | None = None,
        cache_gb: float = 20.0,
    ) -> None:
        roots = check_roots(root)
        folders = [
            find_pairs(one, image_folder=image_folder, target_folder=target_folder, mask_folder=mask_folder)
            for one in roots
        ]
        stems = [[page.name for page in pages] for pages in folders]
        chosen = choose_subsets(stems, subset=subset, holdout=holdout, seed=seed, roots=roots)
        pages = [*chain.from_iterable(apart(folders, roots))]
        sizes = check_sizes(pages)
        # The claim on the cache covers every subset, so that training and validation share one budget.
        self._cache = (
            PageCache(folder=cache_dir, gigabytes=cache_gb, requests=_requests(pages, sizes))
            if cache_dir is not None
            else None
        )
        self.pages = [*compress(pages, chain.from_iterable(chosen))]
        self.left_out = len(pages) - len(self.pages)
        self.pipeline = [TRANSFORMS.build(config) for config in pipeline]

    def __len__(self) -> int:
        return len(self.pages)

    def __getitem__(self, index: int) -> Sample:
        return run_pipeline(self.pipeline, self.load(index))

    def load(self, index: int) -> Sample:
        """The page at ``index`` before the pipeline."""
        page = self.pages[index]
        sample: Sample = {
            "image": self._read(page.image, colour=True),
            "target": self._read(page.target, colour=True),
        }
        if page.mask is not None:
            sample["mask"] = self._read(page.mask, colour=False)
        return {**sample, "name": page.name}

    def _read(self, path: Path, *, colour: bool) -> np.ndarray:
        read = read_rgb if colour else read_grey
        return read(path) if self._cache is None else self._cache.load(path, read)


def check_sizes(pages: Sequence[PagePaths]) -> list[tuple[int, int]]:
    """Each page's ``(height, width)``, from the files' headers.

    Raises:
        ValueError: an image differs in size from its ground truth or mask; the message lists which.
    """
    sizes, mismatches = [], []
    for page in pages:
        size = image_size(page.image)
        sizes.append(size)
        for kind, partner in (("ground truth", page.target), ("mask", page.mask)):
            if partner is not None and (other := image_size(partner)) != size:
                mismatches.append(f"{page.name} is {size[1]}x{size[0]}, its {kind} {other[1]}x{other[0]}")
    if mismatches:
        raise ValueError(
            f"{counted(len(mismatches), 'pair')} of two sizes (width x height, upright):"
            f" {listed(mismatches)}. A pair must be aligned pixel by pixel: crop or register it, or remove it"
        )
    return sizes


def _requests(pages: Sequence[PagePaths], sizes: Sequence[tuple[int, int]]) -> list[CacheRequest]:
    requests = []
    for page, (height, width) in zip(pages, sizes, strict=True):
        requests.append(CacheRequest(page.image, 3 * height * width + 128))
        requests.append(CacheRequest(page.target, 3 * height * width + 128))
        if page.mask is not None:
            requests.append(CacheRequest(page.mask, height * width + 128))
    return requests
