"""Rows that could not be read: what is known of each all the same, whatever the reader."""

from collections.abc import Callable

import pandas as pd
import pytest
from by_hand import lines

from auditor.inputs.tables import Tables
from auditor.inputs.unread import day_in

Write = Callable[..., None]
Loaded = Callable[..., Tables]

HISTORY = "ID сделки;Время;Событие;Поле;Стало"
ACTIVITIES = "ID сделки;Время;Тип;Направление;Исход"


def unread(tables: Tables) -> list[tuple[str, ...]]:
    """(place, deal, kind, direction, first, last) of each row, «—» for what is not known."""
    frame = tables.unread
    if frame is None:
        return []
    places = [str(tables.sources.locate(row)) for row in frame["row"]]
    told = frame[["deal", "kind", "direction", "first", "last"]].astype("str").replace("NaT", None).fillna("—")
    return [(place, *row) for place, row in zip(places, told.itertuples(index=False, name=None), strict=True)]


@pytest.fixture
def deals(csv: Write) -> None:
    csv(
        "deals.csv", "ID сделки;Сущность;Этап;Дата создания",
        "1;сделка;Новая;01.03.2024", "5;сделка;Новая;01.03.2024", "5;лид;Новая;01.03.2024",
    )  # fmt: skip


@pytest.mark.usefixtures("deals")
def test_what_is_known_of_activities_that_could_not_be_read(csv: Write, loaded: Loaded) -> None:
    csv(
        "acts.csv", ACTIVITIES,
        "1;12.03.2024 25:00;звонок;исходящий;недозвон",
        "1;12.03.2024 16:00;дозвон;исходящий;недозвон",
        "1;;письмо;входящее;",
        "1;вчера;;;",
        "1;12.03.2024 16:00;этап;;",
    )  # fmt: skip
    tables = loaded("deals.csv", "acts.csv")
    day = "2024-03-12 00:00:00", "2024-03-12 23:59:59"
    moment = ("2024-03-12 16:00:00",) * 2
    assert unread(tables) == [
        ("acts.csv › 2", "1", "call", "out", *day),
        ("acts.csv › 3", "1", "—", "out", *moment),
        ("acts.csv › 4", "1", "email", "in", "—", "—"),
        ("acts.csv › 5", "1", "—", "—", "—", "—"),
        ("acts.csv › 6", "1", "stage", "—", *moment),
    ]
    assert tables.unread is not None and tables.unread["outcome"].fillna("").tolist()[0] == "unanswered"
    assert tables.sources.sources[1].rejected == 5


@pytest.mark.usefixtures("deals")
def test_what_is_known_of_changes_that_could_not_be_read(csv: Write, loaded: Loaded) -> None:
    csv(
        "history.csv", HISTORY,
        "1;2024-03-12T99:00;этап;;Замер",
        "1;;Изменение поля “Город”;;Тверь",
        "1;02.03.2024 10:00;входящий звонок;;",
        "1;02.03.2024 10:00;что-то;;",
    )  # fmt: skip
    tables = loaded("deals.csv", "history.csv")
    moment = ("2024-03-02 10:00:00",) * 2
    assert unread(tables) == [
        ("history.csv › 2", "1", "stage", "—", "2024-03-12 00:00:00", "2024-03-12 23:59:59"),
        ("history.csv › 3", "1", "field", "—", "—", "—"),
        ("history.csv › 4", "1", "call", "—", *moment),
        ("history.csv › 5", "1", "—", "—", *moment),
    ]
    assert tables.unread is not None and tables.unread["field"].fillna("").tolist() == ["", "Город", "", ""]


@pytest.mark.usefixtures("deals")
def test_a_row_of_no_known_deal_leaves_nothing_unknown(csv: Write, loaded: Loaded) -> None:
    csv(
        "acts.csv", ACTIVITIES,
        "Всего;;;;", "ID сделки;Время;Тип;Направление;Исход",
        ";вчера;звонок;;", "99;вчера;звонок;;", "5;вчера;звонок;;",
    )  # fmt: skip
    tables = loaded("deals.csv", "acts.csv")
    assert tables.unread is None
    assert len(tables.problems) == 5


