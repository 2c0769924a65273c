"""One life of a deal, told by both CRMs, is one history."""

from datetime import datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MOSCOW = timezone(timedelta(hours=3))
START = datetime(2024, 3, 4, 9, tzinfo=MOSCOW)
STAGES = ("Новая заявка", "Замер", "Договор", "Кухня оплачена", "Отказ")
AMO = dict(zip(STAGES, (51, 52, 53, 142, 143), strict=True))
BITRIX = dict(zip(STAGES, ("NEW", "1", "2", "WON", "LOSE"), strict=True))
SEMANTICS = {"Кухня оплачена": "S", "Отказ": "F"}
Life = list[tuple[str, int]]
"""Stages in order, each with the seconds since the deal was created."""


def amo_pages(life: Life) -> dict[str, Any]:
    def status(stage: str) -> list[Any]:
        return [{"lead_status": {"id": AMO[stage], "pipeline_id": 5}}]

    start = int(START.timestamp())
    moves = [
        {"id": f"e{number}", "type": "lead_status_changed", "entity_id": 100, "entity_type": "lead", "created_by": 11,
         "created_at": start + after, "value_before": status(before), "value_after": status(stage)}
        for number, ((before, _then), (stage, after)) in enumerate(pairwise(life))
    ]  # fmt: skip
    added = {"id": "e", "type": "lead_added", "entity_id": 100, "entity_type": "lead", "created_at": start}
    statuses = [{"id": number, "name": name} for name, number in AMO.items()]
    lead = {"id": 100, "name": "Кухня", "price": 5, "responsible_user_id": 11, "status_id": AMO[life[-1][0]],
            "pipeline_id": 5, "created_at": start}  # fmt: skip
    return {
        "events": {"_embedded": {"events": [added, *moves]}},
        "leads": {"_embedded": {"leads": [lead]}},
        "pipelines": {"_embedded": {"pipelines": [{"id": 5, "name": "Кухни", "_embedded": {"statuses": statuses}}]}},
        "users": {"_embedded": {"users": [{"id": 11, "name": "Анна Белова"}]}},
    }


def bitrix_pages(life: Life) -> dict[str, Any]:
    def when(after: int) -> str:
        return (START + timedelta(seconds=after)).astimezone(timezone(timedelta(hours=1))).isoformat()

    records = [
        {"ID": number, "TYPE_ID": 1 if number == 1 else 2, "OWNER_ID": 100, "CREATED_TIME": when(after),
         "CATEGORY_ID": 0, "STAGE_SEMANTIC_ID": SEMANTICS.get(stage, "P"), "STAGE_ID": BITRIX[stage]}
        for number, (stage, after) in enumerate(life, 1)
    ]  # fmt: skip
    statuses = [
        {
            "ID": str(number),
            "ENTITY_ID": "DEAL_STAGE",
            "STATUS_ID": code,
            "NAME": name,
            "SEMANTICS": SEMANTICS.get(name),
        }
        for number, (name, code) in enumerate(BITRIX.items(), 1)
    ]
    deal = {"ID": "100", "TITLE": "Кухня", "OPPORTUNITY": "5.00", "ASSIGNED_BY_ID": "11", "CATEGORY_ID": "0",
            "STAGE_ID": BITRIX[life[-1][0]], "DATE_CREATE": when(0)}  # fmt: skip
    return {
        "history": {"result": {"items": records}},
        "deals": {"result": [deal]},
        "statuses": {"result": statuses},
        "categories": {"result": {"categories": [{"id": 0, "name": "Кухни", "entityTypeId": 2}]}},
        "people": {"result": [{"ID": "11", "ACTIVE": True, "NAME": "Анна", "LAST_NAME": "Белова"}]},
    }


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A deal is created in an open stage and moves on, reopenings included; every move is to another stage."""
    life: Life = [(draw(st.sampled_from(STAGES[:3])), 0)]
    for _ in range(draw(st.integers(0, 6))):
        stage = draw(st.sampled_from([name for name in STAGES if name != life[-1][0]]))
        life.append((stage, life[-1][1] + draw(st.integers(0, 100_000))))
    return life


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(life=lives())
def test_both_crms_tell_one_history(read, life):
    amo, bitrix = read(**amo_pages(life)), read(**bitrix_pages(life))
    told = [{name: value for name, value in row.items() if name != "author"} for row in amo.table("history")]
    assert told == bitrix.table("history")
    moves = [row["after"] for row in told if row["event"] == "stage"]
    assert moves == [stage for stage, _after in life[1:]]
    assert len([row for row in told if row["event"] == "closed"]) == len([s for s, _ in life[1:] if s in SEMANTICS])
    assert amo.problems == bitrix.problems == []


def test_both_crms_tell_one_deal(read):
    life = [("Новая заявка", 0), ("Замер", 60)]
    assert (
        read(**amo_pages(life)).table("deals")
        == read(**bitrix_pages(life)).table("deals")
        == [
            {
                "id": "100",
                "entity": "deal",
                "title": "Кухня",
                "pipeline": "Кухни",
                "stage": "Замер",
                "manager": "Анна Белова",
                "created": "2024-03-04 09:00:00",
                "amount": 5.0,
            }
        ]
    )
