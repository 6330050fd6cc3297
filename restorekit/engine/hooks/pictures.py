"""Pictures of the training's progress in TensorBoard."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from mmengine.dist import master_only
from mmengine.hooks import Hook
from mmengine.runner import Runner
from torch import Tensor

from restorekit.images import to_array, unit_range
from restorekit.registry import HOOKS
from restorekit.types import Batch

CAPTION, GAP = 22, 6
FRAME = (70, 90, 130)
"""RGB; neither paper nor a mask has it."""


def most_inked_window(mask: np.ndarray, size: int) -> tuple[slice, slice]:
    """The ``size`` x ``size`` window of ``(H, W)`` ``mask`` with the most ink, clipped to the page."""
    height, width = min(size, mask.shape[0]), min(size, mask.shape[1])
    sums = cv2.integral(np.ascontiguousarray(mask, dtype=np.float64))
    windows = (
        sums[height:, width:] - sums[:-height, width:] - sums[height:, :-width] + sums[:-height, :-width]
    )
    y, x = np.unravel_index(int(windows.argmax()), windows.shape)
    return slice(int(y), int(y) + height), slice(int(x), int(x) + width)


def strip(image: Tensor, prediction: Tensor, target: Tensor, mask: Tensor) -> np.ndarray:
    """Input, restored, target, predicted mask and mask, side by side under their names.

    Args:
        image: ``(3, H, W)`` in [0, 1], or its bytes; so is ``target``.
        prediction: ``(3 or 4, H, W)``; without a mask of its own that panel is left out.
        target: see ``image``.
        mask: ``(1, H, W)``, as ``image``.

    Returns:
        uint8 RGB, ``CAPTION + H`` high and 4 or 5 times ``W`` wide, with ``GAP`` between.
    """
    panels = {"input": image, "restored": prediction[:3], "target": target}
    if prediction.shape[0] > 3:
        panels["predicted mask"] = prediction[3:].expand(3, -1, -1)
    panels["mask"] = mask.expand(3, -1, -1)
    height, width = image.shape[1:]
    picture = np.full((CAPTION + height, len(panels) * (width + GAP) - GAP, 3), FRAME, np.uint8)
    for index, (name, panel) in enumerate(panels.items()):
        left = index * (width + GAP)
        caption = np.full((CAPTION, width, 3), FRAME, np.uint8)
        cv2.putText(
            caption, name, (4, CAPTION - 7), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (255,) * 3, 1, cv2.LINE_AA
        )
        picture[:CAPTION, left : left + width] = caption
        picture[CAPTION:, left : left + width] = to_array(unit_range(panel.cpu()))
    return picture


@HOOKS.register_module()
class PicturesHook(Hook):
    """In each validation, the same windows of the same pages: input, restored, target, masks.

    They are cut out of the pages as these were restored and scored. The pages lie evenly among all, so that
    each of several folders is seen.

    Args:
        pages: how many of the validation pages.
        size: side of the window in px; it lies where the page has the most ink.

    Raises:
        ValueError: ``size`` is not positive.
    """

    def __init__(self, *, pages: int = 4, size: int = 384) -> None:
        if size < 1:
            raise ValueError(f"size is {size}; expected the window's side in pixels, 1 or more")
        self.pages, self.size = pages, size

    def before_val(self, runner: Runner) -> None:
        """Begin with the first page."""
        self.shown, self.batches = 0, len(runner.val_dataloader)

    @master_only
    def after_val_iter(
        self, runner: Runner, batch_idx: int, data_batch: Batch, outputs: Sequence[Tensor]
    ) -> None:
        """Hand the windows of one batch to the visualiser."""
        due = math.ceil(self.pages * (batch_idx + 1) / self.batches)  # of all pages, so many by now
        for index, prediction in enumerate(outputs[: due - self.shown]):
            image, target, mask = (data_batch[key][index] for key in ("image", "target", "mask"))
            window = (..., *most_inked_window(mask[0].numpy(), self.size))
            picture = strip(image[window], prediction[window], target[window], mask[window])
            runner.visualizer.add_image(f"pages/{data_batch['name'][index]}", picture, step=runner.iter)
        self.shown = min(due, self.shown + len(outputs))
