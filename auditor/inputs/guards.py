"""What a workbook would do to the machine, looked at before any reader opens it."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from auditor.i18n import _

MOST_UNPACKED = 1 << 30
BIG = 64 << 20
MOST_RATIO = 250
MOST_CELLS = 30_000_000
MOST_TEXT = 1 << 30
SMALLEST_CELL = 16
"""Bytes of `<c t="s"><v>0</v>` and the like, at least."""
UTF16 = (b"\xff\xfe", b"\xfe\xff")
CHUNK = 1 << 20
KEPT = 64
"""Bytes kept over from chunk to chunk, so that no cell's beginning is cut in two."""

_FAR = re.compile(rb"""r\s*=\s*["'][A-Z](?:[A-Z]|\d{6})""")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,7})(\d{1,12})["']""")
_SHARED = re.compile(rb"""t\s*=\s*["']s["'][^>]{0,40}>\s{0,9}<v>(\d{1,9})<""")


class Refused(Exception):  # noqa: N818
    """An input that cannot be read at all; its words are for the user."""


def check_workbook(path: Path) -> None:
    """Refused where the file is no workbook, or would outgrow the memory when unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive)
            for entry in archive.infolist():
                _check_part(archive, entry)
            _check_shared(archive)
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
    """Any part may be a sheet, whatever its name."""
    head = next(_chunks(archive, entry), b"")
    if (
        b"<!DOCTYPE" in head
        or b"<!ENTITY" in head
        or (entry.filename.endswith(".xml") and head[KEPT : KEPT + 2] in UTF16)
    ):
        raise Refused(_("the workbook holds instructions that no export has; it is not opened"))
    if any(_FAR.search(chunk) for chunk in _chunks(archive, entry)):
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


def _check_shared(archive: zipfile.ZipFile) -> None:
    """A text is kept once in the file, but once per cell in the memory."""
    for entry in archive.infolist():
        lengths = _lengths(_chunks(archive, entry)) if entry.filename.endswith("sharedStrings.xml") else []
        sheets = [other for other in archive.infolist() if other is not entry]
        most_cells = sum(sheet.file_size for sheet in sheets) // SMALLEST_CELL
        if lengths and max(lengths) * most_cells > MOST_TEXT:
            _check_texts(np.array(lengths), (chunk for sheet in sheets for chunk in _chunks(archive, sheet)))


def _check_texts(lengths: NDArray[np.int64], chunks: Iterator[bytes]) -> None:
    total = 0
    for chunk in chunks:
        numbers = np.array([int(number) for number in _SHARED.findall(chunk)], dtype=np.int64)
        total += int(lengths[numbers[numbers < len(lengths)]].sum())
        if total > MOST_TEXT:
            raise Refused(_("unpacked, the workbook would fill the memory; export fewer rows, or CSV"))


def _lengths(chunks: Iterator[bytes]) -> list[int]:
    """The bytes of each shared text."""
    lengths, pending = [], 0
    for chunk in chunks:
        first, *others = chunk[:-KEPT].split(b"</si>")
        pending += len(first)
        for other in others:
            lengths.append(pending)
            pending = len(other)
    return [*lengths, pending]


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part, unpacked, in chunks that begin with the last `KEPT` bytes of the one before; no more than declared."""
    left, rest = entry.file_size, b" " * KEPT
    with archive.open(entry) as stream:
        while left > 0 and (chunk := stream.read(CHUNK)):
            left -= len(chunk)
            rest += chunk
            yield rest
            rest = rest[-KEPT:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
