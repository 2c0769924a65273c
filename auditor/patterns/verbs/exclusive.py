"""Exclusive: nobody is booked twice at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from auditor.i18n import _, quoted
from auditor.log.bookings import Bookings
from auditor.log.columns import Codes, Ints, set_first
from auditor.log.kinds import DAY, NEVER
from auditor.log.log import Log
from auditor.log.remembered import remembered
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
        own = self._booked(log, t.key, t.time)
        clash = self._clashes(log, t, own)
        known = (own.person != "") & own.exact
        return judged_at_once(log, t, truth(clash < 0, ~known), lapse=How.FORBIDDEN, shown=clash)

    def _booked(self, log: Log, key: Ints, until: Ints) -> Bookings:
        """The bookings that the deals' records make at these keys, kept until then."""
        persons, dates, deal = log.field(self.key), log.field(self.start), deal_of(key)
        names = np.array([*map(folded, persons.folded), ""], dtype=object)
        start = dates.date[dates.at(key)]
        known = start != NEVER
        begins = points(log, key_of(deal, np.where(known, start, 0)), np.full(len(deal), -1, np.int32))
        stop = self.window.due(log, begins, np.zeros(len(deal), np.int64))
        return Bookings(
            row=log.deals.row[deal],
            id=log.deals.ids[deal],
            person=names[persons.code[persons.at(key)]],
            start=start,
            stop=np.where(known, stop, NEVER),
            since=time_of(key),
            until=until,
            exact=known & ~((start % DAY == 0) & self.is_by_the_hour),
        )

    def bookings(self, log: Log) -> Bookings:
        """The bookings of a log, each for as long as the deal was in the stage and both fields kept their values."""
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
        booked = self._booked(log, begin, time_of(end))
        return booked.taken(np.flatnonzero((booked.person != "") & booked.exact))

    @remembered
    def _known(self, log: Log) -> Bookings:
        """The bookings of all deals of the export."""
        return log.facts.bookings.get(self) or self.bookings(log)

    def _clashes(self, log: Log, t: Moments, own: Bookings) -> Codes:
        """Per entry the row of the deal that it clashes with, −1 where there is none."""
        # only bookings of one person that touch one day can clash: they are looked up by both, not each with each
        others = self._known(log)
        _names, person = np.unique(np.concatenate([others.person, own.person]), return_inverse=True)
        day_number, other = _by_day(others, person[: len(others.row)])
        order = np.argsort(day_number, kind="stable")
        day_number, other = day_number[order], other[order]
        wanted, entry = _by_day(own, person[len(others.row) :])
        first, last = (np.searchsorted(day_number, wanted, side=side) for side in ("left", "right"))
        number, index = spread(first, last)
        mine, theirs = entry[number], other[index]
        overlaps = (own.start[mine] < others.stop[theirs]) & (others.start[theirs] < own.stop[mine])
        stood = (others.since[theirs] < t.time[mine]) & (others.until[theirs] > t.time[mine])
        hit = overlaps & stood & (others.row[theirs] != own.row[mine])
        result = np.full(len(t), -1, np.int32)
        set_first(result, mine[hit], others.row[theirs[hit]])
        return result

    def details(self, log: Log, duties: Duties) -> Details:
        t = moments_of(log, duties)
        persons, starts = (values_shown(log, caption, t) for caption in (self.key, self.start))
        booked = persons + ", " + starts
        deals = self._known(log)
        ids = dict(zip(deals.row.tolist(), deals.id.tolist(), strict=True))
        others = each_once(lambda row: ids.get(row, ""), duties.met_row)
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


def _by_day(booked: Bookings, person: Ints) -> tuple[Ints, Ints]:
    """Per exact booking of a person (by number) and day that it touches: the day key of both, the booking's index."""
    known = np.flatnonzero((booked.person != "") & booked.exact)
    number, day = spread(booked.start[known] // DAY, (booked.stop[known] - 1) // DAY + 1)
    return day_key(person[known[number]], day), known[number]


def bookings_of(logs: Sequence[Log], patterns: Iterable[Pattern]) -> Mapping[object, Bookings]:
    """What these patterns must know of all parts of an export, for `Facts.bookings` of each part's log."""
    asked = [pattern for pattern in patterns if isinstance(pattern, Exclusive)]
    return {pattern: Bookings.together([pattern.bookings(log) for log in logs]) for pattern in asked}
