"""Source rows in a line: those of one sheet together, the first few."""

from collections.abc import Iterable
from itertools import groupby

from auditor.i18n import ngettext
from auditor.inputs.tables import Place

FEW = 4


def places(evidence: tuple[Place, ...], *, one_file: bool = False, few: int = FEW) -> str:
    """«март.xlsx › Дела › 12, 13; март.xlsx › История › 7»; where all is of one file, only its sheets are named."""
    shown = groupby(evidence[:few], key=lambda place: (place.file, place.sheet))
    text = "; ".join(_sheet(_named(*sheet, one_file), same) for sheet, same in shown)
    more = len(evidence) - few
    rest = ngettext("and {n} more row", "and {n} more rows", more).format(n=more) if more > 0 else ""
    return f"{text} {rest}".strip()


def _named(file: str, sheet: str | None, one_file: bool) -> Place:
    return Place(sheet) if sheet and one_file else Place(file, sheet)


def _sheet(sheet: Place, same: Iterable[Place]) -> str:
    rows = ", ".join(_row(place) for place in same)
    return f"{sheet} › {rows}" if rows else str(sheet)


def _row(place: Place) -> str:
    row = "" if place.row is None else str(place.row)
    return f"{row} ({place.column})" if place.column else row
