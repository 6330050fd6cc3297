"""A mark that is laid out again and again over a picture, found and taken off as one."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import torch
from torch import Tensor

from restorekit.inferencers.blending import (
    LEAST_PIXELS,
    NEAR_ENOUGH,
    USUAL_OPACITY,
    Blend,
    Edges,
    around,
    blend_of,
    fit_blend,
    robust_line,
    settle,
    steadied,
    unblend,
)
from restorekit.inferencers.functional import mask_of
from restorekit.inferencers.lattice import Cells, Lattice, find_lattices, refined
from restorekit.inferencers.morphology import dilated
from restorekit.registry import INFERENCERS
from restorekit.types import Predict

ROUNDS = 3
FAINTEST = 0.2
"""The share of full cover under which there is no mark but noise."""
SURE = 3.0
"""By how many standard errors of the mean over its repeats a pixel of a mark stands out."""
HOLE = 0.2
"""The share of a cell from which on what a mark encloses is no part of it."""
SEED = 0.08
"""By how much likelier than its surroundings a mark is, on average over its repeats."""
REACH = 24
"""px from what the network found, and what that encloses, to which a mark may reach."""
CERTAIN = 0.6
"""The belief from which on no other lattice is tried."""
SEEN = 0.3
"""The least probability of a mark's likeliest tenth: what is hardly suspected may be print that repeats."""
FEWEST_REPEATS = 3
"""Repeats, whole or in part, that are enough for a mean."""
LIKELY, SURELY = 0.5, 0.9
"""Probabilities from which on a network likely, and surely, sees a mark, at a pixel or in the mean of a part.
What is surely one, as large as a repeat, and lies beside the repeats is another mark."""
FAINTER = 0.93
"""The share of the mark's edges that a blend may leave, of what another leaves, to be taken instead."""


class Mark(NamedTuple):
    """What covers a picture again and again.

    Attributes:
        shape: float32 ``(H, W)`` in [0, 1], 1 where the mark has its full opacity.
        blend: its opacity and colour.
        area: px that a repeat covers.
        belief: the mean correlation of a repeat with all others, times that of the shape with the network's
            mask.
    """

    shape: np.ndarray
    blend: Blend
    area: int
    belief: float


@INFERENCERS.register_module()
class RepeatedMark:
    """Where a mark repeats all over a picture, estimate it from all its repeats and take it off exactly.

    A network finds a tiled mark on calm ground and misses it on busy ground. But where its probabilities
    repeat on a lattice there is one mark, of one shape, colour and opacity, and the mean over the repeats
    shows it where no single one can be seen, since the picture below differs from repeat to repeat. Dekel
    et al. ("On the effectiveness of visible watermarks", CVPR 2017) do so with many pictures under one mark;
    here the repeats in one picture serve. A mark is believed where each repeat agrees with the others, and
    all with what the network sees; else the prediction stays as it is. Beside the repeats nothing is a mark
    but what the network is sure of and is as large as one: print that it took for letters of the mark stays.

    In a chain it stands after ``MaskComposite``, which needs its mask, and before ``FlipAverage``, whose mask
    it needs.

    Args:
        belief: how much agreement, in (0, 1), makes a mark; see ``Mark``.

    Raises:
        ValueError: ``belief`` is out of its range.
    """

    def __init__(self, *, belief: float = 0.33) -> None:
        if not 0 < belief < 1:
            raise ValueError(f"belief must be over 0 and under 1; got {belief}")
        self.belief = belief

    def __call__(self, predict: Predict, image: Tensor) -> Tensor:
        """``(N, 3, H, W)`` to what ``predict`` gives, its image and its mask where the mark is."""
        output = predict(image)
        result = output.clone()
        for page, mask, place in zip(image, mask_of(output, self), result, strict=True):
            given, before = (plane.permute(1, 2, 0).float().cpu().numpy() for plane in (page, place[:3]))
            probability = mask[0].float().cpu().numpy()
            mark = find_mark(given, probability, least=self.belief)
            if mark is None:
                continue
            undone = unblend(given, mark.shape, settled_blend(given, before, mark))
            near = dilated(mark.shape > 0, 3, 3)
            found = cv2.blur(np.clip((probability - LIKELY) / (SURELY - LIKELY), 0, 1), (7, 7))
            restored = np.where(near[..., None], steadied(undone, before, near, found), given)
            other = _other_marks(probability, near, mark.area)
            seen = np.where(other, probability, mark.shape)
            restored = np.where(other[..., None], before, restored)
            place[:3] = torch.from_numpy(restored.clip(0, 1)).permute(2, 0, 1).to(place)
            place[3] = torch.from_numpy(seen).to(place)
        return result


