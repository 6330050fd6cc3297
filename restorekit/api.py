"""The Python API: arrays in, arrays out, and files. It imports nothing of training."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from restorekit.images import to_array, to_tensor
from restorekit.inferencers import Chain, predictor
from restorekit.inferencers.functional import span
from restorekit.inferencers.streaming import is_out_of_memory, stream, with_less_memory
from restorekit.networks import fold_spectral_norm
from restorekit.page_progress import PageProgress
from restorekit.precision import Precision, autocast_dtype
from restorekit.types import Predict
from restorekit.weights_folder import find_weights, load_weights_folder
from restorekit.wording import counted

if TYPE_CHECKING:
    from restorekit.documents import ErasedPage, EraseOptions, File, PageSummary

logger = logging.getLogger(__name__)


class Result(NamedTuple):
    """What ``Restorer.restore`` returns.

    Attributes:
        image: the restored page, shaped and typed as the input.
        mask: ``(H, W)`` uint8, 255 where the network is sure of ink; None where it predicts no mask.
    """

    image: np.ndarray
    mask: np.ndarray | None


class Restorer:
    """A network with the way to run it; threads may share one, and each process loads its own.

    Args:
        network: see ``restorekit.networks``. It is changed in place: moved to the device, put into evaluation
            mode, its spectral norms folded away, its weights without gradients.
        inferencer: an inferencer, its config, or None for the whole image at once.
        task: what the weights are for.
        device: ``'auto'`` (a CUDA GPU if there is one), ``'cpu'``, ``'cuda'``, ``'cuda:1'``, ``'mps'`` …
        precision: ``'auto'``, ``'fp32'`` or ``'bf16'``; see ``restorekit.precision``.

    Raises:
        ValueError: there is no such device or precision, or an argument of the inferencer is out of range.
        KeyError, TypeError: there is no such inferencer, or it takes no such arguments.
    """

    def __init__(
        self,
        network: nn.Module,
        *,
        inferencer: Any = None,
        task: str = "",
        device: str | torch.device = "auto",
        precision: Precision = "auto",
    ) -> None:
        self.task = task
        self.device = pick_device(device)
        network = fold_spectral_norm(network).to(self.device, memory_format=torch.channels_last)
        self.network = network.requires_grad_(False)
        self.inferencer = Chain(inferencers=[] if inferencer is None else [inferencer])
        self._predict = refusing_nan(
            predictor(network, autocast_dtype=autocast_dtype(precision, self.device))
        )

    def __call__(self, array: np.ndarray) -> np.ndarray:
        """The restored page; see ``restore``."""
        return self.restore(array).image

    def restore(self, array: np.ndarray, *, on_rows: Callable[[int], None] | None = None) -> Result:
        """Restore one page, which streams through in tiles: only arrays of its size are ever held.

        Where the device's memory does not suffice, the batch is halved, then the tile; a warning says so,
        and the smaller setting stays.

        Args:
            array: RGB ``(H, W, 3)``, grey ``(H, W)`` or ``(H, W, 1)``, either with alpha as the last
                channel (``(H, W, 4)``, ``(H, W, 2)``); uint8 or uint16. Alpha comes back untouched.
            on_rows: called with the number of finished rows, at every step of torch's; what it raises ends
                the work. Of rows that have not come out yet, those count that the network is done with.

        Returns:
            The page, shaped and typed as it came, and the ink mask.

        Raises:
            TypeError: another dtype.
            ValueError: another shape, no pixels, memory that does not suffice for the smallest tiles, or a
                network that gives NaN.
        """
        page = check_array(array)
        while True:
            inferencers = self.inferencer.inferencers
            try:
                image, mask = self._restore(page, inferencers, on_rows)
                return Result(image.reshape(array.shape), mask)
            except RuntimeError as error:
                if not is_out_of_memory(error):
                    raise
            if self.inferencer.inferencers is inferencers:  # no other thread was first
                self._use_less_memory(inferencers)

    def _restore(
        self, page: np.ndarray, inferencers: list[Any], on_rows: Callable[[int], None] | None
    ) -> tuple[np.ndarray, np.ndarray | None]:
        height, width, channels = page.shape
        colours = 1 if channels < 3 else 3
        image, mask = page.copy(), None
        progress = PageProgress(on_rows or (lambda rows: None), (height, width), self.network)
        followed = progress if on_rows is not None else nullcontext()

        def read(rows: Tensor, columns: Tensor) -> Tensor:
            pixels = page[span(rows)][:, span(columns), :colours]
            return to_tensor(pixels if colours == 3 else np.repeat(pixels, 3, axis=2))[None]

        with followed:
            predict = progress.predict(self._predict)
            for first, band in stream(inferencers, predict, read, (height, width), progress.read):
                output = band[0]
                end = first + output.shape[1]
                restored = output[:3] if colours == 3 else output[:3].mean(0, keepdim=True)
                image[first:end, :, :colours] = to_array(restored, page.dtype.type)
                if output.shape[0] > 3:
                    mask = np.empty((height, width), np.uint8) if mask is None else mask
                    mask[first:end] = to_array(output[3:4])[..., 0]
                progress.tell(end)
        return image, mask

    def _use_less_memory(self, inferencers: list[Any]) -> None:
        if self.device.type == "cuda":
            torch.cuda.empty_cache()
        smaller = with_less_memory(inferencers)
        if smaller is None:
            raise ValueError(
                f"{self.device} has too little memory even for single tiles of the smallest size; close other"
                " programs, or use device='cpu'"
            )
        tiles = next((item for item in smaller if hasattr(item, "tile")), None)
        setting = f"tiles of {tiles.tile} px, {tiles.batch_size} at a time" if tiles else "smaller tiles"
        logger.warning("out of memory on %s: going on with %s", self.device, setting)
        self.inferencer = Chain(inferencers=smaller)

    def erase_file(
        self, source: File, target: File, options: EraseOptions | None = None
    ) -> list[PageSummary]:
        """Erase a picture, a multi-page TIFF or a PDF, and write it as it came.

        Args:
            source: JPEG, PNG, TIFF, WebP, BMP or PDF: a path, or a binary file that is open, such as
                ``io.BytesIO(data)``.
            target: where to, a path or a binary file that is open; it is written whole or not at all. A
                picture of one page may get another format, which a path's suffix names; everything else
                keeps that of ``source``.
            options: see ``restorekit.documents.EraseOptions``; None: as ``restorekit erase`` does for what
                the weights are for.

        Returns:
            What happened on each page. A page with an ``error`` came out as it was.

        Raises:
            ValueError, OSError: the file cannot be read or written; the message names it and the mend.
            TypeError: no path and no binary file.
        """
        from restorekit.documents import erase_file

        return erase_file(self.restore, source, target, options or self._options())

    def erase_pages(self, source: File, options: EraseOptions | None = None) -> Iterator[ErasedPage]:
        """The pages of a file one after the other, before and after, and their masks, as arrays.

        Args:
            source: see ``erase_file``.
            options: see ``erase_file``.

        Raises:
            ValueError, OSError: see ``erase_file``; a page that cannot be read raises at its turn.
        """
        from restorekit.documents import erase_pages

        return erase_pages(self.restore, source, options or self._options())

    def _options(self) -> EraseOptions:
        from restorekit.documents import WHOLE_PICTURE_TASKS, EraseOptions

        return EraseOptions(full=self.task in WHOLE_PICTURE_TASKS)


def load_restorer(
    weights: str | os.PathLike = "handwriting",
    *,
    inferencer: Mapping[str, Any] | None = None,
    device: str | torch.device = "auto",
    precision: Precision = "auto",
) -> Restorer:
    """Load a restorer.

    Args:
        weights: the name of weights that ship (``"handwriting"``; see
            ``restorekit.weights_folder.shipped_weights``), or a weights folder (``work_dirs/NAME/best``, or
            one made by ``restorekit convert``), or the ``model.safetensors`` in one.
        inferencer: run it otherwise than its config says, e.g. ``dict(type='Tiled', tile=512, margin=64)``.
        device: see ``Restorer``.
        precision: see ``Restorer``.

    Raises:
        FileNotFoundError, ValueError, KeyError, TypeError: see ``Restorer``, and
            ``restorekit.weights_folder.load_weights_folder``.

    Example:
        >>> restorer = load_restorer("handwriting")  # doctest: +SKIP
        >>> clean = restorer(page)  # doctest: +SKIP
        >>> summary = restorer.erase_file("scan.pdf", "clean.pdf")  # doctest: +SKIP
    """
    network, config = load_weights_folder(find_weights(weights))
    return Restorer(
        network,
        inferencer=config["inferencer"] if inferencer is None else inferencer,
        task=config["task"],
        device=device,
        precision=precision,
    )


def pick_device(device: str | torch.device) -> torch.device:
    """``'auto'`` to a CUDA device if there is one, else the CPU; a ValueError names one that is not there."""
    if device == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        picked = torch.device(device)
        count = torch.get_device_module(picked.type).device_count()
    except (RuntimeError, TypeError, AttributeError) as error:  # no such kind, or one without devices
        raise ValueError(
            "device must be 'auto', 'cpu', 'cuda', 'cuda:N' or another of torch's, such as 'mps';"
            f" got {device!r}"
        ) from error
    if (picked.index or 0) >= count:
        raise ValueError(
            f"device={str(device)!r}, but torch sees {counted(count, 'device')} of that kind here; use 'cpu'"
            " or 'auto'"
        )
    return picked


def refusing_nan(predict: Predict) -> Predict:
    """``predict``, with a ValueError where it gives NaN: in a file that would be black."""

    def run(image: Tensor) -> Tensor:
        output = predict(image)
        if output.sum().isnan():
            raise ValueError(
                "the network gave NaN for a part of the page; take precision='fp32' (--precision fp32)"
                " or other weights"
            )
        return output

    return run


def check_array(array: np.ndarray) -> np.ndarray:
    """``array`` with a channel axis, or an error that says what a page must be."""
    if not isinstance(array, np.ndarray):
        raise TypeError(
            f"a page must be a numpy array of uint8 or uint16; got {type(array).__name__}. Files are for"
            " erase_file; cv2.imread gives None for one that it cannot read; an image of Pillow's becomes a"
            " page by numpy.asarray(image.convert('RGB'))"
        )
    if array.dtype not in (np.uint8, np.uint16):
        raise TypeError(
            f"a page must be a numpy array of uint8 or uint16; got {array.dtype}."
            " Levels from 0 to 255: page.astype('uint8'); from 0 to 1: (page * 255).round().astype('uint8')"
        )
    plain = np.asarray(array)  # np.matrix has no third axis
    shaped = plain[..., None] if plain.ndim == 2 else plain
    if shaped.ndim != 3 or shaped.shape[2] not in (1, 2, 3, 4) or 0 in shaped.shape:
        raise ValueError(
            f"a page must have shape (H, W), (H, W, 1..4), with at least one pixel; got {array.shape}."
            " Channels are last, page.transpose(1, 2, 0), and pages are given one by one"
        )
    return shaped
