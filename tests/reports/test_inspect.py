"""A stranger understands how his files were read, and what to export to have more checked."""

from dataclasses import replace

import pandas as pd
import pytest

from auditor.audit.result import Audit, Coverage, StageFound, Status
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem, Source, Sources, Tables
from auditor.inputs.troubles import troubles
from auditor.reports.brief import NAMES, PAIRS
from auditor.reports.data import gravest_first
from auditor.reports.inspect import print_inspection, print_whole_inspection
from tests.reports.builders import audit_of, sample
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
    return printed(lambda console: print_whole_inspection(tables, audit, console), 160)


def in_brief(printed: Printed, tables: Tables, audit: Audit, width: int = 160) -> str:
    return printed(lambda console: print_inspection(tables, audit, console), width)


def test_every_sheet_is_named_with_its_table_and_rows(inspected: str) -> None:
    assert "март.xlsx › Сделки · deals · plain table · 2,000 rows · 2 rows not read" in inspected
    assert "звонки.csv · activities · format bitrix24 · 1 row\n" in inspected


def test_every_column_is_named_as_it_was_understood(inspected: str) -> None:
    assert "columns             ID сделки → Id, Stage\n" in inspected
    assert "fields of the deal  Город\n" in inspected
    assert "not used            utm_source, Служебное\n" in inspected


def test_pipelines_of_other_names_and_of_nobody_are_told(inspected: str) -> None:
    assert "Pipelines  taken for the regulation's: “Продажи 2024” → “Продажи” (1,000 deals)\n" in inspected
    assert "not judged: “Партнёры” (1 deal)\n" in inspected


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
    assert "No sheet was understood. Name .xlsx, .xls, .csv, .json or .parquet files, or their folder." in text


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


RECORDS = pd.DataFrame({"entity": ["deal", "deal", "lead"]})
LACKING = (
    *(Coverage(f"FUR02{n:02}", Status.NOT_CHECKED, missing=("history of stages",), sources=("stage",)) for n in (1, 2)),
    Coverage("FUR0601", Status.NOT_CHECKED, missing=("the ledger", "history of stages"), sources=("ledger", "stage")),
    Coverage("FUR0902", Status.CHECKED),
    Coverage("FUR", Status.BY_HAND, "Недозвон: разговор ведут по сценарию"),
)
OWN = (StageFound("Не дозвонились", "", "Недозвон"), StageFound("Новый лид", "Новый лид", ""),
       StageFound('Ждём "ответ"', "", ""))  # fmt: skip


def test_the_brief_says_what_was_understood_and_can_be_checked(printed: Printed) -> None:
    first, second, third = in_brief(printed, replace(tables(), deals=RECORDS), sample()).splitlines()[:3]
    assert first == "Understood: 2 deals, 1 lead · columns that are not used: utm_source, Служебное"
    assert second.startswith("4 clauses of 5 can be checked (FUR: ")
    assert second.endswith("); 1 more by hand only.")
    assert third == "Read: Сделки — deals, 2,000 rows; звонки.csv — activities, 1 row"


def test_the_whole_begins_with_the_same_headline(printed: Printed) -> None:
    one, whole = (show(printed, replace(tables(), deals=RECORDS), sample()) for show in (in_brief, shown))
    assert one.splitlines()[:2] == whole.splitlines()[:2]


def test_where_nothing_is_left_over_all_columns_are_known(printed: Printed) -> None:
    text = in_brief(printed, Tables(RECORDS, sources=Sources([CALLS])), sample())
    assert text.splitlines()[0] == "Understood: 2 deals, 1 lead · all columns are known"


def test_without_a_regulation_the_brief_says_why_nothing_can_be_checked(printed: Printed) -> None:
    audit = replace(audit_of([], []), regulations=(), coverage=(), chosen_because="no stages were found")
    text = in_brief(printed, tables(), audit)
    assert text.splitlines()[0].startswith("Understood: no deal")
    assert text.splitlines()[1] == "No clause can be checked: no stages were found."


def test_what_most_clauses_lack_comes_first_with_where_it_is_to_be_had(printed: Printed) -> None:
    text = in_brief(printed, tables(), replace(sample(), coverage=LACKING))
    assert (
        "\nMost in the way, since it is not exported:\n"
        "1. 3 clauses: history of stages\n"
        "   amoCRM: the list of events. Bitrix24: crm.stagehistory.list. By hand: a sheet “History”.\n"
        "2. 1 clause: the ledger\n"
        "   A sheet “Ledger”: Deal ID, Measurement date, Amount, Status, Updated.\n"
        "/api/… and crm.… are answers of the CRM's API: who looks after it saves them as .json.\n"
    ) in text


