"""What the lines of a story become in the tables of an export."""

from datetime import datetime

import pandas as pd
import pytest

from auditor.inputs.tables import Tables
from auditor.log.fields import CANONICAL
from auditor.terms import Pipeline
from fixtures.staging import ANOTHER
from fixtures.stories import Story, StoryError, read_stories
from fixtures.words import AMOUNTS

PIPELINES = (
    Pipeline("Лиды", ("Новый лид", "Недозвон")),
    Pipeline("Продажи", ("Просчёт", "Перенос", "Преддоговор")),
    Pipeline("Отложенный спрос", ("Январь", "Апрель")),
)


def scenario(lines: str) -> Story:
    body = "\n".join("    " + line.strip() for line in lines.strip().splitlines())
    (story,) = read_stories(f"FUR0902 проба\n{body}\n => ничего\n", "проба.txt", PIPELINES)
    return story


def own(frame: pd.DataFrame | None) -> list[dict[str, object]]:
    """The rows of the story's deals but for their creations, without empty cells."""
    assert frame is not None
    rows = frame[frame["deal"] != ANOTHER].astype(object)
    rows = rows[rows["event"] != "created"] if "event" in rows else rows
    return [{name: value for name, value in row.items() if pd.notna(value)} for row in rows.to_dict("records")]


def activity(line: str) -> dict[str, object]:
    (row,) = own(scenario(f"01.03.2024 10:00 {line}").tables().activities)
    return row


def test_a_deal_is_created_by_its_first_line_in_that_lines_stage() -> None:
    tables = scenario("01.03.2024 10:00  стадия Преддоговор").tables()
    (deal,) = tables.deals.to_dict("records")
    assert (deal["entity"], deal["pipeline"], deal["stage"]) == ("deal", "Продажи", "Преддоговор")
    assert deal["created"] == datetime(2024, 3, 1, 10)
    (row,) = own(tables.history)
    assert (row["event"], row["after"], row["pipeline"]) == ("stage", "Преддоговор", "Продажи")
    assert "before" not in row


def test_a_created_deal_begins_in_the_first_stage_of_its_pipeline() -> None:
    tables = scenario("01.03.2024 10:00  создана\n11:00  стадия Перенос").tables()
    (row,) = own(tables.history)
    assert (row["before"], row["after"], row["time"]) == ("Просчёт", "Перенос", pd.Timestamp(2024, 3, 1, 11))


def test_a_stage_of_leads_makes_a_lead() -> None:
    assert scenario("01.03.2024 10:00  стадия Недозвон").tables().deals["entity"].tolist() == ["lead"]
    assert scenario("01.03.2024 10:00  создан лид").tables().deals["stage"].tolist() == ["Новый лид"]


def test_a_created_line_may_name_the_stage() -> None:
    tables = scenario("01.03.2024 10:00  создана в стадии Перенос\n11:00  стадия Преддоговор").tables()
    assert own(tables.history)[0]["before"] == "Перенос"


def test_a_stage_may_name_its_pipeline_and_is_else_found_in_one() -> None:
    tables = scenario(
        "01.03.2024 10:00  стадия Перенос\n11:00  стадия Отложенный спрос / Апрель\n12:00 стадия Январь"
    ).tables()
    _first, named, found = own(tables.history)
    assert (named["pipeline_before"], named["pipeline"], named["after"]) == ("Продажи", "Отложенный спрос", "Апрель")
    assert (found["pipeline"], found["after"]) == ("Отложенный спрос", "Январь")


def test_after_a_pipeline_alone_the_stage_is_unknown() -> None:
    tables = scenario(
        "01.03.2024 10:00  стадия Перенос\n11:00  воронка Отложенный спрос\n12:00  стадия Апрель"
    ).tables()
    _first, pipeline, stage = own(tables.history)
    assert (pipeline["event"], pipeline["before"], pipeline["after"]) == ("pipeline", "Продажи", "Отложенный спрос")
    assert "before" not in stage


