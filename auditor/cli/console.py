"""Where words go: reports to stdout, progress and errors to stderr; a pipe gets plain lines."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TextIO

from auditor.cli.errors import UsageError
from auditor.failures import why
from auditor.i18n import _

Progress = Callable[[str], None]


def speak_utf8() -> None:
    """Make both streams write UTF-8 where the locale is C or the code page is old; never fail at a letter."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            utf8 = stream.encoding.lower().replace("-", "") == "utf8"
            stream.reconfigure(encoding=None if utf8 else "utf-8", errors="replace")


def open_closed() -> None:
    """Streams that were closed before the program began (`>&-`) lead nowhere."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 (open until the end)
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123


def tell(line: str) -> None:
    """A line to stderr; what a file's name may hide in it (control and bidi characters) is shown as a mark. Where it
    cannot be written (a full disk), the exit code alone speaks."""
    try:
        print("".join(letter if letter.isprintable() else "�" for letter in line), file=sys.stderr, flush=True)
    except OSError:
        _lead_nowhere(sys.stderr)


@contextmanager
def progress() -> Iterator[Progress]:
    """Tells on a terminal's stderr what is being done; elsewhere silent."""
    if not sys.stderr.isatty():
        yield lambda _line: None
        return
    from rich.console import Console  # a report in JSON on a pipe does without

    from auditor.reports.console import safe_text

    with Console(stderr=True).status("") as status:
        yield lambda line: status.update(safe_text(line))


@contextmanager
def quiet_pipe() -> Iterator[None]:
    """A reader that has seen enough (`| head`) is no error: the rest of the output goes nowhere."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _lead_nowhere(sys.stdout)
    except OSError as error:
        _lead_nowhere(sys.stdout)
        raise UsageError(_("The report cannot be written: {why}").format(why=why(error))) from None


def _lead_nowhere(stream: TextIO) -> None:
    """What is still buffered must not fail again when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
