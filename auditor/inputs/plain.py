"""The plain layout: a sheet becomes a part of the canonical table that its headers are."""

import re

import numpy as np
import pandas as pd

from auditor.i18n import _, ngettext
from auditor.inputs import columns
from auditor.inputs.calls import part_plans, read_durations, read_outcomes
from auditor.inputs.captions import Understanding
from auditor.inputs.columns import filled, only, rewritten
from auditor.inputs.reading import Reading, without_number
from auditor.inputs.stages import closing_of, loss_reason, pipeline_of, stage_name
from auditor.inputs.tables import FIELD, Part, Sheet
from auditor.inputs.times import Bools
from auditor.inputs.words import (
    CLOSINGS,
    ENTITIES,
    OPEN_WORDS,
    SHEET_TYPES,
    direction_of,
    event_of,
    field_in,
    is_none_of_ours,
    kind_of,
    lookup,
    type_of,
    way_of,
)
from auditor.settings import Settings
from auditor.spelling import folded

LEAD_WORDS = ("лид", "лида", "лиды", "лидов", "lead", "leads")
DEAL_WORDS = ("сдел", "deal", "funil")


def read_plain(sheet: Sheet, understanding: Understanding, settings: Settings) -> Part:
    """The part that this sheet is; Ambiguous where its dates can be read in two ways."""
    reading = Reading(sheet, understanding, settings)
    _READERS[understanding.table](reading)
    return reading.part()


def _entity(reading: Reading) -> None:
    """The column, else what the name of the sheet or the file says; empty where nothing does."""
    rows = len(reading.rows)
    said = columns.empty(rows)
    if reading.has("entity"):
        parsed = columns.words(reading.cells("entity"), lookup(ENTITIES))
        reading.complain("entity", parsed.bad, _("“{text}” is neither a deal nor a lead; taken as empty"))
        said = parsed.values
    default = "lead" if _is_of_leads(reading) else "deal" if reading.understanding.table == "deals" else None
    if default:
        said = filled(said, columns.constant(default, rows))
    if default or reading.has("entity"):
        reading.values["entity"] = said


def _is_of_leads(reading: Reading) -> bool:
    """«Лиды», `leads.csv`, «История лидов», or a list whose only id or whose titles are a lead's. amoCRM's lists of
    deals are called leads, too: there «Этап сделки» tells."""
    headers = reading.understanding.headers
    captions = [headers.get(column, "") for column in ("title", "stage", "pipeline")]
    if any(folded(word).startswith(DEAL_WORDS) for caption in captions for word in caption.split()):
        return False
    name = reading.sheet.sheet or reading.sheet.file.rpartition(".")[0]
    return any(map(_speaks_of_leads, (name, headers.get("id") or headers.get("deal", ""), headers.get("title", ""))))


def _speaks_of_leads(text: str) -> bool:
    words = re.findall(r"[a-zа-я]+", folded(text))
    return any(word in LEAD_WORDS for word in words) and not any(word.startswith(DEAL_WORDS) for word in words)


def _deals(reading: Reading) -> None:
    reading.ids("id", "lead_id")
    reading.text("title", "email", "tags", "link", "reason", "source")
    reading.need("id", _("the row has no id; it was left out"))
    _entity(reading)
    reading.named("manager", "contact", "pipeline", "stage")
    if reading.has("created"):
        reading.needed_time("created", when_empty="")
    reading.time("closed", ignoring=OPEN_WORDS)
    reading.time("changed")
    reading.number("amount")
    reading.phones()
    if reading.has("outcome"):
        parsed = columns.words(reading.cells("outcome"), lookup(CLOSINGS))
        reading.take("outcome", parsed, _("“{text}” is no outcome (won or lost is expected); taken as empty"))
    if reading.has("stage"):
        _stage_of_deals(reading)
    for header in reading.understanding.ignored:
        reading.values[FIELD + header] = columns.categorical(reading.sheet.cells[header])


def _stage_of_deals(reading: Reading) -> None:
    """«Воронка / Этап» into two columns, the reason in brackets into `reason`."""
    cell = reading.values["stage"]
    rows = len(reading.rows)
    pipeline = reading.values.get("pipeline", columns.empty(rows))
    split = _may_split(cell, pipeline)
    named = only(cell, split, pipeline_of)
    if reading.has("pipeline") or named.notna().any():
        reading.values["pipeline"] = filled(pipeline, named)
    stage = rewritten(cell, split, stage_name)
    everywhere = np.ones(rows, np.bool_)
    reasons = rewritten(stage, everywhere, lambda text: loss_reason(text, reading.settings)[1])
    reading.values["stage"] = rewritten(stage, everywhere, lambda text: loss_reason(text, reading.settings)[0])
    if reasons.notna().any():
        reading.values["reason"] = filled(reading.values.get("reason", columns.empty(rows)), reasons)


