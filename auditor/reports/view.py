"""How much of a report is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")


class Part(StrEnum):
    """What of the report is wanted."""

    WHOLE = "whole"
    STATS = "stats"
    """What is broken most, in full."""
    SUM = "sum"


@dataclass(frozen=True)
class View:
    """The part that is wanted, and whether its long lists are cut."""

    part: Part = Part.WHOLE
    full: bool = False

    def first(self, items: Sequence[T], few: int) -> Sequence[T]:
        """The first few, or all of them."""
        return items if self.full else items[:few]


SHORT = View()
