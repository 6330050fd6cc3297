"""How far the work on a page is, told at every step of torch's, so that it can be shown and ended there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from restorekit.inferencers.functional import Read
from restorekit.types import Predict

_CONVOLUTIONS = {torch.conv2d, torch.conv_transpose2d}


class PageProgress(TorchFunctionMode):
    """While it is entered, tells how many rows of a page are done; what is told may raise, and ends the work.

    Rows are done that came out, and as many more as the pixels make that the network is done with, each
    counted once however tiles overlap, at the size at which it saw them. Within the network its convolutions
    are counted.

    Args:
        on_rows: called with the number of rows, never with fewer than before.
        size: ``(height, width)`` of the page in px.
        network: what predicts.
    """

    def __init__(self, on_rows: Callable[[int], None], size: tuple[int, int], network: nn.Module) -> None:
        super().__init__()
        self._on_rows, (self._height, self._width) = on_rows, size
        self._convolutions = sum(isinstance(part, nn.modules.conv._ConvNd) for part in network.modules())
        self._rows = self._done = 0  # px, but for rows: the network is done with
        self._read = self._new = 0  # it is given, and those among them that it has not seen before
        self._predicted = self._at_hand = 0  # of what is read it is done with, and has at hand
        self._step = 0

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """One step, if it is one of a tensor: what raised where torch's modes are set would leave them so."""
        if args and isinstance(args[0], Tensor):
            self.tell()
            self._step += func in _CONVOLUTIONS
        return func(*args, **(kwargs or {}))

    def read(self, read: Read, size: tuple[int, int]) -> Read:
        """``read`` of a page of this size, followed; its tiles are read from left to right and downwards."""
        above = bottom = seen = 0

        def followed(rows: Tensor, columns: Tensor) -> Tensor:
            nonlocal above, bottom, seen
            if self._predicted:
                self._done += self._new
                self._read = self._new = self._predicted = 0
            end, right = int(rows.max()) + 1, int(columns.max()) + 1
            if end > bottom:
                above, bottom = bottom, end
            now = max(above * size[1] + (bottom - above) * right, seen)
            self._read += len(rows) * len(columns)
            self._new += now - seen
            seen = now
            return read(rows, columns)

        return followed

    def predict(self, predict: Predict) -> Predict:
        """``predict``, followed."""

        def followed(image: Tensor) -> Tensor:
            self._step, self._at_hand = 0, len(image) * image.shape[-2] * image.shape[-1]
            output = predict(image)
            self._predicted, self._at_hand = self._predicted + self._at_hand, 0
            return output

        return followed

    def tell(self, rows: int = 0) -> None:
        """Tell how far it is, at least ``rows``."""
        at_hand = self._at_hand * min(self._step / max(self._convolutions, 1), 1.0)
        pixels = self._done + self._new * min((self._predicted + at_hand) / max(self._read, 1), 1.0)
        self._rows = max(self._rows, rows, min(int(pixels / self._width), self._height))
        self._on_rows(self._rows)
