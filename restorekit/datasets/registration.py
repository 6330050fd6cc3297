"""How far a ground truth is shifted against its input, from what the two share: print, rules and paper."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

COARSE_SIDE = 1024
BLOCK = 256
MOST_BLOCKS = 16
LEAST_SIDE = 8  # px: with fewer there is nothing to align

_INK_REACH = 6  # px: ink is told from print that is shifted by less than this
_INK_LEVELS = 25
_STRUCTURE_LEVELS = 4.0  # a block with less contrast than this has nothing to align
_NEGLIGIBLE = 0.2  # px
_LEAST_SHARED = 0.6

Shift = tuple[float, float]


class Registration(NamedTuple):
    """Where the ground truth lies relative to the input, in pixels, right and down positive.

    Attributes:
        shift: ``(dx, dy)``, the median over blocks of the page.
        worst: the length of the shift that a tenth of the blocks exceeds: larger than ``shift`` where the
            page is turned, scaled or warped.
        blocks: how many blocks could be measured.
    """

    shift: Shift
    worst: float
    blocks: int

    @property
    def length(self) -> float:
        """The length of ``shift``."""
        return float(np.hypot(*self.shift))


def measure_shift(image: np.ndarray, target: np.ndarray) -> Registration | None:
    """Measure a pair's misregistration by phase correlation, to a tenth of a pixel or so.

    A coarse estimate on the reduced page finds large shifts. Then the page's most structured blocks are
    correlated at full size, with the ink taken out: ink is what differs from everything that the target has
    within a few pixels, so that shifted print is not taken for it. A block counts if its shift
    brings the two closer.

    Args:
        image: ``(H, W, 3)`` uint8 RGB, the page with ink.
        target: the ground truth, of the same shape.

    Returns:
        None where the page has too little print or rules to tell.
    """
    grey_image, grey_target = (cv2.cvtColor(np.asarray(page), cv2.COLOR_RGB2GRAY) for page in (image, target))
    right, down = coarse_shift(grey_image, grey_target)
    grey_image, grey_target = _overlap(grey_image, grey_target, right, down)
    if min(grey_image.shape) < LEAST_SIDE:
        return None
    shared = _shared_weight(grey_image, grey_target)
    details = (_details(grey_image) * shared, _details(grey_target) * shared)
    shifts = []
    for window in _structured_blocks(*details, shared):
        shift = _block_shift(details[0][window], details[1][window])
        if shift is not None:
            shifts.append(shift)
    if not shifts:
        return None
    measured = np.array(shifts) + (right, down)
    middle = np.median(measured, axis=0)
    lengths = np.hypot(measured[:, 0], measured[:, 1])
    return Registration((float(middle[0]), float(middle[1])), float(np.quantile(lengths, 0.9)), len(shifts))


def coarse_shift(image: np.ndarray, target: np.ndarray) -> tuple[int, int]:
    """The shift ``(dx, dy)`` of two grey pages in whole pixels, (0, 0) unless a large one fits better."""
    height, width = image.shape
    scale = min(1.0, COARSE_SIDE / max(height, width))
    size = (max(LEAST_SIDE, round(width * scale)), max(LEAST_SIDE, round(height * scale)))
    small = [
        cv2.resize(page, size, interpolation=cv2.INTER_AREA).astype(np.float32) for page in (image, target)
    ]
    (dx, dy), _ = cv2.phaseCorrelate(_details(small[0]), _details(small[1]), _window(small[0].shape))
    right, down = round(dx * width / size[0]), round(dy * height / size[1])
    if max(abs(right), abs(down)) <= 2 or abs(right) > width // 2 or abs(down) > height // 2:
        return 0, 0
    before, after = (_mean_difference(*_overlap(image, target, *shift)) for shift in ((0, 0), (right, down)))
    return (right, down) if after < 0.97 * before else (0, 0)


def _overlap(image: np.ndarray, target: np.ndarray, right: int, down: int) -> tuple[np.ndarray, np.ndarray]:
    """The parts of two pages that show the same, if the target lies ``right`` and ``down`` of the image."""
    height, width = image.shape
    of_image = image[max(0, -down) : height - max(0, down), max(0, -right) : width - max(0, right)]
    of_target = target[max(0, down) : height + min(0, down), max(0, right) : width + min(0, right)]
    return of_image, of_target


def _mean_difference(image: np.ndarray, target: np.ndarray) -> float:
    return float(cv2.absdiff(image, target).mean())


def _shared_weight(image: np.ndarray, target: np.ndarray) -> np.ndarray:
    """1 where both pages show the same, fading to 0 where ink lies; float32."""
    reach = cv2.getStructuringElement(cv2.MORPH_RECT, (2 * _INK_REACH + 1,) * 2)
    darker = cv2.subtract(cv2.erode(target, reach), image)
    lighter = cv2.subtract(image, cv2.dilate(target, reach))
    ink = (cv2.max(darker, lighter) > _INK_LEVELS).astype(np.uint8)
    kept = 1 - cv2.dilate(ink, np.ones((9, 9), np.uint8))
    return cv2.blur(kept.astype(np.float32), (5, 5))


def _details(page: np.ndarray) -> np.ndarray:
    """A grey page's fine structure, float32 around 0."""
    values = page.astype(np.float32)
    return values - cv2.blur(values, (31, 31))


