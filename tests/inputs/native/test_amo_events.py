"""amoCRM's list of events, as its screen shows it and as scripts write it, with ids and without."""

from collections.abc import Callable

import pytest
from by_hand import lines
from told import counted, rows_of

from auditor.inputs.tables import Tables

Write = Callable[..., None]
Loaded = Callable[..., Tables]

DEALS = "ID;Название сделки;Дата создания сделки;Этап сделки;Воронка;Полное имя контакта;Рабочий телефон"
SCREEN = "Дата,Автор,Объект,Название,Событие,Значение до,Значение после"
WITH_IDS = "Дата;Автор;Объект;Название;Событие;Значение до;Значение после;Ссылка;ID объекта;Тип события"


@pytest.fixture(autouse=True)
def deals(csv: Write) -> None:
    csv(
        "deals.csv", DEALS,
        "101;Сайт Альфа;01.03.2024 10:00:00;Переговоры;Продажи;Анна Петрова;'+7 916 000-00-01",
        "102;Сайт Бета;01.03.2024 10:00:00;Переговоры;Продажи;Борис;",
        "103;Сайт Бета;01.03.2024 10:00:00;Переговоры;Продажи;Вера;",
    )  # fmt: skip


def screen(csv: Write, loaded: Loaded, *rows: str) -> Tables:
    """The list of the screen with these rows, read beside the deals."""
    csv("events.csv", SCREEN, *rows)
    return loaded("deals.csv", "events.csv")


def test_the_history_of_a_deal_that_the_list_names_by_its_title(csv: Write, loaded: Loaded) -> None:
    tables = screen(
        csv, loaded,
        "05.03.2024 12:00:05,Иванов,Сделка,сайт  альфа,Изменение поля “Город”,,Тверь",
        "05.03.2024 12:00:04,Иванов,Сделка,Сайт Альфа,Изменение поля “Бюджет”,100,200",
        "05.03.2024 11:00:00,Иванов,Сделка,Сайт Альфа,Изменение этапа продажи,Продажи / Новая,Продажи / Переговоры",
        "04.03.2024 11:00:00,Система,Сделка,Сайт Альфа,Ответственный изменен,Петров,Иванов",
        "01.03.2024 10:00:00,Иванов,Сделка,Сайт Альфа,Новая сделка,,",
    )  # fmt: skip
    told = rows_of(tables, "history", "deal", "time", "event", "field", "before", "after", "pipeline", "author")
    assert told == [
        ("101", "05.03.2024 12:00:05", "field", "Город", "", "Тверь", "", "Иванов"),
        ("101", "05.03.2024 12:00:04", "field", "Бюджет", "100", "200", "", "Иванов"),
        ("101", "05.03.2024 11:00:00", "stage", "", "Новая", "Переговоры", "Продажи", "Иванов"),
        ("101", "04.03.2024 11:00:00", "responsible", "", "Петров", "Иванов", "", ""),
        ("101", "01.03.2024 10:00:00", "created", "", "", "", "", "Иванов"),
    ]
    assert lines(tables.problems) == []
    assert str(tables.sources.locate(tables.history["row"][2])) == "events.csv › 4"  # type: ignore[index]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Входящий звонок", ("call", "in")),
        ("Исходящий звонок", ("call", "out")),
        ("Входящее сообщение", ("message", "in")),
        ("Исходящее сообщение", ("message", "out")),
        ("Ответ робота", ("message", "out")),
        ("Сообщение внутреннего чата", ("chat", "")),
        ("Входящее SMS", ("sms", "in")),
        ("Исходящее SMS", ("sms", "out")),
        ("Новое примечание", ("comment", "")),
        ("Добавлен новый файл", ("file", "")),
        ("Новая задача", ("task", "")),
        ("Завершение задачи", ("task_done", "")),
        ("Изменение даты исполнения задачи", ("task_moved", "")),
        ("Задача удалена", ("task_deleted", "")),
    ],
)
def test_every_label_of_an_act(label: str, expected: tuple[str, str], csv: Write, loaded: Loaded) -> None:
    tables = screen(csv, loaded, f"05.03.2024 12:00:05,Иванов,Сделка,Сайт Альфа,{label},,Да")
    assert rows_of(tables, "activities", "deal", "type", "direction") == [("101", *expected)]
    assert lines(tables.problems) == []


