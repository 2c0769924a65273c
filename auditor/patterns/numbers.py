"""Numbers at a moment of a deal, and predicates that compare them."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from auditor.i18n import _
from auditor.log.columns import Bools, Ints, seconds
from auditor.log.kinds import DAY, NEVER
from auditor.log.log import Log, time_of
from auditor.patterns.base import Need, Predicate, Selector, fulfilling, parts_of, unseen
from auditor.patterns.deadlines import EXACT, Span
from auditor.patterns.fields import changes_of
from auditor.patterns.logic import FALSE, TRUE, UNKNOWN, Truth
from auditor.patterns.moments import Moments, count_before, first_after, last_before

Numbers = NDArray[np.float64]
OPERATORS = {">=": np.greater_equal, ">": np.greater, "<=": np.less_equal, "<": np.less, "==": np.equal}


class Quantity(ABC):
    """A number that a deal has at any moment, known between two bounds.

    `label`: what a limit of it is called among a clause's parameters."""

    unit: str = "times"
    label: str = "at_least"

    @abstractmethod
    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        """The least and the greatest value that the record allows; NaN: nobody knows."""

    @abstractmethod
    def words(self) -> str: ...

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        """`Suspect` of what makes up the number, per moment."""
        return np.zeros(len(at), np.uint8)

    @property
    def needs(self) -> tuple[Need, ...]:
        return tuple(need for part in parts_of(self, Selector) for need in part.needs)

    def changes(self, log: Log) -> list[Moments]:
        return [part.find(log) for part in parts_of(self, Selector)]

    def columns(self, log: Log) -> tuple[str, ...]:
        """The captions of the fields that show it."""
        captions = (need.names[0] for need in self.needs if need.sort == "field")
        return tuple(log.settings.fields.get(caption, caption) for caption in captions)

    def __ge__(self, limit: "float | Quantity") -> "Compared":
        return Compared(self, ">=", limit)

    def __gt__(self, limit: "float | Quantity") -> "Compared":
        return Compared(self, ">", limit)

    def __le__(self, limit: "float | Quantity") -> "Compared":
        return Compared(self, "<=", limit)

    def __lt__(self, limit: "float | Quantity") -> "Compared":
        return Compared(self, "<", limit)

    def equals(self, limit: "float | Quantity") -> "Compared":
        return Compared(self, "==", limit)


@dataclass(frozen=True)
class Compared(Predicate):
    """A quantity compared with a number or with another quantity."""

    left: Quantity
    operator: str
    limit: "float | Quantity"
    PARAMETERS: ClassVar[dict[str, str]] = {"limit": "{left.label}"}

    def holds(self, log: Log, at: Moments) -> Truth:
        low, high = self.left.bounds(log, at)
        other = self._limit(log, at)
        with np.errstate(invalid="ignore"):
            if self.operator == "==":
                sure, possible = (low == other) & (high == other), (low <= other) & (other <= high)
            else:
                compare = OPERATORS[self.operator]
                ends = compare(low, other), compare(high, other)
                sure, possible = ends[0] & ends[1], ends[0] | ends[1]
        result = np.where(sure, TRUE, np.where(possible, UNKNOWN, FALSE)).astype(np.int8)
        result[np.isnan(low) | np.isnan(other)] = UNKNOWN
        return self._of_zero(low, other, result)

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        """Of what is enough; of too little nothing is suspect."""
        return self.left.suspects(log, at) if self.operator in (">=", ">") else super().suspects(log, at)

    def _of_zero(self, low: Numbers, other: Numbers, result: Truth) -> Truth:
        """Nothing is not more than zero: an empty field violates «> 0»."""
        if self.operator == ">" and isinstance(self.left, FieldNumber):
            result[np.isnan(low) & (other == 0)] = FALSE
        return result

    def _limit(self, log: Log, at: Moments) -> Numbers:
        if isinstance(self.limit, Quantity):
            return self.limit.bounds(log, at)[0]
        return np.full(len(at), float(self.limit))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*self.left.needs, *(self.limit.needs if isinstance(self.limit, Quantity) else ()))

    def changes(self, log: Log) -> list[Moments]:
        other = self.limit.changes(log) if isinstance(self.limit, Quantity) else []
        return [*self.left.changes(log), *other]

    def words(self) -> str:
        limit = self.limit.words() if isinstance(self.limit, Quantity) else f"{self.limit:g}"
        sign = {">=": "≥", "<=": "≤", "==": "="}.get(self.operator, self.operator)
        return f"{self.left.words()} {sign} {limit}"

    def found(self, log: Log, at: Moments) -> list[str]:
        low = self.left.bounds(log, at)[0]
        return [_("found: {number}").format(number=_("empty") if np.isnan(x) else f"{x:g}") for x in low]

    def measure(self, log: Log, at: Moments) -> "tuple[np.ndarray, np.ndarray, str]":
        return self.left.bounds(log, at)[0], self._limit(log, at), self.left.unit

    def columns(self, log: Log) -> tuple[str, ...]:
        sides = [side for side in (self.left, self.limit) if isinstance(side, Quantity)]
        return tuple(name for side in sides for name in side.columns(log))


