"""Slow references of the patterns: plain loops over one deal's events, written from the definitions word by word.

Nothing here knows of arrays, logs or selectors: a selector is a list of events, a deadline a function of a moment.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

OFF = {date(2024, 4, day) for day in (28, 29, 30)} | {date(2024, 5, day) for day in (1, 9, 10)}
"""Holidays and moved days off; 27.04.2024 is a working Saturday."""
WORKING_SATURDAYS = {date(2024, 4, 27)}
OPENS, CLOSES = time(9), time(18)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """Something that happened: the moment it counts at, its sheet («»: no event) and its place there.

    `sure`: the record does not leave open whether it is what was looked for."""

    at: datetime
    sheet: str = ""
    order: tuple[datetime, int, int] = (datetime.min, 0, 0)
    sure: bool = True


@dataclass(frozen=True)
class Stay:
    """A deal's time in a stage; a closing opens a stay without one. `left`: None while it lasts."""

    stage: str
    entry: Event
    left: Event | None = None

    @property
    def closed(self) -> bool:
        return not self.stage


@dataclass(frozen=True, order=True)
class Duty:
    """A duty as a reference sees it."""

    deal: str
    arose: datetime
    due: datetime
    verdict: str
    how: str = ""
    met_at: datetime | None = None


RANK = ("met", "violated", "pending", "unknown")


def one_of_equals(duties: Iterable[Duty]) -> list[Duty]:
    """Duties of one deal that arose and fall due together are one, the best of them."""
    best: dict[tuple[str, datetime, datetime], Duty] = {}
    for duty in duties:
        name = (duty.deal, duty.arose, duty.due)
        if name not in best or RANK.index(duty.verdict) < RANK.index(best[name].verdict):
            best[name] = duty
    return sorted(best.values())


# ── order ──


def is_after(event: Event, trigger: Event) -> bool:
    """Later, as what is expected: of one second in different sheets it is."""
    if event.at != trigger.at:
        return event.at > trigger.at
    return not trigger.sheet or event.sheet != trigger.sheet or event.order > trigger.order


def is_before(event: Event, trigger: Event) -> bool:
    """Earlier, as what is needed: of one second in different sheets it is."""
    if event.at != trigger.at:
        return event.at < trigger.at
    return not trigger.sheet or event.sheet != trigger.sheet or event.order < trigger.order


def first_after(events: Iterable[Event], trigger: Event, *, possible: bool = False) -> datetime | None:
    moments = [event.at for event in events if (possible or event.sure) and is_after(event, trigger)]
    return min(moments, default=None)


# ── working time ──


def works(day: date) -> bool:
    return day in WORKING_SATURDAYS or (day.weekday() < 5 and day not in OFF)


def opening(day: date) -> datetime:
    return datetime.combine(day, OPENS)


def closing(day: date) -> datetime:
    return datetime.combine(day, CLOSES)


def next_working_day(day: date) -> date:
    day += DAY
    while not works(day):
        day += DAY
    return day


def next_opening(moment: datetime) -> datetime:
    """That moment where it is working time, else the next opening."""
    day = moment.date()
    if works(day) and moment < closing(day):
        return max(moment, opening(day))
    return opening(next_working_day(day))


def working_time_later(moment: datetime, span: timedelta) -> datetime:
    now = next_opening(moment)
    while now + span > closing(now.date()):
        span -= closing(now.date()) - now
        now = opening(next_working_day(now.date()))
    return now + span


def working_days_later(moment: datetime, days: int) -> datetime:
    now = next_opening(moment)
    for _day in range(days):
        now = datetime.combine(next_working_day(now.date()), now.time())
    return now


LEAST = timedelta(hours=2)
"""What an end of the working day leaves at least; else it is the next working day's."""


def end_of_working_day(moment: datetime) -> datetime:
    day = moment.date()
    enough = works(day) and closing(day) - max(moment, opening(day)) >= LEAST
    return closing(day if enough else next_working_day(day))


