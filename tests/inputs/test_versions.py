"""Versions of one record: the newest counts; what nobody can decide is unknown; never the order of file names."""

from collections.abc import Callable

import pandas as pd
import pytest
from by_hand import lines

from auditor.inputs.tables import Tables

Write = Callable[..., None]
Loaded = Callable[..., Tables]

HEAD = "ID сделки;Этап;Ответственный;Дата создания;Дата изменения;Город"
OLD = "1;Новая;Анна;01.03.2024 10:00:00;{};Тверь"
NEW = "1;Замер;Борис;01.03.2024 10:00:00;{};"


def deal(tables: Tables, *names: str) -> list[str]:
    """The cells of the only deal, «—» where they are empty."""
    frame = tables.deals
    assert len(frame) == 1
    return frame[list(names)].astype("str").fillna("—").replace("NaT", "—").iloc[0].tolist()


def contradicted(tables: Tables) -> set[str]:
    return set() if tables.contradicted is None else set(tables.contradicted["column"])


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_the_newest_by_its_own_stamp_of_change_counts(csv: Write, loaded: Loaded, names: tuple[str, str]) -> None:
    csv(names[0], HEAD, OLD.format("02.03.2024 10:00:00"), "2;Новая;;09.03.2024;09.03.2024;")
    csv(names[1], HEAD, NEW.format("03.03.2024 10:00:00"))
    tables = loaded("a.csv", "b.csv")
    row = tables.deals.set_index("id").loc["1"]
    assert (row["stage"], row["manager"]) == ("Замер", "Борис")
    assert pd.isna(row["field:Город"])
    assert contradicted(tables) == set()
    assert lines(tables.problems) == [
        f"{names[0]}: 1 row repeats a deal of {names[1]} (a row per product, or another export) and is no newer; left "
        "out was row: 2"
    ]


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_without_stamps_the_file_whose_latest_moment_is_later_counts(
    csv: Write, loaded: Loaded, names: tuple[str, str]
) -> None:
    csv(names[0], HEAD, OLD.format(""))
    csv(names[1], HEAD, NEW.format(""), "2;Новая;;02.03.2024;;")
    tables = loaded("a.csv", "b.csv")
    assert tables.deals.set_index("id")["manager"]["1"] == "Борис"
    assert contradicted(tables) == set()


def test_else_what_they_contradict_each_other_in_is_unknown_and_told(csv: Write, loaded: Loaded) -> None:
    csv("a.csv", HEAD, OLD.format(""))
    csv("b.csv", HEAD, NEW.format(""))
    tables = loaded("a.csv", "b.csv")
    assert deal(tables, "stage", "manager", "created", "field:Город") == ["—", "—", "2024-03-01 10:00:00", "Тверь"]
    assert contradicted(tables) == {"stage", "manager"}
    assert lines(tables.problems)[1:] == [
        "b.csv: contradicts a.csv in “Ответственный”, “Этап”, and nothing says which of them is newer; unknown there, "
        "row: 2"
    ]
    assert [source.rejected for source in tables.sources.sources] == [0, 1]


def test_what_only_looks_like_a_contradiction_is_none(csv: Write, loaded: Loaded) -> None:
    csv("a.csv", "ID;Этап;Дата создания;Ответственный", "1;Замер  окон;01.03.2024;")
    csv("b.csv", "ID;Этап;Дата создания;Сумма", "1;замер окон;01.03.2024 10:00:41;5")
    tables = loaded("a.csv", "b.csv")
    assert contradicted(tables) == set()
    assert deal(tables, "created", "amount") == ["2024-03-01 10:00:41", "5.0"]


def test_a_column_that_the_newest_lacks_is_that_of_the_next(csv: Write, loaded: Loaded) -> None:
    csv("a.csv", HEAD, OLD.format("02.03.2024"))
    csv("b.csv", "ID сделки;Этап;Дата создания;Дата изменения", "1;Замер;01.03.2024 10:00:00;03.03.2024")
    assert deal(loaded("a.csv", "b.csv"), "stage", "manager", "field:Город") == ["Замер", "Анна", "Тверь"]


def test_a_lead_is_no_version_of_a_deal(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID сделки;Этап;Дата создания", "1;Замер;01.03.2024")
    csv("leads.csv", "ID лида;Этап;Дата создания", "1;Новый лид;01.03.2024")
    assert loaded("deals.csv", "leads.csv").deals["stage"].tolist() == ["Замер", "Новый лид"]


# ── tasks ──

TASKS = "ID сделки;Время;Тип;Текст;Срок;Выполнено;ID задачи"
TASK = "1;02.03.2024 10:00:00;задача;{};{};{};9"


@pytest.fixture
def one_deal(csv: Write) -> None:
    csv("deals.csv", "ID сделки;Этап;Дата создания", "1;Новая;01.03.2024")


def tasks(tables: Tables) -> list[list[str]]:
    assert tables.activities is not None
    frame = tables.activities[tables.activities["task_id"] == "9"]
    return frame[["text", "due", "completed", "done"]].astype("str").fillna("—").replace("NaT", "—").to_numpy().tolist()


@pytest.mark.usefixtures("one_deal")
@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_of_versions_of_a_task_the_one_of_the_later_file_counts(
    csv: Write, loaded: Loaded, names: tuple[str, str]
) -> None:
    csv(names[0], TASKS, TASK.format("Позвонить", "05.03.2024 12:00:00", "04.03.2024 11:00:00"))
    csv(names[1], TASKS, TASK.format("Написать", "06.03.2024 12:00:00", ""), "1;07.03.2024;комментарий;;;;")
    tables = loaded("deals.csv", "a.csv", "b.csv")
    assert tasks(tables) == [["Написать", "2024-03-06 12:00:00", "—", "False"]]


@pytest.mark.usefixtures("one_deal")
def test_of_a_task_done_in_the_newer_file_the_older_says_what_the_newer_has_no_column_for(
    csv: Write, loaded: Loaded
) -> None:
    csv("a.csv", TASKS, TASK.format("Позвонить", "05.03.2024 12:00:00", ""))
    csv(
        "b.csv",
        TASKS.replace("Текст;", ""),
        TASK.replace("{};", "", 1).format("05.03.2024 12:00:00", "04.03.2024 11:00:00"),
    )
    assert tasks(loaded("deals.csv", "a.csv", "b.csv")) == [
        ["Позвонить", "2024-03-05 12:00:00", "2024-03-04 11:00:00", "True"]
    ]


@pytest.mark.usefixtures("one_deal")
def test_what_versions_of_a_task_of_one_age_contradict_each_other_in_is_unknown(csv: Write, loaded: Loaded) -> None:
    csv("a.csv", TASKS, TASK.format("Позвонить", "05.03.2024 12:00:00", ""))
    csv("b.csv", TASKS, TASK.format("Позвонить", "06.03.2024 12:00:00", ""))
    tables = loaded("deals.csv", "a.csv", "b.csv")
    assert tasks(tables) == [["Позвонить", "—", "—", "False"]]
    assert lines(tables.problems)[1:] == [
        "b.csv: contradicts a.csv in “Срок”, and nothing says which of them is newer; unknown there, row: 2"
    ]
