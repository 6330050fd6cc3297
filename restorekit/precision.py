"""Which number format the networks run in."""

from __future__ import annotations

import torch

PRECISIONS = ("auto", "fp32", "bf16")
# all versions of torch that may be installed have these; the public get_capabilities came with 2.11
CPU_PROBES = ("_is_amx_tile_supported", "_is_avx512_bf16_supported")


def has_fast_bf16(device_type: str) -> bool:
    """Whether this machine's ``device_type`` has instructions for bfloat16 arithmetic.

    On a CPU these are AMX or AVX512-BF16; without them bfloat16 is emulated, and slower than float32.
    """
    if device_type == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    if device_type == "cpu":
        return any(getattr(torch.cpu, probe, bool)() for probe in CPU_PROBES)
    return False


def autocast_dtype(precision: str, device_type: str) -> torch.dtype | None:
    """The dtype to run networks under autocast in, or None for plain float32.

    Args:
        precision: ``'fp32'``, ``'bf16'``, or ``'auto'``: bf16 where ``device_type`` is fast at it.
        device_type: ``'cpu'``, ``'cuda'``, ...

    Raises:
        ValueError: another ``precision``.
    """
    if precision not in PRECISIONS:
        raise ValueError(f"precision must be one of {', '.join(PRECISIONS)}; got {precision!r}")
    if precision == "auto":
        precision = "bf16" if has_fast_bf16(device_type) else "fp32"
    return torch.bfloat16 if precision == "bf16" else None
