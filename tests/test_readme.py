"""What the README shows can be used as it stands."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import BaseModel

from auditor.cli.app import app
from auditor.cli.asked import known_of
from auditor.cli.periods import days_of
from auditor.config import read_config
from auditor.config.faults import model_of
from auditor.config.lines import lines_of
from auditor.config.models import File, Files, Person
from auditor.config.secrets import SecretPlace
from auditor.inputs.captions import ALIASES, NEEDED, SHEET_NAMES
from auditor.reports.star import SCHEMAS
from auditor.settings import Settings
from checks import REGULATIONS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
[EXAMPLE] = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)


def test_the_example_of_the_settings_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "auditor.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    config = read_config(path, known_of(REGULATIONS))
    assert config.settings.stages == {"Не дозвонились": "Недозвон", "Подписали": "Сделка успешна"}
    assert config.settings.pipelines == {"Кухни": "Продажи"}
    assert ("FUR0902", "days", 45) in config.parameters


def test_the_example_shows_every_setting() -> None:
    shown = {tuple(part for part in path if isinstance(part, str)) for path in lines_of(EXAMPLE)}
    assert {path for path in settings(File) if path not in shown} == LEFT_OUT


LEFT_OUT = {
    *((("delivery", way, key)) for way in ("bitrix24", "telegram", "max") for key in ("ca_file", "timeout")),
    *((("delivery", way, "proxy")) for way in ("telegram", "max")),
    ("delivery", "max", "url"),
}
"""What is said of one way holds of the others."""


def settings(model: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every setting with a name of its own."""
    for name, field in model.model_fields.items():
        table = model_of(field.annotation)
        if table in (None, SecretPlace, Files, Person):
            yield (*above, name)
        else:
            yield from settings(table, (*above, name))


def test_the_example_tells_everything_of_a_person() -> None:
    assert set(tomllib.loads(EXAMPLE)["people"]["Иванов Иван"]) == set(Person.model_fields)


def test_every_command_and_option_of_the_readme_exists() -> None:
    from typer.main import get_command

    commands = get_command(app).commands  # type: ignore[attr-defined]
    lines = re.findall(r"auditor ([a-z]+)\b([^\n`#]*)", README)
    for name, rest in lines:
        if name in commands:
            known = {option for parameter in commands[name].params for option in parameter.opts}
            assert set(re.findall(r"--[a-z-]+", rest)) <= known | {"--help"}, (name, rest)
    options = {option for command in commands.values() for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) <= options | {"--help"}


def test_the_columns_of_every_table_stand_in_its_row_the_compulsory_ones_bold() -> None:
    rows = {line.split("|")[1].split(",")[0].strip(): line for line in README.splitlines() if line.startswith("| ")}
    for table, columns in ALIASES.items():
        row = rows[SHEET_NAMES[table][0]]
        told = set(re.split(r", | или |\*\*|\||;|\(", row.replace("**", "")))
        assert {first for first, *_ in columns.values()} - {word.strip() for word in told} == set(), table
        for group in NEEDED[table]:
            assert {f"**{columns[column][0]}**" in row for column in group} == {True}, table


def test_the_page_on_bi_names_every_column_of_every_table() -> None:
    page = (ROOT / "docs" / "bi.md").read_text("utf-8")
    rows = [[re.findall("`([a-z_]+)`", cell) for cell in line.split("|")] for line in page.splitlines()]
    told = {row[1][0]: row[3] for row in rows if len(row) == 5 and row[1]}
    assert told == {name: schema.names for name, schema in SCHEMAS.items()}


ZONE = Settings().timezone
[CRON] = re.findall(r"^0 7 \* \* 1-5  (.*)$", README, re.MULTILINE)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder as README means it: the program where pipx puts it, the exports in their folder."""
    program = tmp_path / ".local" / "bin" / "auditor"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m auditor "$@"\n')
    program.chmod(0o755)
    (tmp_path / "auditor" / "выгрузки").mkdir(parents=True)
    return tmp_path


def test_the_line_of_cron_works_as_it_stands(home: Path) -> None:
    """A deal that fell due on the last working day is in the report of this morning, one of the month before is not."""
    today = datetime.now(ZoneInfo(ZONE)).date()
    due = days_of("last-working-day", today, Settings())[0]
    exports = home / "auditor" / "выгрузки"
    entered = {"1": due - timedelta(30), "2": due - timedelta(60), "3": today}
    deals = [f"{name};Продажи;Преддоговор;Анна;{day:%d.%m.%Y}" for name, day in entered.items()]
    moves = [f"{name};{day:%d.%m.%Y} 00:00;этап;Замер;Преддоговор;Анна" for name, day in entered.items()]
    (exports / "Сделки.csv").write_text(
        "\n".join(("ID сделки;Воронка;Этап;Ответственный;Дата создания", *deals)), encoding="utf-8"
    )
    (exports / "История.csv").write_text(
        "\n".join(("ID сделки;Время;Событие;Было;Стало;Автор", *moves)), encoding="utf-8"
    )
    line = CRON.replace("\\%", "%")
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "TZ": ZONE}
    done = subprocess.run(["sh", "-c", line], capture_output=True, env=environment)
    assert (done.returncode, done.stderr.decode("utf-8")) == (0, f"Записано: отчёты/{today.isoformat()}.csv\n")
    written = (home / "auditor" / "отчёты" / f"{today.isoformat()}.csv").read_text("utf-8-sig")
    violated = [row.split(";") for row in written.splitlines() if "FUR0902" in row and "нарушено" in row]
    assert [(set("12") & set(row)) for row in violated] == [{"1"}]


def test_windows_runs_what_cron_runs() -> None:
    [line] = [line for line in README.splitlines() if line.startswith("auditor check exports --period")]
    assert re.findall(r"--[a-z-]+", line) == re.findall(r"--[a-z-]+", CRON)
