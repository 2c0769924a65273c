"""`auditor history`: what the nights tell; `auditor history forget`: somebody's name removed from them."""

import sys
from pathlib import Path

from auditor.choices import one_of
from auditor.cli.asked import configuration, known_of
from auditor.cli.console import quiet_pipe, tell
from auditor.cli.errors import UsageError
from auditor.cli.faults import Faults
from auditor.config import Config
from auditor.config.secrets import SecretError
from auditor.history.failures import HistoryError
from auditor.history.forget import forget_person, known_names
from auditor.history.past import past_of
from auditor.history.store import Store
from auditor.i18n import _
from auditor.nearest import unknown
from auditor.reports.view import View
from checks import REGULATIONS


def history(config: str | None, form: str | None, *, full: bool) -> int:
    """Print the trends of all nights. Raises UsageError."""
    faults = Faults()
    chosen = faults.read("--format", one_of("table", "json"), form) or "table"
    faults.refuse()
    found = configuration(config, known_of(REGULATIONS))
    try:
        past = past_of(store_of(found), found.whole.report.since)
    except HistoryError as error:
        raise UsageError(str(error)) from None
    with quiet_pipe():
        if chosen == "json":
            from auditor.reports.past_json import past_json

            sys.stdout.write(past_json(past))
        else:
            from auditor.reports.console import console_for
            from auditor.reports.past import print_past

            print_past(past, console_for(sys.stdout), View(full=full))
    return 0


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
