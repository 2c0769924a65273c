"""Faults of a command line are gathered and told together."""

from collections.abc import Callable
from typing import TypeVar

from auditor.cli.errors import UsageError

T = TypeVar("T")


class Faults:
    """What is wrong so far, a line each."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def read(self, option: str, parse: Callable[[str], T], typed: str | None) -> T | None:
        """The parsed value; None where nothing was typed, or something wrong (its ValueError joins the faults)."""
        if typed is None:
            return None
        try:
            return parse(typed)
        except ValueError as error:
            self.lines.append(f"{option}: {error}")
            return None

    def read_all(self, option: str, parse: Callable[[str], T], typed: list[str]) -> tuple[T, ...]:
        found = [self.read(option, parse, word) for word in typed]
        return tuple(value for value in found if value is not None)

    def refuse(self) -> None:
        """Raises UsageError where anything was wrong."""
        if self.lines:
            raise UsageError(*self.lines)
