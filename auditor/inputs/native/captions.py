"""Captions of the lists that a CRM itself exports, and which header of a sheet each is."""

from collections.abc import Mapping, Sequence

from auditor.inputs.captions import Understanding
from auditor.inputs.tables import Sheet, TableName
from auditor.spelling import folded

Captions = Mapping[str, tuple[str, ...]]


def headers_of(captions: Captions, headers: Sequence[str]) -> dict[str, str]:
    """The header of each column that the sheet has, the first of its captions that is there."""
    there = {folded(header): header for header in reversed(headers)}
    found = {
        column: next((there[folded(name)] for name in names if folded(name) in there), None)
        for column, names in captions.items()
    }
    return {column: header for column, header in found.items() if header is not None}


def understood(table: TableName, headers: dict[str, str], sheet: Sheet) -> Understanding:
    """The sheet as that table with these headers; its others are not used."""
    ignored = tuple(header for header in sheet.headers if header not in headers.values())
    return Understanding(table, headers, ignored, ())