def end_of_day(moment: datetime, later: int = 0) -> datetime:
    """23:59:59 of that day, or so many days later."""
    return datetime.combine(moment.date() + later * DAY, time.max).replace(microsecond=0)


# ── the patterns ──

Deadline = Callable[[datetime], datetime]


@dataclass(frozen=True)
class Life:
    """One deal: its stays in order, and the moment of the audit."""

    deal: str
    stays: Sequence[Stay]
    as_of: datetime

    def entries(self, *stages: str) -> list[Event]:
        return [stay.entry for stay in self.stays if stay.stage in stages]

    def exits(self, *stages: str) -> list[Event]:
        return [stay.left for stay in self.stays if stay.stage in stages and stay.left]

    def closings(self) -> list[Event]:
        return [stay.entry for stay in self.stays if stay.closed]

    def during(self, events: Iterable[Event], *stages: str) -> list[Event]:
        """Those while the deal is in one of the stages, at the second of either end too."""
        theirs = [stay for stay in self.stays if stay.stage in stages]
        return [e for e in events if any(s.entry.at <= e.at and (s.left is None or e.at <= s.left.at) for s in theirs)]

    def is_closed(self, event: Event) -> bool:
        """Closed before that second, and still at its end."""
        begun = [stay for stay in self.stays if stay.entry.at <= event.at]
        before = [stay for stay in begun if stay.entry.at < event.at]
        return bool(before) and before[-1].closed and begun[-1].closed

    def is_turning(self, event: Event) -> bool:
        """Closed or reopened in that second."""
        begun = [stay for stay in self.stays if stay.entry.at <= event.at]
        before = [stay for stay in begun if stay.entry.at < event.at]
        return bool(before) and before[-1].closed != begun[-1].closed


def judged(
    life: Life,
    trigger: Event,
    due: datetime,
    done: datetime | None,
    perhaps: datetime | None,
    voids: Sequence[Event] = (),
) -> list[Duty]:
    """The one duty of a trigger; none where it is void."""
    ended, perhaps_ended = first_after(voids, trigger), first_after(voids, trigger, possible=True)
    if due < trigger.at or _comes_first(ended, due, done):
        return []
    passed = due < life.as_of

    def duty(verdict: str, how: str = "", met_at: datetime | None = None) -> list[Duty]:
        return [Duty(life.deal, trigger.at, due, verdict, how, met_at)]

    if not trigger.sure:
        return duty("unknown")
    if done is not None and done <= due:
        return duty("met", met_at=done)
    if perhaps is not None and perhaps <= due:
        return duty("unknown")
    if passed and _comes_first(perhaps_ended, due, done):
        return duty("unknown")
    if not passed:
        return duty("pending")
    return duty("violated", "late", done) if done is not None else duty("violated", "missed")


def _comes_first(void: datetime | None, due: datetime, done: datetime | None) -> bool:
    """At or before due and before fulfilment; in one second fulfilment wins."""
    return void is not None and void <= due and (done is None or void < done)


def response(
    life: Life,
    on: Iterable[Event],
    expect: Sequence[Event],
    due: Deadline,
    until: Sequence[Event] = (),
    no_sooner: timedelta | None = None,
) -> list[Duty]:
    """After each `on`, `expect` within `due`, unless `until` or a closing comes before."""
    found: list[Duty] = []
    for trigger in on:
        if life.is_closed(trigger):
            continue
        start = trigger if no_sooner is None else Event(trigger.at + no_sooner)
        done, perhaps = first_after(expect, start), first_after(expect, start, possible=True)
        found += judged(life, trigger, due(trigger.at), done, perhaps, [*life.closings(), *until])
    return one_of_equals(found)


def response_both(
    life: Life, on: Iterable[Event], one: Sequence[Event], other: Sequence[Event], due: Deadline
) -> list[Duty]:
    """Met when the later of the two is done."""
    found: list[Duty] = []
    for trigger in on:
        if not life.is_closed(trigger):
            done = _later(first_after(one, trigger), first_after(other, trigger))
            perhaps = _later(*(first_after(events, trigger, possible=True) for events in (one, other)))
            found += judged(life, trigger, due(trigger.at), done, perhaps, life.closings())
    return one_of_equals(found)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else max(one, other)


