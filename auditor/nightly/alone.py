"""One run at a time."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from auditor.i18n import _, day_form

LOCK, HOLDER = "nightly.lock", "nightly.holder.json"


class BusyError(Exception):
    """Another run is under way; the words say whose."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else who asks for this folder gets it meanwhile; the system lets go of it when the process ends, in
    whatever way. Raises BusyError."""
    folder.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(folder / LOCK), folder / HOLDER
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError(_busy(holder)) from None
    try:
        told = {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now().isoformat(timespec="seconds")}
        holder.write_text(json.dumps(told), "utf-8")
        yield
        holder.unlink(missing_ok=True)
    finally:
        lock.release()


def _busy(holder: Path) -> str:
    try:
        told = json.loads(holder.read_text("utf-8"))
        since = f"{datetime.fromisoformat(told['since']):{day_form()} %H:%M}"
        words = _("Another nightly run is under way since {since}: process {pid} on {host}. This one does nothing.")
        return words.format(since=since, pid=told["pid"], host=told["host"])
    except (OSError, ValueError, KeyError, TypeError):
        return _("Another nightly run is under way. This one does nothing.")
