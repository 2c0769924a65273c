"""One run of the program: language, command, exit code; nothing leaves it as a traceback."""

import os
import signal
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from auditor import i18n
from auditor.cli.console import open_closed, speak_utf8, tell
from auditor.cli.errors import UsageError, words_of
from auditor.cli.language import language_of
from auditor.cli.memory import collect_seldom
from auditor.i18n import _

DONE, WRONG, CRASHED, STOPPED, ENDED = 0, 2, 3, 130, 143
"""Exit codes; 1 says that something is violated."""
TURN = 0.0005
"""Seconds after which a thread leaves the interpreter to another: in Python's own 5 ms numpy is long done with the step
whose thread then waits to go on."""


def main() -> NoReturn:
    """`auditor`, `python -m auditor`."""
    signal.signal(signal.SIGTERM, _end)
    collect_seldom()
    sys.setswitchinterval(TURN)
    open_closed()
    speak_utf8()
    sys.exit(run(sys.argv[1:]))


def _end(*_signal: object) -> NoReturn:
    """Whoever ends it from outside finds no half of a report."""
    sys.exit(ENDED)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; its exit code."""
    try:
        i18n.activate(language_of(arguments))
        code = _invoke(list(arguments))
    except UsageError as refusal:
        for line in refusal.lines:
            tell(line)
        return WRONG
    except KeyboardInterrupt:
        code = STOPPED
    except Exception as error:
        if os.environ.get("AUDITOR_TRACEBACK"):
            raise
        tell(crash_words(error))
        return CRASHED
    if code == STOPPED:
        tell(_("Stopped."))
    return code


def _invoke(arguments: list[str]) -> int:
    import typer  # here an interruption of the imports is one of the run

    from auditor.cli.app import app
    from auditor.cli.completion import VARIABLE
    from auditor.cli.help import translate

    if VARIABLE in os.environ:
        from typer._completion_classes import completion_init

        completion_init()
    command: Any = typer.main.get_command(app)
    translate(command)
    try:
        result = command.main(args=arguments or ["--help"], prog_name="auditor", standalone_mode=False)
    except typer.TyperException as error:
        raise UsageError(words_of(error)) from None
    except typer.Abort:
        return STOPPED
    return result if isinstance(result, int) else DONE


def crash_words(error: Exception) -> str:
    """A line for what nobody foresaw."""
    if isinstance(error, MemoryError):
        return _("The memory is not enough: audit fewer files, or a shorter time, at once.")
    what = _("The program failed: {error}. Run it anew with AUDITOR_TRACEBACK=1 and send what it prints to its makers.")
    return what.format(error=f"{type(error).__name__} {error}".strip())
