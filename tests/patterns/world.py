"""Random small companies: deals with their moves, calls, letters, tasks and values, on moments that like to collide.

A drawn company is told twice: as the canonical tables that the patterns judge, and as lists of events for the slow
references."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from hypothesis import strategies as st
from log.builders import Row, tables

from auditor.audit.settle import one_of_equals
from auditor.inputs.tables import ACTIVITY_TYPES, HISTORY_EVENTS
from auditor.log import Log, build_log
from auditor.log.columns import moment
from auditor.patterns.core.duties import How, Verdict
from auditor.patterns.core.pattern import Pattern
from auditor.settings import Settings
from auditor.terms import Stage

from .reference import Duty, Event, Life, Stay, Version

A, B, C = Stage("A"), Stage("B"), Stage("C")
NUMBER, WORD, PERSON, DATE = "Число", "Слово", "Замерщик", "Когда"
FIELDS = (NUMBER, WORD, PERSON, DATE)
DAYS = ("2024-04-26", "2024-04-27", "2024-04-28", "2024-05-02", "2024-05-03", "2024-05-06")
"""A Friday, a working Saturday, a Sunday before holidays, a Thursday after them, a Friday, a Monday."""
CLOCKS = ("00:00:00", "09:00:00", "10:00:00", "10:00:01", "10:30:00", "10:30:01", "14:00:00", "14:00:01",
          "16:00:00", "16:00:01", "17:45:00", "18:00:00", "18:00:01", "23:59:59")  # fmt: skip
MOMENTS = tuple(datetime.fromisoformat(f"{day} {clock}") for day in DAYS for clock in CLOCKS)
BEGINNING, LOST_STAGE, ANOTHER = "2000-01-01 00:00:00", "Сделка провалена", "другая"

CALLS = {"дозвон": ("out", "answered"), "недозвон": ("out", "unanswered"), "вызов": ("out", None),
         "ответ": ("in", "answered"), "пропущен": ("in", "unanswered")}  # fmt: skip
MESSAGES = {"написал": "out", "написали": "in"}
MOVES = {"A": "A", "B": "B", "C": "C", "успех": "Сделка успешна"}
VALUES = {NUMBER: ("5", "10", "50", ""), WORD: ("да", "нет", ""), PERSON: ("Рулеткин", "рулёткин", "Другой", ""),
          DATE: ("03.05.2024 10:00", "03.05.2024 11:00", "03.05.2024 12:00", "03.05.2024 09:59", "")}  # fmt: skip
DUES = (None, "2024-04-27 18:00:00", "2024-05-02 10:00:00", "2024-05-03 10:00:00", "2024-05-05 23:59:59",
        "2024-05-06 00:00:00", "2024-05-09 23:59:59")  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A deal as it was drawn: where and when it began, its card, and what happened, by moment."""

    name: str
    created: datetime
    first: str
    card: dict[str, str]
    acts: tuple[tuple[datetime, tuple[str, ...]], ...]


