"""Histories without events: columns that robots fill on the deal's card, lists of stages, tables without «Событие»."""

from collections.abc import Callable

import pytest
from by_hand import lines
from told import counted, rows_of

from auditor.inputs.native.robot_columns import stages_told
from auditor.inputs.tables import Tables

Write = Callable[..., None]
Loaded = Callable[..., Tables]
MOVES = ("deal", "time", "event", "before", "after")


@pytest.mark.parametrize(
    ("caption", "stage"),
    [
        ("Дата перехода в Замер", "Замер"),
        ("Дата входа в стадию «Замер»", "Замер"),
        ("Дата и время перехода на этап Замер", "Замер"),
        ("Время попадания в этап \"Созвон после замера\"", "Созвон после замера"),
        ("дата перевода в статус Недозвон", "Недозвон"),
        ("Дата перехода", None),
        ("Дата замера", None),
    ],
)  # fmt: skip
def test_captions_that_name_a_stage(caption: str, stage: str | None) -> None:
    assert stages_told([caption], {"замер"} if stage == "Замер" else set()).get(caption) == stage


def test_a_caption_that_calls_it_no_stage_needs_one_that_is_known() -> None:
    captions = ["Дата передачи в производство", "Дата перехода в производство", "Дата перехода в Замер"]
    assert stages_told(captions, set()) == {}
    assert stages_told(captions, {"замер"}) == {
        "Дата перехода в производство": "производство", "Дата перехода в Замер": "Замер",
    }  # fmt: skip


CARDS = "ID;Название сделки;Этап сделки;Дата создания;Дата перехода в Новая;Дата перехода в Замер"


def test_a_robot_s_columns_are_moves_of_their_deals(csv: Write, loaded: Loaded) -> None:
    csv(
        "deals.csv", CARDS,
        "1;А;Замер;01.03.2024 10:00:00;01.03.2024 10:00:01;05.03.2024",
        "2;Б;Новая;02.03.2024 10:00:00;02.03.2024 10:00:01;",
        "3;В;Новая;02.03.2024 10:00:00;скоро;",
        ";Г;Новая;02.03.2024 10:00:00;02.03.2024 10:00:00;",
    )  # fmt: skip
    tables = loaded("deals.csv")
    assert rows_of(tables, "history", *MOVES, "day:time") == [
        ("1", "01.03.2024 10:00:01", "stage", "", "Новая", "False"),
        ("1", "05.03.2024 00:00:00", "stage", "", "Замер", "True"),
        ("2", "02.03.2024 10:00:01", "stage", "", "Новая", "False"),
    ]
    assert tables.history is not None
    assert [str(tables.sources.locate(row)) for row in tables.history["row"]] == [
        "deals.csv › 2", "deals.csv › 2", "deals.csv › 3",
    ]  # fmt: skip
    assert lines(tables.problems) == [
        "deals.csv › 5 › ID: the row has no id; it was left out",
        "deals.csv › 4 › Дата перехода в Новая: “скоро” is not a date between 2000 and 2135; taken as empty",
    ]
    assert counted(tables) == {"deals.csv": [("deals", 4, 1), ("history", 2, 0)]}


def test_a_history_of_stages_tells_it_better(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", CARDS, "1;А;Замер;01.03.2024 10:00:00;01.03.2024 10:00:01;05.03.2024")
    csv("history.csv", "ID сделки;Время;Событие;Было;Стало", "1;05.03.2024 12:00:00;этап;Новая;Замер")
    csv("fields.csv", "ID сделки;Время;Событие;Поле;Стало", "1;05.03.2024 12:00:00;поле;Город;Тверь")
    assert len(rows_of(loaded("deals.csv", "history.csv"), "history", "deal")) == 1
    assert len(rows_of(loaded("deals.csv", "fields.csv"), "history", "deal")) == 3


def test_a_history_without_a_column_of_events_tells_moves(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", CARDS, "1;А;Замер;01.03.2024 10:00:00;;")
    csv(
        "история.csv", "ID сделки;Время;Поле;Было;Стало",
        "1;05.03.2024 12:00:00;;Продажи / Новая;Продажи / Замер", "1;05.03.2024 12:00:01;Город;;Тверь",
    )  # fmt: skip
    tables = loaded("deals.csv", "история.csv")
    assert rows_of(tables, "history", *MOVES, "field", "pipeline") == [
        ("1", "05.03.2024 12:00:00", "stage", "Новая", "Замер", "", "Продажи"),
        ("1", "05.03.2024 12:00:01", "field", "", "Тверь", "Город", ""),
    ]
    assert lines(tables.problems) == []


def test_a_list_of_stages_with_their_days_is_a_history(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", CARDS, "1;А;Замер;01.03.2024 10:00:00;;")
    csv("stage_history.csv", "deal_id,stage,stage_date,stage_order", "1,Новая,2024-03-01,1", "1,Замер,2024-03-02,2")
    tables = loaded("deals.csv", "stage_history.csv")
    assert rows_of(tables, "history", *MOVES) == [
        ("1", "01.03.2024 00:00:00", "stage", "", "Новая"),
        ("1", "02.03.2024 00:00:00", "stage", "", "Замер"),
    ]
    assert lines(tables.problems) == []
