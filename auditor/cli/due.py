"""`auditor due`: what is owed today, tomorrow and later, per manager."""

from typing import Any, BinaryIO

from auditor.cli.asked import asked
from auditor.cli.audited import audited
from auditor.cli.check import NOTHING, REFUSED, exit_code, nothing_to_check_by
from auditor.cli.console import tell
from auditor.cli.errors import UsageError
from auditor.cli.forms import Forms
from auditor.cli.options import Options
from auditor.reports.masking import masked
from auditor.reports.nothing import nothing
from auditor.reports.owed.agenda import Agenda, agenda_of
from auditor.reports.summary import summary_of
from checks import REGULATIONS


def due(options: Options) -> int:
    """Print what is owed; the exit code, for which violations are no failure."""
    what = asked(options, REGULATIONS)
    wanted = FORMS.asked(options, what.files)
    audit = audited(what)[1]
    if not audit.regulations:
        raise UsageError(*nothing_to_check_by(audit))
    shown = masked(audit) if options.mask else audit
    FORMS.put_out(agenda_of(shown), wanted)
    nothing_judged = nothing(shown, summary_of(shown))
    for line in nothing_judged:
        tell(line)
    return max(exit_code(audit, "never"), REFUSED if nothing_judged else NOTHING)


def _print(agenda: Agenda, console: Any) -> None:
    from auditor.reports.owed.terminal import print_agenda

    print_agenda(agenda, console)


def _write_json(agenda: Agenda, file: BinaryIO) -> None:
    from auditor.reports.owed.data import json_of

    file.writelines(piece.encode() for piece in json_of(agenda))


def _write_calendar(agenda: Agenda, file: BinaryIO) -> None:
    from auditor.reports.owed.calendar import calendar_of

    file.write(calendar_of(agenda))


def _write_workbook(agenda: Agenda, file: BinaryIO) -> None:
    from auditor.reports.owed.workbook import write_workbook

    write_workbook(agenda, file)


FORMS: Forms[Agenda] = Forms(
    _print,
    {"json": _write_json, "ics": _write_calendar, "xlsx": _write_workbook},
    {".json": "json", ".ics": "ics", ".xlsx": "xlsx"},
)
