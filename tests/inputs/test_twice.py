"""One thing told twice is one thing: which rows of several tables, and of one, are the same event."""

from collections.abc import Callable

import numpy as np
import pytest
from by_hand import lines

from auditor.inputs.repeats import LAST_BITS, not_alone
from auditor.inputs.tables import Tables

Write = Callable[..., None]
Loaded = Callable[..., Tables]

CALLS = "ID сделки;Время;Тип;Направление;Исход;Длительность;Автор"
CALL = "1;02.03.2024 10:00:12;звонок;исходящий;недозвон;0;Анна Белова"


def cells(tables: Tables, *names: str) -> list[list[str]]:
    """The texts of these columns of the activities, «—» where they are empty."""
    assert tables.activities is not None
    return (
        tables.activities[list(names)].astype("str").fillna("—").replace({"NaT": "—", "nan": "—"}).to_numpy().tolist()
    )


def places(tables: Tables, table: str = "activities") -> list[str]:
    return [str(tables.sources.locate(row)) for row in getattr(tables, table)["row"]]


@pytest.fixture(autouse=True)
def deals(csv: Write) -> None:
    csv(
        "deals.csv", "ID сделки;Этап;Дата создания;Телефон",
        "1;Новая;01.03.2024 09:00;89160000001", "2;Новая;01.03.2024 09:00;",
    )  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        CALL,
        "1;02.03.2024 10:00:12;ЗВОНОК;исх;нет ответа;;анна  белова",
        "1;02.03.2024 10:00:12;звонок;;недозвон;;",
        "1;02.03.2024 10:00:12;звонок;исходящий;;;Анна Белова",
        "1.0;2024-03-02T10:00:12;исходящий звонок;;недозвон;0:00;Анна Белова",
    ],
)
def test_rows_of_two_files_that_contradict_each_other_nowhere_are_one(csv: Write, loaded: Loaded, row: str) -> None:
    csv("one.csv", CALLS, CALL)
    csv("two.csv", CALLS, row)
    tables = loaded("deals.csv", "one.csv", "two.csv")
    assert places(tables) == ["one.csv › 2"]
    assert lines(tables.problems) == [
        "two.csv: 1 row says what a row of one.csv says, and was counted once with it; left out was row: 2"
    ]
    assert [source.rejected for source in tables.sources.sources] == [0, 0, 1]


@pytest.mark.parametrize(
    "row",
    [
        "2;02.03.2024 10:00:12;звонок;исходящий;недозвон;0;Анна Белова",
        "1;02.03.2024 10:00:13;звонок;исходящий;недозвон;0;Анна Белова",
        "1;02.03.2024 10:00:12;письмо;исходящее;;;Анна Белова",
        "1;02.03.2024 10:00:12;звонок;входящий;недозвон;0;Анна Белова",
        "1;02.03.2024 10:00:12;звонок;исходящий;дозвон;0;Анна Белова",
        "1;02.03.2024 10:00:12;звонок;исходящий;недозвон;5;Анна Белова",
        "1;02.03.2024 10:00:12;звонок;исходящий;недозвон;0;Борис Ким",
    ],
)
def test_rows_that_contradict_each_other_anywhere_are_two(csv: Write, loaded: Loaded, row: str) -> None:
    csv("one.csv", CALLS, CALL)
    csv("two.csv", CALLS, row)
    assert places(loaded("deals.csv", "one.csv", "two.csv")) == ["one.csv › 2", "two.csv › 2"]


def test_the_event_has_what_either_row_says(csv: Write, loaded: Loaded) -> None:
    csv("one.csv", "ID сделки;Время;Тип;Автор;Срок;Выполнено;Текст",
        "1;02.03.2024 10:00:12;задача;;05.03.2024 12:00:00;;", "2;02.03.2024 10:00:12;задача;;;;Замер")  # fmt: skip
    csv("two.csv", "ID сделки;Время;Тип;Автор;Срок;Выполнено;Закреплён",
        "1;02.03.2024 10:00:12;задача;Анна;;04.03.2024;да")  # fmt: skip
    tables = loaded("deals.csv", "one.csv", "two.csv")
    assert cells(tables, "author", "due", "completed", "text", "pinned", "done") == [
        ["Анна", "2024-03-05 12:00:00", "2024-03-04", "—", "True", "True"],
        ["—", "—", "—", "Замер", "False", "False"],
    ]