@pytest.mark.parametrize(
    ("line", "event", "after", "reason"),
    [
        ("успех", "closed", "won", None),
        ("отказ: дорого", "closed", "lost", "дорого"),
        ("отказ", "closed", "lost", None),
        ("конвертирован", "converted", "converted", None),
        ("забракован: отказ мусор", "closed", "rejected", "отказ мусор"),
    ],
)
def test_closings(line: str, event: str, after: str, reason: str | None) -> None:
    row = own(scenario(f"01.03.2024 10:00  стадия Перенос\n11:00  {line}").tables().history)[1]
    assert (row["event"], row["after"], row.get("reason")) == (event, after, reason)


def test_a_changed_field_follows_from_the_card() -> None:
    tables = scenario(
        "01.03.2024 10:00  создана\nБюджет = 50\n11:00  поле Бюджет = 100\n12:00 поле Бюджет = 70 было 90"
    ).tables()
    first, second = own(tables.history)
    assert (first["field"], first["before"], first["after"]) == ("Бюджет", "50", "100")
    assert (second["before"], second["after"]) == ("90", "70")
    assert tables.deals["amount"].tolist() == [70.0]


def test_an_emptied_field_is_empty() -> None:
    tables = scenario("01.03.2024 10:00  создана\nГород = Омск\n11:00  поле Город =").tables()
    assert "after" not in own(tables.history)[0]
    assert tables.deals["field:Город"].isna().all()


def test_the_cards_own_columns() -> None:
    tables = scenario(
        "01.03.2024 10:00  создана\nТелефон = +7 916 123-45-67\nE-mail = a@b.ru\nОтветственный = Сменов"
    ).tables()
    (deal,) = tables.deals.to_dict("records")
    assert (deal["phone"], deal["email"], deal["manager"]) == ("79161234567", "a@b.ru", "Сменов")


def test_the_author_is_who_is_responsible_then() -> None:
    tables = scenario(
        """
        01.03.2024 10:00  создана
        10:01  звонок исходящий недозвон
        10:02  ответственный Сменов
        10:03  звонок исходящий недозвон
        10:04  сообщение входящее «да»
        10:05  сообщение исходящее «нет» робот
        10:06  комментарий «печать» автор Технологов
        10:07  стадия Перенос, автор Главный
        10:08  поле Город = Омск, робот
        """
    ).tables()
    assert [row.get("author") for row in own(tables.activities)] == ["Менеджеров", "Сменов", None, None, "Технологов"]
    assert [row.get("author") for row in own(tables.history)] == ["Менеджеров", "Главный", None]
    assert tables.deals["manager"].tolist() == ["Сменов"]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        (
            "звонок исходящий дозвон 2:15",
            {"type": "call", "direction": "out", "outcome": "answered", "duration": 135.0},
        ),
        ("звонок входящий недозвон", {"type": "call", "direction": "in", "outcome": "unanswered"}),
        ("звонок исходящий дозвон записан", {"recording": "запись.mp3"}),
        ("сообщение исходящее «Добрый день, мы»", {"type": "message", "text": "Добрый день, мы"}),
        ("sms исходящее «код»", {"type": "sms", "direction": "out"}),
        (
            "письмо исходящее «тема» шаблон «КП» вложение «кп.pdf»",
            {"type": "email", "template": "КП", "name": "кп.pdf"},
        ),
        ("письмо исходящее «тема» открыто 02.03.2024 10:00", {"opened": pd.Timestamp(2024, 3, 2, 10)}),
        ("заявка «кухня»", {"type": "form", "text": "кухня"}),
        ("чат канал «Замер 5» «адрес»", {"type": "chat", "channel": "Замер 5", "text": "адрес"}),
        ("приглашён Инженеров", {"type": "invite", "addressee": "Инженеров"}),
        ("комментарий закреплён «почему»", {"type": "comment", "pinned": True, "text": "почему"}),
        ("файл «лист.pdf» поле «Лист просчёта»", {"type": "file", "name": "лист.pdf", "field": "Лист просчёта"}),
        ("документ «договор»", {"type": "document", "text": "договор"}),
        ("счёт 1000", {"type": "invoice", "amount": 1000.0}),
        ("оплата 999.5", {"type": "payment", "amount": 999.5}),
        ("претензия «скол»", {"type": "claim", "text": "скол"}),
        ("перенос задачи № t1 до 04.03.2024 12:00", {"type": "task_moved", "task_id": "t1"}),
        ("удаление задачи «звонок»", {"type": "task_deleted", "text": "звонок"}),
        ("задача «дело» сделана", {"type": "task", "done": True}),
        (
            "задача «позвонить» до 04.03.2024 для Секретарёва вид звонок № t1",
            {
                "due": pd.Timestamp(2024, 3, 4, 23, 59, 59),
                "addressee": "Секретарёва",
                "kind": "звонок",
                "task_id": "t1",
            },
        ),
    ],
)
def test_activities(line: str, cells: dict[str, object]) -> None:
    row = activity(line)
    assert {name: row.get(name) for name in cells} == cells


