"""Small exports in the layouts of the products, by the reader that they are for: what mutations begin with."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from by_hand import PARTS, inline

PLAIN = (
    "ID сделки;Название;Воронка;Этап;Ответственный;Дата создания;Бюджет;Телефон",
    '1;"Кухня; «Ёлка»";Продажи;Просчёт;Анна;05.03.2024 10:00:00;12 000,50;+79161234567',
    '2;"Шкаф\nбелый";Продажи;Замер;Иван;06.03.2024 11:30;;8 (916) 123-45-67',
)
CALLS = (
    "ID сделки;Время;Тип;Направление;Исход;Длительность;Автор;Телефон",
    "1;07.03.2024 10:00;звонок;исходящий;дозвон;2:15;Анна;",
    ";07.03.2024 11:00;звонок;исходящий;недозвон;0;Анна;+79161234567",
    "2;07.03.2024;задача;;;;Иван;",
)
AMO_LEADS = (
    "ID,Название сделки,Бюджет ,Ответственный,Дата создания сделки,Дата редактирования,Дата закрытия,Этап сделки,"
    "Воронка,Полное имя контакта,Рабочий телефон,Источник,Источник,Дата перехода в Замер",
    '1,Кухня,"1 000",Анна,05.03.2024 10:00:00,07.03.2024 10:00:00,07.03.2024 10:00,'
    "Закрыто и не реализовано (Нет (дорого)),Продажи,Пётр,'+79161234567,сайт,ВК,06.03.2024 10:00:00",
    "2,Шкаф,,Иван,06.03.2024 11:30:00,,не закрыта,Замер,Продажи,Вера,,,,",
)
AMO_EVENTS = (
    "Дата,Автор,Объект,Название,Событие,Значение до,Значение после",
    "06.03.2024 12:00:05,Анна,Сделка,Кухня,Изменение поля “Бюджет”,,1 000",
    "06.03.2024 10:00:00,Анна,Сделка,Кухня,Изменение этапа продажи,Продажи / Новая,Продажи / Замер",
    '05.03.2024 10:05:00,Анна,Сделка,Кухня,Исходящий звонок,,"+7 916 123-45-67, 63 сек"',
    "05.03.2024 10:01:00,Анна,Сделка,Кухня,Новая задача,,Позвонить",
    "05.03.2024 10:00:00,,Сделка,Кухня,Новая сделка,,",
)
KOMMO = (
    ("ID", "Lead título", "Contato principal", "Lead usuário responsável", "Etapa do lead", "Funil de vendas", "Venda",
     "Data Criada", "Última modificação", "Fechada em", "Telefone comercial (contato)"),
    ("1", "Кухня", "Пётр", "Анна", "Closed - lost (No (so))", "Продажи", "1000", "05.03.2024 10:00:00",
     "07.03.2024 10:00:00", "07.03.2024 10:00", "'+79161234567"),
    ("2", "Шкаф", "", "Иван", "Замер", "Продажи", "", "06.03.2024 11:30:00", "", "não fechado"),
)  # fmt: skip
BITRIX_DEALS = (
    ("ID", "Воронка", "Стадия сделки", "Сумма/Валюта", "Ответственный", "Название сделки", "Контакт", "Сделка закрыта",
     "Дата создания", "Дата изменения", "Предполагаемая дата закрытия", "Товар"),
    ("1", "Продажи", "Сделка провалена (Дорого)", "100 500 руб.", "Анна", "Кухня", "Пётр", "да", "05.03.2024 10:00:00",
     "07.03.2024 10:00:00", "30.04.2024", "Стол"),
    ("2", "Продажи", "Замер", "", "Иван", "Шкаф", "", "нет", "06.03.2024 11:30", "", "", ""),
)  # fmt: skip
CALL_DETAILS = (
    ("Сотрудник", "Номер в Битрикс24", "Номер телефона", "Тип звонка", "Время звонка", "Дата вызова", "Статус",
     "Стоимость", "Оценка", "CRM", "Комментарий"),
    ('<span class="icon"></span><span>Анна</span>', "74950000000", "+7 916 123-45-67", "исходящий", "2 мин, 15 сек",
     "05.03.2024 10:05:00", "Успешный звонок (200)", "", "", "Сделка: Кухня", ""),
    ("Иван", "", "+79161234567", "входящий", "", "06.03.2024 12:05:00", "Отменено (603-S)", "", "", "Контакт: Пётр",
     ""),
)  # fmt: skip
GRID = (
    ("ID", "Название", "Начало", "Срок", "Сделка/Лид", "Клиент", "Ответственный", "Статус", "Дата создания", "Тип"),
    ("5", "Звонок", "05.03.2024 10:05:00", "", "Сделка: Кухня", "Пётр", "Анна", "Завершено", "05.03.2024 10:00:00",
     "Звонок (исходящий)"),
    ("6", "Задача", "", "07.03.2024 12:00", "Сделка: Шкаф", "", "Иван", "Не завершено", "06.03.2024 12:00:00", "Дело"),
)  # fmt: skip
BI_DEALS = (
    "ID;DATE_CREATE;TITLE;STAGE_ID;STAGE_NAME;STAGE_SEMANTIC_ID;CATEGORY;ASSIGNED_BY;OPPORTUNITY;CLOSEDATE;LEAD_ID",
    "1;2024-03-05 10:00:00;Кухня;WON;Оплачен;S;[0] Продажи;[5] Анна;100.50;2024-06-01;",
    "2;2024-03-06 11:30:00;Шкаф;NEW;Замер;P;[0] Продажи;[6] Иван;;2024-06-01;",
)
BI_STAGES = (
    "DEAL_ID;TYPE_ID;START_DATE;END_DATE;ASSIGNED_BY;STAGE_NAME;STAGE_SEMANTIC;CATEGORY_NAME",
    "1;1;2024-03-05 10:00:00;;[5] Анна;Новая;[P] В работе;Продажи",
    "1;3;2024-03-07 10:00:00;;[5] Анна;Оплачен;[S] Успех;Продажи",
)
AMO = {
    "_links": {"self": {"href": "https://x.amocrm.ru/api/v4/leads?page=1"}},
    "_embedded": {
        "leads": [{"id": 1, "name": "a", "created_at": 1709280000, "status_id": 142, "pipeline_id": 5, "price": 10,
                   "custom_fields_values": [{"field_id": 3, "field_name": "Город", "values": [{"value": "Тверь"}]}]}],
        "events": [{"id": "e", "type": "outgoing_call", "entity_id": 1, "entity_type": "lead", "created_at": 17092800},
                   {"id": "f", "type": "lead_status_changed", "entity_id": 1, "entity_type": "lead", "created_by": 7,
                    "created_at": 1709280200, "value_after": [{"lead_status": {"id": 142, "pipeline_id": 5}}]}],
        "notes": [{"id": 9, "note_type": "call_out", "entity_id": 1, "entity_type": "leads", "created_at": 1709280100,
                   "params": {"duration": 5, "call_status": 4, "phone": "+7"}}],
        "tasks": [{"id": 3, "entity_id": 1, "entity_type": "leads", "created_at": 1709280100, "text": "x"}],
    },
}  # fmt: skip
BITRIX = (
    {"result": [{"ID": "1", "STAGE_ID": "C1:NEW", "DATE_CREATE": "2024-03-04T09:00:00+03:00", "OPPORTUNITY": "1"}],
     "next": 50, "total": 51},
    {"result": {"items": [{"ID": "7", "TYPE_ID": "1", "OWNER_ID": "1", "CREATED_TIME": "2024-03-04T09:00:00+03:00",
                           "CATEGORY_ID": "1", "STAGE_SEMANTIC_ID": "P", "STAGE_ID": "C1:NEW"}]}},
    {"result": [{"ID": "8", "OWNER_ID": "1", "OWNER_TYPE_ID": "2", "TYPE_ID": "2", "PROVIDER_ID": "VOXIMPLANT_CALL",
                 "CREATED": "2024-03-04T10:00:00+03:00", "COMPLETED": "Y", "RESPONSIBLE_ID": "5", "DIRECTION": "2"}]},
)  # fmt: skip


def csv_of(rows: Sequence[str], encoding: str = "utf-8") -> bytes:
    return "\r\n".join(rows).encode(encoding)


def bitrix_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Every line ends with the delimiter."""
    return csv_of([";".join((*row, "")) for row in rows], "utf-8-sig")


