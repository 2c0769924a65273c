"""Which files `files` of `[check]` means today."""

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.inputs.files import find_files
from auditor.settings import Limits

if TYPE_CHECKING:
    from auditor.config.models import Files


def named(files: "Files") -> str:
    """The path or pattern to read: of `newest` the file that was changed last, the pattern where it finds none."""
    return str(files.every) if files.newest is None else _newest(files.newest)


def _newest(pattern: Path) -> str:
    found, _problems = find_files([pattern], Limits())
    return str(max((file.path for file in found), key=_changed, default=pattern))


def _changed(path: Path) -> tuple[float, str]:
    """Of two files of one moment the one whose name comes later, since names often hold the date."""
    try:
        return path.stat().st_mtime, path.name
    except OSError:
        return 0, path.name
