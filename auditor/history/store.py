"""Where the nights are kept: one file, or a database of PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url

from auditor.history.failures import FAILURES, NoHistoryError, in_words
from auditor.history.migrate import check_version, migrate, version_of
from auditor.i18n import _

PATIENCE = 60
"""Seconds for which a run waits until another has written."""
READ, WRITE = "BEGIN", "BEGIN IMMEDIATE"
"""How a file is opened: for writing at once, for two runs that have both read could not both write."""


@dataclass(frozen=True)
class Store:
    """`database`: a file, or an address of PostgreSQL without its password; empty: a file in the user's state folder.
    `company`: whose nights belong together, by the path of its settings. `keep_days`: older nights are forgotten."""

    database: str = ""
    password: str = ""
    company: str = ""
    keep_days: int = 1095

    @property
    def url(self) -> URL:
        if "://" not in self.database:
            return URL.create("sqlite", database=self.database or str(_usual()))
        url = make_url(self.database)
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        return url.set(password=self.password) if self.password else url

    @property
    def file(self) -> Path | None:
        """The file, None of a server."""
        return Path(self.url.database or "") if self.url.drivername == "sqlite" else None

    def __str__(self) -> str:
        """As a person may see it."""
        return str(self.file or self.url.render_as_string(hide_password=True))


def _usual() -> Path:
    from platformdirs import user_state_path

    return user_state_path("auditor", appauthor=False) / "nights.db"


@contextmanager
def writing(store: Store) -> Iterator[Connection]:
    """A connection in a transaction of its own: all that is written is there at its end, or nothing is. The tables are
    made, or brought up to date, before. Raises HistoryError."""
    with _told(store):
        if store.file:
            _make(store.file, usual=not store.database)
        engine = _engine(store, WRITE)
        migrate(engine)
        with engine.begin() as connection:
            yield connection


@contextmanager
def reading(store: Store) -> Iterator[Connection]:
    """A connection that changes nothing but tables of an older program. Raises NoHistoryError where there is none
    yet."""
    with _told(store):
        engine = _engine(store, READ)
        if (store.file and not store.file.exists()) or not version_of(engine):
            what = _("There is no history yet at {place}: auditor nightly writes it.")
            raise NoHistoryError(what.format(place=store))
        migrate(engine)
        with engine.connect() as connection:
            yield connection


def version_in(store: Store) -> str | None:
    """The last migration that its tables had, None where there are none yet; nothing is changed. Raises HistoryError
    where it cannot be used."""
    with _told(store):
        version = None if store.file and not store.file.exists() else version_of(_engine(store, READ))
        check_version(version)
        return version


@contextmanager
def _told(store: Store) -> Iterator[None]:
    try:
        yield
    except FAILURES as error:
        raise in_words(error, str(store)) from error


def _make(file: Path, *, usual: bool) -> None:
    """An empty file that only its owner may read, and its folder where that is the program's own."""
    if usual:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)


def _engine(store: Store, begin: str) -> Engine:
    engine = create_engine(store.url, poolclass=NullPool, **_options(store))
    if store.file:
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _options(store: Store) -> dict[str, Any]:
    return {"connect_args": {"timeout": PATIENCE}} if store.file else {"connect_args": {"connect_timeout": 15}}


def _prepare(connection: Any, _record: Any) -> None:
    """SQLite as the other databases are: transactions where they are begun, references that hold; and what is deleted
    is overwritten."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
