"""The JSON report, schema 1: its keys and their order are a contract."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import cache
from itertools import chain, islice
from json.encoder import encode_basestring
from typing import Any

import numpy as np
import pandas as pd

from auditor.audit.result import Audit, Coverage, Scope, Waiver, WhatIf
from auditor.inputs.tables import Place, Problem
from auditor.reports.compared import Moved, compared
from auditor.reports.counts import ClauseScore, Counts, Score
from auditor.reports.rows import MOMENTS, column, number, pieces
from auditor.reports.safe import escaped
from auditor.reports.summary import summary_of
from auditor.terms import Checked

DUTY = (
    "id", "clause", "severity", "entity", "deal", "title", "manager", "role", "arose", "due", "met_at", "verdict",
    "how", "measured", "limit", "unit", "overrun", "why", "findings", "incident", "suspect", "waiver", "evidence",
)  # fmt: skip


DISTINCT = frozenset({"id", "why", "incident"})
RECORDS = {"findings": Checked._fields, "evidence": Place._fields}
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=lambda waiver: _excuse(waiver)).encode


def _json(value: Any) -> str:
    """The value as JSON that nothing obeys; texts and whole numbers, which are the most, by a shorter way."""
    if type(value) is str:
        return escaped(encode_basestring(value))
    return str(value) if type(value) is int else escaped(_encode(value))


def json_of(audit: Audit) -> Iterator[str]:
    """The report in pieces of text, a record a line; the same audit gives the same bytes."""
    before = "{"
    for key, part in _report(audit).items():
        yield f'{before}"{key}": '
        yield from _listed(map(_json, part)) if isinstance(part, list) else (_json(part),)
        before = ",\n "
    yield f'{before}"duties": '
    yield from _listed(record for piece in pieces(audit) for record in _duties(piece))
    if audit.what_if:
        yield f'{before}"what_if": {_json(_what_if(audit, audit.what_if))}'
    yield "}\n"


def _listed(records: Iterable[str]) -> Iterator[str]:
    before = "[\n  "
    for record in records:
        yield before + record
        before = ",\n  "
    yield "]" if before.startswith(",") else "[]"


def _report(audit: Audit) -> dict[str, Any]:
    summary = summary_of(audit)
    return {
        "schema": 1,
        "as_of": audit.as_of.isoformat(timespec="seconds"),
        "timezone": audit.timezone,
        "pipelines": [asdict(pipeline) for pipeline in audit.pipelines],
        "scope": scope_of(audit.scope),
        "inputs": [
            {"file": s.file, "sheet": s.sheet, "table": s.table, "source": s.reader, "rows": s.rows,
             "rejected": s.rejected}
            for s in audit.inputs
        ],
        "problems": [_problem(problem) for problem in audit.problems],
        "coverage": [_coverage(coverage) for coverage in audit.coverage],
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
    }  # fmt: skip


def scope_of(scope: Scope) -> dict[str, Any]:
    """What an audit was narrowed to, days as ISO."""
    days = {name: day.isoformat() if day else None for name, day in (("since", scope.since), ("until", scope.until))}
    return {**asdict(scope), **days}


def _problem(problem: Problem) -> dict[str, Any]:
    return {**_place(problem.place), "what": problem.what, "severity": problem.gravity.value}


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "sheet": place.sheet, "row": place.row, "column": place.column}


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "clause": coverage.clause,
        "status": coverage.status.value,
        "why": coverage.why,
        "needs": list(coverage.needs),
        "since": coverage.since.isoformat() if coverage.since else None,
        "until": coverage.until.isoformat() if coverage.until else None,
        "rule": coverage.rule,
    }


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
        "remarks": [remark._asdict() for remark in waiver.remarks],
        "file": waiver.place.file,
        "sheet": waiver.place.sheet,
        "row": waiver.place.row,
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "manager": score.manager,
        "department": score.department,
        "role": score.role,
        **_figures(score),
        "at_stake": number(score.at_stake),
    }


def _figures(score: Score) -> dict[str, Any]:
    return {
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
        "at_stake": number(score.at_stake),
    }


def _judged(counts: Counts) -> dict[str, int]:
    return {name: getattr(counts, name) for name in ("met", "violated", "late", "missed", "forbidden")}


def _beside(counts: Counts) -> dict[str, int]:
    return {name: getattr(counts, name) for name in ("pending", "unknown", "waived")}


def _what_if(audit: Audit, what_if: WhatIf) -> dict[str, Any]:
    comparison = compared(audit, what_if)
    return {
        "parameters": [
            {"clause": p.clause, "parameter": p.parameter, "now": p.default, "then": p.value}
            for p in what_if.parameters
        ],
        "whole": _moved(comparison.whole),
        "managers": [
            {"manager": moved.now.manager, "department": moved.now.department, "role": moved.now.role, **_moved(moved)}
            for moved in comparison.persons
        ],
        "clauses": [{"clause": code, **_moved(moved)} for code, moved in comparison.clauses.items()],
    }


def _moved(moved: Moved) -> dict[str, Any]:
    return {"now": _figures(moved.now), "then": _figures(moved.then)}


def _duties(duties: pd.DataFrame) -> Iterator[str]:
    """Each duty as JSON."""
    return map(_form(DUTY).__mod__, zip(*(_cells(name, duties) for name in DUTY), strict=True))


def _form(names: Iterable[str]) -> str:
    return "{" + ", ".join(f'"{name}": %s' for name in names) + "}"


def _cells(name: str, duties: pd.DataFrame) -> Iterable[str]:
    """A column's values as JSON; each distinct one is made once, unless most of them are."""
    if name in MOMENTS:
        return _moments(duties[name])
    if name in RECORDS:
        return _records(RECORDS[name], duties[name])
    values = column(duties, name)
    if name in DISTINCT:
        return map(_json, values)
    return map(cache(_how if name == "how" else _json), values)


def _moments(values: "pd.Series[Any]") -> Iterable[str]:
    stamps = values.to_numpy("datetime64[s]")
    return np.where(np.isnat(stamps), "null", np.strings.add(np.strings.add('"', stamps.astype(str)), '"')).tolist()


def _records(names: Sequence[str], values: "pd.Series[Any]") -> Iterator[str]:
    """Per duty its records, a list of objects with these names; made column by column."""
    told = zip(*chain.from_iterable(values), strict=True)
    cells = [map(str if name == "row" else cache(_json), column) for name, column in zip(names, told, strict=False)]
    records = map(_form(names).__mod__, zip(*cells, strict=True))
    return ("[" + ", ".join(islice(records, len(theirs))) + "]" for theirs in values)


def _how(how: str) -> str:
    return _json(how or None)


def _excuse(waiver: Waiver) -> dict[str, str]:
    return {"approved_by": waiver.approved_by, "reason": waiver.reason, "until": waiver.until.isoformat()}
