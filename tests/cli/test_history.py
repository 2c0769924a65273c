"""`auditor history` of nights that an audit of the company recorded."""

import errno
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from auditor.cli.asked import asked
from auditor.cli.audited import audited
from auditor.cli.history import store_of
from auditor.cli.options import Options
from auditor.history.record import record
from auditor.history.store import Store
from checks import REGULATIONS
from tests.cli.conftest import Answer
from tests.history.nights import audited as audited_as
from tests.history.nights import duty

SETTINGS = """
lang = "en"
[check]
files = ["exports"]
regulation = ["FUR"]
[report]
since = 01.04.2024
[history]
database = "nights.db"
"""
MARCH = datetime(2024, 3, 20, 12)


@pytest.fixture
def night(company: Path) -> Callable[..., None]:
    """Audits the company as of a moment and records the night."""
    (company / "auditor.toml").write_text(SETTINGS.replace("01.04.2024", '"01.04.2024"'), "utf-8")

    def recorded(as_of: str, **options: Any) -> None:
        what = asked(Options(as_of=as_of, select=["FUR0902"], **options), REGULATIONS)
        record(audited(what)[1], store_of(what.config), datetime(2024, 5, 1, tzinfo=UTC))

    return recorded


@pytest.fixture
def nights(night: Callable[..., None]) -> None:
    night("02.03.2024")
    night("05.04.2024")
    night("10.04.2024 12:00", set=["FUR0902.days=29"])


def test_the_trends_on_a_terminal(nights: None, auditor: Callable[..., Answer]) -> None:
    code, out, err = auditor("history")
    assert (code, err) == (0, "")
    assert [" ".join(line.split()) for line in out.splitlines() if line] == [
        "HISTORY OF VIOLATIONS",
        "3 nights · 2024-03-02 – 2024-04-10 · the last as of 2024-04-10 12:00 (Europe/Moscow)",
        "new ·▁▁ 1 the last night, 2 in all",
        "closed late ·▁█ 1 the last night, 1 in all",
        "not done ▁█▁ 0 → 0",
        "of these due before 2024-04-01 ▁█▁ 0 → 0",
        "kept ·█│▁ 50.0% → 0%",
        "! 2024-04-10: another rule judges FUR0902; before and after cannot be compared.",
        "MANAGERS",
        "Иванов Иван ·▁│▁ 0% → 0%",
        "Петрова Анна ·█│▁ 100% → 0%",
        "CLAUSES",
        "FUR0902 ·█│▁ 50.0% → 0%",
    ]


def test_the_trends_as_json(nights: None, auditor: Callable[..., Answer]) -> None:
    code, out, _err = auditor("history", "--format", "json")
    assert code == 0
    told = json.loads(out)
    assert told["days"] == ["2024-03-02", "2024-04-05", "2024-04-10"]
    assert (told["new"], told["closed_late"], told["open"]) == ([None, 1, 1], [None, 0, 1], [0, 1, 0])
    assert told["clauses"] == [{"clause": "FUR0902", "values": [None, 0.5, 0], "breaks": ["2024-04-10"]}]
    assert told["managers"][1] == {"manager": "Петрова Анна", "values": [None, 1, 0], "breaks": ["2024-04-10"]}
    assert told["rule_changes"] == [{"day": "2024-04-10", "clauses": ["FUR0902"]}]
    assert told["old"] == {"since": "2024-04-01", "values": [0, 1, 0], "fewer_per_week": 1.4, "ends": "2024-04-10"}


@pytest.mark.filterwarnings("ignore:Sparkline")
def test_the_trends_as_files(nights: None, auditor: Callable[..., Answer], company: Path) -> None:
    outputs = [word for ending in ("html", "xlsx", "json", "txt") for word in ("--output", f"trends.{ending}")]
    code, out, err = auditor("history", *outputs)
    assert (code, err) == (0, "".join(f"Written: trends.{each}\n" for each in ("html", "xlsx", "json", "txt")))
    assert (company / "trends.txt").read_text("utf-8") == out
    assert (company / "trends.json").read_text("utf-8") == auditor("history", "--format", "json")[1]
    assert "<h1>History of violations</h1>" in (company / "trends.html").read_text("utf-8")
    assert load_workbook(company / "trends.xlsx").sheetnames[0] == "Trends"


def test_a_file_that_cannot_be_written_is_told_and_the_others_are_there(
    nights: None, auditor, company: Path, monkeypatch
) -> None:
    def full(past: object, file: object) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr("auditor.reports.trends.workbook.write_workbook", full)
    code, out, err = auditor("history", "--output", "trends.xlsx", "--output", "trends.json")
    assert (code, out.split("\n")[1]) == (2, "HISTORY OF VIOLATIONS")
    assert err.startswith("Written: trends.json\ntrends.xlsx cannot be written: ")
    assert (company / "trends.json").exists()
    assert not (company / "trends.xlsx").exists()


