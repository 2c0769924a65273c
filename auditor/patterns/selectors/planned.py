"""Planned contacts: the days and moments at which they are due, their completion, and what they put off."""

from dataclasses import dataclass, replace

import numpy as np

from auditor.i18n import N_, _
from auditor.log.columns import Bools, Codes, Ints
from auditor.log.kinds import DAY, FLAGS, NEVER, Kind, Suspect
from auditor.log.log import Log
from auditor.log.spine import deal_of, key_of, time_of
from auditor.patterns.core.deadline import Deadline
from auditor.patterns.core.moments import Moments, events, joined, points
from auditor.patterns.core.needs import Column, Need, Stream
from auditor.patterns.core.runs import spread, starts
from auditor.patterns.core.searching import possibly_within
from auditor.patterns.core.selector import next_of
from auditor.patterns.core.texts import says
from auditor.patterns.core.truth import Truth
from auditor.patterns.deadlines.spans import working_days
from auditor.patterns.selectors.contacts import attempt, contact
from auditor.patterns.selectors.events import Events
from auditor.patterns.selectors.marks import Mark, Places, as_recorded
from auditor.patterns.selectors.refined import Refinable
from auditor.patterns.selectors.tasks import DUE, chosen_versions

CONTACT_KINDS = frozenset({"звонок", "встреча", "call", "meeting"})


@dataclass(frozen=True)
class PlansContact(Mark):
    """Tasks that plan a contact: a call or meeting by their kind, or by the words of their text."""

    def holds(self, log: Log, places: Places) -> Truth:
        ref = log.ref.take(places)
        kind, text = log.text("activities", "kind"), log.text("activities", "text")
        search = says(*log.settings.contact_words)
        by_kind = kind.where(lambda value: value in CONTACT_KINDS).take(kind.codes.take(ref))
        by_text = text.where(lambda value: bool(search(value))).take(text.codes.take(ref))
        return as_recorded(log, by_kind | by_text, "kind", "text")

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Column("kind", "text"),)


class OfTasks(Refinable):
    """Moments that tasks name."""

    of: Events

    @property
    def streams(self) -> frozenset[str]:
        return frozenset({"task"})

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*self.of.needs, DUE)

    def column_missing(self, log: Log) -> bool:
        return not DUE.is_there(log)


@dataclass(frozen=True)
class DueDays(OfTasks):
    """00:00 of the due day of each task that is open then, or its setting if that is later that day.

    Deadlines run from the task's own due moment."""

    of: Events

    def select(self, log: Log) -> Moments:
        tasks = log.tasks
        version = chosen_versions(log, self.of)
        start, end, due = tasks.start[version], tasks.end[version], tasks.due[version]
        day = due // DAY * DAY
        deal = deal_of(start)
        at = np.maximum(key_of(deal, day), start)
        holds = (due != NEVER) & (time_of(at) < day + DAY) & (end > at) & (time_of(at) <= log.as_of)
        return self._moments(log, at[holds], key_of(deal, due)[holds], tasks.place[version][holds], start[holds])

    @staticmethod
    def _moments(log: Log, at: Ints, due: Ints, place: Ints, start: Ints) -> Moments:
        order = np.lexsort((due, at))
        at, due, place, start = at[order], due[order], place[order], start[order]
        found = points(log, at, log.row[place]).running_from(due)
        return replace(found, place=place, is_event=at == start)

    def words(self) -> str:
        return _("the day on which a contact is planned")


@dataclass(frozen=True)
class DueMoments(OfTasks):
    """The due moment of each task that was set by the end of that day and not ended before it; none that lies ahead."""

    of: Events

    def select(self, log: Log) -> Moments:
        tasks = log.tasks
        version = chosen_versions(log, self.of)
        version = version[_stands_on_its_day(log, version)]
        return _at_due(log, version[tasks.due[version] <= log.as_of])

    def words(self) -> str:
        return _("a planned contact")


def _stands_on_its_day(log: Log, version: Ints) -> Bools:
    """Whether each version of a task was set by the end of its due day, and not ended before that day."""
    tasks, day = log.tasks, _day_of_due(log, version)
    return (tasks.start[version] < day + DAY) & (tasks.end[version] > day)


def _due(log: Log, version: Ints) -> Ints:
    """The keys of the due moments of these versions of tasks."""
    return key_of(deal_of(log.tasks.start[version]), log.tasks.due[version])


