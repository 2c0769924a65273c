"""People of the configuration over those of the export."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from auditor.inputs.tables import Tables

if TYPE_CHECKING:
    from auditor.config.models import Person

TEXTS = ("role", "department", "email", "schedule")
NO_ROW = -1
"""The source row of somebody whom only the configuration names."""


def with_people(tables: Tables, configured: "Mapping[str, Person]") -> Tables:
    """The tables with what the configuration says of people; a cell it leaves empty keeps the export's value."""
    if not configured:
        return tables
    said = _frame(configured)
    if tables.people is not None:
        exported = tables.people.drop_duplicates("name").set_index("name")
        said = said.combine_first(exported.astype(dict.fromkeys((name for name in TEXTS if name in exported), object)))
    people = said.reset_index().astype(dict.fromkeys(("name", *TEXTS), "category"))
    row = people["row"].fillna(NO_ROW) if "row" in people else pd.Series(NO_ROW, people.index)
    return replace(tables, people=people.assign(row=row.astype("int32")))


def _frame(configured: "Mapping[str, Person]") -> pd.DataFrame:
    """A row per person, indexed by name; empty cells are missing."""
    rows = {name: {key: value or None for key, value in person} for name, person in configured.items()}
    frame = pd.DataFrame.from_dict(rows, orient="index").rename_axis("name")
    return frame.assign(until=pd.to_datetime(frame["until"]).astype("datetime64[s]"))
