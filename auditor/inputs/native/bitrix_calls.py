"""Bitrix24's call details, as HTML `.xls` or CSV: all its rows are calls, and tell whose by name alone."""

from dataclasses import replace

import numpy as np

from auditor.i18n import _
from auditor.inputs import columns
from auditor.inputs.calls import read_durations, read_outcomes
from auditor.inputs.native.captions import Captions, headers_of, understood
from auditor.inputs.native.whose import contact_in, entity_in, title_in
from auditor.inputs.plain import none_of_ours, read_directions
from auditor.inputs.reading import Reading
from auditor.inputs.tables import Part, Sheet
from auditor.settings import Settings

READER = "bitrix24 call details"
CAPTIONS: Captions = {
    "author": ("Сотрудник", "Employee"),
    "phone": ("Номер телефона", "Phone", "Phone number"),
    "direction": ("Тип звонка", "Call type"),
    "duration": ("Время звонка", "Call duration", "Длительность звонка"),
    "time": ("Дата вызова", "Call date", "Дата звонка"),
    "outcome": ("Статус", "Status"),
    "deal": ("CRM",),
    "text": ("Комментарий", "Comment"),
    "recording": ("Запись", "Запись разговора", "Record"),
}


def recognises(sheet: Sheet, settings: Settings) -> bool:
    """Whether the sheet is a list of call details."""
    return {"direction", "duration", "time"} <= headers_of(CAPTIONS, sheet, settings).keys()


def read(sheet: Sheet, settings: Settings) -> list[Part]:
    """Its calls; a call without a length lasted none."""
    headers = headers_of(CAPTIONS, sheet, settings)
    reading = Reading(sheet, understood("activities", headers, sheet), settings)
    reading.values["type"] = reading.kinds = columns.constant("call", len(reading.rows))
    _owner(reading)
    _leave_bills(reading)
    reading.needed_time("time", _("the row has no time; it was left out"))
    read_directions(reading)
    read_outcomes(reading)
    read_durations(reading)
    lasted = reading.values["duration"]
    reading.values["duration"] = np.where(reading.cells("duration").isna(), 0, lasted)
    reading.named("author")
    reading.text("text", "recording")
    reading.phone()
    reading.once()
    return [replace(reading.part(), reader=READER, carries=frozenset({"call"}))]


def _owner(reading: Reading) -> None:
    """The deal or lead by its title, the contact by its name."""
    told = columns.categorical(reading.cells("deal")) if reading.has("deal") else columns.empty(len(reading.rows))
    everywhere = np.ones(len(told), np.bool_)
    for name, read_name in (("deal", title_in), ("entity", entity_in), ("contact", contact_in)):
        reading.values[name] = columns.only(told, everywhere, read_name)


def _leave_bills(reading: Reading) -> None:
    """What was paid for without a call stands among the calls under a name, with neither a number nor a direction."""
    if reading.has("phone") and reading.has("author"):
        named, called = (
            reading.cells("author").notna(),
            reading.cells("direction").notna() | reading.cells("phone").notna(),
        )
        reading.leave("author", (named & ~called).to_numpy(), none_of_ours)
