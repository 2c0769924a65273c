"""Which days a clause can see: those that all streams it asks for cover."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from auditor.audit.engine import audit
from auditor.audit.request import Request
from auditor.inputs import load
from auditor.settings import Settings
from checks import REGULATIONS

DEALS = """ID сделки;Воронка;Этап;Ответственный;Дата создания
1;Лиды;Недозвон;Анна;01.03.2024 10:00
"""
HISTORY = """ID сделки;Время;Событие;Было;Стало;Автор
1;01.03.2024 10:00;этап;;Новый лид;Анна
1;04.03.2024 10:00;этап;Новый лид;Недозвон;Анна
1;13.03.2024 10:00;ответственный;Борис;Анна;Анна
1;27.03.2024 10:00;ответственный;Анна;Борис;Анна
"""
CALLS = """ID сделки;Время;Тип;Направление;Исход
1;11.03.2024 11:00;звонок;исходящий;недозвон
1;12.03.2024 11:00;звонок;исходящий;недозвон
1;13.03.2024 11:00;звонок;входящий;отвечен
"""


@pytest.mark.parametrize(
    ("as_of", "until"), [(datetime(2024, 3, 14, 18), None), (datetime(2024, 3, 28, 18), date(2024, 3, 13))]
)
def test_a_clause_sees_from_the_day_of_its_latest_stream_to_that_of_the_one_that_fell_silent(
    tmp_path: Path, as_of: datetime, until: date | None
) -> None:
    for name, text in (("Сделки", DEALS), ("История", HISTORY), ("Дела", CALLS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    settings = replace(Settings(), as_of=as_of)
    result = audit(load([tmp_path], settings), Request(REGULATIONS, named=("FUR",)), settings)
    seen = {each.clause: (each.since, each.until) for each in result.coverage}
    assert seen["FUR0201"] == (date(2024, 3, 11), until)
    assert seen["FUR0902"] == (date(2024, 3, 1), None)
