"""Working time to the second: each rule at its edge, then all of them against a walk from minute to minute."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from auditor.log import timetable
from auditor.log.kinds import DAY, NEVER
from auditor.log.schedules import MOST_CELLS, Schedules
from auditor.settings import Settings

from .builders import all_said, day, said, sec

walk = trials(deadline=None, max_examples=60)
HOUR = 3600
CELLS = {
    "Смена": "2/2 с 01.05.2024 10:00-22:00",
    "Половина": "пн,ср,пт 10:30-19:15",
    "Отпуск": "отпуск 29.04.2024-06.05.2024",
    "Сутки": "1/1 с 20.04.2024 00:00-24:00; больничный 03.05.2024",
    "Ночь": "2/2 с 20.04.2024 20:00-08:00; отпуск 25.04.2024",
    "Сторож": "пн-вс 22:00-22:00 с праздниками; вт 07:00-15:00",
}


def schedules(
    cells: Mapping[str, str | None] | None = None,
    settings: Settings | None = None,
    first: str = "2024-04-01",
    last: str = "2025-01-20",
) -> tuple[Schedules, dict[str, int], list[tuple[str, str]]]:
    people = pd.DataFrame({"name": list(cells), "schedule": list(cells.values())}) if cells else None
    return Schedules.build(settings or Settings(), people, day(first), day(last))


@cache
def everybody() -> tuple[Schedules, dict[str, int]]:
    built, numbers, errors = schedules(CELLS)
    assert not errors
    return built, numbers


def company() -> Schedules:
    return everybody()[0]


NOBODY = np.zeros(1, np.int64)


def at(*moments: str) -> np.ndarray:
    return np.array([sec(moment) for moment in moments])


# ── each rule at its edges, by the company's hours ──


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2024-06-03 10:00:00", 10, "2024-06-03 10:10:00"),
        ("2024-06-03 17:50:00", 10, "2024-06-03 18:00:00"),
        ("2024-06-03 17:50:01", 10, "2024-06-04 09:00:01"),
        ("2024-06-03 08:59:59", 10, "2024-06-03 09:10:00"),
        ("2024-06-03 18:00:00", 10, "2024-06-04 09:10:00"),
        ("2024-06-03 23:59:59", 10, "2024-06-04 09:10:00"),
        ("2024-04-26 17:55:00", 10, "2024-04-27 09:05:00"),
        ("2024-04-27 17:55:00", 10, "2024-05-02 09:05:00"),
        ("2024-06-08 12:00:00", 10, "2024-06-10 09:10:00"),
        ("2024-06-03 09:00:00", 9 * 60, "2024-06-03 18:00:00"),
        ("2024-06-03 09:00:00", 9 * 60 + 1, "2024-06-04 09:01:00"),
        ("2024-06-07 17:00:00", 3 * 9 * 60, "2024-06-13 17:00:00"),
        ("2024-06-03 17:59:59", 0, "2024-06-03 17:59:59"),
        ("2024-06-03 18:00:00", 0, "2024-06-04 09:00:00"),
    ],
)
def test_working_minutes_end_at_the_earliest_such_moment(start: str, minutes: int, end: str) -> None:
    assert said(company().after(NOBODY, at(start), minutes * 60)[0]) == end


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2024-06-03 10:11:12", 1, "2024-06-04 10:11:12"),
        ("2024-06-07 10:11:12", 1, "2024-06-10 10:11:12"),
        ("2024-06-10 10:11:12", 3, "2024-06-14 10:11:12"),
        ("2024-06-03 17:59:59", 1, "2024-06-04 17:59:59"),
        ("2024-06-03 18:00:00", 1, "2024-06-05 09:00:00"),
        ("2024-06-03 08:00:00", 1, "2024-06-04 09:00:00"),
        ("2024-06-08 15:00:00", 2, "2024-06-13 09:00:00"),
        ("2024-04-26 12:00:00", 2, "2024-05-02 12:00:00"),
        ("2024-06-08 15:00:00", 0, "2024-06-10 09:00:00"),
    ],
)
def test_working_days_end_at_the_same_clock_time(start: str, days: int, end: str) -> None:
    assert said(company().after_working_days(NOBODY, at(start), days)[0]) == end


@pytest.mark.parametrize(
    ("t", "end"),
    [
        ("2024-06-03 08:00:00", "2024-06-03 18:00:00"),
        ("2024-06-03 17:59:59", "2024-06-03 18:00:00"),
        ("2024-06-03 18:00:00", "2024-06-04 18:00:00"),
        ("2024-06-08 12:00:00", "2024-06-10 18:00:00"),
        ("2024-06-11 18:00:00", "2024-06-13 18:00:00"),
    ],
)
def test_the_end_of_the_working_day(t: str, end: str) -> None:
    assert said(company().end_of_working_day(NOBODY, at(t))[0]) == end


@pytest.mark.parametrize(
    ("t", "next_day"),
    [
        ("2024-06-03 00:00:00", "2024-06-04"),
        ("2024-06-03 23:59:59", "2024-06-04"),
        ("2024-06-07 08:00:00", "2024-06-10"),
        ("2024-06-11 20:00:00", "2024-06-13"),
        ("2024-04-26 20:00:00", "2024-04-27"),
    ],
)
def test_the_next_working_day_is_after_the_calendar_day(t: str, next_day: str) -> None:
    times = company()

    assert said(times.end_of_next_working_day(NOBODY, at(t))[0]) == f"{next_day} 18:00:00"
    assert said(times.clock_of_next_working_day(NOBODY, at(t), 11 * HOUR)[0]) == f"{next_day} 11:00:00"


@pytest.mark.parametrize(
    ("t", "opening", "left"),
    [
        ("2024-06-03 08:59:59", "2024-06-03 09:00:00", 9 * HOUR),
        ("2024-06-03 09:00:00", "2024-06-03 09:00:00", 9 * HOUR),
        ("2024-06-03 14:00:00", "2024-06-03 14:00:00", 4 * HOUR),
        ("2024-06-03 14:00:01", "2024-06-03 14:00:01", 4 * HOUR - 1),
        ("2024-06-03 17:59:59", "2024-06-03 17:59:59", 1),
        ("2024-06-03 18:00:00", "2024-06-04 09:00:00", 0),
        ("2024-06-12 12:00:00", "2024-06-13 09:00:00", 0),
    ],
)
def test_the_next_opening_and_what_is_left_of_the_day(t: str, opening: str, left: int) -> None:
    assert said(company().next_opening(NOBODY, at(t))[0]) == opening
    assert company().left_of_day(NOBODY, at(t) // DAY, at(t))[0] == left


def test_elapsed_counts_working_seconds_only() -> None:
    stamps = at("2024-06-07 17:00", "2024-06-07 18:00", "2024-06-08 12:00", "2024-06-10 09:00", "2024-06-10 09:00:07")

    elapsed = company().elapsed(NOBODY, stamps)

    assert (elapsed - elapsed[0]).tolist() == [0, HOUR, HOUR, HOUR, HOUR + 7]


def test_days_around_a_day() -> None:
    times = company()
    saturday, tuesday = np.array([day("2024-06-08")]), np.array([day("2024-06-11")])

    assert times.working_day_on_or_before(NOBODY, saturday)[0] == day("2024-06-07")
    assert times.working_day_on_or_after(NOBODY, saturday)[0] == day("2024-06-10")
    assert times.working_day_on_or_before(NOBODY, tuesday)[0] == day("2024-06-11")
    assert times.working_day_on_or_after(NOBODY, tuesday)[0] == day("2024-06-11")
    assert times.next_working_day(NOBODY, tuesday)[0] == day("2024-06-13")
    assert times.next_working_day(NOBODY, tuesday, 2)[0] == day("2024-06-14")
    assert times.next_working_day(NOBODY, tuesday, np.array([1, 3])).tolist() == [day("2024-06-13"), day("2024-06-17")]


def test_working_days_between_leave_out_the_first_and_hold_the_last() -> None:
    days = np.array([day("2024-06-07"), day("2024-06-09"), day("2024-06-10"), day("2024-06-13")])
    friday = np.array([day("2024-06-07")])

    assert company().working_days_between(NOBODY, friday, days).tolist() == [0, 0, 1, 3]
    assert company().working_days_between(NOBODY, days, friday).tolist() == [0, 0, -1, -3]


# ── the ends of the calendar ──


def test_never_stays_never() -> None:
    times, never = company(), np.array([NEVER])

    assert times.after(NOBODY, never, 600).tolist() == [NEVER]
    assert times.after_working_days(NOBODY, never, 0).tolist() == [NEVER]
    assert times.after_working_days(NOBODY, never, 2).tolist() == [NEVER]
    assert times.next_opening(NOBODY, never).tolist() == [NEVER]
    assert times.end_of_working_day(NOBODY, never).tolist() == [NEVER]
    assert times.end_of_next_working_day(NOBODY, never).tolist() == [NEVER]
    assert times.clock_of_next_working_day(NOBODY, never, 11 * HOUR).tolist() == [NEVER]
    assert times.left_of_day(NOBODY, never // DAY, never).tolist() == [0]
    assert times.is_working(NOBODY, never // DAY).tolist() == [False]


def test_what_comes_after_the_last_day_comes_never() -> None:
    times, _numbers, _errors = schedules(first="2024-06-03", last="2024-06-05")
    last = at("2024-06-05 17:59:00")

    assert said(times.after(NOBODY, last, 60)[0]) == "2024-06-05 18:00:00"
    assert said(times.after(NOBODY, last, 61)[0]) == "never"
    assert said(times.after_working_days(NOBODY, last, 1)[0]) == "never"
    assert said(times.clock_of_next_working_day(NOBODY, last, 0)[0]) == "never"
    assert said(times.end_of_working_day(NOBODY, at("2024-06-05 18:00"))[0]) == "never"


def test_one_schedule_never_reaches_into_the_next_ones_days() -> None:
    times, numbers, _errors = schedules(first="2024-06-03", last="2024-06-05", cells={"Анна": "2/2 с 01.05.2024 9-18"})

    assert numbers == {"Анна": 1}
    assert said(times.after(NOBODY, at("2024-06-05 17:59:00"), 100 * HOUR)[0]) == "never"


def test_before_the_first_day_nothing_is_working_time() -> None:
    times, _numbers, _errors = schedules(first="2024-06-03", last="2024-06-05")
    early = at("2023-01-01 12:00")

    assert not times.is_working(NOBODY, early // DAY)[0]
    assert times.elapsed(NOBODY, early)[0] == 0
    assert said(times.next_opening(NOBODY, early)[0]) == "2024-04-04 09:00:00", "sixty days before the first"
    assert times.working_day_on_or_before(NOBODY, early // DAY)[0] == day("2023-01-01")


def test_a_calendar_up_to_the_last_day_that_can_be_written() -> None:
    times, _numbers, _errors = Schedules.build(Settings(), None, day("2135-12-01"), NEVER // DAY + 500)

    assert said(times.after(NOBODY, at("2136-02-06 17:59"), 60)[0]) == "2136-02-06 18:00:00"
    assert said(times.after(NOBODY, at("2136-02-06 17:59"), 61)[0]) == "never"
    assert said(times.next_opening(NOBODY, at("2136-02-06 18:00"))[0]) == "never"


# ── schedules of people ──


def days_worked(cell: str, first: str, last: str, company: Settings | None = None) -> list[str]:
    times, numbers, errors = schedules({"Анна": cell}, company)
    assert not errors
    days = np.arange(day(first), day(last) + 1)
    works = times.is_working(np.array([numbers["Анна"]]), days)
    return [said(int(number) * DAY)[5:10] for number in days[works]]


def hours(cell: str, on: str, company: Settings | None = None) -> list[str]:
    times, numbers, _errors = schedules({"Анна": cell}, company)
    schedule, when = np.array([numbers["Анна"]]), np.array([day(on)])
    return [all_said(moment)[0][11:] for moment in (times.opens(schedule, when), times.closes(schedule, when))]


def test_a_shift_ignores_holidays_and_weekends() -> None:
    assert days_worked("2/2 с 01.05.2024 10:00-22:00", "2024-05-01", "2024-05-10") == [
        "05-01", "05-02", "05-05", "05-06", "05-09", "05-10",
    ]  # fmt: skip


def test_before_its_first_day_a_shift_is_the_companys_week() -> None:
    cell = "2/2 с 01.05.2024 10:00-22:00"

    assert days_worked(cell, "2024-04-25", "2024-04-30") == ["04-25", "04-26", "04-27"]
    assert hours(cell, "2024-04-25") == ["09:00:00", "18:00:00"]
    assert hours(cell, "2024-05-01") == ["10:00:00", "22:00:00"]


def test_a_later_shift_replaces_an_earlier_one_from_its_day_on() -> None:
    cell = "1/1 с 03.06.2024 10-20; 2/2 с 01.05.2024 10-22"

    assert days_worked(cell, "2024-05-31", "2024-06-05") == ["06-02", "06-03", "06-05"]
    assert hours(cell, "2024-06-05") == ["10:00:00", "20:00:00"]


@pytest.mark.parametrize("week", ["пн-пт 10-19", "5/2", "будни"])
def test_a_week_of_ones_own_rests_on_holidays_and_does_not_take_a_moved_saturday(week: str) -> None:
    assert days_worked(week, "2024-04-26", "2024-05-03") == ["04-26", "05-02", "05-03"]


@pytest.mark.parametrize("week", ["пн-сб", "6/1", "пн-вс", "ежедневно 10-20"])
def test_a_moved_saturday_that_is_ones_own_day_is_worked(week: str) -> None:
    assert [found for found in days_worked(week, "2024-04-26", "2024-05-03") if found != "04-28"] == [
        "04-26", "04-27", "05-02", "05-03",
    ]  # fmt: skip


def test_who_works_on_saturdays_rests_on_a_saturdays_holiday() -> None:
    assert days_worked("6/1", "2025-01-03", "2025-01-11") == ["01-09", "01-10", "01-11"]


def test_a_day_off_of_the_settings_is_off_for_a_week_of_ones_own() -> None:
    settings = Settings(days_off=(date(2024, 6, 5),), working_days=(date(2024, 6, 8),))

    assert days_worked("пн-пт", "2024-06-03", "2024-06-09", settings) == ["06-03", "06-04", "06-06", "06-07"]


def test_hours_alone_are_worked_on_the_companys_days() -> None:
    assert days_worked("с 10 до 19", "2024-04-26", "2024-05-03") == ["04-26", "04-27", "05-02", "05-03"]
    assert hours("с 10 до 19", "2024-04-27") == ["10:00:00", "19:00:00"]


def test_holidays_are_worked_where_the_cell_says_so() -> None:
    assert days_worked("5/2 с праздниками", "2024-04-26", "2024-05-03") == [
        "04-26", "04-29", "04-30", "05-01", "05-02", "05-03",
    ]  # fmt: skip
    assert days_worked("10-19 с праздниками", "2024-04-26", "2024-05-03") == [
        "04-26", "04-27", "04-29", "04-30", "05-01", "05-02", "05-03",
    ]  # fmt: skip


def test_a_shift_without_holidays_rests_on_them() -> None:
    assert days_worked("2/2 с 01.05.2024 10-22 без праздников", "2024-05-01", "2024-05-10") == [
        "05-02", "05-05", "05-06",
    ]  # fmt: skip


def test_a_week_with_two_sorts_of_days() -> None:
    cell = "пн-чт 9-18; пт 9-17"

    assert days_worked(cell, "2024-04-25", "2024-05-03") == ["04-25", "04-26", "05-02", "05-03"]
    assert hours(cell, "2024-05-02") == ["09:00:00", "18:00:00"]
    assert hours(cell, "2024-05-03") == ["09:00:00", "17:00:00"]


NIGHT = "2/2 с 03.06.2024 20:00-08:00"
"""The shifts that begin on 3, 4, 7 and 8 June."""


def night() -> tuple[Schedules, np.ndarray]:
    times, numbers, _errors = schedules({"Анна": NIGHT})
    return times, np.array([numbers["Анна"]])


def test_a_shift_over_midnight_is_of_the_day_it_begins_on() -> None:
    times, who = night()

    assert days_worked(NIGHT, "2024-06-03", "2024-06-08") == ["06-03", "06-04", "06-07", "06-08"]
    assert said(times.closes(who, np.array([day("2024-06-04")]))[0]) == "2024-06-05 08:00:00"
    stamps = at("2024-06-04 07:59:59", "2024-06-04 08:00:00", "2024-06-05 07:59:59", "2024-06-05 08:00:00")
    assert times.day_of(who, stamps).tolist() == [day(f"2024-06-0{number}") for number in (3, 4, 4, 5)]


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2024-06-03 23:55:00", 10, "2024-06-04 00:05:00"),
        ("2024-06-04 07:55:00", 5, "2024-06-04 08:00:00"),
        ("2024-06-04 07:55:00", 10, "2024-06-04 20:05:00"),
        ("2024-06-04 12:00:00", 10, "2024-06-04 20:10:00"),
        ("2024-06-05 07:55:00", 10, "2024-06-07 20:05:00"),
        ("2024-06-05 12:00:00", 10, "2024-06-07 20:10:00"),
    ],
)
def test_working_minutes_run_over_midnight(start: str, minutes: int, end: str) -> None:
    times, who = night()

    assert said(times.after(who, at(start), minutes * 60)[0]) == end


def test_the_end_of_a_night_and_the_nights_after_it() -> None:
    times, who = night()

    assert said(times.end_of_working_day(who, at("2024-06-04 02:00"))[0]) == "2024-06-04 08:00:00"
    assert said(times.end_of_working_day(who, at("2024-06-04 08:00"))[0]) == "2024-06-05 08:00:00"
    assert said(times.after_working_days(who, at("2024-06-04 02:00"), 1)[0]) == "2024-06-05 02:00:00"
    assert said(times.after_working_days(who, at("2024-06-05 02:00"), 1)[0]) == "2024-06-08 02:00:00"
    assert times.left_of_day(who, np.array([day("2024-06-03")]), at("2024-06-04 02:00")).tolist() == [6 * HOUR]


def test_a_company_that_closes_at_midnight_works_over_it() -> None:
    times, _numbers, _errors = schedules(settings=Settings(opens=time(0), closes=time(0)))

    assert said(times.after(NOBODY, at("2024-06-03 23:55"), 600)[0]) == "2024-06-04 00:05:00"
    assert said(times.end_of_working_day(NOBODY, at("2024-06-03 12:00"))[0]) == "2024-06-04 00:00:00"
    assert said(times.end_of_working_day(NOBODY, at("2024-06-04 00:00"))[0]) == "2024-06-05 00:00:00"


@pytest.mark.parametrize(
    ("t", "end"),
    [
        ("2024-06-03 16:00:00", "2024-06-03 18:00:00"),
        ("2024-06-03 16:00:01", "2024-06-04 18:00:00"),
        ("2024-06-03 08:00:00", "2024-06-03 18:00:00"),
        ("2024-06-03 18:00:00", "2024-06-04 18:00:00"),
        ("2024-06-07 17:00:00", "2024-06-10 18:00:00"),
        ("2024-06-08 12:00:00", "2024-06-10 18:00:00"),
    ],
)
def test_an_end_of_the_working_day_that_must_leave_two_hours(t: str, end: str) -> None:
    assert said(company().end_of_working_day(NOBODY, at(t), leaving=2 * HOUR)[0]) == end


def test_hours_that_a_rule_does_not_give_are_the_companys() -> None:
    early = Settings(opens=time(8, 30), closes=time(17, 15))

    assert hours("вт-сб", "2024-06-08", early) == ["08:30:00", "17:15:00"]
    assert hours("2/2 с 01.05.2024", "2024-05-01", early) == ["08:30:00", "17:15:00"]


def test_absences_alone_keep_the_companys_hours() -> None:
    cell = "отпуск 03.06.2024-05.06.2024, 07.06.2024"

    assert days_worked(cell, "2024-05-31", "2024-06-10") == ["05-31", "06-06", "06-10"]
    assert hours(cell, "2024-06-06") == ["09:00:00", "18:00:00"]


def test_absences_come_off_a_shift() -> None:
    cell = "больничный 02.05.2024-05.05.2024; 2/2 с 01.05.2024 10-22"

    assert days_worked(cell, "2024-05-01", "2024-05-09") == ["05-01", "05-06", "05-09"]


def test_alike_cells_are_one_schedule_and_an_empty_one_is_the_companys() -> None:
    _times, numbers, errors = schedules(
        {"Анна": "пн-пт 10-19", "Борис": "ПН-ПТ 10:00-19:00", "Вера": None, "Глеб": " ; "}
    )

    assert numbers == {"Анна": 1, "Борис": 1}
    assert errors == []


def test_a_cell_that_is_not_understood_is_told_and_knows_no_working_time() -> None:
    times, numbers, errors = schedules({"Анна": "когда как", "Борис": "пн-пт 10-19"})
    who, noon = np.array([numbers["Анна"], numbers["Борис"]]), at("2024-06-03 12:00")

    assert [(name, "“когда как” is not understood" in what) for name, what in errors] == [("Анна", True)]
    assert times.is_known(who).tolist() == [False, True]
    assert times.is_working(who, noon // DAY).tolist() == [False, True]
    for due in (
        times.after(who, noon, 60), times.end_of_working_day(who, noon), times.after_working_days(who, noon, 1),
        times.end_of_next_working_day(who, noon), times.clock_of_next_working_day(who, noon, 0),
    ):  # fmt: skip
        assert said(due[0]) == "never"
        assert said(due[1]) != "never"


def test_people_without_the_column_work_by_the_companys() -> None:
    _times, numbers, errors = Schedules.build(Settings(), pd.DataFrame({"name": ["Анна"]}), 9000, 9001)

    assert (numbers, errors) == ({}, [])


def test_more_schedules_than_fit_into_memory_are_told() -> None:
    cells = {f"человек {number}": f"выходной {number % 28 + 1:02}.06.{2000 + number // 28}" for number in range(600)}
    people = pd.DataFrame({"name": list(cells), "schedule": list(cells.values())})

    _rules, numbers, errors = timetable.numbered(timetable.schedule_cells(people), most=500)

    assert MOST_CELLS >= 500
    assert len(set(numbers.values())) == 500, "and one for all that did not fit"
    assert list(numbers.values()).count(500) == 101
    assert errors[0] == ("человек 499", "there are too many different schedules in this table")
    assert len(errors) == 101


# ── data past the calendar ──


def test_a_warning_where_the_data_pass_the_official_years() -> None:
    times = company()
    year = times.known_until

    assert times.warning(day(f"{year}-12-31")) is None
    assert f"known up to {year}" in str(times.warning(day(f"{year + 1}-01-01")))


# ── against a walk from minute to minute ──

START = datetime(2024, 4, 20)
DAYS_OFF = {date(2024, 4, 29), date(2024, 4, 30), date(2024, 5, 1), date(2024, 5, 9), date(2024, 5, 10)}


def company_works(on: date) -> bool:
    return (on.weekday() < 5 and on not in DAYS_OFF) or on == date(2024, 4, 27)


def hours_of(name: str, on: date) -> tuple[int, int] | None:
    """The minutes at which somebody's day opens and closes."""
    if name == "Смена" and on >= date(2024, 5, 1):
        return (600, 1320) if (on - date(2024, 5, 1)).days % 4 in (0, 1) else None
    if name == "Половина":
        return (630, 1155) if on.weekday() in (0, 2, 4) and on not in DAYS_OFF else None
    if name == "Сутки":
        return (0, 1440) if (on - date(2024, 4, 20)).days % 2 == 0 and on != date(2024, 5, 3) else None
    if name == "Ночь":
        return (1200, 1920) if (on - date(2024, 4, 20)).days % 4 in (0, 1) and on != date(2024, 4, 25) else None
    if name == "Сторож":
        return {0: (1320, 1860), 1: (420, 900)}.get(on.weekday(), (1320, 2760))
    if name == "Отпуск" and date(2024, 4, 29) <= on <= date(2024, 5, 6):
        return None
    return (540, 1080) if company_works(on) else None


