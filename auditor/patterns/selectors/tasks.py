"""Tasks as plans: an open task as what is expected."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from auditor.i18n import N_, _
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import DAY, FLAGS, NEVER, Kind, Suspect
from auditor.log.log import Log
from auditor.log.remembered import remembered
from auditor.log.spine import deal_of, key_of, time_of
from auditor.patterns.core.moments import Moments, events, joined, none_of
from auditor.patterns.core.needs import Column, Need, needs_of
from auditor.patterns.core.runs import spread, starts
from auditor.patterns.core.selector import Next, Selector, fulfilling, next_of, unread_between
from auditor.patterns.deadlines.spans import amount_words
from auditor.patterns.deadlines.windows import ANY_TIME, Window, whenever
from auditor.patterns.selectors.events import Events, task
from auditor.patterns.selectors.refined import Refinable

MOVED_OFTEN = 3
ANY_TASK = task()
DUE = Column("due")


@dataclass(frozen=True)
class OpenTask(Selector):
    """A task, due within the window, is open."""

    window: Window
    what: Events

    def select(self, log: Log) -> Moments:
        return self.what.find(log)

    def next(self, log: Log, t: Moments) -> Next:
        return _first_open(log, t, self.what, *self.window.bounds(log, t))

    def may_be_missing(self, log: Log, t: Moments, last: Ints) -> Bools:
        return super().may_be_missing(log, t, last) | (self.window.bounds(log, t)[0] == NEVER)

    def may_be_unread(self, log: Log, t: Moments, last: Ints) -> Bools:
        """A task that was set before may still be open."""
        return unread_between(log, self, t.deal, np.zeros(len(t), np.int64), last) > 0

    def column_missing(self, log: Log) -> bool:
        return self.window != whenever and not DUE.is_there(log)

    def words(self) -> str:
        return _("{task} {window}").format(task=self.what.words(), window=self.window.words())

    @property
    def needs(self) -> tuple[Need, ...]:
        return needs_of(self) if self.window == whenever else (*needs_of(self), DUE)


def open_task(window: Window = ANY_TIME, *, what: Events = ANY_TASK) -> OpenTask:
    """A task whose due lies within the window is open, at the trigger or later. Where the window follows a date field,
    the date of the trigger counts."""
    return OpenTask(window, what)


def _first_open(log: Log, t: Moments, what: Events, low: Ints, high: Ints) -> Next:
    """The first moment, from each trigger on, at which a task due between those seconds is open."""
    tasks, versions = log.tasks, chosen_versions(log, what)
    start = tasks.start[versions]
    deal = deal_of(start)
    first, last = np.searchsorted(deal, t.deal, side="left"), np.searchsorted(deal, t.deal, side="right")
    number, index = spread(first, last)
    version = versions[index]
    opened = np.maximum(start[index], t.key[number])
    due = tasks.due[version]
    fits = _lasts(log, t.taken(number), version) & (low[number] <= due) & (due <= high[number])
    if log.settings.strict:
        fits &= tasks.version[version] < MOVED_OFTEN
    number, opened, version = number[fits], opened[fits], version[fits]
    order = np.lexsort((opened, number))
    number, opened, version = number[order], opened[order], version[order]
    earliest = starts(number)
    key, row = none_of(t.deal), np.full(len(t), -1)
    flags = np.zeros(len(t), FLAGS)
    at, best = number[earliest], version[earliest]
    key[at] = opened[earliest]
    row[at] = log.row[tasks.place[best]]
    flags[at] = np.where(tasks.version[best] >= MOVED_OFTEN, Suspect.MOVED_OFTEN, 0)
    return Next(key, row, flags, key, key)


def _lasts(log: Log, t: Moments, version: Ints) -> Bools:
    """Whether each version is open at its trigger or later: one that ends in the trigger's very second is, unless the
    order inside one sheet says that it had ended."""
    tasks = log.tasks
    end = tasks.end[version]
    elsewhere = log.sources.of(log.row[tasks.place[version]]) != t.source
    return (end > t.key) | ((end == t.key) & elsewhere)


@dataclass(frozen=True)
class TaskGivenUp(Selector):
    """The task that the trigger set is deleted, or moved to a day at most so many days ahead."""

    days: int
    PARAMETERS: ClassVar[dict[str, str]] = {"days": "days_ahead"}

    def select(self, log: Log) -> Moments:
        return joined([task_moved.find(log), events(log, log.of_kind(Kind.TASK_DELETED))])

    def next(self, log: Log, t: Moments) -> Next:
        tasks = log.tasks
        own = tasks.task.take(np.searchsorted(tasks.place, t.pos), mode="clip")
        order = np.argsort(tasks.task, kind="stable")
        first, last = (np.searchsorted(tasks.task[order], own, side=side) for side in ("left", "right"))
        number, index = spread(first, last)
        version = order[index]
        ends = self._ends(log)[version]
        fits = ends > t.key[number]
        key = none_of(t.deal)
        np.minimum.at(key, number[fits], ends[fits])
        return Next(key, np.full(len(t), -1), np.zeros(len(t), FLAGS), key, key)

    def _ends(self, log: Log) -> Ints:
        """Per version the key at which its task is given up with it, by that move or deletion; NEVER for none."""
        tasks = log.tasks
        near = (tasks.version > 0) & (tasks.due // DAY - time_of(tasks.start) // DAY <= self.days)
        deleted = (tasks.ended_by >= 0) & (log.kind[tasks.ended_by] == Kind.TASK_DELETED)
        never = none_of(deal_of(tasks.start))
        return np.where(near, tasks.start, np.where(deleted, tasks.end, never))

    def words(self) -> str:
        return _("the task is deleted, or moved to within {span}").format(span=amount_words(self.days, "days"))

    @property
    def streams(self) -> frozenset[str]:
        return frozenset({"task"})


@dataclass(frozen=True)
class TaskEnds(Selector):
    """The task that the trigger set or moved is moved again, done or deleted."""

    def select(self, log: Log) -> Moments:
        by = log.tasks.ended_by
        return events(log, np.unique(by[by >= 0]))

    def next(self, log: Log, t: Moments) -> Next:
        tasks = log.tasks
        ended_by = tasks.ended_by.take(np.searchsorted(tasks.place, t.pos), mode="clip")
        key = np.where(ended_by >= 0, log.key.take(ended_by, mode="clip"), none_of(t.deal))
        return Next(key, np.full(len(t), -1), np.zeros(len(t), FLAGS), key, key)

    def words(self) -> str:
        return _("the task is moved, done or deleted")

    @property
    def streams(self) -> frozenset[str]:
        return frozenset({"task"})


@dataclass(frozen=True)
class SameTask(Refinable):
    """What happens to the very task that the trigger set or moved."""

    of: Selector

    def select(self, log: Log) -> Moments:
        return self.of.find(log)

    def next(self, log: Log, t: Moments) -> Next:
        """The tasks' numbers stand in for the deals': what happened to another task is another deal's."""
        found = _by_task(log, fulfilling(log, self.find(log)))
        later = next_of(found.taken(np.argsort(found.key, kind="stable")), _by_task(log, t))
        key, possible, last = (key_of(t.deal, time_of(keys)) for keys in (later.key, later.possible, later.last))
        return replace(later, key=key, possible=possible, last=last)

    def words(self) -> str:
        return _("{what} (of this very task)").format(what=self.of.words())