def webpage(rows: Sequence[Sequence[str]]) -> bytes:
    """What Bitrix24 calls `.xls`."""
    told = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f'\ufeff<meta http-equiv="Content-type" content="text/html;charset=UTF-8" /><table>{told}</table>'.encode()


def cells_of(rows: Sequence[str]) -> list[list[str]]:
    return list(csv.reader(io.StringIO("\n".join(rows), newline=""), delimiter=";"))


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for title, rows in (("Сделки", PLAIN), ("Звонки", CALLS)):
        sheet = book.create_sheet(title)
        for row in cells_of(rows):
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def sparse_workbook() -> bytes:
    """Without dimensions and shared texts, its rows shorter than the captions, as Kommo writes it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for part, text in {**PARTS, "xl/worksheets/sheet1.xml": inline(*KOMMO)}.items():
            archive.writestr(part, text)
    return data.getvalue()


def parquet(rows: Sequence[str]) -> bytes:
    captions, *cells = cells_of(rows)
    data = pa.BufferOutputStream()
    pq.write_table(pa.table(dict(zip(captions, map(list, zip(*cells, strict=True)), strict=True))), data)
    return data.getvalue().to_pybytes()


def pages(*answers: object) -> bytes:
    return "\n".join(json.dumps(answer, ensure_ascii=False) for answer in answers).encode()


SEEDS: Mapping[str, Mapping[str, bytes]] = {
    "plain": {"deals.csv": csv_of(PLAIN), "calls.csv": csv_of(CALLS, "cp1251")},
    "amocrm": {"leads.csv": csv_of(AMO_LEADS), "events.csv": csv_of(AMO_EVENTS)},
    "kommo": {"leads.xlsx": sparse_workbook()},
    "excel": {"crm.xlsx": workbook()},
    "bitrix24": {"deals.xls": webpage(BITRIX_DEALS), "calls.xls": webpage(CALL_DETAILS), "grid.csv": bitrix_csv(GRID)},
    "bi": {"crm_deal.csv": csv_of(BI_DEALS), "crm_deal_stage_history.csv": csv_of(BI_STAGES)},
    "parquet": {"deals.parquet": parquet(PLAIN)},
    "amocrm pages": {"pages.json": pages(AMO)},
    "bitrix24 pages": {"pages.jsonl": pages(*BITRIX)},
}
"""Exports of one company each, every file of which is mutated."""
