"""The forms of a report of its own: what prints it, what writes it, and which the command line asks for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar

from auditor.cli.console import quiet_pipe
from auditor.cli.errors import UsageError
from auditor.cli.faults import Faults
from auditor.cli.options import Options
from auditor.cli.outputs import each_written, form_of, output, print_bytes, print_text, write_text, write_to

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
        printed = partial(self.printed, thing)
        writers = {TABLE: partial(write_text, printed)} | {
            form: partial(writer, thing) for form, writer in self.writers.items()
        }
        unwritten = each_written(
            partial(write_to, path, writers[self.endings.get(path.suffix.lower(), TABLE)]) for path in wanted.outputs
        )
        with quiet_pipe():
            print_text(printed) if wanted.form == TABLE else print_bytes(writers[wanted.form])
        if unwritten:
            raise UsageError(*unwritten)
