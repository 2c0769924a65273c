"""Fields: their changes, and the days that they name."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from auditor.i18n import _, quoted
from auditor.log.columns import Bools, Ints
from auditor.log.fields import Versions
from auditor.log.kinds import DAY, NEVER
from auditor.log.log import Log
from auditor.log.spine import deal_of, key_of, time_of
from auditor.patterns.core.deadline import EXACT
from auditor.patterns.core.moments import Moments, events, joined, none_of, points
from auditor.patterns.core.needs import Field, Need, Stream
from auditor.patterns.core.runs import ends, spread, starts
from auditor.patterns.core.selector import Next, Selector
from auditor.patterns.core.staying import stays_in
from auditor.patterns.core.words import Words, dates_behind, each_once, stage_names, values_shown
from auditor.patterns.deadlines.spans import Span, amount_words, days
from auditor.patterns.deadlines.windows import window_opens
from auditor.patterns.selectors.events import file
from auditor.patterns.selectors.refined import Either, Refinable
from auditor.terms import Stage


@dataclass(frozen=True)
class Changed(Refinable):
    """A field gets another value in the history: its first filling and its emptying are changes, too."""

    field: str

    def select(self, log: Log) -> Moments:
        versions = log.field(self.field)
        index = self._chosen(versions)
        found = replace(events(log, versions.place[index]), own_row=versions.row[index])
        filled = self._perhaps(versions)
        deal = deal_of(versions.start[filled])
        perhaps = points(log, key_of(deal, log.deals.created[deal]), versions.row[filled])
        return joined([found, perhaps.doubted(np.ones(len(filled), np.bool_))])

    def _perhaps(self, versions: Versions) -> Ints:
        """The versions of which nobody knows when they were set: as a trigger the filling is only possible."""
        return np.flatnonzero(versions.ageless)

    def _chosen(self, versions: Versions) -> Ints:
        """The versions that such a change sets: all but the first of each deal, and but those after a change that could
        not be read."""
        return np.flatnonzero((time_of(versions.start) > 0) & ~versions.unknown)

    def words(self) -> str:
        return _("a change of «{field}»").format(field=self.field)

    def facts(self, log: Log, t: Moments) -> Words:
        """The values before and after."""
        before = values_shown(log, self.field, points(log, t.key - 1, t.row))
        return f"{quoted(self.field)}: " + before + " → " + values_shown(log, self.field, t)

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Field(self.field), Stream("field"))

    @property
    def streams(self) -> frozenset[str]:
        return frozenset({"field"})


@dataclass(frozen=True)
class GivenUp(Changed):
    """A field loses its value, for another or for none. A change of the trigger's own second is none after it: the
    trigger goes by the value of that second already."""

    def _chosen(self, versions: Versions) -> Ints:
        index = super()._chosen(versions)
        return index[versions.filled[index - 1]]

    def _perhaps(self, versions: Versions) -> Ints:
        return np.zeros(0, np.int64)

    def next(self, log: Log, t: Moments) -> Next:
        return super().next(log, points(log, t.key + 1, t.row))

    def words(self) -> str:
        return _("moving or emptying «{field}»").format(field=self.field)


@dataclass(frozen=True)
class Moved(Changed):
    """A field goes from one filled value to another."""

    def _chosen(self, versions: Versions) -> Ints:
        index = super()._chosen(versions)
        return index[versions.filled[index - 1] & versions.filled[index]]

    def _perhaps(self, versions: Versions) -> Ints:
        return np.zeros(0, np.int64)

    def words(self) -> str:
        return _("moving «{field}»").format(field=self.field)


@dataclass(frozen=True)
class FirstFilled(Refinable):
    """The first of these fields is filled, once in a deal's life; filled from the start: at the creation.

    Of a value that no change of its deal tells the moment is unknown."""

    fields: tuple[str, ...]

    def select(self, log: Log) -> Moments:
        told = [self._of(log, caption) for caption in self.fields if log.field(caption).exported]
        found = joined(told) if told else points(log, np.zeros(0, np.int64), np.zeros(0, np.int32))
        return found.taken(starts(found.deal))

    @staticmethod
    def _of(log: Log, caption: str) -> Moments:
        versions = log.field(caption)
        index = np.flatnonzero(versions.filled | versions.unknown)
        index = index[starts(deal_of(versions.start[index]))]
        deal = deal_of(versions.start[index])
        key = np.maximum(versions.start[index], key_of(deal, log.deals.created[deal]))
        return _at_their_changes(log, versions, index, key).doubted(versions.unknown[index] | versions.ageless[index])

    def undated(self, log: Log) -> Bools:
        result = np.zeros(len(log.deals), np.bool_)
        for caption in self.fields:
            versions = log.field(caption)
            result[deal_of(versions.start[versions.ageless])] = True
        return result

    def words(self) -> str:
        return _("filling in {fields}").format(fields=quoted(*self.fields))

    def facts(self, log: Log, t: Moments) -> Words:
        """Which of the fields are filled then."""
        # a bit for each of the fields, so that moments at which the same are filled are told once
        there = np.zeros(len(t), np.int64)
        for bit, caption in enumerate(self.fields):
            versions = log.field(caption)
            if versions.exported:
                there |= versions.filled[versions.at(t.key)].astype(np.int64) << bit
        return each_once(self._filling_in, there)

    def _filling_in(self, there: int) -> str:
        names = tuple(caption for bit, caption in enumerate(self.fields) if there >> bit & 1)
        return _("filling in {fields}").format(fields=quoted(*(names or self.fields)))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Field(*self.fields),)


@dataclass(frozen=True)
class DayOf(Refinable):
    """A named day: the day of a date field, or that many days before it, while the deal is in one of the stages.

    The moment is 00:00 of the day; of the last working day before it, where a day before the date is a day off. The
    date's own day is not moved; it arises later that day, or after, when the stage is entered or the value set then. A
    date moved before its day is over names none, unless the stay ended first, or in one save with it; of a value set in
    the second of a move only the stay that begins knows. Deadlines run from the named day.

    It is not sure where the schedule that says which days are off is not understood.
    """

    field: str
    shift_days: int = 0
    stages: tuple[Stage, ...] = ()
    PARAMETERS: ClassVar[dict[str, str]] = {"shift_days": "shift_days"}

    def during(self, *stages: Stage) -> "DayOf":  # type: ignore[override]
        return replace(self, stages=stages)

    def select(self, log: Log) -> Moments:
        versions = log.field(self.field)
        dated = np.flatnonzero(versions.day != NEVER)
        named = versions.day[dated] + self.shift_days * DAY
        dated, named = dated[named > 0], named[named > 0]
        opens = named if self.shift_days == 0 else window_opens(log, deal_of(versions.start[dated]), named)
        return self._moments(log, versions, dated, opens, named)

    @property
    def arises_later(self) -> bool:
        """Whether it arises later than the day begins, where the stage is entered or the value set later."""
        return self.shift_days == 0

    def _spans(self, log: Log) -> tuple[Ints, Ints, Bools]:
        """From which key to which the deals are in the stages (in none: their whole lives), and whether surely."""
        stays = log.stays
        if not self.stages:
            deals = np.arange(len(log.deals))
            return key_of(deals, log.deals.created), none_of(deals), np.ones(len(deals), np.bool_)
        sure, possible = stays_in(log, *self.stages)
        chosen = np.flatnonzero(possible)
        return stays.entered[chosen], stays.left[chosen], sure[chosen]

    def _moments(self, log: Log, versions: Versions, dated: Ints, opens: Ints, named: Ints) -> Moments:
        """One moment for each dated version that stands while its deal is in the stages."""
        begin, end, sure = self._spans(log)
        first = np.searchsorted(versions.end[dated], begin, side="right")
        last = np.searchsorted(versions.start[dated], end, side="left")
        span, index = spread(first, last)
        version = dated[index]
        deal = deal_of(versions.start[version])
        told = opens[index] != NEVER
        at, day = key_of(deal, np.where(told, opens[index], named[index])), key_of(deal, named[index])
        begun = np.maximum(versions.start[version], begin[span])
        until, left = versions.end[version], end[span]
        if self.arises_later:
            at = np.maximum(at, begun)
            holds = (until > day + DAY - 1) | (left <= until)
        else:
            holds = begun <= at
        holds &= (at < np.minimum(until, left)) & (time_of(at) <= log.as_of) & (deal == deal_of(begin[span]))
        # a value of unknown age may not have stood yet in any stay but the last
        holds &= ends(deal_of(begin))[span] | ~versions.ageless[version]
        kept = np.flatnonzero(holds)[np.argsort(at[holds], kind="stable")]
        found = _at_their_changes(log, versions, version[kept], at[kept])
        found = found.doubted(~(sure[span] & told)[kept]).running_from(day[kept])
        again = np.append(False, (np.diff(found.key) == 0) & (np.diff(found.start) == 0))
        return found.taken(~again[: len(found)])

    def words(self) -> str:
        place = _(" in {stages}").format(stages=stage_names(self.stages)) if self.stages else ""
        if self.shift_days == 0:
            return _("the day in «{field}»").format(field=self.field) + place
        shift = amount_words(-self.shift_days, "days")
        return _("{shift} before «{field}»").format(shift=shift, field=self.field) + place

    def facts(self, log: Log, t: Moments) -> Words:
        """The day named and the date itself."""
        versions = log.field(self.field)
        return dates_behind(super().facts(log, t), versions.day[versions.at(t.key)])

    @property
    def needs(self) -> tuple[Need, ...]:
        own = (Field(self.field),)
        return (*own, Stream("stage")) if self.stages else own


NO_TIME = days(0)


@dataclass(frozen=True)
class MomentOf(DayOf):
    """A span before the moment in a date field, while the deal is in one of the stages; of calendar days 00:00 of that
    very day, be it a day off. Minutes or hours before a date without an hour are only possible."""

    before: Span = NO_TIME
    PARAMETERS: ClassVar[dict[str, str]] = {}

    def select(self, log: Log) -> Moments:
        versions = log.field(self.field)
        dated = np.flatnonzero(versions.day != NEVER)
        at = self.before.later(log, versions.date[dated], -1)
        if self.before.unit not in EXACT:
            return self._moments(log, versions, dated, at // DAY * DAY, at // DAY * DAY)
        vague = versions.date[dated] == versions.day[dated]
        return self._moments(log, versions, dated, np.where(vague, NEVER, at), at)

    @property
    def arises_later(self) -> bool:
        return False

    def words(self) -> str:
        place = _(" in {stages}").format(stages=stage_names(self.stages)) if self.stages else ""
        return _("{shift} before «{field}»").format(shift=self.before.words(), field=self.field) + place


def moment(field: str, *, before: Span) -> MomentOf:
    """So long before the moment in a date field; of calendar days 00:00 of that very day, be it a day off. Hours before
    a date without an hour are only possible."""
    return MomentOf(field, before=before)


def _at_their_changes(log: Log, versions: Versions, version: Ints, key: Ints) -> Moments:
    """The moments at these keys, each of which a version of the field raises: events where they are the very change
    that sets it (not counted at the creation), else points in time."""
    place = versions.place[version]
    told = (place >= 0) & (versions.start[version] == key) & ~log.is_early[place]
    return replace(points(log, key, versions.row[version]), place=np.where(told, place, -1), is_event=told)


def changed(field: str) -> Changed:
    """Each change of the field in its history; its first filling and its emptying are changes, too."""
    return Changed(field)


def moved(field: str) -> Moved:
    """Each change of the field from a filled value to another filled one: neither a filling nor an emptying is one."""
    return Moved(field)


def given_up(field: str) -> GivenUp:
    """For `until`: the field's value is moved to another or emptied, later than the trigger's second."""
    return GivenUp(field)


def first_filled(*fields: str) -> FirstFilled:
    """The first filling of any of these fields, once in a deal; at the creation where one was filled from the start.
    Without a history of fields the moment is only possible."""
    return FirstFilled(fields)


def day_of(field: str, shift_days: int = 0) -> DayOf:
    """The day of a date field, or the day so many days from it (−3: three before), moved back to a working day; the
    date's own day never is. It arises at 00:00, or when the stage is entered or the value set later that day. Deadlines
    run from the day."""
    return DayOf(field, shift_days)


@dataclass(frozen=True)
class Attaching(Either):
    """An attachment is added or replaced: as a file, or in its field."""

    field: str = ""

    def words(self) -> str:
        return _("attaching «{field}»").format(field=self.field)

    def __or__(self, other: Selector) -> Either:
        return Either((self, other))


def attaching(field: str, *stems: str) -> Attaching:
    """The field is filled for the first time or changed, or a file is added whose name holds the field's, or one of the
    stems."""
    return Attaching((file.saying(field, *stems), first_filled(field), changed(field)), field=field)