def cadence(life: Life, stage: str, expect: Sequence[Event], created: datetime, due: Deadline) -> list[Duty]:
    """The start of each stay and every expected event in it owe the next one, until the stay ends.

    What happens in the second of a link's start does not meet it."""
    rearming = [event for event in life.during(expect, stage) if event.order[0] >= created]
    links = [*life.entries(stage), *rearming]
    return response(life, links, expect, due, until=life.exits(stage), no_sooner=SECOND)


def per_day(
    life: Life, stage: str, expect: Sequence[Event], contacts: Sequence[Event], at_least: int = 1, grace: float = 4
) -> list[Duty]:
    """For each working day in the stage through the end of the working day: enough events on the whole of it."""
    found = []
    for stay in life.stays:
        for day in _days_in(life, stay) if stay.stage == stage else ():
            if _owes(stay, day, grace) and not _on(contacts, day, life, possible=False):
                found.append(_day_judged(life, day, expect, contacts, at_least))
    return one_of_equals(found)


def _days_in(life: Life, stay: Stay) -> list[date]:
    last = min(stay.left.at, life.as_of) if stay.left else life.as_of
    first = stay.entry.at.date()
    return [first + number * DAY for number in range((last.date() - first).days + 1)]


def _owes(stay: Stay, day: date, grace: float) -> bool:
    if not works(day) or (stay.left and stay.left.at <= closing(day)):
        return False
    entered = stay.entry.at
    is_entry = entered.date() == day and entered > datetime.combine(day, time())
    return not is_entry or closing(day) - max(entered, opening(day)) >= timedelta(hours=grace)


def _on(events: Iterable[Event], day: date, life: Life, *, possible: bool) -> list[datetime]:
    return sorted(e.at for e in events if e.at.date() == day and e.at <= life.as_of and (possible or e.sure))


def _day_judged(life: Life, day: date, expect: Sequence[Event], contacts: Sequence[Event], at_least: int) -> Duty:
    start = datetime.combine(day, time())
    due = end_of_day(start)
    sure, possible = _on(expect, day, life, possible=False), _on(expect, day, life, possible=True)
    if len(sure) >= at_least:
        return Duty(life.deal, start, due, "met", met_at=sure[at_least - 1])
    if len(possible) >= at_least or (due < life.as_of and _on(contacts, day, life, possible=True)):
        return Duty(life.deal, start, due, "unknown")
    return (
        Duty(life.deal, start, due, "violated", "missed")
        if due < life.as_of
        else Duty(life.deal, start, due, "pending")
    )


Truth = bool | None
"""None: nobody knows."""


def condition(life: Life, on: Iterable[Event], that: Callable[[Event], Truth], lapse: str = "missed") -> list[Duty]:
    """At each `on` itself a predicate holds."""
    found = []
    for trigger in on:
        if not life.is_closed(trigger):
            value = that(trigger) if trigger.sure else None
            verdict = {True: "met", False: "violated", None: "unknown"}[value]
            how, met_at = lapse if value is False else "", trigger.at if value else None
            found.append(Duty(life.deal, trigger.at, trigger.at, verdict, how, met_at))
    return one_of_equals(found)


def condition_in_time(
    life: Life, on: Iterable[Event], that: Callable[[datetime], Truth], changes: Iterable[datetime], grace: Deadline
) -> list[Duty]:
    """At each `on` plus a grace a predicate holds, which changes only at those moments."""
    found: list[Duty] = []
    for trigger in on:
        if life.is_closed(trigger):
            continue
        due = max(grace(trigger.at), trigger.at)
        last = min(due, life.as_of)
        value = that(last)
        later = [moment for moment in sorted(changes) if moment > last and that(moment)]
        done = _held_since(trigger.at, last, that, changes) if value else next(iter(later), None)
        unknown = value is None and due < life.as_of  # until its due a value may still become right
        found += judged(life, trigger, due, done, last if unknown else done, life.closings())
    return one_of_equals(found)


