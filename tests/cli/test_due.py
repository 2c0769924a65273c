"""«Что сегодня»: what the company owes, by the command."""

import json
import re
import subprocess
from collections.abc import Callable
from datetime import date
from itertools import cycle
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar
from syrupy.assertion import SnapshotAssertion

from tests.cli.conftest import Answer
from tests.cli.test_process import PROGRAM, environment

DAYS = ("18.03", "29.03", "12.04", "16.04", "24.04", "29.04", "30.04")
"""On which a closed deal is moved, to and fro: the history covers all days."""


@pytest.fixture
def due(company: Path, auditor: Callable[..., Answer]) -> Callable[..., Answer]:
    """`auditor due` of the company by FUR0902: Петрова has until 01.05.2024 to move deal 103."""
    stages = zip(DAYS, cycle(("Замер", "Просчёт")), strict=False)
    with (company / "exports" / "История.csv").open("a", encoding="utf-8") as history:
        history.writelines(f"102;{day}.2024 09:00;этап;;{stage};Глава\n" for day, stage in stages)

    def invoke(*options: str) -> Answer:
        return auditor("due", "exports", "--regulation", "FUR", "--select", "FUR0902", *options)

    return invoke


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("form", ["table", "json", "ics"])
def test_what_is_owed(due, snapshot: SnapshotAssertion, form: str, language: str) -> None:
    code, out, err = due("--format", form, "--lang", language)
    assert (code, err) == (0, "")
    assert out == snapshot


@pytest.mark.parametrize(
    ("as_of", "when"),
    [
        ("10.04.2024", "later"),
        ("24.04.2024", "next_week"),
        ("29.04.2024", "this_week"),
        ("30.04.2024", "tomorrow"),
        ("01.05.2024 12:00", "today"),
    ],
)
def test_how_soon_hangs_on_the_moment_of_the_audit(due, as_of: str, when: str) -> None:
    told = json.loads(due("--as-of", as_of, "--format", "json")[1])
    assert [(each["deal"], each["when"]) for each in told["duties"]] == [("103", when)]


def test_what_fell_due_before_today_is_no_longer_owed(due) -> None:
    told = json.loads(due("--as-of", "31.03.2024", "--format", "json")[1])
    assert [(each["deal"], each["when"]) for each in told["duties"]] == [("101", "today")]
    assert json.loads(due("--as-of", "02.05.2024", "--format", "json")[1])["duties"] == []


def test_the_time_that_is_used_up_is_told(due) -> None:
    [each] = json.loads(due("--as-of", "16.04.2024 17:00", "--format", "json")[1])["duties"]
    assert (each["measured"], each["limit"], each["used"]) == (15, 30, pytest.approx(0.5, abs=0.01))
    assert "15-й день из 30 · прошло 50" in due("--as-of", "16.04.2024 17:00")[1]


@pytest.mark.parametrize(
    ("options", "deals"),
    [
        (["--manager", "Петрова"], ["103"]),
        (["--manager", "Иванов"], []),
        (["--severity", "high"], ["103"]),
        (["--ignore", "FUR09"], []),
    ],
)
def test_it_is_narrowed_as_a_check_is(due, options: list[str], deals: list[str]) -> None:
    told = json.loads(due(*options, "--format", "json")[1])
    assert [each["deal"] for each in told["duties"]] == deals


def test_a_department_has_its_own(due, company: Path) -> None:
    people = "Имя;Роль;Отдел\nПетрова Анна;менеджер;Розница\nИванов Иван;менеджер;Опт\n"
    (company / "exports" / "Сотрудники.csv").write_text(people, encoding="utf-8")
    told = {name: json.loads(due("--department", name, "--format", "json")[1]) for name in ("Розница", "Опт")}
    assert {name: [each["deal"] for each in each["duties"]] for name, each in told.items()} == {
        "Розница": ["103"],
        "Опт": [],
    }
    assert told["Опт"]["scope"]["departments"] == ["Опт"]


def test_a_file_that_cannot_be_written_is_told_and_the_rest_is_done(due, company: Path) -> None:
    (company / "b.ics").mkdir()
    code, out, err = due("--output", "b.ics", "--output", "a.json")
    assert code == 2
    assert "b.ics" in err and "Записано: a.json" in err and "Сделка 103" in out


def test_an_unknown_name_is_an_error(due) -> None:
    assert due("--manager", "Сидоров")[0] == 2
    assert due("--format", "md")[2] == "--format: Возможно: таблица, json, ics, xlsx; написано «md».\n"


def test_a_workbook_is_refused_on_a_terminal(due, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    code, out, err = due("--format", "xlsx")
    assert (code, out) == (2, "")
    assert err == "--format: книга Excel не для терминала; запишите её в файл: --output отчёт.xlsx\n"


def test_nothing_judged_is_no_success(due) -> None:
    code, out, err = due("--as-of", "01.02.2024")
    assert code == 2
    assert "Проверить нечего" in err
    assert "Долгов нет: ни одной открытой обязанности." in out


def test_it_is_written_as_a_calendar_and_as_a_workbook(due, company: Path) -> None:
    code, out, err = due("--output", "a.ics", "--output", "a.xlsx", "--output", "a.txt")
    assert (code, err) == (0, "Записано: a.ics\nЗаписано: a.xlsx\nЗаписано: a.txt\n")
    assert (company / "a.txt").read_text("utf-8") == out
    [event] = Calendar.from_ical((company / "a.ics").read_bytes()).events
    assert (event["dtstart"].dt, str(event["categories"].cats[0])) == (date(2024, 5, 1), "FUR0902")
    assert openpyxl.load_workbook(company / "a.xlsx").active["D4"].value == "Сделка 103"


def test_phones_are_masked(due) -> None:
    phone = re.compile("123-45-67|9161234567")
    assert phone.search(due("--as-of", "20.03.2024")[1])
    assert not phone.search(due("--as-of", "20.03.2024", "--mask")[1])


def test_a_reader_that_has_seen_enough_is_no_error(company: Path) -> None:
    line = f'"{PROGRAM[0]}" -m auditor due exports --regulation FUR | head -n 2; exit "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", line], capture_output=True, env=environment(), cwd=company)
    assert (done.returncode, done.stderr, len(done.stdout.decode().splitlines())) == (0, b"", 2)
