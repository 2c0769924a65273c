"""The three headline rules on their edges, from the plain workbook and from both CRMs' API pages alike."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd
import pytest

from auditor.audit.engine import audit
from auditor.audit.request import Request
from auditor.inputs import load
from auditor.settings import Settings
from checks import REGULATIONS
from fixtures.demo.files import write_workbook
from fixtures.demo.pages.amo import amo_pages
from fixtures.demo.pages.bitrix import bitrix_pages
from fixtures.demo.sheets import COLUMNS

Row = dict[str, str]
Frames = dict[str, pd.DataFrame]
MANAGER = "Иванов Пётр"
LEADS, SALES, AGENCY = "Лиды", "Продажи", "Воронка продаж"
FIELDS = ("Теги", "Бюджет", "Сумма", "Источник обращения")
LIVES: dict[str, list[tuple[str, str]]] = {
    "1": [("12.03.2024 09:00:00", f"{LEADS} / Недозвон"), ("13.03.2024 08:00:00", f"{LEADS} / Новый лид")],
    "2": [("12.03.2024 09:00:00", f"{LEADS} / Недозвон"), ("13.03.2024 08:00:00", f"{LEADS} / Новый лид")],
    "3": [("01.03.2024 10:00:00", f"{SALES} / Преддоговор"), ("31.03.2024 23:59:59", f"{SALES} / Замер")],
    "4": [("01.03.2024 10:00:00", f"{SALES} / Преддоговор"), ("01.04.2024 00:00:00", f"{SALES} / Замер")],
    "5": [("01.03.2024 10:00:00", f"{AGENCY} / Новая заявка")],
    "6": [("01.03.2024 10:00:00", f"{AGENCY} / Новая заявка")],
    "7": [("26.04.2024 12:00:00", f"{LEADS} / Новый лид")],  # the history is exported up to the end
}
"""Deals by id: when each came into which stage, created in the first."""
CALLS = [
    ("3", "01.03.2024 10:30:00", "недозвон"),  # telephony is exported from this day on
    ("1", "12.03.2024 10:00:00", "недозвон"),
    ("1", "12.03.2024 13:00:00", "недозвон"),
    ("1", "12.03.2024 17:00:00", "недозвон"),
    ("2", "12.03.2024 10:00:00", "недозвон"),
    ("2", "12.03.2024 13:00:00", "недозвон"),
    ("5", "26.04.2024 23:59:59", "дозвон"),
    ("6", "27.04.2024 00:00:00", "дозвон"),
]
EXPECTED = [
    ("FUR0201", "1", "met", "2024-03-12 23:59:59", "2024-03-12 17:00:00"),
    ("FUR0201", "2", "missed", "2024-03-12 23:59:59", "never"),
    ("FUR0902", "3", "met", "2024-03-31 23:59:59", "2024-03-31 23:59:59"),
    ("FUR0902", "4", "late", "2024-03-31 23:59:59", "2024-04-01 00:00:00"),
    ("AGY0907", "5", "met", "2024-04-26 23:59:59", "2024-04-26 23:59:59"),
    ("AGY0907", "6", "late", "2024-04-26 23:59:59", "2024-04-27 00:00:00"),
]
RULES = {(clause, deal) for clause, deal, *_rest in EXPECTED}


def frames() -> Frames:
    """The deals as the plain layout's sheets of text."""
    deals, history = [], []
    for number, moves in LIVES.items():
        pipeline, stage = moves[-1][1].split(" / ")
        deals.append({"Воронка": pipeline, "Этап": stage, "Ответственный": MANAGER, "Название": f"Сделка {number}",
                      "Дата создания": moves[0][0], "Контакт": f"Клиент {number}",
                      "Телефон": f"+7 916 000-00-0{number}", **_of(number)})  # fmt: skip
        before = ""
        for when, place in moves:
            event = "этап" if before else "создана"
            history.append({"Время": when, "Событие": event, "Было": before, "Стало": place, "Автор": MANAGER,
                            **_of(number)})  # fmt: skip
            before = place
    calls = [{"Время": when, "Тип": "звонок", "Направление": "исходящий", "Исход": outcome, "Автор": MANAGER,
              "Длительность": "60" if outcome == "дозвон" else "0", **_of(number)}
             for number, when, outcome in CALLS]  # fmt: skip
    people = pd.DataFrame([(MANAGER, "Менеджер", "Отдел продаж")], columns=["Имя", "Роль", "Отдел"])
    sheets = {"Сделки": deals, "История": history, "Дела": calls}
    return {name: _frame(name, rows) for name, rows in sheets.items()} | {"Сотрудники": people}


def _of(number: str) -> Row:
    return {"ID сделки": number, "Сущность": "сделка"}


def _frame(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    columns = [*COLUMNS[name], *(FIELDS if name == "Сделки" else ())]
    return pd.DataFrame([[row.get(column, "") for column in columns] for row in rows], columns=columns, dtype="object")


def _workbook(folder: Path) -> None:
    write_workbook(folder / "deals.xlsx", frames())


def _amo(folder: Path) -> None:
    _pages(folder, amo_pages(frames()))


def _bitrix(folder: Path) -> None:
    _pages(folder, bitrix_pages(frames()))


def _pages(folder: Path, pages: object) -> None:
    for name, answers in dict(pages).items():  # type: ignore[call-overload]
        (folder / f"{name}.json").write_text("\n".join(json.dumps(answer) for answer in answers), encoding="utf-8")


@pytest.mark.parametrize("write", [_workbook, _amo, _bitrix], ids=["workbook", "amocrm", "bitrix24"])
def test_the_headline_rules_on_their_edges(tmp_path: Path, write: Callable[[Path], None]) -> None:
    write(tmp_path)
    settings = Settings(declared_streams=("message", "sms", "email"), suppose_days_off=False)
    codes = ("FUR0201", "FUR0902", "AGY0907")
    request = Request(regulations=REGULATIONS, named=("FUR", "AGY"), select=codes, all_duties=True)
    found = audit(load([tmp_path], settings), request, settings).duties
    asked = found[[pair in RULES for pair in zip(found["clause"], found["deal"], strict=True)]]
    over = asked[asked["verdict"] != "pending"].astype(str).fillna("never")
    how = over["verdict"].where(over["verdict"] != "violated", over["how"])
    told = list(zip(over["clause"], over["deal"], how, over["due"], over["met_at"], strict=True))
    assert sorted(told) == sorted(EXPECTED)
    assert set(found["manager"]) == {MANAGER}