class FieldQuantity(Quantity):
    """A number that a field tells."""

    field: str

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Need("field", (self.field,)),)

    def changes(self, log: Log) -> list[Moments]:
        return [changes_of(log, self.field)]


@dataclass(frozen=True)
class FieldNumber(FieldQuantity):
    """The number in a field."""

    field: str
    label = "amount"
    unit = "rub"

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        versions = log.field(self.field)
        value = versions.numbers[versions.code[versions.at(at.key)]]
        return value, value

    def words(self) -> str:
        return f"«{self.field}»"

    def __mul__(self, factor: float) -> "Scaled":
        return Scaled(self, factor)


@dataclass(frozen=True)
class Scaled(Quantity):
    """A multiple of another quantity."""

    of: Quantity
    factor: float
    PARAMETERS: ClassVar[dict[str, str]] = {"factor": "share"}

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        low, high = self.of.bounds(log, at)
        return low * self.factor, high * self.factor

    def words(self) -> str:
        return f"{self.factor:.0%} × {self.of.words()}"

    @property
    def unit(self) -> str:  # type: ignore[override]
        return self.of.unit

    @property
    def needs(self) -> tuple[Need, ...]:
        return self.of.needs

    def changes(self, log: Log) -> list[Moments]:
        return self.of.changes(log)


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


