"""Tasks that are open at a moment."""

from dataclasses import dataclass

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import DAY, MINUTE, NEVER, Kind
from auditor.log.log import Log
from auditor.log.spine import deal_of
from auditor.patterns.core.deadline import Deadline, schedules_of
from auditor.patterns.core.findings import Finding, Findings
from auditor.patterns.core.moments import Moments, events, points
from auditor.patterns.core.needs import Need, Stream
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.runs import spread
from auditor.patterns.core.selector import partly_covered, unread_between
from auditor.patterns.core.staying import stay_names
from auditor.patterns.core.truth import FALSE, TRUE, UNKNOWN, Truth, between
from auditor.patterns.core.words import day_words, filled, listed
from auditor.patterns.deadlines.spans import Span, working_days
from auditor.patterns.selectors.contacts import contact
from auditor.patterns.selectors.events import Events
from auditor.patterns.selectors.tasks import ANY_TASK, DUE, chosen_versions
from auditor.spelling import folded

A_WORKING_DAY = working_days(1)


KINDS = (Kind.TASK_SET, Kind.TASK_MOVED, Kind.TASK_DONE, Kind.TASK_DELETED)


@dataclass(frozen=True)
class TaskIsOpen(Predicate):
    """Such a task with a due date is open; with a deadline, one that is due by then. Tasks that are not exported at all
    are none."""

    what: Events = ANY_TASK
    by: Deadline | None = None

    def holds(self, log: Log, at: Moments) -> Truth:
        fits, perhaps = self._fits(log, chosen_versions(log, self.what))
        number, version = _open(log, at, np.flatnonzero(perhaps))
        limit = np.full(len(at), NEVER - 1) if self.by is None else self.by.due(log, at, schedules_of(log, at))
        in_time = log.tasks.due[version] <= limit[number]
        number, version = number[in_time], version[in_time]
        surely, possibly = np.zeros((2, len(at)), np.bool_)
        possibly[number], surely[number[fits[version]]] = True, True
        unseen = partly_covered(log, self.what, at.deal, at.time, at.time)
        unseen |= unread_between(log, self.what, at.deal, np.zeros(len(at), np.int64), at.time) > 0
        return between(surely, possibly | unseen)

    def _fits(self, log: Log, chosen: Ints) -> tuple[Bools, Bools]:
        """Per version of the log's tasks whether it is such a task, surely and possibly."""
        fits = np.zeros(len(log.tasks), np.bool_)
        fits[chosen] = True
        return fits, fits

    def changes(self, log: Log) -> list[Moments]:
        return [events(log, log.of_kind(kind)) for kind in KINDS]

    def words(self) -> str:
        if self.by is None:
            return _("{task} is open").format(task=self.what.words())
        return _("{task} is open, due by {deadline}").format(task=self.what.words(), deadline=self.by.words())

    @property
    def needs(self) -> tuple[Need, ...]:
        return (*self.what.needs, DUE)


@dataclass(frozen=True)
class AgreedToTheHour(TaskIsOpen):
    """A task due at an hour (neither 00:00 nor 23:59) is open that was set, or moved to it, within the span after a
    contact: what was agreed with the client."""

    within: Span = A_WORKING_DAY

    def _fits(self, log: Log, chosen: Ints) -> tuple[Bools, Bools]:
        due = log.tasks.due[chosen]
        dated = chosen[(due != NEVER) & (due % DAY != 0) & (due % DAY < DAY - MINUTE)]
        fits, perhaps = np.zeros((2, len(log.tasks)), np.bool_)
        talks = contact.find(log)
        fits[dated], perhaps[dated] = self._after(log, talks.certain, dated), self._after(log, talks, dated)
        return fits, perhaps

    def _after(self, log: Log, talks: Moments, version: Ints) -> Bools:
        """Per version whether it begins within the span after the last of these contacts before it."""
        if not len(talks):
            return np.zeros(len(version), np.bool_)
        start = log.tasks.start[version]
        last = np.searchsorted(talks.key, start, side="right") - 1
        talk = talks.taken(np.maximum(last, 0))
        begun = points(log, start, talk.row)
        in_time = begun.time <= self.within.due(log, talk, schedules_of(log, talk))
        return (last >= 0) & (talk.deal == begun.deal) & in_time

    def words(self) -> str:
        return _("a task with an hour, set within {span} after {what}").format(
            span=self.within.words(), what=contact.words()
        )

    @property
    def needs(self) -> tuple[Need, ...]:
        return ()

    @property
    def excuses(self) -> tuple[Need, ...]:
        return (*super().needs, *contact.needs)


