"""The star for BI: tables that fit together, columns whose names and types stay, texts and numbers of the report."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from auditor.audit.result import Audit
from auditor.inputs.tables import Place
from auditor.reports import rows
from auditor.reports.star import write_star
from tests.reports.builders import (
    AS_OF,
    CALLS_OWED,
    DUTIES,
    OWED_LATER,
    ROBOTS,
    SCORES,
    STAYED,
    WAIVED,
    audit_of,
    sample,
    score,
)

Star = dict[str, list[dict[str, Any]]]
COLUMNS = {
    "duties": "id as_of clause manager_key day severity entity deal title link arose due met_at verdict how measured"
    " limit unit overrun at_stake why incident suspect approved_by waiver_reason evidence",
    "scores": "as_of clause manager_key severity violated met late missed forbidden pending unknown waived",
    "clauses": "clause regulation chapter text severity status why",
    "managers": "manager_key manager department role",
    "days": "day year quarter month week weekday",
}
TYPES = {
    pa.timestamp("ms"): "as_of arose due met_at",
    pa.date32(): "day",
    pa.float64(): "measured limit overrun at_stake",
    pa.int64(): "violated met late missed forbidden pending unknown waived year quarter month week weekday",
}


def star(audit: Audit, folder: Path) -> Star:
    write_star(audit, folder)
    return {path.stem: pq.read_table(path).to_pylist() for path in folder.iterdir()}


def test_names_and_types_of_the_columns_stay(tmp_path: Path) -> None:
    write_star(sample(), tmp_path)
    schemas = {path.stem: pq.read_schema(path) for path in tmp_path.iterdir()}
    assert {name: " ".join(schema.names) for name, schema in schemas.items()} == COLUMNS
    named = {name: kind for kind, names in TYPES.items() for name in names.split()}
    for field in (field for schema in schemas.values() for field in schema):
        text = pa.types.is_string(field.type) or field.type == pa.dictionary(pa.int32(), pa.string())
        assert field.type == named[field.name] if field.name in named else text, field


def test_a_duty_in_full(tmp_path: Path) -> None:
    assert star(sample(), tmp_path)["duties"][1] == {
        "id": "a2", "as_of": AS_OF, "clause": "FUR0902", "manager_key": "manager|Розница|Петров Иван",
        "day": date(2024, 3, 2), "severity": "high", "entity": "deal", "deal": "1002", "title": "Кухня для Сидоровой",
        "link": None, "arose": datetime(2024, 2, 1, 10), "due": datetime(2024, 3, 2, 23, 59, 59),
        "met_at": datetime(2024, 3, 5, 11, 30), "verdict": "violated", "how": "late", "measured": 33.0, "limit": 30.0,
        "unit": "days", "overrun": 2.479, "at_stake": None, "why": "Вошла в «Преддоговор» 01.02.2024, ушла 05.03.2024.",
        "incident": "a2", "suspect": None, "approved_by": None, "waiver_reason": None,
        "evidence": "march.xlsx › История › 7; march.xlsx › История › 9",
    }  # fmt: skip


def test_waivers_and_suspicions_are_columns(tmp_path: Path) -> None:
    called, _stayed, waived, *_others = star(audit_of([CALLS_OWED, STAYED, WAIVED], []), tmp_path)["duties"]
    assert called["suspect"] == "burst"
    assert (waived["approved_by"], waived["waiver_reason"]) == ("Главный", "клиент в отпуске")


def test_a_persons_counts_of_a_clause(tmp_path: Path) -> None:
    assert star(sample(), tmp_path)["scores"][1] == {
        "as_of": AS_OF, "clause": "FUR0902", "manager_key": "manager|Розница|Петров Иван", "severity": "high",
        "violated": 1, "met": 2, "late": 1, "missed": 0, "forbidden": 0, "pending": 0, "unknown": 0, "waived": 1,
    }  # fmt: skip


def test_every_key_leads_to_one_row(tmp_path: Path) -> None:
    tables = star(sample(), tmp_path)
    for table, key in (("clauses", "clause"), ("managers", "manager_key"), ("days", "day")):
        keys = [row[key] for row in tables[table]]
        assert len(set(keys)) == len(keys)
        pointing = [row[key] for fact in ("duties", "scores") for row in tables[fact] if key in row]
        assert pointing and set(pointing) <= set(keys), key


def test_clauses_that_could_not_be_checked_say_why_and_rules_by_hand_are_none(tmp_path: Path) -> None:
    clauses = {row["clause"]: row for row in star(sample(), tmp_path)["clauses"]}
    assert list(clauses) == ["FUR0201", "FUR0202", "FUR0203", "FUR0601", "FUR0902"]
    assert clauses["FUR0202"] == {
        "clause": "FUR0202", "regulation": "FUR", "chapter": "No answer", "text": "Каждый рабочий день клиенту пишут.",
        "severity": "medium", "status": "not_checked", "why": "нет исходящих сообщений",
    }  # fmt: skip
    assert clauses["FUR0201"]["status"] == "checked"


def test_a_clause_has_the_severity_by_which_it_was_judged(tmp_path: Path) -> None:
    graver = [score("Петров Иван", "FUR0203", "high", "robot", missed=1)]
    clauses = {row["clause"]: row["severity"] for row in star(audit_of([], graver), tmp_path)["clauses"]}
    assert (clauses["FUR0203"], clauses["FUR0202"]) == ("high", "medium")


def test_people_of_all_roles_and_nobody_by_name(tmp_path: Path) -> None:
    people = {row["manager_key"]: row for row in star(sample(), tmp_path)["managers"]}
    assert people["robot||"] == {"manager_key": "robot||", "manager": None, "department": None, "role": "robot"}
    assert people["head||Главный"]["manager"] == "Главный"
    assert len(people) == len({(each["manager"], each["role"]) for each in SCORES})


def test_the_days_have_no_gap_and_reach_what_lies_ahead(tmp_path: Path) -> None:
    days = star(sample(), tmp_path)["days"]
    assert (days[0]["day"], days[-1]["day"]) == (date(2024, 3, 2), date(2024, 3, 20))
    assert {later["day"] - day["day"] for day, later in pairwise(days)} == {timedelta(1)}
    assert days[-1] == {"day": date(2024, 3, 20), "year": 2024, "quarter": 1, "month": 3, "week": 12, "weekday": 3}


def test_a_duty_without_a_due_counts_on_the_day_it_arose(tmp_path: Path) -> None:
    arose = {**ROBOTS, "due": None, "arose": datetime(2024, 3, 1, 9)}
    tables = star(audit_of([arose, {**arose, "arose": None}], []), tmp_path)
    assert [row["day"] for row in tables["duties"]] == [date(2024, 3, 1), None]
    assert (tables["days"][0]["day"], tables["days"][-1]["day"]) == (date(2024, 3, 1), AS_OF.date())


def test_an_audit_without_duties_is_a_whole_star(tmp_path: Path) -> None:
    tables = star(audit_of([], []), tmp_path)
    assert (tables["duties"], tables["scores"], tables["managers"]) == ([], [], [])
    assert [row["day"] for row in tables["days"]] == [AS_OF.date()]
    write_star(replace(sample(), duties=sample().duties.iloc[:0]), tmp_path)
    assert pq.read_table(tmp_path / "duties.parquet").num_rows == 0


def test_texts_are_clean(tmp_path: Path) -> None:
    hostile = {**OWED_LATER, "title": "Кухня\u202e\x1b[31m\n", "evidence": [Place("м\udcc0рт.csv", None, 3)]}
    (duty,) = star(audit_of([hostile], []), tmp_path)["duties"]
    assert (duty["title"], duty["evidence"]) == ("Кухня[31m", "мрт.csv › 3")


def test_duties_are_written_piece_by_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "PIECE", 3)
    listed = star(sample(), tmp_path)["duties"]
    assert [row["id"] for row in listed] == [each["id"] for each in DUTIES]
    assert pq.ParquetFile(tmp_path / "duties.parquet").num_row_groups == 3
