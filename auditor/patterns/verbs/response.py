"""Response: after each trigger something is done in time; cadence: again and again; planned: a task is open."""

from dataclasses import dataclass, replace
from itertools import repeat
from typing import ClassVar

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import FLAGS, NEVER
from auditor.log.log import Log
from auditor.log.remembered import remembered
from auditor.log.spine import key_of
from auditor.patterns.core.deadline import Deadline, schedules_at, schedules_of
from auditor.patterns.core.deadline import measured as elapsed
from auditor.patterns.core.duties import Doubt, Duties, Verdict, hour_unknown, judged, moments_of
from auditor.patterns.core.moments import Moments, is_early, none_of, points
from auditor.patterns.core.needs import Need, captions_of, needs_of
from auditor.patterns.core.pattern import Details, Pattern
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.selector import Next, Selector, earliest, partly_covered
from auditor.patterns.core.sentences import evidence_of, judged_until, sentences
from auditor.patterns.core.truth import FALSE, TRUE
from auditor.patterns.core.words import Words, filled, time_words
from auditor.patterns.deadlines.named import end_of_working_day
from auditor.patterns.deadlines.spans import Span
from auditor.patterns.deadlines.windows import ANY_TIME, Window
from auditor.patterns.selectors.closings import next_closing, while_open
from auditor.patterns.selectors.events import Events
from auditor.patterns.selectors.fields import given_up
from auditor.patterns.selectors.refined import Either, Refinable
from auditor.patterns.selectors.stages import enters, leaves
from auditor.patterns.selectors.tasks import ANY_TASK, OpenTask
from auditor.terms import Checked, Stage

HELD = {Verdict.MET: True, Verdict.VIOLATED: False, Verdict.WAIVED: False}
CLOSINGS = ("closed",)
"""The stream of what ends every duty of a deal."""


def triggers(log: Log, on: Selector, when: Predicate | None) -> Moments:
    """The moments of `on` at which duties arise: the deal is open, and `when` holds or, not surely, may hold."""
    t = _arising(log, on)
    if when is None or not len(t):
        return t
    return t.narrowed(when.holds(log, t))


@remembered
def _arising(log: Log, on: Selector) -> Moments:
    """The moments of `on` at which the deal is open; those before its creation, or while it is closed, where `on` wants
    them. One of which nobody knows when it was is only possible."""
    t = on.arising(log) if on.closed_too else while_open(log, on.arising(log))
    t = t.doubted(t.is_timeless)
    return t if on.early_too else t.taken(~is_early(log, t))


@dataclass(frozen=True)
class Response(Pattern):
    """After each `on`, `expect` within `due`, unless `until` or a closing comes before, or `unless` holds at the
    due."""

    on: Selector
    expect: Selector
    due: Deadline
    until: Selector | None = None
    when: Predicate | None = None
    unless: Predicate | None = None
    PARAMETERS: ClassVar[dict[str, str]] = {"due": "due"}

    def duties(self, log: Log) -> Duties:
        t = triggers(log, self.on, self.when)
        due = self.due.due(log, t, schedules_of(log, t))
        last, found = np.minimum(due, log.as_of), self._found(log, t)
        duties = judged(
            log,
            t,
            due,
            found,
            void=self._void(log, t, due),
            unknown_if=[
                (self.expect.may_be_missing(log, t, last), Doubt.STREAM),
                ((due < log.as_of) & self.expect.may_be_unread(log, t, last), Doubt.UNREAD),
            ],
            void_missing=self._void_missing(log, t, last),
            hour_unknown=hour_unknown(log, t, self.due, found),
        )
        return replace(duties, by_day=self.on.by_day)

    @property
    def counts_hours(self) -> bool:
        return self.due.counts_hours

    @property
    def in_working_time(self) -> bool:
        return self.due.unit.startswith("working_")

    def _found(self, log: Log, t: Moments) -> Next:
        return self.expect.next(log, t)

    def _void(self, log: Log, t: Moments, due: Ints) -> Next | None:
        """Per trigger what voids its duty first: a closing or `until` after it, even where `expect` counts from before
        it; its own due, where `unless` holds then."""
        voids = [next_closing(log, t)]
        if self.until is not None:
            voids.append(self.until.next(log, replace(t, since=None)))
        if self.unless is not None:
            voids.append(self._excused(log, self.unless, t, due))
        return earliest(voids)

    @staticmethod
    def _excused(log: Log, unless: Predicate, t: Moments, due: Ints) -> Next:
        """The due of each duty that has passed while the excuse held, as what voids it."""
        key, never = key_of(t.deal, due), none_of(t.deal)
        value = np.where(due < log.as_of, unless.holds(log, points(log, key, t.row)), FALSE)
        excused = np.where(value == TRUE, key, never)
        nothing = np.zeros(len(t), FLAGS)
        return Next(excused, np.full(len(t), -1), nothing, np.where(value == FALSE, never, key), excused)

    def _void_missing(self, log: Log, t: Moments, last: Ints) -> Bools:
        """Per trigger whether what voids its duty may have happened unseen."""
        closed = log.unread.counted(log.unread.of(CLOSINGS), t.deal, t.time, last) > 0
        return closed if self.until is None else closed | partly_covered(log, self.until, t.deal, t.time, last)

    @property
    def needs(self) -> tuple[Need, ...]:
        """What the export must hold; what voids a duty is no need, since the clause can be judged without it."""
        return needs_of(replace(self, until=None, unless=None))

    @property
    def excuses(self) -> tuple[Need, ...]:
        return (*super().excuses, *(need for part in (self.until, self.unless) if part for need in part.needs))

    def details(self, log: Log, duties: Duties) -> Details:
        unit = self.due.unit
        until = judged_until(log, duties)
        schedule = schedules_at(log, duties.at)
        violated = duties.verdict == Verdict.VIOLATED
        limit = self.due.amount if isinstance(self.due, Span) else np.nan
        t = moments_of(log, duties)
        needed = self.expect.words()
        return Details(
            why=sentences(duties, self.on.facts(log, t), _forms(duties), needed=np.full(len(duties), needed, object)),
            findings=_findings(duties, needed),
            measured=elapsed(log, unit, schedule, duties.arose, until),
            limit=np.full(len(duties), limit),
            unit=unit,
            overrun=np.where(violated, elapsed(log, unit, schedule, duties.due, until), np.nan),
            rows=evidence_of(duties, self.on.counted(log, t)),
        )


