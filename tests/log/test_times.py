"""Who works by which schedule, and for which days the run's calendar is made."""

import numpy as np

from auditor.log import Log
from auditor.log.kinds import DAY

from .builders import act, day, deal, log_of, sec

PEOPLE = [
    {"name": "Анна", "schedule": "2/2 с 01.03.2024 10-22"},
    {"name": "Борис", "schedule": "когда как"},
    {"name": "Вера", "schedule": None},
]


def log() -> Log:
    return log_of(deals=[deal(manager="АННА"), deal("2", manager="Глеб")], people=PEOPLE)


def test_a_person_works_by_his_schedule_and_everybody_else_by_the_companys() -> None:
    found = log()
    persons = np.array([found.facts.person(name) for name in ("Анна", "Борис", "Вера", "Глеб", "никто")])
    numbers = found.times.of(persons)

    assert numbers.tolist() == [1, 2, 0, 0, 0]
    assert found.times.schedules.is_known(numbers).tolist() == [True, False, True, True, True]
    closes = found.times.schedules.closes(numbers[[0, 2]], np.array([day("2024-03-01")]))
    assert closes.tolist() == [sec("2024-03-01 22:00"), sec("2024-03-01 18:00")]


def test_a_schedule_that_is_not_understood_is_a_problem_of_that_person() -> None:
    (problem,) = log().times.problems

    assert str(problem).startswith("people.csv › 3: schedule of Борис: “когда как” is not understood")


def test_the_calendar_reaches_from_the_first_deal_to_two_years_past_as_of() -> None:
    found = log_of(deals=[deal(created="2021-02-20 10:00")], activities=[act("call", "2024-03-01 12:00")])
    schedules, company = found.times.schedules, np.array([0])

    assert schedules.is_working(company, np.array([day("2021-02-20")]))[0], "a working Saturday"
    assert schedules.is_working(company, np.array([day("2026-03-02")]))[0]
    assert schedules.after_working_days(company, np.array([sec("2024-03-01 12:00")]), 500)[0] < sec("2026-04-01")
    assert schedules.next_opening(company, np.array([(day("2024-03-01") + 801) * DAY]))[0] > sec("2135-01-01")
