"""Edges of values: parts of a text, a window that has opened, the first event while each value stands."""

import pytest

from auditor.patterns import Condition, Response, comment, enters, hours, leaves, named_day, opened, parts_in
from auditor.patterns.core.pattern import Pattern

from .telling import A, B, check

WHERE, WHEN = "Адрес", "Дата замера"
FOUR_PARTS = Condition(on=enters(A), that=parts_in(WHERE, "ул", "кв", "этаж") >= 4)
BY_COMMAS = Condition(on=enters(A), that=parts_in(WHERE) >= 4)
FIRST_WORD = Response(on=comment.first_of_value(WHEN), expect=leaves(A), due=hours(1))
WITHIN_THREE_DAYS = Condition(on=enters(B), that=opened(named_day(WHEN, -3)))

PARTS = {
    "Омск, Мира, 5, 12": True,
    "Омск, Мира, 5": False,
    "Омск; Мира; 5; 12": True,
    "Омск ул. Мира, кв 12, этаж 3": True,
    "Омск УЛ. Мира, КВ 12, ЭТАЖ 3": True,
    "Омск, Мира ул., 12 кв, 3 этаж": True,
    "Мира ул., 12 кв, 3 этаж": False,
    "Омск, аул Мира, 5": False,
    "Омск,, ,Мира, 5": False,
    "ул, кв, этаж, -": True,
}
EDGES: dict[str, tuple[Pattern, str]] = {
    "без слов части делят запятые": (BY_COMMAS, f"""
        {WHERE} = Омск ул. Мира кв. 12 этаж 3
        11.03.2024 10:00  создана в стадии A
        => нарушено, было 1
    """),
    "текста нет: сравнить не с чем": (FOUR_PARTS, f"""
        {WHERE} =
        11.03.2024 10:00  создана в стадии A
        => неизвестно
    """),
    "первый при каждом значении": (FIRST_WORD, f"""
        {WHEN} = 20.03.2024
        11.03.2024 10:00  создана в стадии A
        12.03.2024 10:00  комментарий «раз»
        10:30  комментарий «два»
        13.03.2024 10:00  поле {WHEN} = 22.03.2024
        10:05  комментарий «три»
        14.03.2024 10:00  поле {WHEN} = 20.03.2024
        10:05  комментарий «четыре»
        15.03.2024 10:00  проверка
        => нарушено, возникло 12.03.2024 10:00
        => нарушено, возникло 13.03.2024 10:05
        => нарушено, возникло 14.03.2024 10:05
    """),
    "… в секунду смены — при новом значении": (FIRST_WORD, f"""
        {WHEN} = 20.03.2024
        11.03.2024 10:00  создана в стадии A
        12.03.2024 10:00  комментарий «раз»
        13.03.2024 10:00  поле {WHEN} = 22.03.2024
        10:00  комментарий «два»
        10:05  комментарий «три»
        15.03.2024 10:00  проверка
        => нарушено, возникло 12.03.2024 10:00
        => нарушено, возникло 13.03.2024 10:00
    """),
    "окно открылось в первую секунду": (WITHIN_THREE_DAYS, f"""
        {WHEN} = 22.03.2024
        11.03.2024 10:00  создана в стадии A
        19.03.2024 00:00:00  стадия B
        => выполнено
    """),
    "… секундой раньше ещё нет": (WITHIN_THREE_DAYS, f"""
        {WHEN} = 22.03.2024
        11.03.2024 10:00  создана в стадии A
        18.03.2024 23:59:59  стадия B
        => нарушено
    """),
    "… за три дня воскресенье: открывает пятница": (WITHIN_THREE_DAYS, f"""
        {WHEN} = 20.03.2024
        11.03.2024 10:00  создана в стадии A
        15.03.2024 00:00:00  стадия B
        => выполнено
    """),
    "… и после самой даты": (WITHIN_THREE_DAYS, f"""
        {WHEN} = 22.03.2024
        11.03.2024 10:00  создана в стадии A
        25.03.2024 10:00  стадия B
        => выполнено
    """),
    "… даты нет: неизвестно": (WITHIN_THREE_DAYS, f"""
        {WHEN} =
        11.03.2024 10:00  создана в стадии A
        25.03.2024 10:00  стадия B
        => неизвестно
    """),
}  # fmt: skip


@pytest.mark.parametrize("name", EDGES)
def test_edge(name: str) -> None:
    check(*EDGES[name])


@pytest.mark.parametrize("text", PARTS)
def test_parts_of_a_text(text: str) -> None:
    verdict = "выполнено" if PARTS[text] else "нарушено"
    check(FOUR_PARTS, f"{WHERE} = {text}\n11.03.2024 10:00  создана в стадии A\n=> {verdict}")
