"""Edges of changes: what is a change of a field, and what is moving it."""

import pytest

from auditor.patterns import Absence, Response, changed, comment, day_of, hours, leaves, moved, next_working_day
from auditor.patterns.core.pattern import Pattern

from .telling import A, check

WHEN, HOW_MUCH = "Дата замера", "Сумма замера"
CHANGE = Response(on=changed(HOW_MUCH), expect=comment, due=hours(1))
MOVE = Response(on=moved(HOW_MUCH), expect=comment, due=hours(1))
ON_THE_DAY = Response(on=day_of(WHEN).during(A), expect=leaves(A), due=next_working_day("11:00"))

EDGES: dict[str, tuple[Pattern, str]] = {
    "было и стало равны: ничего не изменилось": (CHANGE, f"""
        {HOW_MUCH} = 100
        11.03.2024 10:00  стадия A
        11:00  поле {HOW_MUCH} = 100 было 100
        12.03.2024 10:00  проверка
        => ничего
    """),
    "… и после перемены": (CHANGE, f"""
        {HOW_MUCH} = 100
        11.03.2024 10:00  стадия A
        11:00  поле {HOW_MUCH} = 200
        13:00  поле {HOW_MUCH} = 200 было 200
        12.03.2024 10:00  проверка
        => нарушено, возникло 11.03.2024 11:00
    """),
    "равные значения, но прежде стояло другое: с них стоит новое": (
        Absence(on=moved(HOW_MUCH), among=moved(HOW_MUCH)), f"""
        {HOW_MUCH} = 100
        11.03.2024 10:00  стадия A
        11:00  поле {HOW_MUCH} = 200
        13:00  поле {HOW_MUCH} = 300 было 300
        14:00  поле {HOW_MUCH} = 300 было 300
        => запрещено, возникло 11.03.2024 11:00
        => запрещено, возникло 11.03.2024 13:00
    """),
    "то же значение записали ещё раз: дату не переносили": (ON_THE_DAY, f"""
        {WHEN} = 13.03.2024
        11.03.2024 10:00  стадия A
        13.03.2024 15:00  поле {WHEN} = 13.03.2024 было 13.03.2024
        20.03.2024 10:00  проверка
        => нарушено, возникло 13.03.2024, срок 14.03.2024 11:00
    """),
    "первое заполнение и стирание — перемены": (CHANGE, f"""
        {HOW_MUCH} =
        11.03.2024 10:00  стадия A
        11:00  поле {HOW_MUCH} = 100
        13:00  поле {HOW_MUCH} =
        12.03.2024 10:00  проверка
        => нарушено, возникло 11.03.2024 11:00
        => нарушено, возникло 11.03.2024 13:00
    """),
    "… но не переносы": (MOVE, f"""
        {HOW_MUCH} =
        11.03.2024 10:00  стадия A
        11:00  поле {HOW_MUCH} = 100
        13:00  поле {HOW_MUCH} =
        15:00  поле {HOW_MUCH} = 200
        12.03.2024 10:00  проверка
        => ничего
    """),
    "перенос — от значения к другому": (MOVE, f"""
        {HOW_MUCH} =
        11.03.2024 10:00  стадия A
        11:00  поле {HOW_MUCH} = 100
        13:00  поле {HOW_MUCH} = 200
        12.03.2024 10:00  проверка
        => нарушено, возникло 11.03.2024 13:00
    """),
}  # fmt: skip


@pytest.mark.parametrize("name", EDGES)
def test_edge(name: str) -> None:
    check(*EDGES[name])
