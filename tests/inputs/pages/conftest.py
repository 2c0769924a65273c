"""Pages are written to files and read back; rows are compared as the words that they hold."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from auditor.inputs.pages import read_pages
from auditor.inputs.tables import Part, Problem
from auditor.settings import Settings

Row = dict[str, Any]


class Read:
    """What came out of a set of pages."""

    def __init__(self, parts: list[Part], problems: list[Problem]) -> None:
        self.parts = parts
        self.problems = [*problems, *(problem for part in parts for problem in part.problems)]

    def table(self, name: str) -> list[Row]:
        """The rows of a table as dictionaries without missing cells, in the order of files and rows."""
        return [row for part in self.parts if part.table == name for row in read_rows(part.frame)]

    def columns(self, name: str) -> set[str]:
        return {column for part in self.parts if part.table == name for column in part.frame.columns}

    @property
    def unread(self) -> list[Row]:
        """What is known of the items that gave no row; without `last`."""
        rows = [row for part in self.parts if part.unread is not None for row in read_rows(part.unread)]
        return [{name: value for name, value in row.items() if name != "last"} for row in rows]

    @property
    def said(self) -> list[str]:
        return [f"{Path(problem.place.file).name}:{problem.place.row} {problem.what}" for problem in self.problems]


def read_rows(frame: pd.DataFrame) -> list[Row]:
    """Rows without missing cells, without `row`; times as texts, false `done` left out."""
    return [
        {
            name: str(value) if isinstance(value, pd.Timestamp) else value
            for name, value in record.items()
            if name != "row" and not pd.isna(value) and value is not False
        }
        for record in frame.to_dict("records")
    ]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Read]:
    """`read(leads=…, users=…)`: each page (or text) is written to a file of that name, then all are read."""

    def written(settings: Settings | None = None, **pages: Any) -> Read:
        for name, page in pages.items():
            content = page if isinstance(page, bytes) else json.dumps(page, ensure_ascii=False).encode()
            (tmp_path / f"{name}.json").write_bytes(content)
        files = [tmp_path / f"{name}.json" for name in pages]
        return Read(*read_pages(files, settings or Settings()))

    return written