def _open(log: Log, at: Moments, versions: Ints) -> tuple[Ints, Ints]:
    """Pairs of a moment's number and one of the versions that is open then; one that ends in its very second is."""
    tasks = log.tasks
    deal = deal_of(tasks.start[versions])
    first, last = np.searchsorted(deal, at.deal, side="left"), np.searchsorted(deal, at.deal, side="right")
    number, index = spread(first, last)
    version = versions[index]
    is_open = (tasks.start[version] <= at.key[number]) & (at.key[number] <= tasks.end[version])
    return number[is_open], version[is_open]


def task_is_open(what: Events = ANY_TASK, *, by: Deadline | None = None) -> TaskIsOpen:
    """Such a task with a due date is open; `by`: due by that deadline, run from the moment."""
    return TaskIsOpen(what, by)


agreed_to_the_hour = AgreedToTheHour()
"""A task due at an hour is open that was set, or moved to it, within a working day after a contact; contacts that are
not exported at all excuse nobody."""


MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
          "декабрь")  # fmt: skip


@dataclass(frozen=True)
class StageIsTasksMonth(Predicate):
    """The stage bears the month in which some open task is due; without such a task nobody knows."""

    what: Events

    def holds(self, log: Log, at: Moments) -> Truth:
        month = self._stage_months(log)[at.stay]
        number, due = self._open_tasks(log, at)
        due_month = (np.datetime64("2000-01-01") + due // DAY).astype("datetime64[M]").astype(np.int64) % 12
        has_task, agrees = np.zeros(len(at), np.bool_), np.zeros(len(at), np.bool_)
        has_task[number] = True
        agrees[number[due_month == month[number]]] = True
        return np.where(agrees, TRUE, np.where(has_task, FALSE, UNKNOWN)).astype(np.int8)

    @staticmethod
    def _stage_months(log: Log) -> Ints:
        """Per stay the number of the month that its stage bears, −1 for none; a last −1."""
        names = [MONTHS.index(folded(name)) if folded(name) in MONTHS else -1 for name in log.stays.stages]
        return np.append(np.array([*names, -1])[log.stays.stage], -1)

    def _open_tasks(self, log: Log, at: Moments) -> tuple[Ints, Ints]:
        """Pairs of a moment's number and the second at which a task open then is due."""
        number, version = _open(log, at, chosen_versions(log, self.what))
        due = log.tasks.due[version]
        still = (at.key[number] < log.tasks.end[version]) & (due != NEVER)
        return number[still], due[still]

    def changes(self, log: Log) -> list[Moments]:
        kinds = (Kind.STAGE, Kind.PIPELINE, Kind.TASK_SET, Kind.TASK_MOVED, Kind.TASK_DONE, Kind.TASK_DELETED)
        return [events(log, log.of_kind(kind)) for kind in kinds]

    def words(self) -> str:
        return _("the stage is the month of a task's due date")

    def findings(self, log: Log, at: Moments) -> Findings:
        number, due = self._open_tasks(log, at)
        days = listed(day_words(due), number, len(at))
        found = filled(
            _("{stage}, tasks due on {days}"),
            stage=stay_names(log, at.stay),
            days=np.where(days == "", _("none"), days),
        )
        return Finding(_("the stage"), _("the month of a task's due date"), found, self.holds(log, at))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Stream("stage"), Stream("task"))
