"""Edges of what follows: where a deal goes next, and what does not happen until a deadline."""

import pytest

from auditor.patterns import (
    LOST,
    Condition,
    Response,
    comment,
    end_of_day,
    enters,
    hours,
    leads_to,
    not_followed_by,
    task,
)
from auditor.patterns.core.pattern import Pattern

from .telling import A, B, check

SAID_IF_B_OR_LOST = Response(on=enters(A), when=leads_to(B, LOST), expect=comment, due=hours(1))
QUIET = Condition(on=enters(A), that=not_followed_by(comment, hours(1)))
TASK_IF_QUIET = Response(on=enters(A), when=not_followed_by(comment, hours(1)), expect=task(), due=end_of_day)

EDGES: dict[str, tuple[Pattern, str]] = {
    "дальше стадия": (SAID_IF_B_OR_LOST, """
        11.03.2024 10:00  создана в стадии A
        12.03.2024 10:00  стадия B
        => нарушено
    """),
    "… или закрытие": (SAID_IF_B_OR_LOST, """
        11.03.2024 10:00  создана в стадии A
        12.03.2024 10:00  отказ: дорого
        => нарушено
    """),
    "… другая стадия: не то": (SAID_IF_B_OR_LOST, """
        11.03.2024 10:00  создана в стадии A
        12.03.2024 10:00  стадия C
        13.03.2024 10:00  стадия B
        => ничего
    """),
    "… другое закрытие: не то": (SAID_IF_B_OR_LOST, """
        11.03.2024 10:00  создана в стадии A
        12.03.2024 10:00  успех
        => ничего
    """),
    "… ещё стоит: пока никуда": (SAID_IF_B_OR_LOST, """
        11.03.2024 10:00  создана в стадии A
        13.03.2024 10:00  проверка
        => ничего
    """),
    "до срока ничего не было": (QUIET, """
        11.03.2024 10:00  создана в стадии A
        11:00:01  комментарий «ок»
        => выполнено
    """),
    "… было в последнюю секунду": (QUIET, """
        11.03.2024 10:00  создана в стадии A
        11:00:00  комментарий «ок»
        12:00  проверка
        => нарушено
    """),
    "… срок ещё впереди: неизвестно": (QUIET, """
        11.03.2024 10:00  создана в стадии A
        10:59  проверка
        => неизвестно
    """),
    "… выгрузка не покрывает этого времени: неизвестно": (QUIET, """
        видно: комментарии с 20.03.2024 по 30.03.2024
        11.03.2024 10:00  создана в стадии A
        25.03.2024 10:00  проверка
        => неизвестно
    """),
    "… не выгружается совсем: никого не освобождает": (TASK_IF_QUIET, """
        нет: комментарии
        11.03.2024 10:00  создана в стадии A
        12.03.2024 10:00  проверка
        => нарушено
    """),
}  # fmt: skip


@pytest.mark.parametrize("name", EDGES)
def test_edge(name: str) -> None:
    check(*EDGES[name])
