"""The memory of big arrays is kept where the C library can be told to."""

import ctypes
from types import SimpleNamespace

import pytest

from auditor.cli import memory


def test_glibc_is_told_to_keep_what_is_freed(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[int, int] = {}
    monkeypatch.setattr(memory.sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: SimpleNamespace(mallopt=told.__setitem__))

    memory.keep_freed()

    assert told == {memory.M_MMAP_THRESHOLD: memory.MOST, memory.M_TRIM_THRESHOLD: memory.MOST}


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_another_library_goes_on_as_it_does(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(memory.sys, "platform", platform)
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: SimpleNamespace())

    memory.keep_freed()
