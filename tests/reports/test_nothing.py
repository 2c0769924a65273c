"""Nothing judged is no success: each of its reasons, and what to do."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from auditor.audit.result import Coverage, Extent, PipelineFound, Scope, Status
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem
from auditor.reports.nothing import nothing
from auditor.reports.summary import summary_of
from tests.reports.builders import audit_of, score

CHECKED = (Coverage("FUR0201", Status.CHECKED),)
LACKING = (Coverage("FUR0201", Status.NOT_CHECKED, "needs calls", ("calls",), ("calls",)),)
EXTENT = Extent(60, 0, date(2024, 4, 25), date(2024, 9, 27))
YESTERDAY = Scope("yesterday", date(2026, 11, 29), date(2026, 11, 29))
FOREIGN = (PipelineFound("Партнёры", None, None, 3, judged=False),)
REFUSED = (Problem(Place("calls.csv"), "the file is damaged", kind=Trouble.REFUSED),)


@pytest.mark.parametrize(
    ("audit", "why", "advice"),
    [
        ({"coverage": ()}, "no clause is left to check by.", "loosen --select, --ignore, --severity or [clauses]"),
        ({"as_of": datetime(2020, 1, 1)},
         "as of 2020-01-01 00:00 there is no data yet, the export begins on 2024-04-25.",
         "leave out --as-of, or name a day from 2024-04-25 on."),
        ({"pipelines": FOREIGN, "problems": REFUSED},
         "no deal is in a pipeline of the regulation; the data names “Партнёры”.",
         "name your pipeline under [pipelines]"),
        ({"problems": REFUSED}, "not read: calls.csv: the file is damaged.", "mend what is named, and check again."),
        ({"scope": YESTERDAY},
         "in that time (yesterday, Sunday 2026-11-29) there are no records, the export ends on 2024-09-27.",
         "export the CRM anew, or say --as-of 2024-09-27."),
        ({"scope": Scope(until=date(2024, 1, 31))},
         "in that time (until 2024-01-31) there are no records, the export begins on 2024-04-25.", "export these days"),
        ({"scope": Scope(since=date(2024, 5, 1), until=date(2024, 5, 1))},
         "in that time (Wednesday 2024-05-01) no duty fell due.", "choose a longer period: --since, --until."),
        ({"scope": Scope(managers=("Орлов",), departments=("Опт",))}, "not one duty fell to Орлов, Опт.",
         "leave out --manager and --department."),
        ({"coverage": LACKING}, "the exports lack what every clause needs: Calls.", "auditor inspect FILES says"),
        ({}, "no deal came to a point at which a clause asks for anything.", "see with auditor inspect FILES whether"),
    ],
)  # fmt: skip
def test_the_reason_and_what_to_do(audit: dict[str, Any], why: str, advice: str) -> None:
    usual = {"coverage": CHECKED, "extent": EXTENT, "as_of": datetime(2024, 9, 27, 18)}
    nothing_judged = replace(audit_of([], []), **{**usual, **audit})
    first, second = nothing(nothing_judged, summary_of(nothing_judged))
    assert first == f"Nothing to judge: {why}"
    assert second.startswith(f"→ {advice}")


def test_duties_that_are_all_unknown_are_counted() -> None:
    audit = replace(audit_of([], [score("Петров", "FUR0201", "high", unknown=2)]), coverage=CHECKED)
    assert nothing(audit, summary_of(audit))[0] == "Nothing to judge: 2 duties arose, and all are unknown."


def test_where_anything_was_judged_nothing_is_said() -> None:
    audit = replace(audit_of([], [score("Петров", "FUR0201", "high", pending=1)]), problems=REFUSED, scope=YESTERDAY)
    assert nothing(audit, summary_of(audit)) == ()
