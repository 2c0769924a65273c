"""Whether the data knows the people that the command line names: an unknown name would give an empty report."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from auditor.audit.request import Request
from auditor.cli.faults import Faults
from auditor.config.people import names_of
from auditor.i18n import _
from auditor.inputs.tables import Tables
from auditor.nearest import FEW, unknown
from auditor.spelling import folded

Words = list[str]


def with_names(request: Request, tables: Tables) -> Request:
    """The request with names as the data writes them. Raises UsageError with those that may be meant."""
    faults = Faults()
    managers = faults.read_all(
        "--manager", _among(name for _table, _column, name in names_of(tables)), list(request.managers)
    )
    department = faults.read("--department", _among(_departments(tables)), request.department or None)
    faults.refuse()
    return replace(request, managers=managers, department=department or "")


def _among(known: Iterable[str]) -> Callable[[str], str]:
    """A parser of names: the whole one in any order of its words, else the only one that has these words or parts."""
    names = {folded(name): name for name in known}

    def parse(typed: str) -> str:
        words = _words(typed)
        for fits in (_are_all, _are_some, _begin, _stand_in) if words else ():
            found = [name for name in names.values() if fits(words, _words(name))]
            if found:
                return _only(typed, found)
        raise ValueError(unknown(_("The exports do not name “{word}”."), typed, names.values()))

    return parse


def _only(typed: str, found: Words) -> str:
    if len(found) == 1 or folded(typed) in map(folded, found):
        return next((name for name in found if folded(name) == folded(typed)), found[0])
    listed = ", ".join(sorted(found)[:FEW]) + (" …" if len(found) > FEW else "")
    raise ValueError(_("“{word}” may be {names}: name one of them.").format(word=typed, names=listed))


def _words(name: str) -> Words:
    return re.findall(r"\w+", folded(name))


def _are_all(typed: Words, name: Words) -> bool:
    return sorted(typed) == sorted(name)


def _are_some(typed: Words, name: Words) -> bool:
    return set(typed) <= set(name)


def _begin(typed: Words, name: Words) -> bool:
    return all(any(word.startswith(part) for word in name) for part in typed)


def _stand_in(typed: Words, name: Words) -> bool:
    return all(part in " ".join(name) for part in typed)


def _departments(tables: Tables) -> Iterator[str]:
    if tables.people is not None and "department" in tables.people:
        yield from tables.people["department"].dropna().unique()
