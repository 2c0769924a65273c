"""What befalls a machine: a full disk, a folder that may not be written to, a clock set back, two runs at once."""

import ctypes
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from auditor.cli import nightly as module
from auditor.history.record import record
from tests.loopback import Quiet, serving
from tests.nightly.conftest import Night, settings
from tests.nightly.test_killed import found

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
COMMAND = (sys.executable, "-m", "auditor", "nightly")
LATE = "103;02.05.2024 10:00;этап;Преддоговор;Сделка успешна;Петрова Анна\n"


def as_process(before: Callable[[], None]) -> tuple[int, str]:
    """The exit code of a night and what it said; `before`: what befalls its process."""
    done = subprocess.run(COMMAND, capture_output=True, text=True, preexec_fn=before)
    assert done.stdout == ""
    return done.returncode, done.stderr


def happen(company: Path) -> None:
    """Another day passes, with news."""
    history = company / "exports" / "История.csv"
    history.write_text(history.read_text("utf-8") + LATE, encoding="utf-8")


def powerless() -> None:
    """Root minds no rights of files until it gives that up."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE)


def no_room() -> None:
    """No file may grow beyond a page: what a full disk does to whoever writes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))


def test_without_room_nothing_half_written_takes_the_place_of_yesterdays(
    company: Path, nightly: Callable[..., Night]
) -> None:
    nightly()
    yesterday = found(company)
    happen(company)
    code, said = as_process(no_room)
    assert code == 2
    assert f"История {company / 'nights.db'} недоступна: диск отказывает" in said
    assert f"Не удалось записать {company / 'reports' / 'auditor.json'}: диск не принимает" in said
    assert found(company)[0]["reports/auditor.json"] == yesterday[0]["reports/auditor.json"]
    assert found(company)[1] == yesterday[1]
    assert list(company.rglob(".auditor-*")) == []
    _code, line, _lines = nightly()
    assert (line["new"], line["violated"]) == (1, 2)


def test_a_full_disk(company: Path, nightly: Callable[..., Night]) -> None:
    disk = company / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)], capture_output=True).returncode:
        return  # nobody but root may mount one: the test above stands for it
    try:
        for old, new in (('"nights.db"', '"disk/nights.db"'), ('"reports"', '"disk/reports"')):
            settings(company, old, new)
        nightly()
        yesterday = found(disk)
        happen(company)
        with suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
            while filler.write(b"x" * 4096):
                pass
        code, line, _lines = nightly()
        assert (code, line["violated"]) == (2, 2)
        assert [fault for fault in line["faults"] if not fault.endswith(": диск переполнен")] == []
        assert [name for name in ("nights.db", "auditor.json", "auditor.csv") if name not in str(line["faults"])] == []
        assert found(disk) == yesterday
        (disk / "filler").unlink()
        assert nightly()[1]["new"] == 1
        assert found(disk)[0]["reports/auditor.json"] != yesterday[0]["reports/auditor.json"]
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("closed", ["reports", "."])
def test_a_folder_that_may_not_be_written_to_is_told_and_the_rest_is_done(
    company: Path, nightly: Callable[..., Night], closed: str
) -> None:
    nightly()
    yesterday = found(company)
    happen(company)
    (company / closed).chmod(0o555)
    try:
        code, said = as_process(powerless)
    finally:
        (company / closed).chmod(0o755)
    assert code == 2
    if closed == "reports":
        assert f"{company / 'reports' / 'auditor.json'}" in said and "нет доступа" in said
        assert len({day for day, *_rest in found(company)[1]}) == 2
        assert found(company)[0]["reports/auditor.json"] == yesterday[0]["reports/auditor.json"]
    else:
        assert f"История {company / 'nights.db'}" in said
        assert found(company)[1] == yesterday[1]
        assert found(company)[0]["reports/auditor.json"] != yesterday[0]["reports/auditor.json"]


def test_a_clock_that_was_set_back_is_told_and_spoils_nothing(
    company: Path, nightly: Callable[..., Night], monkeypatch: pytest.MonkeyPatch
) -> None:
    nightly()
    monkeypatch.setattr(
        module, "record", lambda audit, store: record(audit, store, datetime.now(UTC) - timedelta(days=3))
    )
    code, line, lines = nightly()
    assert (code, line["new"], line["faults"]) == (0, 1, [])
    assert any(each.startswith("Часы переведены назад") for each in lines)
    happen(company)
    assert nightly()[1]["new"] == 1


@dataclass
class Watcher:
    """Is told of a start, and answers when it is let."""

    url: str = ""
    told: list[str] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)
    let: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    made = Watcher()

    class Handler(Quiet):
        def do_POST(self) -> None:  # noqa: N802 (its own name)
            self.body()
            made.told.append(self.path)
            made.begun.set()
            made.let.wait(60)
            self.send_response(200)
            self.end_headers()

    with serving(Handler) as url:
        made.url = f"{url}/night"
        yield made
        made.let.set()


def test_of_two_processes_at_once_one_does_the_night(company: Path, watcher: Watcher) -> None:
    settings(company, "stale_days = 0", f'stale_days = 0\nping_url = "{watcher.url}"')
    first = subprocess.Popen(COMMAND, stderr=subprocess.PIPE, text=True)
    assert watcher.begun.wait(60)
    code, said = as_process(lambda: None)
    assert (code, f"процесс {first.pid}" in said, "Ночь" in said) == (2, True, False)
    assert not (company / "nights.db").exists()
    watcher.let.set()
    assert "Ночь 10.04.2024: нарушений 1; новые 1" in first.communicate(timeout=60)[1]
    assert (first.returncode, watcher.told) == (0, ["/night/start", "/night"])
    assert {day for day, *_rest in found(company)[1]} == {"2024-04-10"}
