"""How much light what lies on paper takes away, and optical densities, which add (Beer and Lambert)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch
from torch import Tensor

from restorekit.inferencers.functional import Read
from restorekit.inferencers.paper import CELL, paper_rows, squares, usual_level
from restorekit.inferencers.resizing import row_groups

DARKEST = 1 / 64
"""What lets less light through counts as this dark."""
DARKEST_PAPER = 40 / 255
"""In black borders the noise is not print."""


def coloured_paper(read: Read, size: tuple[int, int]) -> Tensor | None:
    """The paper of a page in squares of ``CELL`` px, ``(1, 3, h, w)``; None where the page has no colour."""
    columns, coloured, parts = torch.arange(size[1]), False, []
    for _, rows in row_groups(size[0]):
        page = read(rows, columns)
        coloured = coloured or bool((page.amax(1) > page.amin(1)).any())
        parts.append(squares(page, CELL))
    planes = torch.cat(parts, -2).split(1, 1)  # one at a time, for the memory of their medians
    return torch.cat([usual_level(plane) for plane in planes], 1) if coloured else None


def transmittance(page: Tensor, paper: Tensor) -> Tensor:
    """How much light gets through to the paper, of 1; of levels in [0, 1], the same shape."""
    return ((page + 1 / 255) / (paper + 1 / 255)).clamp(DARKEST, 1)


def off_grey(density: Any) -> tuple[Any, Any]:
    """The two coordinates at right angles to the axis of greys, of densities ``(3, ...)`` of R, G and B."""
    red, green, blue = density
    return (2 * red - green - blue) / math.sqrt(6), (green - blue) / math.sqrt(2)


def densities(page: np.ndarray, where: np.ndarray) -> np.ndarray | None:
    """Densities of R, G and B of some pixels of a page, row by row; None where the page has no colour.

    Args:
        page: uint8 RGB ``(H, W, 3)``.
        where: which pixels, bool ``(H, W)``.

    Returns:
        float32 ``(3, N)``.
    """

    def read(rows: Tensor, _: Tensor) -> Tensor:
        own = torch.from_numpy(page[int(rows[0]) : int(rows[-1]) + 1])
        return own.permute(2, 0, 1)[None].float() / 255

    height, width = where.shape
    paper, columns, found = coloured_paper(read, (height, width)), torch.arange(width), []
    if paper is None:
        return None
    for first, rows in row_groups(height):
        own = torch.from_numpy(where[first : first + len(rows)])
        bare = paper_rows(paper, rows, width)[:, own]
        found.append(-transmittance(read(rows, columns)[0][:, own], bare).log())
    return torch.cat(found, 1).numpy()


def darkness_of(page: np.ndarray) -> np.ndarray:
    """The share of the paper's light that each pixel takes away, float32 ``(H, W)``, of ``(H, W, 3)``."""
    groups = list(row_groups(len(page)))
    parts = (page[first : first + len(rows)] for first, rows in groups)  # a tensor of one is an int to numpy
    levels = [torch.from_numpy(part).float().mean(2)[None, None] / 255 for part in parts]
    paper = usual_level(torch.cat([squares(level, CELL) for level in levels], -2))
    darkness = np.empty(page.shape[:2], np.float32)
    for (first, rows), level in zip(groups, levels, strict=True):
        usual = paper_rows(paper, rows, page.shape[1]).clamp(min=DARKEST_PAPER)
        darkness[first : first + len(rows)] = (1 - level[0] / usual)[0].clamp(0, 1).numpy()
    return darkness
