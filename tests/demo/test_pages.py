"""A demo as pages of a CRM's API: the audit finds the same as in the plain layout, as far as the pages tell."""

import json
from collections import Counter
from pathlib import Path

import pytest

from auditor.audit.engine import audit
from auditor.audit.request import Request
from auditor.audit.result import Audit, Status
from auditor.inputs import load
from auditor.settings import Settings
from checks import REGULATIONS
from fixtures.demo import TILE, plan, sheets, write_demo
from fixtures.demo.plan import SCRIPTS

UNTOLD_BY_AMO = {
    "AGY0008", "AGY0009", "AGY0010", "AGY0302", "AGY0303", "AGY0403", "AGY0404", "AGY0405", "AGY0603", "AGY0704",
    "BED0605",
}  # fmt: skip
"""What amoCRM's pages do not tell: a letter's template, and when it was opened; invoices."""
TOLD_BY_BITRIX = (
    "FUR0101", "FUR0102", "FUR0104", "FUR0105", "FUR0201", "FUR0202", "FUR0301", "FUR0306", "FUR0307", "FUR0402",
    "FUR0403", "FUR0601", "FUR0610", "FUR0612", "FUR0811", "FUR0901", "FUR0902", "FUR0905", "FUR0907",
    "FUR1001", "FUR1205", "FUR1206",
)  # fmt: skip
"""Clauses that ask neither for a field's past nor for chats, invitations, pinned comments and the ledger."""
UNTOLD_BY_BITRIX = {
    "KLD0103", "KLD0305", "KLD0404", "KLD0406", "KDL0102", "KDL0104", "KDL0105", "KDL0201", "KDL0302", "KDL0306",
    "KDL0401", "KDL0404", "KDL0503", "KDL0504", "KDL0505", "KDL0507", "KDL0604", "KDL0605", "KDL0609",
}  # fmt: skip
"""What hangs on who was responsible before, on what a field held before, or on what the pages do not list: invoices,
payments, documents, claims, chats."""
COLUMNS = ["entity", "deal", "clause", "manager", "arose", "due", "met_at", "verdict", "how"]


def audited(folder: Path, regulation: str, layout: str, deals: int) -> Audit:
    write_demo(folder / layout, regulation=regulation, deals=deals, seed=1, layout=layout)
    request = Request(regulations=tuple(REGULATIONS), named=(regulation,), all_duties=True)
    return audit(load([folder / layout / "exports"], Settings()), request, Settings())


def duties(result: Audit, clauses: set[str]) -> Counter[tuple[str, ...]]:
    """The duties of these clauses after the first day: each list of an API begins on it at a moment of its own, and
    what came before that nobody knows."""
    rows = result.duties[result.duties["clause"].isin(clauses)]
    rows = rows[rows["arose"].dt.date > rows["arose"].dt.date.min()][COLUMNS].astype(str).fillna("")
    return Counter(rows.itertuples(index=False, name=None))


@pytest.mark.parametrize("regulation", sorted(SCRIPTS))
def test_the_pages_are_audited_as_the_plain_layout_is(tmp_path: Path, regulation: str) -> None:
    plain, api = (audited(tmp_path, regulation, layout, 200) for layout in ("plain", "api"))
    codes = {clause.code for one in REGULATIONS for clause in one.clauses if one.code == regulation}
    clauses = set(TOLD_BY_BITRIX) if regulation == "FUR" else codes - UNTOLD_BY_AMO - UNTOLD_BY_BITRIX
    assert clauses <= codes
    assert duties(plain, clauses) == duties(api, clauses)
    assert {row[-2] for row in duties(api, clauses)} >= {"met", "violated", "pending"}
    assert not api.problems
    assert not api.crashes
    assert api.as_of == plain.as_of


def test_what_bitrix24_does_not_tell_is_not_checked(tmp_path: Path) -> None:
    result = audited(tmp_path, "FUR", "api", 60)
    unchecked = {one.clause for one in result.coverage if one.status == Status.NOT_CHECKED}
    assert {"FUR0501", "FUR0607", "FUR0708", "FUR0711", "FUR1003"} <= unchecked
    assert not {"FUR0201", "FUR0902"} & unchecked


def items(path: Path, kind: str) -> list[dict[str, object]]:
    return [
        item for line in path.read_text(encoding="utf-8").splitlines() for item in json.loads(line)["_embedded"][kind]
    ]


def test_pages_are_as_large_as_the_api_answers_and_name_the_next(tmp_path: Path) -> None:
    write_demo(tmp_path, regulation="AGY", deals=300, seed=1, layout="api")
    lines = (tmp_path / "exports" / "leads.json").read_text(encoding="utf-8").splitlines()
    pages = [json.loads(line) for line in lines]
    assert [len(page["_embedded"]["leads"]) for page in pages] == [250, 50]
    assert [("next" in page["_links"]) for page in pages] == [True, False]
    write_demo(tmp_path / "fur", regulation="FUR", deals=60, seed=1, layout="api")
    text = (tmp_path / "fur" / "exports" / "crm.stagehistory.list (deals).json").read_text(encoding="utf-8")
    answers = [json.loads(line) for line in text.splitlines()]
    assert [answer.get("next") for answer in answers] == [*range(50, 50 * len(answers), 50), None]
    assert {len(answer["result"]["items"]) for answer in answers[:-1]} == {50}


def test_a_page_says_what_the_sheet_says(tmp_path: Path) -> None:
    write_demo(tmp_path, regulation="AGY", deals=40, seed=1, layout="api")
    frames = sheets(plan("AGY", 40, 1))
    leads = items(tmp_path / "exports" / "leads.json", "leads")
    assert [str(lead["id"]) for lead in leads] == frames["Сделки"]["ID сделки"].tolist()
    assert [lead["name"] for lead in leads] == frames["Сделки"]["Название"].tolist()
    calls = [
        note
        for note in items(tmp_path / "exports" / "notes.json", "notes")
        if str(note["note_type"]).startswith("call")
    ]
    assert len(calls) == int((frames["Дела"]["Тип"] == "звонок").sum())
    moves = [
        event
        for event in items(tmp_path / "exports" / "events.json", "events")
        if event["type"] == "lead_status_changed"
    ]
    assert len(moves) == int((frames["История"]["Событие"] == "этап").sum())


def test_every_tile_has_its_own_files_and_numbers(tmp_path: Path) -> None:
    write_demo(tmp_path, regulation="AGY", deals=2 * TILE, seed=1, layout="api")
    folder = tmp_path / "exports"
    for kind in ("leads", "events", "notes", "tasks", "contacts"):
        numbers = [item["id"] for name in (kind, f"{kind} 2") for item in items(folder / f"{name}.json", kind)]
        assert len(numbers) == len(set(numbers)), kind


@pytest.mark.parametrize("regulation", sorted(SCRIPTS))
def test_every_life_and_every_edit_can_be_written_as_pages(tmp_path: Path, regulation: str) -> None:
    write_demo(tmp_path, regulation=regulation, deals=TILE, seed=1, layout="api")
    tables = load([tmp_path / "exports"], Settings())
    assert len(tables.deals) == TILE
    assert not tables.problems


def test_an_unknown_layout_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="plain, api"):
        write_demo(tmp_path, regulation="AGY", deals=40, seed=1, layout="xml")
