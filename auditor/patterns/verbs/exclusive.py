"""Exclusive: nobody is booked twice at a time."""

from dataclasses import dataclass, replace

import numpy as np

from auditor.i18n import _, quoted
from auditor.log.columns import Bools, Codes, Ints, set_first
from auditor.log.kinds import DAY, NEVER
from auditor.log.log import Log
from auditor.log.spine import day_key, deal_of, key_of, time_of
from auditor.patterns.core.deadline import Deadline
from auditor.patterns.core.duties import Duties, How, Verdict, judged_at_once, moments_of
from auditor.patterns.core.moments import Moments, points
from auditor.patterns.core.needs import Field, Need, Stream
from auditor.patterns.core.pattern import Details, Pattern
from auditor.patterns.core.runs import spread
from auditor.patterns.core.sentences import evidence_of, sentences
from auditor.patterns.core.staying import stays_in
from auditor.patterns.core.truth import truth
from auditor.patterns.core.words import each_once, filled, values_shown
from auditor.patterns.selectors.stages import enters
from auditor.patterns.verbs.response import triggers
from auditor.spelling import folded
from auditor.terms import Checked, Stage


@dataclass(frozen=True, eq=False)
class _Bookings:
    """Bookings, a row each: the deal books the person (number of a name, −1: nobody) for `[start, stop)` seconds, and
    its record says so during `[since, until)` seconds; `exact`: the start is known as exactly as the clause needs."""

    deal: Ints
    person: Codes
    start: Ints
    stop: Ints
    since: Ints
    until: Ints
    exact: Bools

    def taken(self, index: Ints) -> "_Bookings":
        return _Bookings(*(getattr(self, name)[index] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Exclusive(Pattern):
    """At each entry into the stage nobody else's deal, already there, holds the same person in an overlapping window.

    `key` names the person's field, `start` the date field, `window` how long a booking lasts."""

    during: Stage
    key: str
    start: str
    window: Deadline
    is_by_the_hour: bool = False

    @property
    def by_the_hour(self) -> "Exclusive":
        """The same, for which a date without an hour says too little: the duty is unknown."""
        return replace(self, is_by_the_hour=True)

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Stream("stage"), Field(self.key), Field(self.start))

    def duties(self, log: Log) -> Duties:
        t = triggers(log, enters(self.during), None)
        own = self._at(log, t)
        clash = self._clashes(log, t, own)
        known = (own.person >= 0) & (own.start != NEVER) & own.exact
        shown = np.where(clash >= 0, log.deals.row[clash], -1).astype(np.int32)
        return judged_at_once(log, t, truth(clash < 0, ~known), lapse=How.FORBIDDEN, shown=shown)

    def _at(self, log: Log, t: Moments) -> _Bookings:
        """Per trigger the booking that its deal's record makes at that moment."""
        persons, dates = log.field(self.key), log.field(self.start)
        person = self._persons(log)[persons.code[persons.at(t.key)]]
        start = dates.date[dates.at(t.key)]
        return self._booked(log, t.deal, person, start, t.time, t.time)

    def _persons(self, log: Log) -> Codes:
        """Per value of the person's field the number of its folded name, with a last −1 for the empty cell."""
        values = log.field(self.key).folded
        numbers = {name: code for code, name in enumerate(dict.fromkeys(folded(value) for value in values))}
        return np.array([*(numbers[folded(value)] for value in values), -1], dtype=np.int32)

    def _booked(self, log: Log, deal: Ints, person: Codes, start: Ints, since: Ints, until: Ints) -> _Bookings:
        known = start != NEVER
        begins = points(log, key_of(deal, np.where(known, start, 0)), np.full(len(deal), -1, np.int32))
        stop = self.window.due(log, begins, np.zeros(len(deal), np.int64))
        exact = known & ~((start % DAY == 0) & self.is_by_the_hour)
        return _Bookings(deal, person, start, np.where(known, stop, NEVER), since, until, exact)

    def _all(self, log: Log) -> _Bookings:
        """The bookings, each for as long as the deal was in the stage and both fields kept their values."""
        persons, dates = log.field(self.key), log.field(self.start)
        stays = log.stays
        stay = np.flatnonzero(stays_in(log, self.during)[0])
        begin, end = stays.entered[stay], stays.left[stay]
        for versions in (persons, dates):
            first = np.searchsorted(versions.end, begin, side="right")
            last = np.searchsorted(versions.start, end, side="left")
            number, index = spread(first, last)
            begin = np.maximum(begin[number], versions.start[index])
            end = np.minimum(end[number], versions.end[index])
        person = self._persons(log)[persons.code[persons.at(begin)]]
        start = dates.date[dates.at(begin)]
        booked = self._booked(log, deal_of(begin), person, start, time_of(begin), time_of(end))
        return booked.taken(np.flatnonzero((person >= 0) & booked.exact))

    def _clashes(self, log: Log, t: Moments, own: _Bookings) -> Ints:
        """Per entry the deal that it clashes with, −1 where there is none."""
        # only bookings of one person that touch one day can clash: they are looked up by both, not each with each
        others = self._all(log)
        day_number, other = _by_day(others)
        order = np.argsort(day_number, kind="stable")
        day_number, other = day_number[order], other[order]
        wanted, entry = _by_day(own)
        first, last = (np.searchsorted(day_number, wanted, side=side) for side in ("left", "right"))
        number, index = spread(first, last)
        mine, theirs = entry[number], other[index]
        overlaps = (own.start[mine] < others.stop[theirs]) & (others.start[theirs] < own.stop[mine])
        stood = (others.since[theirs] < t.time[mine]) & (others.until[theirs] > t.time[mine])
        hit = overlaps & stood & (others.deal[theirs] != own.deal[mine])
        result = np.full(len(t), -1)
        set_first(result, mine[hit], others.deal[theirs[hit]])
        return result

    def details(self, log: Log, duties: Duties) -> Details:
        t = moments_of(log, duties)
        persons, starts = (values_shown(log, caption, t) for caption in (self.key, self.start))
        booked = persons + ", " + starts
        deal_of_row = dict(zip(log.deals.row.tolist(), log.deals.ids.tolist(), strict=True))
        others = each_once(lambda row: deal_of_row.get(row, ""), duties.met_row)
        taken = np.where(others == "", _("free"), filled(_("also in deal {id}"), id=others))
        forms = np.where(
            duties.verdict == Verdict.UNKNOWN, "{fact}, {arose}. " + _("Not known: {doubt} ({booked})."),
            "{fact}, {arose}. {booked}: {taken}.",
        )  # fmt: skip
        kept = (duties.verdict == Verdict.MET).tolist()
        what = quoted(self.key, self.start)
        return Details.without_numbers(
            why=sentences(duties, enters(self.during).facts(log, t), forms, booked=booked, taken=taken),
            findings=[
                [Checked(what, _("free"), f"{where}: {how}", held)]
                for where, how, held in zip(booked, taken, kept, strict=True)
            ],
            rows=evidence_of(duties),
        )


def _by_day(booked: _Bookings) -> tuple[Ints, Ints]:
    """Per exact booking of a person and day that it touches: the day key of both, and the booking's index."""
    known = np.flatnonzero((booked.person >= 0) & booked.exact)
    number, day = spread(booked.start[known] // DAY, (booked.stop[known] - 1) // DAY + 1)
    return day_key(booked.person[known[number]], day), known[number]
