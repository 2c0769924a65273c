"""Somebody removed from the history: his nights stay, his name does not, and it does not come back."""

from pathlib import Path

import pytest
from sqlalchemy import select

from auditor.history.forget import forget_person, known_names
from auditor.history.migrate import back_up, backups_of
from auditor.history.past import past_of
from auditor.history.store import Store, reading
from auditor.history.tables import people
from tests.history.nights import duty
from tests.history.test_record import SCORE, became, content, recorded
from tests.reports.builders import score

HERS = score("Петрова Анна", "FUR0201", "high", met=1)


def names(store: Store) -> list[str]:
    with reading(store) as connection:
        return sorted(connection.scalars(select(people.c.name)))


@pytest.mark.parametrize("typed", ["Иванов Иван", "иванов  иван"])
def test_his_name_goes_and_his_nights_stay(store: Store, typed: str) -> None:
    recorded(store, duty("a"), duty("b", deal="102", role="head"), scores=[SCORE, HERS])
    before = content(store)
    assert forget_person(store, typed) == 2
    after = content(store)
    assert names(store) == ["#1", "#1", "Петрова Анна"]
    assert known_names(store) == ["Петрова Анна"]
    assert {key: rows for key, rows in after.items() if key not in ("people", "forgotten")} == {
        key: rows for key, rows in before.items() if key not in ("people", "forgotten")
    }


def test_the_nights_to_come_know_him_by_his_number_and_go_on(store: Store) -> None:
    recorded(store, duty("a"), scores=[SCORE])
    forget_person(store, "Иванов Иван")
    before = content(store)
    recorded(store, duty("a"), scores=[SCORE])
    assert content(store) == before, "the same night again changes nothing"
    assert became(recorded(store, duty("a"), duty("b", deal="102"), day=1, scores=[SCORE])) == {"a": "open", "b": "new"}
    assert names(store) == ["#1"]
    assert [trend.name for trend in past_of(store).managers] == ["удалённый сотрудник 1"]


def test_two_who_were_removed_stay_two(store: Store) -> None:
    recorded(store, duty("a"), scores=[SCORE, HERS])
    forget_person(store, "Иванов Иван")
    forget_person(store, "Петрова Анна")
    recorded(store, duty("a"), day=1, scores=[SCORE, HERS])
    assert names(store) == ["#1", "#2"]


def test_a_name_that_nobody_has_changes_nothing(store: Store) -> None:
    recorded(store, duty("a"))
    before = content(store)
    assert forget_person(store, "Иванов") == 0
    assert content(store) == before


def test_no_trace_of_him_is_left_in_the_file_or_beside_it(file_store: Store, tmp_path: Path) -> None:
    file = Path(file_store.database)
    recorded(file_store, *(duty(f"a{n}", deal=str(n)) for n in range(300)), scores=[SCORE])
    back_up(file, "1")
    assert "Иванов".encode() in file.read_bytes()
    forget_person(file_store, "Иванов Иван")
    assert backups_of(file) == []
    for path in tmp_path.iterdir():
        assert "Иванов".encode() not in path.read_bytes(), path


def test_the_hash_that_knows_him_is_salted(store: Store, another: Store) -> None:
    recorded(store, duty("a"), scores=[SCORE, HERS])
    forget_person(store, "Иванов Иван")
    forget_person(store, "Петрова Анна")
    (_one, salt, digest), (_two, other_salt, other_digest) = content(store)["forgotten"]
    assert len({bytes(salt), bytes(other_salt)}) == len({bytes(digest), bytes(other_digest)}) == 2
