"""Exports written on the spot, and the one call under test."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from by_hand import PARTS

from auditor.i18n import activate
from auditor.inputs import load
from auditor.inputs.tables import Tables
from auditor.settings import Settings

NOW = datetime(2024, 7, 1, 12)
Loaded = Callable[..., Tables]


@pytest.fixture(autouse=True)
def english() -> None:
    """Problems in the words of the sources; back to Russian by the fixture of all tests."""
    activate("en")


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    """`loaded("deals.csv", …, timezone=…)`: names of files in the test's folder, as the user would name them."""

    def run(*names: str, **settings: Any) -> Tables:
        return load([tmp_path / name for name in names], replace(Settings(now=NOW), **settings))

    return run


@pytest.fixture
def csv(tmp_path: Path) -> Callable[..., None]:
    """`csv("deals.csv", "ID;…", "1;…", encoding=…)`: a file of lines."""

    def write(name: str, *lines: str, encoding: str = "utf-8") -> None:
        (tmp_path / name).write_bytes("\n".join([*lines, ""]).encode(encoding))

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[[str, Mapping[str, Sequence[Sequence[object]]]], None]:
    """`workbook("crm.xlsx", {"Сделки": [[…], …]})`."""

    def write(name: str, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        book.save(tmp_path / name)

    return write


@pytest.fixture
def raw_workbook(tmp_path: Path) -> Callable[..., Path]:
    """`raw_workbook("crm.xlsx", sheet_xml)`: a workbook whose only sheet, «Сделки», is this XML."""

    def write(name: str, xml: str, **parts: str) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, text in {**PARTS, "xl/worksheets/sheet1.xml": xml, **parts}.items():
                archive.writestr(part, text)
        return path

    return write
