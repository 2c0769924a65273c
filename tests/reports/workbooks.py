"""Workbooks read back."""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditor.audit.result import Audit
from auditor.reports.workbook.report import write_workbook

Values = list[Any]


def bytes_of(audit: Audit) -> bytes:
    file = io.BytesIO()
    write_workbook(audit, file)
    return file.getvalue()


def book_of(audit: Audit) -> Workbook:
    return load_workbook(io.BytesIO(bytes_of(audit)))


def parts_of(content: bytes) -> dict[str, str]:
    """The files in the workbook, as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows_of(sheet: Worksheet) -> list[Values]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@dataclass(frozen=True)
class Front:
    """The first sheet: what stands beside a title, and the table under one."""

    rows: list[Values]

    @classmethod
    def of(cls, book: Workbook) -> "Front":
        return cls(rows_of(book.worksheets[0]))

    def figure(self, title: str) -> Any:
        return next(row[1] for row in self.rows if row[0] == title)

    def table(self, title: str) -> list[dict[str, Any]]:
        """The rows under the title and the head, up to the first that is empty."""
        start = next(number for number, row in enumerate(self.rows) if row[0] == title) + 1
        return records(self.rows[start:])


def records(rows: list[Values]) -> list[dict[str, Any]]:
    """What stands under a head, as long as the first cell is filled."""
    head, *others = rows
    found = []
    for row in others:
        if row[0] is None:
            break
        found.append({title: value for title, value in zip(head, row, strict=True) if title is not None})
    return found


def listed(sheet: Worksheet) -> list[dict[str, Any]]:
    """The duties of a person's sheet, from the head that stays in sight on."""
    assert sheet.freeze_panes is not None
    head = int(re.sub(r"\D", "", str(sheet.freeze_panes))) - 1
    return records(rows_of(sheet)[head - 1 :])


def text_of(book: Workbook) -> str:
    """All sheets, a line per row: what a golden file holds."""
    return "\n".join(f"── {sheet.title} ──\n" + "\n".join(map(_line, rows_of(sheet))) for sheet in book.worksheets)


def _line(values: Values) -> str:
    return " | ".join(map(_cell, values)).rstrip(" |")


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return "" if value is None else str(value).replace("\n", " ⏎ ")
