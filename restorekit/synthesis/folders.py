"""Write folders of pairs: ``images/``, ``gts/``, ``masks/`` and ``manifest.json``."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np

from restorekit.atomic import make_folder, write_whole
from restorekit.synthesis.memory import keep_memory
from restorekit.synthesis.pages import Pair, check_size, make_handwriting_pair
from restorekit.synthesis.pool import Sources, check_sources
from restorekit.synthesis.user_pages import list_pictures, read_picture
from restorekit.synthesis.watermarks import make_watermark, watermark_pair

TASKS = ("handwriting", "watermark")
FORMATS = ("jpg", "png")
MANIFEST = "manifest.json"
SEEDS_APART = 1_000_000_000
_ENDS = {".png": b"IEND\xaeB`\x82", ".jpg": b"\xff\xd9"}


class Job(NamedTuple):
    """What a folder holds. All of it stands in the manifest; pages of two kinds of job do not share a folder.

    Attributes:
        task: handwriting or watermark.
        seed: 0 or more; with a page's number it decides every byte.
        height: pixels.
        width: pixels.
        format: jpg (quality 95, no chroma subsampling; small) or png (exact).
        pages_from: a folder of the user's own clean pages, or "".
        ink_from: a folder of crops of real ink, or "".
        fonts_from: a folder of fonts, or "".
        marks_from: a folder of the user's own watermarks, or "".
    """

    task: str
    seed: int = 0
    height: int = 1754
    width: int = 1240
    format: str = "jpg"
    pages_from: str = ""
    ink_from: str = ""
    fonts_from: str = ""
    marks_from: str = ""


def check_job(job: Job) -> None:
    """Raise a ValueError that names what is wrong with a job."""
    if job.task not in TASKS:
        raise ValueError(f"task is {job.task!r}; expected one of {', '.join(TASKS)}")
    if job.format not in FORMATS:
        raise ValueError(f"format is {job.format!r}; expected one of {', '.join(FORMATS)}")
    if job.seed < 0:
        raise ValueError(f"seed is {job.seed}; expected 0 or more")
    check_size(job.height, job.width)
    check_sources(job.task, Sources(job.pages_from, job.ink_from, job.fonts_from, job.marks_from))


def page_seed(seed: int, index: int) -> int:
    """The seed of page ``index`` of a folder made with ``seed``."""
    return seed * SEEDS_APART + index


def make_pair(job: Job, index: int) -> tuple[Pair, dict[str, Any], np.ndarray | None]:
    """Page ``index`` of a job: the pair, what the manifest says about it, and a watermark's alpha."""
    seed = page_seed(job.seed, index)
    page = None
    about: dict[str, Any] = {"seed": seed}
    if job.pages_from:
        pictures = list_pictures(job.pages_from)
        source = pictures[index % len(pictures)]
        page, about["source"] = read_picture(str(source)), source.name
    if job.task == "handwriting":
        pair = make_handwriting_pair(
            seed, height=job.height, width=job.width, page=page, ink=job.ink_from, fonts=job.fonts_from
        )
        return pair, about, None
    made, quality = make_watermark(
        seed, height=job.height, width=job.width, page=page, fonts=job.fonts_from, marks=job.marks_from
    )
    about.update(kind=made.kind, colour=list(made.colour), opacity=round(float(made.alpha.max()) / 255, 3))
    return watermark_pair(made, quality), about, made.alpha


def write_page(job: Job, folder: str, index: int) -> dict[str, Any]:
    """Make and write page ``index``; returns its line of the manifest."""
    cv2.setNumThreads(1)
    keep_memory()
    pair, about, alpha = make_pair(job, index)
    for path, picture in zip(page_files(job, Path(folder), index), (*pair, alpha), strict=False):
        assert picture is not None
        _write(path, picture)
    error = float(np.mean((pair.image.astype(np.float32) - pair.target) ** 2))
    psnr = 10 * np.log10(255**2 / error) if error else None
    return {
        "name": f"{index:06d}",
        **about,
        "mask_share": round(float((pair.mask > 0).mean()), 5),
        "input_psnr": None if psnr is None else round(float(psnr), 2),
    }


