"""What a workbook would do to the machine, looked at before any reader opens it."""

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from xml.parsers.expat import ExpatError

import numpy as np
from numpy.typing import NDArray

from auditor.i18n import _
from auditor.inputs.sheet_xml import Laid, TooManyError, column_number, laid_out
from auditor.settings import Limits

BIG = 64 << 20
MOST_RATIO = 250
MOST_PARTS = 5_000
SPARSE, THINNEST = 3_000_000, 20
"""Of more laid out cells than that at least one in twenty is filled."""
MOST_TEXT = 1 << 30
TIMES_UNPACKED = 10
"""So much longer than the workbook its texts may be where cells share them."""
SMALLEST_CELL = 16
"""Bytes of `<c t="s"><v>0</v>` and the like, at least."""
UTF16 = (b"\xff\xfe", b"\xfe\xff")
CHUNK = 1 << 20
ENDLESS = 1 << 50
DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, NotImplementedError, RuntimeError,
    ValueError, LookupError,
)  # fmt: skip
"""What a damaged archive raises."""

_TYPED = rb' t="(?:s"><v>\d{1,9}</v>|(?:n|str|b|e|d|inlineStr)"/?>)'
_USUAL = rb' r="[A-Z]{1,3}[1-9]\d{0,6}"(?: s="\d{1,9}")?(?:/?>|' + _TYPED + rb")"
_FOREIGN = re.compile(rb"<c(?=[\s/>])(?!" + _USUAL + rb")")
_PREFIXED = re.compile(rb":c[\s/>]")
"""Cells that are not spelt as Excel spells them; whatever reads these must be counted as it reads them."""
_FAR = re.compile(rb'<c r="[A-Z](?:[A-Z]|\d{6})')
_REFERENCE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_SHARED = re.compile(rb't="s"><v>(\d{1,9})<')
_END_OF_TEXT = re.compile(rb"</(?:[^<>:]{0,40}:)?si\s*>")


class Refused(Exception):  # noqa: N818
    """An input that cannot be read at all; its words are for the user."""


@dataclass(frozen=True)
class _Part:
    """What the bytes of a part show. `foreign`: its cells must be parsed to be counted; `far`: they reach beyond column
    Z or row 99,999; `longest`: the bytes of the longest text that it shares."""

    archive: zipfile.ZipFile
    entry: zipfile.ZipInfo
    foreign: bool
    far: bool
    longest: int

    def chunks(self) -> Iterator[bytes]:
        return _chunks(self.archive, self.entry)


def beyond(what: str, limit: str) -> Refused:
    """Something larger than the setting `limit` allows."""
    more = _("if it is rightly so large, raise “{limit}” under [limits] in auditor.toml")
    return Refused(f"{what}; {more.format(limit=limit)}")


def check_size(path: Path, megabytes: int, limit: str, what: str) -> None:
    """Refused where the file is larger; `what` says so of its {size}."""
    if path.stat().st_size > megabytes << 20:
        raise beyond(what.format(size=megabytes), limit)


