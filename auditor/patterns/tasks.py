"""Tasks as plans: windows in which one must be due, an open task as what is expected, days of planned contacts."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from auditor.i18n import _, later
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import DAY, NEVER, Kind, Suspect
from auditor.log.log import Log, deal_of, key_of, time_of
from auditor.patterns.base import Deadline, Need, Next, Predicate, Selector, needs_of, next_of, streams
from auditor.patterns.deadlines import amount_words, end_of_working_day, working_days
from auditor.patterns.events import Events, attempt, contact, task
from auditor.patterns.fields import FILLER, spread, window_opens
from auditor.patterns.logic import Truth, truth
from auditor.patterns.moments import Moments, none_of, points
from auditor.patterns.refined import Refinable
from auditor.patterns.response import Response, schedules_of
from auditor.patterns.texts import says

MOVED_OFTEN = 3
CONTACT_KINDS = frozenset({"звонок", "встреча", "call", "meeting"})


class Window(ABC):
    """Between which moments a task must be due."""

    @abstractmethod
    def bounds(self, log: Log, t: Moments, by: Ints) -> tuple[Ints, Ints]:
        """First and last second per trigger; NEVER and NEVER where the record does not say."""

    @abstractmethod
    def words(self) -> str: ...

    @property
    def needs(self) -> tuple[Need, ...]:
        return needs_of(self)


@dataclass(frozen=True)
class AnyTime(Window):
    """Whenever, but with a due date."""

    def bounds(self, log: Log, t: Moments, by: Ints) -> tuple[Ints, Ints]:
        return np.zeros(len(t), np.int64), np.full(len(t), NEVER - 1)

    def words(self) -> str:
        return _("with a due date")


@dataclass(frozen=True)
class Whenever(Window):
    """With a due date or without."""

    def bounds(self, log: Log, t: Moments, by: Ints) -> tuple[Ints, Ints]:
        return np.zeros(len(t), np.int64), np.full(len(t), NEVER)

    def words(self) -> str:
        return _("with or without a due date")


ANY_TIME = AnyTime()
whenever = Whenever()
ANY_TASK = task()


@dataclass(frozen=True)
class NamedDays(Window):
    """A named day of a date field, or from one to another, both included; the value that stands when the task must be
    set."""

    field: str
    first: int
    until: int | None = None
    PARAMETERS: ClassVar[dict[str, str]] = {"first": "day", "until": "last_day"}

    @property
    def last(self) -> int:
        return self.first if self.until is None else self.until

    def bounds(self, log: Log, t: Moments, by: Ints) -> tuple[Ints, Ints]:
        versions = log.field(self.field)
        day = versions.day[versions.at(key_of(t.deal, np.minimum(by, log.as_of)))]
        known = day != NEVER
        day = np.where(known, day, t.time // DAY * DAY)
        opens = window_opens(log, t.deal, day + self.first * DAY)
        return np.where(known, opens, NEVER), np.where(known, day + self.last * DAY + DAY - 1, NEVER)

    def words(self) -> str:
        if self.first == self.last:
            shift = amount_words(-self.first, "days")
            return _("due {shift} before «{field}»").format(shift=shift, field=self.field)
        return _("due {most} to {least} days before «{field}»").format(
            most=-self.first, least=-self.last, field=self.field
        )

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Need("field", (self.field,)),)


@dataclass(frozen=True)
class NotLater(Window):
    """From the trigger's day on, at the latest by a deadline."""

    than: Deadline

    def bounds(self, log: Log, t: Moments, by: Ints) -> tuple[Ints, Ints]:
        due = self.than.due(log, t, schedules_of(log, t))
        return np.where(due == NEVER, NEVER, t.time // DAY * DAY), due

    def words(self) -> str:
        return _("due no later than {deadline}").format(deadline=self.than.words())


@dataclass(frozen=True)
class FurtherThan(Window):
    """More than so many calendar days ahead."""

    days: int
    PARAMETERS: ClassVar[dict[str, str]] = {"days": "days"}

    def bounds(self, log: Log, t: Moments, by: Ints) -> tuple[Ints, Ints]:
        return (t.time // DAY + self.days + 1) * DAY, np.full(len(t), NEVER - 1)

    def words(self) -> str:
        return _("due more than {span} ahead").format(span=amount_words(self.days, "days"))


@dataclass(frozen=True)
class OpenTask(Selector):
    """A task, due within the window, is open; `by` is the moment whose window counts where a field tells it."""

    window: Window
    what: Events
    by: Deadline

    def select(self, log: Log) -> Moments:
        return self.what.find(log)

    def next(self, log: Log, t: Moments) -> Next:
        return _first_open(log, t, self.what, *self._bounds(log, t))

    def _bounds(self, log: Log, t: Moments) -> tuple[Ints, Ints]:
        return self.window.bounds(log, t, self.by.due(log, t, schedules_of(log, t)))

    def doubtful(self, log: Log, t: Moments, last: Ints) -> Bools:
        return super().doubtful(log, t, last) | (self._bounds(log, t)[0] == NEVER)

    def words(self) -> str:
        return _("{task} {window}").format(task=self.what.words(), window=self.window.words())


def open_task(
    window: Window = ANY_TIME,
    *,
    what: Events = ANY_TASK,
    by: Deadline = end_of_working_day,
) -> OpenTask:
    """A task, due within the window, is open."""
    return OpenTask(window, what, by)


def planned(
    *,
    on: Selector,
    window: Window = ANY_TIME,
    by: Deadline = end_of_working_day,
    what: Events = ANY_TASK,
    when: Predicate | None = None,
    until: Selector | None = None,
) -> Response:
    """After each `on` a task, due within the window, is open at some moment until `by`."""
    return Response(on=on, expect=OpenTask(window, what, by), due=by, when=when, until=until)


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
    earliest = np.append(True, np.diff(number) != 0)[: len(number)]
    key, row, pos = none_of(t.deal), np.full(len(t), -1), np.full(len(t), -1)
    flags = np.zeros(len(t), np.uint8)
    at, best = number[earliest], version[earliest]
    key[at], pos[at] = opened[earliest], tasks.place[best]
    row[at] = log.row[tasks.place[best]]
    flags[at] = np.where(tasks.version[best] >= MOVED_OFTEN, Suspect.MOVED_OFTEN, 0)
    return Next(key, row, pos, flags, key)


def _lasts(log: Log, t: Moments, version: Ints) -> Bools:
    """Whether each version is open at its trigger or later: one that ends in the trigger's very second is, unless the
    order inside one sheet says that it had ended."""
    tasks = log.tasks
    end = tasks.end[version]
    elsewhere = log.source_of(log.row[tasks.place[version]]) != t.source
    return (end > t.key) | ((end == t.key) & elsewhere & (tasks.start[version] < end))


def chosen_versions(log: Log, what: Events) -> Ints:
    """Numbers of the versions whose task the selector means: by the text and addressee of its own row."""
    places = np.concatenate([replace(what, kind=kind).find(log).pos for kind in (Kind.TASK_SET, Kind.TASK_MOVED)])
    tasks = log.tasks
    rows = np.zeros(len(log), np.bool_)
    rows[places] = True
    meant = np.zeros(int(tasks.task.max(initial=-1)) + 1, np.bool_)
    meant[tasks.task[rows[tasks.place]]] = True
    return np.flatnonzero(meant[tasks.task])


@dataclass(frozen=True)
class ContactTask(Events):
    """Tasks that plan a contact: a call or meeting by their kind, or by the words of their text."""

    def select(self, log: Log) -> Moments:
        found = super().select(log)
        ref = log.ref[found.pos]
        kind, text = log.text("activities", "kind"), log.text("activities", "text")
        search = says(*log.settings.contact_words)
        by_kind = kind.where(lambda value: value in CONTACT_KINDS)[kind.codes[ref]]
        by_text = text.where(lambda value: bool(search(value)))[text.codes[ref]]
        return found.taken(by_kind | by_text)


class OfTasks(Refinable):
    """Moments that tasks name."""

    @property
    def streams(self) -> frozenset[str]:
        return frozenset({"task"})

    @property
    def needs(self) -> tuple[Need, ...]:
        return streams("task")


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
        own = at == start
        source = np.where(own, log.source_of(log.row[place]), found.source)
        return replace(found, pos=np.where(own, place, found.pos), source=source)

    def words(self) -> str:
        return _("the day on which a contact is planned")


@dataclass(frozen=True)
class DueMoments(OfTasks):
    """The due moment of each task that was set by the end of that day and not ended before it."""

    of: Events

    def select(self, log: Log) -> Moments:
        tasks = log.tasks
        version = chosen_versions(log, self.of)
        start, end, due = tasks.start[version], tasks.end[version], tasks.due[version]
        day = due // DAY * DAY
        deal = deal_of(start)
        holds = (due != NEVER) & (start <= key_of(deal, day + DAY - 1)) & (end > key_of(deal, day))
        key, place = key_of(deal, due)[holds], tasks.place[version][holds]
        order = np.argsort(key, kind="stable")
        return points(log, key[order], log.row[place[order]])

    def words(self) -> str:
        return _("a planned contact")


planned_contact = ContactTask(Kind.TASK_SET, later("a planned contact"))
task_moved = Events(Kind.TASK_MOVED, later("moving the task"))


def due_days(of: Events) -> DueDays:
    return DueDays(of)


def due_moments(of: Events) -> DueMoments:
    return DueMoments(of)


def named_day(field: str, first: int, last: int | None = None) -> NamedDays:
    """The window of a named day, or from one to another."""
    return NamedDays(field, first, last)


def not_later(than: Deadline) -> NotLater:
    return NotLater(than)


def further_than(days: int) -> FurtherThan:
    return FurtherThan(days)


@dataclass(frozen=True)
class OrPlanned(Deadline):
    """A deadline that a planned contact extends to its own due date: one agreed in a contact, set within that working
    day's length after it and before the next attempt."""

    of: Deadline
    within: Deadline

    @property
    def unit(self) -> str:  # type: ignore[override]
        return self.of.unit

    def due(self, log: Log, t: Moments, who: Ints) -> Ints:
        due = self.of.due(log, t, who)
        talk, agreed = self._talk(log, t)
        until = np.minimum(key_of(t.deal, self.within.due(log, talk, who)), next_of(attempt.find(log), talk).key)
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
    return OrPlanned(of, within=working_days(1))


@dataclass(frozen=True)
class ResultSays(Predicate):
    """Of the moment at which a task is completed: its result holds one of the words; without words, it is filled."""

    said: tuple[str, ...] = ()
    PARAMETERS: ClassVar[dict[str, str]] = {"said": "words"}

    def holds(self, log: Log, at: Moments) -> Truth:
        text = log.text("activities", "result")
        search = says(*self.said) if self.said else bool
        fits = text.where(lambda value: bool(search(value)))
        return truth(fits[text.codes[log.ref[at.pos]]])

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        """Filler instead of a note."""
        text = log.text("activities", "result")
        filler = text.where(lambda value: value in FILLER)[text.codes[log.ref[at.pos]]]
        return np.where(filler, Suspect.FILLER, 0).astype(np.uint8)

    def words(self) -> str:
        if not self.said:
            return _("the task's result is filled in")
        return _("the task's result says {words}").format(words=_(" or ").join(f"«{word}»" for word in self.said))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Need("column", ("result",)),)


def result_says(*words: str) -> ResultSays:
    return ResultSays(words)


result_filled = ResultSays()
