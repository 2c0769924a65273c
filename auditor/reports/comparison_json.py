"""A comparison as JSON, schema 1."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from auditor.history.changes import Change, Group, Why
from auditor.history.night import Duty
from auditor.reports.comparison import TOLD, Comparison, Person
from auditor.reports.counts import Counts
from auditor.reports.read_report import Report
from auditor.reports.rows import number
from auditor.reports.safe import json_text

DUTY = ("id", "clause", "severity", "entity", "deal", "title", "manager", "role", "arose", "due", "met_at", "verdict",
        "how", "why")  # fmt: skip


def comparison_json(comparison: Comparison) -> str:
    """The whole comparison; the same reports give the same text."""
    before, after = comparison.counts
    told = {
        "schema": 1,
        "before": _report(comparison.before, before),
        "after": _report(comparison.after, after),
        "differences": list(comparison.differences),
        "groups": _groups(comparison.groups),
        "withdrawn_because": {why.value: comparison.reasons.get(why, 0) for why in Why},
        "managers": [_person(person) for person in comparison.people],
        "changes": [_change(change) for change in comparison.changes],
    }
    return json_text(told)


def _report(report: Report, counts: Counts) -> dict[str, Any]:
    night = report.night
    return {"file": report.name, "as_of": _moment(night.as_of), "timezone": night.timezone, **_counts(counts)}


def _counts(counts: Counts) -> dict[str, Any]:
    return {**asdict(counts), "violated": counts.violated, "compliance": number(counts.compliance)}


def _groups(groups: Mapping[Group, int]) -> dict[str, int]:
    return {group.value: groups.get(group, 0) for group in TOLD}


def _person(person: Person) -> dict[str, Any]:
    return {
        "manager": person.manager,
        "role": person.role,
        "before": _counts(person.before),
        "after": _counts(person.after),
        "groups": _groups(person.groups),
    }


def _change(change: Change) -> dict[str, Any]:
    """A violation as the later report lists it, else as the earlier one did; `listed_before`: its id there."""
    why = change.why.value if change.why else None
    return {"group": change.group.value, "withdrawn_because": why, "listed_before": change.before and change.before.id,
            "listed_now": change.after is not None, **_duty(change.duty)}  # fmt: skip


def _duty(duty: Duty) -> dict[str, Any]:
    return {name: _moment(value) if isinstance(value := getattr(duty, name), datetime) else value for name in DUTY}


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
