"""A stranger understands how his files were read, and what to export to have more checked."""

from dataclasses import replace

import pandas as pd
import pytest

from auditor.audit.result import Audit, Coverage, Status
from auditor.inputs.tables import Place, Problem, Source, Sources, Tables
from auditor.reports.inspect import print_inspection
from tests.reports.builders import sample
from tests.reports.conftest import Printed

DEALS = Source(
    "март.xlsx", "Сделки", "deals", "plain", 2000, 2, 0,
    columns=(("ID сделки", "id"), ("Stage", "stage"), ("Город", "field:Город")), ignored=("utm_source", "Служебное"),
)  # fmt: skip
CALLS = Source("звонки.csv", None, "activities", "bitrix24", 1, 0, 2000, columns=(("Time", "time"),))


@pytest.fixture
def inspected(printed: Printed) -> str:
    return shown(printed, tables(), sample())


def tables() -> Tables:
    return Tables(pd.DataFrame(), sources=Sources([DEALS, CALLS]), attached=1, unattached=4100)


def shown(printed: Printed, tables: Tables, audit: Audit) -> str:
    return printed(lambda console: print_inspection(tables, audit, console), 160)


def test_every_sheet_is_named_with_its_table_and_rows(inspected: str) -> None:
    assert "март.xlsx › Сделки · deals · plain table · 2,000 rows · 2 rows not read" in inspected
    assert "звонки.csv · activities · format bitrix24 · 1 row\n" in inspected


def test_every_column_is_named_as_it_was_understood(inspected: str) -> None:
    assert "columns             ID сделки → Id, Stage\n" in inspected
    assert "fields of the deal  Город\n" in inspected
    assert "not used            utm_source, Служебное\n" in inspected


def test_pipelines_of_other_names_and_of_nobody_are_told(inspected: str) -> None:
    assert "Pipelines  taken for the regulation's: «Продажи 2024» → «Продажи» (1,000 deals)\n" in inspected
    assert "not judged: «Партнёры» (1 deal)\n" in inspected


def test_every_problem_is_told(printed: Printed) -> None:
    problems = tuple(Problem(Place("f.csv", None, number, "Дата"), "не дата") for number in range(2, 502))
    text = shown(printed, tables(), replace(sample(), problems=problems))
    assert "What could not be used: 500 problems" in text
    assert [number for number in range(2, 502) if f"f.csv › {number} › Дата: не дата" not in text] == []


def test_streams_are_told_with_their_days(inspected: str) -> None:
    rows = [line.split() for line in inspected.splitlines()]
    assert ["Calls", "2024-01-09", "2024-03-12", "5,100"] in rows


def test_kinds_of_record_without_a_row_are_named(inspected: str) -> None:
    missing = inspected[inspected.index("Not in this data") :].split("\n\n")[0]
    assert "messages" in missing
    assert "payments" in missing
    assert " calls" not in missing


def test_without_history_and_activities_it_says_so(printed: Printed) -> None:
    text = shown(printed, tables(), replace(sample(), streams=None))
    assert "No history and no activities: only the present state of the deals is known." in text


def test_without_a_sheet_it_says_what_to_name(printed: Printed) -> None:
    text = shown(printed, Tables(pd.DataFrame()), sample())
    assert "No sheet was understood. Name .xlsx, .csv or .json files, or their folder." in text


def test_unattached_records_are_counted(inspected: str) -> None:
    assert "1 call was joined to its deal by phone or contact." in inspected
    assert "4,100 records hang on no deal, and prove nothing for any." in inspected


def test_records_of_the_ledger_that_name_no_deal_are_counted(printed: Printed) -> None:
    text = shown(printed, replace(tables(), ledger_joined=1200, ledger_unjoined=1), sample())
    assert "1,200 records of the ledger were joined to their deals by contract number or phone." in text
    assert "1 record of the ledger belongs to no deal and was not read." in text
    assert "ledger" not in shown(printed, tables(), sample()).split("Not in this data")[0]


def test_clauses_that_can_be_checked_are_listed(inspected: str) -> None:
    assert "4 clauses: FUR0201, FUR0203, FUR0601, FUR0902" in inspected
    assert "1 rule can only be checked by hand (auditor clauses)" in inspected


def test_the_others_with_what_is_missing_and_how_to_add_it(inspected: str) -> None:
    assert "Нет исходящих сообщений\n  FUR0202 · Каждый рабочий день клиенту пишут." in inspected
    assert "A field: add its column to the export of deals" in inspected
    assert "A list of deals shows their present stage only." in inspected


def test_where_all_can_be_checked_no_advice_is_given(printed: Printed) -> None:
    coverage = (Coverage("FUR0201", Status.CHECKED), Coverage("FUR0902", Status.CHECKED, "approvals not seen"))
    text = shown(printed, tables(), replace(sample(), coverage=coverage))
    assert "How to add it" not in text
    assert "Approvals not seen: FUR0902" in text


def test_where_none_can_be_checked_it_says_so(printed: Printed) -> None:
    text = shown(printed, tables(), replace(sample(), coverage=()))
    assert "No clause can be checked with this data." in text


def test_captions_cannot_spoil_the_screen(printed: Printed) -> None:
    bad = replace(DEALS, ignored=("[red]x[/red]\x1b[31m\u202e",), file="\x07f.xlsx")
    text = shown(printed, replace(tables(), sources=Sources([bad])), sample())
    assert "[red]x[/red][31m" in text
    assert not set("\x1b\u202e\x07") & set(text)
