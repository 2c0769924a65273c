"""Workbooks apart: one per person, one per department, in a folder."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from auditor.audit.result import Audit
from auditor.cli.console import tell
from auditor.cli.errors import UsageError
from auditor.cli.outputs import cannot, is_input
from auditor.i18n import _, ngettext
from auditor.written import written_whole

ENDING = ".xlsx"
Parts = Iterator[tuple[str, Audit]]


def folder(typed: str, inputs: Iterable[str]) -> Path:
    """The folder to write to. Raises ValueError where it is none, or the next audit would read what is in it."""
    path = Path(typed)
    if path.exists() and not path.is_dir():
        raise ValueError(_("“{file}” is no folder.").format(file=typed))
    if is_input(path / f"report{ENDING}", inputs):
        raise ValueError(_("“{file}” lies among the exports: write the report elsewhere.").format(file=typed))
    return path


def write_per_manager(audit: Audit, path: Path) -> None:
    """A workbook for everybody by name, with nothing of anybody else. Raises UsageError where one cannot be written."""
    from auditor.reports.apart import of_people

    _write(path, of_people(audit))


def write_per_department(audit: Audit, path: Path) -> None:
    """A workbook per department. Raises UsageError where there are none, or one cannot be written."""
    from auditor.reports.apart import of_departments

    if not audit.scores["department"].astype(object).fillna("").any():
        raise UsageError(
            _("The exports name no departments: add a sheet “People” with the columns Name and Department.")
        )
    _write(path, ((name or _("no department"), part) for name, part in of_departments(audit)))


def _write(path: Path, parts: Parts) -> None:
    from auditor.reports.names import file_names
    from auditor.reports.workbook.report import write_workbook

    names, written = file_names(), 0
    try:
        path.mkdir(parents=True, exist_ok=True)
        for name, audit in parts:
            with written_whole(path / f"{names.free(name)}{ENDING}") as file:
                write_workbook(audit, file)
            written += 1
    except OSError as error:
        raise UsageError(cannot(path, error)) from None
    form = ngettext("Written: {folder}, {n} workbook", "Written: {folder}, {n} workbooks", written)
    tell(form.format(folder=path, n=written))
