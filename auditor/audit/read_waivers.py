"""Waivers: what somebody allowed, read from a table that people edit."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from auditor.audit.result import Waiver
from auditor.failures import check_ordinary, why
from auditor.i18n import _, quoted
from auditor.inputs.delimited import read_delimited
from auditor.inputs.guards import Refused
from auditor.inputs.quality import Trouble
from auditor.inputs.sniff import FileKind, kind_of
from auditor.inputs.tables import Place, Problem, Sheet
from auditor.inputs.values import moment_of
from auditor.inputs.workbook import read_workbook
from auditor.nearest import advice, unknown
from auditor.settings import Limits, Settings
from auditor.spelling import folded

CAPTIONS: Mapping[str, tuple[str, ...]] = {
    "clause": ("пункт", "clause", "код пункта", "код"),
    "deal": ("сделка", "deal", "id сделки", "deal id", "deal_id"),
    "manager": ("менеджер", "manager", "ответственный"),
    "since": ("с", "since", "from", "действует с"),
    "until": ("по", "until", "to", "до", "действует по", "действует до"),
    "approved_by": ("утвердил", "approved_by", "approved by", "утвердила", "согласовал", "согласовала"),
    "reason": ("причина", "reason", "основание"),
}
"""How each column may be captioned; errors name the first two."""

NEEDED = ("until", "approved_by", "reason")
_BY_CAPTION = {caption: column for column, captions in CAPTIONS.items() for caption in captions}


def read_waivers(path: Path, codes: Collection[str]) -> tuple[list[Waiver], list[Problem]]:
    """The waivers of a CSV or XLSX file, and every row that is none, with why. `codes`: of all clauses."""
    try:
        sheets = _sheets(path)
    except (Refused, OSError) as error:
        what = why(error) if isinstance(error, OSError) else str(error)
        return [], [Problem(Place(str(path)), _("the waivers cannot be read: {why}").format(why=what), Trouble.REFUSED)]
    found = [result for sheet in sheets for result in _read_sheet(sheet, codes)]
    if not found and not any(len(sheet.cells) for sheet in sheets):
        found = [Problem(Place(path.name), _("there are no waivers in it"), Trouble.SETTING)]
    return [r for r in found if isinstance(r, Waiver)], [r for r in found if isinstance(r, Problem)]


def _sheets(path: Path) -> list[Sheet]:
    check_ordinary(path)
    match kind_of(path):
        case FileKind.XLSX:
            return read_workbook(path, path.name, Settings())
        case FileKind.CSV:
            return [read_delimited(path, path.name, lambda _headers: (), Limits())]
        case FileKind.EMPTY:
            return []
        case _:
            raise Refused(_("a table .xlsx or .csv is expected"))


def _read_sheet(sheet: Sheet, codes: Collection[str]) -> Iterator[Waiver | Problem]:
    columns = {header: _BY_CAPTION[folded(header)] for header in sheet.headers if folded(header) in _BY_CAPTION}
    place = Place(sheet.file, sheet.sheet)
    missing = [column for column in NEEDED if column not in columns.values()]
    if missing:
        yield Problem(place, _no_column(missing, sheet.headers), Trouble.REFUSED)
        return
    for number, cells in sheet.cells[list(columns)].rename(columns=columns).iterrows():
        row = {str(column): str(cell).strip() for column, cell in cells.dropna().items()}
        at = Place(sheet.file, sheet.sheet, int(str(number)))
        try:
            yield replace(_waiver(row, codes), place=at)
        except ValueError as error:
            yield Problem(at, _("this waiver does not count: {why}").format(why=error), Trouble.SETTING)


def _no_column(missing: list[str], headers: list[str]) -> str:
    what = _("a table of waivers needs the columns {names}.").format(names=_named(missing))
    strange = [header for header in headers if folded(header) not in _BY_CAPTION]
    near = next((text for header in strange if (text := advice(header, _BY_CAPTION))), "")
    return f"{what} {near}".strip()


def _named(columns: list[str]) -> str:
    return ", ".join(f"{quoted(CAPTIONS[column][0])} ({CAPTIONS[column][1]})" for column in columns)


def _waiver(row: Mapping[str, str], codes: Collection[str]) -> Waiver:
    """Raises ValueError, in words, where something compulsory is missing or wrong."""
    missing = [column for column in NEEDED if not row.get(column)]
    if missing:
        raise ValueError(_("{columns} is empty").format(columns=_named(missing)))
    clause = row.get("clause", "").upper()
    deal, manager = row.get("deal", ""), row.get("manager", "")
    if not (clause or deal or manager):
        raise ValueError(_("it names no clause, no deal and no manager, and would excuse everything"))
    if clause and not any(code.startswith(clause) for code in codes):
        raise ValueError(unknown(_("no clause's code begins with “{word}”."), clause, codes))
    since, until = _day(row, "since"), _day(row, "until")
    if since and until and since > until:
        raise ValueError(_("it ends before it begins"))
    assert until is not None
    return Waiver(clause, deal, manager, since, until, row["approved_by"], row["reason"])


def _day(row: Mapping[str, str], column: str) -> date | None:
    text = row.get(column)
    if not text:
        return None
    found = moment_of(text)
    if found is None:
        raise ValueError(_("“{value}” is no date; write 31.05.2026").format(value=text))
    return found.date()
