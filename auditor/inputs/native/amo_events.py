"""amoCRM's list of events → history and activities; its objects by their ids, their addresses, or their names alone."""

from dataclasses import replace

import numpy as np
import pandas as pd

from auditor.i18n import _, ngettext
from auditor.inputs import columns
from auditor.inputs.captions import Understanding
from auditor.inputs.columns import filled, only
from auditor.inputs.native.amo_calls import read_calls
from auditor.inputs.native.amo_words import (
    ACTIVITIES,
    FIELD,
    FIELD_OF,
    HISTORY,
    LEFT,
    OBJECTS,
    RESULT,
    code_of,
    lead_in,
    person_in,
)
from auditor.inputs.native.captions import Captions, headers_of
from auditor.inputs.plain import none_of_ours, stage_of_history
from auditor.inputs.reading import Reading
from auditor.inputs.tables import Part, Sheet, TableName
from auditor.inputs.times import Bools
from auditor.inputs.titles import TITLE
from auditor.inputs.words import field_in
from auditor.settings import Settings
from auditor.spelling import folded

READER = "amocrm events"
CAPTIONS: Captions = {
    "time": ("Дата", "Date", "Дата и время", "Время"),
    "author": ("Автор", "Author"),
    "entity": ("Объект", "Object", "Тип объекта"),
    "title": ("Название", "Name", "Название объекта"),
    "event": ("Событие", "Event"),
    "before": ("Значение до", "Value before"),
    "after": ("Значение после", "Value after"),
    "id": ("ID объекта", "Object ID", "entity_id"),
    "code": ("Тип события", "Event type"),
    "link": ("Ссылка", "Link"),
}
CARRIES: dict[TableName, frozenset[str]] = {
    "history": frozenset((*HISTORY.values(), "closed")),
    "activities": frozenset(kind for kind, _way in ACTIVITIES.values()),
}
MINUTE = np.timedelta64(60, "s")
"""No longer apart a completion and a result without ids are of one task."""


def recognises(sheet: Sheet, settings: Settings) -> bool:
    """Whether the sheet is a list of events, its objects in a column of their own."""
    found = headers_of(CAPTIONS, sheet, settings)
    return {"time", "event", "after"} <= found.keys() and not {"entity", "id"}.isdisjoint(found)


def read(sheet: Sheet, settings: Settings) -> list[Part]:
    """Its history and its activities: each row in one of the two; what is not known may be any act."""
    events = _Events(sheet, settings)
    told = np.asarray(events.code.isin([*HISTORY, LEFT]))
    history = _history(events.reading("history", told, settings), events.code[told])
    activities = _activities(events.reading("activities", ~told, settings), events.code[~told], events.tasks[~told])
    return [history, activities] if activities.rows else [history]


class _Events:
    """The columns of the list: per row the `code` of what happened, to which sort of `object`, whose deal and task."""

    def __init__(self, sheet: Sheet, settings: Settings) -> None:
        self._sheet = sheet
        self._headers = headers_of(CAPTIONS, sheet, settings)
        told = columns.texts(self._of("code"), code_of).values
        self.code = filled(told, columns.texts(self._of("event"), code_of).values)
        self.object = self._objects()
        ids = columns.ids(self._of("id")).values
        self.tasks = only(ids, self._is("task"), str)
        self._deals = self._whose(ids)

    def _of(self, column: str) -> pd.Series:
        header = self._headers.get(column)
        return pd.Series(columns.empty(len(self._sheet.cells))) if header is None else self._sheet.cells[header]

    def _objects(self) -> pd.Categorical:
        told = columns.texts(self._of("entity"), lambda text: OBJECTS.get(folded(text), text)).values
        return filled(told, columns.constant("deal", len(told)))

    def _is(self, *objects: str) -> Bools:
        return np.asarray(self.object.isin(objects), np.bool_)

    def _whose(self, ids: pd.Categorical) -> pd.Categorical:
        """The deal by its id, else by its address, else by its name, which rows of tasks tell, too."""
        titled = self._is("deal", "task")
        linked = only(columns.categorical(self._of("link")), titled, lead_in)
        named = only(columns.categorical(self._of("title")), titled, lambda text: TITLE + text)
        return filled(filled(only(ids, self._is("deal"), str), linked), named)

    def reading(self, table: TableName, rows: Bools, settings: Settings) -> Reading:
        """These rows, those of objects of which no clause asks left out."""
        names = ("time", "author", "entity", "event", "before", "after")
        headers = {name: self._headers[name] for name in names if name in self._headers}
        if whose := self._headers.get("id", self._headers.get("title")):
            headers["deal"] = whose
        ignored = tuple(header for header in self._sheet.headers if header not in self._headers.values())
        sheet = self._sheet if table == "history" else replace(self._sheet, problems=[], lost=0, misplaced=None)
        sheet = replace(sheet, cells=sheet.cells[rows])
        reading = Reading(sheet, Understanding(table, headers, ignored, ()), settings)
        deal = self._deals[rows]
        reading.values["deal"], reading.values["entity"] = (
            deal,
            only(deal, np.asarray(deal.notna()), lambda _id: "deal"),
        )
        reading.values["contact"] = only(columns.categorical(self._of("title")), self._is("contact", "task"), str)[rows]
        asked = ("deal",) if table == "history" else ("deal", "contact", "task")
        if "entity" in self._headers:
            reading.leave("entity", ~self._is(*asked)[rows], none_of_ours)
        reading.needed_time("time", _("the row has no time; it was left out"))
        reading.named("author")
        if reading.has("author"):
            author = columns.texts(pd.Series(reading.values["author"]), person_in)
            reading.values["author"] = author.values
        return reading


