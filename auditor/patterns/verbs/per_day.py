"""PerDay: on each working day in a stage, at least so many."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import DAY, FLAGS, NEVER
from auditor.log.log import Log
from auditor.log.spine import deal_of, key_of, time_of
from auditor.patterns.core.duties import Doubt, Duties, How, Verdict, first_doubt, how_of, verdict_of
from auditor.patterns.core.moments import AFTER_ALL, Moments
from auditor.patterns.core.needs import Need, Stream, needs_of
from auditor.patterns.core.pattern import Details, Pattern
from auditor.patterns.core.runs import slices
from auditor.patterns.core.searching import counted, within
from auditor.patterns.core.selector import Selector, fulfilling, partly_covered, unread_between
from auditor.patterns.core.sentences import evidence_of, sentences
from auditor.patterns.core.staying import stay_names
from auditor.patterns.core.truth import between
from auditor.patterns.core.words import (
    Words,
    day_words,
    filled,
    moments_told,
    number_words,
    numbers_told,
    time_words,
)
from auditor.patterns.deadlines.spans import Span
from auditor.patterns.selectors.contacts import contact
from auditor.patterns.selectors.days import GRACE_HOURS, DayFilter, OwedDays, owed_days, supposed_off
from auditor.terms import Checked, Stage


@dataclass(frozen=True)
class PerDay(Pattern):
    """For each day that the deal owes in the stage: at least `at_least` expected events on the whole of it. A day whose
    shift goes on over midnight is over when the shift ends.

    The day of entry counts where at least `grace` working hours were left of it. A day on which the client was reached
    owes nothing, nor does any from the first `until` of the stay on; `days` says which of the others are meant.
    `apart`: how far the first and the last of a day must be from each other."""

    during: Stage | tuple[Stage, ...]
    expect: Selector
    at_least: int = 1
    grace: float = GRACE_HOURS
    until: Selector | None = None
    days: DayFilter | None = None
    apart: Span | None = None
    PARAMETERS: ClassVar[dict[str, str]] = {"at_least": "at_least", "grace": "grace_hours"}

    @property
    def stages(self) -> tuple[Stage, ...]:
        return self.during if isinstance(self.during, tuple) else (self.during,)

    def owed(self, log: Log) -> OwedDays:
        """The days that owe something unless the client is reached on them: by stage, grace, `until` and `days`."""
        days = owed_days(log, self.stages, self.grace)
        if self.until is not None:
            since = log.stays.entered[days.stay]
            ended, perhaps = within(self.until.find(log), since, days.stop)
            perhaps |= unread_between(log, self.until, days.deal, time_of(since), time_of(days.stop)) > 0
            days = days.narrowed(between(~perhaps, ~ended))
        return days if self.days is None else days.narrowed(self.days.keeps(log, days))

    def duties(self, log: Log) -> Duties:
        days = self.owed(log)
        reached, perhaps_reached = within(fulfilling(log, contact.find(log)), days.start, days.stop)
        days, perhaps_reached = days.taken(~reached), perhaps_reached[~reached]
        found = fulfilling(log, self.expect.find(log))
        low, high = counted(found, days.start, days.stop)
        if self.apart is not None:
            sure = found.certain
            low, high = self._spaced(sure, sure.time, days, low), self._spaced(found, time_of(found.latest), days, high)
        due = time_of(days.stop)
        doubt = self._doubts(log, days, low >= self.at_least, high, perhaps_reached)
        verdict = verdict_of(low >= self.at_least, due < log.as_of, doubt)
        met = verdict == Verdict.MET
        flags = np.zeros(len(days), FLAGS)
        if found.flags.any():
            flags[met] = _flags_of(found, days.taken(met))
        return Duties(
            deal=days.deal.astype(np.int32),
            arose=days.day * DAY,
            due=due,
            met=np.where(met, self._met_at(found, days), NEVER),
            verdict=verdict,
            how=how_of(verdict, How.MISSED),
            doubt=doubt,
            row=days.row,
            met_row=np.full(len(days), -1, np.int32),
            flags=flags,
            pos=np.full(len(days), -1),
            person=np.full(len(days), -1, np.int32),
            by_day=True,
        )

    def _spaced(self, found: Moments, ends: Ints, days: OwedDays, number: Ints) -> Ints:
        """Per day how many of `number` events count: one at the most where the first and the last are not far enough
        `apart`. `ends`: the seconds that they may have been at as the last of a day."""
        assert self.apart is not None
        first = np.searchsorted(found.key, days.start, side="left")
        last = np.searchsorted(found.key, days.stop, side="right") - 1
        begin, end = np.append(found.time, 0), np.append(ends, 0)
        close = self.apart.later(found.log, begin[np.minimum(first, len(found))]) > end[np.maximum(last, 0)]
        return np.where(close, np.minimum(number, 1), number)

    def _met_at(self, found: Moments, days: OwedDays) -> Ints:
        """Per day the second of the event that made it enough; of a day that has too few it says nothing."""
        sure = np.append(found.key[found.sure], AFTER_ALL)
        first = np.searchsorted(sure, days.start, side="left")
        enough = np.minimum(first + self.at_least - 1, len(sure) - 1)
        if self.apart is not None:
            apart = key_of(deal_of(sure[first]), self.apart.later(found.log, time_of(sure[first])))
            enough = np.maximum(enough, np.searchsorted(sure, apart, side="left"))
        return time_of(sure[np.minimum(enough, len(sure) - 1)])

    def _doubts(self, log: Log, days: OwedDays, met: Bools, high: Ints, perhaps_reached: Bools) -> "np.ndarray":
        """Per day why it is unknown."""
        due, start = time_of(days.stop), time_of(days.start)
        excused = perhaps_reached | partly_covered(log, contact, days.deal, start, due)
        missed = ~met & (due < log.as_of)
        unread = unread_between(log, self.expect, days.deal, start, due)
        return first_doubt(
            (~log.times.schedules.is_known(days.schedule), Doubt.SCHEDULE),
            (~days.sure, Doubt.TRIGGER),
            (~met & (high >= self.at_least), Doubt.RECORD),
            (~met & self._may_be_missing(log, days), Doubt.STREAM),
            (missed & (unread > 0) & (high + unread >= self.at_least), Doubt.UNREAD),
            (missed & excused, Doubt.EXCUSE),
            (missed & supposed_off(log, days), Doubt.DAY_OFF),
        )

    def _may_be_missing(self, log: Log, days: OwedDays) -> Bools:
        """Per day whether what is expected may have happened unseen: on the day, or in the night that its shift goes on
        into."""
        start, stop, midnight = time_of(days.start), time_of(days.stop), days.day * DAY + DAY - 1
        result = self.expect.may_be_missing_between(log, days.deal, start, midnight)
        night = np.flatnonzero(stop > midnight)
        result[night] |= self.expect.may_be_missing_between(log, days.deal[night], midnight[night], stop[night])
        return result

    @property
    def in_working_time(self) -> bool:
        return True

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Stream("stage"), *needs_of(replace(self, until=None)))

    @property
    def excuses(self) -> tuple[Need, ...]:
        return (*super().excuses, *contact.needs, *(() if self.until is None else self.until.needs))

    def details(self, log: Log, duties: Duties) -> Details:
        found = self.expect.find(log)
        start, stop = self._spans(log, duties)
        first, last = np.searchsorted(found.key, start, side="left"), np.searchsorted(found.key, stop, side="right")
        times = moments_told(found.time, first, last, duties.arose // DAY)
        told = np.where(last > first, filled("{n} ({times})", n=numbers_told(last - first), times=times), _("none"))
        measured, limit = (last - first).astype(np.float64), np.full(len(duties), float(self.at_least))
        kept = (duties.verdict == Verdict.MET).tolist()
        expected, needed = self._expected(), number_words(self.at_least)
        return Details(
            why=self._sentences(log, duties, stop, told),
            findings=[[Checked(expected, needed, number, held)] for number, held in zip(told, kept, strict=True)],
            measured=measured,
            limit=limit,
            unit="times",
            overrun=np.where(duties.verdict == Verdict.VIOLATED, limit - measured, np.nan),
            rows=evidence_of(duties, slices(found.row, first, last)),
        )

    def _sentences(self, log: Log, duties: Duties, stop: Ints, told: Words) -> Words:
        """Per day what was counted on it, and since when the deal was in which stage."""
        stay = log.stays.at(stop)
        since = time_words(time_of(log.stays.entered[stay]))
        counted = _("{day}: {expected} — {counted}, needed: {needed}. In {fact} since {since}.")
        unknown = _("{day}: {expected} — {counted}, needed: {needed}. Not known: {doubt}.")
        return sentences(
            duties,
            stay_names(log, stay),
            np.where(duties.verdict == Verdict.UNKNOWN, unknown, counted),
            day=day_words(duties.arose),
            expected=np.full(len(duties), self._expected(), object),
            needed=np.full(len(duties), number_words(self.at_least), object),
            counted=told,
            since=since,
        )

    def _spans(self, log: Log, duties: Duties) -> tuple[Ints, Ints]:
        """The keys of the first and the last second of the days that these duties are of."""
        days = owed_days(log, self.stages, self.grace)
        day = duties.deal.astype(np.int64) * 2**17 + duties.arose // DAY
        place = np.searchsorted(days.deal * 2**17 + days.day, day)
        return days.start[place], days.stop[place]

    def _expected(self) -> str:
        what = self.expect.words()
        if self.apart is None:
            return what
        return _("{what}, {span} or more from the first to the last").format(what=what, span=self.apart.words())


def _flags_of(found: Moments, days: OwedDays) -> "np.ndarray":
    """Per day the flags of all its counted events."""
    result = np.zeros(len(days), FLAGS)
    for bit in np.unique(found.flags[found.flags > 0]):
        flagged = found.taken(found.flags == bit)
        result[counted(flagged, days.start, days.stop)[1] > 0] |= bit
    return result
