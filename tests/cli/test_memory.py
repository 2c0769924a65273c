"""The memory of big arrays is kept where the C library can be told to, and cycles are looked for seldom."""

import atexit
import ctypes
import gc
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pyarrow
import pytest

from auditor.cli import app, memory, run


@pytest.fixture(autouse=True)
def _pool_of_the_other_tests() -> Iterator[None]:
    pool = pyarrow.default_memory_pool()
    yield
    pyarrow.set_memory_pool(pool)


def test_glibc_is_told_to_keep_what_is_freed_in_one_store(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[int, int] = {}
    monkeypatch.setattr(memory.os, "environ", {})
    monkeypatch.setattr(memory.sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: SimpleNamespace(mallopt=told.__setitem__))

    memory.keep_freed()

    assert told == {
        memory.M_MMAP_THRESHOLD: memory.MOST,
        memory.M_TRIM_THRESHOLD: memory.MOST,
        memory.M_TOP_PAD: memory.STEP,
        memory.M_ARENA_MAX: 1,
    }
    assert memory.os.environ["NUMPY_MADVISE_HUGEPAGE"] == "0"
    assert pyarrow.default_memory_pool().backend_name == "system"


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_another_library_goes_on_as_it_does(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(memory.sys, "platform", platform)
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: SimpleNamespace())
    pool = pyarrow.default_memory_pool().backend_name

    memory.keep_freed()

    assert pyarrow.default_memory_pool().backend_name == pool


def test_cycles_are_looked_for_seldom_and_at_the_end_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    thresholds: list[int] = []
    last: list[Callable[[], None]] = []
    monkeypatch.setattr(gc, "set_threshold", thresholds.append)
    monkeypatch.setattr(atexit, "register", last.append)

    memory.collect_seldom()

    assert (thresholds, last) == ([memory.SELDOM], [gc.freeze])


@pytest.mark.parametrize("command", ["check", "inspect"])
def test_commands_that_read_files_keep_what_is_freed(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    kept: list[bool] = []
    monkeypatch.setattr(app, "keep_freed", lambda: kept.append(True))

    run([command, "nowhere.csv"])

    assert kept == [True]
