"""Which file the settings are in."""

import os
from collections.abc import Sequence
from pathlib import Path

FILE_NAME = "auditor.toml"
VARIABLE = "AUDITOR_CONFIG"


def settings_file(option: str | None, *, upwards: bool = True) -> Path | None:
    """What `--config` names, else the variable, else `auditor.toml` of the working folder, else (`upwards`) of the
    nearest folder above it; None where there is none."""
    if named := option or os.environ.get(VARIABLE):
        return Path(named)
    here = Path(FILE_NAME)
    if here.exists():
        return here
    return next(filter(_is_file, (folder / FILE_NAME for folder in _above())), None) if upwards else None


def _above() -> Sequence[Path]:
    """The folders above the working one, the nearest first; none where that one is gone."""
    try:
        return Path.cwd().parents
    except OSError:
        return ()


def _is_file(path: Path) -> bool:
    """Whether it is a file that may be looked at: a folder above may be somebody else's."""
    try:
        return path.is_file()
    except OSError:
        return False