def _day_of_due(log: Log, version: Ints) -> Ints:
    """The keys of 00:00 of their due days."""
    return key_of(deal_of(log.tasks.start[version]), log.tasks.due[version] // DAY * DAY)


def _at_due(log: Log, version: Ints) -> Moments:
    """The due moments of these versions of tasks."""
    version = version[np.argsort(_due(log, version), kind="stable")]
    return points(log, _due(log, version), log.row[log.tasks.place[version]])


planned_contact = Events(Kind.TASK_SET, N_("a planned contact"), (PlansContact(),))
"""The setting of a task that plans a contact: a call or meeting by its kind, or by the words of its text."""


def _done(log: Log) -> Ints:
    """Numbers of the versions of contact tasks that a completion ended."""
    version = chosen_versions(log, planned_contact)
    by = log.tasks.ended_by[version]
    return version[(by >= 0) & (log.kind[by] == Kind.TASK_DONE)]


def _completions(log: Log, places: Codes) -> Moments:
    """The completions of contact tasks at these places; not sure where nothing tells what tasks are about."""
    places = np.sort(places)
    found = events(log, places[starts(places)])
    return found.narrowed(as_recorded(log, np.ones(len(found), np.bool_), "kind", "text"))


def _flagged(log: Log, done: Moments) -> Moments:
    """The same completions, flagged where no day on which they may have been shows an attempt or contact."""
    first, last = (key_of(done.deal, time_of(key) // DAY * DAY) for key in (done.key, done.latest))
    left = np.arange(len(done))
    for what in (attempt, contact):
        left = left[~possibly_within(what.find(log), first[left], last[left] + DAY - 1)]
    flags = done.flags.copy()
    flags[left] |= FLAGS(Suspect.NO_CALL_ON_RECORD)
    return replace(done, own_flags=flags)


@dataclass(frozen=True)
class ContactTaskDone(Refinable):
    """The completion of a task that plans a contact; flagged where its day shows neither attempt nor contact."""

    def select(self, log: Log) -> Moments:
        # a completion that belongs to no open task may still say itself what it completes
        own = planned_contact.done.find(log).pos
        return _flagged(log, _completions(log, np.append(log.tasks.ended_by[_done(log)], own)))

    def words(self) -> str:
        return _("completing a contact task")

    @property
    def streams(self) -> frozenset[str]:
        return frozenset({"task"})

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Stream("task"),)


@dataclass(frozen=True)
class DoneAnotherDay(OfTasks):
    """Of planned contacts that were done on another day than they were due: the completion, and where that was earlier
    the due moment, both flagged where the day of the completion shows neither attempt nor contact."""

    of: Events

    def select(self, log: Log) -> Moments:
        tasks = log.tasks
        version = _done(log)
        day, passed = _day_of_due(log, version), tasks.due[version] <= log.as_of
        that_day = _stands_on_its_day(log, version) & (log.key[tasks.ended_by[version]] < day + DAY)
        done = _flagged(log, _completions(log, tasks.ended_by[version[~(passed & that_day)]]))
        early = version[passed & (tasks.end[version] <= day)]
        early = early[np.argsort(_due(log, early), kind="stable")]
        by = np.searchsorted(done.pos, tasks.ended_by[early])
        return joined([done, replace(_at_due(log, early), own_flags=done.flags[by]).doubted(~done.sure[by])])

    def words(self) -> str:
        return _("a contact task done on another day")


reached_out: Refinable = attempt | ContactTaskDone()
"""An attempt, or the completion of a task that plans a contact, which is flagged where its day shows neither attempt
nor contact. For what is expected within days, not within hours."""
done_another_day = DoneAnotherDay(planned_contact)
"""The completion of each planned contact that was done on another day than it was due, and where it was done earlier
its due moment as well; flagged where the day of the completion shows neither attempt nor contact."""


def due_days(of: Events) -> DueDays:
    """00:00 of the due day of each task that is open then, or its setting if that is later that day; deadlines run from
    the task's due moment."""
    return DueDays(of)


def due_moments(of: Events) -> DueMoments:
    """The due moment of each task that was set by the end of that day and not ended before the day; none that lies
    later than the audit."""
    return DueMoments(of)


@dataclass(frozen=True)
class OrPlanned(Deadline):
    """A deadline, or the end of a planned contact's due day where that is later.

    The contact must be agreed in the last one: set after it, by the deadline `within`, before the next attempt."""

    of: Deadline
    within: Deadline

    @property
    def unit(self) -> str:  # type: ignore[override]
        return self.of.unit

    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        due = self.of.due(log, t, schedule)
        talk, agreed = self._talk(log, t)
        until = np.minimum(key_of(t.deal, self.within.due(log, talk, schedule)), next_of(attempt.find(log), talk).key)
        tasks = log.tasks
        version = chosen_versions(log, planned_contact)
        start = tasks.start[version]
        first, last = np.searchsorted(start, talk.key, side="left"), np.searchsorted(start, until, side="right")
        number, index = spread(first, np.where(agreed, last, first))
        later = tasks.due[version[index]]
        extended = np.zeros(len(t), np.int64)
        dated = later < NEVER
        np.maximum.at(extended, number[dated], later[dated] // DAY * DAY + DAY - 1)
        return np.maximum(due, extended)

    @staticmethod
    def _talk(log: Log, t: Moments) -> tuple[Moments, Bools]:
        """The last contact up to each trigger, and whether there was one with no attempt since."""
        talks, attempts = contact.find(log), attempt.find(log)
        last = np.searchsorted(talks.key, t.key, side="right") - 1
        if not len(talks):
            return t, np.zeros(len(t), np.bool_)
        talk = talks.taken(np.maximum(last, 0))
        tried = np.searchsorted(attempts.key, t.key, side="right") > np.searchsorted(
            attempts.key, talk.key, side="right"
        )
        return talk, (last >= 0) & (talk.deal == t.deal) & ~tried

    def words(self) -> str:
        return _("{deadline}, or the day agreed with the client").format(deadline=self.of.words())


def or_planned(of: Deadline) -> OrPlanned:
    """That deadline, extended to the end of the due day of a planned contact which was agreed in the last contact: set
    within a working day after it and before the next attempt."""
    return OrPlanned(of, within=working_days(1))
