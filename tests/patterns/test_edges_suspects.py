"""What counts by the letter and is flagged; under `строго` it does not count."""

from textwrap import dedent

import pytest

from auditor.patterns import (
    ANSWERED,
    OUT,
    Absence,
    Condition,
    PerDay,
    Response,
    call,
    contact,
    count,
    end_of_working_day,
    enters,
    filled,
    hours,
    leaves,
    message,
    no_way_back,
    once,
    planned,
    precedence,
)
from auditor.patterns.core.pattern import Pattern

from .telling import A, B, C, check

NOTE = "Итог разговора"
NO_WAY_BACK = Absence(*no_way_back((A, B), (C,)))

# name: (pattern, what happened, verdicts by the letter, verdicts under «строго»)
SUSPECTS: dict[str, tuple[Pattern, str, tuple[str, ...], tuple[str, ...]]] = {
    "дозвон в две секунды": (
        Response(on=enters(A), expect=call(OUT, ANSWERED), due=hours(1)),
        """
        11.03.2024 10:00  стадия A
        10:30  звонок исходящий дозвон 0:02
        14:00  проверка
        """,
        ("выполнено, подозрение «short_answer»",), ("нарушено",),
    ),
    "три звонка за пять минут": (
        precedence(on=enters(B), needs=count(call(OUT)) >= 3),
        """
        11.03.2024 10:00  стадия A
        10:30:00  звонок исходящий недозвон
        10:32  звонок исходящий недозвон
        10:35:00  звонок исходящий недозвон
        11:00  стадия B
        """,
        ("выполнено, подозрение «burst»",), ("нарушено, было 1",),
    ),
    "… а без них звонков довольно": (
        precedence(on=enters(B), needs=count(call(OUT)) >= 3),
        """
        11.03.2024 10:00  стадия A
        10:10  звонок исходящий недозвон
        10:20  звонок исходящий недозвон
        10:30:00  звонок исходящий недозвон
        10:32  звонок исходящий недозвон
        10:35:00  звонок исходящий недозвон
        11:00  стадия B
        """,
        ("выполнено, подозрение «burst»",), ("выполнено, было 3",),
    ),
    "три звонка за пять минут и секунду": (
        precedence(on=enters(B), needs=count(call(OUT)) >= 3),
        """
        11.03.2024 10:00  стадия A
        10:30:00  звонок исходящий недозвон
        10:32  звонок исходящий недозвон
        10:35:01  звонок исходящий недозвон
        11:00  стадия B
        """,
        ("выполнено, подозрение «»",), ("выполнено",),
    ),
    "пишет робот": (
        Response(on=enters(A), expect=message(OUT), due=hours(1)),
        """
        11.03.2024 10:00  стадия A
        10:30  сообщение исходящее робот
        14:00  проверка
        """,
        ("выполнено, подозрение «robot»",), ("нарушено",),
    ),
    "вошла и через минуту вышла": (
        Response(on=enters(A).first, expect=enters(B), due=hours(1)),
        """
        11.03.2024 10:00  стадия A
        10:30:00  стадия B
        10:31:00  стадия A
        14:00  проверка
        """,
        ("выполнено, подозрение «brief_stage»",), ("нарушено",),
    ),
    "вышла через минуту и секунду": (
        Response(on=enters(A).first, expect=enters(B), due=hours(1)),
        """
        11.03.2024 10:00  стадия A
        10:30:00  стадия B
        10:31:01  стадия A
        14:00  проверка
        """,
        ("выполнено, подозрение «»",), ("выполнено",),
    ),
    "ушла и через минуту вернулась": (
        Response(on=enters(A).first, expect=leaves(A), due=hours(1)),
        """
        11.03.2024 10:00  стадия A
        10:30:00  стадия B
        10:31:00  стадия A
        14:00  проверка
        """,
        ("выполнено, подозрение «brief_stage»",), ("нарушено",),
    ),
    "прошла через этап за минуту дальше: ушла по-настоящему": (
        Response(on=enters(A), expect=leaves(A), due=hours(1)),
        """
        11.03.2024 10:00  стадия A
        10:30:00  стадия B
        10:31:00  стадия C
        14:00  проверка
        """,
        ("выполнено, подозрение «»",), ("выполнено",),
    ),
    "отписка в поле": (
        Condition(on=enters(A), that=filled(NOTE)),
        f"""
        {NOTE} = нет
        11.03.2024 10:00  стадия A
        """,
        ("выполнено, подозрение «filler»",), ("нарушено",),
    ),
    "ответ «нет» в поле да/нет": (
        Condition(on=enters(A), that=filled(NOTE).answered),
        f"""
        {NOTE} = нет
        11.03.2024 10:00  стадия A
        """,
        ("выполнено, подозрение «»",), ("выполнено",),
    ),
    "отписка к вечеру": (
        Condition(on=enters(A), that=filled(NOTE), grace=end_of_working_day),
        f"""
        {NOTE} =
        11.03.2024 10:00  стадия A
        12:00  поле {NOTE} = xxx
        12.03.2024 12:00  проверка
        """,
        ("выполнено, подозрение «filler»",), ("нарушено",),
    ),
    "отписка, потом ответ": (
        Condition(on=enters(A), that=filled(NOTE), grace=end_of_working_day),
        f"""
        {NOTE} = .
        11.03.2024 10:00  стадия A
        12:00  поле {NOTE} = берут белую
        12.03.2024 12:00  проверка
        """,
        ("выполнено, подозрение «»",), ("выполнено, сделано 11.03.2024 12:00",),
    ),
    "задачу переносят снова и снова": (
        planned(on=enters(A)),
        """
        11.03.2024 09:00  создана в стадии B
        09:10  задача «Позвонить» № 1 до 11.03.2024 10:00
        09:11  перенос задачи № 1 до 11.03.2024 11:00
        09:12  перенос задачи № 1 до 11.03.2024 12:00
        09:13  перенос задачи № 1 до 11.03.2024 13:00
        10:00  стадия A
        12.03.2024 10:00  проверка
        """,
        ("выполнено, подозрение «moved_often»",), ("нарушено",),
    ),
    "нужный разговор в две секунды": (
        precedence(on=enters(B), needs=once(contact)),
        """
        11.03.2024 10:00  стадия A
        10:30  звонок исходящий дозвон 0:02
        11:00  стадия B
        """,
        ("выполнено, подозрение «short_answer»",), ("нарушено",),
    ),
    "одно из двух подозрительно, другое нет": (
        precedence(on=enters(B), needs=once(contact) | filled(NOTE)),
        f"""
        {NOTE} = ждёт цену
        11.03.2024 10:00  стадия A
        10:30  звонок исходящий дозвон 0:02
        11:00  стадия B
        """,
        ("выполнено, подозрение «»",), ("выполнено",),
    ),
    "дозвон в две секунды освобождает день": (
        PerDay(during=A, expect=call(OUT), at_least=2),
        """
        11.03.2024 10:00  стадия A
        10:30  звонок исходящий дозвон 0:02
        12.03.2024 08:00  стадия B
        """,
        ("ничего",), ("нарушено",),
    ),
    "обход через другую воронку": (
        NO_WAY_BACK,
        """
        11.03.2024 10:00  стадия A
        12:00  стадия Другая / Я
        15:00  стадия Продажи / C
        """,
        ("выполнено, подозрение «detour»",), ("запрещено",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SUSPECTS)
def test_by_the_letter_it_counts_and_is_flagged(name: str) -> None:
    pattern, story, verdicts, _strictly = SUSPECTS[name]
    check(pattern, _told(story, verdicts))


@pytest.mark.parametrize("name", SUSPECTS)
def test_strictly_it_does_not_count(name: str) -> None:
    pattern, story, _verdicts, strictly = SUSPECTS[name]
    check(pattern, "строго\n" + _told(story, strictly))


def _told(story: str, verdicts: tuple[str, ...]) -> str:
    return dedent(story).strip() + "".join(f"\n=> {verdict}" for verdict in verdicts)
