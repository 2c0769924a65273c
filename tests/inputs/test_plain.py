"""The plain layout, table by table: what each cell becomes."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from by_hand import lines

from auditor.i18n import activate
from auditor.inputs.tables import DAY_OF, Tables
from auditor.inputs.troubles import and_more

Write = Callable[..., None]
Loaded = Callable[..., Tables]
Row = dict[str, object]

DEAL = ("ID сделки;Этап;Дата создания", "1;Новая;01.03.2024 09:00:00", "2;Новая;01.03.2024 09:00:00")


def told(frame: pd.DataFrame | None) -> list[Row]:
    """Rows without missing cells, moments as texts, without the row number and what stands beside moments."""
    assert frame is not None
    return [
        {
            name: str(cell) if isinstance(cell, pd.Timestamp) else cell
            for name, cell in row.items()
            if name != "row" and not name.startswith(DAY_OF) and not pd.isna(cell)
        }
        for row in frame.to_dict("records")
    ]


@pytest.fixture
def history(csv: Write, loaded: Loaded) -> Callable[..., Tables]:
    """`history("заголовки", "строка", …)`: a history of deals 1 and 2."""

    def read(*rows: str) -> Tables:
        csv("deals.csv", *DEAL)
        csv("history.csv", *rows)
        return loaded("deals.csv", "history.csv")

    return read


@pytest.fixture
def activities(csv: Write, loaded: Loaded) -> Callable[..., Tables]:
    def read(*rows: str) -> Tables:
        csv("deals.csv", *DEAL)
        csv("activities.csv", *rows)
        return loaded("deals.csv", "activities.csv")

    return read


def test_deals(csv: Write, loaded: Loaded) -> None:
    csv(
        "deals.csv",
        "ID сделки;Название;Воронка;Стадия;Менеджер;Создана;Закрыта;Исход;Причина отказа;Сумма;Контакт;Телефон;E-mail;"
        "Источник;Теги;ID лида;Ссылка;Дата монтажа",
        "7;Кухня;Розница;В работе;[12] Иван Петров;05.03.2024 10:00;07.03.2024;отказ;Дорого;1 234,50 ₽;[3] Анна;"
        "8 916 123-45-67;a@b.ru;Сайт;vip;3;https://x.ru/7;01.04.2024",
    )
    tables = loaded("deals.csv")
    assert lines(tables.problems) == []
    assert told(tables.deals) == [{
        "id": "7", "entity": "deal", "title": "Кухня", "pipeline": "Розница", "stage": "В работе",
        "manager": "Иван Петров", "created": "2024-03-05 10:00:00", "closed": "2024-03-07 00:00:00", "outcome": "lost",
        "reason": "Дорого", "amount": 1234.5, "contact": "Анна", "phone": "79161234567", "email": "a@b.ru",
        "source": "Сайт", "tags": "vip", "lead_id": "3", "link": "https://x.ru/7", "field:Дата монтажа": "01.04.2024",
    }]  # fmt: skip


def test_columns_that_are_not_exported_are_not_made_up(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", *DEAL)
    assert list(loaded("deals.csv").deals) == ["id", "entity", "stage", "created", "row"]


@pytest.mark.parametrize(
    ("stage", "pipeline", "expected"),
    [
        ("Розница / Новая", "", ("Розница", "Новая", None)),
        ("Розница / Новая", "розница", ("розница", "Новая", None)),
        ("Дизайн / проект", "Розница", ("Розница", "Дизайн / проект", None)),
        ("Отказ/отложено", "Розница", ("Розница", "Отказ/отложено", None)),
        ("[C1:NEW] Новая", "[1] Розница", ("Розница", "Новая", None)),
        ("Закрыто и не реализовано (Нет авто (не цел))", "", (None, "Закрыто и не реализовано", "Нет авто (не цел)")),
        ("Розница / Отказ/отложено (Дорого)", "", ("Розница", "Отказ/отложено", "Дорого")),
        ("Завершить сделку (успешна)", "", (None, "Завершить сделку (успешна)", None)),
        ("Замер (повторный)", "", (None, "Замер (повторный)", None)),
    ],
)
def test_stage_cells(csv: Write, loaded: Loaded, stage: str, pipeline: str, expected: tuple[str | None, ...]) -> None:
    csv("deals.csv", "ID;Воронка;Этап;Дата создания", f"1;{pipeline};{stage};05.03.2024")
    (row,) = told(loaded("deals.csv").deals)
    assert (row.get("pipeline"), row["stage"], row.get("reason")) == expected


@pytest.mark.parametrize("ours", ["Слив", "СЛИВ"])
def test_a_lost_stage_of_the_company_carries_its_reason_too(csv: Write, loaded: Loaded, ours: str) -> None:
    csv("deals.csv", "ID;Этап;Дата создания", "1;Слив (Дорого);05.03.2024")
    (row,) = told(loaded("deals.csv", stages={ours: "Сделка проиграна"}).deals)
    assert (row["stage"], row["reason"]) == ("Слив", "Дорого")


def test_a_named_reason_is_not_overwritten_by_the_brackets(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID;Этап;Причина отказа;Дата создания", "1;Отказ/отложено (Дорого);Нет денег;05.03.2024")
    assert loaded("deals.csv").deals["reason"].tolist() == ["Нет денег"]


@pytest.mark.parametrize(
    ("word", "deal", "lead"),
    [
        ("успех", "won", "converted"),
        ("отказ", "lost", "rejected"),
        ("Won", "won", "converted"),
        ("rejected", "rejected", "rejected"),
    ],
)
def test_outcomes_of_deals_and_leads(csv: Write, loaded: Loaded, word: str, deal: str, lead: str) -> None:
    csv("deals.csv", "ID;Сущность;Исход;Дата создания", f"1;сделка;{word};05.03.2024", f"1;лид;{word};05.03.2024")
    assert loaded("deals.csv").deals["outcome"].tolist() == [deal, lead]


def test_cells_that_mean_nothing_are_told_and_the_row_stays(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID;Сущность;Исход;Сумма;Телефон;Дата закрытия;Дата создания",
        "1;нечто;может быть;много;нет;скоро;05.03.2024")  # fmt: skip
    tables = loaded("deals.csv")
    assert told(tables.deals) == [{"id": "1", "entity": "deal", "created": "2024-03-05 00:00:00"}]
    assert sorted(lines(tables.problems)) == sorted([
        "deals.csv › 2 › Сущность: “нечто” is neither a deal nor a lead; taken as empty",
        "deals.csv › 2 › Исход: “может быть” is no outcome (won or lost is expected); taken as empty",
        "deals.csv › 2 › Сумма: “много” is not a number; taken as empty",
        "deals.csv › 2 › Телефон: “нет” is not a phone number; taken as empty",
        "deals.csv › 2 › Дата закрытия: “скоро” is not a date between 2000 and 2135; taken as empty",
    ])  # fmt: skip


def test_rows_without_an_id_or_a_creation_are_left_out_and_told(csv: Write, loaded: Loaded) -> None:
    csv(
        "deals.csv",
        "ID;Этап;Дата создания",
        ";Новая;05.03.2024",
        "2;Новая;",
        "3;Новая;31.02.2024",
        "4;Новая;05.03.2024",
    )
    tables = loaded("deals.csv")
    assert tables.deals["id"].tolist() == ["4"]
    assert lines(tables.problems) == [
        "deals.csv › 2 › ID: the row has no id; it was left out",
        "deals.csv › 4 › Дата создания: “31.02.2024” is not a date between 2000 and 2135; the row was left out",
        "deals.csv › 3 › Дата создания: the date of creation is missing; the deal was left out",
    ]
    assert tables.sources.sources[0].rejected == 3


def test_the_history_tells_a_creation_that_the_list_does_not(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID;Этап", "1;Новая", "2;Новая")
    csv("history.csv", "ID сделки;Время;Событие", "1;06.03.2024 10:00;создана", "1;05.03.2024;created")
    tables = loaded("deals.csv", "history.csv")
    assert told(tables.deals) == [{"id": "1", "entity": "deal", "stage": "Новая", "created": "2024-03-05 00:00:00"}]
    assert (
        "deals.csv: there is no column of the dates of creation (Дата создания, Created): the deal was left out, row: 3"
        in lines(tables.problems)
    )


def test_a_missing_column_is_one_line_and_not_one_a_row(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID;Этап", *(f"{number};Новая" for number in range(1, 31)))
    csv("more.csv", "ID;Этап;Дата создания", "40;Новая;", "41;Новая;05.03.2024")
    tables = loaded("deals.csv", "more.csv")
    assert tables.deals["id"].tolist() == ["41"]
    assert lines(tables.problems) == [
        "deals.csv: there is no column of the dates of creation (Дата создания, Created): the deals were left out, "
        "rows: 2–31",
        "more.csv › 2 › Дата создания: the date of creation is missing; the deal was left out",
    ]
    assert [source.rejected for source in tables.sources.sources] == [30, 1]


@pytest.mark.parametrize(
    ("file", "headers", "told"),
    [
        ("list.csv", "Название;Этап;Дата создания", ("Сделки", "ID сделки", "Deal ID, deal_id, id")),
        ("История.csv", "ID сделки;Время;Было", ("История", "Событие", "Event")),
        ("x.csv", "ID сделки;Время;Автор", ("Дела", "Тип", "Type, Тип дела")),
    ],
)
def test_a_table_that_lacks_a_column_says_which(
    csv: Write, loaded: Loaded, file: str, headers: str, told: tuple[str, str, str]
) -> None:
    activate("ru")
    csv(file, headers, "1;2;3")
    table, column, others = told
    assert lines(loaded(file).problems)[0] == (
        f"{file}: похоже на таблицу «{table}», но нет колонки «{column}» (или: {others}); добавьте её в выгрузку или "
        f'назовите свою в auditor.toml, раздел [columns]: "ваша подпись" = "{column}"'
    )


def test_history(history: Callable[..., Tables]) -> None:
    tables = history(
        "ID сделки;Время;Событие;Поле;Было;Стало;Автор;Причина",
        "1;02.03.2024 10:00:00;этап;;Розница / Новая;Опт / Замер;[7] Анна;",
        "1;02.03.2024 10:01:00;Поле;Бюджет;;1000;Анна;",
        "1;02.03.2024 10:02:00;responsible;;[7] Анна;[8] Иван;;",
        "1;02.03.2024 10:03:00;воронка;;Розница;Опт;Анна;",
        "1;02.03.2024 10:04:00;закрыта;;;отказ;Анна;Дорого",
        "2;02.03.2024 10:05:00;этап;;Новая;Закрыто и не реализовано (Нет (да));Анна;",
        "2;02.03.2024 10:06:00;поле;Итог;Отказ;Успех / провал;Анна;",
    )
    assert lines(tables.problems) == []
    day = "2024-03-02 10:0"
    assert told(tables.history) == [
        {"deal": "1", "time": f"{day}0:00", "event": "stage", "before": "Новая", "after": "Замер",
         "pipeline_before": "Розница", "pipeline": "Опт", "author": "Анна"},
        {"deal": "1", "time": f"{day}1:00", "event": "field", "field": "Бюджет", "after": "1000", "author": "Анна"},
        {"deal": "1", "time": f"{day}2:00", "event": "responsible", "before": "Анна", "after": "Иван"},
        {"deal": "1", "time": f"{day}3:00", "event": "pipeline", "before": "Розница", "after": "Опт", "author": "Анна"},
        {"deal": "1", "time": f"{day}4:00", "event": "closed", "after": "lost", "author": "Анна", "reason": "Дорого"},
        {"deal": "2", "time": f"{day}5:00", "event": "stage", "before": "Новая", "after": "Закрыто и не реализовано",
         "author": "Анна", "reason": "Нет (да)"},
        {"deal": "2", "time": f"{day}6:00", "event": "field", "field": "Итог", "before": "Отказ",
         "after": "Успех / провал", "author": "Анна"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("after", "deal", "lead"),
    [("успех", "won", "converted"), ("отказ", "lost", "rejected"), ("Сделка успешна", "won", "converted"),
     ("Розница / Закрыто и не реализовано (Дорого)", "lost", "rejected"), ("Спам", "rejected", "rejected")],
)  # fmt: skip
def test_closings(csv: Write, loaded: Loaded, after: str, deal: str, lead: str) -> None:
    csv("deals.csv", "ID;Сущность;Этап;Дата создания", "1;сделка;Новая;01.03.2024", "2;лид;Новая;01.03.2024")
    csv("history.csv", "ID сделки;Время;Событие;Стало", f"1;02.03.2024;закрыта;{after}", f"2;02.03.2024;closed;{after}")
    history = loaded("deals.csv", "history.csv").history
    assert history is not None and history["after"].tolist() == [deal, lead]


def test_a_closing_that_says_nothing_known_is_told(history: Callable[..., Tables]) -> None:
    tables = history("ID сделки;Время;Событие;Стало", "1;02.03.2024;закрыта;ну такое")
    assert told(tables.history) == [{"deal": "1", "time": "2024-03-02 00:00:00", "event": "closed"}]
    assert lines(tables.problems) == [
        "history.csv › 2 › Стало: “ну такое” is no outcome (won or lost is expected); taken as empty"
    ]


def test_history_rows_of_no_use(history: Callable[..., Tables]) -> None:
    tables = history(
        "ID сделки;Время;Событие", ";02.03.2024;этап", "1;;этап", "1;30.02.2024;этап", "1;02.03.2024;",
        "1;02.03.2024;взлёт", "1;02.03.2024;этап",
    )  # fmt: skip
    assert len(told(tables.history)) == 1
    assert lines(tables.problems) == [
        "history.csv › 2 › ID сделки: the row has no deal id; it was left out",
        "history.csv › 4 › Время: “30.02.2024” is not a date between 2000 and 2135; the row was left out",
        "history.csv › 3 › Время: the row has no time; it was left out",
        "history.csv › 6 › Событие: “взлёт” is no event that is known here; the row was left out",
        "history.csv › 5 › Событие: the row does not say what happened; it was left out",
    ]
    assert tables.sources.sources[1].rejected == 5


def test_activities(activities: Callable[..., Tables]) -> None:
    tables = activities(
        "ID сделки;Время;Тип;Направление;Исход;Длительность;Канал;Автор;Адресат;Текст;ID задачи;Вид;Шаблон;Срок;"
        "Выполнено;Результат;Закреплён;Сумма;Имя файла;Поле;Открыто;Запись",
        "1;02.03.2024 10:00;звонок;исходящий;дозвон;2 мин, 15 сек;;[5] Анна;;;;;;;;;;;;;;rec.mp3",
        "1;02.03.2024 10:01;Перенос задачи;;;;;Анна;Иван;Перезвонить;77;звонок;;03.03.2024 12:00;;;;;;;;",
        "1;02.03.2024 10:02;письмо;out;;;;Анна;;;;;КП;;;;;;kp.pdf;;02.03.2024 11:00;",
        "1;02.03.2024 10:03;comment;;;;;;;Согласовано;;;;;;;да;;;;;",
        "1;02.03.2024 10:04;счет;;;;;Анна;;;;;;;;;;1 000,5;;;;",
    )
    assert lines(tables.problems) == []
    rows = [{name: cell for name, cell in row.items() if cell is not False} for row in told(tables.activities)]
    assert rows == [
        {"deal": "1", "time": "2024-03-02 10:00:00", "type": "call", "direction": "out", "outcome": "answered",
         "duration": 135.0, "author": "Анна", "recording": "rec.mp3"},
        {"deal": "1", "time": "2024-03-02 10:01:00", "type": "task_moved", "author": "Анна", "addressee": "Иван",
         "text": "Перезвонить", "task_id": "77", "kind": "звонок", "due": "2024-03-03 12:00:00"},
        {"deal": "1", "time": "2024-03-02 10:02:00", "type": "email", "direction": "out", "author": "Анна",
         "template": "КП", "name": "kp.pdf", "opened": "2024-03-02 11:00:00"},
        {"deal": "1", "time": "2024-03-02 10:03:00", "type": "comment", "text": "Согласовано", "pinned": True},
        {"deal": "1", "time": "2024-03-02 10:04:00", "type": "invoice", "author": "Анна", "amount": 1000.5},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "kind"),
    [("call", "call"), ("message", "message"), ("SMS", "sms"), ("e-mail", "email"), ("заявка", "form"), ("чат", "chat"),
     ("приглашение", "invite"), ("задача", "task"), ("move", "task_moved"), ("удаление задачи", "task_deleted"),
     ("комментарий", "comment"), ("файл", "file"), ("документ", "document"), ("счёт", "invoice"), ("оплата", "payment"),
     ("претензия", "claim")],
)  # fmt: skip
def test_types(activities: Callable[..., Tables], word: str, kind: str) -> None:
    tables = activities("ID сделки;Время;Тип", f"1;02.03.2024;{word}")
    assert tables.activities is not None and tables.activities["type"].tolist() == [kind]


def test_a_type_may_say_its_direction(activities: Callable[..., Tables]) -> None:
    tables = activities(
        "ID сделки;Время;Тип;Направление", "1;02.03.2024;Входящий звонок;", "1;02.03.2024;звонок;исходящий"
    )
    assert tables.activities is not None
    assert tables.activities["direction"].tolist() == ["in", "out"]


@pytest.mark.parametrize(
    ("word", "outcome"),
    [("дозвон", "answered"), ("Отвечен", "answered"), ("недозвон", "unanswered"), ("не отвечен", "unanswered"),
     ("занято", "unanswered"), ("автоответчик", "unanswered"), ("unanswered", "unanswered"),
     ("Не дозвонился", "unanswered"), ("НЕ ОТВЕТИЛ", "unanswered"), ("не взял трубку", "unanswered"),
     ("Сброшен", "unanswered"), ("Вызов отменён", "unanswered"), ("Отклонено (603)", "unanswered"),
     ("no-answer", "unanswered"), ("NO_ANSWER", "unanswered"), ("CANCEL", "unanswered"), ("failed", "unanswered"),
     ("Автоответчик (голосовая почта)", "unanswered"), ("voicemail: beep", "unanswered"),
     ("Временно не доступен", "unanswered"), ("603-S", "unanswered"), ("304", "unanswered"), ("404", "unanswered"),
     ("200", "answered"), ("Успешный звонок", "answered"), ("Успешный звонок (200)", "answered"),
     ("разговор состоялся", "answered"), ("Completed", "answered"), ("ANSWER", "answered"), ("ответил", "answered"),
     ("Принятый вызов", "answered"), ("connected", "answered"), ("Неотвеченный звонок", "unanswered"),
     ("Сброшено", "unanswered"), ("Сброшен (клиентом)", "unanswered"), ("Не отвечен (перезвонить)", "unanswered"),
     ("CHANUNAVAIL", "unanswered"), ("NOANSWER", "unanswered"), ("Абонент недоступен", "unanswered"),
     ("вне зоны", "unanswered"), ("left voicemail", "unanswered"), ("Отвечен (автоответчик)", "unclear"),
     ("Нет", "unclear"), ("100", "unclear"), ("как-то", "unclear")],
)  # fmt: skip
def test_outcomes_of_calls(activities: Callable[..., Tables], word: str, outcome: str) -> None:
    tables = activities("ID сделки;Время;Тип;Исход", f"1;02.03.2024;звонок;{word}")
    assert tables.activities is not None and tables.activities["outcome"].tolist() == [outcome]


@pytest.mark.parametrize(
    ("word", "way"),
    [("исх.", "out"), ("Исходящий звонок", "out"), ("Исходящий вызов", "out"), ("CALL_OUT", "out"), ("OUTBOUND", "out"),
     ("обратный звонок", "out"), ("вх.", "in"), ("Входящий звонок", "in"), ("Inbound call", "in"),
     ("Входящий с перенаправлением", "in")],
)  # fmt: skip
def test_directions_of_calls(activities: Callable[..., Tables], word: str, way: str) -> None:
    tables = activities("ID сделки;Время;Тип;Направление", f"1;02.03.2024;звонок;{word}")
    assert tables.activities is not None and tables.activities["direction"].tolist() == [way]
    assert lines(tables.problems) == []


def test_a_direction_that_is_not_understood_is_told_once_with_its_rows(activities: Callable[..., Tables]) -> None:
    said = ("внутренний", "исходящий", "внутренний")
    tables = activities("ID сделки;Время;Тип;Направление", *(f"1;02.03.2024;звонок;{word}" for word in said))
    assert tables.activities is not None
    assert tables.activities["direction"].astype("str").fillna("").tolist() == ["", "out", ""]
    assert lines(tables.problems) == [
        "activities.csv › Направление: “внутренний” (2 rows) is no direction that is known here (outgoing or incoming "
        "is expected); taken as empty: 2, 4"
    ]


def test_an_outcome_that_is_not_understood_is_told_once_with_its_rows(activities: Callable[..., Tables]) -> None:
    said = ("как-то", "дозвон", "Как-то", "как-то", "")
    tables = activities("ID сделки;Время;Тип;Исход", *(f"1;02.03.2024;звонок;{word}" for word in said))
    assert lines(tables.problems) == [
        "activities.csv › Исход: “как-то” (2 rows) is no outcome of a call that is known here; "
        "whether they were answered stays open: 2, 5",
        "activities.csv › Исход: “Как-то” (1 row) is no outcome of a call that is known here; "
        "whether it was answered stays open: 4",
    ]


def test_what_a_status_says_of_other_rows_than_calls_is_told_as_not_read(activities: Callable[..., Tables]) -> None:
    tables = activities("ID сделки;Время;Тип;Статус", "1;02.03.2024;sms;Не доставлено", "1;02.03.2024;задача;Выполнена")
    assert lines(tables.problems) == [
        "activities.csv › Статус: “Не доставлено” (1 row) is not read: it is no call, and only calls have an outcome: 2"
    ]


def test_the_call_details_of_a_telephony(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", *DEAL)
    csv(
        "Звонки.csv",
        "Сотрудник;Номер телефона;Тип звонка;Время звонка;Дата вызова;Статус;CRM;",
        "Анна;+79161110001;исходящий;2 мин, 15 сек;02.03.2024 10:05:00;Успешный звонок;;",
        "Анна;+79161110001;входящий;;02.03.2024 11:05:00;Пропущенный звонок;;",
    )
    assert told(loaded("deals.csv", "Звонки.csv").activities) == [
        {"time": "2024-03-02 10:05:00", "type": "call", "direction": "out", "outcome": "answered", "duration": 135.0,
         "author": "Анна", "phone": "79161110001"},
        {"time": "2024-03-02 11:05:00", "type": "call", "direction": "in", "outcome": "unanswered", "duration": 0.0,
         "author": "Анна", "phone": "79161110001"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("done", "outcome", "kind"),
    [("нет", "", "planned_call"), ("", "", "call"), ("да", "", "call"), ("02.03.2024 11:00", "", "call"),
     ("нет", "дозвон", "call"), ("", "Запланирован", "planned_call"), ("", "выполнен", "call")],
)  # fmt: skip
def test_a_call_that_is_not_done_is_only_planned(
    activities: Callable[..., Tables], done: str, outcome: str, kind: str
) -> None:
    rows = (f"1;02.03.2024;звонок;{outcome};{done}", "1;02.03.2024;задача;;нет")
    tables = activities("ID сделки;Время;Тип;Исход;Выполнено", *rows)
    assert tables.activities is not None and tables.activities["type"].tolist() == [kind, "task"]
    assert lines(tables.problems) == []


@pytest.mark.parametrize(
    ("cell", "completed", "done"),
    [("", "NaT", False), ("нет", "NaT", False), ("да", "NaT", True), ("03.03.2024 11:00", "2024-03-03 11:00:00", True)],
)
def test_completion(activities: Callable[..., Tables], cell: str, completed: str, done: bool) -> None:
    tables = activities("ID сделки;Время;Тип;Выполнено", f"1;02.03.2024;задача;{cell}")
    assert tables.activities is not None and lines(tables.problems) == []
    assert [(str(row.completed), row.done) for row in tables.activities.itertuples()] == [(completed, done)]


NAN = float("nan")


@pytest.mark.parametrize(
    ("caption", "cells", "seconds"),
    [
        ("Длительность", ("45", "0", "90,0"), [45, 0, 90]),
        ("Длительность", ("0,000520833", "0", "0.00052"), [45, 0, 45]),
        ("Длительность, мин", ("1,5", "0", "2"), [90, 0, 120]),
        ("Длительность, мин", ("0,5", "0", "0:00:45"), [30, 0, 45]),
        ("Длительность, сек", ("1,5", "0", "44,7"), [2, 0, 45]),
        ("Длительность", ("1,5", "0", "2:05"), [NAN, 0, 125]),
    ],
)
def test_the_unit_of_lengths_is_that_of_the_column(
    activities: Callable[..., Tables], caption: str, cells: tuple[str, ...], seconds: list[float]
) -> None:
    tables = activities(f"ID сделки;Время;Тип;{caption}", *(f"1;02.03.2024;звонок;{cell}" for cell in cells))
    assert tables.activities is not None
    assert tables.activities["duration"].tolist() == pytest.approx(seconds, nan_ok=True)


def test_lengths_of_an_unknown_unit_are_told(activities: Callable[..., Tables]) -> None:
    tables = activities(
        "ID сделки;Время;Тип;Длительность", *(f"1;02.03.2024;звонок;{cell}" for cell in ("1,5", "0", "2"))
    )
    assert lines(tables.problems) == [
        "activities.csv › Длительность: the lengths have fractions, and nothing tells their unit: name it in the "
        "caption, “Длительность, мин” or “Длительность, сек”; how long these calls lasted stays open: 2, 4"
    ]


def test_activity_cells_that_mean_nothing_are_told(activities: Callable[..., Tables]) -> None:
    tables = activities(
        "ID сделки;Время;Тип;Направление;Исход;Длительность;Срок;Выполнено;Закреплён;Сумма;Открыто",
        "1;02.03.2024;звонок;вбок;;долго;завтра;скоро;отчасти;много;вчера",
    )
    assert [(str(problem.place.column), problem.place.row) for problem in tables.problems] == [
        ("Направление", None),
        *((column, 2) for column in ("Длительность", "Срок", "Открыто", "Сумма", "Выполнено", "Закреплён")),
    ]
    assert all("taken as empty" in problem.what for problem in tables.problems)


def test_an_unknown_type_leaves_the_row_out(activities: Callable[..., Tables]) -> None:
    tables = activities("ID сделки;Время;Тип", "1;02.03.2024;телепатия", "1;02.03.2024;")
    assert told(tables.activities) == []
    assert lines(tables.problems) == [
        "activities.csv › 2 › Тип: “телепатия” is no type of activity that is known here; the row was left out",
        "activities.csv › 3 › Тип: the row does not say what kind of activity it is; it was left out",
    ]


def test_ledger(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", *DEAL)
    csv("Учёт клиентов.csv", "ID сделки;Дата замера;Сумма;Статус;№ договора;Обновлено",
        "1;20.03.2024;100 000;в работе;К-7;05.03.2024 10:00")  # fmt: skip
    assert told(loaded("deals.csv", "Учёт клиентов.csv").ledger) == [
        {"deal": "1", "measurement_date": "2024-03-20 00:00:00", "amount": 100_000.0, "status": "в работе",
         "contract_number": "К-7", "updated": "2024-03-05 10:00:00"}
    ]  # fmt: skip


def test_people(csv: Write, loaded: Loaded) -> None:
    csv("people.csv", "Имя;Роль;Отдел;E-mail;График;Работает до",
        "Анна;руководитель;Продажи;a@b.ru;пн-пт 09:00-18:00;01.05.2024", ";менеджер;;;;")  # fmt: skip
    tables = loaded("people.csv")
    assert told(tables.people) == [
        {"name": "Анна", "role": "руководитель", "department": "Продажи", "email": "a@b.ru",
         "schedule": "пн-пт 09:00-18:00", "until": "2024-05-01 00:00:00"}
    ]  # fmt: skip
    assert lines(tables.problems)[0] == "people.csv › 3 › Имя: the row has no name; it was left out"


def test_ambiguous_slashes_ask_for_the_date_format(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID;Этап;Дата создания", "1;Новая;05/03/2024")
    problem = loaded("deals.csv").problems[0]
    assert problem.refused and str(problem.place) == "deals.csv › Дата создания"
    assert "date_format" in problem.what
    assert str(loaded("deals.csv", date_format="%d/%m/%Y").deals["created"].iloc[0]) == "2024-03-05 00:00:00"


def test_many_bad_rows_are_told_one_by_one_and_then_in_one_line(csv: Write, loaded: Loaded) -> None:
    csv(
        "deals.csv",
        "ID;Этап;Дата создания",
        *[f"{n};Новая;когда-то" for n in range(50)],
        "x;Новая;01.03.2024",
        "y;Новая;нет",
    )
    told = [str(problem) for problem in loaded("deals.csv").problems]
    assert len(told) == 21
    assert told[0].startswith("deals.csv › 2 › Дата создания: “когда-то” is not a date")
    assert told[20] == "deals.csv › Дата создания: the same in 31 more rows: 22–51, 53"


def test_thousands_of_rows_are_counted_as_the_language_writes_numbers() -> None:
    told = {}
    for language in ("en", "ru"):
        activate(language)
        told[language] = and_more(np.arange(25, 1049))
    assert told["en"] == "the same in 1,024 more rows: 25–1048"
    assert "1\u00a0024" in told["ru"]


# ── empty by another name ──


@pytest.mark.parametrize(
    "word", ["не выбрано", "Не Указано", "(пусто)", "None", "none", "#Н/Д", "#N/A", " нет данных "]
)
def test_a_cell_may_be_empty_by_another_name(csv: Write, loaded: Loaded, word: str) -> None:
    csv("deals.csv", "ID сделки;Менеджер;Дата создания;Дата закрытия;Город", f"1;{word};01.03.2024;{word};{word}")
    csv(
        "activities.csv",
        "ID сделки;Время;Тип;Исход;Длительность;Автор;Срок",
        f"1;02.03.2024;звонок;{word};30;{word};{word}",
    )
    tables = loaded("deals.csv", "activities.csv")
    of_errors = [f"“{word}” is an error of the spreadsheet, and no value, row: 2"] * 6 * word.startswith("#")
    assert [problem.what for problem in tables.problems] == of_errors
    assert told(tables.deals) == [{"id": "1", "entity": "deal", "created": "2024-03-01 00:00:00"}]
    assert told(tables.activities) == [{"deal": "1", "time": "2024-03-02 00:00:00", "type": "call", "duration": 30.0}]


def test_the_settings_say_what_is_empty(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID сделки;Дата создания;Город;Улица", "1;01.03.2024;пусто;не выбрано")
    deals = loaded("deals.csv", empty=("пусто",)).deals
    assert pd.isna(deals["field:Город"][0]) and deals["field:Улица"][0] == "не выбрано"


def test_an_error_of_the_spreadsheet_is_nobody(csv: Write, loaded: Loaded) -> None:
    csv(
        "deals.csv",
        "ID сделки;Менеджер;Дата создания",
        "1;#ССЫЛКА!;01.03.2024",
        "2;#REF!;01.03.2024",
        "3;№1;01.03.2024",
    )
    tables = loaded("deals.csv")
    assert [row.get("manager") for row in told(tables.deals)] == [None, None, "№1"]
    assert lines(tables.problems) == [
        "deals.csv › Менеджер: “#REF!” is an error of the spreadsheet, and no value, row: 3",
        "deals.csv › Менеджер: “#ССЫЛКА!” is an error of the spreadsheet, and no value, row: 2",
    ]


def test_day_numbers_of_a_spreadsheet_are_told_with_what_to_do(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "ID;Этап;Дата создания", "1;Новая;45362.4166666667", "2;Новая;01.03.2024", "3;Новая;45363")
    assert lines(loaded("deals.csv").problems)[0] == (
        "deals.csv › Дата создания: the column holds the day numbers of Excel (45362.42) and no dates: give it the "
        "format of a date there, and save the file once more: 2, 4"
    )