def settled_blend(image: np.ndarray, restored: np.ndarray, mark: Mark) -> Blend:
    """The mark's blend, put right by what is left of its edges, or where these tell nothing by the network.

    What is below is known from its surroundings only, so that the line through it comes out too flat and the
    mark too faint. Undone too faintly it leaves edges. On even ground it does not, and there the slope is the
    mean of that line's and of the one through what the network restored, which errs to the other side.

    Args:
        image: float32 RGB ``(H, W, 3)`` in [0, 1], with the mark.
        restored: the same without it, as a network gives it.
        mark: see ``find_mark``.
    """
    below, near = around(image, mark.shape)
    inside = mark.shape > 0.8
    known = inside & (near > NEAR_ENOUGH)
    if np.count_nonzero(known) < LEAST_PIXELS:
        return mark.blend
    _, before, after = robust_line(below[known], image[known], 1 - USUAL_OPACITY)
    edges = Edges(image, mark.shape)
    faintest = edges.faintest(before, after)
    if faintest is not None:
        return faintest if edges.left(faintest) < FAINTER * edges.left(mark.blend) else mark.blend
    slope, _, _ = robust_line(restored[inside], image[inside], 1 - USUAL_OPACITY)
    return blend_of((slope + 1 - mark.blend.opacity) / 2, before, after) or mark.blend


def _other_marks(probability: np.ndarray, near: np.ndarray, least: int) -> np.ndarray:
    """Where the network sees marks of ``least`` px or more, not ``near`` the repeats: bool ``(H, W)``.

    Repeats do not part what lies around them.
    """
    likely = probability > LIKELY
    count, labels = cv2.connectedComponents(likely.astype(np.uint8))
    off = likely & ~near
    area = np.bincount(labels[off], minlength=count)
    mean = np.bincount(labels[off], probability[off], count) / np.maximum(area, 1)
    taken = (area >= least) & (mean > SURELY)
    return dilated(taken[labels] & off, 3, 3)


def find_mark(image: np.ndarray, probability: np.ndarray, *, least: float) -> Mark | None:
    """The mark that repeats over an image, where one does.

    Args:
        image: float32 RGB ``(H, W, 3)`` in [0, 1].
        probability: float32 ``(H, W)`` in [0, 1]: where a network sees a mark.
        least: the least belief.
    """
    lattices = find_lattices(probability)
    for group in (lattices[:-1], lattices[-1:]):  # a single row of repeats only where it is no part of more
        best: Mark | None = None
        for lattice in group:
            mark = fit_mark(image, probability, lattice)
            if mark is not None and mark.belief > (best.belief if best else least):
                best = mark
            if best is not None and best.belief > CERTAIN:
                break
        if best is not None:
            return best
    return None


