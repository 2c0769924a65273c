"""Somebody removed from the history: his nights stay, his name does not."""

from auditor.history.migrate import backups_of
from auditor.history.people import forget, names_in
from auditor.history.store import Store, reading, writing


def known_names(store: Store) -> list[str]:
    """Everybody whom the history names. Raises HistoryError."""
    with reading(store) as connection:
        return names_in(connection)


def forget_person(store: Store, name: str) -> int:
    """Put a number in the place of a name, in all nights and in those to come; how many entries had it. Of a file no
    trace is left, and its old copies go, for they have the name. Raises HistoryError."""
    with writing(store) as connection:
        found = forget(connection, name)
    if found and store.file:
        for copy in backups_of(store.file):
            copy.unlink()
    return found
