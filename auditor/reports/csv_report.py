"""The duties as CSV for a spreadsheet: UTF-8 with a byte order mark, `;` between cells, no formulas."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

from auditor.audit.result import Audit, Waiver
from auditor.i18n import _, day_form, separated
from auditor.reports import words
from auditor.reports.rows import COLUMNS, column, pieces
from auditor.reports.safe import encodable, no_formula
from auditor.reports.summary import texts_of
from auditor.terms import role_words

SHOWN = tuple(
    shown for name in COLUMNS if name != "findings" for shown in (("text", name) if name == "why" else (name,))
)
"""The columns: `text` is the clause's sentence, beside the facts; `why` says in one cell what the findings say."""
BOM = "\ufeff"
WORDS = {
    "severity": words.severity,
    "entity": words.entity,
    "role": role_words,
    "verdict": words.verdict,
    "how": words.how,
    "unit": words.unit,
}


def csv_of(audit: Audit) -> Iterator[str]:
    """A line per duty of the audit, in its order, in pieces of text; times and numbers as the language writes them."""
    yield BOM + _lines([_headers().values()])
    texts = texts_of(audit)
    for piece in pieces(audit):
        piece = piece.assign(text=piece["clause"].map(texts))
        yield _lines(zip(*(_cells(name, column(piece, name)) for name in SHOWN), strict=True))


def _lines(rows: Iterable[Iterable[str]]) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows(rows)
    return encodable(file.getvalue())


def _headers() -> dict[str, str]:
    names = {
        "id": _("Duty id"),
        "clause": _("Clause"),
        "severity": _("Severity"),
        "entity": _("Deal or lead"),
        "deal": _("Deal id"),
        "title": _("Title"),
        "link": _("Link"),
        "manager": _("Manager"),
        "department": _("Department"),
        "role": _("Role"),
        "arose": _("Arose"),
        "due": _("Due"),
        "met_at": _("Done"),
        "verdict": _("Verdict"),
        "how": _("How"),
        "measured": _("Measured"),
        "limit": _("Limit"),
        "unit": _("Unit"),
        "overrun": _("Overrun"),
        "text": _("What it asks"),
        "why": _("Why"),
        "incident": _("Incident"),
        "suspect": _("Suspicious"),
        "waiver": _("Waiver"),
        "evidence": _("Source rows"),
        "at_stake": _("Amount of the open deal"),
    }
    return {name: names[name] for name in SHOWN}


def _cells(name: str, values: list[Any]) -> Iterable[str]:
    """A column's cells, each distinct one made once."""
    written = WORDS.get(name, str)
    if name == "suspect":
        values = [tuple(map(words.suspect, flags)) for flags in values]
    return map(cache(lambda value: no_formula(written(value)) if isinstance(value, str) else _cell(value)), values)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return separated(f"{value:.4f}".rstrip("0").rstrip("."))
    if isinstance(value, datetime):
        return value.strftime(day_form() + " %H:%M:%S")
    if isinstance(value, Waiver):
        return no_formula(f"{value.approved_by}: {value.reason}")
    return no_formula("; ".join(map(str, value)))
