"""The C library's memory, tuned for training on a CPU."""

from __future__ import annotations

import ctypes

M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD = -1, -2, -3  # malloc.h of glibc
LARGEST_KEPT = 1 << 30  # bytes
SPARE = 1 << 28  # bytes


def keep_freed_memory() -> bool:
    """Have glibc keep freed memory for the next step instead of handing it back to the system.

    By default every large activation is mapped anew at each step, and the system clears its pages first.
    See mallopt(3). Other C libraries are left as they are.

    Returns:
        Whether it is so now.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # no glibc
        return False
    settings = ((M_MMAP_THRESHOLD, LARGEST_KEPT), (M_TRIM_THRESHOLD, LARGEST_KEPT), (M_TOP_PAD, SPARE))
    return sum(mallopt(name, value) for name, value in settings) == len(settings)
