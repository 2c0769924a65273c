"""The JSON report, schema 1: its keys and their order are a contract."""

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

from auditor.audit.result import Audit, Waiver
from auditor.inputs.tables import Place
from auditor.reports.rows import MOMENTS, column, number
from auditor.reports.safe import encodable
from auditor.reports.scores import ClauseScore, Counts, Score
from auditor.reports.summary import summary_of

DUTY = (
    "id", "clause", "severity", "entity", "deal", "title", "manager", "role", "arose", "due", "met_at", "verdict",
    "how", "measured", "limit", "unit", "overrun", "why", "suspect", "waiver", "evidence",
)  # fmt: skip


def json_of(audit: Audit) -> str:
    """The report as text, a record a line; the same audit gives the same bytes."""
    parts = (f"{_json(key)}: {_listed(value)}" for key, value in _report(audit).items())
    return encodable("{" + ",\n ".join(parts) + "}\n")


def _listed(value: Any) -> str:
    return "[\n  " + ",\n  ".join(map(_json, value)) + "]" if isinstance(value, list) and value else _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _report(audit: Audit) -> dict[str, Any]:
    summary = summary_of(audit)
    return {
        "schema": 1,
        "as_of": audit.as_of.isoformat(timespec="seconds"),
        "timezone": audit.timezone,
        "inputs": [
            {"file": s.file, "sheet": s.sheet, "table": s.table, "source": s.reader, "rows": s.rows,
             "rejected": s.rejected}
            for s in audit.inputs
        ],
        "problems": [{**_place(problem.place), "what": problem.what} for problem in audit.problems],
        "coverage": [
            {"clause": c.clause, "status": c.status.value, "why": c.why, "needs": list(c.needs)} for c in audit.coverage
        ],
        "parameters": [
            {"clause": p.clause, "parameter": p.parameter, "value": p.value, "default": p.default}
            for p in audit.parameters
        ],
        "waivers": [_waiver(waiver) for waiver in audit.waivers],
        "supposed_days_off": [
            {"manager": manager, "days": [day.isoformat() for day in days]}
            for manager, days in sorted(audit.supposed_days_off.items())
        ],
        "managers": [_score(score) for score in (*summary.managers, *summary.roles)],
        "clauses": [_clause(score) for score in summary.clauses],
        "duties": list(_duties(audit.duties)),
    }  # fmt: skip


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "sheet": place.sheet, "row": place.row, "column": place.column}


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "clause": waiver.clause,
        "deal": waiver.deal,
        "manager": waiver.manager,
        "since": waiver.since.isoformat() if waiver.since else None,
        "until": waiver.until.isoformat(),
        "approved_by": waiver.approved_by,
        "reason": waiver.reason,
        "state": waiver.state,
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "manager": score.manager,
        "department": score.department,
        "role": score.role,
        **_judged(score.counts),
        "by_severity": dict(score.by_severity),
        **_beside(score.counts),
        "compliance": number(score.counts.compliance),
        "compliance_before_waivers": number(score.counts.compliance_before_waivers),
    }


def _clause(score: ClauseScore) -> dict[str, Any]:
    return {
        "clause": score.clause,
        "text": score.text,
        "severity": score.severity,
        **_judged(score.counts),
        **_beside(score.counts),
        "compliance": number(score.counts.compliance),
    }


def _judged(counts: Counts) -> dict[str, int]:
    return {name: getattr(counts, name) for name in ("met", "violated", "late", "missed", "forbidden")}


def _beside(counts: Counts) -> dict[str, int]:
    return {name: getattr(counts, name) for name in ("pending", "unknown", "waived")}


def _duties(duties: pd.DataFrame) -> Iterator[dict[str, Any]]:
    columns = [_column(duties, name) for name in DUTY]
    return (dict(zip(DUTY, values, strict=True)) for values in zip(*columns, strict=True))


def _column(duties: pd.DataFrame, name: str) -> list[Any]:
    """A column's values as JSON has them."""
    values = column(duties, name)
    if name in MOMENTS:
        return [moment.isoformat(timespec="seconds") if moment else None for moment in values]
    if name == "how":
        return [how or None for how in values]
    if name == "evidence":
        return [[_place(place) for place in places] for places in values]
    if name == "waiver":
        return [_excuse(waiver) if waiver else None for waiver in values]
    return values


def _excuse(waiver: Waiver) -> dict[str, str]:
    return {"approved_by": waiver.approved_by, "reason": waiver.reason, "until": waiver.until.isoformat()}
