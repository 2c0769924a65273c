"""`auditor history`: what the nights tell; `auditor history forget`: somebody's name removed from them."""

from pathlib import Path
from typing import Any, BinaryIO

from auditor.choices import one_of
from auditor.cli.asked import configuration, known_of
from auditor.cli.console import tell
from auditor.cli.errors import UsageError
from auditor.cli.faults import Faults
from auditor.cli.forms import TABLE, Forms, Wanted
from auditor.cli.outputs import output
from auditor.config import Config
from auditor.config.secrets import SecretError
from auditor.history.failures import HistoryError
from auditor.history.forget import forget_person, known_names
from auditor.history.past import Past, past_of
from auditor.history.store import Store
from auditor.i18n import _
from auditor.nearest import unknown
from auditor.reports.view import View
from checks import REGULATIONS


def history(config: str | None, form: str | None, outputs: list[str] | None, *, full: bool) -> int:
    """Print the trends of all nights, and write them to files. Raises UsageError."""
    found, forms, faults = configuration(config, known_of(REGULATIONS)), _forms(View(full=full)), Faults()
    chosen = faults.read("--format", one_of(TABLE, "json"), form) or TABLE
    paths = faults.read_all("--output", lambda typed: output(typed, found.files, forms.all_endings), outputs or [])
    faults.refuse()
    try:
        past = past_of(store_of(found), found.whole.report.since)
    except HistoryError as error:
        raise UsageError(str(error)) from None
    forms.put_out(past, Wanted(chosen, paths))
    return 0


def _forms(view: View) -> Forms[Past]:
    def printed(past: Past, console: Any) -> None:
        from auditor.reports.past import print_past

        print_past(past, console, view)

    return Forms(
        printed,
        {"json": _write_json, "html": _write_page, "xlsx": _write_workbook},
        {".json": "json", ".html": "html", ".xlsx": "xlsx"},
    )


def _write_json(past: Past, file: BinaryIO) -> None:
    from auditor.reports.past_json import past_json

    file.write(past_json(past).encode())


def _write_page(past: Past, file: BinaryIO) -> None:
    from auditor.reports.trends.page import page_of

    file.writelines(piece.encode() for piece in page_of(past))


def _write_workbook(past: Past, file: BinaryIO) -> None:
    from auditor.reports.trends.workbook import write_workbook

    write_workbook(past, file)


def forget(name: str, config: str | None) -> int:
    """Remove the name from all nights. Raises UsageError, with the nearest name, where none is so spelt."""
    store = store_of(configuration(config, known_of(REGULATIONS)))
    try:
        names = known_names(store)
        if not forget_person(store, name):
            raise UsageError(unknown(_("The history does not name “{word}”."), name, names))
    except HistoryError as error:
        raise UsageError(str(error)) from None
    tell(
        _("Removed from the history: {name}. His nights stay under a number; delete older reports yourself.").format(
            name=name
        )
    )
    return 0


def store_of(config: Config) -> Store:
    """Where these settings keep their nights. Raises UsageError."""
    kept = config.whole.history
    try:
        password = kept.password.read().get_secret_value() if kept.password else ""
    except SecretError as error:
        raise UsageError(f"[history] › password: {error}") from None
    company = str((config.path or Path("auditor.toml")).resolve())
    return Store(kept.database, password, company, kept.keep_days)