@pytest.mark.usefixtures("deals")
def test_a_call_of_a_known_day_may_be_any_deals_where_its_own_is_unknown(csv: Write, loaded: Loaded) -> None:
    day = "02.03.2024 25:00"
    csv(
        "acts.csv", ACTIVITIES, f";{day};звонок;исходящий;", f"99;{day};звонок;исходящий;", f"5;{day};звонок;;",
        f"99;{day};письмо;исходящее;", f"1;{day};звонок;исходящий;", "1;02.03.2024 10:00;звонок;исходящий;недозвон",
    )  # fmt: skip
    span = "2024-03-02", "2024-03-02 23:59:59"
    assert unread(loaded("deals.csv", "acts.csv")) == [
        ("acts.csv › 2", "—", "call", "out", *span), ("acts.csv › 3", "—", "call", "out", *span),
        ("acts.csv › 4", "—", "call", "—", *span), ("acts.csv › 6", "1", "call", "out", *span),
    ]  # fmt: skip


@pytest.mark.usefixtures("deals")
def test_a_kind_that_no_clause_asks_for_is_told_once_and_leaves_nothing_unknown(csv: Write, loaded: Loaded) -> None:
    row = "1;02.03.2024 10:00;{};;"
    kinds = ["Теги добавлены", "Добавлена покупка", "Теги добавлены", "entity_tag_added", "Беседа закрыта"]
    csv("history.csv", HISTORY, *(row.format(kind) for kind in kinds))
    tables = loaded("deals.csv", "history.csv")
    assert tables.unread is None
    assert lines(tables.problems) == [
        f"history.csv › Событие: “{kind}” is nothing that a clause asks for; left out {was}: {rows}"
        for kind, was, rows in (
            ("Теги добавлены", "were rows", "2, 4"),
            ("Добавлена покупка", "was row", "3"),
            ("entity_tag_added", "was row", "5"),
            ("Беседа закрыта", "was row", "6"),
        )
    ]


@pytest.mark.usefixtures("deals")
def test_rows_whose_deal_is_not_known_are_unattached(csv: Write, loaded: Loaded) -> None:
    csv("acts.csv", ACTIVITIES, *(f"{deal};02.03.2024 10:00;звонок;исходящий;" for deal in ("1", "99", "5", "")))
    tables = loaded("deals.csv", "acts.csv")
    assert tables.activities is not None
    assert tables.activities["deal"].astype("str").fillna("—").tolist() == ["1", "—", "—", "—"]
    assert tables.unattached == 3
    assert lines(tables.problems) == [
        "acts.csv › 4 › ID сделки: both a deal and a lead have the id 5, and the row does not say which; it hangs on "
        "none of them",
        "acts.csv › 3 › ID сделки: no deal has the id 99; the row hangs on no deal",
    ]


@pytest.mark.usefixtures("deals")
def test_a_change_of_a_field_that_its_event_names(csv: Write, loaded: Loaded) -> None:
    csv("history.csv", "ID сделки;Время;Событие;Стало", "1;02.03.2024;Изменение поля «Бюджет»;5", "1;03.03.2024;этап;А")
    history = loaded("deals.csv", "history.csv").history
    assert history is not None
    assert history[["event", "field"]].astype("str").fillna("—").to_numpy().tolist() == [
        ["field", "Бюджет"],
        ["stage", "—"],
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12.03.2024 25:00", "2024-03-12"),
        ("2024-03-12 1O:00", "2024-03-12"),
        (" 5.3.2024, утром", "2024-03-05"),
        ("31.02.2024 10:00", None),
        ("12.03.20245", None),
        ("вчера", None),
    ],
)
def test_the_day_of_a_moment_whose_clock_cannot_be_read(text: str, day: str | None) -> None:
    assert (None if pd.isna(day_in(text)) else str(day_in(text))[:10]) == day
