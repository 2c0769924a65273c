"""Tables put together: what rows of different exports say of each other and of the clock."""

from collections.abc import Callable
from datetime import datetime

import pandas as pd
import pytest
from by_hand import lines

from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Tables

Write = Callable[..., None]
Loaded = Callable[..., Tables]

DEALS = "ID сделки;Сущность;Этап;Дата создания;Дата закрытия;Телефон;Контакт"
HISTORY = "ID сделки;Сущность;Время;Событие;Стало"
ACTIVITIES = "ID сделки;Время;Тип;Телефон;Контакт;Выполнено;Открыто"


def places(tables: Tables, table: str) -> list[str]:
    """Where the rows of a table stand in the exports."""
    return [str(tables.sources.locate(row)) for row in getattr(tables, table)["row"]]


@pytest.fixture
def deals(csv: Write) -> None:
    csv(
        "deals.csv", DEALS,
        "1;сделка;Новая;01.03.2024;;89160000001;Анна",
        "2;сделка;Новая;01.03.2024;10.03.2024;89160000002;Борис",
        "3;лид;Новая;01.03.2024;;89160000003;Вера",
        "4;сделка;Новая;11.03.2024;;89160000002;Глеб",
        "5;сделка;Новая;01.03.2024;;;",
        "5;лид;Новая;01.03.2024;;;",
    )  # fmt: skip


def test_parts_of_one_table_become_one_and_each_row_keeps_its_place(csv: Write, loaded: Loaded) -> None:
    csv("january.csv", "ID сделки;Этап;Дата создания;Город", "1;Новая;05.01.2024;Тверь", ";;;", "2;Новая;06.01.2024;")
    csv("february.csv", "Deal ID;Stage;Created;Amount", "3;Лид;05.02.2024;100", "4;Новая;06.02.2024;")
    tables = loaded("january.csv", "february.csv")
    assert tables.deals["id"].tolist() == ["1", "2", "3", "4"]
    assert tables.deals["field:Город"].astype("str").fillna("—").tolist() == ["Тверь", "—", "—", "—"]
    assert tables.deals["amount"].fillna(-1).tolist() == [-1, -1, 100, -1]
    assert tables.deals["stage"].tolist() == ["Новая", "Новая", "Лид", "Новая"]
    assert places(tables, "deals") == ["january.csv › 2", "january.csv › 4", "february.csv › 2", "february.csv › 3"]
    assert tables.deals["row"].is_monotonic_increasing and str(tables.deals["row"].dtype) == "int32"
    assert [name for name, column in tables.deals.items() if column.dtype == object] == []


@pytest.mark.usefixtures("deals")
def test_rows_of_unknown_deals_are_left_out_and_told(csv: Write, loaded: Loaded) -> None:
    csv("history.csv", HISTORY, "1;;02.03.2024;этап;А", "99;;02.03.2024;этап;А", "3;сделка;02.03.2024;этап;А")
    csv("activities.csv", ACTIVITIES, "98;02.03.2024;звонок;;;;", "1;02.03.2024;звонок;;;;")
    csv("ledger.csv", "ID сделки;№ договора", "97;К-1", "2;К-2")
    tables = loaded("deals.csv", "history.csv", "activities.csv", "ledger.csv")
    assert places(tables, "history") == ["history.csv › 2"]
    assert places(tables, "activities") == ["activities.csv › 2", "activities.csv › 3"]
    assert places(tables, "ledger") == ["ledger.csv › 3"]
    assert lines(tables.problems) == [
        "ledger.csv: 1 record of the ledger belongs to no deal and was left out, row: 2",
        "history.csv › 3 › ID сделки: no deal has the id 99; the row was left out",
        "history.csv › 4 › ID сделки: no deal has the id 3; the row was left out",
        "activities.csv › 2 › ID сделки: no deal has the id 98; the row hangs on no deal",
        "ledger.csv › 2 › ID сделки: no deal has the id 97; the row was left out",
    ]
    assert [source.rejected for source in tables.sources.sources] == [0, 2, 0, 1]


@pytest.mark.usefixtures("deals")
def test_an_id_of_a_lead_and_a_deal_needs_the_entity(csv: Write, loaded: Loaded) -> None:
    csv("history.csv", HISTORY, "5;;02.03.2024;этап;А", "5;лид;02.03.2024;этап;Б", "5;deal;02.03.2024;этап;В")
    tables = loaded("deals.csv", "history.csv")
    assert places(tables, "history") == ["history.csv › 3", "history.csv › 4"]
    assert lines(tables.problems) == [
        "history.csv › 2 › ID сделки: both a deal and a lead have the id 5, and the row does not say which; "
        "it was left out"
    ]