def test_a_task_is_completed_on_its_own_row() -> None:
    tables = scenario(
        """
        01.03.2024 10:00  задача «одна» № 1
        10:01  задача «другая» № 2
        02.03.2024 11:00  задача № 1 выполнена «дозвонился»
        12:00  задача «другая» выполнена
        """
    ).tables()
    one, other = own(tables.activities)
    assert (one["completed"], one["result"]) == (pd.Timestamp(2024, 3, 2, 11), "дозвонился")
    assert other["completed"] == pd.Timestamp(2024, 3, 2, 12)


def test_the_ledger_keeps_the_last_state_of_its_record() -> None:
    tables = scenario(
        """
        01.03.2024 10:00  создана
        11:00  учёт: сумма 100, дата замера 05.03.2024
        12:00  учёт: сумма 120, статус Повторный выезд, № договора 12Ш
        """
    ).tables()
    (record,) = own(tables.ledger)
    assert (record["amount"], record["status"], record["contract_number"]) == (120.0, "Повторный выезд", "12Ш")
    assert record["measurement_date"] == pd.Timestamp(2024, 3, 5)
    assert record["updated"] == pd.Timestamp(2024, 3, 1, 12)


def test_several_deals_and_their_lead() -> None:
    tables = scenario(
        """
        лид 1
        01.03.2024 10:00  создан
        сделка 2 из лида 1
        11:00  стадия Просчёт
        лид 1
        12:00  звонок исходящий недозвон
        """
    ).tables()
    assert tables.deals[["id", "entity"]].astype(str).to_numpy().tolist() == [["1", "lead"], ["2", "deal"]]
    assert tables.deals["lead_id"].astype(object).where(tables.deals["lead_id"].notna(), None).tolist() == [None, "1"]
    assert [(row["deal"], row["entity"]) for row in own(tables.activities)] == [("1", "lead")]


def test_the_cast_and_who_joins_it() -> None:
    people = (
        scenario(
            """
        люди: Иванов (инженер, до 31.03.2024), Петрова (секретарь)
        график Менеджеров: 2/2 с 01.05.2024 10:00-22:00
        01.03.2024 10:00  создана
        """
        )
        .tables()
        .people
    )
    assert people is not None
    rows = people.set_index("name")
    assert (rows.loc["Иванов", "role"], rows.loc["Иванов", "until"]) == ("инженер", pd.Timestamp(2024, 3, 31))
    assert rows.loc["Петрова", "role"] == "секретарь"
    assert rows.loc["Менеджеров", "schedule"] == "2/2 с 01.05.2024 10:00-22:00"
    assert rows.loc["Главный", "role"] == "Руководитель отдела продаж"


def kinds(tables: Tables) -> set[str]:
    frames = [(tables.activities, "type"), (tables.history, "event")]
    return {str(value) for frame, column in frames if frame is not None for value in frame[column].unique()}


def test_every_stream_is_there_for_all_time() -> None:
    tables = scenario("01.03.2024 10:00  создана\n20.04.2024 10:00  проверка").tables()
    assert {"call", "message", "claim", "stage", "closed", "field", "responsible"} <= kinds(tables)
    for frame in (tables.activities, tables.history):
        assert frame is not None
        assert (frame["time"].min(), frame["time"].max()) == (pd.Timestamp(2000, 1, 1), pd.Timestamp(2024, 4, 20, 10))
    assert tables.ledger is not None
    assert tables.ledger["updated"].max() == pd.Timestamp(2024, 4, 20, 10)


