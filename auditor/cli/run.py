"""One run of the program: language, command, exit code; nothing leaves it as a traceback."""

import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import typer

from auditor import i18n
from auditor.cli.console import open_closed, speak_utf8, tell
from auditor.cli.errors import UsageError, words_of
from auditor.cli.help import translate
from auditor.cli.language import language_of
from auditor.cli.memory import collect_seldom
from auditor.i18n import _

DONE, WRONG, CRASHED, STOPPED = 0, 2, 3, 130
"""Exit codes; 1 says that something is violated."""


def main() -> NoReturn:
    """`auditor`, `python -m auditor`."""
    collect_seldom()
    open_closed()
    speak_utf8()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line; its exit code."""
    i18n.activate(language_of(arguments))
    try:
        code = _invoke(list(arguments))
    except UsageError as refusal:
        for line in refusal.lines:
            tell(line)
        return WRONG
    except typer.TyperException as error:
        tell(words_of(error))
        return WRONG
    except (KeyboardInterrupt, typer.Abort):
        code = STOPPED
    except Exception as error:
        if os.environ.get("AUDITOR_TRACEBACK"):
            raise
        tell(_crash(error))
        return CRASHED
    if code == STOPPED:
        tell(_("Stopped."))
    return code


def _invoke(arguments: list[str]) -> int:
    from auditor.cli.app import app

    command: Any = typer.main.get_command(app)
    translate(command)
    result = command.main(args=arguments or ["--help"], prog_name="auditor", standalone_mode=False)
    return result if isinstance(result, int) else DONE


def _crash(error: Exception) -> str:
    """A line for what nobody foresaw."""
    if isinstance(error, MemoryError):
        return _("The memory is not enough: audit fewer files, or a shorter time, at once.")
    what = _("The program failed: {error}. Run it anew with AUDITOR_TRACEBACK=1 and send what it prints to its makers.")
    return what.format(error=f"{type(error).__name__} {error}".strip())
