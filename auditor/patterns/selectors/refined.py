"""Refinements: which of a selector's moments; selectors joined by `|`."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import DAY, FLAGS, Suspect
from auditor.log.log import Log
from auditor.log.remembered import remembered
from auditor.log.spine import key_of
from auditor.patterns.core.moments import AFTER_ALL, Moments, beginning_of, is_among, is_early, joined, points
from auditor.patterns.core.needs import Field, Need, Stream, any_of
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.runs import ends, running, slices, starts
from auditor.patterns.core.searching import counted, last_before
from auditor.patterns.core.selector import Next, Selector, earliest
from auditor.patterns.core.staying import inside, may_precede_its_stay, raised_in, stay_names, stays_in
from auditor.patterns.core.truth import FALSE, between
from auditor.patterns.core.words import Words, filled, one_of, stage_names
from auditor.patterns.deadlines.spans import Span, shifted
from auditor.patterns.selectors.looking import Looking, NoSoonerThan
from auditor.patterns.selectors.marks import By
from auditor.terms import Role, Stage


class Refinable(Selector):
    """A selector whose moments can be narrowed down, and joined with any other's by `|`."""

    def __or__(self, other: Selector) -> "Either":
        return Either((self, other))

    def __ror__(self, other: Selector) -> "Either":
        return Either((other, self))

    @property
    def first(self) -> "First":
        """Only the first of each deal."""
        return First(self)

    def first_of_value(self, field: str) -> "FirstOfValue":
        """Only the first of each deal and each value that the field holds in turn."""
        return FirstOfValue(self, field)

    @property
    def last_of_day(self) -> "LastOfDay":
        """Only the last of each deal and local day; its duty is identified by the day."""
        return LastOfDay(self)

    @property
    def ever(self) -> "Ever":
        """For `expect`: one before the trigger counts as well, at any time in the deal."""
        return Ever(self)

    @property
    def that_day(self) -> "ThatDay":
        """For `expect`: one before the trigger counts as well, from 00:00 of its day on, or of the named day that the
        trigger stands for."""
        return ThatDay(self)

    def that_day_or_since(self, mark: Selector) -> "ThatDayOrSince":
        """For `expect`: one before the trigger counts as well, from 00:00 of its day on, and since the last `mark`
        before it."""
        return ThatDayOrSince(self, mark)

    def during(self, *stages: Stage) -> "During":
        """Only those while the deal is in one of the stages; at the second of a move both stages count, but no duty
        arises of what only happens then."""
        return During(self, stages)

    def when(self, holds: Predicate) -> "When":
        """Only those at which the predicate holds; only possible where it is unknown."""
        return When(self, holds)

    def by(self, role: Role) -> "Refinable":
        """Of events: only those whose author has that role."""
        return ByRole(self, role)

    @property
    def from_before(self) -> "FromBefore":
        """One before the deal's creation raises its duty, too, at the creation."""
        return FromBefore(self)

    @property
    def since_creation(self) -> "SinceCreation":
        """Without those before the deal's creation, which otherwise fulfil at the creation."""
        return SinceCreation(self)

    @property
    def even_closed(self) -> "EvenClosed":
        """Those while the deal is closed raise duties, too."""
        return EvenClosed(self)

    def after(self, span: "Span") -> "After":
        """So long after each of these, unless another of them comes before; of calendar days 00:00 of that day."""
        return After(self, span)

    def nth(self, number: int, *, on_days: int) -> "Nth":
        """Only the one of each deal with which there are so many, on at least so many days."""
        return Nth(self, number, on_days)

    def flagged(self, flag: Suspect) -> "Flagged":
        """The same, marked as suspect; not counted under `strict`."""
        return Flagged(self, flag)

    def no_sooner_than(self, span: "Span") -> "NoSoonerThan":
        """For `expect`: counts only when at least that long has passed since the trigger."""
        return NoSoonerThan(self, span)


@dataclass(frozen=True)
class Either(Refinable):
    """Moments of any of the selectors; a `name` (before translation) says what all of them are."""

    parts: tuple[Selector, ...]
    name: str = ""

    def select(self, log: Log) -> Moments:
        return joined([part.find(log) for part in self.parts])

    @remembered
    def arising(self, log: Log) -> Moments:
        arising = [part.arising(log) for part in self.parts]
        all_do = all(some is part.find(log) for some, part in zip(arising, self.parts, strict=True))
        return self.find(log) if all_do else joined(arising)

    def next(self, log: Log, t: Moments) -> Next:
        return earliest([part.next(log, t) for part in self.parts])

    def may_be_missing(self, log: Log, t: Moments, last: Ints) -> Bools:
        return np.logical_or.reduce([part.may_be_missing(log, t, last) for part in self.parts])

    def may_be_unread(self, log: Log, t: Moments, last: Ints) -> Bools:
        return np.logical_or.reduce([part.may_be_unread(log, t, last) for part in self.parts])

    def words(self) -> str:
        return _(self.name) if self.name else one_of(self._alternatives())

    def _alternatives(self) -> Iterator[str]:
        for part in self.parts:
            if type(part) is Either and not part.name:
                yield from part._alternatives()
            else:
                yield part.words()

    def named(self, name: str) -> "Either":
        """The same, called by that name in sentences."""
        return replace(self, name=name)

    def facts(self, log: Log, t: Moments) -> Words:
        return facts_of_parts(log, self.parts, t)

    @property
    def needs(self) -> tuple[Need, ...]:
        return any_of(*(part.needs for part in self.parts))

    def __or__(self, other: Selector) -> "Either":
        return Either((self, other) if self.name else (*self.parts, other))


