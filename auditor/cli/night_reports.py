"""The reports that a night writes: of everything, of each manager, of each department."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from auditor.audit.result import Audit
from auditor.cli.outputs import cannot, each_written, write
from auditor.config.nightly import ReportFiles
from auditor.i18n import _
from auditor.reports.apart import of_departments, of_people
from auditor.reports.masking import masked
from auditor.reports.names import file_names
from auditor.reports.view import View
from auditor.written import sweep

STEM = "auditor"


def _whole(audit: Audit) -> Iterator[tuple[str, Audit]]:
    yield STEM, audit


PARTS: Mapping[str, Callable[[Audit], Iterator[tuple[str, Audit]]]] = {
    "all": _whole,
    "manager": of_people,
    "department": of_departments,
}
"""By `per` of the settings: the name of each part, and what it holds."""


def write_reports(files: ReportFiles, audit: Audit, say: Callable[[str], None]) -> Iterator[str]:
    """Write them, each in place of yesterday's; why some could not be written."""
    try:
        files.folder.mkdir(parents=True, exist_ok=True)
        sweep(files.folder)
    except OSError as error:
        yield cannot(files.folder, error)
        return
    names = file_names()
    for name, part in PARTS[files.per](masked(audit) if files.mask else audit):
        yield from _write(part, files, names.free(name or _("no department")), say)


def _write(part: Audit, files: ReportFiles, name: str, say: Callable[[str], None]) -> list[str]:
    paths = (files.folder / f"{name}.{form}" for form in files.formats)
    return each_written(partial(write, part, path, View(), say) for path in paths)
