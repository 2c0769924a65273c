"""A demo in a CRM's own files: nothing is violated there that the plain layout does not call violated."""

from pathlib import Path

import pytest
from test_pages import TOLD_BY_BITRIX, UNTOLD_BY_BITRIX

from auditor.audit.engine import audit
from auditor.audit.request import Request
from auditor.audit.result import Audit
from auditor.inputs import load
from auditor.settings import Settings
from checks import REGULATIONS
from fixtures.demo import TILE, write_demo

KEY = ["entity", "deal", "clause", "arose"]
UNTOLD = {"amocrm": {"AGY": 12, "BED": 12}, "bitrix24": {"FUR": 26, "KDL": 10, "KLD": 5}}
"""How many clauses the files tell too little for: a letter, an invoice, a task's due, the past of a field."""
CASES = [(source, regulation) for source, regulations in UNTOLD.items() for regulation in regulations]


def audited(folder: Path, regulation: str, source: str) -> Audit:
    write_demo(folder / source, regulation=regulation, deals=60, seed=1, layout=source)
    request = Request(regulations=tuple(REGULATIONS), named=(regulation,), all_duties=True)
    return audit(load([folder / source / "exports"], Settings()), request, Settings())


def violated(result: Audit) -> set[tuple[str, ...]]:
    rows = result.duties[result.duties["verdict"] == "violated"][KEY].astype(str)
    return set(rows.itertuples(index=False, name=None))


@pytest.mark.parametrize(("source", "regulation"), CASES)
def test_nobody_is_accused_of_what_the_plain_layout_does_not_say(tmp_path: Path, source: str, regulation: str) -> None:
    plain, native = (audited(tmp_path, regulation, name) for name in ("plain", source))
    # of a field that was changed a CRM's list tells the last value: what hangs on an earlier one is told by none
    clauses = {row[2] for row in violated(native)} - UNTOLD_BY_BITRIX
    clauses = clauses & {*TOLD_BY_BITRIX} if regulation == "FUR" else clauses
    told = {row for row in violated(native) if row[2] in clauses}
    assert told and told <= violated(plain)
    assert (native.duties["verdict"] == "met").sum() > 500
    unchecked = [one.clause for one in native.coverage if one.status.name == "NOT_CHECKED"]
    assert len(unchecked) <= UNTOLD[source][regulation], unchecked
    assert not native.crashes


@pytest.mark.parametrize(("source", "regulation"), CASES)
def test_every_row_of_these_files_is_read_or_told(tmp_path: Path, source: str, regulation: str) -> None:
    write_demo(tmp_path, regulation=regulation, deals=20, seed=1, layout=source)
    tables = load([tmp_path / "exports"], Settings())
    read: dict[str, int] = {}
    for part in tables.sources.sources:
        read[part.file] = read.get(part.file, 0) + part.rows
    for file in (tmp_path / "exports").glob("*.[cx][sl][vs]"):
        text = file.read_text(encoding="utf-8-sig")
        rows = text.count("<tr>") if file.suffix == ".xls" else len(text.splitlines())
        assert read[file.name] == rows - 1, file.name


def test_a_company_s_demo_is_of_its_own_crm(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="AGY, BED"):
        write_demo(tmp_path, regulation="FUR", deals=20, seed=1, layout="amocrm")
    assert not any(tmp_path.iterdir())


def test_every_tile_has_files_of_its_own(tmp_path: Path) -> None:
    write_demo(tmp_path, regulation="AGY", deals=TILE + 1, seed=1, layout="amocrm")
    names = {file.name for file in (tmp_path / "exports").iterdir()}
    assert names >= {"amocrm_events.csv", "amocrm_events 2.csv", "amocrm_export_leads 2.csv"}