@pytest.mark.parametrize(
    ("note", "phone", "seconds", "outcome"),
    [
        ("исходящий звонок, +7 (916) 000-00-01, 63 сек", "79160000001", "63", ""),
        ("Длительность: 00:01:03; не дозвонился", "", "63", "unanswered"),
        ("2 мин, 15 сек, разговор состоялся", "", "135", "answered"),
        ("63", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_what_the_note_of_a_call_says(
    note: str, phone: str, seconds: str, outcome: str, csv: Write, loaded: Loaded
) -> None:
    tables = screen(csv, loaded, f'05.03.2024 12:00:05,Иванов,Сделка,Сайт Альфа,Исходящий звонок,,"{note}"')
    assert rows_of(tables, "activities", "phone", "duration", "outcome") == [(phone, seconds, outcome)]


def test_a_list_whose_calls_tell_no_length_has_no_lengths(csv: Write, loaded: Loaded) -> None:
    tables = screen(csv, loaded, "05.03.2024 12:00:05,Иванов,Сделка,Сайт Альфа,Исходящий звонок,,")
    assert tables.activities is not None
    assert not {"duration", "outcome", "due"} & set(tables.activities)


def test_the_result_of_a_task_goes_to_its_completion(csv: Write, loaded: Loaded) -> None:
    tables = screen(
        csv, loaded,
        "05.03.2024 12:01:01,Иванов,Сделка,Сайт Альфа,Результат по задаче,,Опоздал",
        "05.03.2024 12:00:00,Иванов,Сделка,Сайт Альфа,Результат по задаче,,Договорились",
        "05.03.2024 12:00:00,Иванов,Сделка,Сайт Альфа,Завершение задачи,,Позвонить",
        "02.03.2024 12:00:00,Иванов,Сделка,Сайт Альфа,Новая задача,,Позвонить",
    )  # fmt: skip
    assert rows_of(tables, "activities", "type", "text", "result") == [
        ("task_done", "Позвонить", "Договорились"),
        ("task", "Позвонить", ""),
    ]
    assert lines(tables.problems) == [
        "events.csv: 1 row tells the result of a task and was counted once with its completion; left out was row: 3",
        "events.csv › 2 › Событие: “Результат по задаче”: the list does not tell when this task was done; the row was "
        "left out",
    ]


def test_ids_tell_deals_of_one_name_apart_and_join_tasks(csv: Write, loaded: Loaded) -> None:
    csv(
        "events.csv", WITH_IDS,
        "05.03.2024 12:00;Иванов;Сделка;Сайт Бета;Изменение поля 7;;Тверь;;103;custom_field_7_value_changed",
        '05.03.2024 12:00;Иванов;Сделка;Сайт Бета;"Изменение поля ""Город""";;Тверь;;103;custom_field_8_value_changed',
        "05.03.2024 11:00;Иванов;Сделка;Сайт Бета;Изменение бюджета;;5;;102;sale_field_changed",
        "05.03.2024 10:00;Иванов;Задача;Сайт Бета;Результат;;Ждёт;https://x.amocrm.ru/leads/detail/103;77;task_result_added",
        "05.03.2024 09:00;Иванов;Задача;Сайт Бета;Готово;;Звонок;https://x.amocrm.ru/leads/detail/103;77;task_completed",
        "04.03.2024 10:00;0;Задача;Сайт Бета;Новая;;Звонок;https://x.amocrm.ru/leads/detail/103;77;task_added",
    )  # fmt: skip
    tables = loaded("deals.csv", "events.csv")
    assert rows_of(tables, "history", "deal", "field", "after") == [("103", "Город", "Тверь"), ("102", "Бюджет", "5")]
    assert rows_of(tables, "activities", "deal", "type", "task_id", "author", "result") == [
        ("103", "task_done", "77", "Иванов", "Ждёт"),
        ("103", "task", "77", "", ""),
    ]
    assert lines(tables.problems) == [
        "events.csv › 2 › Событие: “Изменение поля 7” does not say which field was changed; the row was left out",
        "events.csv: 1 row tells the result of a task and was counted once with its completion; left out was row: 5",
    ]


def test_a_name_of_several_deals_or_of_none_tells_no_deal(csv: Write, loaded: Loaded) -> None:
    tables = screen(
        csv, loaded,
        "05.03.2024 12:00:05,Иванов,Сделка,Сайт Бета,Изменение этапа продажи,Новая,Переговоры",
        "05.03.2024 12:00:06,Иванов,Сделка,Сайт Гамма,Изменение этапа продажи,Новая,Переговоры",
        "05.03.2024 12:00:07,Иванов,Сделка,Сайт Бета,Исходящий звонок,,",
        "05.03.2024 12:00:08,Иванов,Сделка,Сайт Гамма,Исходящий звонок,,",
        "05.03.2024 12:00:09,Иванов,Сделка,,Изменение этапа продажи,Новая,Переговоры",
    )  # fmt: skip
    assert rows_of(tables, "history", "deal") == []
    assert rows_of(tables, "activities", "deal") == [("",), ("",)]
    assert tables.unattached == 2
    unread = rows_of(tables, "unread", "deal", "kind", "direction", "first")
    assert unread == [
        ("102", "stage", "", "05.03.2024 12:00:05"), ("103", "stage", "", "05.03.2024 12:00:05"),
        ("102", "call", "out", "05.03.2024 12:00:07"), ("103", "call", "out", "05.03.2024 12:00:07"),
    ]  # fmt: skip
    several = "several deals are called “Сайт Бета”, and the row does not say which by an id"
    assert lines(tables.problems) == [
        "events.csv › 6 › Название: the row does not say which deal it is of; it was left out",
        "events.csv › 3 › Название: no deal is called “Сайт Гамма”; the row was left out",
        f"events.csv › 2 › Название: {several}; it was left out",
        "events.csv › 5 › Название: no deal is called “Сайт Гамма”; the row hangs on no deal",
        f"events.csv › 4 › Название: {several}; it hangs on no deal",
    ]


def test_a_call_of_a_contact_goes_to_the_contact_s_open_deal(csv: Write, loaded: Loaded) -> None:
    tables = screen(csv, loaded, "05.03.2024 12:00:05,Иванов,Контакт,Анна Петрова,Исходящий звонок,,")
    assert rows_of(tables, "activities", "deal", "contact") == [("101", "Анна Петрова")]
    assert (tables.attached, tables.unattached) == (1, 0)


def test_what_is_none_of_ours_is_told_once_and_leaves_nothing_unknown(csv: Write, loaded: Loaded) -> None:
    tables = screen(
        csv, loaded,
        "05.03.2024 12:00:05,Иванов,Сделка,Сайт Альфа,Теги добавлены,,vip",
        "05.03.2024 12:00:06,Иванов,Сделка,Сайт Альфа,Теги добавлены,,новый",
        "05.03.2024 12:00:07,Иванов,Контакт,Анна Петрова,Новый контакт,,",
        "05.03.2024 12:00:08,Иванов,Контакт,Анна Петрова,Ответственный изменен,Петров,Иванов",
        "05.03.2024 12:00:09,Иванов,Покупатель,Анна Петрова,Исходящее сообщение,,",
        "05.03.2024 12:00:10,Иванов,Сделка,Сайт Альфа,Добавлена покупка,,",
        "05.03.2024 12:00:11,Иванов,Сделка,Сайт Альфа,Сделка удалена,,",
        "05.03.2024 12:00:12,Иванов,Сделка,Сайт Альфа,entity_linked,,",
    )  # fmt: skip
    assert rows_of(tables, "history", "deal") == rows_of(tables, "activities", "deal") == []
    assert tables.unread is None
    of_none = "is nothing that a clause asks for; left out"
    assert lines(tables.problems) == [
        f"events.csv › Объект: “Контакт” {of_none} were rows: 4–5",
        f"events.csv › Событие: “Теги добавлены” {of_none} were rows: 2–3",
        f"events.csv › Событие: “Добавлена покупка” {of_none} was row: 7",
        f"events.csv › Событие: “Сделка удалена” {of_none} was row: 8",
        f"events.csv › Событие: “entity_linked” {of_none} was row: 9",
        f"events.csv › Объект: “Покупатель” {of_none} was row: 6",
    ]
    assert counted(tables)["events.csv"] == [("history", 7, 7), ("activities", 1, 1)]


def test_an_event_that_nobody_knows_may_be_any_act_of_that_deal(csv: Write, loaded: Loaded) -> None:
    tables = screen(csv, loaded, "05.03.2024 12:00:05,Иванов,Сделка,Сайт Альфа,Нечто новое,,")
    assert rows_of(tables, "unread", "deal", "kind", "first") == [("101", "", "05.03.2024 12:00:05")]
    assert lines(tables.problems) == [
        "events.csv › 2 › Событие: “Нечто новое” is no event that is known here; the row was left out"
    ]


def test_rows_read_and_rejected_are_the_rows_of_the_file(csv: Write, loaded: Loaded) -> None:
    tables = screen(
        csv, loaded,
        "05.03.2024 12:00:05,Иванов,Сделка,Сайт Альфа,Исходящий звонок,,",
        "когда-то,Иванов,Сделка,Сайт Альфа,Исходящий звонок,,",
        "05.03.2024 12:00:06,Иванов,Сделка,Сайт Альфа,Изменение этапа продажи,Новая,Переговоры",
        ",Иванов,Сделка,Сайт Альфа,Изменение этапа продажи,Новая,Переговоры",
        "05.03.2024 12:00:07,Иванов,Сделка,Сайт Альфа,Изменение этапа продажи,Новая,Переговоры,лишнее",
    )  # fmt: skip
    assert counted(tables)["events.csv"] == [("history", 3, 2), ("activities", 2, 1)]
    assert len(tables.history) == len(tables.activities) == 1  # type: ignore[arg-type]


def test_the_plain_history_is_none(csv: Write, loaded: Loaded) -> None:
    csv("h.csv", "ID сделки;Дата;Событие;Значение до;Значение после", "101;05.03.2024 12:00;этап;Новая;Переговоры")
    assert [source.reader for source in loaded("deals.csv", "h.csv").sources.sources] == ["plain", "plain"]