@cache
def minutes(name: str) -> dict[datetime, date]:
    """Every working minute of the weeks that are walked through, and the day whose working time it is."""
    found = {}
    for on in (START.date() + timedelta(days=number) for number in range(-1, 45)):
        for minute in range(*(hours_of(name, on) or (0, 0))):
            found[datetime.combine(on, time()) + timedelta(minutes=minute)] = on
    return {minute: on for minute, on in found.items() if minute >= START}


def walked(name: str, start: datetime, seconds: int) -> datetime:
    """The moment at which so many working seconds have passed since the start."""
    for minute in minutes(name):
        begins = max(minute, start)
        lasts = (minute + timedelta(minutes=1) - begins).total_seconds()
        if lasts > 0:
            if seconds <= lasts:
                return begins + timedelta(seconds=seconds)
            seconds -= int(lasts)
    raise AssertionError("past the last of these weeks")


def number(t: datetime) -> int:
    return sec(t.isoformat())


who = st.sampled_from(["Компания", *CELLS])
moments = st.datetimes(START, datetime(2024, 5, 10)).map(lambda t: t.replace(microsecond=0))


def given_to(name: str) -> np.ndarray:
    return np.array([everybody()[1].get(name, 0)])


@walk
@given(who, moments, st.integers(1, 20 * HOUR))
def test_after_is_where_the_walk_ends(name: str, t: datetime, seconds: int) -> None:
    assert said(company().after(given_to(name), at(t.isoformat()), seconds)[0]) == str(walked(name, t, seconds))


