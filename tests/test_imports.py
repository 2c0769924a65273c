"""What a command does not need is not imported: the help is there at once."""

import subprocess
import sys

import pytest

HEAVY = {"pandas", "numpy", "pyarrow", "polars", "dask", "openpyxl", "pydantic", "holidays"}
PROGRAM = """
import atexit, runpy, sys
atexit.register(lambda: print("IMPORTED", *sys.modules, file=sys.stderr))
sys.argv = ["auditor", *sys.argv[1:]]
runpy.run_module("auditor", run_name="__main__")
"""


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["demo", "--help"], ["chek"], []])
def test_help_needs_no_heavy_library(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True)
    _words, told, imported = done.stderr.rpartition("IMPORTED ")
    assert told, done.stderr
    assert "auditor.cli.app" in imported.split()
    assert HEAVY.isdisjoint(imported.split())
