"""The tables brought up to date: a file is copied before, and a killed migration leaves it as it was."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from auditor.history.failures import HistoryError
from auditor.i18n import _

HEAD = "2"
"""The last migration."""
FOLDER = Path(__file__).parent / "migrations"
VERSIONS: Sequence[Path] = (FOLDER / "versions",)


def version_of(engine: Engine) -> str | None:
    """The last migration that this database had; None: none yet."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(engine: Engine) -> None:
    """All migrations that the database had not yet. Raises HistoryError where a newer program made its tables."""
    version = version_of(engine)
    if version == HEAD:
        return
    check_version(version)
    if version is not None and engine.dialect.name == "sqlite":
        back_up(Path(str(engine.url.database)), version)
    with engine.begin() as connection:
        _upgrade(connection)


def check_version(version: str | None) -> None:
    """HistoryError where these tables are not this program's to bring up to date."""
    if version and not version.isdecimal():
        raise HistoryError(_("The database is another program's: name one of its own for the history."))
    if int(version or 0) > int(HEAD):
        raise HistoryError(_("The history was written by a newer version of the program: install that one."))


def _upgrade(connection: Connection) -> None:
    from alembic import command  # 0.6 s, for the few runs that need it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, VERSIONS)).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def back_up(path: Path, version: str) -> Path:
    """A copy beside the file, named by its version and the moment."""
    copy = path.with_name(f"{path.name}.{version}-{datetime.now():%Y%m%d-%H%M%S}.bak")
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def backups_of(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}.*.bak"))
