"""Edges of day filters: which of the owed days are meant."""

import pytest

from auditor.patterns import OUT, PerDay, attached, call, empty, field, filled, first_days, while_
from auditor.patterns.core.needs import Field, needs_of
from auditor.patterns.core.pattern import Pattern

from .telling import A, check

NEEDS, HOW_MUCH = "Потребности", "Сумма замера"
WHILE_EMPTY = PerDay(during=A, expect=call(OUT), days=while_(empty(NEEDS)))
FIRST_AND_EMPTY = PerDay(during=A, expect=call(OUT), days=first_days(1) & while_(empty(NEEDS)))
DEAR = PerDay(during=A, expect=call(OUT), days=while_(field(HOW_MUCH) >= 10))
NO_OFFER = PerDay(during=A, expect=call(OUT), days=while_(~attached("Лист", "КП")))

EDGES: dict[str, tuple[Pattern, str]] = {
    "спрашивают в конце дня: заполнено в последнюю секунду": (WHILE_EMPTY, f"""
        {NEEDS} =
        11.03.2024 09:00  стадия A
        12.03.2024 23:59:59  поле {NEEDS} = светлая
        14.03.2024 08:00  проверка
        => нарушено, возникло 11.03.2024
    """),
    "… секундой позже — день ещё требовал": (WHILE_EMPTY, f"""
        {NEEDS} =
        11.03.2024 09:00  стадия A
        13.03.2024 00:00:00  поле {NEEDS} = светлая
        14.03.2024 08:00  проверка
        => нарушено, возникло 11.03.2024
        => нарушено, возникло 12.03.2024
    """),
    "стёрли — дни снова требуют": (WHILE_EMPTY, f"""
        {NEEDS} = светлая
        11.03.2024 09:00  стадия A
        12.03.2024 12:00  поле {NEEDS} =
        13.03.2024 08:00  проверка
        => нарушено, возникло 12.03.2024
        => ожидается, возникло 13.03.2024
    """),
    "день ещё идёт: как на момент проверки": (WHILE_EMPTY, f"""
        {NEEDS} =
        11.03.2024 09:00  стадия A
        12:00  проверка
        => ожидается, возникло 11.03.2024
    """),
    "оба условия": (FIRST_AND_EMPTY, f"""
        {NEEDS} =
        11.03.2024 09:00  стадия A
        14.03.2024 08:00  проверка
        => нарушено, возникло 11.03.2024
        => нарушено, возникло 12.03.2024
    """),
    "… второе раньше": (FIRST_AND_EMPTY, f"""
        {NEEDS} =
        11.03.2024 09:00  стадия A
        12.03.2024 12:00  поле {NEEDS} = светлая
        14.03.2024 08:00  проверка
        => нарушено, возникло 11.03.2024
    """),
    "с пустым не сравнить: день неизвестен": (DEAR, f"""
        {HOW_MUCH} =
        11.03.2024 09:00  стадия A
        12.03.2024 08:00  проверка
        => неизвестно, возникло 11.03.2024
        => неизвестно, возникло 12.03.2024
    """),
    "файл с одним из слов в имени": (NO_OFFER, """
        11.03.2024 09:00  стадия A
        12.03.2024 12:00  файл «КП_12.pdf»
        14.03.2024 08:00  проверка
        => нарушено, возникло 11.03.2024
    """),
    "… а без них — не то": (NO_OFFER, """
        11.03.2024 09:00  стадия A
        12.03.2024 12:00  файл «скпд.pdf»
        13.03.2024 08:00  проверка
        => нарушено, возникло 11.03.2024
        => нарушено, возникло 12.03.2024
        => ожидается, возникло 13.03.2024
    """),
}  # fmt: skip


@pytest.mark.parametrize("name", EDGES)
def test_edge(name: str) -> None:
    check(*EDGES[name])


def test_what_tells_the_days_is_a_need() -> None:
    assert Field(NEEDS) in FIRST_AND_EMPTY.needs
    assert needs_of(first_days(1) & while_(filled(NEEDS))) == (Field(NEEDS),)