def test_rows_are_matched_one_to_one_the_likest_first(csv: Write, loaded: Loaded) -> None:
    time = "1;02.03.2024 10:00:12;сообщение;исходящее"
    head = "ID сделки;Время;Тип;Направление;Текст;Канал"
    csv("one.csv", head, f"{time};;", f"{time};Здравствуйте;", f"{time};Ещё;")
    csv("two.csv", head, f"{time};Здравствуйте;почта", f"{time};;чат")
    tables = loaded("deals.csv", "one.csv", "two.csv")
    assert cells(tables, "text", "channel") == [["—", "чат"], ["Здравствуйте", "почта"], ["Ещё", "—"]]


def test_two_rows_of_one_table_are_never_one_even_by_way_of_another(csv: Write, loaded: Loaded) -> None:
    time = "1;02.03.2024 10:00:12;сообщение;исходящее"
    head = "ID сделки;Время;Тип;Направление;Текст"
    csv("one.csv", head, f"{time};")
    csv("two.csv", head, f"{time};А", f"{time};Б")
    csv("three.csv", head, f"{time};", f"{time};Б")
    tables = loaded("deals.csv", "one.csv", "two.csv", "three.csv")
    assert sorted(text for (text,) in cells(tables, "text")) == ["А", "Б"]


MINUTES = [f"2;01.03.2024 10:{minute:02};звонок;исходящий;недозвон;0;" for minute in range(20)]
SECONDS = ["1;02.03.2024 10:00:12;звонок;исходящий;недозвон;0;", "1;02.03.2024 10:00:41;звонок;исходящий;недозвон;0;"]


def test_a_table_of_minutes_agrees_to_the_minute_and_the_exact_moment_counts(csv: Write, loaded: Loaded) -> None:
    csv("one.csv", CALLS, *MINUTES, "1;02.03.2024 10:00;звонок;исходящий;недозвон;0;Анна")
    csv("two.csv", CALLS, *SECONDS)
    tables = loaded("deals.csv", "one.csv", "two.csv")
    assert places(tables)[20:] == ["two.csv › 2", "two.csv › 3"]
    assert cells(tables, "time", "author")[20:] == [["2024-03-02 10:00:12", "Анна"], ["2024-03-02 10:00:41", "—"]]


def test_a_day_without_a_clock_is_no_midnight(csv: Write, loaded: Loaded) -> None:
    csv("one.csv", CALLS, "1;02.03.2024;звонок;исходящий;;;", "2;03.03.2024;звонок;исходящий;;;")
    csv("two.csv", CALLS, "1;02.03.2024 00:00:00;звонок;исходящий;;;", "2;03.03.2024;звонок;исходящий;;;")
    assert places(loaded("deals.csv", "one.csv", "two.csv")) == ["one.csv › 2", "two.csv › 2", "two.csv › 3"]


def test_changes_of_the_history_told_twice(csv: Write, loaded: Loaded) -> None:
    csv("one.csv", "ID сделки;Время;Событие;Было;Стало", "1;02.03.2024 10:00:00;этап;Новая;Замер",
        "1;02.03.2024 11:00:00;этап;Замер;Отказ", "1;02.03.2024 12:00:00;ответственный;А;Б")  # fmt: skip
    csv("two.csv", "ID сделки;Время;Событие;Стало;Автор", "1;02.03.2024 10:00:00;этап;Замер;Анна",
        "1;02.03.2024 11:00:00;этап;Договор;Анна", "1;02.03.2024 12:00:00;воронка;Б;Анна")  # fmt: skip
    tables = loaded("deals.csv", "one.csv", "two.csv")
    assert places(tables, "history") == ["one.csv › 2", "one.csv › 3", "one.csv › 4", "two.csv › 3", "two.csv › 4"]
    assert tables.history is not None
    assert tables.history[["before", "author"]].astype("str").iloc[0].tolist() == ["Новая", "Анна"]


