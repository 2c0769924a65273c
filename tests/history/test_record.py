"""Nights written one after another: what became of each duty, on SQLite and on PostgreSQL alike."""

import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from auditor.history.changes import Group
from auditor.history.night import Duty, Sight
from auditor.history.record import Recorded, record
from auditor.history.store import Store, reading
from auditor.history.tables import metadata, nights, states
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem
from tests.history.nights import EVENING, SIGHTS, audited, duty, late, pending, waived
from tests.reports.builders import score
from tests.trials import trials

NOW = datetime(2026, 3, 10, 20, tzinfo=UTC)
SCORE = score("Иванов Иван", "FUR0902", "high", met=3, missed=1)


def recorded(store: Store, *duties: Duty, day: int = 0, **values: Any) -> Recorded:
    """The night so many days after the first, recorded in its evening."""
    return record(audited(*duties, day=day, **values), store, NOW + timedelta(day))


def became(found: Recorded) -> dict[str, str]:
    return {change.duty.id: change.group.value for change in found.changes}


def content(store: Store) -> dict[str, list[Any]]:
    """Every row of every table."""
    with reading(store) as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }


def test_a_week_of_nights(store: Store) -> None:
    a, b, c, d = duty("a"), duty("b", deal="102"), late("c", deal="103"), pending("d", deal="104")
    first = recorded(store, a, b, c, d)
    assert (became(first), first.before) == ({"a": "new", "b": "new", "c": "new", "d": "apart"}, None)

    second = recorded(store, a, late("b", deal="102"), c, duty("d", deal="104"), day=1)
    assert became(second) == {"a": "open", "b": "closed_late", "c": "known", "d": "new"}
    assert second.before == EVENING

    third = recorded(store, waived("a"), late("b", deal="102"), c, day=2)
    assert became(third) == {"a": "withdrawn", "b": "known", "c": "known", "d": "withdrawn"}
    assert {change.duty.id: change.why for change in third.changes if change.why} == {"a": "waived", "d": "data"}

    other = {**SIGHTS, "FUR0902": Sight(rule="r2")}
    fourth = recorded(store, a, late("b", deal="102"), day=3, sights=other)
    assert became(fourth) == {"a": "reopened", "b": "known", "c": "withdrawn"}
    assert {change.duty.id: change.why for change in fourth.changes if change.why} == {"c": "rule"}

    blind = {**other, "FUR0902": Sight(rule="r2", checked=False)}
    assert became(recorded(store, day=4, sights=blind)) == {"a": "out_of_sight", "b": "out_of_sight"}
    assert became(recorded(store, day=5, sights=blind)) == {"a": "out_of_sight", "b": "out_of_sight"}

    back = recorded(store, a, late("b", deal="102"), duty("d", deal="104"), day=6, sights=other)
    assert became(back) == {"a": "open", "b": "known", "d": "reopened"}
    assert back.told == ()


def test_a_trigger_that_was_moved_goes_on_under_its_new_id(store: Store) -> None:
    recorded(store, duty("a"))
    assert became(recorded(store, duty("b", arose=datetime(2026, 2, 1, 11)), day=1)) == {"b": "open"}
    assert became(recorded(store, duty("b", arose=datetime(2026, 2, 1, 11)), day=2)) == {"b": "open"}


def test_a_waived_duty_that_was_out_of_sight_is_reopened_and_not_new(store: Store) -> None:
    recorded(store, waived("a"))
    recorded(store, day=1, sights={**SIGHTS, "FUR0902": Sight(checked=False, rule="r1")})
    assert became(recorded(store, duty("a"), day=2)) == {"a": "reopened"}


def test_what_comes_back_from_the_history_is_what_went_in(store: Store) -> None:
    told = duty("a", department="Отдел кухонь", severity="low", entity="lead", role="designer", due=None)
    done = late("b", deal="102", met_at=datetime(2026, 3, 9, 12, 30, 1))
    recorded(store, told, done)
    gone = recorded(store, day=1)
    assert sorted((change.before for change in gone.changes if change.before), key=lambda d: d.id) == [told, done]


def test_moments_are_kept_in_utc_with_their_zone(store: Store) -> None:
    recorded(store, duty("a", arose=datetime(2026, 2, 1, 2, 30)))
    with reading(store) as connection:
        assert connection.scalar(select(states.c.arose)) == datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
        night = connection.execute(select(nights)).one()
    assert (night.as_of, night.zone) == (datetime(2026, 3, 10, 15, tzinfo=UTC), "Europe/Moscow")


def test_a_night_of_which_an_input_was_refused_withdraws_nothing(store: Store) -> None:
    recorded(store, duty("a"))
    refused = Problem(Place("Сделки.xlsx"), "не читается", Trouble.REFUSED)
    found = record(replace(audited(day=1), problems=(refused,)), store, NOW + timedelta(1))
    assert became(found) == {"a": "out_of_sight"}
    assert became(recorded(store, duty("a"), day=2)) == {"a": "open"}


