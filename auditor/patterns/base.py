"""What selectors, predicates, deadlines and patterns are."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from auditor.log.columns import Bools, Ints
from auditor.log.kinds import DAY
from auditor.log.log import Log, key_of, time_of
from auditor.patterns.logic import Truth
from auditor.patterns.moments import NOT_AN_EVENT, Moments, first_after, none_of, points

if TYPE_CHECKING:
    from auditor.patterns.duties import Duties
    from auditor.patterns.refined import Either


@dataclass(frozen=True)
class Need:
    """Something of the export without which a clause cannot be judged: any one of `names` will do.

    `sort`: "stream" (a name of `Facts.streams`), "field" (a caption), "column" (of the activities), "attachment" (a
    field, or files of its name), "people" (the people table with its roles) or "either" (all of one of `options`)."""

    sort: str
    names: tuple[str, ...] = ()
    options: tuple[tuple["Need", ...], ...] = ()

    def is_there(self, log: Log) -> bool:
        if self.sort == "either":
            return any(all(need.is_there(log) for need in option) for option in self.options)
        if self.sort == "stream":
            return any(name in log.facts.streams for name in self.names)
        if self.sort == "people":
            return log.facts.has_people
        if self.sort == "attachment":
            return "file" in log.facts.streams or log.field(self.names[0]).exported
        if self.sort == "column":
            return any(name in log.activities for name in self.names)
        return any(log.field(name).exported for name in self.names)


def streams(*names: str) -> tuple[Need, ...]:
    """One need: any of these streams."""
    return (Need("stream", names),) if names else ()


def any_of(*options: tuple[Need, ...]) -> tuple[Need, ...]:
    """One need: all of one of the options; needs of one sort alone are told together."""
    options = tuple(dict.fromkeys(options))
    options = tuple(one for one in options if not any(set(other) < set(one) for other in options))
    if len(options) == 1 or not all(options):
        return options[0] if len(options) == 1 else ()
    sorts = {need.sort for option in options for need in option}
    if all(len(option) == 1 for option in options) and sorts in ({"field"}, {"stream"}):
        return (Need(sorts.pop(), tuple(dict.fromkeys(name for (need,) in options for name in need.names))),)
    return (Need("either", options=options),)


def needs_of(whole: object) -> tuple[Need, ...]:
    """What all direct parts need, each once."""
    every = dict.fromkeys(need for part in parts_of(whole, object) for need in getattr(part, "needs", ()))
    return tuple(need for need in every if not _implied(need, every))


def _implied(need: Need, others: Iterable[Need]) -> bool:
    """Whether another need cannot be met without this one being met: fewer names, or one of its options alone."""
    narrower = (other for other in others if other != need and other.sort == need.sort and other.names)
    if any(set(other.names) < set(need.names) for other in narrower):
        return True
    return any(all(part in others for part in option) for option in need.options)


class Selector(ABC):
    """Says which moments of a deal's life are meant."""

    @abstractmethod
    def select(self, log: Log) -> Moments:
        """All such moments of the log, in order."""

    @abstractmethod
    def words(self) -> str:
        """What it selects, in the active language."""

    @property
    def streams(self) -> frozenset[str]:
        """The streams that such moments come from."""
        return frozenset().union(*(part.streams for part in parts_of(self, Selector)))

    @property
    def needs(self) -> tuple[Need, ...]:
        """What must be exported for such moments to be seen."""
        return needs_of(self) or streams(*sorted(self.streams))

    @property
    def excuses(self) -> tuple[Need, ...]:
        """What only frees from a duty that such a moment raises."""
        return tuple(need for part in parts_of(self, Selector) for need in part.excuses)

    @property
    def early_too(self) -> bool:
        """Whether events before the deal's creation raise duties, at the creation."""
        return any(part.early_too for part in parts_of(self, Selector))

    @property
    def by_day(self) -> bool:
        """Whether its duties are identified by their day."""
        return any(part.by_day for part in parts_of(self, Selector))

    def find(self, log: Log) -> Moments:
        """`select`, remembered: many clauses share a selector."""
        if self not in log.memo:
            log.memo[self] = self.select(log)
        return log.memo[self]

    def next(self, log: Log, t: Moments) -> "Next":
        """The first such moment after each t (after its `since`, where it has one)."""
        found = fulfilling(log, self.find(log))
        start = t if t.since is None else points(log, t.since, t.row)
        own = at_own_times(log, found, start)
        return next_of(found, start) if own is None else earliest([next_of(found, start), next_of(own, start)])

    def doubtful(self, log: Log, t: Moments, last: Ints) -> Bools:
        """Whether between t and those seconds such a moment may have happened unseen: a stream is missing or ends."""
        return unseen(log, self.streams, t.time if t.since is None else time_of(t.since), last)

    def __or__(self, other: "Selector") -> "Either":
        from auditor.patterns.refined import Either

        return Either((self, other))


