"""Lists of deals of amoCRM and Kommo, older and newer, as CSV and as XLSX; a deal's many numbers."""

from collections.abc import Callable

import pytest
from by_hand import inline, lines
from told import rows_of

from auditor.inputs.tables import Tables

Write = Callable[..., None]
Loaded = Callable[..., Tables]

OLD = (
    "ID,Название сделки,Бюджет ,Ответственный,Дата создания сделки,Кем создана сделка,Дата редактирования,"
    "Кем редактирована,Дата закрытия,Теги,Примечание,Этап сделки,Воронка,Полное имя контакта,Компания контакта,"
    "Ответственный за контакт,Компания,Рабочий телефон,Рабочий прямой телефон,Мобильный телефон,Факс,Домашний телефон,"
    "Другой телефон,Рабочий email,Источник,Источник,Товар,Товар"
)
OLD_ROW = (
    '101,Кухня,"1 000",Иванов,01.03.2024 10:00:00,Иванов,05.03.2024 11:00:00,Петров,05.03.2024 11:00,тег,,'
    "Закрыто и не реализовано (Нет авто (не цел)),Продажи,Анна,ООО Дом,Петров,ООО Дом,,,'+79160000001,'+79160000009,,"
    "'+79160000002,a@b.c,сайт,ВК,Стол,Стул"
)
NEW = (
    "ID;Название сделки;Компания;Основной контакт;Компания контакта;Ответственный;Этап сделки;Воронка;Бюджет, ₽;"
    "Дата создания;Кем создана;Дата редактирования;Кем редактирована;Теги сделки;Дата закрытия;Примечание 1;"
    "Рабочий телефон (контакт);Мобильный телефон (контакт);Факс (контакт);Рабочий email (контакт)"
)
NEW_ROW = (
    "101;Кухня;ООО Дом;Анна;ООО Дом;Иванов;Закрыто и не реализовано (Нет авто (не цел));Продажи;1000;"
    "01.03.2024 10:00:00;Иванов;05.03.2024 11:00:00;Петров;тег;05.03.2024 11:00;;"
    "'+79160000002;'+79160000001;'+79160000009;a@b.c"
)
KOMMO = (
    "ID", "Lead título", "Empresa lead 's", "Contato principal", "Empresa do contato", "Lead usuário responsável",
    "Etapa do lead", "Funil de vendas", "Venda", "Data Criada", "Criado por", "Última modificação", "Modificado por",
    "Lead tags", "Próxima tarefa", "Fechada em", "Telefone comercial (contato)", "Celular (contato)",
)  # fmt: skip
KOMMO_ROW = (
    "101", "Кухня", "", "Анна", "ООО Дом", "Иванов", "Закрыто и не реализовано (Нет авто (не цел))", "Продажи", "1000",
    "01.03.2024 10:00:00", "Иванов", "05.03.2024 11:00:00", "Петров", "тег", "", "05.03.2024 11:00", "'+79160000001",
    "'+79160000002",
)  # fmt: skip
NAMES = (
    "id", "entity", "title", "amount", "manager", "created", "changed", "closed", "stage", "pipeline", "reason",
    "contact", "tags", "phone", "phones",
)  # fmt: skip
EXPECTED = (
    "101", "deal", "Кухня", "1000", "Иванов", "01.03.2024 10:00:00", "05.03.2024 11:00:00", "05.03.2024 11:00:00",
    "Закрыто и не реализовано", "Продажи", "Нет авто (не цел)", "Анна", "тег", "79160000001", "79160000001 79160000002",
)  # fmt: skip


