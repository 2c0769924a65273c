"""The settings in force as TOML, each with where it came from; secrets are told by their places alone."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from auditor.config.lines import Path as TomlPath
from auditor.config.models import File, Files, Person
from auditor.config.secrets import SecretPlace
from auditor.config.values import Table
from auditor.i18n import _
from auditor.spelling import toml_text

PRIVATE = {("run", "ping_url")}
"""Addresses whose path is a secret of sorts: whoever knows it may call them."""
WIDTH = 44
Entries = Mapping[str, Any]


def in_force(file: File, name: str, lines: Mapping[TomlPath, int], others: Mapping[TomlPath, str]) -> Iterator[str]:
    """Lines of TOML, each value with its origin behind it: `others` names what did not come from the file `name`, all
    else that has no line there is a default."""
    for header, path, entries in _sections((), _entries(file)):
        if header:
            yield ""
            yield header
        for key, value in entries.items():
            line = lines.get((*path, key))
            origin = others.get((*path, key)) or (f"{name}:{line}" if line else _("default"))
            yield f"{f'{_key(key)} = {_value((*path, key), value)}':{WIDTH}}  # {origin}"


def _sections(path: TomlPath, entries: Entries) -> Iterator[tuple[str, TomlPath, Entries]]:
    """Header, path and plain values of each section that has some, the outer ones first."""
    plain = {key: value for key, value in entries.items() if value is not None and not _is_section(value)}
    if plain:
        yield _header(path), path, plain
    for key, value in entries.items():
        if isinstance(value, tuple) and _is_section(value):
            for number, table in enumerate(value):
                yield from _sections((*path, key, number), _entries(table))
        elif _is_section(value):
            yield from _sections((*path, key), _entries(value))


def _entries(table: Table | Entries) -> Entries:
    """Keys with their values; of a person only what is said of him."""
    if not isinstance(table, Table):
        return table
    names = table.model_fields_set if isinstance(table, Person) else type(table).model_fields
    return {name: getattr(table, name) for name in type(table).model_fields if name in names}


def _is_section(value: object) -> bool:
    if isinstance(value, tuple):
        return bool(value) and isinstance(value[0], Table) and not isinstance(value[0], Files)
    return isinstance(value, Table | dict) and not isinstance(value, SecretPlace | Files)


def _header(path: TomlPath) -> str:
    name = ".".join(_key(part) for part in path if isinstance(part, str))
    return f"[[{name}]]" if path and isinstance(path[-1], int) else f"[{name}]" if path else ""


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else toml_text(name)


def _value(path: TomlPath, value: Any) -> str:
    if path in PRIVATE:
        return toml_text(f"{urlsplit(value).scheme}://{urlsplit(value).hostname}/…")
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return f"{value:.15g}"
        case date():
            return value.isoformat()
        case time():
            return toml_text(f"{value:%H:%M}")
        case tuple():
            return f"[{', '.join(_value((), entry) for entry in value)}]"
        case Files(every=None):
            return f"{{ newest = {toml_text(str(value.newest))} }}"
        case Files():
            return toml_text(str(value.every))
        case SecretPlace():
            return _place(value)
        case str() | Path():
            return toml_text(str(value))
    raise TypeError(type(value))


def _place(secret: SecretPlace) -> str:
    kind, place = next((kind, place) for kind in SecretPlace.model_fields if (place := getattr(secret, kind)))
    return f"{{ {kind} = {toml_text(str(place))} }}"
