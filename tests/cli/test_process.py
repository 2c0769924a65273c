"""What only a process of its own can show: pipes, locales, `python -m`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "auditor"]


def environment(**variables: str) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHONIO", "COLUMNS"))
    }
    return {**kept, "PYTHONPATH": str(ROOT), **variables}


def test_without_a_locale_the_output_is_russian_in_utf8(company: Path) -> None:
    plain = environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    done = subprocess.run([*PROGRAM, "chek"], capture_output=True, env=plain, cwd=company)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode("utf-8") == "Команды «chek» нет. Может быть, «check»?\n"


def test_the_report_in_a_pipe_is_utf8_without_colours(company: Path) -> None:
    command = [*PROGRAM, "check", "exports", "--regulation", "FUR", "--select", "FUR0902"]
    done = subprocess.run(command, capture_output=True, env=environment(LC_ALL="C"), cwd=company)
    assert done.returncode == 1
    text = done.stdout.decode("utf-8")
    assert "Иванов Иван" in text
    assert "\x1b" not in text
    assert 90 < max(map(len, text.splitlines())) <= 100
    assert done.stderr == b""


def test_a_reader_that_has_seen_enough_is_no_error(company: Path) -> None:
    line = f'"{sys.executable}" -m auditor check exports --regulation FUR | head -n 1; exit "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", line], capture_output=True, env=environment(), cwd=company)
    assert done.stderr == b""
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("redirected", "code", "said"),
    [
        ("> /dev/full", 2, "Отчёт записать не удалось: диск переполнен\n"),
        (">&-", 1, ""),
        ("> /dev/null 2>&-", 1, ""),
    ],
)
def test_an_output_that_takes_nothing_is_no_crash(company: Path, redirected: str, code: int, said: str) -> None:
    line = f'"{sys.executable}" -m auditor check exports --regulation FUR --lang ru {redirected}'
    done = subprocess.run(["bash", "-c", line], capture_output=True, env=environment(), cwd=company)
    assert (done.returncode, done.stdout, done.stderr.decode("utf-8")) == (code, b"", said)