def page_files(job: Job, folder: Path, index: int) -> list[Path]:
    """The files of page ``index``: image, ground truth, mask, and for a watermark its exact alpha."""
    name = f"{index:06d}"
    files = [folder / kind / f"{name}.{job.format}" for kind in ("images", "gts")]
    files.append(folder / "masks" / f"{name}.png")
    return files if job.task == "handwriting" else [*files, folder / "alphas" / f"{name}.png"]


def is_whole(path: Path) -> bool:
    """Whether a PNG or JPEG is there to its last bytes."""
    end = _ENDS[path.suffix]
    if not path.is_file() or path.stat().st_size < 100:
        return False
    with path.open("rb") as file:
        file.seek(-len(end), os.SEEK_END)
        return file.read() == end


def write_folder(job: Job, folder: str | Path, pages: int, *, workers: int = 1) -> Iterator[int]:
    """Write pages 0 to ``pages - 1`` as the result is gone through: how many are done, after each.

    Whole pages of the same job that lie there already are kept. The bytes do not depend on ``workers``.

    Args:
        job: what to write.
        folder: where to; it is made.
        pages: how many.
        workers: processes.

    Raises:
        ValueError: an argument out of range, or the folder holds pages of another job or of somebody's own.
        FileNotFoundError: the job's own pages are not there.
    """
    check_job(job)
    if pages < 1:
        raise ValueError(f"--pages is {pages}; expected 1 or more")
    if workers < 1:
        raise ValueError(f"--workers is {workers}; expected 1 or more")
    return _pages(job, Path(folder), _read_manifest(job, Path(folder)), pages, workers)


def _pages(
    job: Job, folder: Path, known: dict[str, dict[str, Any]], pages: int, workers: int
) -> Iterator[int]:
    missing = [
        index
        for index in range(pages)
        if f"{index:06d}" not in known or not all(map(is_whole, page_files(job, folder, index)))
    ]
    for path in page_files(job, folder, 0):
        make_folder(path.parent)
    _write_manifest(job, folder, known)
    done = pages - len(missing)
    yield done
    for line in _lines(job, folder, missing, workers):
        known[line["name"]] = line
        done += 1
        if done % 20 == 0:
            _write_manifest(job, folder, known)
        yield done
    _write_manifest(job, folder, known)


def _lines(job: Job, folder: Path, missing: list[int], workers: int) -> Iterator[dict[str, Any]]:
    if workers == 1 or len(missing) < 2:
        yield from (write_page(job, str(folder), index) for index in missing)
        return
    count = len(missing)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, count), mp_context=context) as pool:
        yield from pool.map(write_page, [job] * count, [str(folder)] * count, missing)


def _read_manifest(job: Job, folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / MANIFEST
    if not path.exists():
        for place in {file.parent for file in page_files(job, folder, 0)}:
            if place.is_dir() and any(not file.name.startswith(".") for file in place.iterdir()):
                raise ValueError(
                    f"{place} holds files, and no {MANIFEST} beside it says that they were made; choose"
                    " another folder, or yours would be overwritten"
                )
        return {}
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        settings, lines = manifest["settings"], {line["name"]: line for line in manifest["pages"]}
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ValueError(f"{path} is no manifest of restorekit synthesize; choose another folder") from error
    for key, value in job._asdict().items():
        if settings.get(key) != value:
            raise ValueError(
                f"{folder} holds pages made with {key} = {settings.get(key)!r}, not {value!r}; "
                "choose another folder, or ask for the same settings to go on"
            )
    return lines


def _write_manifest(job: Job, folder: Path, lines: dict[str, dict[str, Any]]) -> None:
    pages = [lines[name] for name in sorted(lines)]
    text = json.dumps({"settings": job._asdict(), "pages": pages}, indent=1, ensure_ascii=False)
    write_whole(folder / MANIFEST, text)


def _write(path: Path, picture: np.ndarray) -> None:
    options = []
    if path.suffix == ".jpg":
        options = [
            *(cv2.IMWRITE_JPEG_QUALITY, 95),
            *(cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444),
        ]
    packed = cv2.imencode(path.suffix, picture[..., ::-1] if picture.ndim == 3 else picture, options)[1]
    write_whole(path, packed.tobytes())
