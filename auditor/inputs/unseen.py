"""What a workbook hides from who reads its cells: formulas that nobody calculated, rows that a filter hides."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from auditor.i18n import _
from auditor.inputs.cell_errors import parts_of
from auditor.inputs.tables import Place, Problem
from auditor.inputs.troubles import ranges

CHUNK, OVERLAP = 1 << 20, 4096
SHOWN = 10

_UNCALCULATED = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"[^>]{0,99}><f(?:[^>]{0,200}/>|[^>]{0,200}>[^<]{0,2000}</f>)(?:<v ?/>|<v></v>)?</c>'
)
_HIDDEN = re.compile(rb'<row (?=[^>]{0,200}\br="(\d{1,7})")[^>]{0,200}\bhidden="(?:1|true)"')


def unseen(path: Path, label: str) -> dict[str, list[Problem]]:
    """What is to be told of each sheet, by its name; cells are found that are written as Excel writes them."""
    with zipfile.ZipFile(path) as archive:
        return {name: list(_told(archive, part, Place(label, name))) for name, part in parts_of(archive)}


def _told(archive: zipfile.ZipFile, part: str, place: Place) -> Iterator[Problem]:
    cells: dict[str, None] = {}
    rows: dict[int, None] = {}
    for chunk in _chunks(archive, part):
        if b"<f" in chunk:
            cells |= dict.fromkeys(found.decode() for found in _UNCALCULATED.findall(chunk))
        if b'hidden="' in chunk:
            rows |= dict.fromkeys(int(found) for found in _HIDDEN.findall(chunk))
    if cells:
        shown = ", ".join([*list(cells)[:SHOWN], *(["…"] if len(cells) > SHOWN else [])])
        what = _(
            "formulas that nobody has calculated ({count}) are read as empty cells: open the workbook in Excel, save "
            "it, and try again: {cells}"
        )
        yield Problem(place, what.format(count=len(cells), cells=shown))
    if rows:
        what = _("rows that are hidden, perhaps by a filter, are read like all others: {rows}")
        yield Problem(place, what.format(rows=ranges(list(rows))))


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part, unpacked, each chunk with the end of the one before."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            yield rest + chunk
            rest = chunk[-OVERLAP:]
