"""What many nights tell."""

from datetime import date, datetime, timedelta

import pytest

from auditor.history.changes import Group
from auditor.history.failures import HistoryError
from auditor.history.night import Duty, Sight
from auditor.history.past import Open, Repeated, past_of
from auditor.history.store import Store
from tests.history.nights import SIGHTS, duty, late, waived
from tests.history.test_record import recorded
from tests.reports.builders import score

DAY = date(2026, 3, 10)


def anna(met: int, missed: int, **values: str) -> dict[str, object]:
    return {**score("Петрова Анна", "FUR0201", "high", met=met, missed=missed), **values}


def ivan(met: int, missed: int) -> dict[str, object]:
    return score("Иванов Иван", "FUR0902", "high", met=met, missed=missed)


def test_numbers_of_each_night(store: Store) -> None:
    a, b = duty("a"), duty("b", deal="102")
    recorded(store, a, b)
    recorded(store, a, late("b", deal="102"), day=1)
    recorded(store, waived("a"), late("b", deal="102"), duty("c", deal="103"), day=3)
    recorded(store, a, day=4)
    past = past_of(store)
    assert past.days == tuple(DAY + timedelta(n) for n in (0, 1, 3, 4))
    assert {group.value: trend.values for group, trend in past.became.items()} == {
        "new": (None, 0, 1, 0), "reopened": (None, 0, 0, 1), "closed_late": (None, 1, 0, 0),
        "withdrawn": (None, 0, 1, 2),
    }  # fmt: skip
    assert past.open.values == (2, 1, 1, 1)
    assert (past.as_of, past.zone) == (datetime(2026, 3, 14, 18), "Europe/Moscow")


def test_compliance_of_everybody_of_managers_departments_and_clauses(store: Store) -> None:
    robot = score("", "FUR0902", "high", "robot", met=0, missed=4)
    recorded(store, scores=[anna(3, 1), ivan(1, 1)])
    recorded(store, scores=[anna(4, 0, department="Опт"), robot], day=1)
    past = past_of(store)
    assert past.compliance.values == (4 / 6, 0.5)
    assert {trend.name: trend.values for trend in past.managers} == {
        "Иванов Иван": (0.5, None), "Петрова Анна": (0.75, 1.0)
    }  # fmt: skip
    assert {trend.name: trend.values for trend in past.departments} == {"Опт": (None, 1.0), "Розница": (4 / 6, None)}
    assert {trend.name: trend.values for trend in past.clauses} == {"FUR0201": (0.75, 1.0), "FUR0902": (0.5, 0.0)}


def test_where_nothing_was_judged_there_is_no_share(store: Store) -> None:
    recorded(store, scores=[score("Иванов Иван", "FUR0902", "high", pending=3)])
    past = past_of(store)
    assert (past.compliance.values, past.compliance.known, past.managers) == ((None,), (), ())


def test_another_rule_breaks_the_trend_of_its_clause_and_of_the_people(store: Store) -> None:
    for day, rule in ((0, "r1"), (1, "r2"), (2, ""), (3, "r2"), (4, "r1")):
        sights = {**SIGHTS, "FUR0201": Sight(rule=rule, checked=bool(rule))}
        recorded(store, scores=[anna(3, 1), ivan(1, 1)], day=day, sights=sights)
    past, days = past_of(store), (DAY + timedelta(1), DAY + timedelta(4))
    assert dict(past.rule_changes) == dict.fromkeys(days, ("FUR0201",))
    assert {trend.name: trend.breaks for trend in past.clauses} == {"FUR0201": days, "FUR0902": ()}
    assert past.compliance.breaks == days
    assert {trend.breaks for trend in past.managers} == {days}


def test_what_is_open_by_its_age_the_oldest_first(store: Store) -> None:
    old = duty("b", deal="102", due=datetime(2026, 1, 10, 23, 59, 59))
    recorded(store, duty("a"), old, late("c", deal="103"), waived("d", deal="104"))
    assert past_of(store).not_done == (Open(old, 59), Open(duty("a"), 7))


def test_what_is_out_of_sight_stays_open(store: Store) -> None:
    recorded(store, duty("a"))
    recorded(store, day=1, sights={**SIGHTS, "FUR0902": Sight(checked=False, rule="r1")})
    past = past_of(store)
    assert (past.not_done, past.open.values) == ((Open(duty("a"), 8),), (1, 1))


