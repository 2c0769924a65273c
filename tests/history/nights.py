"""Nights and duties for the tests of the history."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from auditor.audit.result import Audit, Coverage, Status
from auditor.history.night import Duty, Night, Sight
from tests.reports import builders

EVENING = datetime(2026, 3, 10, 18)
SIGHTS = {code: Sight(rule="r1") for code in ("FUR0201", "FUR0902", "AGY0703")}
MISSED: dict[str, Any] = {
    "clause": "FUR0902", "severity": "high", "entity": "deal", "deal": "101", "manager": "Иванов Иван",
    "department": "Розница", "role": "manager", "arose": datetime(2026, 2, 1, 10),
    "due": datetime(2026, 3, 3, 23, 59, 59), "met_at": None, "verdict": "violated", "how": "missed",
}  # fmt: skip


def duty(id: str = "a", **values: Any) -> Duty:
    """A missed duty of Иванов; other values as named."""
    return Duty(id=id, **{**MISSED, **values})


def late(id: str = "a", **values: Any) -> Duty:
    return duty(id, **{"how": "late", "met_at": datetime(2026, 3, 9, 12), **values})


def waived(id: str = "a", **values: Any) -> Duty:
    return duty(id, **{"verdict": "waived", **values})


def pending(id: str = "a", **values: Any) -> Duty:
    return duty(id, **{"verdict": "pending", "how": "", **values})


def night(*duties: Duty, day: int = 0, sights: Mapping[str, Sight] = SIGHTS, **values: Any) -> Night:
    """The night of 10 March, or so many days later."""
    return Night(EVENING + timedelta(day), "Europe/Moscow", duties, sights, **values)


def audited(
    *duties: Duty,
    day: int = 0,
    scores: Sequence[dict[str, Any]] = (),
    sights: Mapping[str, Sight] = SIGHTS,
    as_of: datetime | None = None,
) -> Audit:
    """The audit of that night, as the engine would hand it over."""
    made = builders.audit_of([_row(each) for each in duties], list(scores))
    seen = {True: Status.CHECKED, False: Status.NOT_CHECKED}
    coverage = [Coverage(c, seen[s.checked], since=s.since, until=s.until, rule=s.rule) for c, s in sights.items()]
    return replace(made, as_of=as_of or EVENING + timedelta(day), coverage=tuple(coverage))


def _row(duty_: Duty) -> dict[str, Any]:
    values = {each.name: getattr(duty_, each.name) for each in fields(duty_)}
    return builders.duty(**{**values, "how": values["how"] or ""})
