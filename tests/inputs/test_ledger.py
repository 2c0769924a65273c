"""The ledger is joined by the deal's id, the contract's number or the client's phone; what joins to nothing is told."""

from collections.abc import Callable

import pytest
from by_hand import lines

from auditor.inputs.captions import understand
from auditor.inputs.tables import Tables

Write = Callable[..., None]
Loaded = Callable[..., Tables]

DEALS = "ID сделки;Сущность;Этап;Дата создания;Дата закрытия;Телефон;№ договора"
LEDGER = "№ договора;Телефон;Дата замера;Обновлено"
ANNA, BORIS, VERA, NOBODY = "89160000001", "89160000002", "89160000003", "89160000009"


@pytest.fixture(autouse=True)
def deals(csv: Write) -> None:
    """Boris is closed with deal 2 and open with deal 4; Vera has two open deals and a lead; numbers 8 and 9 are one."""
    csv(
        "deals.csv", DEALS,
        f"1;сделка;Новая;01.03.2024;;{ANNA};К-1",
        f"2;сделка;Новая;01.03.2024;10.03.2024;{BORIS};К-2",
        f"4;сделка;Новая;11.03.2024;;{BORIS};",
        f"5;сделка;Новая;01.03.2024;;{VERA};",
        f"6;сделка;Новая;01.03.2024;;{VERA};",
        f"7;лид;Новая;01.03.2024;;{VERA};К-7",
        "8;сделка;Новая;01.03.2024;;;К-8",
        "9;сделка;Новая;01.03.2024;;;к-8",
        f"10;лид;Новая;01.02.2024;;{ANNA};К-1",
    )  # fmt: skip


def joined(tables: Tables) -> dict[int, str]:
    """The deal of each row of the ledger that has one."""
    assert tables.ledger is not None
    rows = [tables.sources.locate(row).row or 0 for row in tables.ledger["row"]]
    return dict(zip(rows, tables.ledger["deal"].astype("str").tolist(), strict=True))


def test_a_ledger_without_ids_is_joined_by_contract_number(csv: Write, loaded: Loaded) -> None:
    csv("Учёт клиентов.csv", LEDGER, "К-2;;05.03.2024;", "№ к-1;;05.03.2024;", "К-1;89160000002;;")
    tables = loaded("deals.csv", "Учёт клиентов.csv")
    assert joined(tables) == {2: "2", 3: "1", 4: "1"}
    assert tables.ledger is not None and tables.ledger["entity"].tolist() == ["deal"] * 3
    assert (tables.ledger_joined, tables.ledger_unjoined) == (3, 0)
    assert lines(tables.problems) == []


def test_else_by_the_phone_of_the_only_deal(csv: Write, loaded: Loaded) -> None:
    csv("ledger.csv", LEDGER, f";{ANNA};05.03.2024;", "К-77;+7 (916) 000-00-01;;")
    tables = loaded("deals.csv", "ledger.csv")
    assert joined(tables) == {2: "1", 3: "1"}
    assert lines(tables.problems) == []


def test_of_several_deals_of_a_phone_the_only_one_open_at_the_update(csv: Write, loaded: Loaded) -> None:
    csv(
        "ledger.csv", LEDGER, f";{BORIS};;05.03.2024", f";{BORIS};;12.03.2024", f";{BORIS};;10.03.2024 12:00",
        f";{BORIS};;", f";{VERA};;05.03.2024",
    )  # fmt: skip
    tables = loaded("deals.csv", "ledger.csv")
    assert joined(tables) == {2: "2", 3: "4"}
    several = (
        "several deals have the phone {}, and not just one of them was open when the row was updated; "
        "enter the deal's id in the row; it was left out"
    )
    assert lines(tables.problems) == [
        "ledger.csv: 3 records of the ledger belong to no deal and were left out, rows: 4–6",
        *(f"ledger.csv › {row} › Телефон: {several.format('79160000002')}" for row in (4, 5)),
        f"ledger.csv › 6 › Телефон: {several.format('79160000003')}",
    ]


def test_without_the_moments_of_updates_several_deals_stay_several(csv: Write, loaded: Loaded) -> None:
    csv("ledger.csv", "Телефон;Дата замера", f"{BORIS};05.03.2024", f"{ANNA};05.03.2024")
    assert joined(loaded("deals.csv", "ledger.csv")) == {3: "1"}


