"""Problems of the data, those that say the same of one sheet together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.i18n import ngettext
from auditor.inputs.tables import Problem
from auditor.reports.amounts import decimal
from auditor.reports.data import gravest_first

FEW_ROWS = 10


@dataclass(frozen=True)
class Group:
    """What is wrong, where, and in which rows: the first few by their numbers."""

    what: str
    where: str
    rows: str
    times: int


def grouped(problems: Iterable[Problem]) -> list[Group]:
    """The gravest first."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for problem in gravest_first(problems):
        rows = found[problem.what, str(problem.place._replace(row=None))]
        rows.extend([] if problem.place.row is None else [problem.place.row])
    return [Group(what, where, _rows(rows), max(len(rows), 1)) for (what, where), rows in found.items()]


def _rows(rows: list[int]) -> str:
    shown = ", ".join(map(str, rows[:FEW_ROWS]))
    more = len(rows) - FEW_ROWS
    rest = ngettext("and {n} more row", "and {n} more rows", more).format(n=decimal(more)) if more > 0 else ""
    return f"{shown} {rest}".strip()