@pytest.mark.parametrize(("captions", "row"), [(OLD, OLD_ROW), (NEW, NEW_ROW)], ids=["older", "newer"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_the_russian_lists(captions: str, row: str, encoding: str, csv: Write, loaded: Loaded) -> None:
    if encoding == "cp1251":
        captions = captions.replace(", ₽", "")
    csv("amocrm_export_leads.csv", captions, row, encoding=encoding)
    tables = loaded("amocrm_export_leads.csv")
    assert rows_of(tables, "deals", *NAMES) == [EXPECTED]
    assert lines(tables.problems) == []


def test_a_repeated_caption_is_a_field_of_its_own(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", OLD, OLD_ROW)
    told = rows_of(loaded("deals.csv"), "deals", "source", "field:Источник (2)", "field:Товар", "field:Товар (2)")
    assert told == [("сайт", "ВК", "Стол", "Стул")]


def test_kommo_s_workbook(raw_workbook: Callable[..., object], loaded: Loaded) -> None:
    still_open = (
        "102",
        "Стол",
        "",
        "",
        "",
        "Иванов",
        "Новая",
        "Продажи",
        "",
        "02.03.2024 10:00:00",
        *[""] * 5,
        "não fechado",
    )
    raw_workbook("kommo_export_leads.xlsx", inline(KOMMO, KOMMO_ROW, still_open))
    tables = loaded("kommo_export_leads.xlsx")
    told = rows_of(tables, "deals", *NAMES)
    assert told[0] == EXPECTED
    assert rows_of(tables, "deals", "id", "entity", "closed")[1] == ("102", "deal", "")
    assert lines(tables.problems) == []


DEALS = (
    "ID;Название сделки;Этап сделки;Дата создания;Дата закрытия;Основной контакт;Компания;Рабочий телефон;"
    "Мобильный телефон"
)
ACTS = "ID сделки;Время;Тип;Телефон;Контакт"


def test_a_call_finds_its_deal_by_any_of_the_deal_s_numbers(csv: Write, loaded: Loaded) -> None:
    csv(
        "deals.csv", DEALS,
        "1;А;Новая;01.03.2024;;Анна;;8 916 000-00-01, 8 916 000-00-11;'+7 (916) 000-00-02 / 89160000011",
        "2;Б;Новая;01.03.2024;;Борис;ООО Дом;;+79160000003 доб. 12",
    )  # fmt: skip
    csv(
        "calls.csv", ACTS,
        ";05.03.2024 10:00:01;звонок;89160000002;",
        ";05.03.2024 10:00:02;сообщение;+7 916 000 00 11;",
        ";05.03.2024 10:00:03;письмо;;борис",
        ";05.03.2024 10:00:04;sms;;ооо  дом",
        ";05.03.2024 10:00:05;звонок;9160000003.0;",
        ";05.03.2024 10:00:06;комментарий;89160000002;",
    )  # fmt: skip
    tables = loaded("deals.csv", "calls.csv")
    assert rows_of(tables, "activities", "deal") == [("1",), ("1",), ("2",), ("2",), ("2",), ("",)]
    assert (tables.attached, tables.unattached) == (5, 1)
    assert lines(tables.problems) == []


def test_what_several_deals_or_none_could_have_is_counted_and_listed(csv: Write, loaded: Loaded) -> None:
    csv(
        "deals.csv", DEALS,
        "1;А;Новая;01.03.2024;04.03.2024;Анна;;89160000001;",
        "2;Б;Новая;03.03.2024;;Анна;;;89160000001",
    )  # fmt: skip
    csv(
        "calls.csv", ACTS,
        ";02.03.2024 10:00:00;звонок;89160000001;",
        ";03.03.2024 10:00:00;звонок;89160000001;",
        ";04.03.2024 00:00:01;звонок;;Анна",
        ";05.03.2024 10:00:00;звонок;7,91600E+10;",
        ";05.03.2024 10:00:01;звонок;89169999999;",
    )  # fmt: skip
    tables = loaded("deals.csv", "calls.csv")
    assert rows_of(tables, "activities", "deal") == [("1",), ("",), ("2",), ("",), ("",)]
    assert (tables.attached, tables.unattached) == (2, 3)
    assert rows_of(tables, "unread", "deal", "entity", "kind", "first") == [
        ("1", "deal", "call", "03.03.2024 10:00:00"), ("2", "deal", "call", "03.03.2024 10:00:00"),
    ]  # fmt: skip
    assert lines(tables.problems) == [
        "calls.csv › 5 › Телефон: “7,91600E+10” is not a phone number; taken as empty",
        "calls.csv: 1 call or letter hangs on no deal, since several deals of its number or contact were open then, "
        "row: 3",
        "calls.csv: 1 call or letter hangs on no deal, since no deal of its number or contact was open then, row: 6",
    ]


def test_a_damaged_number_in_any_column_is_told(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", DEALS, "1;А;Новая;01.03.2024;;;;нет;7.9E+10")
    assert lines(loaded("deals.csv").problems) == [
        "deals.csv › 2 › Мобильный телефон: “7.9E+10” is not a phone number; taken as empty",
        "deals.csv › 2 › Рабочий телефон: “нет” is not a phone number; taken as empty",
    ]
