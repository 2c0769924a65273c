"""Web pages whose table is the export: Bitrix24 names them `.xls`, and Excel opens them as a sheet."""

import codecs
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from auditor.i18n import _
from auditor.inputs.encodings import BOM, encoding_of
from auditor.inputs.guards import Refused, check_size, check_width
from auditor.inputs.tables import Sheet
from auditor.inputs.workbook import sheet_of
from auditor.settings import Limits

HEAD = 1 << 18

_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


def read_webpage(path: Path, label: str, limits: Limits) -> Sheet:
    """The rows of its tables as one sheet, numbered as Excel numbers them; Refused where it has none."""
    check_size(path, limits.page_mb, "page_mb", _("a web page larger than {size} MB; export fewer rows, or CSV"))
    rows = list(_rows(path))
    if not rows:
        raise Refused(
            _(
                "a web page without a table: so an empty selection is exported; choose the period and the filter anew, "
                "and export once more"
            )
        )
    width = max(map(len, rows))
    check_width(width, limits)
    return sheet_of(label, None, [row + [None] * (width - len(row)) for row in rows], 1, limits)


def _rows(path: Path) -> Iterator[list[str | None]]:
    """The cells of each row, captions and values alike; the rows of a table within a cell are none."""
    from lxml import etree

    parser = etree.HTMLPullParser(events=("end",), tag="tr")
    try:
        for chunk in _chunks(path):
            parser.feed(chunk)
            yield from _ended(parser)
        parser.close()
        yield from _ended(parser)
    except etree.LxmlError as error:
        raise Refused(_("the web page is damaged or incomplete; export it once more")) from error


def _ended(parser: Any) -> Iterator[list[str | None]]:
    """The rows that have ended since the last look, emptied behind it."""
    for _event, row in parser.read_events():
        if next(row.iterancestors("td", "th"), None) is None:
            yield [_text(cell) for cell in row if cell.tag in ("td", "th")]
            row.clear()


def _chunks(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        encoding = _encoding(file.read(HEAD))
    with path.open(encoding=encoding, errors="replace") as file:
        yield from iter(partial(file.read, HEAD), "")


def _text(cell: Any) -> str | None:
    """What is seen of a cell; a line break in it is a blank."""
    for line_break in cell.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    return " ".join("".join(cell.itertext()).split()) or None


def _encoding(head: bytes) -> str:
    """UTF-8 where it is that, else as the page names it, else as it looks."""
    named = _CHARSET.search(head)
    seen = "utf-8" if head.isascii() or head.startswith(BOM) else encoding_of(head)
    try:
        return codecs.lookup(named[1].decode()).name if named and seen != "utf-8" else seen
    except LookupError:
        return seen