# ── the same night again ──


def test_an_equal_night_changes_nothing(store: Store) -> None:
    duties = duty("a"), pending("b", deal="102")
    recorded(store, duty("z", deal="109"))
    first = recorded(store, *duties, day=1, scores=[SCORE])
    before = content(store)
    again = record(audited(*reversed(duties), day=1, scores=[SCORE]), store, NOW + timedelta(1, hours=2))
    assert content(store) == before
    assert again == first


@pytest.mark.parametrize(
    "other",
    [
        {"duties": [late("a")]},
        {"duties": []},
        {"duties": [duty("a")], "scores": [{**SCORE, "met": 4}]},
        {"duties": [duty("a")], "sights": {**SIGHTS, "FUR0201": Sight(rule="r2")}},
        {"duties": [duty("a")], "as_of": EVENING + timedelta(1, hours=1)},
    ],
)
def test_a_night_that_came_out_otherwise_is_replaced(store: Store, other: dict[str, Any]) -> None:
    recorded(store, duty("z", deal="109"))
    recorded(store, duty("a"), day=1, scores=[SCORE])
    before = content(store)
    duties, values = other["duties"], {key: value for key, value in other.items() if key != "duties"}
    found = recorded(store, *duties, day=1, **{"scores": [SCORE], **values})
    assert found.before == EVENING
    assert set(became(found)) == {"z", *(each.id for each in duties)}
    after = content(store)
    assert after != before
    assert len(after["nights"]) == 2
    assert {row[2] for row in after["states"]} == {"z", *(each.id for each in duties)}, "nothing is left of the other"


def test_a_waiver_never_rewrites_a_stored_night(store: Store) -> None:
    recorded(store, duty("a"), scores=[SCORE])
    before = content(store)
    recorded(store, waived("a"), day=1, scores=[{**SCORE, "missed": 0, "waived": 1}])
    after = content(store)
    for table in ("nights", "seen", "sums", "rules"):
        assert set(before[table]) < set(after[table])


# ── the clock ──


def test_a_clock_that_was_set_back_is_told(store: Store) -> None:
    recorded(store, duty("a"))
    found = record(audited(duty("a"), day=1), store, NOW - timedelta(hours=1))
    assert found.told == ("Часы переведены назад: последняя ночь записана 10.03.2026 23:00, это позже, чем сейчас.",)


def test_an_export_older_than_the_history_is_told_and_compared_with_the_night_before_it(store: Store) -> None:
    recorded(store, duty("a"))
    recorded(store, late("a"), duty("b", deal="102"), day=5)
    found = record(audited(duty("a"), day=3), store, NOW + timedelta(6))
    assert became(found) == {"a": "open"}
    assert found.told == ("В истории уже есть ночь за 15.03.2026: эта выгрузка, за 13.03.2026, старее.",)
    assert len(content(store)["nights"]) == 3


# ── how long nights are kept ──


def test_old_nights_are_forgotten_with_all_that_only_they_told(store: Store) -> None:
    brief = replace(store, keep_days=10)
    recorded(brief, duty("a", manager="Старый Пётр", due=datetime(2026, 3, 9)), day=0)
    recorded(brief, duty("b", deal="102"), day=5, scores=[SCORE])
    assert len(content(store)["nights"]) == 2
    recorded(brief, duty("b", deal="102"), day=11, scores=[SCORE])
    left = content(store)
    assert [row[2] for row in left["nights"]] == [date(2026, 3, 15), date(2026, 3, 21)]
    assert {row[2] for row in left["states"]} == {"a", "b"}, "its withdrawal is told on the fifth day"
    recorded(brief, duty("b", deal="102"), day=16, scores=[SCORE])
    left = content(store)
    assert {row[2] for row in left["states"]} == {"b"}
    assert {row[2] for row in left["people"]} == {"Иванов Иван"}


def test_what_is_out_of_sight_is_kept_no_longer_than_nights_are(store: Store) -> None:
    brief, blind = replace(store, keep_days=10), {**SIGHTS, "FUR0902": Sight(checked=False, rule="r1")}
    recorded(brief, duty("a", due=datetime(2026, 3, 5)))
    assert became(recorded(brief, day=5, sights=blind)) == {"a": "out_of_sight"}
    assert became(recorded(brief, day=6, sights=blind)) == {"a": "out_of_sight"}
    assert became(recorded(brief, day=7, sights=blind)) == {}


def test_a_night_from_the_future_forgets_nothing(store: Store) -> None:
    recorded(store, duty("a"))
    record(audited(duty("a"), day=20_000), store, NOW)
    assert len(content(store)["nights"]) == 2


# ── several companies ──


def test_companies_in_one_database_know_nothing_of_each_other(store: Store, another: Store) -> None:
    recorded(store, duty("a"))
    assert became(recorded(another, duty("a"))) == {"a": "new"}
    assert became(recorded(store, duty("a"), day=1)) == {"a": "open"}
    assert len(content(store)["companies"]) == 2


