"""Source rows in a line: those of one sheet together, the first few."""

from collections.abc import Iterable
from itertools import groupby

from auditor.i18n import ngettext
from auditor.inputs.tables import Place

FEW = 4


def places(evidence: tuple[Place, ...]) -> str:
    """«март.xlsx › Дела › 12, 13; март.xlsx › История › 7»."""
    shown = groupby(evidence[:FEW], key=lambda place: (place.file, place.sheet))
    text = "; ".join(_sheet(Place(*sheet), same) for sheet, same in shown)
    more = len(evidence) - FEW
    rest = ngettext("and {n} more row", "and {n} more rows", more).format(n=more) if more > 0 else ""
    return f"{text} {rest}".strip()


def _sheet(sheet: Place, same: Iterable[Place]) -> str:
    rows = ", ".join(_row(place) for place in same)
    return f"{sheet} › {rows}" if rows else str(sheet)


def _row(place: Place) -> str:
    row = "" if place.row is None else str(place.row)
    return f"{row} ({place.column})" if place.column else row