@pytest.mark.usefixtures("deals")
def test_rows_of_the_future_are_left_out_and_future_cells_are_emptied(csv: Write, loaded: Loaded) -> None:
    csv("more.csv", DEALS, "7;сделка;Новая;02.07.2024;;;", "8;сделка;Новая;01.03.2024;02.07.2024;;")
    csv("history.csv", HISTORY, "1;;01.07.2024 12:00:00;этап;А", "1;;01.07.2024 12:00:01;этап;Б")
    csv(
        "activities.csv",
        ACTIVITIES,
        "1;02.07.2024;звонок;;;;",
        "1;02.03.2024;задача;;;02.07.2024;",
        "1;03.03.2024;письмо;;;;05.07.2024",
    )
    csv("ledger.csv", "ID сделки;Обновлено;№ договора", "1;02.07.2024;К-1")
    tables = loaded("deals.csv", "more.csv", "history.csv", "activities.csv", "ledger.csv")
    assert "7" not in tables.deals["id"].tolist()
    assert pd.isna(tables.deals.set_index("id")["closed"]["8"])
    assert places(tables, "history") == ["history.csv › 2"]
    assert places(tables, "activities") == ["activities.csv › 3", "activities.csv › 4"]
    assert tables.activities is not None
    assert tables.activities[["completed", "opened"]].isna().all(axis=None)
    assert tables.activities["done"].tolist() == [True, False]
    assert places(tables, "ledger") == []
    assert lines(tables.problems)[0].startswith("history.csv: 2024-07-01 comes 112 days after everything else")
    assert lines(tables.problems)[1:] == [
        "more.csv › 2 › Дата создания: created later than now, 2024-07-02 00:00:00; the deal was left out",
        "more.csv › 3 › Дата закрытия: 2024-07-02 00:00:00 is later than now; taken as empty",
        "history.csv › 3 › Время: 2024-07-01 12:00:01 is later than now; the row was left out",
        "activities.csv › 2 › Время: 2024-07-02 00:00:00 is later than now; the row was left out",
        "activities.csv › 3 › Выполнено: 2024-07-02 00:00:00 is later than now; taken as empty",
        "activities.csv › 4 › Открыто: 2024-07-05 00:00:00 is later than now; taken as empty",
        "ledger.csv › 2 › Обновлено: 2024-07-02 00:00:00 is later than now; the row was left out",
    ]


