"""`make docs`: JSON Schemas of the reports, `due`, `explain` and `auditor.toml`, as they ship in `auditor/schemas`."""

import json
from typing import Any

from auditor.audit.reported import HOWS, VERDICTS
from auditor.audit.result import REMARKS, Status
from auditor.choices import PERIODS
from auditor.inputs.quality import Gravity
from auditor.log.kinds import Suspect
from auditor.reports.owed.agenda import WHEN
from auditor.rules import Role, Severity

Schema = dict[str, Any]

UNITS = ("minutes", "working_minutes", "hours", "working_hours", "days", "working_days", "weeks", "times", "rub", "")

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": ["number", "null"]}
SHARE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
FLAG: Schema = {"type": "boolean"}
VALUE: Schema = {"type": ["string", "number", "boolean"]}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
MOMENT: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$"}


def record(**properties: Schema) -> Schema:
    """An object with all of these keys and no other."""
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


def listed(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def one_of(*values: str | None) -> Schema:
    return {"enum": list(values)}


def or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def told(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


DRAFT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
SEVERITY, ROLE, ENTITY = one_of(*map(str, Severity)), one_of(*map(str, Role)), one_of("deal", "lead")
JUDGED = dict.fromkeys(("met", "violated", "late", "missed", "forbidden"), COUNT)
BESIDE = dict.fromkeys(("pending", "unknown", "waived"), COUNT)
FIGURES: dict[str, Schema] = {
    **JUDGED, "by_severity": record(**{level.value: COUNT for level in Severity}), **BESIDE,
    "compliance": told(SHARE, "met ÷ (met + violated); null where nothing was judged"),
    "compliance_before_waivers": SHARE,
}  # fmt: skip
PERSON = {"manager": told(TEXT, "empty: nobody by name"), "department": TEXT, "role": ROLE}
AT_STAKE = told(NUMBER, "amounts of the open deals with violations, each once; null where none is known")
PLACE = {"file": TEXT, "sheet": or_null(TEXT), "row": {"type": ["integer", "null"]}, "column": or_null(TEXT)}
MOVED = {"now": record(**FIGURES), "then": record(**FIGURES)}

DUTY = record(
    id=told(TEXT, "stays the same from audit to audit"), clause=TEXT, severity=SEVERITY,
    entity=ENTITY, deal=TEXT, title=TEXT, manager=TEXT, role=ROLE, arose=or_null(MOMENT),
    due=or_null(MOMENT), met_at=or_null(MOMENT), verdict=one_of(*VERDICTS), how=one_of(*HOWS),
    measured=NUMBER, limit=NUMBER, unit=one_of(*UNITS), overrun=told(NUMBER, "in `unit`, as the two before it"),
    why=told(TEXT, "what happened in this deal, and what was needed"),
    findings=listed(record(what=TEXT, needed=TEXT, found=TEXT, holds={"type": ["boolean", "null"]})),
    incident=told(TEXT, "one for all duties that one act broke"),
    suspect=listed(one_of(*(str(flag.name).lower() for flag in Suspect))),
    waiver=or_null(record(approved_by=TEXT, reason=TEXT, until=DAY)), evidence=listed(record(**PLACE)),
)  # fmt: skip
PARTS: dict[str, Schema] = {
    "schema": {"const": 1},
    "as_of": told(MOMENT, "the moment for which the report speaks, as all of them in the timezone"),
    "timezone": TEXT,
    "pipelines": listed(
        record(name=TEXT, regulation=or_null(TEXT), taken_for=or_null(TEXT), deals=COUNT, judged=FLAG)
    ),
    "scope": record(
        period=one_of(*PERIODS, None), since=or_null(DAY), until=or_null(DAY), managers=listed(TEXT),
        departments=listed(TEXT), severity=one_of(*map(str, Severity), None), select=listed(TEXT), ignore=listed(TEXT),
        strict=FLAG, config=or_null(TEXT),
    ),
    "inputs": listed(
        record(file=TEXT, sheet=or_null(TEXT), table=TEXT, source=TEXT, rows=COUNT, rejected=COUNT)
    ),
    "problems": listed(record(**PLACE, what=TEXT, severity=one_of(*map(str, Gravity)))),
    "coverage": listed(
        record(clause=TEXT, status=one_of(*map(str, Status)), why=TEXT, needs=listed(TEXT), since=or_null(DAY),
               until=or_null(DAY), rule=TEXT)
    ),
    "parameters": listed(record(clause=TEXT, parameter=TEXT, value=VALUE, default=VALUE)),
    "waivers": listed(
        record(clause=TEXT, deal=TEXT, manager=TEXT, since=or_null(DAY), until=DAY, approved_by=TEXT, reason=TEXT,
               state=one_of("used", "unused", "expired"), remarks=listed(record(kind=one_of(*REMARKS), text=TEXT)),
               file=TEXT, sheet=or_null(TEXT), row={"type": ["integer", "null"]})
    ),
    "supposed_days_off": listed(record(manager=TEXT, days=listed(DAY))),
    "managers": listed(record(**PERSON, **FIGURES, at_stake=AT_STAKE)),
    "clauses": listed(
        record(clause=TEXT, text=TEXT, severity=SEVERITY, **JUDGED, **BESIDE, compliance=SHARE, at_stake=AT_STAKE)
    ),
    "duties": listed(DUTY),
}  # fmt: skip
WHAT_IF = record(
    parameters=listed(record(clause=TEXT, parameter=TEXT, now=VALUE, then=VALUE)),
    whole=record(**MOVED),
    managers=listed(record(**PERSON, **MOVED)),
    clauses=listed(record(clause=TEXT, **MOVED)),
)


def report() -> Schema:
    """Of `--format json`; `what_if` is there where it was asked for."""
    schema = record(**PARTS)
    schema["properties"] |= {"what_if": WHAT_IF}
    return {
        **DRAFT,
        "title": "The report of auditor, --format json",
        **schema,
    }


DUE = {
    name: PARTS[name] for name in ("schema", "as_of", "timezone", "scope")
} | {
    "duties": listed(
        record(
            id=TEXT, when=one_of(*WHEN), clause=TEXT, text=TEXT, severity=SEVERITY, entity=ENTITY, deal=TEXT,
            title=TEXT, link=TEXT, **PERSON, arose=or_null(MOMENT), due=or_null(MOMENT),
            used=told(NUMBER, "the share of its time that is used up; null: not known"), measured=NUMBER, limit=NUMBER,
            unit=one_of(*UNITS), why=TEXT, evidence=listed(record(**PLACE)),
        )
    )
}  # fmt: skip

CELLS: Schema = {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "null"]}}
RECORD: Schema = {"type": "array", "prefixItems": [ENTITY, TEXT], "items": False, "minItems": 2}
HAPPENED = listed(
    record(
        at=or_null(MOMENT), kind=TEXT, entity=one_of("deal", "lead", ""), deal=TEXT, title=TEXT, place=record(**PLACE),
        author=TEXT, direction=TEXT, answer=TEXT, cells=CELLS, suspect=listed(TEXT),
        worked=told(NUMBER, "seconds of working time since the last known moment before"), day_only=FLAG, early=FLAG,
        maybe=FLAG, timeless=FLAG, own=FLAG,
    )
)  # fmt: skip
STAYS = listed(
    record(stage=TEXT, pipeline=TEXT, outcome=TEXT, entered=MOMENT, left=or_null(MOMENT), certain=FLAG)
)  # fmt: skip
OF_DEAL = {
    "record": RECORD, "title": TEXT, "link": TEXT, "manager": TEXT, "card": CELLS, "linked": listed(RECORD),
    "stays": STAYS, "happened": HAPPENED, "later": COUNT, "place": record(**PLACE),
}  # fmt: skip
OF_DAY = {
    "person": TEXT, "day": DAY, "role": TEXT, "department": TEXT, "schedule": TEXT, "opens": or_null(MOMENT),
    "closes": or_null(MOMENT), "known": FLAG, "idle": FLAG, "left": or_null(DAY), "happened": HAPPENED,
}  # fmt: skip


def due() -> Schema:
    """Of `auditor due --format json`."""
    return {**DRAFT, "title": "What is owed, auditor due --format json", **record(**DUE)}


def explained() -> Schema:
    """Of `auditor explain --format json`: a deal, or a person's day."""
    begins = {name: PARTS[name] for name in ("schema", "as_of", "timezone")}
    forms = [record(**begins, **line, duties=PARTS["duties"]) for line in (OF_DEAL, OF_DAY)]
    return {**DRAFT, "title": "A deal or a day, auditor explain --format json", "anyOf": forms}


def as_text(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
