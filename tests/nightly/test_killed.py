"""Runs that are killed at any moment: the next one finds everything whole, loses nothing, and tells nothing twice."""

import multiprocessing
import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from tests.nightly.conftest import furnish

PARTS, AT_ONCE = 60, 15
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["auditor.cli", "auditor.cli.nightly", "auditor.reports.markdown_report"])


def night(folder: Path) -> None:
    from auditor.cli import run

    os.chdir(folder)
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    os.environ.pop("AUDITOR_CONFIG", None)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os._exit(run(["nightly"]))


def whole_night(folder: Path) -> float:
    """Runs one to its end; the seconds it took."""
    began = time.monotonic()
    process = SERVER.Process(target=night, args=(folder,))
    process.start()
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - began


def found(folder: Path) -> tuple[dict[str, bytes], list[tuple[object, ...]]]:
    """All reports, and what the history tells of its nights."""
    reports = {
        str(path.relative_to(folder)): path.read_bytes() for path in (folder / "reports").rglob("*") if path.is_file()
    }
    with sqlite3.connect(folder / "nights.db") as database:
        rows = database.execute(
            "select n.day, s.duty, s.verdict, seen.became from nights n join seen on seen.night = n.key "
            "join states s on s.key = seen.state order by 1, 2"
        ).fetchall()
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    return reports, rows


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> tuple[float, tuple[dict[str, bytes], list[tuple[object, ...]]]]:
    """How long a night takes, and what it leaves."""
    folder = tmp_path_factory.mktemp("usual")
    furnish(folder)
    took = whole_night(folder)
    return took, found(folder)


@pytest.mark.parametrize("first", range(0, PARTS, AT_ONCE))
def test_after_a_kill_the_next_run_leaves_what_one_run_leaves(
    tmp_path: Path, usual: tuple[float, tuple[dict[str, bytes], list[tuple[object, ...]]]], first: int
) -> None:
    took, expected = usual
    furnish(tmp_path)
    killed = 0
    for part in range(first, first + AT_ONCE):
        process = SERVER.Process(target=night, args=(tmp_path,))
        process.start()
        time.sleep(took * (part + 1) / PARTS)
        if process.is_alive() and process.pid:
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
        process.join()
        for path in (tmp_path / "reports").rglob("auditor.*"):
            assert path.read_bytes() == expected[0][str(path.relative_to(tmp_path))]
    assert killed or first
    whole_night(tmp_path)
    assert found(tmp_path) == expected
