"""Which columns tell seconds, which minutes, which only days; and what stands beside their moments."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from auditor.inputs.tables import Tables

Write = Callable[..., None]
Loaded = Callable[..., Tables]
Book = Callable[[str, Mapping[str, Sequence[Sequence[object]]]], None]

DEAL = ("ID сделки;Этап;Дата создания", "1;Новая;01.03.2024 09:00:07")


def read(csv: Write, loaded: Loaded, *clocks: str) -> Tables:
    """Calls at these clock times of one day."""
    rows = (f"1;05.03.2024{' ' * bool(clock)}{clock};звонок" for clock in clocks)
    csv("deals.csv", *DEAL)
    csv("calls.csv", "ID сделки;Время;Тип", *rows)
    return loaded("deals.csv", "calls.csv")


def precision(tables: Tables) -> Mapping[str, str]:
    return tables.sources.sources[-1].precision


@pytest.mark.parametrize(
    ("clocks", "told"),
    [
        (["10:20"] * 20, "minute"),
        (["10:20:00"] * 20, "minute"),
        (["10:20"] * 19, "second"),
        (["10:20"] * 20 + ["10:20:01"], "second"),
        (["10:20"] * 20 + [""] * 5, "minute"),
        (["10:20"] * 19 + [""] * 5, "second"),
        ([""], "day"),
        (["00:00"], "second"),
        (["10:20"] * 1000 + ["10:20:01"], "second"),
    ],
)
def test_twenty_moments_at_the_full_minute_tell_minutes(
    csv: Write, loaded: Loaded, clocks: list[str], told: str
) -> None:
    assert precision(read(csv, loaded, *clocks)) == {"time": told}


def test_each_column_of_each_source_tells_for_itself(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID сделки;Этап;Дата создания;Дата закрытия", "1;Новая;01.03.2024 09:00:07;05.03.2024")
    csv("leads.csv", "ID лида;Этап;Дата создания", "1;Новая;01.03.2024")
    tables = loaded("deals.csv", "leads.csv")
    assert [dict(source.precision) for source in tables.sources.sources] == [
        {"created": "second", "closed": "day"},
        {"created": "day"},
    ]
    assert tables.deals["day:created"].tolist() == [False, True]
    assert tables.deals["day:closed"].tolist() == [True, False]


def test_a_column_with_clocks_has_nothing_beside_it(csv: Write, loaded: Loaded) -> None:
    activities = read(csv, loaded, "00:00:00", "10:20").activities
    assert activities is not None and "day:time" not in activities and "fraction:time" not in activities


def test_days_and_fractions_stand_beside_their_cells(csv: Write, loaded: Loaded) -> None:
    activities = read(csv, loaded, "10:20:00.250", "", "10:20:00.500").activities
    assert activities is not None
    assert activities["day:time"].tolist() == [False, True, False]
    assert activities["fraction:time"].tolist() == [250_000, 0, 500_000]


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        ([date(2024, 3, 5), datetime(2024, 3, 6)], [True, True]),
        ([date(2024, 3, 5), datetime(2024, 3, 6, 10, 20)], None),
    ],
)
def test_dates_of_a_workbook_tell_days_where_all_are_midnights(
    workbook: Book, loaded: Loaded, cells: list[object], days: list[bool] | None
) -> None:
    rows = [["ID сделки", "Этап", "Дата создания"], *([number, "Новая", cell] for number, cell in enumerate(cells, 1))]
    workbook("crm.xlsx", {"Сделки": rows})
    deals = loaded("crm.xlsx").deals
    assert (deals["day:created"].tolist() if "day:created" in deals else None) == days


def test_a_bi_table_without_clocks_tells_days(csv: Write, loaded: Loaded) -> None:
    csv("crm_deal.csv", "ID,DATE_CREATE,STAGE_NAME", "1,2024-03-01 10:00:00,Новая")
    csv("history.csv", "DEAL_ID,START_DATE,STAGE_NAME", "1,2024-03-01,Новая", "1,2024-03-02 00:00:00,Замер")
    history = loaded("crm_deal.csv", "history.csv").history
    assert history is not None and history["day:time"].tolist() == [True, False]


def test_a_page_without_clocks_tells_days(tmp_path: Path, loaded: Loaded) -> None:
    page = '{"result": [{"ID": "%s", "TITLE": "x", "STAGE_ID": "NEW", "CATEGORY_ID": "0", "DATE_CREATE": "%s"}]}'
    for number, moment in (("1", "2024-03-05"), ("2", "2024-03-05T00:00:00+03:00")):
        (tmp_path / f"deals{number}.json").write_text(page % (number, moment), "utf-8")
    assert loaded("deals1.json", "deals2.json").deals["day:created"].tolist() == [True, False]
