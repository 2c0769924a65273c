"""Captions as data: how exports name the tables and their columns, the exact caption first, aliases after."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from auditor.inputs.tables import FIELD, TABLES, TableName
from auditor.spelling import folded

_DEAL = ("ID сделки", "Deal ID", "deal_id", "Сделка ID", "Сделка", "Deal", "ID лида", "Lead ID", "lead_id")
_ENTITY = ("Сущность", "Entity", "Тип сущности")
_PHONE = ("Телефон", "Phone", "Номер телефона", "Мобильный телефон", "Рабочий телефон", "Мобильный телефон (контакт)",
          "Рабочий телефон (контакт)", "Рабочий прямой телефон", "Домашний телефон", "Другой телефон")  # fmt: skip
_CONTACT = ("Контакт", "Contact", "Основной контакт", "Полное имя контакта", "Клиент", "Client", "Contato principal")
_EMAIL = ("E-mail", "Email", "Почта", "Рабочий email", "Рабочий email (контакт)", "Личный email")

ALIASES: dict[TableName, dict[str, tuple[str, ...]]] = {
    "deals": {
        "id": ("ID сделки", "Deal ID", "deal_id", "id"),
        "entity": _ENTITY,
        "title": ("Название", "Title", "Название сделки", "Название лида", "Deal Name", "Lead título", "Name"),
        "pipeline": ("Воронка", "Pipeline", "Направление", "Funil de vendas"),
        "stage": ("Этап", "Stage", "Стадия", "Этап сделки", "Стадия сделки", "Статус лида", "Статус", "Etapa do lead"),
        "manager": ("Ответственный", "Manager", "Менеджер", "Responsible", "Lead usuário responsável"),
        "created": ("Дата создания", "Created", "Создана", "Создан", "Дата создания сделки", "Дата создания лида",
                    "Created at", "Data Criada"),
        "closed": ("Дата закрытия", "Closed", "Закрыта", "Закрыт", "Дата закрытия сделки", "Closed at", "Fechada em"),
        "outcome": ("Исход", "Outcome"),
        "reason": ("Причина отказа", "Reason", "Loss reason"),
        "amount": ("Сумма", "Amount", "Бюджет", "Бюджет, ₽", "Бюджет сделки", "Income", "Budget", "Price", "Venda",
                   "Сумма/Валюта"),
        "contact": _CONTACT,
        "phone": _PHONE,
        "email": _EMAIL,
        "source": ("Источник", "Source", "Источник обращения"),
        "tags": ("Теги", "Tags", "Теги сделки", "Lead tags"),
        "lead_id": ("ID лида", "Lead ID", "lead_id", "Лид"),
        "link": ("Ссылка", "Link", "URL"),
        "changed": ("Дата изменения", "Changed", "Дата редактирования", "Изменена", "Изменён", "Modified",
                    "Última modificação"),
    },
    "history": {
        "deal": _DEAL,
        "entity": _ENTITY,
        "time": ("Время", "Time", "Дата", "Date", "Дата и время", "Когда"),
        "event": ("Событие", "Event"),
        "field": ("Поле", "Field"),
        "before": ("Было", "Before", "Значение до"),
        "after": ("Стало", "After", "Значение после"),
        "author": ("Автор", "Author", "Кто изменил"),
        "reason": ("Причина", "Reason", "Причина отказа"),
        "pipeline": ("Воронка", "Pipeline"),
    },
    "activities": {
        "deal": _DEAL,
        "entity": _ENTITY,
        "time": ("Время", "Time", "Дата и время", "Дата", "Date", "Дата создания", "Created", "Дата вызова"),
        "type": ("Тип", "Type", "Тип дела"),
        "direction": ("Направление", "Direction", "Тип звонка", "Call type"),
        "outcome": ("Исход", "Outcome", "Результат звонка", "Статус звонка", "Статус", "Status"),
        "duration": ("Длительность", "Duration", "Длительность, сек", "Длительность, с", "Длительность (сек)",
                     "Длительность, мин", "Длительность (мин)", "Длительность, мин.", "Длительность звонка",
                     "Время звонка", "Call duration", "Duration, s", "Duration, min"),
        "channel": ("Канал", "Channel"),
        "author": ("Автор", "Author", "Сотрудник", "Менеджер", "Employee"),
        "addressee": ("Адресат", "Addressee", "Исполнитель", "Кому"),
        "text": ("Текст", "Text", "Описание"),
        "task_id": ("ID задачи", "Task ID", "task_id"),
        "kind": ("Вид", "Kind", "Вид задачи", "Тип задачи"),
        "template": ("Шаблон", "Template", "Тема"),
        "due": ("Срок", "Due", "Крайний срок", "Deadline"),
        "completed": ("Выполнено", "Completed", "Выполнена", "Завершено", "Done"),
        "result": ("Результат", "Result"),
        "pinned": ("Закреплён", "Pinned", "Закреплено"),
        "amount": ("Сумма", "Amount"),
        "name": ("Имя файла", "Name", "Файл", "File name"),
        "field": ("Поле", "Field"),
        "opened": ("Открыто", "Opened"),
        "recording": ("Запись", "Recording", "Запись разговора"),
        "contact": _CONTACT,
        "phone": _PHONE,
    },
    "ledger": {
        "deal": (*_DEAL, "ID"),
        "entity": _ENTITY,
        "measurement_date": ("Дата замера", "Measurement date", "measurement_date"),
        "amount": ("Сумма", "Amount", "Сумма договора"),
        "status": ("Статус", "Status"),
        "contract_number": ("№ договора", "Contract number", "contract_number", "Номер договора"),
        "updated": ("Обновлено", "Updated", "Дата обновления"),
        "contact": _CONTACT,
        "phone": _PHONE,
    },
    "people": {
        "name": ("Имя", "Name", "Сотрудник", "ФИО", "Employee"),
        "role": ("Роль", "Role", "Должность", "Position"),
        "department": ("Отдел", "Department", "Подразделение"),
        "email": _EMAIL,
        "schedule": ("График", "Schedule", "График работы"),
        "until": ("Работает до", "Until", "Дата увольнения"),
    },
}  # fmt: skip

PHONES = re.compile(r"\b(?:телефон|phone|telefone|celular|mobile|mobil)")
OTHER_PHONES = re.compile(r"факс|fax|ответственн|responsible|менеджер|manager")
"""A caption with words of the first and none of the second is that of a client's number."""

