"""Files become canonical tables."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.inputs.tables import Tables
    from auditor.settings import Settings


def _quiet(_message: str) -> None:
    return None


def load(paths: "Sequence[str | Path]", settings: "Settings", progress: Callable[[str], None] = _quiet) -> "Tables":
    """The tables of all files that these paths name (files, folders, globs); `progress` is told each file.

    Never raises for what a file holds: everything that could not be used is in `problems`, and what the user named
    himself and could not be read at all is `refused`."""
    from auditor.inputs.loading import load_tables  # pandas is heavy: not before it is needed

    return load_tables(paths, settings, progress)
