"""Between arrays as files hold them and tensors as networks take them."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor


def to_tensor(array: np.ndarray) -> Tensor:
    """``(H, W, 3)`` uint8 or uint16 to float32 ``(1, 3, H, W)`` in [0, 1]."""
    levels = np.iinfo(array.dtype).max
    values = torch.from_numpy(np.ascontiguousarray(array, dtype=np.float32))
    return (values / levels).permute(2, 0, 1)[None].contiguous()


def to_array(image: Tensor, dtype: type[np.unsignedinteger] = np.uint8) -> np.ndarray:
    """``(C, H, W)`` in [0, 1] to ``(H, W, C)`` of ``dtype``, clamped and rounded to its levels."""
    levels = np.iinfo(dtype).max
    values = image.detach().float().clamp(0, 1).mul(levels).round()
    return values.permute(1, 2, 0).cpu().numpy().astype(dtype)
