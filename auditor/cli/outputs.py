"""Reports in each format, printed or written to files."""

import errno
import os
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from fnmatch import fnmatch
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO

from auditor.audit.result import Audit
from auditor.choices import one_of
from auditor.cli.console import tell
from auditor.cli.errors import UsageError
from auditor.failures import why
from auditor.i18n import _
from auditor.reports.csv_report import csv_of
from auditor.reports.json_report import json_of
from auditor.reports.view import Part, View
from auditor.written import folder_written_whole, written_whole

Writer = Callable[[Audit, View, BinaryIO], None]
"""Writes the whole report in one format; what only this format needs is imported here."""
Printed = Callable[[Any], None]
"""Prints to a console."""


def _write_table(audit: Audit, view: View, file: BinaryIO) -> None:
    write_text(partial(_print_table, audit, view), file)


def _print_table(audit: Audit, view: View, console: Any) -> None:
    from auditor.reports.terminal import print_report

    print_report(audit, console, view)


def _write_json(audit: Audit, _view: View, file: BinaryIO) -> None:
    file.writelines(piece.encode() for piece in json_of(audit))


def _write_csv(audit: Audit, _view: View, file: BinaryIO) -> None:
    file.writelines(piece.encode() for piece in csv_of(audit))


def _write_page(audit: Audit, view: View, file: BinaryIO) -> None:
    from auditor.reports.page.page import write_page

    write_page(audit, view, file)


def _write_markdown(audit: Audit, view: View, file: BinaryIO) -> None:
    from auditor.reports.markdown_report import markdown_of

    file.write(markdown_of(audit, view).encode())


def _write_workbook(audit: Audit, _view: View, file: BinaryIO) -> None:
    from auditor.reports.workbook.report import write_workbook

    write_workbook(audit, file)


WRITERS: Mapping[str, Writer] = {
    "table": _write_table,
    "json": _write_json,
    "csv": _write_csv,
    "html": _write_page,
    "md": _write_markdown,
    "xlsx": _write_workbook,
}
NO_TEXT = frozenset({"xlsx"})
"""Formats that are no text, and nothing for a terminal."""
ENDINGS: Mapping[str, str] = {
    ".json": "json",
    ".csv": "csv",
    ".txt": "table",
    ".html": "html",
    ".md": "md",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
}


def form_of(typed: str, forms: Iterable[str]) -> str:
    """The format to print. Raises ValueError where there is no such, or it is no text and goes to a terminal."""
    form = one_of(*forms)(typed)
    if form in NO_TEXT and sys.stdout.isatty():
        raise ValueError(_("a workbook is nothing for a terminal; write it to a file: --output report.xlsx"))
    return form


def output(typed: str, inputs: Iterable[str], endings: Collection[str] = ENDINGS.keys()) -> Path:
    """The path to write to. Raises ValueError where its ending is unknown or the next audit would read it."""
    path = Path(typed)
    if path.suffix.lower() not in endings:
        raise ValueError(_("“{file}” must end in {endings}.").format(file=typed, endings=", ".join(endings)))
    target = _target(path)
    try:
        _check_name(target)
    except OSError as error:
        raise ValueError(cannot(path, error)) from None
    if not target.parent.is_dir():
        raise ValueError(_("There is no folder “{folder}”.").format(folder=path.parent))
    if path.suffix.lower() == ".parquet":
        _check_folder(target)
    if is_input(path, inputs):
        raise ValueError(_("“{file}” lies among the exports: write the report elsewhere.").format(file=typed))
    return path


def _target(path: Path) -> Path:
    """Where links lead; a link that leads in a circle stays one."""
    return Path(os.path.realpath(path))


def _check_name(target: Path) -> None:
    """OSError where the name is too long, or its links lead in a circle."""
    try:
        found = target.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return
    if stat.S_ISLNK(found.st_mode):
        raise OSError(errno.ELOOP, "")


def _check_folder(target: Path) -> None:
    """ValueError where a folder of tables would take the place of something else."""
    from auditor.reports.star import SCHEMAS

    ours = {f"{name}.parquet" for name in SCHEMAS}
    if target.exists() and not (target.is_dir() and {each.name for each in target.iterdir()} <= ours):
        raise ValueError(_("“{file}” holds something else: name a new folder for the tables.").format(file=target.name))


def cannot(path: Path, error: OSError) -> str:
    return _("{file} cannot be written: {why}").format(file=path, why=why(error))


def is_input(path: Path, inputs: Iterable[str]) -> bool:
    """Whether one of the inputs (a file, a folder or a pattern) reads this path."""
    aim, named = _target(path), [_target(Path(each)) for each in inputs]
    return any(aim == each or each in aim.parents or fnmatch(str(aim), str(each)) for each in named)


def write(audit: Audit, path: Path, view: View, say: Callable[[str], None] = tell) -> None:
    """Write the report that the path's ending asks for, the whole of it, and say so. Raises UsageError where it cannot
    be written."""
    form = ENDINGS[path.suffix.lower()]
    if form == "parquet":
        with _told(path, say):
            _write_star(audit, _target(path))
    else:
        write_to(path, partial(WRITERS[form], audit, replace(view, part=Part.WHOLE)), say)


def write_text(printed: Printed, file: BinaryIO) -> None:
    """What people are shown, as a file."""
    from auditor.reports.console import console_for  # rich is for texts alone

    text = StringIO()
    printed(console_for(text))
    file.write(text.getvalue().encode())


def print_text(printed: Printed) -> None:
    """The same on stdout."""
    from auditor.reports.console import console_for  # rich is for texts alone

    printed(console_for(sys.stdout))


def print_bytes(writer: Callable[[BinaryIO], object]) -> None:
    """What programs are given, on stdout."""
    sys.stdout.flush()
    writer(sys.stdout.buffer)


def each_written(writings: Iterable[Callable[[], None]]) -> list[str]:
    """Write them all; why some could not be written."""
    unwritten: list[str] = []
    for write_one in writings:
        try:
            write_one()
        except UsageError as error:
            unwritten.extend(error.lines)
    return unwritten


def write_to(path: Path, writer: Callable[[BinaryIO], object], say: Callable[[str], None] = tell) -> None:
    """Write a file whole or not at all. Raises UsageError where it cannot be written."""
    with _told(path, say), written_whole(_target(path)) as file:
        writer(file)


@contextmanager
def _told(path: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Says that it was written. Raises UsageError where it could not be."""
    try:
        yield
    except OSError as error:
        raise UsageError(cannot(path, error)) from None
    say(_("Written: {file}").format(file=path))


def _write_star(audit: Audit, target: Path) -> None:
    from auditor.reports.star import write_star

    with folder_written_whole(target) as folder:
        write_star(audit, folder)


def show(audit: Audit, form: str, view: View) -> None:
    """Print the report to stdout."""
    if form == "table":
        print_text(partial(_print_table, audit, view))
    else:
        print_bytes(partial(WRITERS[form], audit, view))