def _structured_blocks(
    image: np.ndarray, target: np.ndarray, shared: np.ndarray
) -> list[tuple[slice, slice]]:
    """The blocks in which both pages have most to align, leaving out those that are mostly ink."""
    height, width = image.shape
    ranked = []
    for top in _starts(height):
        for left in _starts(width):
            window = (slice(top, top + BLOCK), slice(left, left + BLOCK))
            contrast = min(float(image[window].std()), float(target[window].std()))
            if contrast >= _STRUCTURE_LEVELS and shared[window].mean() > _LEAST_SHARED:
                ranked.append((contrast, window))
    ranked.sort(key=lambda item: -item[0])
    return [window for _, window in ranked[:MOST_BLOCKS]]


def _starts(length: int) -> list[int]:
    return list(range(0, max(1, length - BLOCK + 1), BLOCK // 2))


def _block_shift(image: np.ndarray, target: np.ndarray) -> Shift | None:
    """One block's ``(dx, dy)``; None where that does not bring the two closer."""
    (dx, dy), _ = cv2.phaseCorrelate(image, target, _window(image.shape))
    if max(abs(dx), abs(dy)) > min(image.shape) / 4:
        return None
    if max(abs(dx), abs(dy)) <= _NEGLIGIBLE:
        return dx, dy
    dx, dy = _refine(image, target, (dx, dy))
    moved = cv2.warpAffine(target, _translation(-dx, -dy), target.shape[::-1])
    border = int(max(abs(dx), abs(dy))) + 1
    inner = (slice(border, -border), slice(border, -border))
    before = np.abs(image[inner] - target[inner]).mean()
    after = np.abs(image[inner] - moved[inner]).mean()
    return (dx, dy) if after < 0.9 * before else None


def _refine(image: np.ndarray, target: np.ndarray, shift: Shift) -> Shift:
    """Maximise the correlation from a start: the peak's centroid alone is a quarter pixel off in between."""
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 20, 1e-3)
    try:
        _, warp = cv2.findTransformECC(
            image, target, _translation(*shift), cv2.MOTION_TRANSLATION, criteria, None, 3
        )
    except cv2.error:  # it did not converge
        return shift
    dx, dy = float(warp[0, 2]), float(warp[1, 2])
    return (dx, dy) if max(abs(dx - shift[0]), abs(dy - shift[1])) < 1 else shift


def _translation(dx: float, dy: float) -> np.ndarray:
    return np.array([[1, 0, dx], [0, 1, dy]], np.float32)


def _window(shape: tuple[int, ...]) -> np.ndarray:
    return cv2.createHanningWindow((shape[1], shape[0]), cv2.CV_32F)
