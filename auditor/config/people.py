"""People: one name for each, and what the configuration says of them over what the export says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from auditor.audit.result import Waiver
from auditor.inputs.tables import TableName, Tables
from auditor.spelling import folded

if TYPE_CHECKING:
    from auditor.config.models import Person

NAMES: tuple[tuple[TableName, tuple[str, ...]], ...] = (
    ("people", ("name",)),
    ("deals", ("manager",)),
    ("history", ("author", "before", "after")),
    ("activities", ("author", "addressee")),
)
"""The columns that name people; of the history's before and after those of a change of the responsible alone."""
TEXTS = ("role", "department", "email", "schedule")
NO_ROW = -1
"""The source row of somebody whom only the configuration names."""


def with_people(tables: Tables, configured: "Mapping[str, Person]", roles: Mapping[str, str] | None = None) -> Tables:
    """The tables with what the configuration says of people; a cell it leaves empty keeps the export's value. `roles`:
    the role, by the title of a position in the export."""
    if roles and tables.people is not None and "role" in tables.people:
        titles = {folded(title): role for title, role in roles.items()}
        people = tables.people.assign(role=_renamed(tables.people["role"], titles))
        tables = replace(tables, people=people)
    if not configured:
        return tables
    tables = _under_one_name(tables, configured)
    said = _frame(configured)
    if tables.people is not None:
        exported = tables.people.drop_duplicates("name").set_index("name")
        said = said.combine_first(exported.astype(dict.fromkeys((name for name in TEXTS if name in exported), object)))
    people = said.reset_index().astype(dict.fromkeys(("name", *TEXTS), "category"))
    row = people["row"].fillna(NO_ROW) if "row" in people else pd.Series(NO_ROW, people.index)
    return replace(tables, people=people.assign(row=row.astype("int32")))


def under_one_name(waivers: Iterable[Waiver], configured: "Mapping[str, Person]") -> Iterator[Waiver]:
    """The waivers, each of the manager's one name."""
    names = _aliases(configured)
    return (replace(waiver, manager=names.get(folded(waiver.manager), waiver.manager)) for waiver in waivers)


def _aliases(configured: "Mapping[str, Person]") -> dict[str, str]:
    """The one name, by each folded alias."""
    return {folded(alias): name for name, person in configured.items() for alias in person.aliases}


def _frame(configured: "Mapping[str, Person]") -> pd.DataFrame:
    """A row per person, indexed by name; empty cells are missing."""
    rows = {
        name: {key: getattr(person, key) or None for key in (*TEXTS, "until")} for name, person in configured.items()
    }
    frame = pd.DataFrame.from_dict(rows, orient="index").rename_axis("name")
    return frame.assign(until=pd.to_datetime(frame["until"]).astype("datetime64[s]"))


def _under_one_name(tables: Tables, configured: "Mapping[str, Person]") -> Tables:
    """The tables in which whoever has aliases has one name."""
    names = _aliases(configured)
    if not names:
        return tables
    frames = {table: getattr(tables, table) for table, _columns in NAMES}
    return replace(
        tables,
        **{
            table: frames[table].assign(**{name: _renamed(frames[table][name], names) for name in columns})
            for table, listed in NAMES
            if frames[table] is not None and (columns := [name for name in listed if name in frames[table]])
        },
    )


def _renamed(column: pd.Series, names: Mapping[str, str]) -> pd.Series:
    """A column of texts with other names in the place of some."""
    said = column.cat.categories
    place, kept = pd.factorize(said.map(lambda text: names.get(folded(text), text)))
    return pd.Series(pd.Categorical.from_codes(np.append(place, -1)[column.cat.codes], kept), column.index)


def names_of(tables: Tables) -> Iterator[tuple[TableName, str, str]]:
    """Everybody who is responsible for something, did something or is in the people table: table, column, name."""
    for table, columns in NAMES:
        frame = getattr(tables, table)
        for column in columns if frame is not None else ():
            if column in frame:
                cells = frame[column]
                if column in ("before", "after"):
                    cells = cells[frame["event"] == "responsible"]
                yield from ((table, column, name) for name in cells.unique().dropna())