def fulfilling(log: Log, found: Moments) -> Moments:
    """Those that count as done: under `strict` suspects do not."""
    return found.taken(found.flags == 0) if log.settings.strict and found.flags.any() else found


@dataclass(frozen=True, eq=False)
class Next:
    """For each trigger the first sure moment after it, and the first possible one. Keys say NEVER where none."""

    key: Ints
    row: Ints
    pos: Ints
    flags: "np.ndarray"
    possible: Ints


def next_of(found: Moments, t: Moments) -> Next:
    """The next of these moments after each t."""
    sure = found if found.sure.all() else found.taken(found.sure)
    index = first_after(sure, t)
    never = none_of(t.deal)
    there = index < len(sure)
    key = np.where(there, np.append(sure.key, 0)[index], never)
    possible = key
    if sure is not found:
        any_index = first_after(found, t)
        possible = np.where(any_index < len(found), np.append(found.key, 0)[any_index], never)
    return Next(
        key,
        np.append(sure.row, -1)[index],
        np.append(sure.pos, -1)[index],
        np.append(sure.flags, np.uint8(0))[index],
        possible,
    )


def earliest(found: list[Next]) -> Next:
    """Of several searches the one that found first."""
    keys = np.stack([each.key for each in found])
    best = keys.argmin(axis=0)
    across = np.arange(len(best))

    def chosen(name: str) -> np.ndarray:
        return np.stack([getattr(each, name) for each in found])[best, across]

    possible = np.stack([each.possible for each in found]).min(axis=0)
    return Next(chosen("key"), chosen("row"), chosen("pos"), chosen("flags"), possible)


def at_own_times(log: Log, found: Moments, t: Moments) -> Moments | None:
    """Those before their deal's creation at their own seconds, for duties that arose before it; None where none did."""
    if not len(log.early) or not (t.time < log.deals.created[t.deal]).any():
        return None
    place = np.minimum(np.searchsorted(log.early, found.pos), len(log.early) - 1)
    early = np.flatnonzero((log.early[place] == found.pos) & (found.source != NOT_AN_EVENT))
    moved = replace(found.taken(early), key=key_of(found.deal[early], log.early_time[place[early]]))
    return moved.taken(np.lexsort((moved.pos, moved.key)))


def unseen(log: Log, names: Iterable[str], first: Ints, last: Ints) -> Bools:
    """Whether some of these streams do not cover the days from `first` to `last` (seconds)."""
    result = np.zeros(len(first), np.bool_)
    start, stop = first // DAY, np.minimum(last, log.as_of) // DAY
    for name in names:
        stream = log.facts.streams.get(name)
        if stream is None:
            return np.ones(len(first), np.bool_)
        result |= (start < stream.first) | (stop > stream.last)
    if "call out" in names and log.facts.lost_calls.size:
        days = log.facts.lost_calls
        result |= np.searchsorted(days, stop, side="right") > np.searchsorted(days, start, side="left")
    return result


def half_seen(log: Log, names: Iterable[str], first: Ints, last: Ints) -> Bools:
    """Whether some of these streams are exported, but not for all of those days. One that is not exported at all may
    not exist in the company: what only excuses is no need."""
    return unseen(log, [name for name in names if name in log.facts.streams], first, last)


