"""Faults of `auditor.toml` in the user's words, each with its place."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from textwrap import shorten
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from auditor.config.lines import Path, line_at
from auditor.i18n import _
from auditor.nearest import unknown

_LINE = re.compile(r"line (\d+)")
NESTED = ("clauses", "columns", "delivery", "people")
"""Sections that are mostly written with a further name: `[clauses.FUR0201]`."""


class Fault(NamedTuple):
    """What is wrong with the value at a path."""

    path: Path
    what: str

    def told(self, lines: Mapping[Path, int]) -> str:
        """«line 4 › [time] › opens: …»."""
        line = line_at(lines, self.path)
        before = f"{_('line {line}').format(line=line)} › " if line else ""
        return f"{before}{placed(self.path)}: {self.what}"


def of_syntax(error: tomllib.TOMLDecodeError) -> str:
    """Where the file stops being TOML."""
    line = _LINE.search(str(error))
    if "overwrite" in str(error) or "twice" in str(error):
        what = _("a name stands there for the second time")
    elif re.search("escape|hex", str(error).casefold()):
        what = _("a path with backslashes stands in single quotes: 'C:\\exports\\*.xlsx'")
    else:
        what = _("check the brackets, the sign = and the quotes (a name in Russian letters needs them)")
    place = _("line {line}").format(line=line[1]) if line else _("end of the file")
    return f"{place}: {what}"


def of_models(error: ValidationError, model: type[BaseModel]) -> Iterator[Fault]:
    """Each fault of the tables; a fault of a union is told once."""
    seen = set()
    for fault in error.errors(include_url=False):
        path: Path = _in_the_file(fault["loc"])
        if fault["type"] != "extra_forbidden" and _in_union(path):
            path = path[:3]
        if path not in seen:
            seen.add(path)
            yield Fault(path, _words(fault, model))


def placed(path: Path) -> str:
    """`[time] › opens`, `[clauses.FUR0201] › days`; the entries of a list are counted from 1."""
    first, *rest = (str(part + 1) if isinstance(part, int) else part for part in path)
    if first in NESTED and len(rest) > 1:
        first = f"{first}.{rest.pop(0)}"
    return " › ".join([f"[{first}]", *rest]) if rest else first


def _in_the_file(path: Path) -> Path:
    """The path without the name that the models give a kind of caption."""
    return path[:2] + path[3:] if path[0] == "columns" else path


def _in_union(path: Path) -> bool:
    """A clause's value is a text, a number or true/false: each alternative would be told."""
    return path[0] == "clauses" and len(path) > 3


def _words(fault: ErrorDetails, model: type[BaseModel]) -> str:
    value = shorten(str(fault["input"]), 60, placeholder="…")
    match fault["type"]:
        case "extra_forbidden":
            *above, key = fault["loc"]
            return unknown(_("There is no setting “{word}”."), str(key), _keys(model, above))
        case "missing":
            return _("It is needed here.")
        case "too_short":
            return _("At least one is expected.")
        case "value_error":
            return str(fault["ctx"]["error"])
        case "literal_error":
            return _("{allowed} is expected, not “{value}”.").format(allowed=_allowed(fault), value=value)
        case "greater_than":
            return _("More than {least} is expected, not {value}.").format(least=f"{fault['ctx']['gt']:g}", value=value)
        case "greater_than_equal":
            return _("At least {least} is expected, not {value}.").format(least=f"{fault['ctx']['ge']:g}", value=value)
        case "less_than_equal":
            return _("At most {most} is expected, not {value}.").format(most=f"{fault['ctx']['le']:g}", value=value)
        case _:
            return _("{kind} is expected, not “{value}”.").format(kind=_kind(fault["type"]), value=value)


def _allowed(fault: ErrorDetails) -> str:
    return str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")


def _kind(error_type: str) -> str:
    """What should stand there, by pydantic's name of the error."""
    kinds = {
        "string": _("A text in quotes"),
        "bool": _("true or false without quotes"),
        "int": _("A whole number without quotes"),
        "float": _("A number without quotes"),
        "finite": _("A number without quotes"),
        "tuple": _("A list in square brackets"),
        "time": _("A time such as 09:00"),
        "date": _("A date such as 10.05.2026"),
        "dict": _("A section with settings of its own"),
        "model": _("A section with settings of its own"),
    }
    return kinds.get(error_type.split("_")[0], _("Something else"))


def _keys(model: type[BaseModel], above: Iterable[int | str]) -> tuple[str, ...]:
    """The keys that the table at `above` may have."""
    for part in above:
        field = model.model_fields.get(str(part))
        if field is not None:
            model = model_of(field.annotation) or model
    return tuple(model.model_fields)


def model_of(annotation: Any) -> type[BaseModel] | None:
    """The table inside `dict[str, Table]`, `tuple[Table, ...]` or `Table`."""
    if get_origin(annotation) in (Annotated, dict, tuple, Union, UnionType):
        return next((found for part in get_args(annotation) if (found := model_of(part))), None)
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
