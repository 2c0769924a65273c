"""The JSON report is a contract: keys, their order, their values."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from auditor.audit.result import Audit, Scope
from auditor.inputs.tables import Place
from auditor.reports.json_report import json_of
from tests.reports.builders import CALLS_OWED, SCORES, STAYED, audit_of, sample, score

ORDER = {
    "": "schema as_of timezone pipelines scope inputs problems coverage parameters waivers supposed_days_off"
    " managers clauses duties",
    "pipelines": "name regulation taken_for deals judged",
    "inputs": "file sheet table source rows rejected",
    "problems": "file sheet row column what severity",
    "coverage": "clause status why needs since until rule",
    "parameters": "clause parameter value default",
    "waivers": "clause deal manager since until approved_by reason state remarks file sheet row",
    "supposed_days_off": "manager days",
    "managers": "manager department role met violated late missed forbidden by_severity pending unknown waived"
    " compliance compliance_before_waivers at_stake",
    "clauses": "clause text severity met violated late missed forbidden pending unknown waived compliance at_stake",
    "duties": "id clause severity entity deal title manager role arose due met_at verdict how measured limit unit"
    " overrun why findings incident suspect waiver evidence",
}


def text_of(audit: Audit) -> str:
    return "".join(json_of(audit))


@pytest.fixture
def report() -> dict[str, Any]:
    return json.loads(text_of(sample()))  # type: ignore[no-any-return]


def test_the_top_has_its_keys_in_order(report: dict[str, Any]) -> None:
    assert list(report) == ORDER[""].split()
    assert (report["schema"], report["as_of"], report["timezone"]) == (1, "2024-03-12T18:00:00", "Europe/Moscow")


@pytest.mark.parametrize("part", [part for part in ORDER if part])
def test_every_record_has_its_keys_in_order(report: dict[str, Any], part: str) -> None:
    assert report[part]
    assert [list(record) for record in report[part]] == [ORDER[part].split()] * len(report[part])


def test_pipelines_of_the_regulation_of_another_name_and_of_nobody(report: dict[str, Any]) -> None:
    assert report["pipelines"] == [
        {"name": "Лиды", "regulation": "FUR", "taken_for": None, "deals": 1700, "judged": True},
        {"name": "Продажи 2024", "regulation": "FUR", "taken_for": "Продажи", "deals": 1000, "judged": True},
        {"name": "Партнёры", "regulation": None, "taken_for": None, "deals": 1, "judged": False},
    ]


def test_a_duty_in_full(report: dict[str, Any]) -> None:
    assert report["duties"][0] == {
        "id": "a1", "clause": "FUR0201", "severity": "high", "entity": "lead", "deal": "501",
        "title": "Лид с сайта, Анна", "manager": "Петров Иван", "role": "manager",
        "arose": "2024-03-05T00:00:00", "due": "2024-03-05T23:59:59", "met_at": None,
        "verdict": "violated", "how": "missed", "measured": 2, "limit": 3, "unit": "times", "overrun": 1,
        "why": "В «Недозвоне» 05.03.2024: нужно звонков 3, было 2.",
        "findings": [{"what": "звонок", "needed": "3", "found": "2", "holds": False}], "incident": "a1",
        "suspect": ["burst"],
        "waiver": None,
        "evidence": [{"file": "march.xlsx", "sheet": "Дела", "row": 12, "column": None},
                     {"file": "march.xlsx", "sheet": "Дела", "row": 13, "column": None}],
    }  # fmt: skip


def test_a_waived_duty_names_who_approved_it(report: dict[str, Any]) -> None:
    (waived,) = [duty for duty in report["duties"] if duty["verdict"] == "waived"]
    assert waived["waiver"] == {"approved_by": "Главный", "reason": "клиент в отпуске", "until": "2024-03-31"}


def test_a_pending_duty_has_no_how(report: dict[str, Any]) -> None:
    assert {duty["how"] for duty in report["duties"] if duty["verdict"] == "pending"} == {None}


def test_what_narrowed_the_audit_is_told_in_order() -> None:
    scope = Scope("last-month", date(2024, 2, 1), date(2024, 2, 29), ("Петров Иван",), ("Розница",), "medium",
                  ("FUR02", "FUR09"), ("FUR0203",), strict=True, config="auditor.toml")  # fmt: skip
    told = json.loads(text_of(replace(sample(), scope=scope)))["scope"]
    assert list(told.items()) == [
        ("period", "last-month"), ("since", "2024-02-01"), ("until", "2024-02-29"), ("managers", ["Петров Иван"]),
        ("departments", ["Розница"]), ("severity", "medium"), ("select", ["FUR02", "FUR09"]), ("ignore", ["FUR0203"]),
        ("strict", True), ("config", "auditor.toml"),
    ]  # fmt: skip


def test_what_narrows_nothing_is_null_or_empty(report: dict[str, Any]) -> None:
    nothing = dict.fromkeys(("period", "since", "until", "severity", "config"))
    assert report["scope"] == {
        **nothing,
        "managers": [],
        "departments": [],
        "select": [],
        "ignore": [],
        "strict": False,
    }


def test_what_is_at_stake_stands_beside_the_manager_and_the_clause() -> None:
    report = json.loads(text_of(audit_of([{**CALLS_OWED, "at_stake": 120000.5}], SCORES)))
    found = {
        each.get("manager", each.get("clause", "")): each["at_stake"]
        for part in ("managers", "clauses")
        for each in report[part]
    }
    assert {name: amount for name, amount in found.items() if amount} == {"Петров Иван": 120000.5, "FUR0201": 120000.5}


def test_a_managers_numbers(report: dict[str, Any]) -> None:
    assert next(each for each in report["managers"] if each["manager"] == "Петров Иван") == {
        "manager": "Петров Иван", "department": "Розница", "role": "manager", "met": 7, "violated": 2, "late": 1,
        "missed": 1, "forbidden": 0, "by_severity": {"high": 2, "medium": 0, "low": 0}, "pending": 0, "unknown": 0,
        "waived": 1, "compliance": 0.7778, "compliance_before_waivers": 0.7, "at_stake": None,
    }  # fmt: skip
    assert list(report["managers"][0]["by_severity"]) == ["high", "medium", "low"]


def test_nothing_judged_is_null_not_zero() -> None:
    report = json.loads(text_of(audit_of([], [score("Петров Иван", "FUR0201", "high", unknown=5)])))
    assert report["managers"][0]["compliance"] is None
    assert report["managers"][0]["compliance_before_waivers"] is None
    assert {clause["compliance"] for clause in report["clauses"]} == {None}


def test_the_same_audit_gives_the_same_bytes() -> None:
    assert text_of(sample()).encode() == text_of(sample()).encode()


def test_rows_loaded_in_another_block_layout_give_the_same_bytes() -> None:
    audit = sample()
    other = replace(audit, duties=audit.duties[list(reversed(audit.duties.columns))].convert_dtypes())
    assert text_of(other) == text_of(audit)


def test_no_nan_and_no_infinity() -> None:
    text = text_of(audit_of([{**STAYED, "measured": np.nan, "limit": np.inf, "overrun": -np.inf}], []))
    duty = json.loads(text)["duties"][0]
    assert (duty["measured"], duty["limit"], duty["overrun"]) == (None, None, None)
    assert "NaN" not in text and "Infinity" not in text


def test_texts_are_unescaped_and_always_encodable() -> None:
    audit = audit_of([{**CALLS_OWED, "title": 'Кухня "Лена"\n', "evidence": [Place("м\udcc0рт.csv", None, 3)]}], [])
    (duty,) = json.loads(text_of(audit).encode())["duties"]
    assert 'Кухня \\"Лена\\"\\n' in text_of(audit)
    assert (duty["title"], duty["evidence"][0]["file"]) == ('Кухня "Лена"\n', "м?рт.csv")


def test_an_empty_audit_is_a_whole_report() -> None:
    report = json.loads(text_of(audit_of([], [])))
    assert list(report) == ORDER[""].split()
    assert report["duties"] == report["managers"] == []
