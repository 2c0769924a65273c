"""The vocabulary of clauses as a page, from the docstrings of the public words of `auditor.patterns`."""

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

from auditor import patterns
from auditor.patterns.core.deadline import Deadline
from auditor.patterns.core.pattern import Pattern
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.selector import Selector
from auditor.patterns.predicates.numbers import Quantity

ROOM = re.compile(r"# ── (\w+): (.+) ──")
PARTS = (Selector, Predicate, Quantity, Deadline, Pattern)
"""What a refinement gives a changed copy of."""
MANY = 4
"""So many words stand as examples."""
HEAD = """# The words of clauses

Written by `make docs` from the docstrings; [CONTRIBUTING.md](../../CONTRIBUTING.md) tells how a clause is made of them.
An argument with «…» may be left out. What is «only possible» or «unknown» is never held against anybody.

Selectors are joined by `|`; predicates by `&`, `|` and `~`; numbers are compared by `>=`, `>`, `<=`, `<`."""


@dataclass(frozen=True)
class Word:
    """A public word: its names («OUT», «IN» are one word), how it is called, and what its docstring says."""

    names: tuple[str, ...]
    call: str
    text: str
    value: Any


@cache
def rooms() -> dict[str, tuple[str, dict[str, list[Word]]]]:
    """Per room, in the order of the vocabulary's face, what it is for and its words by module."""
    _before, *parts = ROOM.split(Path(inspect.getfile(patterns)).read_text("utf-8"))
    return {room: (what, _by_module(code)) for room, what, code in zip(*(parts[i::3] for i in range(3)), strict=True)}


def words() -> Iterator[Word]:
    """All words of all rooms."""
    for _what, modules in rooms().values():
        for found in modules.values():
            yield from found


def _by_module(code: str) -> dict[str, list[Word]]:
    imports = [node for node in ast.parse(code).body if isinstance(node, ast.ImportFrom)]
    return {node.module or "": _words(node.module or "", [name.name for name in node.names]) for node in imports}


def _words(module: str, names: list[str]) -> list[Word]:
    assigned = _assigned(module)
    return list({_word(module, *assigned.get(name, ((name,), ""))): None for name in names})


def _word(module: str, names: tuple[str, ...], text: str) -> Word:
    value = getattr(import_module(module), names[0])
    is_made = inspect.isfunction(value) or (isinstance(value, type) and issubclass(value, PARTS))
    call = _signature(value) if is_made else ""
    return Word(names, call, _in_a_line(text or inspect.getdoc(value) or ""), value)


@cache
def _assigned(module: str) -> dict[str, tuple[tuple[str, ...], str]]:
    """Per constant of the module the names that its assignment makes, and the docstring below that."""
    body = ast.parse(inspect.getsource(import_module(module))).body
    found: dict[str, tuple[tuple[str, ...], str]] = {}
    for node, below in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            names = tuple(each.id for each in ast.walk(target) if isinstance(each, ast.Name))
            text = below.value.value if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) else ""
            found |= dict.fromkeys(names, (names, str(text)))
    return found


def _signature(value: Any) -> str:
    """«(on, expect, until=…)»."""
    shown = inspect.signature(value)
    parameters = [
        each.replace(annotation=each.empty, default=each.empty if each.default is each.empty else Ellipsis)
        for each in shown.parameters.values()
        if each.name != "self"
    ]
    text = str(shown.replace(parameters=parameters, return_annotation=shown.empty))
    return text.replace("=Ellipsis", "=…")


def _in_a_line(text: str) -> str:
    return " ".join(text.split())


def refinements() -> dict[type, list[Word]]:
    """Per class of parts its own methods and properties that give a changed copy."""
    found = {kind: list(_refinements_of(kind)) for kind in _classes()}
    return {kind: words for kind, words in found.items() if words}


def _refinements_of(kind: type) -> Iterator[Word]:
    for name, member in vars(kind).items():
        function = member.fget if isinstance(member, property) else member
        inherited = any(hasattr(base, name) for base in kind.__bases__)
        if name[0] != "_" and inspect.isfunction(function) and not inherited and _gives_a_part(function):
            call = "" if isinstance(member, property) else _signature(function)
            yield Word((f".{name}",), call, _in_a_line(inspect.getdoc(function) or ""), function)


def _classes() -> list[type]:
    """All classes of parts of clauses, in the order of their modules and lines."""
    modules = [module for name, module in sys.modules.items() if name.startswith("auditor.patterns.")]
    own = {
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, PARTS) and kind.__module__ == module.__name__
    }
    return sorted(own, key=lambda kind: (kind.__module__, inspect.getsourcelines(kind)[1]))


def _gives_a_part(function: Any) -> bool:
    given = get_type_hints(function).get("return")
    return isinstance(given, type) and issubclass(given, PARTS)


def vocabulary() -> str:
    """The page."""
    return "\n".join([HEAD, *(line for name in rooms() for line in _room(name)), *_refinements(), ""])


def _room(name: str) -> Iterator[str]:
    what, modules = rooms()[name]
    yield from ("", f"## {name}: {what}")
    for module, found in modules.items():
        path = module.removeprefix("auditor.").replace(".", "/") + ".py"
        place = path.removeprefix("patterns/") if path.startswith("patterns/") else f"../{path}"
        yield from ("", f"[{place}]({place}) — {_in_a_line(inspect.getdoc(import_module(module)) or '')}", "")
        yield from _table("word", found)


def _refinements() -> Iterator[str]:
    yield from ("", "## Refinements: a changed copy of a word")
    for kind, found in refinements().items():
        yield from ("", f"Of {_examples(kind)} — {_in_a_line(inspect.getdoc(kind) or '')}", "")
        yield from _table("refinement", found)


def _examples(kind: type) -> str:
    """The words that may be so refined; of many the first three."""
    names = [f"`{word.names[0]}`" for word in words() if _is_a(word.value, kind)]
    return ", ".join(names if len(names) <= MANY else [*names[: MANY - 1], "…"])


def _is_a(value: Any, kind: type) -> bool:
    given = get_type_hints(value).get("return") if inspect.isfunction(value) else value
    return issubclass(given, kind) if isinstance(given, type) else isinstance(given, kind)


def _table(head: str, found: list[Word]) -> Iterator[str]:
    yield from (f"| {head} | what it means |", "|---|---|")
    for word in found:
        called = ", ".join(f"`{name}{word.call}`" for name in word.names)
        yield f"| {called} | {word.text} |".replace("`|`", "`\\|`")