def test_rows_that_join_to_nothing_are_told_and_counted(csv: Write, loaded: Loaded) -> None:
    csv(
        "ledger.csv", "ID сделки;" + LEDGER,
        "1;;;05.03.2024;", "99;К-1;;05.03.2024;", ";К-8;;05.03.2024;", ";К-77;;05.03.2024;",
        f";К-77;{NOBODY};05.03.2024;", ";;;05.03.2024;", ";К-7;;05.03.2024;",
    )  # fmt: skip
    tables = loaded("deals.csv", "ledger.csv")
    assert joined(tables) == {2: "1"}
    assert (tables.ledger_joined, tables.ledger_unjoined) == (0, 6)
    assert tables.sources.sources[1].rejected == 6
    unknown = "no deal has the contract number {}; enter it in the deal, or the deal's id here; it was left out"
    assert lines(tables.problems) == [
        "ledger.csv: 6 records of the ledger belong to no deal and were left out, rows: 3–8",
        "ledger.csv › 3 › ID сделки: no deal has the id 99; the row was left out",
        "ledger.csv › 4 › № договора: several deals have the contract number К-8; enter the deal's id in the row; "
        "it was left out",
        "ledger.csv › 7 › ID сделки: the row has no deal id, no contract number and no phone; it was left out",
        f"ledger.csv › 5 › № договора: {unknown.format('К-77')}",
        f"ledger.csv › 8 › № договора: {unknown.format('К-7')}",
        "ledger.csv › 6 › Телефон: no deal has the phone 79160000009, and no contract number tells the deal; "
        "the row was left out",
    ]


def test_rows_with_and_without_an_id_stand_in_one_ledger(csv: Write, loaded: Loaded) -> None:
    csv("ledger.csv", "ID сделки;" + LEDGER, "4;К-1;;05.03.2024;", ";К-2;;06.03.2024;", f";;{ANNA};07.03.2024;")
    tables = loaded("deals.csv", "ledger.csv")
    assert joined(tables) == {2: "4", 3: "2", 4: "1"}
    assert tables.ledger_joined == 2


@pytest.mark.parametrize(
    "settings",
    [{"fields": {"№ договора": "Договор №"}}, {"columns": {"Договор №": "contract_number"}}],
    ids=["field mapped", "column mapped"],
)
def test_the_company_s_caption_of_the_number_is_honoured(
    csv: Write, loaded: Loaded, settings: dict[str, dict[str, str]]
) -> None:
    csv("deals.csv", "ID сделки;Этап;Дата создания;Договор №", "1;Новая;01.03.2024;К-1", "2;Новая;01.03.2024;К-2")
    csv("Учёт.csv", "Номер договора;Дата замера", "К-2;05.03.2024")
    assert joined(loaded("deals.csv", "Учёт.csv", **settings)) == {2: "2"}
    assert joined(loaded("deals.csv", "Учёт.csv")) == {}


def test_a_deal_and_a_lead_of_one_id_are_told_apart(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", DEALS, f"1;лид;Новая;01.03.2024;;{ANNA};", f"1;сделка;Новая;01.03.2024;;{ANNA};К-1")
    csv("ledger.csv", LEDGER, "К-1;;05.03.2024;", f";{ANNA};05.03.2024;")
    tables = loaded("deals.csv", "ledger.csv")
    assert tables.ledger is not None
    assert tables.ledger[["deal", "entity"]].astype("str").to_numpy().tolist() == [["1", "deal"], ["1", "deal"]]


@pytest.mark.parametrize(
    ("headers", "name", "table"),
    [
        ("№ договора;Дата замера;Сумма", "export", "ledger"),
        ("Телефон;Дата замера;Сумма", "export", "ledger"),
        ("Телефон;Сумма", "Учёт клиентов", "ledger"),
        ("№ договора;Сумма", "Сделки", None),
        ("Телефон;Контакт;Дата обновления", "export", None),
        ("Этап;Воронка;Ответственный;Дата создания;№ договора", "export", None),
        ("Дата замера;Сумма;Статус", "Учёт клиентов", None),
    ],
)
def test_a_sheet_without_ids_is_the_ledger_only_where_it_says_so(headers: str, name: str, table: str | None) -> None:
    found = understand(headers.split(";"), [name], {}, ())
    assert (found.table if found else None) == table
