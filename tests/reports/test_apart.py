"""Audits of one person or department alone: nothing in them names anybody else."""

from dataclasses import replace

import pytest

from auditor.audit.result import Audit, Crash, Scope, Suspected, Waiver
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem
from auditor.reports.apart import hiding, of_departments, of_people
from auditor.terms import Checked
from tests.reports.builders import CALLS_OWED, DUTIES, SCORES, WAIVED, audit_of, sample
from tests.reports.workbooks import bytes_of, parts_of

PEOPLE = ("Петров Иван", "Смирнова Ольга", "Главный", "Смирнова Ольга Петровна")


def whole() -> Audit:
    return replace(sample(), people=PEOPLE, scope=Scope(managers=PEOPLE[:2]))


def test_everybody_by_name_has_his_own_audit() -> None:
    parts = dict(of_people(whole()))
    assert {name: list(part.duties["id"]) for name, part in parts.items()} == {
        "Главный": [], "Петров Иван": ["a1", "a2", "a3"], "Смирнова Ольга": ["b2", "b3", "b1"],
    }  # fmt: skip
    assert {name: part.scope.managers for name, part in parts.items()} == {name: (name,) for name in parts}


def test_nothing_of_the_others_is_left_beside_the_duties() -> None:
    audit = replace(
        whole(),
        suspected=tuple(Suspected(name, "FUR0201", "burst", 1, ("7",)) for name in PEOPLE[:2]),
        problems=(Problem(Place("Смирнова Ольга.csv"), "Смирнова Ольга", Trouble.REFUSED), *sample().problems),
        crashes=(Crash("FUR0201", "KeyError: Смирнова Ольга"),),
    )
    part = dict(of_people(audit))["Петров Иван"]
    assert [suspected.manager for suspected in part.suspected] == ["Петров Иван"]
    assert (dict(part.supposed_days_off), part.waivers) == ({}, ())
    assert [str(problem) for problem in part.problems] == ["a colleague.csv: a colleague"]
    assert [crash.error for crash in part.crashes] == ["KeyError: a colleague"]


def test_texts_of_his_own_duties_name_no_colleague() -> None:
    told = {
        **CALLS_OWED, "title": "Лид от смирновой, СМИРНОВА ОЛЬГА", "why": "Смирнова Ольга → Петров Иван.",
        "findings": [Checked("звонок Смирнова Ольга", "Смирнова Ольга", "Смирнова Ольга Петровна", False)],
        "evidence": [Place("Смирнова Ольга.xlsx", "Смирнова Ольга", 3)],
        "waiver": Waiver("", "", "", None, sample().as_of.date(), "Главный", "за Смирнова Ольга"),
    }  # fmt: skip
    audit = replace(audit_of([told], SCORES), people=PEOPLE)
    text = "".join(parts_of(bytes_of(dict(of_people(audit))["Петров Иван"])).values())
    assert "Ольга" not in text and "ОЛЬГА" not in text
    assert "a colleague → Петров Иван." in text
    assert "✗ звонок a colleague — a colleague, needed: a colleague" in text
    assert "Главный: за a colleague" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Иванов", "Иванов"),
        ("иванов петр, Иванов Петр", "a colleague, a colleague"),
        ("Иванов Петрович", "Иванов Петрович"),
        ("Иванов Петр Сергеевич", "a colleague"),
        ("Анна-Мария", "a colleague"),
        ("Орлов А. → Иванов Петр Ильич", "a colleague → Иванов Петр Ильич"),
        ("", ""),
    ],
)
def test_whole_names_but_his_own_are_hidden_the_longer_first(text: str, shown: str) -> None:
    people = ["Иванов Петр", "Иванов Петр Сергеевич", "Анна-Мария", "Орлов А.", "Иванов Петр Ильич"]
    assert hiding(people, {"Иванов Петр Ильич"})(text) == shown


def test_a_department_has_its_people_and_those_of_none_stand_together() -> None:
    parts = dict(of_departments(whole()))
    assert {name: list(part.duties["id"]) for name, part in parts.items()} == {
        "": ["c1"], "Розница": ["a1", "a2", "a3", "b2", "b3", "b1"],
    }  # fmt: skip
    assert parts["Розница"].scope == Scope(departments=("Розница",))
    assert parts[""].scope == Scope()


def test_what_is_told_elsewhere_stays_as_it_was() -> None:
    audit = whole()
    list(of_people(audit))
    assert list(audit.duties["title"]) == [each["title"] for each in DUTIES]
    assert audit.duties["waiver"][2] == WAIVED["waiver"]