@dataclass(frozen=True)
class Count(Quantity):
    """How many such moments lie before this one: in the deal's life, since the last `since`, within the last days.

    `since` without a moment: since the deal's beginning. `no_sooner`: only those that long after `since`."""

    of: Selector
    since: Selector | None = None
    within: Span | None = None
    no_sooner: Span | None = None
    on_days: bool = False

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        found = fulfilling(log, self.of.find(log))
        latest = None if self.since is None else _last_marks(self.since.find(log), at)
        surely = None if self.since is None else _last_marks(_sure(self.since.find(log)), at)
        low, high = self._counted(_sure(found), latest, at), self._counted(found, surely, at)
        start = log.deals.created[at.deal]
        if surely is not None:
            start = np.where(surely[1], np.maximum(surely[0].time, start), start)
        return low, np.where(unseen(log, self.of.streams, start, at.time), np.inf, high)

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        """The flags of all moments that count."""
        found = self.of.find(log)
        latest = None if self.since is None else _last_marks(self.since.find(log), at)
        result = np.zeros(len(at), np.uint8)
        for flag in np.unique(found.flags[found.flags > 0]):
            result[self._counted(found.taken(found.flags == flag), latest, at) > 0] |= flag
        return result

    def _first(self, found: Moments, marks: "Marks | None", at: Moments) -> Ints:
        """Per moment the index of the first of `found` that counts."""
        first = np.searchsorted(found.key, at.deal << 32, side="left")
        if marks is not None:
            mark, there = marks
            if self.no_sooner is None:
                first = np.where(there, first_after(found, mark), first)
            else:
                first = np.where(there, np.searchsorted(found.key, _shifted(mark.key, self.no_sooner, 1)), first)
        if self.within is not None:
            first = np.maximum(first, np.searchsorted(found.key, _shifted(at.key, self.within, -1)))
        return first

    def _counted(self, found: Moments, marks: "Marks | None", at: Moments) -> Numbers:
        first, last = self._first(found, marks, at), count_before(found, at)
        if not self.on_days:
            return np.maximum(last - first, 0).astype(np.float64)
        day = np.cumsum(np.append(True, np.diff(found.deal * 2**17 + found.time // DAY) != 0)[: len(found)])
        day = np.append(day, 0)
        many = day[np.maximum(last - 1, 0)] - day[np.minimum(first, len(found))] + 1
        return np.where(last > first, many, 0).astype(np.float64)

    @property
    def label(self) -> str:  # type: ignore[override]
        return "on_days" if self.on_days else "at_least"

    def words(self) -> str:
        what = self.of.words()
        if self.on_days:
            what = _("days with: {what}").format(what=what)
        if self.since is not None:
            what = _("{what} since: {since}").format(what=what, since=self.since.words())
        if self.within is not None:
            what = _("{what} within {span}").format(what=what, span=self.within.words())
        return what

    @property
    def needs(self) -> tuple[Need, ...]:
        return self.of.needs


Marks = tuple[Moments, Bools]
"""Per moment the last mark before it, and whether there is one."""


def _last_marks(found: Moments, at: Moments) -> Marks:
    last = last_before(found, at)
    return (found if len(found) else at).taken(np.maximum(last, 0) if len(found) else np.arange(len(at))), last >= 0


def _sure(found: Moments) -> Moments:
    return found if found.sure.all() else found.taken(found.sure)


def _shifted(key: Ints, span: Span, sign: int) -> Ints:
    """The moment so much later or earlier; 00:00 of the day where the span is one of calendar days."""
    moved = key + sign * span.seconds
    return moved if span.unit in EXACT else moved - time_of(moved) % DAY


@dataclass(frozen=True)
class Silence(Quantity):
    """Calendar days since the last such moment; since the creation where there was none."""

    of: Selector
    label = "silent_days"
    unit = "days"

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        found = self.of.find(log)
        sure = found if found.sure.all() else found.taken(found.sure)
        longest = self._days(log, sure, at)
        shortest = longest if sure is found else self._days(log, found, at)
        blind = unseen(log, self.of.streams, at.time - (longest * DAY).astype(np.int64), at.time)
        return np.where(blind, 0, shortest), longest

    def _days(self, log: Log, found: Moments, at: Moments) -> Numbers:
        last = last_before(found, at)
        since = np.where(last >= 0, time_of(np.append(found.key, 0)[last]), log.deals.created[at.deal])
        return (at.time // DAY - since // DAY).astype(np.float64)

    def words(self) -> str:
        return _("days since: {what}").format(what=self.of.words())


def field(caption: str) -> FieldNumber:
    """The number in a field."""
    return FieldNumber(caption)


def days_ahead(caption: str) -> DaysAhead:
    return DaysAhead(caption)


def count(
    of: Selector, *, since: Selector | None = None, within: Span | None = None, no_sooner: Span | None = None
) -> Count:
    """How many such moments lie before."""
    return Count(of, since, within, no_sooner)


def count_days(of: Selector) -> Count:
    """On how many days such moments lie before."""
    return Count(of, on_days=True)


def silence(of: Selector) -> Silence:
    return Silence(of)


@dataclass(frozen=True)
class Existence(Compared):
    """At least once, or never: no number that could be set."""

    PARAMETERS: ClassVar[dict[str, str]] = {}


def never(of: Selector) -> Compared:
    """Not once before."""
    return Existence(Count(of), "<=", 0)


def once(of: Selector) -> Compared:
    """At least once before."""
    return Existence(Count(of), ">=", 1)


@dataclass(frozen=True)
class PartsOf(FieldQuantity):
    """How many parts, divided by commas, a field's text has."""

    field: str
    label = "parts"

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        versions = log.field(self.field)
        parts = [sum(bool(part.strip()) for part in value.split(",")) for value in versions.values]
        number = np.array([*parts, np.nan], dtype=np.float64)[versions.code[versions.at(at.key)]]
        return number, number

    def words(self) -> str:
        return _("parts of «{field}»").format(field=self.field)


@dataclass(frozen=True)
class DueAhead(Quantity):
    """Of the moment at which a task is set: calendar days until its due date."""

    label = "days_ahead"
    unit = "days"

    def bounds(self, log: Log, at: Moments) -> tuple[Numbers, Numbers]:
        if "due" not in log.activities:
            return np.full(len(at), np.nan), np.full(len(at), np.nan)
        due = seconds(log.activities["due"])[log.ref[at.pos]]
        ahead = np.where(due == NEVER, np.nan, (due // DAY - at.time // DAY).astype(np.float64))
        return ahead, ahead

    def words(self) -> str:
        return _("days until the task is due")


def parts_in(caption: str) -> PartsOf:
    return PartsOf(caption)


due_ahead = DueAhead()
