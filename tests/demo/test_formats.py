"""The same records in every format: the same duties, and every record read or told."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from auditor import threads
from auditor.audit.engine import audit
from auditor.audit.request import Request
from auditor.inputs import load
from auditor.reports.json_report import json_of
from auditor.settings import Settings
from checks import REGULATIONS
from fixtures.demo import write_demo

COLUMNS = ["entity", "deal", "clause", "manager", "arose", "due", "met_at", "verdict"]
WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {
    ".csv": lambda frame, path: frame.to_csv(path, index=False, sep=";"),
    ".parquet": lambda frame, path: frame.to_parquet(path, index=False),
}


def apart(folder: Path, ending: str) -> Path:
    """The folder of the sheets of a demo's workbook, a file each."""
    files = folder / "files"
    files.mkdir()
    sheets = pd.read_excel(folder / "exports" / "deals.xlsx", sheet_name=None, dtype="str", engine="openpyxl")
    for name, frame in sheets.items():
        WRITERS[ending](frame, files / f"{name}{ending}")
    return files


def duties(folder: Path) -> list[tuple[str, ...]]:
    request = Request(regulations=tuple(REGULATIONS), named=("AGY",), all_duties=True)
    told = audit(load([folder], Settings()), request, Settings()).duties[COLUMNS].astype(str)
    return sorted(told.itertuples(index=False, name=None))


@pytest.mark.parametrize("ending", WRITERS)
def test_the_sheets_of_a_workbook_as_files_give_the_same_duties(tmp_path: Path, ending: str) -> None:
    write_demo(tmp_path, regulation="AGY", deals=60, seed=1)
    files = apart(tmp_path, ending)
    expected = duties(tmp_path / "exports")
    assert {row[-1] for row in expected} >= {"met", "violated"}
    assert duties(files) == expected


@pytest.mark.parametrize("regulation", ["AGY", "FUR"])
def test_side_by_side_is_said_what_is_said_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, regulation: str
) -> None:
    write_demo(tmp_path, regulation=regulation, deals=60, seed=1)
    files = apart(tmp_path, ".csv")
    (files / "а.xlsx").write_bytes(b"PK\x03\x04 nonsense")
    (files / "я.csv").write_text("Погода;Ветер\nясно;слабый\n", encoding="utf-8")

    def report() -> str:
        request = Request(regulations=tuple(REGULATIONS), named=(regulation,), all_duties=True)
        return "".join(json_of(audit(load([files], Settings()), request, Settings())))

    one_by_one = report()
    assert "а.xlsx" in one_by_one and "я.csv" in one_by_one
    monkeypatch.setattr(threads, "WORTH_IT", 0)
    assert report() == one_by_one


@pytest.mark.parametrize("regulation", ["AGY", "FUR"])
def test_every_record_of_the_pages_is_read_or_told(tmp_path: Path, regulation: str) -> None:
    write_demo(tmp_path, regulation=regulation, deals=60, seed=1, layout="api")
    told: dict[str, int] = {}
    for source in load([tmp_path / "exports"], Settings()).sources.sources:
        if source.file.endswith(".json"):
            told[source.file] = told.get(source.file, 0) + source.rows
    assert len(told) > 3
    assert told == {file: sum(1 for _record in records(tmp_path / "exports" / file)) for file in told}


def records(path: Path) -> Iterator[object]:
    for line in path.read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        found = page["_embedded"] if "_embedded" in page else {"result": page["result"]}
        for each in found.values():
            yield from (each if isinstance(each, list) else next(iter(each.values())))
