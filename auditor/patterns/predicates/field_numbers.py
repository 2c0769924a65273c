"""Numbers that fields and tasks tell: amounts, days until a date, parts of a text."""

import re
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from auditor.i18n import _, numeral, quoted
from auditor.log.kinds import DAY, NEVER
from auditor.log.log import Log
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.needs import Field, Need
from auditor.patterns.core.words import Words, dates_behind
from auditor.patterns.predicates.numbers import Numbers, Quantity
from auditor.patterns.selectors.fields import changed
from auditor.spelling import folded


class FieldQuantity(Quantity):
    """A number that a field tells."""

    field: str

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Field(self.field),)

    def changes(self, log: Log) -> list[Moments]:
        return [changed(self.field).find(log).certain]


@dataclass(frozen=True)
class FieldNumber(FieldQuantity):
    """The number in a field."""

    field: str
    label = "amount"
    unit = "rub"
    empty_is_zero = True

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        versions = log.field(self.field)
        here = versions.at(at.key)
        value, unknown = versions.numbers[versions.code[here]], versions.unknown[here]
        return np.where(unknown, -np.inf, value), np.where(unknown, np.inf, value)

    def words(self) -> str:
        return quoted(self.field)

    def __mul__(self, factor: float) -> "Scaled":
        return Scaled(self, factor)

    def __add__(self, other: "FieldNumber") -> "Sum":
        return Sum((self, other))

    def __sub__(self, leeway: float) -> "Less":
        return Less(self, leeway)


class Derived(Quantity):
    """A number made of another quantity."""

    of: Quantity

    @property
    def unit(self) -> str:  # type: ignore[override]
        return self.of.unit

    @property
    def needs(self) -> tuple[Need, ...]:
        return self.of.needs

    def changes(self, log: Log) -> list[Moments]:
        return self.of.changes(log)


@dataclass(frozen=True)
class Scaled(Derived):
    """A multiple of another quantity."""

    of: Quantity
    factor: float
    PARAMETERS: ClassVar[dict[str, str]] = {"factor": "share"}

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        low, high = self.of.bounds(log, at)
        return low * self.factor, high * self.factor

    def words(self) -> str:
        return f"{self.factor:.0%} × {self.of.words()}"


@dataclass(frozen=True)
class Less(Derived):
    """Another quantity less so much."""

    of: Quantity
    leeway: float
    PARAMETERS: ClassVar[dict[str, str]] = {"leeway": "leeway"}

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        low, high = self.of.bounds(log, at)
        return low - self.leeway, high - self.leeway

    def words(self) -> str:
        return f"{self.of.words()} − {numeral(self.leeway)}"


@dataclass(frozen=True)
class Sum(Quantity):
    """The sum of several numbers; unknown where one of them is."""

    parts: tuple[Quantity, ...]
    label = "amount"
    unit = "rub"

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        lows, highs = zip(*(part.bounds(log, at) for part in self.parts), strict=True)
        return sum(lows), sum(highs)

    def words(self) -> str:
        return " + ".join(part.words() for part in self.parts)

    @property
    def needs(self) -> tuple[Need, ...]:
        return tuple(need for part in self.parts for need in part.needs)

    def changes(self, log: Log) -> list[Moments]:
        return [moments for part in self.parts for moments in part.changes(log)]


@dataclass(frozen=True)
class DaysAhead(FieldQuantity):
    """How many calendar days the date in a field lies after the moment's day."""

    field: str
    label = "days_ahead"
    unit = "days"

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        versions = log.field(self.field)
        day = versions.day[versions.at(at.key)]
        ahead = np.where(day == NEVER, np.nan, (day // DAY - at.time // DAY).astype(np.float64))
        return ahead, ahead

    def words(self) -> str:
        return _("days until «{field}»").format(field=self.field)

    def told(self, log: Log, at: Moments, values: Numbers, form: str = "{n}") -> Words:
        """The days with the date itself: «3 (13.09.2024)»."""
        versions = log.field(self.field)
        return dates_behind(super().told(log, at, values, form), versions.day[versions.at(at.key)])


def field(caption: str) -> FieldNumber:
    """The number in a field, to compare: `field(BUDGET) > 0`, `field(INVOICED) >= field(BUDGET) * 0.5`. An empty field
    leaves it unknown, but for `> 0`: FALSE."""
    return FieldNumber(caption)


def days_ahead(caption: str) -> DaysAhead:
    """Calendar days from the moment's day to the date in a field, to compare; unknown where there is no date."""
    return DaysAhead(caption)


@dataclass(frozen=True)
class PartsOf(FieldQuantity):
    """How many parts a field's text has: a comma, a semicolon, the end of a line or one of the words begins a new one.

    A word that nothing follows belongs to what stands before it: «2 подъезд» is one part."""

    field: str
    begun_by: tuple[str, ...] = ()
    label = "parts"
    counts = True
    PARAMETERS: ClassVar[dict[str, str]] = {"begun_by": "part_words"}

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        versions = log.field(self.field)
        parts = [self._count(value) for value in versions.values]
        number = np.array([*parts, np.nan], dtype=np.float64)[versions.code[versions.at(at.key)]]
        return number, number

    def _count(self, text: str) -> int:
        return sum(self._begun(folded(piece)) for piece in re.split("[,;\n\r]", text) if piece.strip())

    def _begun(self, piece: str) -> int:
        """How many parts a piece between two separators has."""
        if not self.begun_by:
            return 1
        words = "|".join(map(re.escape, sorted(map(folded, self.begun_by), key=len, reverse=True)))
        lead, *following = re.split(rf"(?<!\w)(?:{words})(?!\w)\.?", piece)
        return max(1, sum(bool(part.strip()) for part in (lead, *following)))

    def words(self) -> str:
        return _("parts of «{field}»").format(field=self.field)


@dataclass(frozen=True)
class DueAhead(Quantity):
    """At the setting of a task: calendar days until its due date, to compare; unknown where it has none."""

    label = "days_ahead"
    unit = "days"

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        due = log.arrays.activities.seconds("due")[log.ref[at.pos]]
        ahead = np.where(due == NEVER, np.nan, (due // DAY - at.time // DAY).astype(np.float64))
        return ahead, ahead

    def words(self) -> str:
        return _("days until the task is due")

    def told(self, log: Log, at: Moments, values: Numbers, form: str = "{n}") -> Words:
        return dates_behind(super().told(log, at, values, form), log.arrays.activities.seconds("due")[log.ref[at.pos]])


def parts_in(caption: str, *begun_by: str) -> PartsOf:
    """How many parts the field's text has, to compare; unknown where it is empty. A comma, a semicolon, the end of a
    line or one of these words begins a part."""
    return PartsOf(caption, begun_by)


due_ahead = DueAhead()
