"""Whether the exports have what the configuration names: a misspelt name would map nothing, and nobody would know."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

import pandas as pd

from auditor.audit.places import pipelines_seen
from auditor.config.config import Config
from auditor.config.lines import line_at
from auditor.config.people import names_of
from auditor.i18n import _
from auditor.inputs.mapped import is_meant
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import FIELD, Place, Problem, Source, Tables
from auditor.nearest import unknown
from auditor.settings import Settings
from auditor.spelling import folded


def unmentioned(config: Config, tables: Tables) -> Iterator[Problem]:
    """The company's own names that no export has, each with its line and the nearest that one has."""
    settings = config.settings
    captions, pipelines, stages = set(_captions(tables)), set(_pipelines(tables, settings)), set(_stages(tables))
    no_column = _("The exports have no column “{word}”.")
    no_stage = _("The exports have no stage “{word}”: this line does nothing.")
    yield from _absent(config, "columns", settings.columns, captions, no_column)
    yield from _narrowed(config, tables, no_column)
    for field, caption in config.whole.fields.items():
        yield from _absent(config, "fields", (caption,), captions, no_column, field)
    yield from _absent(config, "pipelines", settings.pipelines, pipelines, _("The exports have no pipeline “{word}”."))
    yield from _absent(config, "stages", settings.stages, stages, no_stage)
    yield from _absent(config, "roles", config.roles, set(_titles(tables)), _("The exports have no role “{word}”."))
    yield from _unmentioned_people(config, {name for _table, _column, name in names_of(tables)})


def _narrowed(config: Config, tables: Tables, no_column: str) -> Iterator[Problem]:
    """Patterns that match no file or sheet, and captions that are on none of those that match."""
    sources = tables.sources.sources
    names = {name for source in sources for name in (source.file, source.sheet) if name}
    for pattern, columns in config.settings.narrowed.items():
        meant = [source for source in sources if is_meant(pattern, source.file, source.sheet)]
        captions = {caption for source in meant for caption in _captions_of(source)}
        if meant:
            yield from _absent(config, "columns", columns, captions, no_column, pattern)
        else:
            what = _("No file or sheet that was read is called “{word}”: this section does nothing.")
            yield from _absent(config, "columns", (pattern,), names, what)


def _unmentioned_people(config: Config, named: Set[str]) -> Iterator[Problem]:
    """The people of the configuration whom no export names under any of their names."""
    for name, person in config.people.items():
        names = person.aliases or (name,)
        yield from _absent(config, "people", names, named, _("The exports do not name “{word}”."), name)


def _absent(
    config: Config, section: str, names: Iterable[str], there: Set[str], what: str, key: str | None = None
) -> Iterator[Problem]:
    """A problem for each name that is not there; it stands in the line of `key`, else in its own."""
    seen = set(map(folded, there))
    for name in names:
        if folded(name) not in seen:
            place = Place(config.name, f"[{section}]", line_at(config.lines, (section, key or name)), name)
            yield Problem(place, unknown(what, name, there), Trouble.SETTING)


def _captions_of(source: Source) -> Iterator[str]:
    yield from (caption for caption, _column in source.columns)
    yield from source.ignored


def _captions(tables: Tables) -> Iterator[str]:
    for source in tables.sources.sources:
        yield from _captions_of(source)
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


def _titles(tables: Tables) -> Iterator[str]:
    if tables.people is not None:
        yield from _texts(tables.people, "role")


def _texts(frame: pd.DataFrame, column: str) -> Iterator[str]:
    if column in frame:
        yield from frame[column].dropna().unique()
