"""Memory of a program that runs once: it is kept for the next big array, and cycles are looked for seldom."""

import atexit
import ctypes
import gc
import sys

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
MOST = 2**31 - 1
SELDOM = 50_000
"""New objects after which cycles are looked for; Python's own 700 costs a tenth of the imports."""


def keep_freed() -> None:
    """Let glibc keep what arrays give back: to fetch it from the system anew for each costs a tenth of an audit.

    Other C libraries go on as they do."""
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(M_MMAP_THRESHOLD, MOST)
        mallopt(M_TRIM_THRESHOLD, MOST)


def collect_seldom() -> None:
    """Look for cycles seldom; at the end not at all, since all memory goes back at once then."""
    gc.set_threshold(SELDOM)
    atexit.register(gc.freeze)
