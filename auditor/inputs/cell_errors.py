"""Cells of a workbook that hold an error («#ЗНАЧ!»): its reader shows them empty, and an error is no emptiness."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import fromstring

from auditor.inputs.sheet_xml import column_number

MOST = 100_000
"""So many errors of a workbook are shown."""
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]{0,40} t="e"[^>]{0,40}>(?:<f[^<]*</f>|<f[^<>]*/>)?<v>(#[^<]{1,12})</v>'
)
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Errors = list[tuple[int, int, str]]


def errors_of(path: Path) -> dict[str, Errors]:
    """Row and column from 0, and the error, of each such cell, by the name of its sheet. The workbook is one that the
    guards have looked at."""
    with zipfile.ZipFile(path) as archive:
        return {name: errors for name, part in parts_of(archive) if (errors := _errors(archive.read(part)))}


def _errors(xml: bytes) -> Errors:
    if b't="e"' not in xml:
        return []
    found = (cell.groups() for cell in _ERROR.finditer(xml))
    return [
        (int(row) - 1, column_number(letters) - 1, text.decode("utf-8", "replace"))
        for (letters, row, text), _number in zip(found, range(MOST), strict=False)
    ]


def parts_of(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and part."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return
    targets = {one.get("Id"): one.get("Target", "") for one in fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
    for sheet in fromstring(archive.read("xl/workbook.xml")).iterfind(".//{*}sheet"):
        part = posixpath.normpath(posixpath.join("/xl", targets.get(sheet.get(_ID), ""))).lstrip("/")
        if part in names:
            yield sheet.get("name", ""), part
