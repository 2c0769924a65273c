"""What is owed, as JSON, for programs: soonest first."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from auditor.reports.json_report import scope_of
from auditor.reports.owed.agenda import Agenda, Owed
from auditor.reports.rows import number
from auditor.reports.safe import json_text


def json_of(agenda: Agenda) -> Iterator[str]:
    """The agenda in one piece; the same audit gives the same bytes."""
    told = {
        "schema": 1,
        "as_of": _moment(agenda.as_of),
        "timezone": agenda.timezone,
        "scope": scope_of(agenda.scope),
        "duties": [_duty(each) for each in agenda.owed],
    }
    yield json_text(told)


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _duty(each: Owed) -> dict[str, Any]:
    """`used`: the share of its time that is used up."""
    duty = each.duty
    return {
        "id": duty.id,
        "when": each.when,
        "clause": duty.clause,
        "text": each.text,
        "severity": duty.severity,
        "entity": duty.entity,
        "deal": duty.deal,
        "title": duty.title,
        "link": duty.link,
        "manager": duty.manager,
        "department": duty.department,
        "role": duty.role,
        "arose": _moment(duty.arose),
        "due": _moment(duty.due),
        "used": number(each.used),
        "measured": duty.measured,
        "limit": duty.limit,
        "unit": duty.unit,
        "why": duty.why,
        "evidence": [place._asdict() for place in duty.evidence],
    }
