"""An endless dataset of made pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import cv2
from torch.utils.data import Dataset, get_worker_info

from restorekit.datasets.endless import seed_generators
from restorekit.datasets.transforms.pipeline import run_pipeline
from restorekit.registry import DATASETS, TRANSFORMS
from restorekit.synthesis.crops import handwriting_crop, watermark_crop
from restorekit.synthesis.folders import TASKS
from restorekit.synthesis.memory import keep_memory
from restorekit.synthesis.pool import PagePool, Sources, check_sources


@DATASETS.register_module()
class SyntheticPages(Dataset):
    """Crops of pages made from nothing, drawn when asked for.

    Item ``index`` depends on the arguments and on ``index`` alone, so the crops are the same in any order and
    for any number of workers, and a run goes on where it stopped. Pages are rendered when first needed and
    kept in ``cache``; each crop has its own place, geometry, ink colours, light, noise and compression. Crops
    with small indices come from few pages: read in order (``CountingSampler``), the first
    crops come at once and the pool grows.

    Args:
        task: ``"handwriting"`` or ``"watermark"``.
        crop: side of the crops, pixels.
        seed: 0 or more; another seed, other pages.
        length: how many items it says it has; any index from 0 on is another crop, so a sampler that counts
            without end, such as ``CountingSampler``, may go beyond.
        start: added to every index: where an earlier training ended, to go on with other crops of all its
            pages.
        pipeline: configs of transforms, applied in order to the sample.
        pages: folder of the user's own clean pages, pictures or PDFs, to use instead of made ones.
        ink: folder of crops of real ink, dark on white, for half of the writers.
        fonts: folder of fonts for half of the made pages.
        marks: folder of the user's own watermarks (with transparency, or on white), for half of the crops
            that bear one.
        pool: how many pages are rendered in the end.
        page_height: pixels.
        page_width: pixels.
        cache: folder to keep rendered pages in, 5 bytes a pixel (2.8 GB for 256 pages of the default size);
            None for one below the system's temporary folder. It may be deleted at any time between runs.

    Each item is a dict: ``image`` and ``target`` uint8 RGB ``(crop, crop, 3)``, ``mask`` uint8
    ``(crop, crop)`` with 255 = ink, ``name``; or what the pipeline makes of it.

    Raises:
        ValueError: an argument out of range, or nothing of use in a folder.
        FileNotFoundError: no such folder.
    """

    endless = True

    def __init__(
        self,
        *,
        task: Literal["handwriting", "watermark"] = "handwriting",
        crop: int = 512,
        seed: int = 0,
        length: int = 1_000_000,
        start: int = 0,
        pipeline: Sequence[dict] = (),
        pages: str | None = None,
        ink: str | None = None,
        fonts: str | None = None,
        marks: str | None = None,
        pool: int = 256,
        page_height: int = 1754,
        page_width: int = 1240,
        cache: str | None = None,
    ) -> None:
        if task not in TASKS:
            raise ValueError(f"task is {task!r}; expected one of {', '.join(TASKS)}")
        for name, value, least in (
            ("crop", crop, 32),
            ("seed", seed, 0),
            ("length", length, 1),
            ("start", start, 0),
            ("pool", pool, 1),
        ):
            if value < least:
                raise ValueError(f"{name} is {value}; expected {least} or more")
        for name, value in (("page_height", page_height), ("page_width", page_width)):
            if not max(64, crop) <= value <= 10000:
                raise ValueError(f"{name} is {value}; expected at least crop ({crop}) and at most 10000")
        sources = Sources(pages or "", ink or "", fonts or "", marks or "")
        check_sources(task, sources)
        self.task, self.crop, self.seed, self.length, self.start = task, crop, seed, length, start
        self.transforms = [TRANSFORMS.build(config) for config in pipeline]
        self._pool = PagePool(
            task=task,
            seed=seed,
            size=pool,
            height=page_height,
            width=page_width,
            sources=sources,
            cache=cache,
        )

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, index: int) -> Any:
        if index < 0:
            raise IndexError(f"index is {index}; expected 0 or more")
        index += self.start
        if get_worker_info() is not None:
            cv2.setNumThreads(0)
            keep_memory()
        make = handwriting_crop if self.task == "handwriting" else watermark_crop
        pair = make(self._pool, self.seed, index, self.crop)
        if self.transforms:  # they draw from the global generators
            seed_generators(self.seed, index)
        sample: Any = {**pair._asdict(), "name": f"{self.task}_{self.seed}_{index}"}
        return run_pipeline(self.transforms, sample)
