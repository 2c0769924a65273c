"""Files, folders and globs become the canonical tables."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from auditor.failures import why
from auditor.i18n import _, active
from auditor.inputs import native
from auditor.inputs.assemble import assemble
from auditor.inputs.captions import ALIASES, SHEET_NAMES, Understanding, captions, nearly, understand
from auditor.inputs.clocks import with_clocks
from auditor.inputs.delimited import read_delimited
from auditor.inputs.empty import errors_in, without_placeholders
from auditor.inputs.files import Input, find_files
from auditor.inputs.guards import Refused
from auditor.inputs.mapped import mapped
from auditor.inputs.misspelt import misspelt
from auditor.inputs.native.robot_columns import moves_of, without_columns
from auditor.inputs.pages import bi, read_pages
from auditor.inputs.parquet import read_parquet
from auditor.inputs.plain import read_plain, type_of_sheet
from auditor.inputs.quality import Trouble
from auditor.inputs.sniff import FileKind, kind_of
from auditor.inputs.tables import Part, Place, Problem, Sheet, Tables
from auditor.inputs.times import Ambiguous
from auditor.inputs.webpage import read_webpage
from auditor.inputs.workbook import read_workbook
from auditor.nearest import nearest
from auditor.settings import Settings
from auditor.spelling import shortened
from auditor.threads import AT_ONCE, workers

Found = tuple[list[Part], list[Problem]]
MOMENTS = frozenset(("time", "created", "closed", "due", "completed", "opened", "updated", "changed"))
"""Columns with about as many texts as rows: no use to gather their distinct ones."""
BYTES_A_ROW = 100


def load_tables(paths: Sequence[str | Path], settings: Settings, progress: Callable[[str], None]) -> Tables:
    """See `auditor.inputs.load`."""
    inputs, problems = find_files(paths, settings.limits)
    parts: list[Part] = []
    pages: list[Input] = []

    def of_file(file: Input) -> Found | None:
        progress(_("Reading {file}").format(file=file.label))
        return _of_file(file, settings)

    # while one file is parted into cells, those of another are understood
    with workers(_rows(inputs), AT_ONCE) as pool:
        for file, found in zip(inputs, pool.map(of_file, inputs), strict=True):
            if found is None:
                pages.append(file)
            else:
                _add(parts, problems, found)
    if pages:
        _add(parts, problems, read_pages(pages, settings))
    progress(_("Putting the tables together"))
    return assemble(without_columns(bi.settle(parts)), problems, settings)


def _add(parts: list[Part], problems: list[Problem], found: Found) -> None:
    parts += found[0]
    problems += found[1]


def _rows(inputs: Sequence[Input]) -> int:
    """About how many rows these files hold; one that cannot be looked at is told of where it is read."""
    size = 0
    for file in inputs:
        with suppress(OSError):
            size += file.path.stat().st_size
    return size // BYTES_A_ROW


def _of_file(file: Input, settings: Settings) -> Found | None:
    """What the file gives, or why it gives nothing; None for a page of the API's lists, which are read together."""
    try:
        kind = kind_of(file.path)
    except OSError as error:
        return [], [Problem(Place(file.label), _("cannot be opened: {error}").format(error=why(error)), file.trouble)]
    if kind is FileKind.JSON:
        return None
    words = _words_for(kind)
    return ([], [Problem(Place(file.label), words, file.trouble)]) if words else _read(file, kind, settings)


def _words_for(kind: FileKind) -> str:
    """Why a kind of file is not read; empty where it is."""
    formats = _(
        "what is read: Excel workbooks (.xlsx), Bitrix24's .xls, CSV in UTF-8 or Windows-1251, Parquet, and saved API "
        "pages (.json)"
    )
    words = {
        FileKind.EMPTY: _("the file is empty; export it once more"),
        FileKind.OLD_XLS: _(
            "an old Excel workbook (.xls), or one with a password; save it as .xlsx without a password; {formats}"
        ),
        FileKind.UTF16: _("text in UTF-16; save it as “CSV UTF-8”; {formats}"),
        FileKind.BINARY: _("neither a workbook nor text; {formats}"),
    }
    return words.get(kind, "").format(formats=formats)


def _read(file: Input, kind: FileKind, settings: Settings) -> Found:
    try:
        sheets = _sheets(file, kind, settings)
    except Refused as refusal:
        return [], [Problem(Place(file.label), str(refusal), file.trouble)]
    parts: list[Part] = []
    problems: list[Problem] = []
    for sheet in sheets:
        problems += () if sheet.hidden else sheet.notes
        _add(parts, problems, _understood(sheet, settings))
    if file.named and not parts:
        problems = [replace(problem, kind=Trouble.REFUSED) for problem in problems]
    return parts, problems


