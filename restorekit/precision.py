"""Which number format the networks run in."""

from __future__ import annotations

from typing import Literal, get_args

import torch

Precision = Literal["auto", "fp32", "bf16"]
PRECISIONS = get_args(Precision)
# all versions of torch that may be installed have these; the public get_capabilities came with 2.11
CPU_PROBES = ("_is_amx_tile_supported", "_is_avx512_bf16_supported")


def has_fast_bf16(device: torch.device | str) -> bool:
    """Whether ``device`` has instructions for bfloat16 arithmetic.

    On a CPU these are AMX or AVX512-BF16; without them bfloat16 is emulated, and slower than float32. GPUs of
    NVIDIA have them from compute capability 8.0 on.
    """
    kind = torch.device(device).type
    if kind == "cuda":
        return bool(torch.version.hip) or torch.cuda.get_device_capability(device) >= (8, 0)
    if kind == "cpu":
        return any(getattr(torch.cpu, probe, bool)() for probe in CPU_PROBES)
    return False


def autocast_dtype(precision: Precision, device: torch.device | str) -> torch.dtype | None:
    """The dtype to run networks under autocast in, or None for plain float32.

    Args:
        precision: ``'fp32'``, ``'bf16'``, or ``'auto'``: bf16 where ``device`` is fast at it.
        device: where they run, such as ``'cpu'`` or ``'cuda:1'``.

    Raises:
        ValueError: another ``precision``.
    """
    if precision not in PRECISIONS:
        raise ValueError(f"precision must be one of {', '.join(PRECISIONS)}; got {precision!r}")
    if precision == "auto":
        precision = "bf16" if has_fast_bf16(device) else "fp32"
    return torch.bfloat16 if precision == "bf16" else None
