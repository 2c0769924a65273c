"""Nights and duties for the tests of the history."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from auditor.history.night import Duty, Night, Sight

EVENING = datetime(2026, 3, 10, 18)
SIGHTS = {code: Sight(rule="r1") for code in ("FUR0201", "FUR0902", "AGY0703")}
MISSED: dict[str, Any] = {
    "clause": "FUR0902", "severity": "high", "entity": "deal", "deal": "101", "manager": "Иванов Иван",
    "department": "", "role": "manager", "arose": datetime(2026, 2, 1, 10), "due": datetime(2026, 3, 3, 23, 59, 59),
    "met_at": None, "verdict": "violated", "how": "missed",
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