def _sheets(file: Input, kind: FileKind, settings: Settings) -> list[Sheet]:
    if kind is FileKind.XLSX:
        return read_workbook(file.path, file.label, settings)
    if kind is FileKind.PARQUET:
        return [read_parquet(file.path, file.label, settings.limits)]
    if kind is FileKind.HTML:
        return [read_webpage(file.path, file.label, settings.limits)]
    long = partial(_moments, file.label, settings=settings)
    return [read_delimited(file.path, file.label, long, settings.limits)]


def _moments(label: str, headers: Sequence[str], settings: Settings) -> frozenset[str]:
    """The headers of moments."""
    known = _understanding(label, None, headers, settings)
    return frozenset() if known is None else frozenset(h for column, h in known.headers.items() if column in MOMENTS)


def _understanding(label: str, sheet: str | None, headers: Sequence[str], settings: Settings) -> Understanding | None:
    told = ("type",) if type_of_sheet(label, sheet) else ()
    return understand(headers, _names(label, sheet), mapped(label, sheet, settings), told)


def _understood(sheet: Sheet, settings: Settings) -> Found:
    """The part that a sheet is, or why it is none."""
    place = Place(sheet.file, sheet.sheet)
    if sheet.hidden:
        return [], [
            Problem(
                place,
                _(
                    "the sheet is hidden and was not read; if it belongs to the export, show it in Excel, or set "
                    "hidden_sheets = true under [reading] in auditor.toml"
                ),
            )
        ]
    if not sheet.headers:
        return [], [Problem(place, _("the sheet is empty"))]
    if sheet.swapped is not None:
        return [], [Problem(place._replace(column=sheet.swapped), _swapped(), Trouble.REFUSED)]
    try:
        told = [*sheet.problems, *errors_in(sheet)]
        cells = without_placeholders(sheet.cells, settings.empty)
        sheet = with_clocks(replace(sheet, cells=cells, problems=told))
        if bi.recognises(sheet.headers):
            return bi.read(sheet, settings), []
        if native.recognises(sheet, settings):
            return native.read(sheet, settings), []
        known = _understanding(sheet.file, sheet.sheet, sheet.headers, settings)
        if known is None:
            return [], [_lacking(sheet, settings) or _unknown(sheet)]
        part = read_plain(sheet, known, settings)
        moves = moves_of(sheet, part, settings) if known.table == "deals" else []
        return [part, *moves], misspelt(sheet, known, settings)
    except Ambiguous as ambiguous:
        return [], [Problem(Place(sheet.file, sheet.sheet, column=str(ambiguous)), _ambiguous(), Trouble.REFUSED)]


def _ambiguous() -> str:
    return _(
        "dates like 05/03/2024 can be read day first and month first; say which in auditor.toml: "
        '[time] date_format = "%d/%m/%Y" or "%m/%d/%Y"'
    )


def _swapped() -> str:
    return _(
        "Excel has read some dates of this column month first: all of its real dates are of days up to the 12th, and "
        "all later days are text; export the table anew, and do not save it in Excel"
    )


def _lacking(sheet: Sheet, settings: Settings) -> Problem | None:
    """The column that a sheet lacks to be a table; None where it looks like none."""
    company = mapped(sheet.file, sheet.sheet, settings)
    reading = nearly(sheet.headers, _names(sheet.file, sheet.sheet), company)
    if reading is None or not reading.missing:
        return None
    language = active() == "en"
    column, *others = ALIASES[reading.table][reading.missing[0]]
    what = _(
        "looks like the table “{table}”, but has no column “{column}” (also: {others}); add it to the export, or name "
        'yours in auditor.toml under [columns]: "your caption" = "{name}"'
    )
    words = what.format(
        table=SHEET_NAMES[reading.table][language],
        column=column,
        others=", ".join(others),
        name=reading.missing[0] if language else column,
    )
    return Problem(Place(sheet.file, sheet.sheet), words, Trouble.UNREAD)


def _names(label: str, sheet: str | None) -> list[str]:
    """What the sheet and its file are called."""
    return [name for name in (sheet, label.rpartition(".")[0]) if name]


def _unknown(sheet: Sheet) -> Problem:
    """A sheet whose captions are no table: the nearest captions that are known."""
    known = captions()
    close = [(header, nearest(header, known)) for header in sheet.headers[:30]]
    pair = _("“{header}” → “{caption}”")
    pairs = (pair.format(header=header, caption=caption) for header, caption in close if caption and caption != header)
    advice = ", ".join(pairs)
    shown = ", ".join(shortened(header) for header in sheet.headers[:8])
    what = _(
        "the captions of the first row are those of no table (deals, history, activities, ledger, people): {shown}"
    )
    words = what.format(shown=shown)
    if advice:
        words += "; " + _("did you mean: {advice}").format(advice=advice)
    return Problem(Place(sheet.file, sheet.sheet), words, Trouble.UNREAD)