def _forms(duties: Duties) -> Words:
    """Per duty the form of its sentence: what raised it, what was needed until when, what came of it."""
    raised, needed = "{fact}, {arose}. ", _("Needed by {due}: {needed}.")
    return np.select(
        [
            (duties.verdict == Verdict.UNKNOWN) & (duties.due == NEVER),
            duties.verdict == Verdict.UNKNOWN,
            duties.verdict == Verdict.PENDING,
            duties.verdict == Verdict.MET,
            duties.met < NEVER,
        ],
        [
            raised + _("Not known: {doubt}."),
            raised + needed + " " + _("Not known: {doubt}."),
            raised + needed,
            raised + needed + " " + _("Done: {met}."),
            raised + needed + " " + _("Done late: {met}."),
        ],
        raised + needed + " " + _("Not done."),
    )


def _findings(duties: Duties, needed: str) -> list[list[Checked]]:
    """Per duty what was expected, until when, and when it was done."""
    by = filled(_("by {due}"), due=time_words(duties.due))
    done = np.where(duties.met < NEVER, time_words(duties.met), _("not done"))
    held = np.array([HELD.get(verdict) for verdict in Verdict], object)[duties.verdict]
    return [[line] for line in map(Checked, repeat(needed), by, done, held)]


@dataclass(frozen=True)
class LastingResponse(Response):
    """A Response that outlives the deal's closing."""

    def _void(self, log: Log, t: Moments, due: Ints) -> Next | None:
        return None if self.until is None else self.until.next(log, replace(t, since=None))

    def _void_missing(self, log: Log, t: Moments, last: Ints) -> Bools:
        return np.zeros(len(t), np.bool_) if self.until is None else super()._void_missing(log, t, last)


@dataclass(frozen=True)
class Cadence(Response):
    """A Response that what is expected re-arms: each such event owes the next one."""

    def _found(self, log: Log, t: Moments) -> Next:
        """What happens in the second of a link's start belongs to the start: of two events of one second each would
        meet the other, and the silence after them would be nobody's."""
        return self.expect.next(log, points(log, t.key + 1, t.row))


def cadence(*, during: tuple[Stage, ...], expect: Refinable, every: Deadline, until: Selector | None = None) -> Cadence:
    """The start of each stay and every expected event in it owe the next one within `every`, while the stay lasts."""
    end = leaves(*during)
    rearmed = enters(*during) | expect.during(*during)
    return Cadence(on=rearmed, expect=expect, due=every, until=end if until is None else end | until)


def planned(
    *,
    on: Selector,
    window: Window = ANY_TIME,
    by: Deadline = end_of_working_day,
    what: Events = ANY_TASK,
    when: Predicate | None = None,
    until: Selector | None = None,
) -> Response:
    """After each `on` a task, due within the window, is open at some moment until `by`. Where the window follows a date
    field, a date given up before then voids the duty: a new one raises its own."""
    voids = (*(given_up(caption) for caption in captions_of(window)), *(() if until is None else (until,)))
    return Response(on=on, expect=OpenTask(window, what), due=by, when=when, until=Either(voids) if voids else None)
