"""Memory of a program that runs once: it is kept for the next big array, and cycles are looked for seldom."""

import atexit
import gc
import os
import sys

M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -2, -3, -8
MOST = 2**31 - 1
STEP = 1 << 26
"""Bytes by which the store grows at least; what nobody has written to takes no memory."""
SELDOM = 1_000_000
"""New objects after which cycles are looked for: Python's own 700 costs a tenth of the imports, 50,000 a thirtieth of
an audit, which leaves nothing in cycles that takes memory."""


def keep_freed() -> None:
    """Let glibc keep what arrays give back: to fetch it from the system anew for each costs a tenth of an audit. Arrow
    and all threads take from that one store: with one each, half of it free, an audit needs a quarter more memory. It
    grows in large steps, and numpy asks for no huge pages of it: both together cost another tenth. Its threads
    for matrices, which nothing here multiplies, would wait for work in a loop.

    Called before numpy, whose threads get their stores at its import. Other C libraries go on as they do."""
    import ctypes  # the help does without, and without arrow

    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(M_MMAP_THRESHOLD, MOST)
        mallopt(M_TRIM_THRESHOLD, MOST)
        mallopt(M_TOP_PAD, STEP)
        mallopt(M_ARENA_MAX, 1)
        os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        import pyarrow

        pyarrow.set_memory_pool(pyarrow.system_memory_pool())


def collect_seldom() -> None:
    """Look for cycles seldom; at the end not at all, since all memory goes back at once then."""
    gc.set_threshold(SELDOM)
    atexit.register(gc.freeze)
