"""A list of stages with the day of each, as tables of other programs have it: a history without a column of events."""

from auditor.inputs.captions import ALIASES
from auditor.inputs.native.captions import Captions, headers_of, understood
from auditor.inputs.plain import read_plain
from auditor.inputs.tables import Part, Sheet
from auditor.settings import Settings

CAPTIONS: Captions = {
    "deal": (*ALIASES["history"]["deal"], "ID"),
    "entity": ALIASES["history"]["entity"],
    "time": (
        "Дата перехода", "Дата входа", "Дата этапа", "Дата стадии", "Дата смены этапа", "Дата смены стадии",
        "Дата изменения этапа", "Дата входа в этап", "Дата входа в стадию", "stage_date", "entered_at", "moved_at",
    ),
    "after": ("Новый этап", "Новая стадия", "Этап", "Стадия", "Этап сделки", "Стадия сделки", "Stage"),
    "before": ("Прежний этап", "Предыдущий этап", "Прежняя стадия", "Предыдущая стадия", "Старый этап"),
    "pipeline": ALIASES["history"]["pipeline"],
    "author": ALIASES["history"]["author"],
}  # fmt: skip


def recognises(sheet: Sheet, settings: Settings) -> bool:
    """Whether the sheet is such a list: a deal, a stage, and the day of that stage."""
    return {"deal", "time", "after"} <= headers_of(CAPTIONS, sheet, settings).keys()


def read(sheet: Sheet, settings: Settings) -> list[Part]:
    headers = headers_of(CAPTIONS, sheet, settings)
    return [read_plain(sheet, understood("history", headers, sheet), settings)]