def _held_since(
    first: datetime, last: datetime, that: Callable[[datetime], Truth], changes: Iterable[datetime]
) -> datetime:
    """Since when, from `first` on, it has held without a break until `last`."""
    since = last
    for moment in sorted({first, *(moment for moment in changes if first < moment <= last)}, reverse=True):
        if not that(moment):
            break
        since = moment
    return since


def count(events: Iterable[Event], trigger: Event, since: Sequence[Event] | None = None) -> tuple[int, int]:
    """How many surely and possibly lie before the trigger, and after the last `since` before it."""
    marks = [mark for mark in since or () if is_before(mark, trigger)]
    last = max(marks, key=lambda mark: (mark.at, mark.order), default=None)
    before = [e for e in events if is_before(e, trigger) and (last is None or is_after(e, last))]
    return sum(event.sure for event in before), len(before)


def at_least(number: int, counted: tuple[int, int]) -> Truth:
    sure, possible = counted
    return True if sure >= number else None if possible >= number else False


def absence(life: Life, among: Iterable[Event], wrong: Sequence[Event]) -> list[Duty]:
    """None of `among` is one of the forbidden ones."""
    return condition(life, among, lambda trigger: trigger not in wrong, "forbidden")


@dataclass(frozen=True)
class Version:
    """A task as it was planned from one moment to another."""

    due: datetime | None
    start: Event
    end: Event | None


def planned(
    life: Life,
    on: Iterable[Event],
    versions: Iterable[Version],
    window: Callable[[datetime], tuple[datetime, datetime]],
    by: Deadline,
) -> list[Duty]:
    """After each `on` a task, due within the window, is open at some moment until `by`."""
    found: list[Duty] = []
    for trigger in on:
        if life.is_closed(trigger):
            continue
        low, high = window(trigger.at)
        fitting = [
            v for v in versions if v.due and low <= v.due <= high and (v.end is None or is_after(v.end, trigger))
        ]
        done = min((max(version.start.at, trigger.at) for version in fitting), default=None)
        found += judged(life, trigger, by(trigger.at), done, done, life.closings())
    return one_of_equals(found)


@dataclass(frozen=True)
class Booking:
    """Who is booked from when, as a deal's record says at some moment."""

    person: str
    start: datetime | None

    def overlaps(self, other: "Booking", window: timedelta) -> bool:
        if self.start is None or other.start is None:
            return False
        return self.start < other.start + window and other.start < self.start + window


def exclusive(
    lives: Sequence[Life], stage: str, booked: Callable[[str, datetime], Booking], window: timedelta
) -> list[Duty]:
    """At each entry nobody else's deal, already in the stage, holds the same person in an overlapping window."""
    found = []
    for life in lives:
        for trigger in life.entries(stage):
            own = booked(life.deal, trigger.at)
            clash = any(_clashes(other, stage, booked, own, trigger.at, window) for other in lives if other is not life)
            if not own.person or own.start is None:
                found.append(Duty(life.deal, trigger.at, trigger.at, "unknown"))
            elif clash:
                found.append(Duty(life.deal, trigger.at, trigger.at, "violated", "forbidden"))
            else:
                found.append(Duty(life.deal, trigger.at, trigger.at, "met", met_at=trigger.at))
    return one_of_equals(found)


def _clashes(
    other: Life, stage: str, booked: Callable[[str, datetime], Booking], own: Booking, at: datetime, window: timedelta
) -> bool:
    """The other deal was in the stage before that second and still is, and so stood its booking."""
    there = any(s.stage == stage and s.entry.at < at and (s.left is None or s.left.at > at) for s in other.stays)
    theirs = booked(other.deal, at)
    stood = theirs == booked(other.deal, at - SECOND)
    return there and stood and bool(own.person) and theirs.person == own.person and own.overlaps(theirs, window)