def facts_of_parts(log: Log, parts: tuple[Selector, ...], t: Moments) -> Words:
    """Each moment is told by the first of the parts that it is of."""
    result, left = np.full(len(t), "", object), np.arange(len(t))
    for number, part in enumerate(parts, start=1):
        here = t.taken(left)
        theirs = np.ones(len(left), np.bool_) if number == len(parts) else is_among(here, part.arising(log))
        result[left[theirs]] = part.facts(log, here.taken(theirs))
        left = left[~theirs]
    return result


@dataclass(frozen=True)
class Narrowed(Refinable):
    """Some of another selector's moments; of those that raise duties as well."""

    of: Selector

    @abstractmethod
    def narrow(self, log: Log, found: Moments) -> Moments:
        """Those of the found moments that are meant."""

    def select(self, log: Log) -> Moments:
        return self.narrow(log, self.of.find(log))

    @remembered
    def arising(self, log: Log) -> Moments:
        return self.narrow(log, self.of.arising(log))

    def words(self) -> str:
        return self.of.words()

    def facts(self, log: Log, t: Moments) -> Words:
        return self.of.facts(log, t)


@dataclass(frozen=True)
class First(Narrowed):
    """The first moment of each deal."""

    def narrow(self, log: Log, found: Moments) -> Moments:
        group = self._groups(log, found)
        if found.certain is found:
            return found.taken(starts(group))
        sure = np.flatnonzero(found.sure)
        firsts = sure[starts(group[sure])]
        earliest_sure = np.full(group.max(initial=-1) + 1, AFTER_ALL)
        earliest_sure[group[firsts]] = found.key[firsts]
        possible = np.flatnonzero(~found.sure & (found.key < earliest_sure[group]))
        possible = possible[starts(group[possible])]
        doubtful = np.isin(group[firsts], group[possible])
        return joined([found.taken(firsts).doubted(doubtful), found.taken(possible)])

    def _groups(self, log: Log, found: Moments) -> Ints:
        """Per moment the number of that of which only one is meant."""
        return found.deal

    def words(self) -> str:
        return _("the first: {what}").format(what=self.of.words())


@dataclass(frozen=True)
class FirstOfValue(First):
    """The first moment of each deal and each value that the field holds in turn."""

    field: str

    def _groups(self, log: Log, found: Moments) -> Ints:
        return log.field(self.field).at(found.key)

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*self.of.needs, Field(self.field))


@dataclass(frozen=True)
class Nth(Narrowed):
    """The moment of each deal that makes so many, on so many days."""

    number: int
    days: int
    PARAMETERS: ClassVar[dict[str, str]] = {"number": "number", "days": "on_days"}

    def narrow(self, log: Log, found: Moments) -> Moments:
        if found.certain is found:
            return found.taken(self._reached(found))
        sure = found.certain
        first_sure, first_possible = self._reached(sure), self._reached(found)
        surely = sure.taken(first_sure)
        perhaps = found.taken(first_possible)
        only = ~np.isin(perhaps.key, surely.key)
        return joined([surely, perhaps.doubted(only).taken(only)])

    def _reached(self, found: Moments) -> Ints:
        """The index of the first of each deal with enough up to it."""
        first = starts(found.deal)
        day = starts(found.day_key)
        number, days = running(first, np.ones(len(found), np.int64)), running(first, day.astype(np.int64))
        enough = np.flatnonzero((number >= self.number) & (days >= self.days))
        return enough[starts(found.deal[enough])]

    def words(self) -> str:
        return _("number {n} of: {what}").format(n=self.number, what=self.of.words())

    facts = Selector.facts

    def counted(self, log: Log, t: Moments) -> list[list[int]]:
        """Those up to it."""
        found = self.of.find(log).certain
        first = np.searchsorted(found.key, beginning_of(t.deal), side="left")
        last = np.searchsorted(found.key, t.key, side="right")
        return slices(found.row, first, last)


@dataclass(frozen=True)
class Flagged(Narrowed):
    """The same moments, flagged as odd."""

    flag: Suspect

    def narrow(self, log: Log, found: Moments) -> Moments:
        return replace(found, own_flags=found.flags | FLAGS(self.flag))


@dataclass(frozen=True)
class LastOfDay(Narrowed):
    """The last moment of each local day; its duty is identified by that day."""

    def narrow(self, log: Log, found: Moments) -> Moments:
        return found.taken(ends(found.day_key))

    @property
    def by_day(self) -> bool:
        return True

    def words(self) -> str:
        return _("the last of the day: {what}").format(what=self.of.words())


