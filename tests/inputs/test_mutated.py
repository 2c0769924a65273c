"""Files as a broken download, a careless hand or a hostile one leaves them: told, and nothing but that."""

import io
import json
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from auditor.inputs import load
from auditor.settings import Settings

FILES = 2_000
"""So many of each kind, as far as `SECONDS` reach."""
SECONDS = 8

DEALS = (
    "ID сделки;Название;Воронка;Этап;Ответственный;Дата создания;Бюджет;Телефон",
    '1;"Кухня; «Ёлка»";Продажи;Просчёт;Анна;05.03.2024 10:00:00;12 000,50;+79161234567',
    '2;"Шкаф\nбелый";Продажи;Замер;Иван;06.03.2024 11:30;;8 (916) 123-45-67',
)
CALLS = (
    "ID сделки;Время;Тип;Направление;Исход;Длительность;Автор",
    "1;07.03.2024 10:00;звонок;исходящий;дозвон;2:15;Анна",
)
AMO = {
    "_links": {"self": {"href": "https://x.amocrm.ru/api/v4/leads?page=1"}},
    "_embedded": {
        "leads": [{"id": 1, "name": "a", "created_at": 1709280000, "status_id": 142, "pipeline_id": 5, "price": 10}],
        "events": [{"id": "e", "type": "outgoing_call", "entity_id": 1, "entity_type": "lead", "created_at": 17092800}],
        "notes": [{"id": 9, "note_type": "call_out", "entity_id": 1, "entity_type": "leads", "created_at": 1709280100,
                   "params": {"duration": 5, "call_status": 4, "phone": "+7"}}],
        "tasks": [{"id": 3, "entity_id": 1, "entity_type": "leads", "created_at": 1709280100, "text": "x"}],
    },
}  # fmt: skip
BITRIX = {
    "result": [
        {"ID": "1", "STAGE_ID": "C1:NEW", "DATE_CREATE": "2024-03-04T09:00:00+03:00", "OPPORTUNITY": "1"}
    ],
    "next": 50, "total": 51,
}  # fmt: skip


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for title, rows in (("Сделки", DEALS), ("Звонки", CALLS)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row.split(";"))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def webpage() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split(";")) + "</tr>" for row in DEALS)
    return f'\ufeff<meta http-equiv="Content-type" content="text/html;charset=UTF-8" /><table>{rows}</table>'.encode()


SEEDS: dict[str, Callable[[], bytes]] = {
    "a.xlsx": workbook,
    "a.csv": lambda: "\n".join(DEALS).encode(),
    "b.csv": lambda: "\r\n".join(CALLS * 3).encode("cp1251"),
    "a.json": lambda: json.dumps(AMO).encode(),
    "b.json": lambda: json.dumps(BITRIX).encode("utf-8-sig"),
    "a.xls": webpage,
}


def mutated(data: bytes, dice: random.Random) -> bytes:
    """A few bytes other, gone, doubled, or the end cut off."""
    for _ in range(dice.randint(1, 4)):
        start = dice.randrange(len(data) or 1)
        end = min(start + dice.choice((1, 1, 2, 8, 64, 400)), len(data))
        part = data[start:end]
        some = dice.choice(
            (bytes(dice.randrange(256) for _ in part), b"", part * 3, b'"', b";", b"\n", b"\0" * 9, b"\xff")
        )
        data = data[:start] if dice.random() < 0.05 else data[:start] + some + data[end:]
    return data


def repacked(data: bytes, dice: random.Random) -> bytes:
    """A workbook of which the XML of a part is mutated, and packed soundly."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        chosen = dice.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, mutated(old.read(name), dice) if name == chosen else old.read(name))
    return result.getvalue()


@pytest.mark.parametrize("name", SEEDS)
def test_whatever_became_of_a_file_it_is_read_or_told(tmp_path: Path, name: str) -> None:
    seed, dice, path = SEEDS[name](), random.Random(name), tmp_path / name
    until = time.monotonic() + SECONDS
    for number in range(FILES):
        data = repacked(seed, dice) if name == "a.xlsx" and number % 2 else mutated(seed, dice)
        path.write_bytes(data)
        try:
            tables = load([path], Settings())
        except BaseException as error:
            raise AssertionError(f"file {number}: {data!r}") from error
        assert len(tables.deals) or tables.problems or tables.sources.sources, data
        if time.monotonic() > until:
            break