NEEDED: dict[TableName, tuple[tuple[str, ...], ...]] = {
    "deals": (("id",),),
    "history": (("deal",), ("time",), ("event", "after")),
    "activities": (("time",), ("type",)),
    "ledger": (("deal", "contract_number", "phone"),),
    "people": (("name",),),
}
"""Columns without which a sheet is not that table: of each group any one will do."""

SHEET_NAMES: dict[TableName, tuple[str, ...]] = {
    "deals": ("Сделки", "Deals", "Лиды", "Leads", "Сделки и лиды"),
    "history": ("История", "History", "История сделок", "История лидов", "События", "Events"),
    "activities": ("Дела", "Activities", "Активности", "Звонки", "Calls", "Задачи", "Tasks", "Письма", "Emails",
                   "Сообщения", "Messages"),
    "ledger": ("Учёт клиентов", "Учёт", "Ledger"),
    "people": ("Сотрудники", "People", "Employees", "Staff"),
}  # fmt: skip

COLUMNS: dict[str, str] = {
    name: column
    for table in TABLES
    for column, aliases in ALIASES[table].items()
    for name in (aliases[0], column)
}  # fmt: skip
"""Every canonical column that a company's caption can be mapped to, by its own name and by its first caption."""
IDS = ("id", "deal")
"""The deal's id: in the list of deals, and in the other tables."""

TELLING: dict[TableName, tuple[str, ...]] = {
    "deals": ("stage", "created", "pipeline", "closed", "outcome"),
    "history": ("event", "after"),
    "activities": ("time",),
    "ledger": ("measurement_date", "contract_number", "updated"),
    "people": ("role", "department", "schedule", "until"),
}
"""One of these tells the table from a list of clients or products, where the sheet's name does not."""