class Predicate(ABC):
    """Says whether something holds at a moment of a deal."""

    @abstractmethod
    def holds(self, log: Log, at: Moments) -> Truth:
        """TRUE, FALSE or UNKNOWN at each moment."""

    @abstractmethod
    def words(self) -> str:
        """What must hold, in the active language."""

    def changes(self, log: Log) -> "list[Moments]":
        """Moments at which its value may change of itself."""
        return [moments for part in parts_of(self, Predicate) for moments in part.changes(log)]

    def found(self, log: Log, at: Moments) -> list[str]:
        """What there was instead, per moment, for a report."""
        return [""] * len(at)

    def measure(self, log: Log, at: Moments) -> "tuple[np.ndarray, np.ndarray, str] | None":
        """The measured number and its limit per moment, and their unit, where it compares numbers."""
        return None

    @property
    def needs(self) -> tuple[Need, ...]:
        """What must be exported for it to be judged."""
        return needs_of(self)

    @property
    def excuses(self) -> tuple[Need, ...]:
        """What only frees from a duty."""
        return tuple(need for part in parts_of(self, Predicate) for need in part.excuses)

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        """`Suspect` of what makes it hold, per moment."""
        return np.zeros(len(at), np.uint8)

    def columns(self, log: Log) -> tuple[str, ...]:
        """The captions of the fields that show it."""
        return tuple(dict.fromkeys(caption for part in parts_of(self, Predicate) for caption in part.columns(log)))

    @property
    def forbids(self) -> bool:
        """Whether breaking it means doing what must not be done, rather than leaving something undone."""
        return False

    def __and__(self, other: "Predicate") -> "Predicate":
        from auditor.patterns.joined import AllOf

        return AllOf((self, other))

    def __or__(self, other: "Predicate") -> "Predicate":
        from auditor.patterns.joined import AnyOf

        return AnyOf((self, other))

    def __invert__(self) -> "Predicate":
        from auditor.patterns.joined import Not

        return Not(self)


class Deadline(ABC):
    """Says until when something is due."""

    unit: str
    """In which a report tells by how much it was missed."""

    @abstractmethod
    def due(self, log: Log, t: Moments, who: Ints) -> Ints:
        """The last second in time for each trigger; NEVER where the record does not say; `who` are schedule numbers."""

    @abstractmethod
    def words(self) -> str: ...

    @property
    def needs(self) -> tuple[Need, ...]:
        return needs_of(self)


PER_UNIT = {"minutes": 60, "hours": 3600}


def measured(log: Log, unit: str, who: Ints, start: Ints, stop: Ints) -> "np.ndarray":
    """The time from start to stop in a unit: minutes, hours, days, working_minutes, working_hours, working_days."""
    if unit in ("days", "weeks"):
        return (stop // DAY - start // DAY).astype(np.float64)
    if not unit.startswith("working_"):
        return (stop - start) / PER_UNIT[unit]
    schedules = log.times.schedules
    base = unit.removeprefix("working_")
    if base == "days":
        return schedules.working_days_between(who, start // DAY, stop // DAY).astype(np.float64)
    return (schedules.elapsed(who, stop) - schedules.elapsed(who, start)) / PER_UNIT[base]


class Pattern(ABC):
    """A duty's shape: from a log to duties."""

    @abstractmethod
    def duties(self, log: Log) -> "Duties":
        """Every duty that arose, with its verdict."""

    @property
    def needs(self) -> tuple[Need, ...]:
        """What the export must hold."""
        return needs_of(self)

    @property
    def excuses(self) -> tuple[Need, ...]:
        """What only frees from a duty: the clause is checked without it, and coverage says that it was not seen."""
        parts: list[Selector | Predicate] = [*parts_of(self, Selector), *parts_of(self, Predicate)]
        return tuple(dict.fromkeys(need for part in parts for need in part.excuses))

    @abstractmethod
    def details(self, log: Log, duties: "Duties") -> "Details":
        """What a report says of these duties."""


@dataclass(frozen=True, eq=False)
class Details:
    """Per duty: what was found, as a sentence, the measured number and its limit (NaN: none) in `unit`, by how much it
    was overrun (NaN: not), and the source rows (row, column) that show it."""

    why: list[str]
    measured: "np.ndarray"
    limit: "np.ndarray"
    unit: str
    overrun: "np.ndarray"
    evidence: list[list[tuple[int, str | None]]]


Part = TypeVar("Part")


def parts_of(whole: object, kind: type[Part]) -> Iterator[Part]:
    """The direct parts of a dataclass that are of that kind, tuples included."""
    if not is_dataclass(whole):
        return
    for field in fields(whole):
        value = getattr(whole, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, kind):
                yield part
