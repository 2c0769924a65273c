"""`auditor compare`: two JSON reports side by side."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from auditor.choices import one_of
from auditor.cli.console import quiet_pipe
from auditor.cli.faults import Faults
from auditor.reports.comparison import Comparison
from auditor.reports.comparison_json import comparison_json
from auditor.reports.comparison_markdown import comparison_markdown
from auditor.reports.read_report import Report, ReportError, read_report
from auditor.reports.view import View


def compare(before: str, after: str, form: str | None, *, full: bool) -> int:
    """Print what became of the first report's violations in the second. Raises UsageError."""
    faults = Faults()
    chosen = faults.read("--format", one_of(*FORMS), form) or "table"
    reports = [report for name in (before, after) if (report := _read(name, faults))]
    faults.refuse()
    with quiet_pipe():
        FORMS[chosen](Comparison(*reports), View(full=full))
    return 0


def _read(name: str, faults: Faults) -> Report | None:
    try:
        return read_report(Path(name))
    except ReportError as error:
        faults.lines.append(str(error))
        return None


def _table(comparison: Comparison, view: View) -> None:
    from auditor.reports.comparison_table import print_comparison
    from auditor.reports.console import console_for

    print_comparison(comparison, console_for(sys.stdout), view)


FORMS: Mapping[str, Callable[[Comparison, View], object]] = {
    "table": _table,
    "json": lambda comparison, _view: sys.stdout.write(comparison_json(comparison)),
    "md": lambda comparison, view: sys.stdout.write(comparison_markdown(comparison, view)),
}
