"""The demos as workbooks: the same figures as the JSON report, and in a person's own nothing of anybody else."""

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from auditor import i18n
from auditor.audit.engine import audit
from auditor.audit.request import Request
from auditor.audit.result import Audit, Waiver
from auditor.inputs import load
from auditor.reports.apart import of_departments, of_people
from auditor.reports.counts import Score
from auditor.reports.json_report import json_of
from auditor.reports.scoreboard import named
from auditor.settings import Settings
from checks import REGULATIONS
from fixtures.demo import write_demo
from fixtures.demo.plan import SCRIPTS
from tests.reports.workbooks import Front, bytes_of, listed, parts_of, rows_of

LEAVE = Waiver("", "", "Смирнов Артём", None, datetime(2030, 1, 1).date(), "Руководитель", "отпуск")


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Any:
    @cache
    def written(regulation: str) -> Path:
        folder = tmp_path_factory.mktemp("demo")
        write_demo(folder, regulation=regulation, deals=60, seed=1)
        return folder / "exports"

    return written


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.activate("en")


@pytest.fixture(scope="module", params=sorted(SCRIPTS))
def demo(request: pytest.FixtureRequest, exports: Any) -> Audit:
    """All duties of a demo while many of its deals are open; what one manager owed is waived."""
    i18n.activate("en")
    asked = Request(regulations=tuple(REGULATIONS), named=(request.param,), all_duties=True, waivers=(LEAVE,))
    settings = Settings(as_of=datetime(2024, 8, 20, 12))
    return audit(load([exports(request.param)], settings), asked, settings)


def scores_in(front: Front) -> dict[str, dict[str, Any]]:
    titles = ("Managers", "Other roles (not counted in the managers' scores)")
    there = [title for title in titles if [row for row in front.rows if row[0] == title]]
    return {each.pop("Name"): each for title in there for each in front.table(title)}


NAMES = {"violated": "violated", "late": "late", "missed": "not done", "forbidden": "not allowed", "pending": "ahead",
         "unknown": "unknown", "waived": "waived", "met": "met", "compliance": "kept",
         "compliance_before_waivers": "kept before waivers", "at_stake": "sum of deals with violations"}  # fmt: skip


def same(shown: dict[str, Any], told: dict[str, Any]) -> None:
    """Each figure of the JSON report stands in the row; one without a column is nowhere more than zero."""
    for name, title in NAMES.items():
        if title in shown:
            nothing = None if name == "at_stake" else "—"
            assert shown[title] == (nothing if told[name] is None else told[name]), title
        elif name != "compliance_before_waivers":  # it has a column where anything was waived
            assert not told.get(name), title


def compare(book: Workbook, report: dict[str, Any]) -> None:
    """Every figure of the JSON report is that of the workbook."""
    front = Front.of(book)
    scores = scores_in(front)
    for told in report["managers"]:
        name = named(Score(told["manager"], told["department"], told["role"], ()))
        same(scores[name], told)
        assert scores[name]["important"] == told["by_severity"]["high"]
    clauses = {values[0]: values for values in rows_of(book["Clauses"])}
    for told in report["clauses"]:
        same(dict(zip(clauses["Clause"], clauses[told["clause"]], strict=True)), told)
    assert front.figure("Violations") == sum(clause["violated"] for clause in report["clauses"])
    assert front.figure("Met") == sum(clause["met"] for clause in report["clauses"])


def duties_in(book: Workbook) -> dict[str, dict[str, Any]]:
    return {each["Duty id"]: each for sheet in book.worksheets[1:] if sheet.freeze_panes and sheet["A1"].font.sz == 15
            for each in listed(sheet)}  # fmt: skip


def test_every_figure_is_that_of_the_json_report(demo: Audit) -> None:
    report = json.loads("".join(json_of(demo)))
    book = load_workbook(io.BytesIO(bytes_of(demo)))
    compare(book, report)
    shown = duties_in(book)
    assert set(shown) == {told["id"] for told in report["duties"]}
    for told in report["duties"]:
        row = shown[told["id"]]
        moments = {"Due": "due", "Arose": "arose", "Done": "met_at"}
        assert {title: row[title] and row[title].isoformat() for title in moments} == {
            title: told[name] for title, name in moments.items()
        }
        numbers = {"Overrun": "overrun", "Measured": "measured", "Limit": "limit"}
        assert {title: row[title] for title in numbers} == {title: told[name] for title, name in numbers.items()}
        assert (row["What happened"] or "") == " ".join(told["why"].split())
        assert len((row["Checklist"] or "").splitlines()) == len(told["findings"])


def test_the_workbook_converted_by_libreoffice_has_the_same_figures(exports: Any, tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    asked = Request(regulations=tuple(REGULATIONS), named=("FUR",))
    demo = audit(load([exports("FUR")], Settings()), asked, Settings())
    path = tmp_path / "report.xlsx"
    path.write_bytes(bytes_of(demo))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(tmp_path / "converted"), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    compare(load_workbook(tmp_path / "converted" / "report.xlsx"), json.loads("".join(json_of(demo))))


def test_a_persons_own_workbook_holds_nothing_of_anybody_else(demo: Audit) -> None:
    seen = set()
    for name, own in of_people(demo):
        text = "\n".join(parts_of(bytes_of(own)).values())
        assert name in text
        assert [other for other in demo.people if other != name and other in text] == []
        theirs = demo.duties[demo.duties["manager"] != name]
        own_deals = set(demo.duties.loc[demo.duties["manager"] == name, "deal"])
        assert not (set(theirs["deal"]) - own_deals) & set(re.findall(r"\w+", text))
        titles = demo.duties.loc[demo.duties["manager"] == name, "title"]
        assert list(own.duties["title"]) == list(titles)  # of clients
        assert set(own.duties["id"]) == set(demo.duties.loc[demo.duties["manager"] == name, "id"])
        seen.add(name)
    assert seen == set(demo.scores["manager"]) - {""}


def test_departments_share_all_duties_among_them(demo: Audit) -> None:
    parts = dict(of_departments(demo))
    assert sum(len(part.duties) for part in parts.values()) == len(demo.duties)
    for name, part in parts.items():
        assert set(part.duties["department"].astype(object).fillna("")) <= {name}


def test_a_persons_figures_are_those_of_the_whole_report(demo: Audit) -> None:
    whole = scores_in(Front.of(load_workbook(io.BytesIO(bytes_of(demo)))))
    for name, own in of_people(replace(demo, duties=demo.duties[:0])):
        for title, figures in scores_in(Front.of(load_workbook(io.BytesIO(bytes_of(own))))).items():
            assert title.endswith(name)
            assert {key: value for key, value in figures.items() if "sum" not in key}.items() <= whole[title].items()