def fit_mark(image: np.ndarray, probability: np.ndarray, lattice: Lattice) -> Mark | None:
    """The mark that repeats on a lattice; None where there is none.

    Shape, opacity and colour are estimated in turn: the picture below from what is around the shape, opacity
    and colour from that, and the shape, at each place of a cell, as the cover that explains all repeats best.

    Args:
        image: float32 RGB ``(H, W, 3)`` in [0, 1].
        probability: float32 ``(H, W)`` in [0, 1].
        lattice: where it repeats.
    """
    cells = Cells(lattice, *probability.shape)
    if cells.present.sum() < FEWEST_REPEATS * cells.area:
        return None
    shape, blend = _first_shape(cells.mean(cells.fold(probability))), None
    for turn in range(ROUNDS):
        laid = cells.unfold(shape)
        solid = _filled(laid, HOLE * cells.area)
        elsewhere = cells.unfold(np.roll(shape, np.array(shape.shape) // 2, (0, 1)))
        blend = fit_blend(image, *around(image, np.maximum(solid, elsewhere)), laid, elsewhere)
        if blend is None:
            return None
        below, near = around(image, solid)
        change = (blend.colour - below) * blend.opacity
        strength = (change**2).sum(2) * near
        seen = np.clip(((image - below) * change).sum(2) * near, -0.5 * strength, 1.5 * strength)
        if turn == 0:
            cells = Cells(refined(lattice, seen * solid), *probability.shape)
        seen, strength = cells.fold(seen), np.maximum(cells.fold(strength), 0)
        allowed = cells.mean(cells.fold(cv2.dilate(solid, np.ones((2 * REACH + 1, 2 * REACH + 1))))) > 0.3
        shape = _shape(seen, strength) * allowed
        if not (shape > 0.5).any():
            return None
    assert blend is not None  # there is a round
    laid = cells.unfold(shape)
    if np.percentile(probability[laid > 0.5], 90) < SEEN:
        return None
    as_seen = float(np.corrcoef(laid.ravel(), probability.ravel())[0, 1])
    laid = settle(image, below, laid, blend)
    area = int(np.count_nonzero(shape > 0.5))
    return Mark(laid, blend, area, _agreement(seen, strength, cells.present, shape) * as_seen)


def _first_shape(mean: np.ndarray) -> np.ndarray:
    """A cell's mean probability to a first guess at a mark's shape in it."""
    usual = float(np.median(mean))
    level, _ = cv2.threshold((mean * 255).astype(np.uint8), 0, 255, cv2.THRESH_OTSU)
    level = max(level / 255, usual + SEED)
    if not (mean > level).any():
        return np.zeros_like(mean, np.float32)
    core = float(np.percentile(mean[mean > level], 70))
    shape = np.clip((mean - usual) / (core - usual), 0, 1) * (mean > usual + 0.4 * (level - usual))
    return shape.astype(np.float32)


def _filled(shape: np.ndarray, largest: float) -> np.ndarray:
    """A shape with what it encloses, up to ``largest`` px: the middle of a wide stroke is easily missed."""
    solid = cv2.morphologyEx((shape > 0.5).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    outside = cv2.copyMakeBorder(1 - solid, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(outside, connectivity=4)
    small = stats[:, cv2.CC_STAT_AREA] < largest
    small[[0, labels[0, 0]]] = False
    holes = small[labels[1:-1, 1:-1]]
    return np.maximum(shape, np.maximum(solid, holes).astype(np.float32))


def _shape(seen: np.ndarray, strength: np.ndarray) -> np.ndarray:
    """The cover at each place of a cell that explains its repeats best, by least squares: ``(h, w)``."""
    total = np.maximum(strength.sum(0), 1e-4)
    shape = seen.sum(0) / total
    error = np.sqrt(((seen - shape * strength) ** 2).sum(0)) / total
    core = (shape > 0.5) & (shape > SURE * error)
    shape = np.where(dilated(core, 2, 2) & (shape > FAINTEST), shape, 0)
    full = np.percentile(shape[shape > 0.5], 60) if (shape > 0.5).sum() > 20 else 1.0
    return np.clip(shape / full, 0, 1).astype(np.float32)


def _agreement(seen: np.ndarray, strength: np.ndarray, present: np.ndarray, shape: np.ndarray) -> float:
    """How well the shape seen in each repeat correlates with that in all others, at and around the mark."""
    place = dilated(shape > 0, 4, 4)
    own, share = seen[:, place], strength[:, place] * present[:, place]
    others = (own.sum(0) - own) / np.maximum(strength[:, place].sum(0) - strength[:, place], 1e-4)
    own = own / np.maximum(strength[:, place], 1e-4)
    total = np.maximum(share.sum(1, keepdims=True), 1e-9)
    own, others = (part - (share * part).sum(1, keepdims=True) / total for part in (own, others))
    both, one, other = ((share * part).sum(1) for part in (own * others, own**2, others**2))
    weight = total[:, 0]
    return float((weight * both / np.sqrt(np.maximum(one * other, 1e-12))).sum() / weight.sum())
