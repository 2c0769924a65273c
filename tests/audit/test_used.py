"""How much of a duty's time is over: working time where its clause counts that, else time as it elapses."""

from datetime import datetime
from typing import Any

import numpy as np
import pytest

from auditor.audit.engine import audit
from auditor.audit.request import Request
from auditor.patterns import (
    Condition,
    PerDay,
    Response,
    call,
    created,
    days,
    filled,
    hours,
    working_days,
    working_hours,
)
from auditor.rules import HIGH, Clause, Pipeline, Regulation
from auditor.settings import Settings
from auditor.terms import Stage
from tests.log.builders import act, change, deal, stage, tables

LEAD = Stage("Лид")


def used(duty: Any, as_of: str, **rows: Any) -> list[float]:
    """The shares of all duties of a clause with this shape."""
    rule = Regulation("FUR", "", (Pipeline("Продажи", ("Лид",)),), (Clause("FUR0101", HIGH, "", "Правило.", duty),))
    asked = Request((rule,), named=("FUR",), all_duties=True)
    found = audit(tables(**rows), asked, Settings(as_of=datetime.fromisoformat(as_of), suppose_days_off=False))
    return found.used_up(found.duties).round(4).tolist()


CALLS = [act("call", "2024-02-01 12:00", deal=None, direction=way, outcome="answered") for way in ("out", "in")]


@pytest.mark.parametrize(
    ("due", "as_of", "share"),
    [
        (hours(48), "2024-03-02 10:00", 0.5),
        (working_hours(16), "2024-03-02 10:00", 0.5),
        (working_hours(16), "2024-03-04 10:00", 0.5625),
        (working_days(2), "2024-03-04 10:00", 0.5),
        (days(3), "2024-03-03 04:59:59", 0.5),
        (hours(1), "2024-03-04 10:00", 1),
    ],
)
def test_the_share_of_a_response(due: Any, as_of: str, share: float) -> None:
    """The deal is created on a Friday at 10:00."""
    late = [act("call", "2024-03-06 12:00", direction="out", outcome="answered"), *CALLS]
    duty = Response(on=created, expect=call(), due=due)
    assert used(duty, as_of, activities=late) == [pytest.approx(share, abs=1e-3)]


def test_a_day_counts_working_time() -> None:
    rows = {"deals": [deal(pipeline="Продажи", stage="Лид")], "history": [stage("2024-03-01 10:00", "Лид")]}
    day = PerDay(during=LEAD, expect=call(), at_least=3)
    assert used(day, "2024-03-01 13:30", activities=CALLS, **rows) == [0.5]


def test_a_condition_has_the_time_of_its_grace_and_without_one_none() -> None:
    rows = {
        "deals": [deal(**{"field:Город": None})],
        "history": [change("field", "2024-02-01 10:00", None, field="Город")],
    }
    assert used(Condition(on=created, that=filled("Город"), grace=working_hours(2)), "2024-03-01 11:00", **rows) == [
        0.5
    ]
    [at_once] = used(Condition(on=created, that=filled("Город")), "2024-03-01 11:00", **rows)
    assert np.isnan(at_once)