@pytest.mark.parametrize(("moved", "group"), [(True, "open"), (False, "new")])
def test_a_file_that_was_moved_with_its_settings_is_theirs_and_no_other(
    file_store: Store, tmp_path: Path, moved: bool, group: str
) -> None:
    recorded(file_store, duty("a"))
    Path(file_store.company).unlink()
    folder = tmp_path / "продажи"
    folder.mkdir()
    store = replace(file_store, company=str(folder / "auditor.toml"))
    if moved:
        store = replace(store, database=str(Path(file_store.database).rename(folder / "nights.db")))
    assert became(recorded(store, duty("a"), day=1)) == {"a": group}


def test_settings_that_are_still_there_were_not_moved(file_store: Store) -> None:
    recorded(file_store, duty("a"))
    other = replace(file_store, company=file_store.company.replace("auditor.toml", "опт.toml"))
    assert became(recorded(other, duty("a"), day=1)) == {"a": "new"}


# ── a run that is killed, two runs at once ──


def in_a_child(run: Callable[[], object]) -> int:
    """Run it in a process of its own; its exit code, or minus the signal that ended it."""
    child = os.fork()
    if not child:
        code = 1
        try:
            run()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(statement: int, run: Callable[[], object]) -> int:
    """Run it in a child that is killed before its n-th statement."""

    def counted() -> None:
        left = iter(range(statement))

        def kill(*_: object) -> None:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "before_cursor_execute", kill)
        run()

    return in_a_child(counted)


def test_a_run_that_is_killed_at_any_statement_leaves_the_history_whole(store: Store) -> None:
    recorded(store, duty("a"), scores=[SCORE])
    before, ends = content(store), Counter[int]()
    for statement in range(100):
        end = killed_at(statement, lambda: recorded(store, late("a"), duty("b", deal="102"), day=1, scores=[SCORE]))
        ends[end] += 1
        if end != -signal.SIGKILL:
            break
        assert content(store) == before
    assert ends[0] == 1
    assert ends[-signal.SIGKILL] > 10
    assert len(content(store)["nights"]) == 2


def test_a_first_run_that_is_killed_at_any_statement_can_be_run_again(file_store: Store) -> None:
    for statement in range(100):
        end = killed_at(statement, lambda: recorded(file_store, duty("a"), scores=[SCORE]))
        if end != -signal.SIGKILL:
            break
    assert end == 0
    assert len(content(file_store)["nights"]) == 1


def test_two_runs_at_once_both_end_whole(store: Store) -> None:
    recorded(store, duty("z", deal="109"))
    children = [os.fork() for _ in range(1)]
    if not children[0]:
        code = in_a_child(lambda: [recorded(store, duty("a"), day=n) for n in range(1, 6)])
        os._exit(code)
    for number in range(1, 6):
        recorded(store, duty("a"), day=number)
    assert os.waitstatus_to_exitcode(os.waitpid(children[0], 0)[1]) == 0
    assert len(content(store)["nights"]) == 6


# ── what may come of many nights ──

DUTIES = st.lists(
    st.builds(
        duty,
        id=st.sampled_from("abcd"),
        arose=st.datetimes(datetime(2026, 3, 1), datetime(2026, 3, 3)).map(lambda at: at.replace(microsecond=0)),
        verdict=st.sampled_from(["violated", "violated", "pending", "waived"]),
        how=st.sampled_from(["missed", "late"]),
    ),
    max_size=4,
    unique_by=lambda duty: duty.id,
)
SEEN = st.sampled_from([SIGHTS, {**SIGHTS, "FUR0902": Sight(checked=False, rule="r1")}])


@trials(40)
@given(st.lists(st.tuples(DUTIES, SEEN), min_size=2, max_size=5))
def test_nothing_is_new_twice_and_what_is_out_of_sight_is_not_lost(given_nights: list[Any]) -> None:
    with TemporaryDirectory() as folder:
        store, new, out = Store(f"{folder}/nights.db"), set[str](), set[str]()
        for day, (duties, sights) in enumerate(given_nights):
            found = recorded(store, *duties, day=day, sights=sights)
            groups = {change.duty.id: change.group for change in found.changes}
            assert {each.id for each in duties} <= set(groups)
            now = {id for id, group in groups.items() if group == Group.NEW}
            assert not now & new
            befores = {change.before.id for change in found.changes if change.before}
            assert out <= befores
            new |= now
            out = {id for id, group in groups.items() if group == Group.OUT_OF_SIGHT}


def test_a_large_night_is_written_and_found_again(store: Store) -> None:
    many = [duty(f"{number:016x}", deal=str(number)) for number in range(2500)]
    recorded(store, *many)
    again = recorded(store, *many[:-1], duty("new", deal="x"), day=1)
    assert Counter(change.group for change in again.changes) == {Group.OPEN: 2499, Group.NEW: 1, Group.WITHDRAWN: 1}
