"""A JSON report read back, for comparison."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from auditor.audit.result import COUNTS, Coverage, Scope, Status
from auditor.failures import check_ordinary, why
from auditor.history.night import Duty, Night, Sight
from auditor.i18n import _
from auditor.inputs.quality import Gravity
from auditor.reports.counts import Counts

MOST = 512 << 20
"""Bytes of a report that is compared: so many hold about 300,000 duties."""
SCHEMA = 1

Named = tuple[str, str]
"""A person in a role."""


class ReportError(Exception):
    """A file that is no report to compare, in words."""


@dataclass(frozen=True)
class Figures:
    """What a report counts of one person."""

    manager: str
    role: str
    met: int
    late: int
    missed: int
    forbidden: int
    pending: int
    unknown: int
    waived: int
    department: str = ""


@dataclass(frozen=True)
class Trouble:
    """A problem of the exports by its gravity; an older report tells none."""

    severity: str = ""


@dataclass(frozen=True)
class Written:
    """The keys of a report that are read; others may be there."""

    schema: int
    as_of: datetime
    timezone: str
    coverage: tuple[Coverage, ...]
    managers: tuple[Figures, ...]
    duties: tuple[Duty, ...]
    scope: Scope = field(default_factory=Scope)
    problems: tuple[Trouble, ...] = ()


@dataclass(frozen=True)
class Report:
    """A report by its file's name: its night, and what it counts of each person."""

    name: str
    night: Night
    counts: dict[Named, Counts]


def read_report(path: Path) -> Report:
    """Raises ReportError where the file is no JSON report of this program."""
    try:
        written = TypeAdapter(Written).validate_json(_content(path))
    except OSError as error:
        raise ReportError(_("{file} cannot be read: {why}").format(file=path, why=why(error))) from None
    except ValidationError:
        raise _no_report(path) from None
    if written.schema != SCHEMA:
        what = _("{file} was made by another version of the program: make it anew with this one.")
        raise ReportError(what.format(file=path.name))
    if any(at and at.tzinfo for duty in written.duties for at in (written.as_of, duty.arose, duty.due)):
        raise _no_report(path)
    return Report(path.name, _night(written), {(each.manager, each.role): _counts(each) for each in written.managers})


def _no_report(path: Path) -> ReportError:
    what = _("{file} is no JSON report: make one with auditor check FILES --output report.json")
    return ReportError(what.format(file=path.name))


def _content(path: Path) -> bytes:
    check_ordinary(path)
    if path.stat().st_size > MOST:
        what = _("{file} is larger than {most} MB: compare reports of a shorter time (--period, --since).")
        raise ReportError(what.format(file=path.name, most=MOST >> 20))
    return path.read_bytes().removeprefix(b"\xef\xbb\xbf")


def _night(written: Written) -> Night:
    departments = {(each.manager, each.role): each.department for each in written.managers}
    return Night(
        as_of=written.as_of,
        timezone=written.timezone,
        duties=tuple(replace(d, department=departments.get((d.manager, d.role), "")) for d in written.duties),
        sights={each.clause: Sight.of(each) for each in written.coverage if each.status != Status.BY_HAND},
        scope=written.scope,
        whole=not any(trouble.severity == Gravity.REFUSED for trouble in written.problems),
    )


def _counts(figures: Figures) -> Counts:
    return Counts(*(getattr(figures, name) for name in COUNTS))
