"""What only a process of its own can show: pipes, locales, `python -m`."""

import os
import signal
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


@pytest.mark.parametrize("command", ["--help > /dev/full", "check -h > /dev/full", "check nowhere 2> /dev/full"])
def test_help_and_errors_that_cannot_be_written_are_wrong_usage(company: Path, command: str) -> None:
    line = f'"{sys.executable}" -m auditor {command}'
    assert subprocess.run(["bash", "-c", line], capture_output=True, env=environment(), cwd=company).returncode == 2


@pytest.mark.parametrize("module", ["auditor.cli.program", "tomllib", "typer", "auditor.cli.app", "pandas"])
def test_who_stops_it_while_it_is_loading_sees_no_traceback(company: Path, module: str) -> None:
    code = f"""
import sys
class Stopped:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stopped())
sys.argv[1:] = ["check", "exports"]
from auditor.cli import main
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(), cwd=company)
    assert done.returncode in (130, -2)  # -2: Python ends itself by the signal, which a shell calls 130
    assert done.stdout == b""
    assert done.stderr.decode("utf-8") in ("", "Остановлено.\n")


@pytest.mark.parametrize(
    ("sent", "codes"), [(signal.SIGTERM, (143,)), (signal.SIGINT, (130, -signal.SIGINT))], ids=["ended", "stopped"]
)
def test_who_ends_it_while_it_writes_leaves_the_old_report_and_nothing_else(
    company: Path, sent: signal.Signals, codes: tuple[int, ...]
) -> None:
    code = """
import sys, time
from auditor.cli import main, outputs
def write(audit, view, file):
    file.write(b"half")
    print("half", flush=True)
    time.sleep(60)
outputs.WRITERS = {**outputs.WRITERS, "json": write}
sys.argv[1:] = ["check", "exports", "--regulation", "FUR", "--quiet", "--output", "report.json"]
main()
"""
    (company / "report.json").write_text("old")
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment(), cwd=company
    ) as process:
        assert process.stdout is not None
        while process.stdout.readline().strip() not in (b"half", b""):
            pass
        process.send_signal(sent)
        assert process.wait(30) in codes
    assert (company / "report.json").read_text() == "old"
    assert sorted(path.name for path in company.iterdir()) == ["exports", "report.json"]


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "ascii", "latin-1", "utf-16", "utf-8"])
def test_redirected_streams_are_utf8_whatever_the_code_page(company: Path, encoding: str) -> None:
    env = environment(PYTHONIOENCODING=encoding, LC_ALL="C")
    said = subprocess.run([*PROGRAM, "chek"], capture_output=True, env=env, cwd=company)
    assert said.stderr.decode("utf-8") == "Команды «chek» нет. Может быть, «check»?\n"
    command = [*PROGRAM, "check", "exports", "--regulation", "FUR", "--select", "FUR0902"]
    assert "Иванов Иван" in subprocess.run(command, capture_output=True, env=env, cwd=company).stdout.decode("utf-8")


@pytest.mark.parametrize("option", ["--config", "--waivers"])
def test_a_pipe_or_a_device_is_no_file_of_settings(company: Path, option: str) -> None:
    os.mkfifo(company / "pipe")
    for path in ("pipe", "/dev/zero"):
        command = [*PROGRAM, "check", "exports", "--regulation", "FUR", option, path, "--format", "json"]
        done = subprocess.run(command, capture_output=True, env=environment(), cwd=company, timeout=60)
        assert done.returncode == 2
        assert "это не обычный файл" in (done.stdout + done.stderr).decode("utf-8")


def test_settings_of_the_working_folder_that_are_a_pipe_are_told(company: Path) -> None:
    (company / "auditor.toml").unlink(missing_ok=True)
    os.mkfifo(company / "auditor.toml")
    command = [*PROGRAM, "check", "exports", "--regulation", "FUR"]
    done = subprocess.run(command, capture_output=True, env=environment(), cwd=company, timeout=60)
    assert done.returncode == 2
    assert done.stderr.decode("utf-8") == "auditor.toml › файл не читается: это не обычный файл\n"


def test_the_name_of_a_file_is_no_markup_on_a_terminal(company: Path) -> None:
    (company / "exports").rename(company / "[")
    (company / "[" / "Сделки.csv").rename(company / "[" / "b].csv")
    (company / "x").mkdir()
    (company / "x" / "b].csv").write_text("ID сделки;Этап;Дата создания\n901;Замер;01.03.2024\n", encoding="utf-8")
    spawn = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
    command = [sys.executable, "-c", spawn, *PROGRAM, "check", "[", "x", "--regulation", "FUR", "--select", "FUR0902"]
    done = subprocess.run(command, capture_output=True, env=environment(), cwd=company)
    assert (done.returncode, "FUR0902" in done.stdout.decode("utf-8", "replace")) == (1, True)
