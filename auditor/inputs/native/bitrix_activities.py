"""Bitrix24's grid of activities: calls, letters, messages, and what is planned; whose they are by title alone."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from auditor.i18n import _
from auditor.inputs import columns
from auditor.inputs.columns import filled, only, rewritten
from auditor.inputs.native.captions import Captions, headers_of, understood
from auditor.inputs.native.whose import entity_in, title_in
from auditor.inputs.plain import none_of_ours
from auditor.inputs.reading import Reading
from auditor.inputs.tables import Part, Sheet
from auditor.inputs.times import Bools
from auditor.inputs.titles import TITLE
from auditor.inputs.words import is_none_of_ours, lookup, type_of, way_of
from auditor.settings import Settings
from auditor.spelling import folded

READER = "bitrix24 activities"
CAPTIONS: Captions = {
    "task_id": ("ID",),
    "text": ("Название", "Тема", "Name", "Subject"),
    "started": ("Начало", "Start", "Start date"),
    "due": ("Срок", "Крайний срок", "Deadline"),
    "deal": ("Сделка/Лид", "Deal/Lead", "Сделка / Лид", "Лид/Сделка"),
    "contact": ("Клиент", "Client", "Customer"),
    "person": ("Ответственный", "Responsible", "Responsible person"),
    "status": ("Статус", "Status"),
    "created": ("Дата создания", "Created", "Создано"),
    "type": ("Тип", "Type"),
}
CARRIES = frozenset({"call", "message", "sms", "email", "form", "task"})
SORTS = lookup({
    "meeting": ("Встреча", "Meeting"),
    "todo": ("Дело", "Задача", "Activity", "Task", "Универсальное дело", "To-do"),
    "message": ("Чат", "Открытая линия", "Чат открытой линии", "WhatsApp", "Open Channel", "Сообщение"),
    "sms": ("SMS", "SMS-сообщение", "Отправка SMS", "SMS message"),
    "form": ("CRM-форма", "Веб-форма", "Заполнение CRM-формы", "CRM form", "Web form"),
})  # fmt: skip
KINDS = {"call": "звонок", "meeting": "встреча"}
PLANNED = ("meeting", "todo", "task")
STATES = lookup({
    "done": ("Выполнено", "Выполнена", "Завершено", "Завершена", "Автоматически завершено", "Completed", "Done"),
    "open": ("Не выполнено", "Не выполнена", "Ожидается", "Ожидает выполнения", "Запланировано", "Просрочено",
             "Pending", "Not completed", "Expected", "Overdue"),
})  # fmt: skip


def recognises(sheet: Sheet, settings: Settings) -> bool:
    """Whether the sheet is the grid."""
    found = headers_of(CAPTIONS, sheet, settings).keys()
    return {"type", "deal", "person"} <= found and not {"started", "created"}.isdisjoint(found)


def read(sheet: Sheet, settings: Settings) -> list[Part]:
    """Its rows by their kinds; meetings, to-dos and calls that are still to come are planned."""
    headers = headers_of(CAPTIONS, sheet, settings)
    sort = columns.texts(sheet.cells[headers["type"]], _sort_of).values
    said = columns.words(_cells(sheet, headers, "status"), STATES)
    planned = np.asarray(sort.isin(PLANNED) | ((sort == "call") & (said.values == "open")))
    reading = _reading(_timed(sheet, headers, planned), headers, settings)
    reading.values["type"] = reading.kinds = rewritten(sort, np.ones(len(sort), np.bool_), _type_of)
    _leave(reading)
    reading.complain("status", said.bad, _("“{text}” says neither that it is done nor that it is not; taken as empty"))
    reading.needed_time("time", _("the row has no time; it was left out"))
    reading.values["type"] = rewritten(reading.values["type"], planned & (sort == "call"), lambda _call: "planned_call")
    reading.values["kind"] = only(sort, planned, lambda name: KINDS.get(name, "другое"))
    reading.values["done"] = planned & np.asarray(said.values == "done")
    reading.time("due")
    reading.ids("task_id")
    if reading.has("task_id"):
        reading.values["task_id"] = only(reading.values["task_id"], planned, lambda number: f"activity {number}")
    reading.text("text")
    _people(reading, planned)
    reading.once()
    return [replace(reading.part(), reader=READER, carries=CARRIES)]


def _cells(sheet: Sheet, headers: Mapping[str, str], column: str) -> pd.Series:
    return sheet.cells[headers[column]] if column in headers else pd.Series(columns.empty(len(sheet.cells)))


def _timed(sheet: Sheet, headers: dict[str, str], planned: Bools) -> Sheet:
    """The sheet with a column of the moments at which each row was set or took place, and one of dues."""
    created, started, due = (
        columns.categorical(_cells(sheet, headers, name)) for name in ("created", "started", "due")
    )
    headers["time"] = headers.get("started", headers.get("created", ""))
    headers.setdefault("due", headers["time"] + " (2)")
    time = filled(filled(only(created, planned, str), started), created)
    cells = {headers["time"]: time, headers["due"]: only(filled(due, started), planned, str)}
    return replace(sheet, cells=sheet.cells.assign(**cells))


def _reading(sheet: Sheet, headers: dict[str, str], settings: Settings) -> Reading:
    reading = Reading(sheet, understood("activities", headers, sheet), settings)
    told = columns.categorical(reading.cells("deal"))
    reading.values["deal"] = only(told, np.asarray(told.notna()), lambda text: title_in(text) or TITLE + text)
    reading.values["entity"] = only(told, np.asarray(told.notna()), entity_in)
    return reading


def _leave(reading: Reading) -> None:
    """Rows of kinds that no clause asks for, or that are not known."""
    bad = np.asarray(reading.kinds.isna())
    texts = columns.categorical(reading.cells("type"))
    strange = only(texts, bad, lambda text: text if is_none_of_ours(text) else None)
    reading.leave("type", np.asarray(strange.notna()), none_of_ours)
    known = _("“{text}” is no type of activity that is known here; the row was left out")
    reading.lose("type", bad & np.asarray(texts.notna()), known)
    reading.lose("type", bad, _("the row does not say what kind of activity it is; it was left out"))


def _people(reading: Reading, planned: Bools) -> None:
    """Directions, and who acted: of what comes in nobody of the company."""
    told = reading.values["type"]
    ways = columns.texts(reading.cells("type"), way_of).values
    reading.values["direction"] = filled(ways, only(told, np.asarray(told == "form"), lambda _form: "in"))
    reading.named("person", "contact")
    person = reading.values.pop("person")
    incoming = np.asarray(reading.values["direction"] == "in") & np.asarray(told != "call")
    reading.values["author"] = only(person, ~incoming, str)
    reading.values["addressee"] = only(person, planned, str)


def _sort_of(text: str) -> str | None:
    return SORTS.get(folded(text)) or type_of(text)


def _type_of(sort: str) -> str:
    return "task" if sort in PLANNED else sort
