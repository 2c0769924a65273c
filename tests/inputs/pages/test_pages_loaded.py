"""A folder of saved pages or BI tables becomes a log like that of any other export."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from auditor.inputs import load
from auditor.log.build import build_log
from auditor.log.columns import moment
from auditor.log.kinds import SECONDS
from auditor.log.log import Log
from auditor.settings import Settings

T = 1_709_532_000  # 2024-03-04 09:00:00 in Moscow
NOW = datetime(2024, 4, 1)


def log_of(folder: Path, **pages: Any) -> Log:
    for name, page in pages.items():
        (folder / f"{name}.json").write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
    settings = Settings(now=NOW)
    tables = load([folder], settings)
    assert [str(problem) for problem in tables.problems] == []
    return build_log(tables, settings)


def stays_of(log: Log) -> list[tuple[str, str, int, str]]:
    """(pipeline, stage, outcome, entered) of every stay."""
    stays = log.stays
    return [
        (
            stays.pipelines[pipeline],
            stays.stages[stage] if stage >= 0 else "",
            int(outcome),
            str(moment(entered)).replace("T", " "),
        )
        for stage, pipeline, outcome, entered in zip(
            stays.stage, stays.pipeline, stays.outcome, stays.entered & SECONDS, strict=True
        )
    ]


LIFE = [("кухни", "новая заявка", 0, "2024-03-04 09:00:00"), ("кухни", "замер", 0, "2024-03-04 09:10:00")]
LOST = (2, "2024-03-04 09:20:00")
FINAL = pytest.mark.parametrize("final", ["Закрыто и не реализовано", "Клиент передумал"])
"""The usual name of the stage that ends a deal, and one that a company made up."""


def check(log: Log, final: str) -> None:
    """The deal is lost at its time, whatever its last stage is called."""
    assert stays_of(log) == [*LIFE, ("кухни", final.lower(), *LOST)]


@FINAL
def test_amocrm(tmp_path, final):
    def status(number: int) -> list[Any]:
        return [{"lead_status": {"id": number, "pipeline_id": 5}}]

    def moved(at: int, before: int, after: int) -> dict[str, Any]:
        return {"id": f"e{at}", "type": "lead_status_changed", "entity_id": 100, "entity_type": "lead",
                "created_by": 11, "created_at": T + at, "value_before": status(before),
                "value_after": status(after)}  # fmt: skip

    statuses = [{"id": 51, "name": "Новая заявка"}, {"id": 52, "name": "Замер"}, {"id": 143, "name": final}]
    lead = {"id": 100, "name": "Кухня", "responsible_user_id": 11, "status_id": 143, "pipeline_id": 5, "created_at": T,
            "closed_at": T + 1200}  # fmt: skip
    log = log_of(
        tmp_path,
        leads={"_embedded": {"leads": [lead]}},
        events={"_embedded": {"events": [moved(1200, 52, 143), moved(600, 51, 52)]}},
        pipelines={"_embedded": {"pipelines": [{"id": 5, "name": "Кухни", "_embedded": {"statuses": statuses}}]}},
        users={"_embedded": {"users": [{"id": 11, "name": "Анна Белова"}]}},
    )
    check(log, final)


@FINAL
def test_bitrix24(tmp_path, final):
    def record(number: int, minute: int, stage: str, kind: int = 2) -> dict[str, Any]:
        return {"ID": number, "TYPE_ID": kind, "OWNER_ID": 100, "CREATED_TIME": f"2024-03-04T06:{minute:02}:00+00:00",
                "CATEGORY_ID": 0, "STAGE_SEMANTIC_ID": "F" if stage == "LOSE" else "P", "STAGE_ID": stage}  # fmt: skip

    names = {"NEW": "Новая заявка", "1": "Замер", "LOSE": final}
    deal = {"ID": "100", "TITLE": "Кухня", "STAGE_ID": "LOSE", "STAGE_SEMANTIC_ID": "F", "CATEGORY_ID": "0",
            "ASSIGNED_BY_ID": "11", "DATE_CREATE": "2024-03-04T06:00:00+00:00"}  # fmt: skip
    log = log_of(
        tmp_path,
        deals={"result": [deal]},
        stages={"result": {"items": [record(1, 0, "NEW", 1), record(2, 10, "1"), record(3, 20, "LOSE", 3)]}},
        statuses={
            "result": [
                {"ID": code, "ENTITY_ID": "DEAL_STAGE", "STATUS_ID": code, "NAME": name} for code, name in names.items()
            ]
        },
        categories={"result": {"categories": [{"id": 0, "name": "Кухни", "entityTypeId": 2}]}},
        users={"result": [{"ID": "11", "ACTIVE": True, "NAME": "Анна", "LAST_NAME": "Белова"}]},
    )
    check(log, final)


def test_bi_tables(tmp_path):
    tables = {
        "crm_deal": "ID;DATE_CREATE;STAGE_NAME;CATEGORY_NAME;ASSIGNED_BY\n"
        "10;2024-03-04 09:00:00;Замер;Кухни;[5] Анна Белова\n",
        "crm_deal_stage_history": "DEAL_ID;TYPE_ID;START_DATE;STAGE_NAME;CATEGORY_NAME\n"
        "10;1;2024-03-04 09:00:00;Новая заявка;Кухни\n10;2;2024-03-04 09:10:00;Замер;Кухни\n",
        "crm_activity": "ID;OWNER_ID;OWNER_TYPE_ID;TYPE_ID;"
        "PROVIDER_ID;DATE_CREATE;START_TIME;RESPONSIBLE;DIRECTION_ID\n"
        "1;10;2;2;VOXIMPLANT_CALL;2024-03-04 10:00:01;2024-03-04 10:00:00;[5] Анна Белова;2\n",
        "telephony_call": "CALL_START_DATE;CALL_DURATION;CALL_TYPE;CALL_STATUS_CODE;PORTAL_USER;CRM_ACTIVITY_ID\n"
        "2024-03-04 10:00:00;65;1;200;[5] Анна Белова;1\n",
    }
    for name, csv in tables.items():
        (tmp_path / f"{name}.csv").write_text(csv, encoding="utf-8")
    settings = Settings(now=NOW)
    found = load([tmp_path], settings)
    assert [str(problem) for problem in found.problems] == [
        "crm_activity.csv: 1 call is told by telephony_call as well, and was counted once with it; left out was row: 2"
    ]
    assert found.activities is not None and "activity" not in found.activities
    assert found.activities[["deal", "type", "outcome", "duration"]].to_numpy().tolist() == [
        ["10", "call", "answered", 65.0]
    ]
    assert stays_of(build_log(found, settings)) == LIFE


@pytest.mark.parametrize("content", [b'{"result": [', b"[" * 100_000])
def test_a_broken_page_named_by_the_user_is_refused(tmp_path, content):
    (tmp_path / "page.json").write_bytes(content)
    assert any(problem.refused for problem in load([tmp_path / "page.json"], Settings(now=NOW)).problems)
