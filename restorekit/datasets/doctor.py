"""The mask doctor: what is wrong with a folder of pairs, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np

from restorekit.datasets.duplicates import page_signature
from restorekit.datasets.folders import open_folders
from restorekit.datasets.ink_statistics import ink_statistics
from restorekit.datasets.masks import HARD_THRESHOLD, summed_difference
from restorekit.datasets.outlines import share_of_target
from restorekit.datasets.page_report import PageReport
from restorekit.datasets.registration import measure_shift
from restorekit.reading import page_count, read_grey, read_rgb

LARGEST_SHIFT = 0.5  # px, of the page
LARGEST_LOCAL_SHIFT = 1.0  # px, of a tenth of its blocks
FULL_SHARE = 0.6
LARGEST_CHANGED_SHARE = 0.001  # of the page outside a mask
LARGEST_CHANGED_SPOT = 3e-5  # of the page, and at least 60 px: a letter or so
LARGEST_TONE = 2.0  # levels, the median difference outside the ink
LARGEST_MISSED_SHARE = 0.25  # of the ink
LARGEST_ASTRAY_SHARE = 0.5  # of the mask
LARGEST_REDRAWN_SHARE = 0.03  # of what differs
LARGEST_SWAPPED_SHARE = 0.8  # of the outlines that tell
LEAST_INK_PX = 100

_CHANGED_LEVELS = 20
_GROWTH_PX = 5
_LEAST_SPOT_PX = 60


def list_pages(
    root: str | Path,
    *,
    image_folder: str = "images",
    target_folder: str = "gts",
    mask_folder: str | None = "masks",
) -> list[PageReport]:
    """The pages of a folder, those without a partner too, not yet examined; sorted by name.

    Raises:
        ValueError: a folder is missing or empty, or two files of it share a stem.
    """
    root = Path(root).expanduser()
    images, targets, masks = open_folders(
        root, image_folder=image_folder, target_folder=target_folder, mask_folder=mask_folder
    )
    kinds = {"image": (images, image_folder), "target": (targets, target_folder)}
    if masks is not None:
        kinds["mask"] = (masks, mask_folder or "")
    pages = []
    for name in sorted(set().union(*(files for files, _ in kinds.values()))):
        page = PageReport(
            root, name, {kind: files[name] for kind, (files, _) in kinds.items() if name in files}
        )
        missing = [folder for files, folder in kinds.values() if name not in files]
        if missing:
            page.add("no_partner", f"not in {' nor in '.join(missing)}")
        pages.append(page)
    return pages


def examine_pages(pages: Sequence[PageReport], *, workers: int = 1) -> Iterator[PageReport]:
    """Examine pages in threads, and yield each when its turn has come.

    Args:
        pages: from ``list_pages``; they are filled in.
        workers: threads; each needs some 0.5 GB for a page of 3300x4628.
    """
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(examine_page, pages)


def examine_page(page: PageReport) -> PageReport:
    """Measure one page, fill its report in and return it."""
    planes = {}
    for kind, path in page.files.items():
        try:
            planes[kind] = read_grey(path) if kind == "mask" else read_rgb(path)
        except ValueError as error:
            page.add("unreadable", str(error))
        else:
            if (count := page_count(path)) > 1:
                page.add("many_pages", f"{path.name} holds {count} pages, and only the first is seen")
    sizes = {kind: plane.shape[:2] for kind, plane in planes.items()}
    page.size = sizes.get("image")
    if len(set(sizes.values())) > 1:
        told = ", ".join(f"{kind} {width}x{height}" for kind, (height, width) in sizes.items())
        page.add("size_mismatch", f"{told}: a pair has one size (width x height)")
        return page
    if "image" in planes:
        page.signature = page_signature(planes["image"])
    if "image" in planes and "target" in planes:
        _examine_pair(page, planes["image"], planes["target"], planes.get("mask"))
    return page


def _examine_pair(page: PageReport, image: np.ndarray, target: np.ndarray, mask: np.ndarray | None) -> None:
    difference = summed_difference(image, target)
    ink = difference > 3 * HARD_THRESHOLD
    page.ink_share = float(ink.mean())
    page.ink = ink_statistics(image, target)
    aligned = _examine_registration(page, image, target)
    trusted = mask is not None and _examine_mask(page, mask, ink, aligned)
    if mask is None and page.ink_share > FULL_SHARE:
        page.add("full", f"image and ground truth differ over {page.ink_share:.0%} of the page: two pages?")
        return
    if page.ink_share == 0 and (mask is None or not page.mask_share):
        page.add("no_ink", "image and ground truth show no ink", problem=False)
    if ink.sum() >= LEAST_INK_PX:
        if (page.ink.redrawn or 0) > LARGEST_REDRAWN_SHARE:
            page.add(
                "redrawn_rules",
                f"{page.ink.redrawn:.0%} of what differs is no ink but rules drawn anew in the ground truth;"
                " masks and scores take it for ink",
                problem=False,
            )
        page.swapped_share = share_of_target(image, target)
        if (page.swapped_share or 0) > LARGEST_SWAPPED_SHARE:
            page.add("swapped", "what differs is drawn on the ground truth: is it swapped with the input?")
    if aligned and mask is not None and trusted:
        _examine_outside(page, image, target, difference, mask > 0)
    elif aligned:
        _examine_tone(page, image, target, _grown(ink))


def _examine_registration(page: PageReport, image: np.ndarray, target: np.ndarray) -> bool:
    page.registration = found = measure_shift(image, target)
    if found is None:
        return True
    dx, dy = found.shift
    if found.length > LARGEST_SHIFT:
        more = f", parts of it by {found.worst:.1f} px" if found.worst > found.length + LARGEST_SHIFT else ""
        page.add("misregistered", f"the ground truth is shifted by x {dx:+.1f}, y {dy:+.1f} px{more}")
    elif found.blocks >= 3 and found.worst > LARGEST_LOCAL_SHIFT:
        page.add(
            "misregistered", f"parts of the ground truth are {found.worst:.1f} px off (turned or warped)"
        )
    else:
        return True
    return False


def _examine_mask(page: PageReport, mask: np.ndarray, ink: np.ndarray, aligned: bool) -> bool:
    """Judge a mask file by the pair; returns whether it can be trusted to say where the ink is."""
    white = mask > 127
    page.mask_share = share = float(white.mean())
    ink_px = int(ink.sum())
    if 0 < mask.max() <= 1:
        page.add("mask_levels", "the mask's levels are 0 and 1; expected 0 to 255, where 255 is ink")
        return False
    on_ink = float(white[ink].mean()) if ink_px else 0.0
    on_paper = float(white[~ink].mean()) if ink_px < ink.size else 0.0
    if on_paper > 0.5 and on_ink < 0.5:
        page.add(
            "inverted_mask",
            f"white covers {on_paper:.0%} of the paper, {on_ink:.0%} of the ink: black is ink?",
        )
    elif share > FULL_SHARE:
        page.add("full_mask", f"white covers {share:.0%} of the page")
    elif not white.any():
        solid = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
        is_bare = solid.sum() < LEAST_INK_PX  # a pixel or two wide are compression's specks
        if not is_bare:
            page.add(
                "empty_mask", f"no ink is marked, but {ink_px} px differ by more than {HARD_THRESHOLD} levels"
            )
        return is_bare
    elif aligned and ink_px >= LEAST_INK_PX:
        missed = float(1 - _grown(white)[ink].mean())
        astray = float(1 - _grown(ink)[white].mean())
        if missed > LARGEST_MISSED_SHARE and astray > LARGEST_ASTRAY_SHARE:
            page.add(
                "mask_misses_ink",
                f"{missed:.0%} of what the ground truth removed is not in the mask, {astray:.0%} of the mask"
                " is elsewhere: is it another page's?",
            )
            return False
        return True
    else:
        return True
    return False


def _examine_outside(
    page: PageReport, image: np.ndarray, target: np.ndarray, difference: np.ndarray, marked: np.ndarray
) -> None:
    grown = _grown(marked)
    outside = int((~grown).sum())
    if outside == 0:
        return
    changed = ((difference > 3 * _CHANGED_LEVELS) & ~grown).astype(np.uint8)
    changed = cv2.morphologyEx(changed, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    page.changed_share = float(changed.sum()) / outside
    spots = cv2.connectedComponentsWithStats(changed)[2][1:]  # without the background
    largest = max(spots, key=lambda spot: spot[cv2.CC_STAT_AREA]) if len(spots) else np.zeros(5, int)
    left, top, width, height, area = (int(value) for value in largest)
    if area > max(_LEAST_SPOT_PX, LARGEST_CHANGED_SPOT * changed.size) or (
        page.changed_share > LARGEST_CHANGED_SHARE and area > 0
    ):
        page.add(
            "changed_outside",
            f"{page.changed_share:.2%} of what lies outside the mask differs by more than {_CHANGED_LEVELS}"
            f" levels; the largest spot has {area} px at x {left}, y {top}, {width}x{height}",
        )
    _examine_tone(page, image, target, grown)


def _examine_tone(page: PageReport, image: np.ndarray, target: np.ndarray, grown: np.ndarray) -> None:
    step = max(1, min(grown.shape) // 512)  # a median needs no more
    grid = (slice(None, None, step), slice(None, None, step))
    outside = ~grown[grid]
    if not outside.any():
        return
    signed = target[grid][outside].astype(np.int16) - image[grid][outside]
    tones = np.median(signed, axis=0)
    page.tone = float(tones[np.argmax(np.abs(tones))])
    if abs(page.tone) > LARGEST_TONE:
        page.add("tone_changed", f"outside the ink the ground truth is {page.tone:+.0f} levels off the input")


def _grown(region: np.ndarray) -> np.ndarray:
    kernel = np.ones((2 * _GROWTH_PX + 1,) * 2, np.uint8)
    return cv2.dilate(region.astype(np.uint8), kernel) > 0
