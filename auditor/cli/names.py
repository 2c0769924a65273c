"""Whether the data knows the people and deals that the command line names: an unknown name would give an empty
report."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

import pandas as pd

from auditor.audit.request import Request
from auditor.audit.timeline import Record
from auditor.cli.faults import Faults
from auditor.config.people import names_of
from auditor.i18n import _
from auditor.inputs.tables import Tables
from auditor.inputs.words import ENTITIES
from auditor.nearest import FEW, unknown
from auditor.reports.words import record
from auditor.spelling import folded

Words = list[str]


def with_names(request: Request, tables: Tables) -> Request:
    """The request with names as the data writes them. Raises UsageError with those that may be meant."""
    if not (request.managers or request.department):
        return request
    faults = Faults()
    managers = faults.read_all(
        "--manager", _among(name for _table, _column, name in names_of(tables)), list(request.managers)
    )
    department = faults.read("--department", _among(_departments(tables)), request.department or None)
    faults.refuse()
    return replace(request, managers=managers, department=department or "")


def deal_named(typed: str, tables: Tables) -> Record:
    """The deal that is meant: by its id («101», «лид 101»), else the only one whose title has these words. Raises
    UsageError with those that may be meant."""
    faults = Faults()
    found = faults.read("--deal", partial(_deal, deals=tables.deals), typed)
    faults.refuse()
    assert found is not None
    return found


def _deal(typed: str, deals: pd.DataFrame) -> Record:
    word, _blank, rest = typed.strip().partition(" ")
    entity = next((name for name, words in ENTITIES.items() if folded(word) in words), "")
    name = rest.strip() if entity else typed.strip()
    ours = deals[deals["entity"] == entity] if entity else deals
    titles = ours["title"].astype(object).fillna("").astype(str) if "title" in ours else ours["id"].astype(str)
    found = ours[ours["id"].astype(str) == name.lstrip("#№ ")]
    for fits in (_are_all, _are_some, _stand_in):
        if found.empty and (words := _words(name)):
            found = ours[[fits(words, _words(title)) for title in titles]]
    if found.empty:
        known = ours["id"].astype(str) if name.isdigit() else titles
        raise ValueError(unknown(_("The exports have no deal “{word}”."), typed, known))
    return _only_deal(typed, found)


def _only_deal(typed: str, found: pd.DataFrame) -> Record:
    records = [(str(entity), str(name)) for entity, name in zip(found["entity"], found["id"], strict=True)]
    if len(records) == 1:
        return records[0]
    listed = ", ".join(record(*each) for each in records[:FEW]) + (" …" if len(records) > FEW else "")
    raise ValueError(_("“{word}” may be {names}: name one of them.").format(word=typed, names=listed))


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