def test_without_a_set_moment_the_clock_decides(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID;Этап;Дата создания", "1;Новая;05.01.2024", "2;Новая;05.01.2135")
    assert loaded("deals.csv", now=None).deals["id"].tolist() == ["1"]
    assert loaded("deals.csv", now=datetime(2024, 1, 4)).deals.empty


@pytest.mark.usefixtures("deals")
def test_rows_long_before_the_deal_stay_and_are_told(csv: Write, loaded: Loaded) -> None:
    csv("activities.csv", ACTIVITIES, "1;2024-02-28 23:59:59;звонок;;;;", "1;29.02.2024 00:00:00;звонок;;;;")
    tables = loaded("deals.csv", "activities.csv")
    assert places(tables, "activities") == ["activities.csv › 2", "activities.csv › 3"]
    assert lines(tables.problems) == [
        "activities.csv › 2 › Время: 2024-02-28 23:59:59 is more than a day before the deal was created; "
        "the row is counted at the creation"
    ]


def test_a_deal_named_twice_is_kept_once(csv: Write, loaded: Loaded) -> None:
    csv(
        "deals.csv", "ID;Этап;Дата создания;Товар",
        "1;Новая;05.01.2024;Стол", "1;Новая;05.01.2024;Стул", "1;Новая;05.01.2024;Шкаф", "2;Новая;05.01.2024;",
        "2;Замер;05.01.2024;",
    )  # fmt: skip
    tables = loaded("deals.csv")
    assert places(tables, "deals") == ["deals.csv › 2", "deals.csv › 5"]
    assert lines(tables.problems) == [
        "deals.csv: 3 rows repeat deals of deals.csv (a row per product, or another export) and are no newer; left "
        "out were rows: 3–4, 6",
        "deals.csv: contradicts deals.csv in “Этап”, “Товар”, and nothing says which of them is newer; unknown there, "
        "rows: 3–4, 6",
    ]
    assert tables.sources.sources[0].rejected == 3


def test_one_file_named_in_many_ways_is_read_once(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID;Этап;Дата создания", "1;Новая;05.01.2024")
    tables = loaded("deals.csv", ".", "*.csv", "./deals.csv")
    assert len(tables.sources.sources) == 1
    assert lines(tables.problems) == []


@pytest.mark.usefixtures("deals")
def test_overlapping_exports_are_counted_once_and_repetitions_inside_one_are_not(csv: Write, loaded: Loaded) -> None:
    row = "1;02.03.2024 10:00;сообщение;;;;"
    csv("march.csv", ACTIVITIES, row, row, "2;02.03.2024 11:00;звонок;;;;")
    csv("spring.csv", ACTIVITIES, "2;02.03.2024 11:00;звонок;;;;", row, row, row, "2;02.04.2024;звонок;;;;")
    tables = loaded("deals.csv", "march.csv", "spring.csv")
    assert places(tables, "activities") == [
        "march.csv › 2", "march.csv › 3", "march.csv › 4", "spring.csv › 5", "spring.csv › 6",
    ]  # fmt: skip
    assert lines(tables.problems) == [
        "march.csv: 1 row says in every cell what a row above says; without seconds nobody knows whether it happened "
        "once or twice, row: 3",
        "spring.csv: 2 rows say in every cell what rows above say; without seconds nobody knows whether it happened "
        "once or twice, rows: 4–5",
        "spring.csv: 3 rows say what rows of march.csv say, and were counted once with them; left out were rows: 2–4",
    ]
    assert tables.activities is not None
    assert tables.activities["maybe"].tolist() == [False, True, False, True, False]


@pytest.mark.usefixtures("deals")
def test_calls_without_a_deal_find_the_only_one_open_by_phone_or_contact(csv: Write, loaded: Loaded) -> None:
    csv(
        "activities.csv", ACTIVITIES,
        ";05.03.2024;звонок;+7 916 000-00-02;;;",
        ";10.03.2024 12:00;звонок;+7 916 000-00-02;;;",
        ";12.03.2024;звонок;+7 916 000-00-02;;;",
        ";12.03.2024;звонок;;Вера;;",
        ";12.03.2024;звонок;+7 916 999-99-99;Анна;;",
        ";12.03.2024;звонок;+7 916 999-99-99;;;",
        ";29.02.2024;звонок;+7 916 000-00-01;;;",
        ";12.03.2024;письмо;+7 916 000-00-01;;;",
    )  # fmt: skip
    tables = loaded("deals.csv", "activities.csv")
    frame = tables.activities
    assert frame is not None
    assert frame["deal"].astype("str").fillna("—").tolist() == ["2", "—", "4", "3", "1", "—", "—", "1"]
    assert frame["entity"].astype("str").fillna("—").tolist() == ["deal", "—", "deal", "lead", "deal", "—", "—", "deal"]
    assert (tables.attached, tables.unattached) == (5, 3)
    assert lines(tables.problems) == [
        "activities.csv: 3 calls and letters hang on no deal, since no deal of their numbers or contacts was open "
        "then, rows: 3, 7–8"
    ]


def test_a_call_that_two_open_deals_could_have_is_left_to_none(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", DEALS, "1;сделка;Новая;01.03.2024;;89160000001;", "2;сделка;Новая;05.03.2024;;89160000001;")
    csv("activities.csv", ACTIVITIES, ";04.03.2024;звонок;89160000001;;;", ";06.03.2024;звонок;89160000001;;;")
    tables = loaded("deals.csv", "activities.csv")
    assert tables.activities is not None
    assert tables.activities["deal"].astype("str").fillna("—").tolist() == ["1", "—"]


def test_a_deal_closed_before_its_creation_is_not_taken_from_those_that_are_open(csv: Write, loaded: Loaded) -> None:
    csv(
        "deals.csv", "ID;Этап;Дата создания;Дата закрытия;Телефон",
        "1;Новая;01.03.2024;01.02.2024;9161234567", "2;Новая;01.01.2024;;9161234567", "3;Новая;01.01.2024;;9161234567",
    )  # fmt: skip
    csv("calls.csv", "ID сделки;Время;Тип;Телефон", ";15.02.2024 10:00;звонок;9161234567")
    tables = loaded("deals.csv", "calls.csv")
    assert tables.activities is not None
    assert (tables.attached, tables.activities["deal"].isna().tolist()) == (0, [True])


def test_nothing_that_is_no_deal_list_is_an_audit(csv: Write, loaded: Loaded) -> None:
    csv("activities.csv", ACTIVITIES, "1;02.03.2024;звонок;;;;")
    tables = loaded("activities.csv")
    assert tables.deals.empty
    assert [problem.what for problem in tables.problems if problem.refused] == [
        "no deal was found; the audit needs a list of deals"
    ]


def test_one_id_however_a_spreadsheet_has_written_it(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID;Этап;Дата создания;ID лида", "501;Новая;01.03.2024;7.0", "1,23457E+15;Новая;01.03.2024;")
    csv("leads.csv", "ID лида;Этап;Дата создания", "7;Новая;01.03.2024")
    csv("history.csv", "ID сделки;Время;Событие;Стало", "501,00;02.03.2024;этап;А", "#501;03.03.2024;этап;Б")
    csv("tasks.csv", "ID сделки;Время;Тип;ID задачи", "'501;02.03.2024;задача;9", "501.0;02.03.2024;задача;9.0")
    tables = loaded("deals.csv", "leads.csv", "history.csv", "tasks.csv")
    assert tables.deals["id"].tolist() == ["501", "7"]
    assert tables.deals["lead_id"].tolist()[0] == "7"
    assert tables.history is not None and tables.history["deal"].tolist() == ["501", "501"]
    assert tables.activities is not None and tables.activities["task_id"].unique().tolist() == ["9"]
    assert lines(tables.problems) == [
        "deals.csv › 3 › ID: “1,23457E+15” is a number that Excel has shortened, and no id any more; export the ids "
        "as text; taken as empty",
        "deals.csv › 3 › ID: the row has no id; it was left out",
    ]


def test_rows_beyond_the_last_number_are_refused_and_the_others_are_read(
    csv: Write, loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor.inputs.assemble.MOST_ROWS", 6)
    csv("a.csv", "ID сделки;Этап;Дата создания", "1;Новая;05.01.2024", "2;Новая;05.01.2024")
    csv("b.csv", "ID сделки;Этап;Дата создания", "3;Новая;05.01.2024")
    tables = loaded("a.csv", "b.csv")
    assert tables.deals["id"].tolist() == ["1", "2"]
    assert lines(tables.problems) == ["b.csv: so many sheets and rows cannot be audited at once; name fewer files"]
    assert tables.problems[0].refused


def test_a_moment_far_behind_all_others_is_told(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID сделки;Этап;Дата создания", "1;Новая;01.03.2024", "2;Новая;02.03.2024")
    csv(
        "acts.csv",
        "ID сделки;Время;Тип",
        *(f"1;02.03.2024 1{hour}:00;звонок" for hour in range(8)),
        "1;12.06.2024 10:00;звонок",
    )
    assert lines(loaded("deals.csv", "acts.csv").problems) == [
        "acts.csv: 2024-06-12 comes 101 days after everything else, and decides as of when this report speaks; if it "
        "is a typing error, correct it, or say --as-of, row: 10"
    ]


@pytest.mark.parametrize("later", [["31.03.2024 10:00"], ["10.06.2024 10:00", "11.06.2024 10:00", "12.06.2024 10:00"]])
def test_moments_that_come_in_numbers_or_soon_are_no_typing_errors(
    csv: Write, loaded: Loaded, later: list[str]
) -> None:
    csv("deals.csv", "ID сделки;Этап;Дата создания", "1;Новая;01.03.2024", "2;Новая;02.03.2024")
    usual = [f"1;02.03.2024 1{hour}:00;звонок" for hour in range(8)]
    csv("acts.csv", "ID сделки;Время;Тип", *usual, *(f"1;{moment};звонок" for moment in later))
    assert lines(loaded("deals.csv", "acts.csv").problems) == []


def test_a_closing_before_the_day_of_the_creation_is_told(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID сделки;Дата создания;Дата закрытия", "1;02.03.2024 10:00;01.03.2024 23:00",
        "2;02.03.2024 10:00;02.03.2024", "3;02.03.2024 10:00;02.03.2024 09:00", "4;02.03.2024 10:00;")  # fmt: skip
    [problem] = loaded("deals.csv").problems
    assert (str(problem.place), problem.kind) == ("deals.csv › 2 › Дата закрытия", Trouble.CONTRADICTED)
    assert problem.what == (
        "closed on 2024-03-01 23:00:00, before it was created: correct one of the dates; it counts as closed at its "
        "creation"
    )
