"""The tables: what all migrations make is what the program thinks, and a migration harms nobody's history."""

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from auditor.history import migrate
from auditor.history.failures import HistoryError
from auditor.history.store import Store, reading, writing
from auditor.history.tables import metadata
from tests.history.nights import duty
from tests.history.test_record import became, content, killed_at, recorded

NEXT = """
from alembic import op
import sqlalchemy as sa
revision, down_revision = "3", "2"
def upgrade():
    op.add_column("nights", sa.Column("note", sa.String))
    op.execute("UPDATE nights SET note = 'next'")
"""


def test_the_migrations_make_the_tables_that_the_program_knows(store: Store) -> None:
    with writing(store) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    assert migrate.version_of(create_engine(store.url)) == migrate.HEAD


def test_the_last_migration_is_the_last_of_the_folder() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.HEAD]


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that has one migration more."""
    folder = tmp_path / "100% newer"
    folder.mkdir()
    (folder / "v3.py").write_text(NEXT, "utf-8")
    monkeypatch.setattr(migrate, "HEAD", "3")
    monkeypatch.setattr(migrate, "VERSIONS", (*migrate.VERSIONS, folder))


def test_a_history_is_migrated_where_it_stands(store: Store, request: pytest.FixtureRequest) -> None:
    recorded(store, duty("a"))
    request.getfixturevalue("newer")
    with writing(store) as connection:
        assert connection.execute(text("SELECT note FROM nights")).scalars().all() == ["next"]
    assert became(recorded(store, duty("a"), day=1)) == {"a": "open"}


def test_a_file_is_copied_before_it_is_migrated_and_only_then(
    file_store: Store, request: pytest.FixtureRequest
) -> None:
    recorded(file_store, duty("a"))
    recorded(file_store, duty("a"), day=1)
    assert file_store.file
    assert migrate.backups_of(file_store.file) == []
    before = content(file_store)
    request.getfixturevalue("newer")
    recorded(file_store, duty("a"), day=2)
    (copy,) = migrate.backups_of(file_store.file)
    assert copy.name.startswith("nights.db.2-")
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("2",)]
        assert connection.execute("SELECT count(*) FROM nights").fetchone() == (len(before["nights"]),)
    recorded(file_store, duty("a"), day=3)
    assert migrate.backups_of(file_store.file) == [copy]


def test_a_migration_that_is_killed_leaves_the_history_as_it_was(store: Store, request: pytest.FixtureRequest) -> None:
    recorded(store, duty("a"))
    request.getfixturevalue("newer")
    statement, killed = 0, 0
    while killed_at(statement, lambda: recorded(store, duty("a"), day=1)) == -signal.SIGKILL:
        statement += 1
        killed += migrate.version_of(create_engine(store.url)) == "2"
    assert killed > 3
    assert len(content(store)["nights"]) == 2


def test_the_history_of_a_newer_program_is_left_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded(store, duty("a"))
    monkeypatch.setattr(migrate, "HEAD", "0")
    for use in (writing, reading):
        with pytest.raises(HistoryError) as error, use(store):
            pass
        assert str(error.value) == "Историю записала более новая версия программы: поставьте её."


def test_the_database_of_another_program_is_left_alone(store: Store) -> None:
    with create_engine(store.url).begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('ae1027a6acf')"))
    for use in (writing, reading):
        with pytest.raises(HistoryError, match="База принадлежит другой программе"), use(store):
            pass
    with create_engine(store.url).connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]


def test_a_run_that_needs_no_migration_imports_no_alembic(file_store: Store) -> None:
    import subprocess
    import sys

    recorded(file_store, duty("a"))
    code = f"""
import sys
from auditor.history.store import Store, writing
with writing(Store({file_store.database!r})):
    pass
print("alembic" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
