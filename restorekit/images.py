"""Between arrays as files hold them and tensors as networks take them."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor


def to_tensor(array: np.ndarray) -> Tensor:
    """``(H, W, C)`` or ``(H, W)`` uint8 or uint16 to float32 ``(C, H, W)`` or ``(1, H, W)`` in [0, 1]."""
    return _planes(array, np.float32).div_(np.iinfo(array.dtype).max)


def to_bytes(array: np.ndarray) -> Tensor:
    """``(H, W, C)`` or ``(H, W)`` uint8 to uint8 ``(C, H, W)`` or ``(1, H, W)``; see ``unit_range``."""
    return _planes(array, np.uint8)


def _planes(array: np.ndarray, dtype: type[np.generic]) -> Tensor:
    """Channels first, in memory of its own."""
    planes = array[None] if array.ndim == 2 else array.transpose(2, 0, 1)
    return torch.from_numpy(np.array(planes, dtype=dtype, order="C"))


def unit_range(image: Tensor) -> Tensor:
    """Bytes to float32 in [0, 1], what ``to_tensor`` gives; other tensors as they are."""
    return image.float().div_(255) if image.dtype == torch.uint8 else image


def to_array(image: Tensor, dtype: type[np.unsignedinteger] = np.uint8) -> np.ndarray:
    """``(C, H, W)`` in [0, 1] to ``(H, W, C)`` of ``dtype``, clamped and rounded to its levels."""
    levels = np.iinfo(dtype).max
    values = image.detach().float().clamp(0, 1).mul(levels).round()
    return values.permute(1, 2, 0).cpu().numpy().astype(dtype)
