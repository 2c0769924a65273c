"""One small company with its settings: Иванов broke FUR0902, Петрова kept it, a third deal is still in time."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.cli import run
from tests.cli.conftest import DEALS, HISTORY

SETTINGS = """
[check]
regulation = ["FUR"]
files = ["exports"]

[[report.files]]
formats = ["json", "csv"]
folder = "reports"

[[report.files]]
formats = ["md"]
folder = "reports/managers"
per = "manager"

[history]
database = "nights.db"

[run]
stale_days = 0
"""


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: exports, auditor.toml, and a state folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("AUDITOR_CONFIG", raising=False)
    furnish(tmp_path)
    return tmp_path


def furnish(folder: Path) -> None:
    (folder / "exports").mkdir()
    (folder / "exports" / "Сделки.csv").write_text(DEALS, encoding="utf-8")
    (folder / "exports" / "История.csv").write_text(HISTORY, encoding="utf-8")
    (folder / "auditor.toml").write_text(SETTINGS, encoding="utf-8")


Night = tuple[int, dict[str, Any], list[str]]


@pytest.fixture
def nightly(capsys: pytest.CaptureFixture[str]) -> Callable[..., Night]:
    """Runs a night; its exit code, the figures of its last line, and the words of the lines before."""

    def invoke(*arguments: str) -> Night:
        code = run(["nightly", "--log-format", "json", *arguments])
        *lines, last = (json.loads(line) for line in capsys.readouterr().err.splitlines())
        return code, last, [line["words"] for line in lines]

    return invoke


def settings(company: Path, old: str, new: str) -> None:
    """Change a line of the settings."""
    path = company / "auditor.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
