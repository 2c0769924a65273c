"""The people of the history, and those whose names it must not keep."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from auditor.history.tables import forgotten, outbox, people
from auditor.i18n import _
from auditor.spelling import folded

MARK = "#"
"""What the name of somebody forgotten begins with, before a number."""
Person = tuple[str, str, str]
"""Name, department, role."""


def shown(name: str) -> str:
    """The name as people see it."""
    return _("removed person {n}").format(n=name.removeprefix(MARK)) if name.startswith(MARK) else name


@dataclass(frozen=True)
class Masks:
    """Gives those who were forgotten a number in the place of their name, in every night to come."""

    salted: tuple[tuple[int, bytes, bytes], ...]

    @classmethod
    def of(cls, connection: Connection) -> "Masks":
        rows = connection.execute(select(forgotten.c.key, forgotten.c.salt, forgotten.c.digest).order_by("key"))
        return cls(tuple((row.key, row.salt, row.digest) for row in rows))

    def name(self, name: str) -> str:
        for key, salt, digest in self.salted:
            if _digest(name, salt) == digest:
                return f"{MARK}{key}"
        return name

    def names(self, names: Iterable[str]) -> Mapping[str, str]:
        """Each name with what is kept in its place."""
        return {name: self.name(name) for name in set(names)}


def _digest(name: str, salt: bytes) -> bytes:
    return blake2b(folded(name).encode(), key=salt).digest()


def keys_of(connection: Connection, company: int, wanted: Iterable[Person]) -> dict[Person, int]:
    """The key of each person, by the folded name; those that are new are made."""
    named = {(folded(name), department, role): name for name, department, role in sorted(wanted)}
    keys = _keys(connection.execute(select(people).where(people.c.company == company)))
    rows = [
        {"company": company, "name": name, "department": person[1], "role": person[2]}
        for person, name in named.items()
        if person not in keys
    ]
    return keys | _keys(connection.execute(insert(people).returning(people), rows)) if rows else keys


def _keys(rows: Iterable[Row[Any]]) -> dict[Person, int]:
    return {(folded(row.name), row.department, row.role): row.key for row in rows}


NAMED = ((people, people.c.name), (outbox, outbox.c.recipient))
"""Where the history names people."""


def forget(connection: Connection, name: str) -> int:
    """Put a number in the place of the name in all nights, and in those to come; how many entries had it."""
    same = [
        update(table).where(table.c.key == row.key)
        for table, column in NAMED
        for row in connection.execute(select(table.c.key, column.label("name")))
        if folded(row.name) == folded(name)
    ]
    if not same:
        return 0
    salt = secrets.token_bytes(16)
    key = connection.execute(insert(forgotten).values(salt=salt, digest=_digest(name, salt))).inserted_primary_key
    assert key is not None
    for statement in same:
        connection.execute(statement.values({"name" if statement.table is people else "recipient": f"{MARK}{key[0]}"}))
    return len(same)


def names_in(connection: Connection) -> list[str]:
    """Everybody whom the history names."""
    names = {name for _table, column in NAMED for name in connection.scalars(select(column).distinct())}
    return sorted(name for name in names if not name.startswith(MARK))