def test_one_place_is_told_once(printed: Printed) -> None:
    lacks = Coverage("A", Status.NOT_CHECKED, missing=("names of files", "texts"), sources=("columns", "columns"))
    text = in_brief(printed, tables(), replace(sample(), coverage=(lacks,)))
    assert text.count("Add the column to the sheet “Activities”") == 1
    assert "API" not in text


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("responsible", "crm.stagehistory.list"),
        ("field", "Bitrix24 keeps none"),
        ("call", "the call details"),
        ("email", "the list of activities"),
        ("task_done", "crm.activity.list"),
        ("comment", "/api/v4/leads/notes"),
        ("people", "A sheet “People”: Name, Role."),
        ("fields", "[fields] of auditor.toml"),
        ("invoice", "A sheet “Activities” with rows of that type."),
    ],
)
def test_every_part_of_an_export_is_to_be_had_somewhere(printed: Printed, source: str, told: str) -> None:
    lacks = Coverage("A", Status.NOT_CHECKED, missing=("it",), sources=(source,))
    assert told in in_brief(printed, tables(), replace(sample(), coverage=(lacks,)))


def test_the_gravest_problems_come_first(printed: Printed) -> None:
    slight, row = Problem(Place("d.csv"), "told twice"), Problem(Place("a.csv", None, 2), "no date", Trouble.CELL)
    sheet = Problem(Place("b.csv"), "no column", Trouble.UNREAD)
    refused = Problem(Place("c.csv"), "damaged", kind=Trouble.REFUSED)
    text = in_brief(printed, tables(), replace(sample(), problems=(slight, row, sheet, refused)))
    assert "What could not be used: 4 problems\nc.csv: damaged\nb.csv: no column\n\n" in text


def test_problems_of_rows_that_are_alike_are_one_line_with_their_number_and_first_rows() -> None:
    place = Place("a.csv", None, None, "Время")
    alike = troubles(place, range(2, 1042), lambda position: f"bad {position}", Trouble.ROW)
    other = Problem(place._replace(column="Срок", row=2), "bad", Trouble.ROW)
    assert list(map(str, gravest_first([*alike, other]))) == [
        "a.csv › 2 › Время: bad 0; and 1,039 more rows like it: 3, 4, 5, 6, 7 …", "a.csv › 2 › Срок: bad",
    ]  # fmt: skip
    two = [Problem(place._replace(row=row), "bad", Trouble.ROW) for row in (7, 9)]
    assert gravest_first(two)[0].what == "bad; and 1 more row like it: 9"


def test_own_stages_are_paired_for_the_settings(printed: Printed) -> None:
    audit = replace(sample(), stages=OWN)
    told = (
        'Stages that the regulation does not have: “Не дозвонились”, “Ждём "ответ"”\n'
        "It has these, which the data does not name: “Недозвон”\n"
        "For auditor.toml; look at each pair first:\n"
        "[stages]\n"
        '"Не дозвонились" = "Недозвон"\n'
        '# "Ждём \\"ответ\\"" = "…"\n'
    )
    assert told in in_brief(printed, tables(), audit)
    assert told in shown(printed, tables(), audit)


def test_own_stages_are_told_in_full_where_all_is_asked_for(printed: Printed) -> None:
    audit = replace(sample(), stages=tuple(StageFound(f"Недозвон {n}", "", "Недозвон") for n in range(20)))
    pairs = [f'"Недозвон {n}" = "Недозвон"' for n in range(20)]
    brief, whole = in_brief(printed, tables(), audit), shown(printed, tables(), audit)
    assert [pair for pair in pairs if pair in brief] == pairs[:PAIRS]
    assert [pair for pair in pairs if pair in whole] == pairs
    assert f"“Недозвон {NAMES - 1}” and {20 - NAMES} more\n" in in_brief(printed, tables(), audit, 200)


def test_the_brief_has_at_most_thirty_lines_whatever_the_export(printed: Printed) -> None:
    long = "Очень длинное название " * 3
    many = replace(DEALS, sheet=long, ignored=tuple(f"{long}{n}" for n in range(50)))
    lacks = [Coverage(f"A{n}", Status.NOT_CHECKED, missing=(f"{long}{n}",), sources=(where,))
             for n, where in enumerate(("stage", "call", "field", "ledger"))]  # fmt: skip
    audit = replace(
        sample(),
        coverage=tuple(lacks),
        chosen_because=long,
        problems=tuple(Problem(Place(f"{long}.csv", None, n), long) for n in range(50)),
        stages=tuple(StageFound(f"{long}{n}", "", "Недозвон") for n in range(50)),
    )
    text = in_brief(printed, Tables(RECORDS, sources=Sources([many] * 20)), audit, 100)
    assert len(text.splitlines()) <= 30
