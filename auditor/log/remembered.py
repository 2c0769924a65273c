"""What is asked of a log again and again is found out once."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """A function or method that keeps its results in `log.memo`, as long as the log itself lives.

    Its parameter `log` is given by position; its other arguments (of a method the object, too) are hashable, and equal
    ones give one result. Nobody may write to a result: all callers share it."""
    place = [*signature(function).parameters].index("log")

    @wraps(function)
    def recalled(*args: P.args, **kwargs: P.kwargs) -> R:
        log: Any = args[place]
        question = (function, *args, *kwargs.items())
        known = log.memo.get(question)  # one look-up, since hashing a nested selector costs more than the search
        if known is None:
            known = log.memo[question] = function(*args, **kwargs)
        return known

    return recalled