def _by_task(log: Log, t: Moments) -> Moments:
    """The moments with the number of their task in place of the deal's; one of no task has a number of its own."""
    task = _task_numbers(log)[t.pos]
    task = np.where(task >= 0, task, log.tasks.task.max(initial=-1) + 1 + np.arange(len(t)))
    last = None if t.last is None else key_of(task, time_of(t.last))
    return replace(t, key=key_of(task, t.time), last=last)


@remembered
def _task_numbers(log: Log) -> Ints:
    """Per event of the log the number of the task that it set, moved, completed or deleted; −1 for all others."""
    tasks, numbers = log.tasks, np.full(len(log), -1)
    ended = tasks.ended_by >= 0
    numbers[tasks.ended_by[ended]] = tasks.task[ended]
    numbers[tasks.place] = tasks.task
    return numbers


task_ends = TaskEnds()
"""For `until`, at the setting of a task: that very task is moved, done or deleted."""


def same_task(of: Selector) -> SameTask:
    """For `expect` and `until`, at the setting of a task: what happens to that very task, as its completion
    (`task().done`)."""
    return SameTask(of)


def task_given_up(days: int) -> TaskGivenUp:
    """For `until`, at the setting of a task: that very task is deleted, or moved to a day at most so many days after
    the moving."""
    return TaskGivenUp(days)


def chosen_versions(log: Log, what: Events) -> Ints:
    """Numbers of the versions whose task the selector means: by the text and addressee of its own row."""
    places = np.concatenate([replace(what, kind=kind).find(log).pos for kind in (Kind.TASK_SET, Kind.TASK_MOVED)])
    tasks = log.tasks
    rows = np.zeros(len(log), np.bool_)
    rows[places] = True
    meant = np.zeros(int(tasks.task.max(initial=-1)) + 1, np.bool_)
    meant[tasks.task[rows[tasks.place]]] = True
    return np.flatnonzero(meant[tasks.task])


task_moved = Events(Kind.TASK_MOVED, N_("moving the task"))
"""The due of a task is moved."""
task_deleted = Events(Kind.TASK_DELETED, N_("deleting the task"))
"""A task is deleted."""
