"""The duties as a spreadsheet reads them."""

import csv

import pytest

from auditor import i18n
from auditor.audit.result import Audit
from auditor.reports.csv_report import csv_of
from tests.reports.builders import CALLS_OWED, STAYED, audit_of, sample


def text_of(audit: Audit) -> str:
    return "".join(csv_of(audit))


def cells(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(text[1:].splitlines(), delimiter=";"))


def test_a_line_per_duty_in_the_audits_order() -> None:
    rows = cells(text_of(sample()))
    assert [row["Duty id"] for row in rows] == ["a1", "a2", "a3", "b2", "b3", "b1", "c1"]
    assert [row["Verdict"] for row in rows[1:4]] == ["violated", "waived", "pending"]


def test_a_duty_in_full() -> None:
    row = cells(text_of(sample()))[1]
    assert row == {
        "Duty id": "a2", "Clause": "FUR0902",
        "What it asks": "Сделка стоит в “Преддоговоре” не дольше 30 дней.", "Severity": "high",
        "Deal or lead": "deal", "Deal id": "1002",
        "Title": "Кухня для Сидоровой", "Link": "", "Manager": "Петров Иван", "Department": "Розница",
        "Role": "manager", "Arose": "2024-02-01 10:00:00", "Due": "2024-03-02 23:59:59", "Done": "2024-03-05 11:30:00",
        "Verdict": "violated", "How": "done late", "Measured": "33", "Limit": "30", "Unit": "days", "Overrun": "2.479",
        "Why": "Вошла в «Преддоговор» 01.02.2024, ушла 05.03.2024.", "Incident": "a2", "Suspicious": "", "Waiver": "",
        "Source rows": "march.xlsx › История › 7; march.xlsx › История › 9", "Amount of the open deal": "",
    }  # fmt: skip


def test_the_waiver_and_the_suspicion_are_told() -> None:
    rows = cells(text_of(sample()))
    assert rows[2]["Waiver"] == "Главный: клиент в отпуске"
    assert rows[0]["Suspicious"] == "three calls within five minutes"


def test_russian_spreadsheets_get_commas_and_days_first() -> None:
    i18n.activate("ru")
    line = text_of(audit_of([STAYED], [])).splitlines()[1]
    assert ";2,479;" in line
    assert ";02.03.2024 23:59:59;" in line


@pytest.mark.parametrize("bad", ["=cmd()", "+1", "-1", "@x", "＝1", "\u202e=1"])
@pytest.mark.parametrize("name", ["title", "manager", "deal", "why", "link"])
def test_no_cell_computes(bad: str, name: str) -> None:
    (row,) = cells(text_of(audit_of([{**CALLS_OWED, name: bad}], [])))
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "＝"))]


def test_separators_and_line_breaks_stay_inside_their_cell() -> None:
    (row,) = cells(text_of(audit_of([{**CALLS_OWED, "title": 'a;b"c"\nd'}], [])))
    assert row["Title"] == 'a;b"c" d'


def test_a_negative_number_is_a_number() -> None:
    (row,) = cells(text_of(audit_of([{**STAYED, "overrun": -1.5}], [])))
    assert row["Overrun"] == "-1.5"


def test_the_clauses_sentence_stands_before_the_facts_and_the_first_columns_stay() -> None:
    captions = text_of(sample())[1:].splitlines()[0].split(";")
    assert captions[:6] == ["Duty id", "Clause", "Severity", "Deal or lead", "Deal id", "Title"]
    assert captions[captions.index("What it asks") + 1] == "Why"
