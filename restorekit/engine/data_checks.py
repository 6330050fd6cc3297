"""What can be seen of a training's data before it starts."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from pathlib import Path
from typing import Any, TypeVar

from mmengine.config import Config

from restorekit.datasets.doctor import examine_page, list_pages
from restorekit.datasets.folders import PagePaths, listed
from restorekit.datasets.page_report import PageReport
from restorekit.engine.config import plain_dict
from restorekit.engine.config_edits import folder_datasets, roots_of
from restorekit.registry import DATASETS
from restorekit.wording import counted

Page = TypeVar("Page")
FOLDER_ARGUMENTS = ("image_folder", "target_folder", "mask_folder")
PAGES_LOOKED_AT = 4
UNFIT_TURNED_OVER = {"mask_levels"}
UNFIT_MASKS = {"mask_levels", "inverted_mask", "empty_mask", "full_mask"}
"""Findings of ``examine_page`` on masks that no training can use, as they are and by ``InvertMask``."""


def check_holdout(config: Config, holdout: str) -> None:
    """Raise a ValueError where every page would be validated on, those of the training among them."""
    if holdout == "all" and any(key == "train_dataloader" for key, _ in folder_datasets(config)):
        raise ValueError(
            "holdout='all' would validate on the pages that are trained on: give a count, a share or a list"
            " file of those to hold out"
        )


def check_datasets(config: Config) -> tuple[str, str]:
    """Build the datasets once before the Runner makes a folder and logs pages that would bury an error.

    To train and validate on the very same pages is a choice, to see whether a network can learn them.

    Returns:
        How many pages are trained and validated on, as far as they are files; and a warning where those
        validated on seem to bear no ink, else "".

    Raises:
        ValueError: there are no pages, or some are trained on and validated on, and others not; see also the
            datasets' own.
    """
    pages: dict[str, dict[Path, PagePaths]] = {"train_dataloader": {}, "val_dataloader": {}}
    for key, found in pages.items():
        if not config.get(key):
            continue
        dataset = DATASETS.build(plain_dict(config[key]["dataset"]))
        check_not_empty(dataset, loader=key)
        for one in _within(dataset):
            own = [page for page in getattr(one, "pages", []) if isinstance(page, PagePaths)]
            found |= {page.image.resolve(): page for page in own}
    trained, validated = pages.values()
    both = sorted(path.name for path in trained.keys() & validated.keys())
    if both and trained.keys() != validated.keys():
        raise ValueError(
            f"{len(both)} pages are trained on and validated on: {listed(both)}. Give the datasets of"
            " train_dataloader and val_dataloader the same holdout and seed, as holdout (--holdout) does"
        )
    told = [(trained, "to train on"), (validated, "to validate on")]
    count = ", ".join(f"{counted(len(found), 'page')} {what}" for found, what in told if found)
    return count, _remark_on_bare(list(validated.values()))


def _remark_on_bare(pages: list[PagePaths]) -> str:
    looked_at = _some(pages)
    for page in looked_at:
        report = PageReport(page.image.parent, page.name, dict(image=page.image, target=page.target))
        if examine_page(report).ink_share != 0:
            return ""
    if not looked_at:
        return ""
    return (
        f"no ink on the pages to validate on ({listed(page.name for page in looked_at)}): best/ would be the"
        " weights that change least, not those that erase best. Hold out others: more (--holdout 5), or a"
        " file that lists names of pages with ink (--holdout LIST)"
    )


def _some(pages: list[Page]) -> list[Page]:
    """``PAGES_LOOKED_AT`` of them, from the first on."""
    return pages[:: max(1, len(pages) // PAGES_LOOKED_AT)][:PAGES_LOOKED_AT]


def check_not_empty(dataset: Any, *, loader: str) -> None:
    """Raise a ValueError where ``dataset`` has no pages, by whose number samplers divide."""
    for one in _within(dataset):
        if isinstance(one, Sized) and len(one) == 0:
            raise ValueError(
                f"{loader}.dataset: {type(one).__name__} has no pages (its length is 0): are its folder and"
                " what it takes of it right?"
            )


def _within(dataset: Any) -> Iterator[Any]:
    """What ``dataset`` is made of, the innermost first, and itself."""
    parts = getattr(dataset, "datasets", ())
    for one in (getattr(dataset, "dataset", None), *(parts if isinstance(parts, (list, tuple)) else ())):
        if one is not None:
            yield from _within(one)
    yield dataset


def check_pairs(config: Config) -> str:
    """See on a few training pages which way round they are.

    Returns:
        A warning where input and ground truth seem to be swapped, or copies, else "".

    Raises:
        ValueError: the mask files mark no ink as it is wanted: all levels are 0 or 1, or nothing or
            everything is marked, or black is ink and the pipeline does not invert them.
    """
    for key, dataset in folder_datasets(config):
        if key != "train_dataloader" or dataset["type"] != "PairedImages":  # others have layouts of their own
            continue
        for root in roots_of(dataset):
            if remark := _check_folder(root, dataset):
                return remark
    return ""


def _check_folder(root: str, dataset: dict[str, Any]) -> str:
    """``check_pairs`` of one folder that the dataset that this configures reads."""
    folders = {name: dataset[name] for name in FOLDER_ARGUMENTS if name in dataset}
    whole = [page for page in list_pages(root, **folders) if {"image", "target"} <= page.files.keys()]
    pages = _some(whole)
    findings = [finding for page in pages for finding in examine_page(page).findings]
    inverts = "InvertMask" in [transform["type"] for transform in dataset.get("pipeline") or []]
    unfit = UNFIT_TURNED_OVER if inverts else UNFIT_MASKS
    faults = [finding for finding in findings if finding.kind in unfit]
    if len(faults) > len(pages) / 2:
        turn = ", or put dict(type='InvertMask') first in the pipelines"
        raise ValueError(
            f"the masks of {root} cannot be trained on ({faults[0].message}): white (255) must be ink."
            f" `restorekit masks make {root} --overwrite` computes them anew"
            f"{turn if faults[0].kind == 'inverted_mask' else ''}"
        )
    if sum(finding.kind == "swapped" for finding in findings) > len(pages) / 2:
        return (
            f"{root}: what differs is drawn on the ground truth. The input has the ink, the ground truth"
            " has none: are the two folders swapped?"
        )
    if len(pages) > 1 and sum(finding.kind == "no_ink" for finding in findings) == len(pages):
        return (
            f"{root}: none of {len(pages)} pages looked at has ink. Are the ground truths copies of the"
            f" input? `restorekit masks check {root}` looks at all"
        )
    return ""
