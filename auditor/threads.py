"""Threads, where there is enough to do: numpy and arrow let go of the interpreter while they count."""

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

WORTH_IT = 20_000
"""Rows from which on threads are used: of a story's few rows handing them over took three quarters of the time."""
AT_ONCE = 2
"""Of works that need the interpreter about half of their time, so many go side by side: a third would wait for it."""


class AtOnce(Executor):
    """Does at once what it is given."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """A future that is done already; raises what `fn` raises."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def workers(rows: int, at_most: int | None = None) -> Executor:
    """Threads for so many rows, or nobody but the caller."""
    return ThreadPoolExecutor(at_most) if rows >= WORTH_IT else AtOnce()
