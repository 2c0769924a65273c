"""Whether the exports have what the configuration names: a misspelt name would map nothing, and nobody would know."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from auditor.audit.places import pipelines_seen
from auditor.config.people import names_of
from auditor.i18n import _
from auditor.inputs.tables import FIELD, Place, Problem, Tables
from auditor.nearest import unknown
from auditor.settings import Settings
from auditor.spelling import folded

if TYPE_CHECKING:
    from auditor.config.models import Person


def unmentioned(settings: Settings, tables: Tables, path: Path) -> Iterator[Problem]:
    """The company's own names that no export has, each with the nearest that one has."""
    captions = set(_captions(tables))
    for section, names in (("columns", settings.columns.keys()), ("fields", settings.fields.values())):
        for name in _absent(names, captions):
            what = unknown(_("The exports have no column “{word}”."), name, captions)
            yield Problem(Place(path.name, f"[{section}]", column=name), what)
    pipelines = set(_pipelines(tables, settings))
    for name in _absent(settings.pipelines, pipelines):
        what = unknown(_("The exports have no pipeline “{word}”."), name, pipelines)
        yield Problem(Place(path.name, "[pipelines]", column=name), what)
    stages = set(_stages(tables))
    for name in _absent(settings.stages, stages):
        what = unknown(_("The exports have no stage “{word}”: this line does nothing."), name, stages)
        yield Problem(Place(path.name, "[stages]", column=name), what)


def unmentioned_people(people: "Mapping[str, Person]", tables: Tables, path: Path) -> Iterator[Problem]:
    """The people of the configuration whom no export names, each with the nearest whom one does."""
    named = {name for _table, _column, name in names_of(tables)}
    for person in people:
        for name in _absent([person, *people[person].aliases], named):
            if name != person or not people[person].aliases:
                what = unknown(_("The exports do not name “{word}”."), name, named)
                yield Problem(Place(path.name, "[people]", column=name), what)


def _absent(names: Iterable[str], there: Iterable[str]) -> list[str]:
    seen = set(map(folded, there))
    return [name for name in names if folded(name) not in seen]


def _captions(tables: Tables) -> Iterator[str]:
    for source in tables.sources.sources:
        yield from (caption for caption, _column in source.columns)
        yield from source.ignored
    yield from (str(column).removeprefix(FIELD) for column in tables.deals if str(column).startswith(FIELD))


def _pipelines(tables: Tables, settings: Settings) -> Iterator[str]:
    """Those of all days; nothing is looked for where nothing is mapped."""
    if settings.pipelines:
        yield from (seen.name for seen in pipelines_seen(tables, replace(settings, as_of=None)) if seen.name)


def _stages(tables: Tables) -> Iterator[str]:
    yield from _texts(tables.deals, "stage")
    if tables.history is not None:
        moves = tables.history[tables.history["event"] == "stage"]
        yield from _texts(moves, "before")
        yield from _texts(moves, "after")


def _texts(frame: pd.DataFrame, column: str) -> Iterator[str]:
    if column in frame:
        yield from frame[column].dropna().unique()