@walk
@given(who, moments, moments)
def test_elapsed_is_what_the_walk_counts(name: str, a: datetime, b: datetime) -> None:
    a, b = min(a, b), max(a, b)
    elapsed = company().elapsed(given_to(name), at(a.isoformat(), b.isoformat()))
    overlaps = (min(b, minute + timedelta(minutes=1)) - max(a, minute) for minute in minutes(name))
    assert elapsed[1] - elapsed[0] == sum(max(int(part.total_seconds()), 0) for part in overlaps)


@walk
@given(who, moments)
def test_openings_and_ends_of_days_are_the_walks(name: str, t: datetime) -> None:
    times, person, stamp = company(), given_to(name), at(t.isoformat())
    working = minutes(name)
    ahead = [minute for minute in working if minute + timedelta(minutes=1) > t]
    own = working[ahead[0]] if ahead[0] <= t else t.date()
    today = [minute for minute in ahead if working[minute] == own]
    later = next(working[minute] for minute in ahead if working[minute] > t.date())

    assert said(times.next_opening(person, stamp)[0]) == str(max(ahead[0], t))
    assert times.day_of(person, stamp)[0] == day(str(own))
    assert times.left_of_day(person, times.day_of(person, stamp), stamp)[0] == sum(
        int((minute + timedelta(minutes=1) - max(minute, t)).total_seconds()) for minute in today
    )
    assert times.end_of_working_day(person, stamp)[0] == closing(name, working[ahead[0]])
    assert times.end_of_next_working_day(person, stamp)[0] == closing(name, later)
    assert times.next_working_day(person, stamp // DAY)[0] == day(str(later))
    assert times.is_working(person, stamp // DAY)[0] == (hours_of(name, t.date()) is not None)


def closing(name: str, on: date) -> int:
    hours = hours_of(name, on)
    assert hours is not None
    return sec(str(on)) + hours[1] * 60


@walk
@given(who, moments, st.integers(0, 3))
def test_working_days_later_is_the_same_clock_time(name: str, t: datetime, days: int) -> None:
    start = next(max(minute, t) for minute in minutes(name) if minute + timedelta(minutes=1) > t)
    own = minutes(name)[start.replace(second=0)]
    worked = list(dict.fromkeys(minutes(name).values()))
    end = start + (worked[worked.index(own) + days] - own)

    assert said(company().after_working_days(given_to(name), at(t.isoformat()), days)[0]) == str(end)


@walk
@given(st.lists(st.tuples(who, moments), min_size=1, max_size=20))
def test_many_moments_at_once_are_each_of_them(pairs: list[tuple[str, datetime]]) -> None:
    persons = np.concatenate([given_to(name) for name, _t in pairs])
    stamps = np.array([number(t) for _name, t in pairs])
    together = company().after(persons, stamps, 5000)
    assert together.tolist() == [
        int(company().after(persons[i : i + 1], stamps[i : i + 1], 5000)[0]) for i in range(len(pairs))
    ]