def test_what_is_open_and_repeated(night: Callable[..., None], auditor: Callable[..., Answer], company: Path) -> None:
    path = company / "exports" / "Сделки.csv"
    deals = [f"{n};Стол;Продажи;Преддоговор;Иванов Иван;0{n}.01.2024 10:00;" for n in range(1, 10)]
    path.write_text(path.read_text("utf-8") + "\n".join(deals) + "\n", "utf-8")
    history = company / "exports" / "История.csv"
    moves = [f"{n};{n + 7 * (n % 3):02}.01.2024 10:00;этап;Замер;Преддоговор;Иванов Иван" for n in range(1, 10)]
    history.write_text(history.read_text("utf-8") + "\n".join(moves) + "\n", "utf-8")
    night("05.04.2024")
    _code, out, _err = auditor("history")
    lines = [" ".join(line.split()) for line in out.splitlines() if line]
    longest = lines[lines.index("NOT DONE LONGEST") + 1 :]
    assert longest[0] == "! Иванов Иван · Deal 3 · 63 days · FUR0902"
    assert longest[longest.index("AGAIN AND AGAIN") + 1].startswith("Иванов Иван · FUR0902 · in ")
    told = json.loads(auditor("history", "--format", "json")[1])
    assert (told["not_done"][0]["deal"], told["not_done"][0]["days"]) == ("3", 63)
    assert told["repeated"][0]["manager"] == "Иванов Иван"


def test_a_name_is_removed(nights: None, auditor: Callable[..., Answer]) -> None:
    code, out, err = auditor("history", "forget", "Иванов Иван", "--lang", "en")
    assert (code, out) == (0, "")
    assert (
        err == "Removed from the history: Иванов Иван. His nights stay under a number; delete older reports yourself.\n"
    )
    told = auditor("history")[1]
    assert "removed person 1" in told
    assert "Иванов" not in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["forget", "Ивонов Иван"], "The history does not name “Ивонов Иван”. Did you mean “Иванов Иван”?\n"),
        (["forget"], "NAME is missing.\n"),
        (["--format", "xlsx"], "--format: table, json is expected, not “xlsx”.\n"),
        (["--output", "a.csv"], "--output: “a.csv” must end in .json, .html, .xlsx, .txt.\n"),
        (
            ["--output", "exports/a.xlsx"],
            "--output: “exports/a.xlsx” lies among the exports: write the report elsewhere.\n",
        ),
        (["forgte"], "There is no command “forgte”. Possible: forget.\n"),
    ],
)
def test_wrong_usage_is_told(nights: None, auditor, arguments: list[str], said: str) -> None:
    code, out, err = auditor("history", *arguments, "--lang", "en")
    assert (code, out, err.replace("Did you mean “forget”?", "Possible: forget.")) == (2, "", said)


def test_without_any_night_it_says_who_writes_them(company: Path, auditor) -> None:
    (company / "auditor.toml").write_text('[history]\ndatabase = "nights.db"\n', "utf-8")
    code, out, err = auditor("history", "--lang", "en")
    assert (code, out) == (2, "")
    assert err == f"There is no history yet at {company / 'nights.db'}: auditor nightly writes it.\n"
    assert auditor("history", "forget", "Анна", "--lang", "en")[2] == err


def test_a_password_that_cannot_be_read_is_told(company: Path, auditor) -> None:
    settings = '[history]\ndatabase = "postgresql://a@b/c"\npassword = { env = "NOWHERE_SET" }\n'
    (company / "auditor.toml").write_text(settings, "utf-8")
    code, _out, err = auditor("history", "--lang", "en")
    assert (code, err.startswith("[history] › password: There is no variable NOWHERE_SET")) == (2, True)


def test_the_help_of_both_is_russian(auditor, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    for arguments in (["history", "--help"], ["history", "forget", "--help"]):
        code, out, _err = auditor(*arguments, "--lang", "ru")
        assert code == 0
        for english in ("Usage", "Options", "Commands", "Show this", "NAME", "What the", "Remove"):
            assert english not in out


def test_what_needs_no_history_imports_no_database() -> None:
    code = "import sys, auditor.cli.check, auditor.cli.compare; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_templates_and_workbooks_are_imported_only_when_asked_for(nights: None, company: Path) -> None:
    code = "import sys, auditor.cli as c; c.run(['history']); print({'jinja2', 'xlsxwriter'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


@pytest.mark.parametrize(
    ("nights", "told"),
    [
        ([5, 3], "▁█▅ 0 → 3, 2 fewer a week, at this pace none by 2024-04-22"),
        ([3, 5], "▁▅█ 0 → 5, 2 more a week"),
        ([5, 5], "▁██ 0 → 5"),
    ],
)
def test_the_pace_of_the_old_pile(printed_past: Callable[..., str], nights: list[int], told: str) -> None:
    printed = printed_past(nights)
    assert printed[printed.index("of these due") :].startswith(f"of these due before 2024-04-01 {told}")


@pytest.fixture
def printed_past(company: Path, auditor: Callable[..., Answer]) -> Callable[[list[int]], str]:
    """What is printed of a night in March without violations, and of two in April with so many."""

    def printed(numbers: list[int]) -> str:
        (company / "auditor.toml").write_text(SETTINGS.replace("01.04.2024", '"01.04.2024"'), "utf-8")
        store = Store(str(company / "nights.db"), company=str(company / "auditor.toml"))
        for day, number in zip((date(2024, 3, 31), date(2024, 4, 5), date(2024, 4, 12)), [0, *numbers], strict=True):
            as_of = datetime.combine(day, time(18))
            found = [duty(f"d{n}", deal=str(n), arose=MARCH, due=MARCH) for n in range(number)]
            record(audited_as(*found, as_of=as_of), store)
        return " ".join(auditor("history")[1].split())

    return printed