def test_calls_of_no_deal_are_one_where_phone_and_contact_agree(csv: Write, loaded: Loaded) -> None:
    head = "ID сделки;Время;Тип;Направление;Телефон"
    csv("one.csv", head, ";02.03.2024 10:00:12;звонок;исходящий;89160000009", ";02.03.2024 10:00:12;звонок;исходящий;")
    csv("two.csv", head, ";02.03.2024 10:00:12;звонок;исходящий;89160000009", ";02.03.2024 10:00:12;звонок;исходящий;8")
    tables = loaded("deals.csv", "one.csv", "two.csv")
    assert places(tables)[:2] == ["one.csv › 2", "one.csv › 3"]
    assert tables.unattached == 2


def test_a_call_that_finds_its_deal_by_phone_is_the_one_that_names_its_id(csv: Write, loaded: Loaded) -> None:
    csv("crm.csv", CALLS, CALL)
    csv("ats.csv", "Телефон;Время;Тип;Направление;Запись", "89160000001;02.03.2024 10:00:12;звонок;исходящий;a.mp3")
    tables = loaded("deals.csv", "crm.csv", "ats.csv")
    assert cells(tables, "deal", "recording", "author") == [["1", "a.mp3", "Анна Белова"]]


# ── one table ──


def test_equal_rows_of_a_table_that_tells_seconds_are_one(csv: Write, loaded: Loaded) -> None:
    csv("one.csv", CALLS, CALL, CALL, CALL.replace("0;Анна", "5;Анна"))
    tables = loaded("deals.csv", "one.csv")
    assert places(tables) == ["one.csv › 2", "one.csv › 4"]
    assert "maybe" not in tables.activities  # type: ignore[operator]
    assert lines(tables.problems) == [
        "one.csv: 1 row says in every cell what a row above says, and was counted once with it; left out was row: 3"
    ]


def test_equal_rows_of_a_table_that_tells_an_id_are_one(csv: Write, loaded: Loaded) -> None:
    row = "1;02.03.2024 10:00;звонок;исходящий;недозвон;0;Анна;{}"
    csv("one.csv", f"{CALLS};ID звонка", *(row.format(number) for number in ("7", "7", "8", "", "")))
    tables = loaded("deals.csv", "one.csv")
    assert places(tables) == ["one.csv › 2", "one.csv › 4", "one.csv › 5", "one.csv › 6"]
    assert tables.activities is not None
    assert tables.activities["maybe"].tolist() == [False, False, False, True]


def test_of_equal_rows_without_seconds_the_second_is_only_possible(csv: Write, loaded: Loaded) -> None:
    row = "1;02.03.2024 10:00;звонок;исходящий;недозвон;0;Анна"
    csv("one.csv", CALLS, row, row, row)
    tables = loaded("deals.csv", "one.csv")
    assert tables.activities is not None
    assert tables.activities["maybe"].tolist() == [False, True, True]


def test_equal_rows_of_a_table_of_days_are_as_many_events(csv: Write, loaded: Loaded) -> None:
    row = "1;02.03.2024;звонок;исходящий;недозвон;0;Анна"
    csv("one.csv", CALLS, row, row)
    tables = loaded("deals.csv", "one.csv")
    assert places(tables) == ["one.csv › 2", "one.csv › 3"]
    assert "maybe" not in tables.activities  # type: ignore[operator]
    assert tables.problems == []


def test_an_unread_row_that_two_files_tell_is_one(csv: Write, loaded: Loaded) -> None:
    row = "1;02.03.2024 25:00;звонок;исходящий;недозвон;0;Анна"
    csv("one.csv", CALLS, CALL, row)
    csv("two.csv", CALLS, row, row)
    tables = loaded("deals.csv", "one.csv", "two.csv")
    assert tables.unread is not None
    assert [str(tables.sources.locate(row)) for row in tables.unread["row"]] == ["one.csv › 3", "two.csv › 3"]


def test_numbers_that_end_alike_are_not_taken_for_the_same() -> None:
    alike = LAST_BITS + 1
    keys = np.array([5, 5 + alike, 7, 5, 7 + alike, 9, 7, 7])

    assert not_alone(keys).tolist() == [True, False, True, True, False, False, True, True]
    assert not_alone(np.arange(4)).tolist() == [False] * 4
    assert not_alone(np.zeros(0, np.int64)).tolist() == []