def check_workbook(path: Path, limits: Limits) -> None:
    """Refused where the file is no workbook, or would outgrow the memory when unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive, limits)
            parts = [_looked_at(archive, entry, limits) for entry in archive.infolist()]
            sheets = [_spread(part, limits) for part in parts]
            _check_shared(archive, parts, sheets)
    except TooManyError as error:
        raise Refused(too_much()) from error
    except (*DAMAGE, ExpatError) as error:
        raise Refused(damaged()) from error


def damaged() -> str:
    return _("the workbook is damaged or incomplete; export it once more")


def too_much() -> str:
    return _("unpacked, the file would fill the memory; export fewer rows, or CSV")


def check_width(captions: int, limits: Limits) -> None:
    """Refused where a table has more captions than any has."""
    if captions > limits.columns:
        what = _("more columns than any table has; check that the file is an export, and save only its table")
        raise beyond(what, "columns")


def _check_sizes(archive: zipfile.ZipFile, limits: Limits) -> None:
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    if names & {"content.xml", "xl/workbook.bin"}:
        raise Refused(_("a workbook of another format (.ods, .xlsb); open it and save it as .xlsx"))
    if "xl/workbook.xml" not in names:
        raise Refused(_("a zip archive, but no Excel workbook; unpack it and name the files inside"))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(_("the workbook is protected by a password; save it without one"))
    unpacked, packed = (sum(getattr(entry, size) for entry in entries) for size in ("file_size", "compress_size"))
    bomb = unpacked > BIG and unpacked > MOST_RATIO * packed
    if len(entries) > MOST_PARTS or bomb:
        raise Refused(too_much())
    check_unpacked(unpacked, limits)


def check_unpacked(size: int, limits: Limits) -> None:
    if size > limits.unpacked_mb << 20:
        raise beyond(too_much(), "unpacked_mb")


def _looked_at(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> _Part:
    """Any part may be a sheet, whatever its name."""
    sheet = foreign = far = False
    longest = last = start = 0
    for chunk in _chunks(archive, entry):
        if not start:
            _check_head(entry, chunk)
        sheet = sheet or b"sheetData" in chunk
        foreign = foreign or bool(_FOREIGN.search(chunk) or _PREFIXED.search(chunk))
        far = far or bool(_FAR.search(chunk))
        for found in _END_OF_TEXT.finditer(chunk):
            longest, last = max(longest, start + found.end() - last), start + found.end()
        start += len(chunk)
        check_unpacked(start, limits)
    return _Part(archive, entry, sheet and foreign, far, longest)


def _check_head(entry: zipfile.ZipInfo, head: bytes) -> None:
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or (entry.filename.endswith(".xml") and head[:2] in UTF16):
        raise Refused(_("the workbook holds instructions that no export has; it is not opened"))


def _spread(part: _Part, limits: Limits) -> Laid | None:
    """How far the cells of a part reach, where its bytes do not show that it is near enough. A reader keeps every cell
    between the first and the farthest, be it empty or not."""
    if not (part.foreign or part.far):
        return None
    laid = laid_out(part.chunks()) if part.foreign else _references(part.chunks())
    size = laid.rows * laid.columns
    if size > max(SPARSE, THINNEST * laid.cells):
        raise Refused(_("a sheet has cells far outside its table; delete the empty rows and columns, or export CSV"))
    if size > limits.cells:
        raise beyond(_("a sheet has more cells than fit into the memory; export fewer rows, or CSV"), "cells")
    return laid


def _references(chunks: Iterable[bytes]) -> Laid:
    """Of a part whose cells are spelt as Excel spells them."""
    laid = Laid()
    for chunk in chunks:
        found = _REFERENCE.findall(chunk)
        laid.cells += len(found)
        for letters, number in set(found):
            laid.columns, laid.rows = max(laid.columns, column_number(letters)), max(laid.rows, int(number))
    return laid


def _check_shared(archive: zipfile.ZipFile, parts: list[_Part], sheets: list[Laid | None]) -> None:
    """A text is kept once in the file, but once per cell in the memory."""
    unpacked = sum(entry.file_size for entry in archive.infolist())
    most = min(MOST_TEXT, max(BIG, TIMES_UNPACKED * unpacked))
    for part in parts:
        if part.longest * (unpacked // SMALLEST_CELL) > most:
            lengths = np.array(laid_out(part.chunks()).lengths, np.int64)
            _check_texts(lengths, _shown(parts, sheets), most)


def _shown(parts: list[_Part], sheets: list[Laid | None]) -> Iterator[NDArray[np.int64]]:
    """The numbers of the shared texts that cells show."""
    for part, laid in zip(parts, sheets, strict=True):
        if part.foreign and laid is not None:
            yield np.array(laid.shown, np.int64)
        else:
            yield from (np.array(_SHARED.findall(chunk)).astype(np.int64) for chunk in part.chunks())


def _check_texts(lengths: NDArray[np.int64], shown: Iterator[NDArray[np.int64]], most: int) -> None:
    total = 0
    for numbers in shown:
        total += int(lengths[numbers[numbers < len(lengths)]].sum())
        if total > most:
            raise Refused(too_much())


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part, unpacked to its real end whatever is declared of it, in chunks that cut no tag in two."""
    real = copy(entry)
    real.file_size, real.CRC = ENDLESS, None  # type: ignore[assignment]
    rest = b""
    with archive.open(real) as stream:
        while chunk := stream.read(CHUNK):
            rest += chunk
            cut = max(rest.rfind(b"<c"), 0) or max(rest.rfind(b"<"), 0) or len(rest)
            yield rest[:cut]
            rest = rest[cut:]
    yield rest
