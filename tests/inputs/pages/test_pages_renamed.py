"""A company has renamed its final stages: deals of amoCRM's pages leave by closing, and are judged once."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from auditor.audit.engine import audit
from auditor.audit.request import Request
from auditor.audit.result import Audit
from auditor.inputs import load
from auditor.settings import Settings
from checks import REGULATIONS

DAY = 86_400
T = 1_709_532_000  # 2024-03-04 09:00:00 in Moscow
FUR = {51: "Новый заказ", 52: "Замер", 53: "Преддоговор", 142: "Кухня оплачена", 143: "Передумали"}
AGY = {51: "Новая заявка", 52: "Переговоры", 53: "Договор", 142: "Клиент наш", 143: "Не сложилось"}
Life = list[tuple[int, float, int]]
"""(deal, days since its creation, the number of the stage it moved into)."""


def moved(deal: int, after: float, before: int, stage: int) -> dict[str, Any]:
    def side(number: int) -> list[Any]:
        return [{"lead_status": {"id": number, "pipeline_id": 5}}]

    return {"id": f"e{deal}{after}", "type": "lead_status_changed", "entity_id": deal, "entity_type": "lead",
            "created_by": 11, "created_at": T + int(after * DAY), "value_before": side(before),
            "value_after": side(stage)}  # fmt: skip


def deal(number: int, stage: int, closed: float | None) -> dict[str, Any]:
    return {"id": number, "name": "Кухня", "responsible_user_id": 11, "status_id": stage, "pipeline_id": 5,
            "created_at": T, "_embedded": {"loss_reason": [{"id": 1, "name": "Дорого"}] if stage == 143 else []},
            "closed_at": None if closed is None else T + int(closed * DAY)}  # fmt: skip


@pytest.fixture
def audited(tmp_path: Path) -> Any:
    """`audited("FUR0902", "Продажи", FUR, life)`: the audit of one clause over the pages of these lives."""

    def run(clause: str, pipeline: str, names: dict[int, str], *lives: Life) -> Audit:
        events = [
            moved(number, after, before, stage)
            for life in lives
            for (number, after, stage), before in zip(life, [51, *(stage for _d, _a, stage in life)], strict=False)
        ]
        ends = [life[-1] for life in lives]
        statuses = [{"id": number, "name": name} for number, name in names.items()]
        pages = {
            "leads": {"leads": [deal(n, stage, after if stage in (142, 143) else None) for n, after, stage in ends]},
            "events": {"events": events[::-1]},
            "pipelines": {"pipelines": [{"id": 5, "name": pipeline, "_embedded": {"statuses": statuses}}]},
            "users": {"users": [{"id": 11, "name": "Анна Белова"}]},
        }
        for name, page in pages.items():
            (tmp_path / f"{name}.json").write_text(json.dumps({"_embedded": page}, ensure_ascii=False), "utf-8")
        settings = Settings(now=datetime(2024, 7, 1))
        request = Request(REGULATIONS, (clause[:3],), select=(clause,), all_duties=True)
        return audit(load([tmp_path], settings), request, settings)

    return run


def said(duties: pd.DataFrame) -> list[tuple[str, str, str]]:
    """(deal, verdict, when it was met, else when it arose) of each duty."""
    when = duties["met_at"].fillna(duties["arose"])
    rows = zip(duties["deal"], when, duties["verdict"], strict=True)
    return [(deal, verdict, f"{moment:%d.%m %H:%M}") for deal, moment, verdict in sorted(rows)]


def test_a_deal_leaves_a_stage_by_a_closing_under_any_name_once(audited):
    found = audited(
        "FUR0902", "Продажи", FUR,
        [(1, 1, 53), (1, 20, 143)], [(2, 1, 53), (2, 40, 142)], [(3, 1, 53), (3, 10, 52), (3, 40, 143)],
    )  # fmt: skip
    assert said(found.duties) == [
        ("1", "met", "24.03 09:00"), ("2", "violated", "13.04 09:00"), ("3", "met", "14.03 09:00"),
    ]  # fmt: skip
    assert [str(problem) for problem in found.problems if "Передумали" in str(problem)] == []


def test_what_is_owed_at_a_closing_is_owed_once(audited):
    found = audited("AGY0901", "Воронка продаж", AGY, [(1, 1, 52), (1, 2, 143)], [(2, 1, 143), (2, 3, 52), (2, 5, 143)])
    assert said(found.duties) == [
        ("1", "met", "06.03 09:00"), ("2", "met", "05.03 09:00"), ("2", "met", "09.03 09:00"),
    ]  # fmt: skip