def _acts(*kinds: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.one_of(*(_ACTS[kind] for kind in kinds))


_ACTS: dict[str, st.SearchStrategy[tuple[str, ...]]] = {
    "moves": st.sampled_from([("move", name) for name in ("A", "B", "A", "B", "C", "успех")]),
    "closings": st.just(("lost",)),
    "calls": st.sampled_from([("call", name) for name in CALLS]),
    "messages": st.sampled_from([("message", name) for name in MESSAGES]),
    "fields": st.sampled_from([("field", name, value) for name in (NUMBER, WORD) for value in VALUES[name]]),
    "bookings": st.sampled_from([("field", name, value) for name in (PERSON, DATE) for value in VALUES[name]]),
    "people": st.sampled_from([("responsible", name) for name in ("Анна", "Борис")]),
    "tasks": st.tuples(
        st.sampled_from(("set", "set", "moved", "done", "deleted")), st.sampled_from("12"),
        st.sampled_from(range(len(DUES))).map(str),
    ),
}  # fmt: skip


@st.composite
def deals(draw: st.DrawFn, name: str, kinds: Sequence[str], most: int) -> Told:
    created = draw(st.sampled_from(MOMENTS[: len(MOMENTS) // 2]))
    acts = draw(st.lists(st.tuples(st.sampled_from(MOMENTS), _acts(*kinds)), max_size=most))
    card = {field: draw(st.sampled_from(VALUES[field])) for field in FIELDS if "fields" in kinds or "bookings" in kinds}
    acts.sort(key=lambda act: act[0])
    return Told(name, created, draw(st.sampled_from("AB")), card, tuple(acts))


@st.composite
def companies(draw: st.DrawFn, *kinds: str, number: int = 3, most: int = 12) -> "Company":
    told = [draw(deals(str(code), kinds, most)) for code in range(1, number + 1)]
    return Company(told, draw(st.sampled_from(MOMENTS[len(MOMENTS) // 3 :])))


class Company:
    """The deals as tables and as lives, up to the moment of the audit."""

    def __init__(self, told: Sequence[Told], as_of: datetime) -> None:
        self.told, self.as_of = told, as_of
        self._rows: dict[str, list[dict[str, Any]]] = {"history": [], "activities": []}
        self._stage_now: dict[str, str] = {}
        for sheet, others in (("history", _others_history()), ("activities", _others_activities())):
            self._rows[sheet] += [{**row, "time": BEGINNING} for row in others]
        for deal in told:
            self._tell(deal)
        for sheet, others in (("history", _others_history()), ("activities", _others_activities())):
            self._rows[sheet] += [{**row, "time": str(as_of)} for row in others]
        self._numbered = {sheet: list(enumerate(rows)) for sheet, rows in self._rows.items()}

    def __repr__(self) -> str:
        return f"Company({list(self.told)}, {self.as_of!r})"

    # ── as tables ──

    def _tell(self, deal: Told) -> None:
        stage, manager, values = deal.first, "Анна", dict(deal.card)
        tasks: set[str] = set()
        born = {"deal": deal.name, "entity": "deal", "time": str(deal.created), "event": "created"}
        self._rows["history"].append(born)
        for at, (what, *told) in deal.acts:
            row: dict[str, Any] = {"deal": deal.name, "entity": "deal", "time": str(at)}
            if what in ("call", "message"):
                direction, outcome = CALLS[told[0]] if what == "call" else (MESSAGES[told[0]], None)
                self._rows["activities"].append({**row, "type": what, "direction": direction, "outcome": outcome})
            elif what in ("set", "moved", "done", "deleted"):
                self._tell_task(row, what, told[0], DUES[int(told[1])], tasks)
            elif at <= deal.created:
                continue
            elif what == "move" and not self._shut_at(deal, at):
                self._rows["history"].append({**row, "event": "stage", "before": stage, "after": MOVES[told[0]]})
                stage = MOVES[told[0]]
            elif what == "lost":
                self._rows["history"].append({**row, "event": "closed", "after": "lost"})
                self._rows["history"].append({**row, "event": "stage", "before": stage, "after": LOST_STAGE})
                stage = LOST_STAGE
            elif what == "field" and values.get(told[0], "") != told[1]:
                change = {"field": told[0], "before": values.get(told[0]) or None, "after": told[1] or None}
                values[told[0]] = told[1]
                self._rows["history"].append({**row, "event": "field", **change})
            elif what == "responsible" and told[0] != manager:
                self._rows["history"].append({**row, "event": what, "before": manager, "after": told[0]})
                manager = told[0]
        self._stage_now[deal.name] = stage

    @staticmethod
    def _shut_at(deal: Told, at: datetime) -> bool:
        """Whether the deal is lost in that second: no other move is told of it."""
        return any(moment == at and act == ("lost",) for moment, act in deal.acts)

    def _tell_task(self, row: dict[str, Any], what: str, name: str, due: str | None, tasks: set[str]) -> None:
        """Tasks have ids; one is set once, and moved, done or deleted afterwards."""
        if (what == "set") == (name in tasks):
            return
        task = {**row, "task_id": f"{row['deal']}-{name}", "text": "Позвонить", "due": due}
        kind = {"set": "task", "moved": "task_moved", "deleted": "task_deleted"}.get(what)
        if kind:
            self._rows["activities"].append({**task, "type": kind})
            tasks.add(name)
            return
        for told in self._rows["activities"]:
            if told.get("task_id") == task["task_id"] and told["type"] == "task":
                told.setdefault("completed", row["time"])

    @cached_property
    def log(self) -> Log:
        known = [
            {"id": deal.name, "entity": "deal", "created": str(deal.created),
             "stage": self._stage_now[deal.name], "manager": "Анна",
             **{f"field:{field}": deal.card.get(field) or None for field in FIELDS}}
            for deal in self.told
        ]  # fmt: skip
        given = tables(deals=known, history=self._rows["history"], activities=self._rows["activities"])
        return build_log(given, Settings(as_of=self.as_of, suppose_days_off=False))

    # ── as lives ──

    @cached_property
    def lives(self) -> list[Life]:
        return [self._life(deal) for deal in self.told if deal.created <= self.as_of]

    def created(self, name: str) -> datetime:
        return self._deal(name).created

    def _deal(self, name: str) -> Told:
        return next(deal for deal in self.told if deal.name == name)

    def _events(self, name: str, sheet: str, fits: Callable[[Row], bool | None]) -> list[Event]:
        """The rows of a deal that fit (None: perhaps), as events that count at its creation at the earliest."""
        found = []
        for number, row in self._numbered[sheet]:
            at = datetime.fromisoformat(row["time"])
            if row.get("deal") == name and at <= self.as_of and fits(row) is not False:
                order = (at, number, 0)
                found.append(Event(max(at, self.created(name)), sheet, order, fits(row) is True))
        return found

    def _life(self, deal: Told) -> Life:
        moves: list[tuple[str, Event]] = [(deal.first, Event(deal.created, "deals", (deal.created, 0, 0)))]
        for event in self._events(deal.name, "history", lambda row: row["event"] in ("stage", "closed")):
            row = self._rows["history"][event.order[1]]
            ordinary = row["event"] == "stage" and row["after"] not in (MOVES["успех"], LOST_STAGE)
            moves.append((row["after"] if ordinary else "", event))
        moves[1:] = sorted(moves[1:], key=lambda move: (move[1].at, self._is_closing_row(move[1]), move[1].order))
        kept = [move for number, move in enumerate(moves) if number == 0 or move[0] != moves[number - 1][0]]
        ends: list[Event | None] = [event for _stage, event in kept[1:]]
        stays = [Stay(stage, entry, left) for (stage, entry), left in zip(kept, [*ends, None], strict=True)]
        return Life(deal.name, stays, self.as_of)

    def _is_closing_row(self, event: Event) -> bool:
        return bool(self._rows["history"][event.order[1]]["event"] == "closed")

    def calls(self, name: str, direction: str, outcome: str | None = None) -> list[Event]:
        def fits(row: Row) -> bool | None:
            if row["type"] != "call" or row["direction"] != direction:
                return False
            return None if outcome and row["outcome"] is None else outcome in (None, row["outcome"])

        return self._events(name, "activities", fits)

    def messages(self, name: str, direction: str) -> list[Event]:
        return self._events(name, "activities", lambda row: row["type"] == "message" and row["direction"] == direction)

    def contacts(self, name: str) -> list[Event]:
        """Answered calls, and messages that do not come before the first attempt: those are requests. Each has its own
        time, before the creation too."""
        attempts = [*self.calls(name, "out"), *self.messages(name, "out")]
        first = min((attempt.order[0] for attempt in attempts), default=datetime.max)
        answers = [message for message in self.messages(name, "in") if message.order[0] >= first]
        return [*self.calls(name, "out", "answered"), *self.calls(name, "in", "answered"), *answers]

    def changes(self, name: str, field: str) -> list[tuple[datetime, str]]:
        """When a field got which value."""
        events = self._events(name, "history", lambda row: row["event"] == "field" and row["field"] == field)
        return [(event.at, self._rows["history"][event.order[1]]["after"] or "") for event in events]

    def value(self, name: str, field: str, at: datetime) -> str:
        """The value of a field at the end of a second."""
        told = [value for moment, value in self.changes(name, field) if moment <= at]
        return told[-1] if told else self._deal(name).card.get(field, "")

    def versions(self, name: str) -> list[Version]:
        """Each task as it was planned, from its setting or a move to what came next."""
        found = []
        for task in ("1", "2"):
            steps = sorted(self._steps(name, f"{name}-{task}"), key=lambda step: (step[0].at, step[0].order))
            ends: list[Event | None] = [event for event, _plans, _due in steps[1:]]
            for (start, plans, due), end in zip(steps, [*ends, None], strict=False):
                if plans:
                    found.append(Version(due, start, end))
        return found

    def _steps(self, name: str, task: str) -> Iterable[tuple[Event, bool, datetime | None]]:
        created = self.created(name)
        for number, row in self._numbered["activities"]:
            if row.get("task_id") != task:
                continue
            due = datetime.fromisoformat(row["due"]) if row["due"] else None
            for kind, time in enumerate((row["time"], row.get("completed"))):
                if time and (at := datetime.fromisoformat(time)) <= self.as_of:
                    event = Event(max(at, created), "activities", (at, number, kind))
                    yield event, kind == 0 and row["type"] != "task_deleted", due


def _others_history() -> list[dict[str, Any]]:
    """Rows of a deal that no test is about: they show that the export holds every stream, for all time."""
    return [
        *({"deal": ANOTHER, "entity": "deal", "event": event} for event in HISTORY_EVENTS if event != "field"),
        *({"deal": ANOTHER, "entity": "deal", "event": "field", "field": field} for field in FIELDS),
    ]


def _others_activities() -> list[dict[str, Any]]:
    return [
        {"deal": ANOTHER, "entity": "deal", "type": kind, "direction": direction, "outcome": "answered", "due": None}
        for kind in ACTIVITY_TYPES
        for direction in ("in", "out")
    ]


def found(log: Log, pattern: Pattern) -> list[Duty]:
    """The duties of a pattern, in the words of the references."""
    duties = one_of_equals(pattern.duties(log))
    told = (duties.deal, duties.arose, duties.due, duties.verdict, duties.how, duties.met)
    return sorted(_duty(log, *row) for row in zip(*(column.tolist() for column in told), strict=True))


def _duty(log: Log, deal: int, arose: int, due: int, verdict: int, how: int, met: int) -> Duty:
    is_done = verdict == Verdict.MET or how == How.LATE
    return Duty(
        deal=str(log.deals.ids[deal]),
        arose=moment(arose),
        due=moment(due),
        verdict=Verdict(verdict).name.lower(),
        how=How(how).name.lower() if how else "",
        met_at=moment(met) if is_done else None,
    )
