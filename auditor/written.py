"""Files written whole or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, mkstemp
from typing import BinaryIO

BESIDE = ".auditor-"
"""What is being written has a name that begins so."""


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Beside, to the disk, then in place: a reader never sees half a report."""
    number, name = mkstemp(prefix=BESIDE, dir=path.parent)
    beside = Path(name)
    try:
        with open(number, "wb") as file:  # noqa: PTH123 (its number, not its name)
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(_mode(path))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def folder_written_whole(path: Path) -> Iterator[Path]:
    """A new folder, beside, then in place of the one that stood there."""
    with TemporaryDirectory(prefix=BESIDE, dir=path.parent) as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        new.mkdir()
        yield new
        if path.exists():
            path.rename(old)
        try:
            new.rename(path)
        except OSError:
            if old.exists():
                old.rename(path)
            raise


def sweep(folder: Path) -> None:
    """Remove what runs that were killed had begun to write there; nobody else may be writing."""
    for left in folder.glob(f"{BESIDE}*"):
        rmtree(left) if left.is_dir() else left.unlink()


def _mode(path: Path) -> int:
    """Of the file that is replaced, else that of any new file."""
    with suppress(FileNotFoundError):
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
