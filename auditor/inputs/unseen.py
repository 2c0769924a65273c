"""What a workbook hides from who reads its cells: formulas that nobody calculated, errors, hidden rows."""

import html
import re
import zipfile
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

from auditor.i18n import _
from auditor.inputs.tables import Place, Problem
from auditor.inputs.troubles import ranges

CHUNK, OVERLAP = 1 << 20, 4096
LONGEST = 4 << 20
"""Bytes of a list of sheets, at most."""
SHOWN = 10

_SHEET = re.compile(r'<sheet [^>]{0,400}?name="([^"]{0,200})"[^>]{0,400}?r:id="([^"]{0,40})"')
_TARGET = re.compile(
    r'<Relationship (?=[^>]{0,400}\bId="([^"]{0,40})")(?=[^>]{0,400}\bTarget="/?(?:xl/)?([^"]{0,200})")'
)
_UNCALCULATED = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"[^>]{0,99}><f(?:[^>]{0,200}/>|[^>]{0,200}>[^<]{0,2000}</f>)(?:<v ?/>|<v></v>)?</c>'
)
_ERROR = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"[^>]{0,99}\bt="e"')
_HIDDEN = re.compile(rb'<row (?=[^>]{0,200}\br="(\d{1,7})")[^>]{0,200}\bhidden="(?:1|true)"')


def unseen(path: Path, label: str) -> dict[str, list[Problem]]:
    """What is to be told of each sheet, by its name; nothing of a workbook that is not written as Excel writes it."""
    with zipfile.ZipFile(path) as archive:
        return {name: list(_told(archive, part, Place(label, name))) for name, part in _sheets(archive)}


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name, and its part in the archive."""
    try:
        book, links = (_text(archive, f"xl/{name}") for name in ("workbook.xml", "_rels/workbook.xml.rels"))
    except KeyError:
        return
    targets, parts = dict(_TARGET.findall(links)), {*archive.namelist()}
    for name, number in _SHEET.findall(book):
        if (part := f"xl/{targets.get(number, '')}") in parts:
            yield html.unescape(name), part


def _text(archive: zipfile.ZipFile, part: str) -> str:
    with archive.open(part) as stream:
        return stream.read(LONGEST).decode(errors="replace")


def _told(archive: zipfile.ZipFile, part: str, place: Place) -> Iterator[Problem]:
    cells: dict[str, None] = {}
    errors: dict[str, None] = {}
    rows: dict[int, None] = {}
    for chunk in _chunks(archive, part):
        if b"<f" in chunk:
            cells |= dict.fromkeys(found.decode() for found in _UNCALCULATED.findall(chunk))
        if b't="e"' in chunk:
            errors |= dict.fromkeys(found.decode() for found in _ERROR.findall(chunk))
        if b'hidden="' in chunk:
            rows |= dict.fromkeys(int(found) for found in _HIDDEN.findall(chunk))
    if cells:
        what = _(
            "formulas that nobody has calculated ({count}) are read as empty cells: open the workbook in Excel, save "
            "it, and try again: {cells}"
        )
        yield Problem(place, what.format(count=len(cells), cells=_first(cells)))
    if errors:
        what = _("errors of the spreadsheet, such as #N/A ({count}), are read as empty cells: {cells}")
        yield Problem(place, what.format(count=len(errors), cells=_first(errors)))
    if rows:
        what = _("rows that are hidden, perhaps by a filter, are read like all others: {rows}")
        yield Problem(place, what.format(rows=ranges(list(rows))))


def _first(cells: Collection[str]) -> str:
    return ", ".join([*islice(cells, SHOWN), *(["…"] if len(cells) > SHOWN else [])])


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part, unpacked, each chunk with the end of the one before."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            yield rest + chunk
            rest = chunk[-OVERLAP:]