def test_what_the_export_does_not_hold() -> None:
    tables = scenario(
        """
        нет: сообщения, люди, учёт, исходы звонков, поле Город, история поля Улица
        01.03.2024 10:00  создана
        10:01  звонок исходящий дозвон 2:00
        10:02  сообщение исходящее «да»
        10:03  поле Город = Омск
        10:04  поле Улица = Мира
        """
    ).tables()
    assert "message" not in kinds(tables)
    assert "call" in kinds(tables)
    assert (tables.people, tables.ledger) == (None, None)
    assert tables.activities is not None
    assert not {"outcome", "duration"} & set(tables.activities)
    assert own(tables.history) == []
    assert [name for name in tables.deals if name.startswith("field:")] == ["field:Улица"]
    assert tables.deals["field:Улица"].tolist() == ["Мира"]


def test_a_stream_that_covers_some_days_only() -> None:
    tables = scenario(
        """
        видно: звонки с 02.03.2024 по 03.03.2024
        01.03.2024 10:00  звонок исходящий недозвон
        03.03.2024 23:00  звонок исходящий недозвон
        04.03.2024 10:00  звонок исходящий недозвон
        10:01  сообщение исходящее «да»
        """
    ).tables()
    assert [(row["type"], row["time"].day) for row in own(tables.activities)] == [("message", 4), ("call", 3)]
    assert tables.activities is not None
    calls = tables.activities[tables.activities["type"] == "call"]["time"]
    assert (calls.min(), calls.max()) == (pd.Timestamp(2024, 3, 2), pd.Timestamp(2024, 3, 3, 23, 59, 59))
    assert len({source.reader for source in tables.sources.sources if source.table == "activities"}) == 2


def test_settings_of_a_story() -> None:
    story = scenario(
        "строго\nпредполагаемые выходные\nпараметр at_least = 2\n01.03.2024 10:00  создана\n12:00  проверка"
    )
    assert (story.settings.strict, story.settings.suppose_days_off) == (True, True)
    assert story.settings.as_of == datetime(2024, 3, 1, 12)
    assert story.scenario.parameters == {"at_least": 2.0}
    plain = scenario("01.03.2024 10:00  создана").settings
    assert (plain.strict, plain.suppose_days_off, plain.as_of) == (False, False, None)


def test_rows_are_the_lines_of_the_file() -> None:
    tables = scenario("01.03.2024 10:00  создана\n10:01  стадия Перенос\n10:02  звонок исходящий недозвон").tables()
    (move,), (call,) = own(tables.history), own(tables.activities)
    assert str(tables.sources.locate(int(str(move["row"])))) == "проба.txt › История › 3"
    assert str(tables.sources.locate(int(str(call["row"])))) == "проба.txt › Дела › 4"


def test_the_amounts_of_stories_are_those_of_exports() -> None:
    assert set(AMOUNTS) == {caption for caption, column in CANONICAL.items() if column == "amount"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("01.03.2024 10:00  стадия Предоговор", "Предоговор"),
        ("01.03.2024 10:00  воронка Покупки", "Покупки"),
        ("01.03.2024 10:00  звонил клиенту", "звонил клиенту"),
        ("01.03.2024 10:00  звонок утренний", "утренний"),
        ("01.03.2024 10:00  задача «дело» до", ""),
        ("01.03.2024 10:00  задача № 9 выполнена", ""),
        ("01.03.2024 10:00  учёт: скидка 5", "скидка 5"),
        ("31.02.2024 10:00  создана", "31.02.2024 10:00"),
        ("10:00  создана", ""),
        ("звонок был", "звонок был"),
        ("нет: голуби", "голуби"),
        ("график Никого: пн-пт 09:00-18:00", "Никого"),
        ("люди: Иванов", "Иванов"),
        ("Бюджет = сто", "нет такого числа: сто"),
        ("01.03.2024 10:00  поле Бюджет = сто", "нет такого числа: сто"),
        ("01.03.2024 10:00  счёт 1.2.3", "нет такого числа: 1.2.3"),
        ("01.03.2024 10:00  учёт: сумма сто", "нет такого числа: сто"),
        ("параметр days = 1.2.3", "нет такого числа: 1.2.3"),
    ],
)
def test_what_is_not_understood_names_file_and_line(line: str, said: str) -> None:
    with pytest.raises(StoryError) as error:
        scenario(f"Город = Омск\n{line}")
    assert "проба.txt" in str(error.value)
    assert "3" in str(error.value)
    assert said in str(error.value)
