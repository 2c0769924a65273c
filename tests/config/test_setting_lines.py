"""The line of every key of a TOML file, however it is written."""

import tomllib
from collections.abc import Iterator

import pytest

from auditor.config.lines import Path, line_at, lines_of

EVERY_FORM = '''\
lang = "ru"  # a comment = "x"
[time]
opens = 09:00:00
days_off = [
  2026-05-08, # the first
  "11.05.2026",
]
[people."Иванов # Иван"]
aliases = ["a", "b]", """c
[x]
d = 1"""]
schedule = \'\'\'
пн-пт\'\'\'
[people.'О"Нил'.more]
a.b."c.d" = { x = 1, y = [ { z = "}" }, 3 ] }
after = -1.5e3
[[report.files]]
formats = ["xlsx"]

[[report.files]]
folder = "a"
[report.files.inner]
k = "\\"] = \\\\"
[[report.files.many]]
n = 1
[[report.files.many]]
n = 2
[empty]
'''


def paths(value: object, above: Path = ()) -> Iterator[Path]:
    if above:
        yield above
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from paths(inner, (*above, key))


@pytest.mark.parametrize("newline", ["", "\n"])
def test_every_key_has_its_line(newline: str) -> None:
    text = EVERY_FORM.rstrip("\n") + newline
    lines = lines_of(text)
    assert set(paths(tomllib.loads(text))) == set(lines)
    assert {path: lines[path] for path in ORDER} == ORDER


ORDER = {
    ("lang",): 1,
    ("time",): 2,
    ("time", "days_off"): 4,
    ("time", "days_off", 0): 5,
    ("time", "days_off", 1): 6,
    ("people", "Иванов # Иван"): 8,
    ("people", "Иванов # Иван", "aliases", 2): 9,
    ("people", "Иванов # Иван", "schedule"): 12,
    ("people", 'О"Нил', "more", "a", "b", "c.d"): 15,
    ("people", 'О"Нил', "more", "a", "b", "c.d", "y", 0, "z"): 15,
    ("people", 'О"Нил', "more", "after"): 16,
    ("report", "files", 0, "formats", 0): 18,
    ("report", "files", 1): 20,
    ("report", "files", 1, "inner", "k"): 23,
    ("report", "files", 1, "many", 1, "n"): 27,
    ("empty",): 28,
}  # fmt: skip


def test_what_is_missing_stands_where_it_should_be() -> None:
    lines = lines_of("[delivery.mail]\nhost = 'x'\n")
    assert line_at(lines, ("delivery", "mail", "sender")) == 1
    assert line_at(lines, ("run",)) is None
