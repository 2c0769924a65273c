"""On which line of a TOML file each key stands: its readers tell the values only."""

import re
import tomllib
from collections.abc import Iterator, Mapping

Path = tuple[str | int, ...]
"""Keys, and numbers in lists from 0."""

_TOKEN = re.compile(
    r"""(?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
    r"""|(?P<comment>\#[^\n]*)|(?P<newline>\n)|(?P<mark>[\[\]{}=,.])|(?P<word>[^\s\[\]{}=,.\#"']+)""",
    re.DOTALL,
)
Token = tuple[str, str, int]
"""Its kind, itself, its line."""


def lines_of(text: str) -> Mapping[Path, int]:
    """The line of each key, section and entry of a list; `text` is TOML without faults."""
    lines: dict[Path, int] = {}
    tokens = list(_tokens(text))
    section: Path = ()
    sections: dict[Path, int] = {}  # the number of the last section of each [[list]]
    at = 0
    while at < len(tokens):
        kind, token, line = tokens[at]
        if kind == "newline":
            at += 1
        elif token == "[":
            section, at = _header(tokens, at, sections)
            for size in range(1, len(section) + 1):
                lines.setdefault(section[:size], line)
        else:
            at = _pair(tokens, at, section, lines)
    return lines


def line_at(lines: Mapping[Path, int], path: Path) -> int | None:
    """The line of the path, else of the nearest thing above it; None where even that is not in the file."""
    return next((lines[path[:size]] for size in range(len(path), 0, -1) if path[:size] in lines), None)


def _tokens(text: str) -> Iterator[Token]:
    line = 1
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind != "comment":
            yield kind, found[0], line
        line += found[0].count("\n")


def _header(tokens: list[Token], at: int, sections: dict[Path, int]) -> tuple[Path, int]:
    """The path that `[a.b]` or `[[a.b]]` opens, and the place after it."""
    many = tokens[at + 1][1] == "["
    keys, at = _keys(tokens, at + 1 + many)
    path: Path = ()
    for key in keys[:-1]:
        path = (*path, key)
        path = (*path, sections[path]) if path in sections else path
    path = (*path, keys[-1])
    if many:
        sections[path] = sections.get(path, -1) + 1
        path = (*path, sections[path])
    return path, at + 1 + many


def _keys(tokens: list[Token], at: int) -> tuple[list[str], int]:
    """The keys of a dotted key, and the place after it."""
    keys: list[str] = []
    while tokens[at][1] not in ("=", "]"):
        if tokens[at][1] != ".":
            keys.append(_key(tokens[at]))
        at += 1
    return keys, at


def _key(token: Token) -> str:
    kind, text, _line = token
    return next(iter(tomllib.loads(f"{text} = 0"))) if kind == "text" else text


def _pair(tokens: list[Token], at: int, above: Path, lines: dict[Path, int]) -> int:
    """Note the lines of `key = value`; the place after it."""
    line = tokens[at][2]
    keys, at = _keys(tokens, at)
    for key in keys:
        above = (*above, key)
        lines.setdefault(above, line)
    return _value(tokens, at + 1, above, lines)


def _value(tokens: list[Token], at: int, path: Path, lines: dict[Path, int]) -> int:
    """Note the lines of what a value holds; the place after it."""
    if tokens[at][1] == "[":
        return _entries(tokens, at + 1, path, lines)
    if tokens[at][1] == "{":
        return _inline(tokens, at + 1, path, lines)
    while at < len(tokens) and tokens[at][1] not in ("\n", ",", "]", "}"):
        at += 1
    return at


def _entries(tokens: list[Token], at: int, path: Path, lines: dict[Path, int]) -> int:
    number = 0
    while tokens[at][1] != "]":
        if tokens[at][1] in (",", "\n"):
            at += 1
            continue
        lines[*path, number] = tokens[at][2]
        at = _value(tokens, at, (*path, number), lines)
        number += 1
    return at + 1


def _inline(tokens: list[Token], at: int, path: Path, lines: dict[Path, int]) -> int:
    while tokens[at][1] != "}":
        at = at + 1 if tokens[at][1] in (",", "\n") else _pair(tokens, at, path, lines)
    return at + 1
