"""Who holds the deals: nobody, or somebody whom the people table does not name."""

from typing import Any

import pytest

from auditor import i18n
from auditor.audit.holders import problems_of
from auditor.inputs.quality import Trouble
from tests.log.builders import change, deal, log_of


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.activate("en")


def told(**rows: Any) -> list[str]:
    return [str(problem) for problem in problems_of(log_of(**rows))]


def test_deals_that_nobody_holds_are_one_line_with_their_rows() -> None:
    deals = [deal("1"), *(deal(name, manager=None) for name in ("2", "3", "4"))]
    history = [change("responsible", "2024-03-02 10:00", "Борис", deal="3")]
    nobody = "have nobody responsible, and what was not done there stands under nobody's name; name them in the CRM"
    assert told(deals=deals, history=history) == [f"deals.csv: 2 deals {nobody} and export anew, rows: 3, 5"]
    assert told(deals=deals[:2])[0].startswith("deals.csv: 1 deal has nobody responsible")
    assert told(deals=[deal()]) == []


def test_a_list_that_tells_nobody_responsible_is_not_told_deal_by_deal() -> None:
    assert told(deals=[deal(manager=None)]) == []


def test_who_holds_deals_and_is_not_among_the_people_is_named() -> None:
    deals = [deal("1"), deal("2", manager="Вера"), deal("3", manager="Робот"), deal("4", manager="борис")]
    history = [change("responsible", "2024-03-02 10:00", "Глеб", "Анна")]
    people = [{"name": "Борис", "role": "менеджер"}]
    assert told(deals=deals, history=history, people=people) == [
        "people.csv: 3 people who hold deals are not in this table, and are taken for managers with the company's "
        "hours: Анна, Вера, Глеб"
    ]
    assert told(deals=deals[3:], people=people) == []
    assert told(deals=deals) == []


def test_of_many_people_the_first_are_named() -> None:
    deals = [deal(str(number), manager=f"Имя {number}") for number in range(1, 7)]
    [problem] = problems_of(log_of(deals=deals, people=[{"name": "Анна", "role": "менеджер"}]))
    assert problem.what.endswith("hours: Имя 1, Имя 2, Имя 3, Имя 4, Имя 5 and others")
    assert problem.kind is Trouble.PERSON
