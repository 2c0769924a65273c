"""`auditor doctor`: each thing that a night needs, and what is said where it is amiss."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from auditor.delivery.message import NotSentError
from auditor.delivery.ways import WAYS
from tests.history.conftest import PASSWORD, postgres
from tests.nightly.conftest import company, settings

__all__ = ["company", "postgres"]
Run = Callable[..., tuple[int, str, str]]
MESSAGES = """
[delivery.mail]
host = "mail.example"
sender = "auditor@company.example"
user = "auditor"
password = { env = "MAIL_KEY" }
to = ["head@company.example"]
[delivery.telegram]
token = { env = "TELEGRAM_KEY" }
"""


@pytest.fixture
def doctor(auditor: Run) -> Callable[..., tuple[int, list[str]]]:
    """The exit code, and the lines."""

    def invoke(*arguments: str) -> tuple[int, list[str]]:
        code, out, err = auditor("doctor", "--lang", "en", *arguments)
        assert err == ""
        return code, out.splitlines()

    return invoke


Doctor = Callable[..., tuple[int, list[str]]]


def add(company: Path, text: str) -> None:
    path = company / "auditor.toml"
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_before_the_first_night_all_is_well_and_nothing_is_written(company: Path, doctor: Doctor) -> None:
    before = sorted(company.rglob("*"))
    code, [settings, exports, calendar, history, runs, kept, reports, managers, messages, watcher] = doctor()
    assert code == 0
    assert settings == "✓ settings: auditor.toml"
    assert exports == "✓ exports: 2 files, up to 2024-04-10 12:00"
    assert (calendar[:11], history) == (
        "! calendar:" if "guess" in calendar else "✓ calendar:",
        f"✓ history: {company / 'nights.db'}: empty, the first night fills it",
    )
    assert runs.startswith(f"✓ folder: {company / 'state' / 'auditor' / 'runs'}")
    assert kept == f"✓ folder: {company}"
    assert reports == f"✓ folder: {company / 'reports'}"
    assert managers == f"✓ folder: {company / 'reports' / 'managers'}"
    assert messages.startswith("! messages: nobody is told of a night")
    assert watcher.startswith("! watcher: nobody notices a night that never ran") and "ping_url" in watcher
    assert sorted(company.rglob("*")) == before


def test_after_a_night_the_history_is_there(company: Path, doctor: Doctor, auditor: Run) -> None:
    assert auditor("nightly", "--quiet")[0] == 0
    assert f"✓ history: {company / 'nights.db'}" in doctor()[1]


def test_without_settings_it_says_how_they_are_made(company: Path, doctor: Doctor) -> None:
    (company / "auditor.toml").unlink()
    assert doctor() == (2, ["✗ settings: there is no auditor.toml here: auditor init FILES writes it"])


def test_every_fault_of_the_settings_is_told(company: Path, doctor: Doctor) -> None:
    settings(company, "stale_days = 0", "stale_dais = 0\nfail_on = 'x'")
    code, lines = doctor()
    assert (code, [line[:11] for line in lines]) == (2, ["✗ settings:"] * 2)
    assert "stale_days" in lines[0]


def test_old_exports_and_refused_ones_are_bad(company: Path, doctor: Doctor) -> None:
    settings(company, "stale_days = 0", "stale_days = 1")
    settings(company, '["exports"]', '["exports", "calls.xlsx"]')
    code, lines = doctor()
    told = [line for line in lines if line.startswith("✗ exports:")]
    assert (code, len(told)) == (2, 2)
    assert "calls.xlsx: there is no such file" in told[0]
    assert "after 2024-04-10" in told[1] and "check the export from the CRM" in told[1]


def test_nothing_to_read_is_bad_and_the_rest_is_looked_at(company: Path, doctor: Doctor) -> None:
    for file in (company / "exports").iterdir():
        file.unlink()
    code, lines = doctor()
    assert (code, lines[1][:10]) == (2, "✗ exports:")
    assert any(line.startswith("✓ history:") for line in lines)


def test_exports_of_which_nothing_can_be_judged(company: Path, doctor: Doctor) -> None:
    settings(company, 'regulation = ["FUR"]', "")
    for file in (company / "exports").iterdir():
        file.write_text(file.read_text("utf-8").replace("Преддоговор", "Раз").replace("Замер", "Два"), "utf-8")
    code, lines = doctor()
    assert (code, lines[1][:10], "✓ exports" in str(lines)) == (2, "✗ exports:", False)


def test_settings_that_name_no_exports(company: Path, doctor: Doctor) -> None:
    settings(company, 'files = ["exports"]', "")
    code, lines = doctor()
    assert (code, lines[1]) == (2, '✗ exports: auditor.toml: name the exports, as in [check] files = ["exports"].')


def test_days_off_past_the_official_calendar_are_a_guess(
    company: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from auditor.log import calendar

    official = calendar._official
    monkeypatch.setattr(calendar, "_official", lambda *asked: (official(*asked)[0], 2024))
    [line] = [line for line in doctor()[1] if "calendar:" in line]
    assert line.startswith("! calendar: The official working calendar is known up to 2024") and "days_off" in line


@pytest.mark.parametrize(
    ("version", "line"),
    [
        ("0", "! history: {file}: tables of an older program, the next night brings them up to date"),
        ("99", "✗ history: The history was written by a newer version of the program: install that one."),
        ("ab12", "✗ history: The database is another program's: name one of its own for the history."),
    ],
)
def test_tables_of_another_version_are_told_and_left_alone(
    company: Path, doctor: Doctor, version: str, line: str
) -> None:
    file = company / "nights.db"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE alembic_version (version_num TEXT)")
        database.execute("INSERT INTO alembic_version VALUES (?)", (version,))
    before = file.read_bytes()
    code, lines = doctor()
    assert line.format(file=file) in lines
    assert code == (2 if line[0] == "✗" else 0)
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_bad(company: Path, doctor: Doctor) -> None:
    (company / "nights.db").write_text("Это письмо, а не база данных. " * 100, "utf-8")
    code, lines = doctor()
    assert (code, [line for line in lines if "nights.db" in line and line[0] == "✗"]) == (
        2, [f"✗ history: The history {company / 'nights.db'} cannot be used: the file is no database"],
    )  # fmt: skip


def test_a_server_is_asked_and_left_as_it_is(
    company: Path, doctor: Doctor, auditor: Run, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = company.name.replace("-", "_")
    with psycopg.connect(postgres, password=PASSWORD, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    address = postgres.replace("/postgres?", f"/{name}?")
    settings(company, 'database = "nights.db"', f'database = "{address}"\npassword = {{ env = "DATABASE_KEY" }}')
    monkeypatch.setenv("DATABASE_KEY", PASSWORD)
    for _again in range(2):
        code, lines = doctor()
        assert (code, [line for line in lines if "history:" in line and "empty, the first night" in line]) == (
            0,
            lines[3:4],
        )
    assert auditor("nightly", "--quiet")[0] == 0
    assert doctor()[1][3].startswith("✓ history: postgresql") and PASSWORD not in str(doctor())
    monkeypatch.setenv("DATABASE_KEY", "wrong")
    code, lines = doctor()
    assert (code, lines[3][:10]) == (2, "✗ history:")
    assert lines[3].endswith("the user or the password is wrong")


def test_a_password_of_the_database_that_is_not_there(company: Path, doctor: Doctor) -> None:
    settings(company, 'database = "nights.db"', 'database = "postgresql://a@h/b"\npassword = { env = "NO_KEY" }')
    code, lines = doctor()
    assert (code, [line for line in lines if line.startswith("✗ history:")]) == (
        2, ["✗ history: [history] › password: There is no variable NO_KEY: set it where the program is started."],
    )  # fmt: skip


def test_a_file_for_a_folder_and_a_history_that_is_closed(
    company: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (company / "reports").write_text("no folder")
    (company / "nights.db").touch()
    monkeypatch.setattr(os, "access", lambda *_asked: False)
    code, lines = doctor()
    told = [line for line in lines if line[0] == "✗"]
    assert (code, len(told)) == (2, 3)
    assert told[0].startswith(f"✗ history: {company / 'nights.db'} cannot be written: there is no permission")
    assert [f"✗ folder: {company / 'reports'} cannot be written" in line for line in told[1:]] == [True, False]
    assert f"✗ folder: {company / 'reports' / 'managers'} cannot be written" in told[2]


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("пункт;по;утвердил;причина\nFUR0902;31.12.2099;Громов;сезон\n", "✓ waivers: {file} (1)"),
        (
            "пункт;по;утвердил;причина\nFUR0902;;Громов;сезон\n",
            "! waivers: waivers.csv › 2: this waiver does not count",
        ),
        ("пункт;по\nFUR0902;31.12.2099\n", "✗ waivers: waivers.csv: a table of waivers needs the columns"),
        (None, "✗ waivers: {file}: the waivers cannot be read: there is no such file or folder"),
    ],
)
def test_the_table_of_waivers(company: Path, doctor: Doctor, table: str | None, line: str) -> None:
    settings(company, 'files = ["exports"]', 'files = ["exports"]\nwaivers = "waivers.csv"')
    file = company / "waivers.csv"
    if table:
        file.write_text(table, "utf-8")
    code, told = doctor()
    [found] = [each for each in told if each[1:].startswith(" waivers:")]
    assert found.startswith(line.format(file=file))
    assert code == (2 if line[0] == "✗" else 0)


@pytest.fixture
def ways(company: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Mail and Telegram, each asked only in name; who was asked."""

    add(company, MESSAGES)
    monkeypatch.setenv("MAIL_KEY", "s3cret")
    monkeypatch.setenv("TELEGRAM_KEY", "12:s3cret")
    asked: list[Any] = []

    def refuse(way: Any) -> str:
        asked.append(way)
        raise NotSentError("api.telegram.org refuses: 401 Unauthorized")

    answers = {"mail": lambda way: asked.append(way) or "mail.example:587 takes mail", "telegram": refuse}
    for name, answer in answers.items():
        monkeypatch.setitem(WAYS, name, WAYS[name]._replace(check=answer))
    return asked


def test_each_way_is_asked_and_one_that_refuses_does_not_hide_the_others(ways: list[Any], doctor: Doctor) -> None:
    code, lines = doctor()
    assert lines[-4:-1] == [
        "✓ mail: mail.example:587 takes mail", "✗ Telegram: api.telegram.org refuses: 401 Unauthorized",
        "! Telegram: nobody is told by this way: give people an address under [people], or name one in to",
    ]  # fmt: skip
    assert (code, len(ways)) == (2, 2)


def test_offline_nobody_is_asked_and_keys_are_looked_for(
    ways: list[Any], doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAIL_KEY")
    code, lines = doctor("--offline")
    assert lines[-4:-2] == [
        "✗ mail: There is no variable MAIL_KEY: set it where the program is started.",
        "✓ Telegram: not asked, for --offline says so",
    ]  # fmt: skip
    assert (code, ways) == (2, [])


def test_a_watcher_is_not_told_of_a_run(company: Path, doctor: Doctor) -> None:
    settings(company, "stale_days = 0", 'stale_days = 0\nping_url = "https://watch.example/1"')
    assert doctor()[1][-1].startswith("✓ watcher: is told of each night")