def _may_split(cell: pd.Categorical, pipeline: pd.Categorical) -> Bools:
    """Rows whose stage cell names its pipeline: the row has no other, or the same."""
    first = [folded(pipeline_of(text) or "") for text in cell.categories]
    named = [folded(text) for text in pipeline.categories]
    numbers = {text: number for number, text in enumerate(dict.fromkeys([*first, *named]))}
    of_cell = np.array([*(numbers[text] if text else -1 for text in first), -1])[cell.codes]
    of_pipeline = np.array([*(numbers[text] for text in named), -1])[pipeline.codes]
    may: Bools = (of_cell >= 0) & ((of_pipeline < 0) | (of_pipeline == of_cell))
    return may


def _history(reading: Reading) -> None:
    _owner(reading)
    _events(reading)
    reading.text("field", "before", "after", "reason")
    reading.named("author", "pipeline")
    event = reading.values["event"]
    _fields(reading, _is(event, "field"))
    names = _is(event, "stage") | _is(event, "pipeline") | _is(event, "responsible")
    for side in ("before", "after"):
        if side in reading.values:
            reading.values[side] = rewritten(reading.values[side], names, without_number)
            stage_of_history(reading, side, _is(event, "stage"))
    if "after" in reading.values:
        _closings(reading, _is(event, "closed"))
    reading.once()


def _events(reading: Reading) -> None:
    """What happened; where no column says it, a change of the field that the row names, else of the stage."""
    if not reading.has("event"):
        rows = len(reading.rows)
        field = columns.categorical(reading.cells("field")) if reading.has("field") else columns.empty(rows)
        told = only(field, np.asarray(field.notna()), lambda _field: "field")
        reading.values["event"] = reading.kinds = filled(told, columns.constant("stage", rows))
        return
    events = columns.texts(reading.cells("event"), event_of)
    reading.values["event"] = events.values
    _kinds(reading, "event", events.bad)
    reading.lose("event", events.bad, _("“{text}” is no event that is known here; the row was left out"))
    reading.need("event", _("the row does not say what happened; it was left out"))


def _fields(reading: Reading, changes: Bools) -> None:
    """The field of each change, also where only the event names it."""
    if not reading.has("event"):
        return
    named = only(columns.categorical(reading.cells("event")), changes, field_in)
    if named.notna().any():
        reading.values["field"] = filled(reading.values.get("field", columns.empty(len(changes))), named)


def _kinds(reading: Reading, name: str, bad: Bools) -> None:
    """What kind of record each row is, also where its table has no place for it; those that no clause asks for are
    left out."""
    cells = reading.cells(name)
    reading.kinds = columns.texts(cells, kind_of).values
    strange = columns.texts(cells, lambda text: text if is_none_of_ours(text) else None).values
    reading.leave(name, bad & ~strange.isna(), none_of_ours)


def none_of_ours(count: int) -> str:
    return ngettext(
        "“{text}” is nothing that a clause asks for; left out was row: {rows}",
        "“{text}” is nothing that a clause asks for; left out were rows: {rows}",
        count,
    )


def _is(column: pd.Categorical, value: str) -> Bools:
    return np.asarray(column == value, dtype=np.bool_)


def stage_of_history(reading: Reading, side: str, stages: Bools) -> None:
    """Stage rows: the pipeline before « / », the reason in brackets."""
    cell = reading.values[side]
    pipelines = only(cell, stages, pipeline_of)
    name = "pipeline" if side == "after" else "pipeline_before"
    if pipelines.notna().any():
        reading.values[name] = filled(reading.values.get(name, columns.empty(len(stages))), pipelines)
    told = only(cell, stages, lambda text: loss_reason(stage_name(text), reading.settings)[1])
    if side == "after" and told.notna().any():
        reading.values["reason"] = filled(reading.values.get("reason", columns.empty(len(stages))), told)
    reading.values[side] = rewritten(cell, stages, lambda text: loss_reason(stage_name(text), reading.settings)[0])


def _closings(reading: Reading, closed: Bools) -> None:
    """What a closing says: won, lost, converted, rejected, in its own word or by the name of a final stage."""
    before = reading.values["after"]
    after = rewritten(before, closed, lambda text: closing_of(text, reading.settings))
    reading.values["after"] = after
    reading.complain(
        "after",
        closed & after.isna() & before.notna(),
        _("“{text}” is no outcome (won or lost is expected); taken as empty"),
    )


