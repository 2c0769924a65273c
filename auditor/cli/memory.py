"""The memory of big arrays, kept for the next ones."""

import ctypes
import sys

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
MOST = 2**31 - 1


def keep_freed() -> None:
    """Let glibc keep what arrays give back: to fetch it from the system anew for each costs a tenth of an audit.

    Other C libraries go on as they do."""
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(M_MMAP_THRESHOLD, MOST)
        mallopt(M_TRIM_THRESHOLD, MOST)
