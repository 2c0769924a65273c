"""Dates of a workbook whose days Excel took for months: the sheet is refused, since nobody knows which they are."""

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Tables

Write, Loaded = Callable[..., None], Callable[..., Tables]
REAL = [datetime(2024, 3, day, 10, 30) for day in range(3, 13)]
LATER = [f"{day}.03.2024 10:30" for day in range(13, 23)]


def told(workbook: Write, loaded: Loaded, cells: Sequence[object]) -> list[tuple[str, Trouble]]:
    rows = [["ID сделки", "Дата создания"], *([number, cell] for number, cell in enumerate(cells, 1))]
    workbook("crm.xlsx", {"Сделки": rows})
    return [(str(problem), problem.kind) for problem in loaded("crm.xlsx").problems]


def test_a_column_in_which_days_were_taken_for_months_refuses_its_sheet(workbook: Write, loaded: Loaded) -> None:
    found = told(workbook, loaded, [*REAL, *LATER])[0]
    assert found == (
        "crm.xlsx › Сделки › Дата создания: Excel has read some dates of this column month first: all of its real "
        "dates are of days up to the 12th, and all later days are text; export the table anew, and do not save it in "
        "Excel",
        Trouble.REFUSED,
    )


@pytest.mark.parametrize(
    "cells",
    [
        [*REAL[1:], *LATER],
        [*REAL, *LATER[1:]],
        [*REAL, datetime(2024, 3, 13), *LATER],
        [*REAL, *LATER, "12.03.2024 10:30"],
        [*REAL, *REAL],
        [*LATER, *LATER],
    ],
    ids=["nine real dates", "nine texts", "a later real date", "an earlier text", "dates alone", "texts alone"],
)
def test_any_other_column_is_read(workbook: Write, loaded: Loaded, cells: Sequence[object]) -> None:
    assert told(workbook, loaded, cells) == []
