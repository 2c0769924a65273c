"""`auditor check` and `auditor inspect`."""

import sys
from collections.abc import Callable, Iterator
from functools import partial

from auditor.audit.result import Audit
from auditor.cli.apart import folder, write_per_department, write_per_manager
from auditor.cli.asked import asked
from auditor.cli.audited import audited
from auditor.cli.console import quiet_pipe, tell
from auditor.cli.errors import UsageError
from auditor.cli.faults import Faults
from auditor.cli.options import Options
from auditor.cli.outputs import WRITERS, each_written, form_of, output, show, write
from auditor.i18n import _
from auditor.reports.masking import masked
from auditor.reports.nothing import before_the_data, nothing, told
from auditor.reports.summary import summary_of
from auditor.reports.view import Part, View
from auditor.rules import Severity
from checks import REGULATIONS

NOTHING, VIOLATED, REFUSED, CRASHED = 0, 1, 2, 3
FEW = 20
Written = Callable[[Audit], None]
"""Writes one of the files that were asked for. Raises UsageError where it cannot."""


def check(options: Options) -> int:
    """Audit, write the outputs, print the report; the exit code."""
    what = asked(options, REGULATIONS)
    form, files, view = _reports(options, what.files)
    audit = audited(what)[1]
    if not audit.regulations:
        raise UsageError(*nothing_to_check_by(audit))
    shown = masked(audit) if options.mask else audit
    unwritten = each_written(partial(write_file, shown) for write_file in files)
    with quiet_pipe():
        show(shown, form, view)
    if unwritten:
        raise UsageError(*unwritten)
    nothing_judged = nothing(shown, summary_of(shown))
    if form != "table":
        for line in nothing_judged:
            tell(line)
    return max(exit_code(audit, what.fail_on), REFUSED if nothing_judged else NOTHING)


def inspect(options: Options) -> int:
    """Print how the files were understood, in short or in full; 2 where one was refused."""
    from auditor.reports.console import console_for  # rich is for this command and the table of an audit
    from auditor.reports.inspect import print_inspection, print_whole_inspection

    tables, audit = audited(asked(options, REGULATIONS))
    with quiet_pipe():
        tell_all = print_whole_inspection if options.full else print_inspection
        tell_all(tables, masked(audit) if options.mask else audit, console_for(sys.stdout))
    return exit_code(audit, "never")


def exit_code(audit: Audit, fail_on: str) -> int:
    """The highest that applies: violations at or above `fail_on`, an input refused, a check crashed."""
    codes = [NOTHING]
    if fail_on != "never" and _violations(audit, Severity(fail_on)):
        codes.append(VIOLATED)
    if any(problem.refused for problem in audit.problems):
        codes.append(REFUSED)
    if audit.crashes or audit.untold:
        codes.append(CRASHED)
    return max(codes)


def _violations(audit: Audit, least: Severity) -> int:
    grave = list(Severity)[: list(Severity).index(least) + 1]
    scores = audit.scores[audit.scores["severity"].isin(grave)]
    return int(scores[["late", "missed", "forbidden"]].to_numpy().sum())


def _reports(options: Options, inputs: tuple[str, ...]) -> tuple[str, list[Written], View]:
    """The format to print, the files to write, and how much is printed. Raises UsageError."""
    faults = Faults()
    form = faults.read("--format", lambda typed: form_of(typed, WRITERS), options.format)
    outputs = faults.read_all("--output", lambda typed: output(typed, inputs), options.output or [])
    per_manager = faults.read("--per-manager", lambda typed: folder(typed, inputs), options.per_manager)
    per_department = faults.read("--per-department", lambda typed: folder(typed, inputs), options.per_department)
    if options.quiet and options.stats:
        faults.lines.append(_("--quiet and --stats: either the sum or what is broken most."))
    faults.refuse()
    part = Part.SUM if options.quiet else Part.STATS if options.stats else Part.WHOLE
    view = View(part, options.full)
    files: list[Written] = [partial(write, path=path, view=view) for path in outputs]
    if per_manager:
        files.append(partial(write_per_manager, path=per_manager))
    if per_department:
        files.append(partial(write_per_department, path=per_department))
    return form or "table", files, view


def nothing_to_check_by(audit: Audit) -> Iterator[str]:
    """What could not be read comes first: it may be why."""
    for reason in before_the_data(audit):
        yield from told(*reason)
        return
    yield from map(str, audit.problems[:FEW])
    yield _(
        "The data names no regulation's stages. Name a regulation with --regulation, or your stages under [stages] of "
        "auditor.toml; auditor inspect shows what was read."
    )
