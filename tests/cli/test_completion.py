"""Completion in the shells, tried as they ask for it."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

Run = Callable[..., tuple[int, str, str]]


def asked(words: str, number: int) -> list[str]:
    told = subprocess.run(
        (sys.executable, "-m", "auditor"), capture_output=True, text=True, check=True,
        env={**os.environ, "_AUDITOR_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(number)},
    )  # fmt: skip
    return told.stdout.split()


def test_commands_and_options_are_completed() -> None:
    assert asked("auditor exp", 1) == ["explain"]
    assert asked("auditor check --peri", 2) == ["--period"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_shell_gets_its_script(auditor: Run, shell: str) -> None:
    code, script, _err = auditor("completion", shell)
    assert (code, "_AUDITOR_COMPLETE" in script) == (0, True)
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_another_shell_is_told_with_the_nearest(auditor: Run) -> None:
    code, _out, told = auditor("completion", "bahs")
    assert (code, "bash" in told) == (2, True)
