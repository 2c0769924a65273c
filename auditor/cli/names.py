"""Whether the data knows the people that the command line names: an unknown name would give an empty report."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from auditor.audit.request import Request
from auditor.cli.faults import Faults
from auditor.i18n import _
from auditor.inputs.tables import Tables
from auditor.nearest import unknown
from auditor.spelling import folded


def with_names(request: Request, tables: Tables) -> Request:
    """The request with names as the data writes them. Raises UsageError with the nearest name."""
    faults = Faults()
    manager = _found("--manager", request.manager, set(_people(tables)), faults)
    department = _found("--department", request.department, set(_departments(tables)), faults)
    faults.refuse()
    return replace(request, manager=manager, department=department)


def _found(option: str, typed: str, known: set[str], faults: Faults) -> str:
    def parse(name: str) -> str:
        for word in known:
            if folded(word) == folded(name):
                return word
        raise ValueError(unknown(_("The exports do not name “{word}”."), name, known))

    return faults.read(option, parse, typed or None) or ""


def _people(tables: Tables) -> Iterator[str]:
    """Everybody who is responsible for something, did something or is in the people table."""
    yield from _texts(tables.deals, "manager")
    yield from _texts(tables.people, "name")
    yield from _texts(tables.history, "author")
    yield from _texts(tables.activities, "author")
    yield from _texts(tables.activities, "addressee")
    if tables.history is not None:
        moved = tables.history[tables.history["event"] == "responsible"]
        yield from _texts(moved, "before")
        yield from _texts(moved, "after")


def _departments(tables: Tables) -> Iterator[str]:
    yield from _texts(tables.people, "department")


def _texts(frame: pd.DataFrame | None, column: str) -> Iterator[str]:
    if frame is not None and column in frame:
        yield from frame[column].dropna().unique()
