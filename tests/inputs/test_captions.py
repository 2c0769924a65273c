"""Which table a sheet is, and which column a caption."""

from collections.abc import Callable

import pytest
from by_hand import lines

from auditor.inputs.captions import ALIASES, COLUMNS, TABLES, understand
from auditor.inputs.tables import Tables

Write = Callable[..., None]
Loaded = Callable[..., Tables]


def columns(*headers: str, name: str = "", **mapped: str) -> dict[str, str]:
    reading = understand(headers, [name] if name else [], {k.replace("_", " "): v for k, v in mapped.items()}, ())
    assert reading is not None
    return {"table": reading.table, **dict(reading.columns)}


def test_the_exact_caption_comes_first_and_the_other_stays_a_field() -> None:
    both = columns("Источник обращения", "Источник", "ID сделки", "Этап")
    assert both["Источник"] == "source"
    assert both["Источник обращения"] == "field:Источник обращения"
    assert columns("Источник обращения", "ID сделки", "Этап")["Источник обращения"] == "source"


def test_case_blanks_and_yo_do_not_matter() -> None:
    assert columns("id СДЕЛКИ", "время", "ТИП", "закреплен") == {
        "table": "activities", "id СДЕЛКИ": "deal", "время": "time", "ТИП": "type", "закреплен": "pinned",
    }  # fmt: skip


def test_the_company_s_captions_come_before_all_others() -> None:
    told = columns("Номер", "Фаза", "Этап", "Заведена", Номер="id", Фаза="stage", заведена="created")
    assert told == {
        "table": "deals", "Номер": "id", "Фаза": "stage", "Этап": "field:Этап", "Заведена": "created",
    }  # fmt: skip


def test_a_list_whose_only_id_is_a_lead_s_is_of_leads(csv: Write, loaded: Loaded) -> None:
    csv("a.csv", "ID лида;Статус лида;Дата создания", "5;Новый;05.03.2024")
    deals = loaded("a.csv").deals
    assert deals[["id", "entity", "stage"]].iloc[0].tolist() == ["5", "lead", "Новый"]


@pytest.mark.parametrize(
    ("name", "entity"),
    [("Лиды.csv", "lead"), ("leads_2024.csv", "lead"), ("Сделки.csv", "deal"), ("Лидия.csv", "deal"),
     ("Сделки и лиды.csv", "deal")],
)  # fmt: skip
def test_the_name_tells_leads_from_deals(csv: Write, loaded: Loaded, name: str, entity: str) -> None:
    csv(name, "ID;Этап;Дата создания", "5;Новый;05.03.2024")
    assert loaded(name).deals["entity"].tolist() == [entity]


def test_the_entity_column_comes_before_the_name(csv: Write, loaded: Loaded) -> None:
    csv("Лиды.csv", "ID;Сущность;Этап;Дата создания", "5;сделка;Новый;05.03.2024", "6;;Новый;05.03.2024")
    assert loaded("Лиды.csv").deals["entity"].tolist() == ["deal", "lead"]


def test_a_list_of_clients_is_no_table(csv: Write, loaded: Loaded) -> None:
    csv("clients.csv", "ID;Название;Телефон;E-mail", "5;Анна;89161234567;a@b.c")
    (problem, *_rest) = loaded("clients.csv").problems
    assert problem.refused
    assert "are those of no table" in problem.what and "“Телефон”" not in problem.what.partition("mean")[2]


def test_misspelt_captions_are_answered_with_the_nearest(csv: Write, loaded: Loaded) -> None:
    csv("x.csv", "ИД сделкки;Врмя;Событье", "5;05.03.2024;этап")
    what = loaded("x.csv").problems[0].what
    assert "“Врмя” → “Время”" in what and "“Событье” → “Событие”" in what


def test_a_sheet_s_name_tells_what_its_rows_are(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID;Этап;Дата создания", "5;Новый;05.03.2024")
    csv("Звонки март.csv", "ID сделки;Время;Длительность", "5;05.03.2024 10:00;2:05")
    activities = loaded("deals.csv", "Звонки март.csv").activities
    assert activities is not None
    assert activities[["type", "duration"]].iloc[0].tolist() == ["call", 125]


def test_what_is_not_used_is_kept_for_inspection(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID;Этап;Дата создания", "5;Новый;05.03.2024")
    csv("h.csv", "ID сделки;Время;Событие;Кто смотрел", "5;05.03.2024;этап;Анна")
    tables = loaded("deals.csv", "h.csv")
    assert tables.sources.sources[1].ignored == ("Кто смотрел",)
    assert tables.sources.sources[1].columns == (("ID сделки", "deal"), ("Время", "time"), ("Событие", "event"))
    assert lines(tables.problems) == []


@pytest.mark.parametrize("table", TABLES)
def test_every_canonical_column_is_understood_by_each_of_its_captions(table: str) -> None:
    for column, aliases in ALIASES[table].items():  # type: ignore[index]
        for alias in aliases:
            others = [a[0] for c, a in ALIASES[table].items() if c != column and alias not in a]  # type: ignore[index]
            reading = understand([alias, *others], [table], {}, ())
            assert reading is not None and reading.headers[column] == alias, (column, alias)


def test_columns_that_can_be_mapped() -> None:
    assert {"id", "deal", "stage", "time", "until", "contract_number", "recording"} <= set(COLUMNS)


def test_a_caption_that_is_nearly_a_column_s_is_told_and_not_lost_silently(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID сделки;Отвественный;Дата создания;Телефн;Комментарий", "1;Анна;05.03.2024;1;2")
    tables = loaded("deals.csv")
    assert [str(problem) for problem in tables.problems] == [
        f"deals.csv › {header}: the column is not read as “{caption}”, though its caption is nearly that; correct the "
        f'caption, or say in auditor.toml under [columns]: "{header}" = "{column}"'
        for header, caption, column in (("Отвественный", "Ответственный", "manager"), ("Телефн", "Телефон", "phone"))
    ]
    assert not any(problem.refused for problem in tables.problems)


def test_a_caption_that_the_configuration_names_is_no_typo(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID сделки;Дата создания;Контракт;Контактт", "1;05.03.2024;а;б")
    told = loaded("deals.csv", fields={"Договор": "Контракт"}, columns={"Контактт": "contact"})
    assert told.problems == []


def test_a_column_that_is_there_has_no_misspelt_double(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID сделки;Дата создания;Контакт;Контракт", "1;05.03.2024;а;б")
    assert loaded("deals.csv").problems == []


@pytest.mark.parametrize("name", ["id", "deal"])
def test_a_companys_caption_of_the_id_is_the_id_of_every_table(csv: Write, loaded: Loaded, name: str) -> None:
    csv("deals.csv", "Номер;Этап;Дата создания", "7;Замер;05.03.2024")
    csv("history.csv", "Номер;Время;Событие;Стало", "7;05.03.2024 10:00;этап;Просчёт")
    tables = loaded("deals.csv", "history.csv", columns={"Номер": name})
    assert (list(tables.deals["id"]), list(tables.history["deal"])) == (["7"], ["7"])


def test_every_column_has_one_name_of_its_own_and_one_in_russian() -> None:
    """But for the deal's id, no first caption means two things."""
    meant: dict[str, set[str]] = {}
    for columns in ALIASES.values():
        for column, aliases in columns.items():
            meant.setdefault(aliases[0], set()).add("deal" if column == "id" else column)
    assert [caption for caption, columns in meant.items() if len(columns) > 1] == []
