"""Where the nights are kept, and what is said where they cannot be."""

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.history.failures import HistoryError
from auditor.history.store import Store, reading, writing
from tests.history.conftest import PASSWORD
from tests.history.nights import duty
from tests.history.test_record import recorded


def told(use: Callable[..., object], store: Store) -> str:
    with pytest.raises(HistoryError) as error, use(store):  # type: ignore[attr-defined]
        pass
    return str(error.value)


def test_the_usual_file_is_in_the_users_state_folder_for_him_alone(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    recorded(Store(), duty("a"))
    file = tmp_path / "state" / "auditor" / "nights.db"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_rights_that_somebody_gave_the_file_stay(file_store: Store) -> None:
    recorded(file_store, duty("a"))
    Path(file_store.database).chmod(0o640)
    recorded(file_store, duty("a"), day=1)
    assert Path(file_store.database).stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("use", [writing, reading])
def test_a_file_that_is_no_database_is_told(file_store: Store, use: Callable[..., object]) -> None:
    Path(file_store.database).write_text("привет" * 1000, "utf-8")
    assert told(use, file_store) == f"История {file_store.database} недоступна: этот файл — не база данных"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "nowhere" / "nights.db"))
    assert told(writing, store).startswith(f"История {store.database} недоступна: ")
    assert not (tmp_path / "nowhere").exists()


def test_a_history_that_nobody_wrote_yet_is_told(file_store: Store) -> None:
    said = f"В {file_store.database} истории ещё нет: её записывает auditor nightly."
    assert told(reading, file_store) == said
    Path(file_store.database).touch()
    assert told(reading, file_store) == said


def test_a_file_in_which_another_run_writes_is_told(file_store: Store, monkeypatch) -> None:
    recorded(file_store, duty("a"))
    monkeypatch.setattr("auditor.history.store.PATIENCE", 0)
    with closing(sqlite3.connect(file_store.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "в неё пишет другой запуск" in told(writing, file_store)
        with reading(file_store):
            pass


def test_a_server_is_known_by_its_address_and_its_password_is_told_nowhere(server_store: Store) -> None:
    recorded(server_store, duty("a"))
    wrong = replace(server_store, password="не та")
    said = told(writing, wrong)
    assert said.endswith("недоступна: неверный пользователь или пароль")
    for secret in (PASSWORD, "не та"):
        assert secret not in said and secret not in str(server_store)


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    said = told(writing, Store("postgresql://auditor@127.0.0.1:1/nights", "тайна"))
    assert said == "История postgresql+psycopg://auditor:***@127.0.0.1:1/nights недоступна: сервер не отвечает"


def test_a_driver_that_is_not_installed_is_told(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    said = told(writing, Store("postgresql://auditor@127.0.0.1:1/nights"))
    assert said.endswith("недоступна: не установлен её драйвер: pip install 'auditor[postgres]'")
