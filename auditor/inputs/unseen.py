"""What a workbook hides from who reads its cells: errors («#ЗНАЧ!», which look empty), formulas that nobody calculated,
rows that a filter hides."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import fromstring

from auditor.i18n import _, numeral
from auditor.inputs.quality import Trouble
from auditor.inputs.sheet_xml import column_number
from auditor.inputs.tables import Place, Problem
from auditor.inputs.troubles import ranges

CHUNK, OVERLAP = 1 << 20, 4096
SHOWN = 10
MOST_ERRORS = 100_000
"""So many errors of a sheet are shown."""

_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]{0,40} t="e"[^>]{0,40}>(?:<f[^<]*</f>|<f[^<>]*/>)?<v>(#[^<]{1,12})</v>'
)
_UNCALCULATED = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"[^>]{0,99}><f(?:[^>]{0,200}/>|[^>]{0,200}>[^<]{0,2000}</f>)(?:<v ?/>|<v></v>)?</c>'
)
_HIDDEN = re.compile(rb'<row (?=[^>]{0,200}\br="(\d{1,7})")[^>]{0,200}\bhidden="(?:1|true)"')
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class Unseen:
    """Of a sheet the errors by row and column from 0, the names of the formulas without a value, and the numbers of the
    hidden rows, each once, in their order."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: dict[str, None] = field(default_factory=dict)
    hidden: dict[int, None] = field(default_factory=dict)

    def look(self, xml: bytes) -> None:
        """Cells are found that are written as Excel writes them."""
        if b't="e"' in xml:
            left = MOST_ERRORS - len(self.errors)
            for letters, row, text in islice(_ERROR.findall(xml), left):
                self.errors[int(row) - 1, column_number(letters) - 1] = text.decode("utf-8", "replace")
        if b"<f" in xml:
            self.uncalculated |= dict.fromkeys(found.decode() for found in _UNCALCULATED.findall(xml))
        if b'hidden="' in xml:
            self.hidden |= dict.fromkeys(int(found) for found in _HIDDEN.findall(xml))

    def told(self, place: Place) -> Iterator[Problem]:
        """What is to be told of the sheet as a whole; its errors are told of their columns."""
        if self.uncalculated:
            more = ["…"] if len(self.uncalculated) > SHOWN else []
            what = _(
                "formulas that nobody has calculated ({count}) are read as empty cells: open the workbook in Excel, "
                "save it, and try again: {cells}"
            )
            cells = ", ".join([*islice(self.uncalculated, SHOWN), *more])
            yield Problem(place, what.format(count=numeral(len(self.uncalculated)), cells=cells), Trouble.CELL)
        if self.hidden:
            what = _("rows that are hidden, perhaps by a filter, are read like all others: {rows}")
            yield Problem(place, what.format(rows=ranges(list(self.hidden))))


def unseen(path: Path) -> dict[str, Unseen]:
    """By the name of the sheet. The workbook is one that the guards have looked at."""
    with zipfile.ZipFile(path) as archive:
        return {name: _looked_at(archive, part) for name, part in _parts(archive)}


def _looked_at(archive: zipfile.ZipFile, part: str) -> Unseen:
    found = Unseen()
    for chunk in _chunks(archive, part):
        found.look(chunk)
    return found


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and part."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return
    targets = {one.get("Id"): one.get("Target", "") for one in fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
    for sheet in fromstring(archive.read("xl/workbook.xml")).iterfind(".//{*}sheet"):
        part = posixpath.normpath(posixpath.join("/xl", targets.get(sheet.get(_ID), ""))).lstrip("/")
        if part in names:
            yield sheet.get("name", ""), part


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part, unpacked, each chunk with the end of the one before."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            yield rest + chunk
            rest = chunk[-OVERLAP:]
