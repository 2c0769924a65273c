"""Bitrix24's own exports: deals and leads, call details, the grid of activities, as HTML `.xls` and as CSV."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from bitrix_page import CALLS, call_details, crm_list, person
from by_hand import lines
from told import counted, rows_of

from auditor.inputs.tables import Tables

Write = Callable[..., None]
Loaded = Callable[..., Tables]

DEALS = (
    "ID", "Воронка", "Повторная сделка", "Стадия сделки", "Сумма/Валюта", "Ответственный", "Название сделки", "Тип",
    "Компания", "Контакт", "Сделка закрыта", "Дата создания", "Дата изменения", "Предполагаемая дата закрытия", "Товар",
)  # fmt: skip
DEAL = (
    "7", "Продажи", "нет", "Сделка провалена (Дорого (очень))", "100 500 руб.", "Иванов Иван", "Сайт «Альфа»",
    "Продажа", "ООО Альфа", "Анна Петрова", "да", "01.03.2024 10:00:00", "05.03.2024 11:00:00", "30.04.2024", "Стол",
)  # fmt: skip
OTHER = ("8", "Продажи", "нет", "Новая", "", "Петров", "Бета", "", "", "", "нет", "02.03.2024 10:00", "", "", "")
GRID = (
    "ID", "Название", "Начало", "Срок", "Сделка/Лид", "Клиент", "Описание", "Ответственный", "Статус", "Дата создания",
    "Тип", "Важность",
)  # fmt: skip


def write(folder: Path, name: str, text: str, encoding: str = "utf-8-sig") -> None:
    (folder / name).write_bytes(text.encode(encoding))


def lines_of(captions: Sequence[str], *rows: Sequence[str]) -> list[str]:
    """A CSV of Bitrix24: every line ends with the delimiter."""
    return [";".join((*cells, "")) for cells in (captions, *rows)]


@pytest.fixture
def deals(csv: Write) -> None:
    csv("deals.csv", *lines_of(DEALS, DEAL, OTHER), encoding="utf-8-sig")


def test_a_list_of_deals_is_the_same_as_html_and_as_csv(csv: Write, loaded: Loaded, tmp_path: Path) -> None:
    csv("a.csv", *lines_of(DEALS, DEAL, OTHER), encoding="utf-8-sig")
    write(tmp_path, "b.xls", crm_list(DEALS, DEAL, OTHER))
    write(tmp_path, "c.xls", crm_list(DEALS, DEAL, OTHER, charset="windows-1251"), "cp1251")
    first, second, third = (loaded(name) for name in ("a.csv", "b.xls", "c.xls"))
    names = (
        "id",
        "entity",
        "pipeline",
        "stage",
        "reason",
        "amount",
        "manager",
        "title",
        "contact",
        "created",
        "closed",
    )
    expected = (
        "7", "deal", "Продажи", "Сделка провалена", "Дорого (очень)", "100500", "Иванов Иван", "Сайт «Альфа»",
        "Анна Петрова", "01.03.2024 10:00:00", "",
    )  # fmt: skip
    assert rows_of(first, "deals", *names)[0] == expected
    assert rows_of(first, "deals", *names) == rows_of(second, "deals", *names) == rows_of(third, "deals", *names)
    assert lines(second.problems) == []
    assert [str(second.sources.locate(row)) for row in second.deals["row"]] == ["b.xls › 2", "b.xls › 3"]


def test_a_list_of_leads_is_known_by_its_captions(loaded: Loaded, tmp_path: Path) -> None:
    captions = ("ID", "Название лида", "Имя", "Фамилия", "Статус", "Ответственный", "Дата создания", "Телефон")
    row = ("5", "Заявка", "Анна", "Петрова", "Новый лид", "Иванов Иван", "01.03.2024 10:00:00", "+7 916 000-00-01")
    write(tmp_path, "export.xls", crm_list(captions, row))
    told = rows_of(loaded("export.xls"), "deals", "id", "entity", "stage", "phone", "field:Имя")
    assert told == [("5", "lead", "Новый лид", "79160000001", "Анна")]


def test_amocrm_s_deals_are_no_leads_though_their_file_says_so(csv: Write, loaded: Loaded) -> None:
    csv("amocrm_export_leads.csv", "ID,Название сделки,Этап сделки,Дата создания", "5,Сайт,Новая,01.03.2024")
    assert rows_of(loaded("amocrm_export_leads.csv"), "deals", "id", "entity") == [("5", "deal")]


CALL_ROWS = (
    (person("Иванов Иван"), "+7 495", "+7 916 000-00-01", "исходящий", "2 мин, 15 сек", "05.03.2024 12:00:05",
     "Успешный звонок", "0.00", "-", "-", "Сделка: Сайт &laquo;Альфа&raquo;", "Договорились"),
    (person("&mdash;"), "+7 495", "+7 916 000-00-01", "входящий с перенаправлением", "", "05.03.2024 13:00:05",
     "Пропущенный звонок", "0.00", "-", "-", "Контакт: Анна<br>Петрова", ""),
    (person("Иванов Иван"), "+7 495", "+7 916 999-99-99", "обратный", "", "05.03.2024 14:00:05",
     "Вызов отменен", "0.00", "-", "-", "-", ""),
    (person("Иванов Иван"), "+7 495", "+7 916 999-99-99", "информационный", "5 сек", "05.03.2024 15:00:05",
     "Странный статус", "0.00", "-", "-", "Сделка: Гамма", ""),
    ("Абонентская плата", "-", "", "", "", "05.03.2024 16:00:05", "", "100.00", "-", "-", "-", ""),
)  # fmt: skip


@pytest.mark.usefixtures("deals")
def test_call_details_tell_whose_how_long_and_how_they_ended(loaded: Loaded, tmp_path: Path) -> None:
    write(tmp_path, "call_details_2024_03_06.xls", call_details(*CALL_ROWS))
    tables = loaded("deals.csv", "call_details_2024_03_06.xls")
    told = rows_of(
        tables, "activities", "deal", "type", "direction", "duration", "outcome", "author", "contact", "text"
    )
    assert told == [
        ("7", "call", "out", "135", "answered", "Иванов Иван", "", "Договорились"),
        ("7", "call", "in", "0", "unanswered", "", "Анна Петрова", ""),
        ("", "call", "out", "0", "unanswered", "Иванов Иван", "", ""),
        ("", "call", "out", "5", "unclear", "Иванов Иван", "", ""),
    ]
    file = "call_details_2024_03_06.xls"
    assert lines(tables.problems) == [
        f"{file} › Сотрудник: “Абонентская плата” is nothing that a clause asks for; left out was row: 6",
        f"{file} › Статус: “Странный статус” (1 row) is no outcome of a call that is known here; whether it was "
        "answered stays open: 5",
        f"{file} › 5 › CRM: no deal is called “Гамма”; the row hangs on no deal",
        f"{file}: 2 calls and letters hang on no deal, since no deal of their numbers or contacts was open then, rows: "
        "4–5",
    ]
    assert counted(tables)[file] == [("activities", 5, 1)]


@pytest.mark.usefixtures("deals")
@pytest.mark.parametrize("charset", ["UTF-8", "windows-1251"])
def test_call_details_are_the_same_as_html_and_as_csv(charset: str, csv: Write, loaded: Loaded, tmp_path: Path) -> None:
    bare = [("Иванов Иван", *CALL_ROWS[0][1:10], "Сделка: Сайт «Альфа»", "Договорились"), ("—", *CALL_ROWS[2][1:])]
    csv("a.csv", *lines_of(CALLS, *bare))
    write(
        tmp_path, "b.xls", call_details(CALL_ROWS[0], (person("&mdash;"), *CALL_ROWS[2][1:]), charset=charset), charset
    )
    first, second = (loaded("deals.csv", name).activities for name in ("a.csv", "b.xls"))
    assert first is not None and second is not None
    assert first.astype("str").equals(second.astype("str"))


@pytest.mark.usefixtures("deals")
def test_the_grid_of_activities(csv: Write, loaded: Loaded) -> None:
    def row(number: str, kind: str, status: str, started: str = "06.03.2024 12:00:00") -> str:
        cells = (number, "Тема", started, "", "Сайт «Альфа»", "Анна Петрова", "", "Иванов Иван", status)
        return ";".join((*cells, "04.03.2024 10:00:00", kind, "Обычная"))

    csv(
        "grid.csv", ";".join(GRID),
        row("1", "Звонок (исходящий)", "Выполнено"),
        row("2", "Звонок (исходящий)", "Ожидается"),
        row("3", "Письмо (полученное)", "Выполнено"),
        row("4", "Письмо (отправленное)", "Выполнено", started=""),
        row("5", "Встреча", "Выполнено"),
        row("6", "Дело", "Может быть"),
        row("7", "CRM-форма", "Выполнено"),
        row("8", "Доставка", "Выполнено"),
        row("9", "", "Выполнено"),
    )  # fmt: skip
    tables = loaded("deals.csv", "grid.csv")
    told = rows_of(
        tables, "activities", "type", "direction", "time", "due", "task_id", "kind", "done", "author", "addressee"
    )
    started, created, person = "06.03.2024 12:00:00", "04.03.2024 10:00:00", "Иванов Иван"
    assert told == [
        ("call", "out", started, "", "", "", "False", person, ""),
        ("planned_call", "out", created, started, "activity 2", "звонок", "False", person, person),
        ("email", "in", started, "", "", "", "False", "", ""),
        ("email", "out", created, "", "", "", "False", person, ""),
        ("task", "", created, started, "activity 5", "встреча", "True", person, person),
        ("task", "", created, started, "activity 6", "другое", "False", person, person),
        ("form", "in", started, "", "", "", "False", "", ""),
    ]
    assert {deal for (deal,) in rows_of(tables, "activities", "deal")} == {"7"}
    assert lines(tables.problems) == [
        "grid.csv › 9 › Тип: “Доставка” is no type of activity that is known here; the row was left out",
        "grid.csv › 10 › Тип: the row does not say what kind of activity it is; it was left out",
        "grid.csv › 7 › Статус: “Может быть” says neither that it is done nor that it is not; taken as empty",
    ]
    assert counted(tables)["grid.csv"] == [("activities", 9, 2)]


def test_of_a_lead_and_a_deal_of_one_name_the_one_that_was_open(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID;Название сделки;Стадия сделки;Дата создания", "7;Кухня;Новая;05.03.2024 10:00:00")
    csv(
        "leads.csv",
        "ID;Название лида;Статус;Дата создания;Дата закрытия",
        "5;Кухня;Х;01.03.2024 10:00;05.03.2024 09:00",
    )
    at = ("04.03.2024 12:00:00", "06.03.2024 12:00:00", "05.03.2024 09:30:00")
    rows = (f"{n};Тема;{time};;Кухня;;;Иванов;Выполнено;;Звонок (исходящий);" for n, time in enumerate(at, 1))
    csv("grid.csv", ";".join(GRID), *rows)
    tables = loaded("deals.csv", "leads.csv", "grid.csv")
    assert rows_of(tables, "activities", "entity", "deal") == [("lead", "5"), ("deal", "7"), ("", "")]
    assert lines(tables.problems) == [
        "grid.csv › 4 › Сделка/Лид: several deals are called “Кухня”, and the row does not say which by an id; it "
        "hangs on no deal"
    ]


def test_a_page_without_a_table_says_what_to_export(loaded: Loaded, tmp_path: Path) -> None:
    write(tmp_path, "empty.xls", "<html><body>По вашему запросу ничего не найдено</body></html>")
    tables = loaded("empty.xls")
    assert [(str(problem), problem.refused) for problem in tables.problems] == [
        (
            "empty.xls: a web page without a table: so an empty selection is exported; choose the period and the "
            "filter anew, and export once more",
            True,
        )
    ]


def test_a_broken_page_gives_the_rows_that_it_has(loaded: Loaded, tmp_path: Path) -> None:
    text = crm_list(DEALS, DEAL, OTHER)
    write(tmp_path, "cut.xls", text[: text.rindex("</td></tr>")])
    assert rows_of(loaded("cut.xls"), "deals", "id") == [("7",), ("8",)]
