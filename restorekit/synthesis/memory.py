"""Memory for pages: what one page has freed, the next one takes."""

from __future__ import annotations

import ctypes
import sys
from functools import lru_cache

TRIM, MMAP = -1, -3
"""M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of glibc's malloc.h."""
KEPT = 1 << 29
"""Bytes that stay with the process when they are free: half a gigabyte, some twenty planes of a page."""
LARGEST = 1 << 25
"""The largest piece that is kept, in bytes: the most that glibc allows, and more than a plane of a page."""


@lru_cache(maxsize=1)
def keep_memory() -> None:
    """Have a worker keep the memory that it frees, on Linux with glibc; elsewhere this does nothing.

    By default each large array goes back to the system, which hands it out again page by page, zeroed: that
    is a fifth of the time that it takes to make a page.
    """
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(TRIM, KEPT)
        mallopt(MMAP, LARGEST)
