"""What many nights tell: trends, what stays open, who breaks the same clause again and again."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, func, literal, select

from auditor.history.changes import Group
from auditor.history.failures import HistoryError
from auditor.history.night import Duty
from auditor.history.people import shown
from auditor.history.read import aware, company_of, duty_of, local, nights_of
from auditor.history.store import Store, reading
from auditor.history.tables import nights, people, rules, seen, states, sums
from auditor.i18n import _
from auditor.terms import Role

OFTEN = 3
"""In so many weeks a person broke a clause who breaks it again and again."""
LATELY = timedelta(weeks=8)
"""So far back the decline of the old pile is measured."""
WEEK = timedelta(weeks=1)
TOLD = (Group.NEW, Group.REOPENED, Group.CLOSED_LATE, Group.WITHDRAWN)
VIOLATED = and_(states.c.verdict == "violated", seen.c.became != Group.WITHDRAWN.value)
"""Of what a night lists."""
MET = func.sum(sums.c.met)
JUDGED = func.sum(sums.c.met + sums.c.late + sums.c.missed + sums.c.forbidden)


@dataclass(frozen=True)
class Trend:
    """A number over the nights, None where there was none; `breaks`: days from which another rule judges."""

    name: str
    days: tuple[date, ...]
    values: tuple[float | None, ...]
    breaks: tuple[date, ...] = ()

    @property
    def known(self) -> tuple[float, ...]:
        return tuple(value for value in self.values if value is not None)


@dataclass(frozen=True)
class Open:
    """A violation that is still not done, so many days after it fell due."""

    duty: Duty
    days: int


@dataclass(frozen=True)
class Repeated:
    """A clause that a person broke in several weeks: in how many, and how often in all."""

    manager: str
    clause: str
    weeks: int
    times: int


@dataclass(frozen=True)
class Pile:
    """The violations due before a day that were still not done, night by night; how many fewer they are a week (None:
    too few nights), and the day on which none would be left at that pace."""

    since: date
    trend: Trend
    per_week: float | None
    ends: date | None


@dataclass(frozen=True)
class Past:
    """The nights of one company, the earliest first; `as_of`, `zone`: of the last."""

    as_of: datetime
    zone: str
    days: tuple[date, ...]
    became: Mapping[Group, Trend]
    """How many violations were new, reopened, closed late and withdrawn, from the second night on."""
    open: Trend
    compliance: Trend
    managers: tuple[Trend, ...]
    departments: tuple[Trend, ...]
    clauses: tuple[Trend, ...]
    """Compliance, by whom and by clause."""
    rule_changes: Mapping[date, tuple[str, ...]]
    """The clauses that another rule judges from that day on."""
    not_done: tuple[Open, ...]
    repeated: tuple[Repeated, ...]
    pile: Pile | None = None


def past_of(store: Store, since: date | None = None) -> Past:
    """Everything that the nights tell; `since`: the day before which a violation belongs to the old pile. Raises
    HistoryError."""
    with reading(store) as connection:
        company = company_of(connection, store)
        found = connection.execute(nights_of(company)).all()[::-1] if company else []
        if not found:
            raise HistoryError(_("There is no night of this company in {place} yet.").format(place=store))
        return _Nights(connection, found).past(since)


class _Nights:
    """The nights of one company in the database, the earliest first."""

    def __init__(self, connection: Connection, found: Sequence[Row[Any]]) -> None:
        self._connection, self._nights = connection, found
        self._days = tuple(night.day for night in found)
        self._last = found[-1]
        self._company = self._last.company

    def past(self, since: date | None) -> Past:
        as_of = local(self._last.as_of, self._last.zone)
        assert as_of is not None
        changed, violated, lines = self._rule_changes(), self._violated(), self._lines()
        breaks = tuple(changed)
        return Past(
            as_of=as_of,
            zone=self._last.zone,
            days=self._days,
            became={group: _from_second(self._trend(line for line in lines if line.became == group)) for group in TOLD},
            open=self._trend(filter(_is_open, lines)),
            compliance=next(iter(self._compliance(None, breaks)), self._nothing()),
            managers=self._compliance(people.c.name, breaks),
            departments=self._compliance(people.c.department, breaks),
            clauses=self._compliance_of_clauses(changed),
            rule_changes=changed,
            not_done=tuple(_not_done(violated, self._last.day)),
            repeated=tuple(_repeated(violated)),
            pile=self._pile(since) if since else None,
        )

    def _lines(self, *which: ColumnElement[bool]) -> Sequence[Row[Any]]:
        """How many lines of each night are alike: day, what became of them, verdict, how."""
        alike = (nights.c.day, seen.c.became, states.c.verdict, states.c.how)
        lines = select(*alike, func.count().label("number")).select_from(seen.join(states)).where(*which)
        return self._connection.execute(self._of_company(lines, seen).group_by(*alike)).all()

    def _trend(self, lines: Iterable[Row[Any]]) -> Trend:
        """How many lines each night has of these."""
        numbers: Counter[date] = Counter()
        for line in lines:
            numbers[line.day] += line.number
        return Trend("", self._days, tuple(numbers[day] for day in self._days))

    def _of_company(self, question: Select[Any], table: Table) -> Select[Any]:
        return question.join(nights, nights.c.key == table.c.night).where(nights.c.company == self._company)

    def _compliance(self, by: ColumnElement[str] | None, breaks: tuple[date, ...]) -> tuple[Trend, ...]:
        """Of the managers, by a column of people; of all roles together without one."""
        name = literal("") if by is None else by
        question = self._of_company(select(nights.c.day, name, MET, JUDGED).select_from(sums.join(people)), sums)
        if by is not None:
            question = question.where(people.c.role == Role.MANAGER.value)
        return self._trends(question.group_by(nights.c.day, name), lambda _name: breaks)

    def _compliance_of_clauses(self, changed: Mapping[date, tuple[str, ...]]) -> tuple[Trend, ...]:
        question = self._of_company(select(nights.c.day, sums.c.clause, MET, JUDGED).select_from(sums), sums)
        question = question.group_by(nights.c.day, sums.c.clause)
        return self._trends(question, lambda code: tuple(day for day, codes in changed.items() if code in codes))

    def _trends(self, question: Select[Any], breaks: Callable[[str], tuple[date, ...]]) -> tuple[Trend, ...]:
        """A trend of met ÷ judged for each name, by name."""
        shares: dict[str, dict[date, float]] = defaultdict(dict)
        for day, name, met, judged in self._connection.execute(question):
            if judged:
                shares[name][day] = int(met) / int(judged)
        return tuple(
            Trend(shown(name), self._days, tuple(map(shares[name].get, self._days)), breaks(name))
            for name in sorted(shares)
        )

    def _nothing(self) -> Trend:
        return Trend("", self._days, (None,) * len(self._days))

    def _rule_changes(self) -> dict[date, tuple[str, ...]]:
        question = self._of_company(select(nights.c.day, rules.c.clause, rules.c.rule), rules).where(rules.c.rule != "")
        known: dict[str, str] = {}
        changed: dict[date, list[str]] = defaultdict(list)
        for day, clause, rule in self._connection.execute(question.order_by(nights.c.day, rules.c.clause)):
            if known.setdefault(clause, rule) != rule:
                changed[day].append(clause)
                known[clause] = rule
        return {day: tuple(codes) for day, codes in changed.items()}

    def _violated(self) -> list[Duty]:
        """The violations that the last night lists, those out of sight among them."""
        question = (
            select(states, people.c.name, people.c.department, people.c.role)
            .select_from(seen.join(states).join(people))
            .where(seen.c.night == self._last.key, VIOLATED)
        )
        found = [duty_of(row, self._last.zone) for row in self._connection.execute(question)]
        return [replace(duty, manager=shown(duty.manager)) for duty in found]

    def _pile(self, since: date) -> Pile:
        start = aware(datetime.combine(since, time()), self._last.zone)
        trend = self._trend(filter(_is_open, self._lines(func.coalesce(states.c.due, states.c.arose) < start)))
        per_week = _decline(trend, since)
        left = trend.values[-1] or 0
        weeks = left / per_week if per_week and per_week > 0 else None
        return Pile(since, trend, per_week, None if weeks is None else trend.days[-1] + timedelta(weeks=weeks))


def _is_open(line: Row[Any]) -> bool:
    """Missed, and still not done."""
    return line.verdict == "violated" and line.how == "missed" and line.became != Group.WITHDRAWN


def _from_second(trend: Trend) -> Trend:
    """The first night had none to be compared with: on it everything was new."""
    return replace(trend, values=(None, *trend.values[1:]))


def _decline(trend: Trend, since: date) -> float | None:
    """How many fewer a week, from the first of the nights since that day that are not long ago, to the last."""
    began = max(since, trend.days[-1] - LATELY)
    lately = [(day, value or 0) for day, value in zip(trend.days, trend.values, strict=True) if day >= began]
    if len(lately) < 2:
        return None
    (first, before), (last, now) = lately[0], lately[-1]
    return (before - now) / ((last - first) / WEEK)


def _not_done(violated: Iterable[Duty], day: date) -> list[Open]:
    """The oldest first."""
    found = [Open(duty, (day - duty.day).days) for duty in violated if duty.how == "missed"]
    return sorted(found, key=lambda each: (-each.days, each.duty.manager, each.duty.clause, each.duty.id))


def _repeated(violated: Iterable[Duty]) -> list[Repeated]:
    """Who broke one clause in several weeks; most weeks first. Nobody by name repeats nothing."""
    weeks: dict[tuple[str, str], Counter[tuple[int, int]]] = defaultdict(Counter)
    for duty in violated:
        if duty.manager:
            weeks[duty.manager, duty.clause][duty.day.isocalendar()[:2]] += 1
    found = [Repeated(*who, len(theirs), theirs.total()) for who, theirs in weeks.items() if len(theirs) >= OFTEN]
    return sorted(found, key=lambda each: (-each.weeks, -each.times, each.manager, each.clause))