def _history(reading: Reading, code: pd.Categorical) -> Part:
    event = only(code, np.asarray(code.notna()), HISTORY.get)
    reading.values["event"] = reading.kinds = event
    reading.values.pop("contact")
    reading.leave("event", np.asarray(code == LEFT), none_of_ours)
    reading.need("deal", _("the row does not say which deal it is of; it was left out"))
    reading.text("before", "after")
    _fields(reading, code)
    for side in ("before", "after"):
        if side in reading.values:
            stage_of_history(reading, side, np.asarray(event == "stage"))
    reading.once()
    return replace(reading.part(), reader=READER, carries=CARRIES["history"])


def _fields(reading: Reading, code: pd.Categorical) -> None:
    """The field of each change, by the code or in the label's quotation marks."""
    changes = np.asarray(code == FIELD)
    named = only(columns.categorical(reading.cells("event")), changes, field_in)
    reading.values["field"] = filled(named, only(code, np.asarray(code.isin(list(FIELD_OF))), FIELD_OF.get))
    nameless = changes & np.asarray(named.isna())
    reading.lose("event", nameless, _("“{text}” does not say which field was changed; the row was left out"))


def _activities(reading: Reading, code: pd.Categorical, task: pd.Categorical) -> Part:
    known = np.asarray(code.notna())
    reading.values["type"] = only(code, known, lambda text: ACTIVITIES.get(text, ("task_done", None))[0])
    reading.values["direction"] = only(code, known, lambda text: ACTIVITIES.get(text, ("", None))[1])
    reading.values["task_id"] = task
    reading.kinds = reading.values["type"]
    reading.lose("event", ~known, _("“{text}” is no event that is known here; the row was left out"))
    if reading.has("after"):
        said = columns.categorical(reading.cells("after"))
        is_file, is_move = (np.asarray(code == name) for name in ("attachment_note_added", "task_deadline_changed"))
        reading.values["name"] = only(said, is_file, str)
        reading.values["text"] = only(said, ~is_file & ~is_move, str)
        read_calls(reading, said, np.asarray(reading.kinds == "call"))
        _results(reading, said, np.asarray(code == RESULT))
    reading.once()
    return replace(reading.part(), reader=READER, carries=CARRIES["activities"])


def _results(reading: Reading, said: pd.Categorical, results: Bools) -> None:
    """The result of a task goes to its completion: that of its id, else of its deal within a minute."""
    if not results.any():
        return
    deal, task = reading.values["deal"], reading.values["task_id"]
    whose = filled(only(task, np.asarray(task.notna()), lambda text: "task " + text), deal)
    rows = pd.DataFrame({"time": reading.values["time"], "whose": whose.codes, "place": np.arange(len(results))})
    usable = np.asarray(whose.notna()) & ~reading.lost
    done = rows[usable & ~results & np.asarray(reading.kinds == "task_done")]
    told = rows[usable & results]
    pairs = pd.merge_asof(
        told.sort_values("time"), done.assign(at=done["time"]).sort_values("time"),
        on="time", by="whose", direction="nearest", suffixes=("", "_done"),
    )  # fmt: skip
    near = (np.abs(pairs["at"] - pairs["time"]) <= MINUTE) | task.notna()[pairs["place"].to_numpy()]
    pairs = pairs[pairs["at"].notna() & near]
    codes = np.full(len(results), -1, np.int32)
    codes[pairs["place_done"].to_numpy(np.int64)] = said.codes[pairs["place"].to_numpy()]
    reading.values["result"] = pd.Categorical.from_codes(codes, dtype=said.dtype)
    joined = np.zeros(len(results), np.bool_)
    joined[pairs["place"].to_numpy()] = True
    reading.join(joined, _joined)
    reading.lose(
        "event", results & ~joined, _("“{text}”: the list does not tell when this task was done; the row was left out")
    )


def _joined(count: int) -> str:
    return ngettext(
        "{count} row tells the result of a task and was counted once with its completion; left out was row: {rows}",
        "{count} rows tell results of tasks and were counted once with their completions; left out were rows: {rows}",
        count,
    )
