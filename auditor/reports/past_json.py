"""The history as JSON, schema 1."""

from typing import Any

from auditor.history.past import Past, Pile, Trend
from auditor.reports.rows import number
from auditor.reports.safe import json_text


def past_json(past: Past) -> str:
    """Every number that the history tells; the same nights give the same text."""
    told = {
        "schema": 1,
        "as_of": past.as_of.isoformat(timespec="seconds"),
        "timezone": past.zone,
        "days": [day.isoformat() for day in past.days],
        **{group.value: list(trend.values) for group, trend in past.became.items()},
        "open": list(past.open.values),
        "compliance": _trend(past.compliance),
        "managers": [_named(trend, "manager") for trend in past.managers if trend.known],
        "departments": [_named(trend, "department") for trend in past.departments if trend.known],
        "clauses": [_named(trend, "clause") for trend in past.clauses if trend.known],
        "rule_changes": [{"day": day.isoformat(), "clauses": list(codes)} for day, codes in past.rule_changes.items()],
        "not_done": [
            {"id": each.duty.id, "manager": each.duty.manager, "clause": each.duty.clause, "entity": each.duty.entity,
             "deal": each.duty.deal, "due": each.duty.due and each.duty.due.isoformat(), "days": each.days}
            for each in past.not_done
        ],
        "repeated": [vars(each) for each in past.repeated],
        "old": past.pile and _pile(past.pile),
    }  # fmt: skip
    return json_text(told)


def _trend(trend: Trend) -> dict[str, Any]:
    """Per day a number or null, and the days from which another rule judges."""
    return {"values": list(map(number, trend.values)), "breaks": [day.isoformat() for day in trend.breaks]}


def _named(trend: Trend, what: str) -> dict[str, Any]:
    return {what: trend.name, **_trend(trend)}


def _pile(pile: Pile) -> dict[str, Any]:
    return {
        "since": pile.since.isoformat(),
        "values": list(pile.trend.values),
        "fewer_per_week": number(pile.per_week),
        "ends": pile.ends and pile.ends.isoformat(),
    }
