"""Parameters: every number and marker of a clause, found where it stands in the clause's pattern.

A class of the patterns names its own in `PARAMETERS`: field → the parameter's name, «{unit}» for the value of that
field. A deadline without numbers is a parameter by its name, «end_of_working_day». A name that comes up again in one
clause gets a number: `days`, `days_2`. A part that stands in two places of a clause is one part.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from auditor.i18n import _
from auditor.nearest import nearest
from auditor.patterns.deadlines.named import Named, parse_deadline
from auditor.rules.clause import Clause, Severity

Value = str | float | tuple[str, ...]
T = TypeVar("T")
NOTHING = ((), "", 0)
"""Values that are no numbers or markers to set: «more than nothing»."""


class ParameterError(ValueError):
    """An unknown parameter, or a value that does not fit it; the text is for the user."""


class _Walk:
    """One walk through a clause's parts: `change` gets each parameter's name and value, and gives the new value."""

    def __init__(self, change: Callable[[str, Value], Value]) -> None:
        self._change = change
        self._seen: dict[int, Any] = {}
        self._names: dict[str, int] = {}
        self._words: dict[tuple[str, Value], str] = {}

    def part(self, node: T) -> T:
        if id(node) in self._seen:
            return self._seen[id(node)]
        if isinstance(node, tuple):
            return tuple(self.part(each) for each in node)  # type: ignore[return-value]
        if not is_dataclass(node) or isinstance(node, type):
            return node
        new = {field.name: self._field(node, field.name) for field in fields(node)}
        changed = {name: value for name, value in new.items() if value is not getattr(node, name)}
        self._seen[id(node)] = replace(node, **changed) if changed else node
        return self._seen[id(node)]

    def _field(self, node: object, name: str) -> object:
        value = getattr(node, name)
        pattern = getattr(node, "PARAMETERS", {}).get(name)
        if pattern is not None and isinstance(value, Named):
            text = self._change(self._unique(pattern), value.name)
            return value if text == value.name else parse_deadline(str(text))
        if pattern is None or not isinstance(value, str | float | int | tuple) or value in NOTHING:
            new = self.part(value)
            return value if new == value and type(new) is type(value) else new
        return self._change(self._named(pattern.format(**vars(node)), value), value)

    def _named(self, name: str, value: Value) -> str:
        """The parameter's name; the same words under the same name are one marker."""
        if not isinstance(value, tuple):
            return self._unique(name)
        if (name, value) not in self._words:
            self._words[name, value] = self._unique(name)
        return self._words[name, value]

    def _unique(self, name: str) -> str:
        self._names[name] = self._names.get(name, 0) + 1
        return name if self._names[name] == 1 else f"{name}_{self._names[name]}"


def parameters_of(clause: Clause) -> dict[str, Value]:
    """The parameters of a clause by name, with their values."""
    found: dict[str, Value] = {}

    def keep(name: str, value: Value) -> Value:
        found[name] = value
        return value

    walk = _Walk(keep)
    walk.part(clause.duty)
    walk.part(clause.excused_by)
    return found


def with_parameters(clause: Clause, values: Mapping[str, Value]) -> Clause:
    """The clause with other parameters; `severity` regrades it. Raises ParameterError."""
    known = parameters_of(clause)
    own = {name: _fitting(clause.code, name, value, known) for name, value in values.items() if name != "severity"}
    walk = _Walk(lambda name, value: own.get(name, value))
    try:
        duty, excuse = walk.part(clause.duty), walk.part(clause.excused_by)
    except ValueError as error:
        raise ParameterError(f"{clause.code}: {error}") from None
    severity = _severity(clause, values.get("severity", clause.severity))
    return replace(clause, duty=duty, excused_by=excuse, severity=severity)


def _severity(clause: Clause, value: Value) -> Severity:
    try:
        return Severity(str(value))
    except ValueError:
        text = _("{clause}: severity is high, medium or low, not «{value}»")
        raise ParameterError(text.format(clause=clause.code, value=value)) from None


def _fitting(code: str, name: str, value: Value, known: Mapping[str, Value]) -> Value:
    """The value in the type of the default."""
    if name not in known:
        raise ParameterError(_unknown(code, name, known))
    default = known[name]
    try:
        if isinstance(default, tuple):
            return tuple(value) if isinstance(value, list | tuple) else tuple(split_words(str(value)))
        if isinstance(default, str):
            return str(value)
        number = float(value)  # type: ignore[arg-type]
        if not math.isfinite(number):
            raise ValueError
        return int(number) if isinstance(default, int) and number == int(number) else number
    except (TypeError, ValueError):
        text = _("{clause}: «{parameter}» is a number, not «{value}»")
        raise ParameterError(text.format(clause=code, parameter=name, value=value)) from None


def split_words(text: str) -> list[str]:
    """«спам, дубль» → the words."""
    return [word.strip() for word in text.split(",") if word.strip()]


def _unknown(code: str, name: str, known: Mapping[str, Value]) -> str:
    names = [*known, "enabled", "severity"]
    if near := nearest(name, names):
        text = _("{clause} has no parameter «{parameter}»; did you mean «{near}»?")
        return text.format(clause=code, parameter=name, near=near)
    return _("{clause} has no parameter «{parameter}»; it has: {known}").format(
        clause=code, parameter=name, known=", ".join(names)
    )
