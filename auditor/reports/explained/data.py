"""A deal or a day as JSON, for programs: the record as it is, and the duties as in the report."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from auditor.audit.result import Waiver
from auditor.audit.timeline import DayLine, DealLine, Happening, Stayed
from auditor.inputs.tables import Place
from auditor.reports.explained.story import Story
from auditor.reports.json_report import DUTY
from auditor.reports.rows import Row
from auditor.reports.safe import json_text
from auditor.terms import Checked

OBJECTS = (DealLine, DayLine, Happening, Stayed, Waiver)
NAMED = (Place, Checked)
CELLS = frozenset({"cells", "card"})


def json_of(story: Story) -> Iterator[str]:
    """The story in one piece; the same audit gives the same bytes."""
    told = {
        "schema": 1,
        "as_of": _plain(story.as_of),
        "timezone": story.timezone,
        **_object(story.line),
        "duties": [_duty(duty) for group in story.groups for duty in group.duties],
    }
    yield json_text(told)


def _object(thing: Any) -> dict[str, Any]:
    return {each.name: _field(each.name, getattr(thing, each.name)) for each in fields(thing)}


def _field(name: str, value: Any) -> Any:
    return {key: _plain(cell) for key, cell in value} if name in CELLS else _plain(value)


def _plain(value: Any) -> Any:
    """The value as JSON has it: moments local, ISO, without offset."""
    if isinstance(value, OBJECTS):
        return _object(value)
    if isinstance(value, NAMED):
        return value._asdict()
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _duty(duty: Row) -> dict[str, Any]:
    """As in the report of a whole audit."""
    told = {name: _plain(getattr(duty, name)) for name in DUTY}
    excused = {name: told["waiver"][name] for name in ("approved_by", "reason", "until")} if duty.waiver else None
    return {**told, "how": duty.how or None, "waiver": excused}
