"""What a workbook would do to the machine, looked at before any reader opens it."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from auditor.i18n import _

MOST_UNPACKED = 1 << 30
BIG = 64 << 20
MOST_RATIO = 250
MOST_CELLS = 30_000_000
CHUNK = 1 << 20
REF = 16
"""Longest cell reference with its quotes, kept over from chunk to chunk."""

_FAR = re.compile(rb"""["'](?:[A-Z]{2,3}\d+|[A-Z]\d{6,})["']""")
_REFERENCE = re.compile(rb"""["']([A-Z]{1,3})(\d{1,12})["']""")


class Refused(Exception):  # noqa: N818
    """An input that cannot be read at all; its words are for the user."""


def check_workbook(path: Path) -> None:
    """Refused where the file is no workbook, or would outgrow the memory when unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive)
            for entry in archive.infolist():
                if entry.filename.endswith((".xml", ".rels")):
                    _check_part(archive, entry)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Refused(_("the workbook is damaged or incomplete; export it once more")) from error


def _check_sizes(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if not any(entry.filename.lower() == "xl/workbook.xml" for entry in entries):
        raise Refused(_("a zip archive, but no Excel workbook; unpack it and name the files inside"))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(_("the workbook is protected by a password; save it without one"))
    unpacked = sum(entry.file_size for entry in entries)
    bombs = [e for e in entries if e.file_size > BIG and e.file_size > MOST_RATIO * max(e.compress_size, 1)]
    if unpacked > MOST_UNPACKED or bombs:
        raise Refused(_("unpacked, the workbook would fill the memory; export fewer rows, or CSV"))


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    head = next(_first_chunk(archive, entry))
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused(_("the workbook holds instructions that no export has; it is not opened"))
    if "worksheets/" in entry.filename and any(_FAR.search(chunk) for chunk in _chunks(archive, entry)):
        _check_span(_chunks(archive, entry))


def _check_span(chunks: Iterator[bytes]) -> None:
    """A reader keeps every cell between the first and the farthest, be it empty or not."""
    columns = rows = 0
    for chunk in chunks:
        for letters, number in set(_REFERENCE.findall(chunk)):
            columns, rows = max(columns, _column_number(letters)), max(rows, int(number))
        if columns * rows > MOST_CELLS:
            raise Refused(
                _("a sheet has cells far outside its table; delete the empty rows and columns, or export CSV")
            )


def _first_chunk(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        yield stream.read(65536)


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part, unpacked; no more of it than it declares."""
    left, rest = entry.file_size, b""
    with archive.open(entry) as stream:
        while left > 0 and (chunk := stream.read(CHUNK)):
            left -= len(chunk)
            yield rest + chunk
            rest = chunk[-REF:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
