"""Calls by the clock of another zone: told, and whether any was in time is unknown."""

from collections.abc import Callable, Iterable
from datetime import time

import pytest

from auditor.inputs.quality import Trouble
from auditor.inputs.tables import BEGIN, END, Gap, Tables

Write, Loaded = Callable[..., None], Callable[..., Tables]
ASIA = [*[2] * 10, *[3] * 10, *range(4, 12), *range(4, 12), *[10] * 14]
"""Fifty calls of a working day by the clock of a zone seven hours to the west."""


def read(csv: Write, loaded: Loaded, hours: Iterable[int], way: str = "исходящий", **settings: time) -> Tables:
    csv("deals.csv", "ID сделки;Дата создания", "1;01.03.2024 10:00")
    calls = [f"1;{4 + n % 20:02}.03.2024 {hour % 24:02}:{n % 60:02}:07;звонок;{way}" for n, hour in enumerate(hours)]
    csv("calls.csv", "ID сделки;Время;Тип;Направление", *calls)
    return loaded("deals.csv", "calls.csv", **settings)


def test_calls_of_another_zone_are_told_with_the_hours_between_and_cover_no_day(csv: Write, loaded: Loaded) -> None:
    tables = read(csv, loaded, ASIA)
    [problem] = tables.problems
    assert (problem.place.file, problem.kind) == ("calls.csv", Trouble.ZONE)
    assert problem.what == (
        "many of the calls are at night, and shifted by about +7 h nearly all are by day: this file has the clock of "
        "another zone than Europe/Moscow, and whether a call came in time is unknown; export it by the clock of "
        "Europe/Moscow, or name its zone in auditor.toml under [time]"
    )
    assert tables.gaps == (Gap(frozenset({"call"}), BEGIN, END),)


def test_a_zone_to_the_west_is_told_by_hours_below_zero(csv: Write, loaded: Loaded) -> None:
    [problem] = read(csv, loaded, [hour + 16 for hour in ASIA]).problems
    assert "shifted by about -9 h" in problem.what


@pytest.mark.parametrize(
    "hours",
    [
        ASIA[1:],
        [hour + 7 for hour in ASIA],
        [*[5] * 9, *[11] * 41],
        [*[2] * 10, *(9 + n % 9 for n in range(40))],
        [hour % 24 for hour in range(96)],
    ],
    ids=[
        "of forty-nine calls nobody can tell",
        "by day",
        "a few at night",
        "some at night, and others by day",
        "always",
    ],
)
def test_other_calls_are_silent(csv: Write, loaded: Loaded, hours: list[int]) -> None:
    tables = read(csv, loaded, hours)
    assert (tables.problems, tables.gaps) == ([], ())


def test_ten_calls_of_fifty_at_night_are_many(csv: Write, loaded: Loaded) -> None:
    assert read(csv, loaded, [*[5] * 10, *[11] * 40]).gaps
    assert not read(csv, loaded, [*[5] * 10, *[11] * 37, *[18] * 3]).gaps


def test_a_company_that_works_at_night_and_clients_who_call_then_are_silent(csv: Write, loaded: Loaded) -> None:
    assert not read(csv, loaded, ASIA, opens=time(6), closes=time(23)).gaps
    assert not read(csv, loaded, ASIA, "входящий").gaps
