"""Which file the settings are in."""

import os
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
    above = Path.cwd().parents if upwards else ()
    return next((folder / FILE_NAME for folder in above if (folder / FILE_NAME).is_file()), None)
