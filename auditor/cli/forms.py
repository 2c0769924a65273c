"""The forms of a report of its own: what prints it, what writes it, and which the command line asks for."""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar

from auditor.cli.console import quiet_pipe
from auditor.cli.errors import UsageError
from auditor.cli.faults import Faults
from auditor.cli.options import Options
from auditor.cli.outputs import form_of, output, write_to

T = TypeVar("T")
TABLE = "table"


@dataclass(frozen=True)
class Wanted:
    """The format to print, and the files to write."""

    form: str
    outputs: tuple[Path, ...]


@dataclass(frozen=True)
class Forms(Generic[T]):
    """`printed`: prints for people; `writers`: by format what writes it; `endings`: the format by the ending of a file,
    that of `.txt` is the table."""

    printed: Callable[[T, Any], None]
    writers: Mapping[str, Callable[[T, BinaryIO], None]]
    endings: Mapping[str, str]

    @property
    def all_endings(self) -> tuple[str, ...]:
        return (*self.endings, ".txt")

    def asked(self, options: Options, inputs: Iterable[str]) -> Wanted:
        """Raises UsageError with every fault."""
        faults = Faults()
        form = faults.read("--format", lambda typed: form_of(typed, (TABLE, *self.writers)), options.format)
        outputs = faults.read_all(
            "--output", lambda typed: output(typed, inputs, self.all_endings), options.output or []
        )
        faults.refuse()
        return Wanted(form or TABLE, outputs)

    def put_out(self, thing: T, wanted: Wanted) -> None:
        """Write the files, print the report. Raises UsageError where one could not be written; the others are all the
        same."""
        unwritten: list[str] = []
        for path in wanted.outputs:
            try:
                write_to(path, partial(self._writer(self.endings.get(path.suffix.lower(), TABLE)), thing))
            except UsageError as error:
                unwritten.extend(error.lines)
        with quiet_pipe():
            self._show(thing, wanted.form)
        if unwritten:
            raise UsageError(*unwritten)

    def _writer(self, form: str) -> Callable[[T, BinaryIO], None]:
        return self.writers.get(form, self._write_table)

    def _write_table(self, thing: T, file: BinaryIO) -> None:
        from auditor.reports.console import console_for  # rich is for this form alone

        text = StringIO()
        self.printed(thing, console_for(text))
        file.write(text.getvalue().encode())

    def _show(self, thing: T, form: str) -> None:
        from auditor.reports.console import console_for  # rich is for this form alone

        if form == TABLE:
            self.printed(thing, console_for(sys.stdout))
        else:
            sys.stdout.flush()
            self.writers[form](thing, sys.stdout.buffer)
