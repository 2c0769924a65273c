"""Captions of the lists that a CRM itself exports, and which header of a sheet each is."""

from collections.abc import Mapping

from auditor.inputs.captions import IDS, Understanding
from auditor.inputs.mapped import mapped
from auditor.inputs.tables import Sheet, TableName
from auditor.settings import Settings
from auditor.spelling import folded

Captions = Mapping[str, tuple[str, ...]]


CANONICAL = {"id": "deal", "started": "time", "person": "manager"}
"""What settings call these columns; the others have their canonical names."""


def headers_of(captions: Captions, sheet: Sheet, settings: Settings) -> dict[str, str]:
    """The header of each column that the sheet has: the company's own, else the first of its captions that is there."""
    there = {folded(header): header for header in reversed(sheet.headers)}
    asked = {CANONICAL.get(column, column): column for column in captions}
    found: dict[str, str] = {}
    for caption, canonical in mapped(sheet.file, sheet.sheet, settings).items():
        column = asked.get(IDS[1] if canonical in IDS else canonical)
        if column is not None and folded(caption) in there:
            found[column] = there.pop(folded(caption))
    for column, names in captions.items():
        header = next((there[word] for word in map(folded, names) if word in there), None)
        if header is not None:
            found.setdefault(column, header)
    return found


def understood(table: TableName, headers: dict[str, str], sheet: Sheet) -> Understanding:
    """The sheet as that table with these headers; its others are not used."""
    ignored = tuple(header for header in sheet.headers if header not in headers.values())
    return Understanding(table, headers, ignored, ())