def test_what_was_withdrawn_is_open_no_more_and_is_not_repeated(store: Store) -> None:
    recorded(store, *(weekly(n) for n in range(4)))
    recorded(store, weekly(0), day=1)
    past = past_of(store)
    assert ([each.duty.id for each in past.not_done], past.repeated) == (["w0"], ())


def weekly(number: int, **values: str) -> Duty:
    return duty(f"w{number}", deal=str(number), due=datetime(2026, 2, 2, 12) + timedelta(weeks=number), **values)


def test_a_clause_broken_in_three_weeks_is_broken_again_and_again(store: Store) -> None:
    twice = duty("x", deal="9", due=datetime(2026, 2, 4))
    recorded(store, *(weekly(n) for n in range(3)), twice, duty("y", clause="FUR0201"))
    assert past_of(store).repeated == (Repeated("Иванов Иван", "FUR0902", 3, 4),)


def test_twice_is_not_again_and_again_nor_is_nobody_by_name(store: Store) -> None:
    recorded(store, *(weekly(n) for n in range(2)), *(weekly(n, manager="") for n in range(2, 6)))
    assert past_of(store).repeated == ()


def test_the_old_pile_apart_and_how_fast_it_declines(store: Store) -> None:
    old = [duty(f"o{n}", deal=str(n), due=datetime(2026, 2, 28, 23, 59, 59)) for n in range(6)]
    new = duty("n", deal="99", due=datetime(2026, 3, 1, 0, 0, 0))
    recorded(store, *old, new)
    recorded(store, *old[:2], *(late(f"o{n}", deal=str(n), due=old[n].due) for n in range(2, 6)), new, day=14)
    pile = past_of(store, date(2026, 3, 1)).pile
    assert pile
    assert (pile.trend.values, pile.per_week, pile.ends) == ((6, 2), 2.0, date(2026, 3, 31))
    assert past_of(store, date(2026, 3, 2)).pile.trend.values == (7, 3)  # type: ignore[union-attr]
    assert past_of(store).pile is None


def test_one_night_tells_no_pace_and_a_growing_pile_no_end(store: Store) -> None:
    recorded(store, duty("a"))
    first = past_of(store, date(2026, 3, 4)).pile
    assert first and (first.per_week, first.ends) == (None, None)
    recorded(store, duty("a"), duty("b", deal="102"), day=7)
    then = past_of(store, date(2026, 3, 4)).pile
    assert then and (then.per_week, then.ends) == (-1.0, None)


def test_nights_before_that_day_tell_nothing_of_the_pace(store: Store) -> None:
    many = [duty(str(n), deal=str(n)) for n in range(10)]
    for day, left in ((0, 10), (7, 4), (14, 2)):
        recorded(store, *many[:left], day=day)
    pile = past_of(store, DAY + timedelta(7)).pile
    assert pile and (pile.trend.values, pile.per_week) == ((10, 4, 2), 2.0)
    assert past_of(store, DAY + timedelta(20)).pile.per_week is None  # type: ignore[union-attr]


def test_the_pace_is_that_of_the_last_eight_weeks(store: Store) -> None:
    many = [duty(str(n), deal=str(n)) for n in range(10)]
    for day, left in ((0, 10), (35, 8), (91, 0)):
        recorded(store, *many[:left], day=day)
    pile = past_of(store, date(2026, 3, 4)).pile
    assert pile and pile.per_week == 1.0


def test_a_company_without_nights_is_told(store: Store, another: Store) -> None:
    recorded(store, duty("a"))
    with pytest.raises(HistoryError, match="ещё нет ни одной ночи этой компании"):
        past_of(another)


def test_companies_do_not_mix(store: Store, another: Store) -> None:
    for day in (0, 1):
        recorded(store, *[duty("a")] * day, scores=[anna(3, 1)], day=day)
        recorded(another, *[duty("b"), duty("c", deal="5")] * day, scores=[ivan(1, 1)], day=day)
    past = past_of(store)
    assert past.became[Group.NEW].values == (None, 1)
    assert [trend.name for trend in past.managers] == ["Петрова Анна"]