def _owner(reading: Reading) -> None:
    """The deal and the time that a row needs."""
    reading.ids("deal")
    if reading.understanding.table != "activities":
        reading.need("deal", _("the row has no deal id; it was left out"))
    _entity(reading)
    reading.needed_time("time", when_empty=_("the row has no time; it was left out"))


def _activities(reading: Reading) -> None:
    if not reading.has("deal"):
        reading.values["deal"] = columns.empty(len(reading.rows))
    _owner(reading)
    _types(reading)
    read_directions(reading)
    read_outcomes(reading)
    read_durations(reading)
    reading.ids("task_id")
    reading.text("channel", "text", "kind", "template", "result", "name", "field", "recording")
    reading.named("author", "addressee", "contact")
    reading.time("due", "opened")
    reading.number("amount")
    part_plans(reading, _completed(reading))
    if reading.has("pinned"):
        reading.take(
            "pinned", columns.truths(reading.cells("pinned")), _("“{text}” is neither yes nor no; taken as empty")
        )
    reading.phone()
    reading.once()


def read_directions(reading: Reading) -> None:
    """The column, else what the type says."""
    if not reading.has("direction"):
        return
    parsed = columns.texts(reading.cells("direction"), direction_of)
    reading.tell_words("direction", parsed.bad, _no_direction)
    of_type = reading.values.get("direction")
    reading.values["direction"] = parsed.values if of_type is None else filled(parsed.values, of_type)


def _no_direction(word: str, count: int) -> str:
    what = ngettext(
        "“{word}” ({count} row) is no direction that is known here (outgoing or incoming is expected); taken as empty",
        "“{word}” ({count} rows) is no direction that is known here (outgoing or incoming is expected); taken as empty",
        count,
    )
    return what.format(word=word, count=count)


def _types(reading: Reading) -> None:
    """The type of each row; a type that says its direction fills that as well."""
    rows = len(reading.rows)
    if not reading.has("type"):
        told = type_of_sheet(reading.sheet.file, reading.sheet.sheet)
        reading.values["type"] = columns.constant(told, rows)
        reading.kinds = reading.values["type"]
        return
    parsed = columns.texts(reading.cells("type"), type_of)
    reading.values["type"] = parsed.values
    _kinds(reading, "type", parsed.bad)
    reading.lose("type", parsed.bad, _("“{text}” is no type of activity that is known here; the row was left out"))
    reading.need("type", _("the row does not say what kind of activity it is; it was left out"))
    ways = columns.texts(reading.cells("type"), way_of)
    if ways.values.notna().any():
        reading.values["direction"] = ways.values


def type_of_sheet(file: str, sheet: str | None) -> str:
    """What every row of a sheet is whose name says it: «Звонки», `calls.csv`; empty where it says nothing."""
    name = folded((sheet or file.rpartition(".")[0]).replace("_", " "))
    return next((kind for word, kind in SHEET_TYPES.items() if name == word or name.startswith(word + " ")), "")


def _completed(reading: Reading) -> Bools:
    """«Выполнено»: a moment, or yes or no. The rows that say no; an empty cell says nothing."""
    if not reading.has("completed"):
        return np.zeros(len(reading.rows), np.bool_)
    cells = reading.cells("completed")
    parsed = reading.times("completed")
    done = ~np.isnat(parsed.values)
    words = np.flatnonzero(parsed.bad)
    said = columns.truths(cells.iloc[words])
    done[words], parsed.bad[words] = said.values, said.bad
    reading.take("completed", parsed, _("“{text}” is neither a moment nor yes or no; taken as empty"))
    reading.values["done"] = done
    undone = np.zeros(len(done), np.bool_)
    undone[words] = ~said.values & ~said.bad
    return undone


def _ledger(reading: Reading) -> None:
    """A record without a deal's id is joined later, where a number or phone may tell the deal."""
    reading.ids("deal")
    reading.text("status", "contract_number")
    reading.values.setdefault("deal", columns.empty(len(reading.rows)))
    _entity(reading)
    reading.time("measurement_date", "updated")
    reading.number("amount")
    reading.named("contact")
    reading.phone()


def _people(reading: Reading) -> None:
    reading.named("name")
    reading.need("name", _("the row has no name; it was left out"))
    reading.text("role", "department", "email", "schedule")
    reading.time("until")


_READERS = {
    "deals": _deals,
    "history": _history,
    "activities": _activities,
    "ledger": _ledger,
    "people": _people,
}
