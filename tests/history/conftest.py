"""Stores for the tests: a file, and a database of a PostgreSQL that the tests start themselves."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import psycopg
import pytest

from auditor.history.store import Store

PASSWORD = "тайна№1"
NUMBERS = count(1)


def _program(name: str) -> str | None:
    """Debian keeps the server's programs in a folder of their own."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ["PATH"]]))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server on a socket in a folder of its own; its address without the password. It never runs as root."""
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    if not initdb or not pg_ctl:
        pytest.skip("PostgreSQL is not installed")
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    (folder / "password").write_text(PASSWORD, "utf-8")
    if user:
        shutil.chown(folder, user)
        shutil.chown(folder / "password", user)

    def run(*command: str) -> None:
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    data = str(folder / "data")
    run(initdb, "-D", data, "-U", "auditor", "-A", "scram-sha-256", f"--pwfile={folder}/password", "-E", "UTF8",
        "--no-sync", "--locale=C.UTF-8")  # fmt: skip
    settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run(pg_ctl, "-D", data, "-w", "-l", str(folder / "log"), "-o", settings, "start")
    try:
        yield f"postgresql://auditor@/postgres?host={folder}"
    finally:
        run(pg_ctl, "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def company(tmp_path: Path) -> str:
    """The settings of a company."""
    path = tmp_path / "auditor.toml"
    path.touch()
    return str(path)


@pytest.fixture
def file_store(tmp_path: Path, company: str) -> Store:
    return Store(str(tmp_path / "nights.db"), company=company)


@pytest.fixture
def server_store(postgres: str, company: str) -> Store:
    name = f"nights{next(NUMBERS)}"
    with psycopg.connect(postgres, password=PASSWORD, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return Store(postgres.replace("/postgres?", f"/{name}?"), PASSWORD, company)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """Each test with it runs on both."""
    return request.getfixturevalue("file_store" if request.param == "sqlite" else "server_store")


@pytest.fixture
def another(store: Store) -> Store:
    """Another company in the same database."""
    return replace(store, company="/home/boris/auditor.toml")
