"""One run at a time, and none that blocks the next for ever."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.nightly.alone import HOLDER, BusyError, alone

HOLD = "import sys, time; from pathlib import Path; from auditor.nightly.alone import alone\n" \
    "with alone(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"  # fmt: skip


def test_the_second_is_told_who_is_under_way_and_since_when(tmp_path: Path) -> None:
    with alone(tmp_path / "state"), pytest.raises(BusyError) as told, alone(tmp_path / "state"):
        pass
    assert f"процесс {os.getpid()}" in str(told.value)
    with alone(tmp_path / "state"):
        assert (tmp_path / "state" / HOLDER).exists()
    assert not (tmp_path / "state" / HOLDER).exists()


def test_other_folders_are_free(tmp_path: Path) -> None:
    with alone(tmp_path / "one"), alone(tmp_path / "other"):
        assert (tmp_path / "one" / HOLDER).exists()


def test_a_run_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    killed = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE)
    assert killed.stdout is not None and killed.stdout.readline() == b"held\n"
    with pytest.raises(BusyError, match=str(killed.pid)), alone(tmp_path):
        pass
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    with alone(tmp_path):
        assert str(os.getpid()) in (tmp_path / HOLDER).read_text()


def test_a_holder_that_cannot_be_read_is_not_named(tmp_path: Path) -> None:
    with alone(tmp_path):
        (tmp_path / HOLDER).write_text("{")
        with pytest.raises(BusyError, match="Другой ночной запуск"), alone(tmp_path):
            pass