@dataclass(frozen=True)
class Understanding:
    """What a sheet's headers say: its table, and the header of each canonical column.

    `ignored`: headers that are no column of that table; those of `deals` are fields, and none is ignored."""

    table: TableName
    headers: Mapping[str, str]
    ignored: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """(header, canonical column), fields included."""
        named = {header: column for column, header in self.headers.items()}
        fields = {header: FIELD + header for header in self.ignored} if self.table == "deals" else {}
        return tuple((named | fields).items())


def understand(
    headers: Sequence[str], names: Sequence[str], mapped: Mapping[str, str], told: Collection[str]
) -> Understanding | None:
    """The table that these headers are; None where they are none. `names`: of the sheet and the file, for ties;
    `mapped`: the company's captions; `told`: columns that the sheet's name tells."""
    found = [_as_table(table, headers, mapped) for table in TABLES]
    named = _named(names)
    most = max(len(reading.headers) for reading in found)
    whole = [
        reading
        for reading in found
        if set(told).issuperset(reading.missing)
        and (reading.table == named or _tells(reading, sure=named is None and len(reading.headers) == most))
    ]
    return max(whole, key=lambda reading: (reading.table == named, len(reading.headers)), default=None)


def nearly(headers: Sequence[str], names: Sequence[str], mapped: Mapping[str, str]) -> Understanding | None:
    """The table that these headers would be, had they the columns `missing`; None where they look like none."""
    named = _named(names)
    found = [_as_table(table, headers, mapped) for table in TABLES]
    likely = [
        reading
        for reading in found
        if len(reading.headers) > 1 and (reading.table == named or _tells(reading, sure=False))
    ]
    return max(likely, key=lambda reading: (reading.table == named, len(reading.headers)), default=None)


def _named(names: Sequence[str]) -> TableName | None:
    """The table that the first telling name tells."""
    return next((table for name in names for table in TABLES if _is_named(name, table)), None)


def _tells(reading: Understanding, sure: bool) -> bool:
    """Whether the captions alone say which table it is; a ledger without ids looks like a list of deals without ids, or
    of clients, and must have been told from them."""
    if reading.table == "ledger" and "deal" not in reading.headers:
        return sure and any(column in reading.headers for column in ("measurement_date", "contract_number"))
    return any(column in reading.headers for column in TELLING[reading.table])


def _as_table(table: TableName, headers: Sequence[str], mapped: Mapping[str, str]) -> Understanding:
    columns = _of_company(table, headers, mapped)
    free = {folded(header): header for header in reversed(headers) if header not in columns.values()}
    for column, aliases in ALIASES[table].items():
        header = next((free[word] for word in map(folded, (*aliases, column)) if word in free), None)
        if header is not None and column not in columns:
            columns[column] = header
            del free[folded(header)]
    if table == "deals" and "id" not in columns and "lead_id" in columns:
        columns["id"] = columns.pop("lead_id")
    taken = set(columns.values())
    ignored = tuple(header for header in headers if header not in taken)
    missing = tuple(group[0] for group in NEEDED[table] if not any(name in columns for name in group))
    return Understanding(table, columns, ignored, missing)


def _of_company(table: TableName, headers: Sequence[str], mapped: Mapping[str, str]) -> dict[str, str]:
    known = {folded(caption): column for caption, column in mapped.items()}
    wanted = {header: known[folded(header)] for header in reversed(headers) if folded(header) in known}
    wanted = {header: IDS[table != "deals"] if column in IDS else column for header, column in wanted.items()}
    return {column: header for header, column in wanted.items() if column in ALIASES[table]}


def _is_named(name: str, table: TableName) -> bool:
    """`Сделки`, `deals_2024`, `Сделки март`."""
    words = folded(name.replace("_", " ").replace("-", " "))
    return any(words == folded(title) or words.startswith(folded(title) + " ") for title in SHEET_NAMES[table])


def is_phone(header: str) -> bool:
    """Whether a column that is not read as anything else holds a client's numbers."""
    words = folded(header)
    return PHONES.search(words) is not None and OTHER_PHONES.search(words) is None


def captions() -> tuple[str, ...]:
    """Every caption that is known, for advice."""
    return tuple(dict.fromkeys(alias for table in TABLES for aliases in ALIASES[table].values() for alias in aliases))