@dataclass(frozen=True)
class Ever(Looking, Refinable):
    """Looked for from the deal's beginning on."""

    of: Selector

    def begins(self, t: Moments) -> Ints:
        return beginning_of(t.deal)


@dataclass(frozen=True)
class ThatDay(Looking, Refinable):
    """Looked for from 00:00 of the trigger's day on; of the named day that it stands for, where that is earlier."""

    of: Selector

    def begins(self, t: Moments) -> Ints:
        return key_of(t.deal, np.minimum(t.time, t.start) // DAY * DAY)


@dataclass(frozen=True)
class ThatDayOrSince(ThatDay):
    """Looked for from 00:00 of the trigger's day on, or from the last `mark` before the trigger where that is earlier;
    where there was none, from the deal's beginning on."""

    mark: Selector

    def begins(self, t: Moments) -> Ints:
        marks = self.mark.find(t.log)
        last = last_before(marks, t)
        since = np.where(last >= 0, np.append(marks.key, 0)[last], beginning_of(t.deal))
        return np.minimum(since, super().begins(t))


@dataclass(frozen=True)
class During(Refinable):
    """Only moments while the deal is in one of the stages: both ends belong to the stay, for what fulfils."""

    of: Selector
    stages: tuple[Stage, ...]

    def select(self, log: Log) -> Moments:
        return self._in(log, self.of.find(log), inside)

    @remembered
    def arising(self, log: Log) -> Moments:
        """In the second in which a stay begins or ends nothing is raised but what belongs to both stays."""
        found = self._in(log, self.of.arising(log), raised_in)
        return found if found.last is None else found.doubted(may_precede_its_stay(log, found))

    def _in(self, log: Log, found: Moments, chooses: Callable[[Log, Moments, Bools], Bools]) -> Moments:
        sure, possible = stays_in(log, *self.stages)
        chosen = chooses(log, found, possible)
        surely = chosen if (sure == possible).all() else chooses(log, found, sure)
        return found.narrowed(between(surely, chosen))

    def words(self) -> str:
        return _("{what} in {stages}").format(what=self.of.words(), stages=stage_names(self.stages))

    def facts(self, log: Log, t: Moments) -> Words:
        return filled(_("{what} in {stages}"), what=self.of.facts(log, t), stages=stay_names(log, t.stay))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*self.of.needs, Stream("stage"))


@dataclass(frozen=True)
class When(Narrowed):
    """Only moments at which the predicate holds; where that is unknown, the moment is not sure."""

    holds: Predicate

    def narrow(self, log: Log, found: Moments) -> Moments:
        return found.narrowed(self.holds.holds(log, found))

    def may_be_missing(self, log: Log, t: Moments, last: Ints) -> Bools:
        return self.of.may_be_missing(log, t, last) & (self.holds.holds(log, t) != FALSE)

    def may_be_unread(self, log: Log, t: Moments, last: Ints) -> Bools:
        return self.of.may_be_unread(log, t, last) & (self.holds.holds(log, t) != FALSE)


@dataclass(frozen=True)
class ByRole(Narrowed):
    """Only events whose author has that role."""

    role: Role

    def narrow(self, log: Log, found: Moments) -> Moments:
        return found.narrowed(By(self.role).holds(log, found.pos))

    def words(self) -> str:
        return f"{self.of.words()} ({By(self.role).words()})"

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*self.of.needs, *By(self.role).needs)


@dataclass(frozen=True)
class FromBefore(Narrowed):
    """Those before the deal's creation raise duties as well, at the creation."""

    def narrow(self, log: Log, found: Moments) -> Moments:
        return found

    @property
    def early_too(self) -> bool:
        return True


@dataclass(frozen=True)
class EvenClosed(Narrowed):
    """Those while the deal is closed raise duties as well."""

    def narrow(self, log: Log, found: Moments) -> Moments:
        return found

    @property
    def closed_too(self) -> bool:
        return True


@dataclass(frozen=True)
class After(Narrowed):
    """So long after each moment that no other of the same deal follows until then; nothing happened there."""

    span: Span

    def narrow(self, log: Log, found: Moments) -> Moments:
        at = shifted(replace(found, key=found.latest), self.span)
        moved = replace(points(log, at, found.row), unsure=found.unsure)
        again, perhaps = (count > 0 for count in counted(found, found.key + 1, at))
        kept = ~again & (moved.time <= log.as_of)
        return moved.doubted(perhaps).taken(kept)

    def words(self) -> str:
        return _("{span} after: {what}").format(span=self.span.words(), what=self.of.words())

    facts = Selector.facts


@dataclass(frozen=True)
class SinceCreation(Narrowed):
    """Without those before the deal's creation, which neither raise nor fulfil."""

    def narrow(self, log: Log, found: Moments) -> Moments:
        return found.taken(~is_early(log, found))
