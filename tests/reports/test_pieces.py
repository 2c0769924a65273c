"""What a report does not show is not put into words, and what it lists is told and written in pieces."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pandas as pd
import pytest

from auditor.audit.result import TOLD, Audit
from auditor.reports import rows
from auditor.reports.console import console_for
from auditor.reports.csv_report import csv_of
from auditor.reports.findings import SHOWN
from auditor.reports.json_report import json_of
from auditor.reports.terminal import print_report
from tests.reports.builders import CALLS_OWED, SCORES, audit_of, frame, row, sample

MANY = 40


def many() -> tuple[Audit, list[int]]:
    """An audit of many violations of one clause by one person, and how many were told each time that it was asked."""
    each = [{**CALLS_OWED, "id": f"x{n}", "incident": f"x{n}", "evidence": [row(n)]} for n in range(MANY)]
    whole, told = frame(each), []

    def tell(duties: pd.DataFrame) -> pd.DataFrame:
        told.append(len(duties))
        return duties.join(whole[list(TOLD)])

    audit = audit_of([], SCORES)
    return replace(audit, duties=whole.drop(columns=list(TOLD)), tell=tell), told


def test_the_terminal_has_only_what_it_shows_told() -> None:
    audit, told = many()
    print_report(audit, console_for(io.StringIO()))
    assert sum(told) == SHOWN


@pytest.mark.parametrize("report", [json_of, csv_of])
def test_a_list_is_told_and_written_piece_by_piece(
    report: Callable[[Audit], Iterator[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    audit, told = many()
    whole = "".join(report(audit))
    monkeypatch.setattr(rows, "PIECE", 15)
    pieces = report(audit)
    told.clear()
    assert "".join(pieces) == whole
    assert told == [15, 15, 10]


def test_the_first_duty_is_written_before_the_last_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    audit, told = many()
    monkeypatch.setattr(rows, "PIECE", 15)
    written = ""
    for piece in json_of(audit):
        written += piece
        if "x0" in written:
            break
    assert told == [15]


def test_pieces_keep_the_order_and_every_duty() -> None:
    audit = sample()
    shown = [duty["id"] for duty in json.loads("".join(json_of(audit)))["duties"]]
    assert shown == list(audit.duties["id"])
