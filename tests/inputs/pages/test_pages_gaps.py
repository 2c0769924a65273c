"""What missing pages leave unseen: the time between the records of their neighbours."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]
HOST = "https://x.amocrm.ru/api/v4"
T = 1_709_532_000  # 2024-03-04 09:00:00 in Moscow
HOUR = 3600
BEGIN, END = "2000-01-01 00:00", "2136-01-01 00:00"


def event(hour: float) -> dict[str, Any]:
    return {"id": f"e{hour}", "type": "outgoing_call", "entity_id": 100, "entity_type": "lead", "created_by": 11,
            "created_at": T + int(hour * HOUR)}  # fmt: skip


def events(number: int, *hours: float, more: bool = True) -> dict[str, Any]:
    links = {"self": {"href": f"{HOST}/events?page={number}"}}
    if more:
        links["next"] = {"href": f"{HOST}/events?page={number + 1}"}
    return {"_links": links, "_embedded": {"events": [event(hour) for hour in hours]}}


def tasks(number: int, hour: float) -> dict[str, Any]:
    item = {"id": number, "entity_id": 100, "entity_type": "leads", "created_at": T + int(hour * HOUR), "text": "x",
            "complete_till": T, "is_completed": False, "responsible_user_id": 11}  # fmt: skip
    return {"_links": {"self": {"href": f"{HOST}/tasks?page={number}"}}, "_embedded": {"tasks": [item]}}


LEADS = {
    "_links": {},
    "_embedded": {"leads": [{"id": 100, "name": "А", "created_at": T, "status_id": 1, "pipeline_id": 1}]},
}


def gaps(read: Read, **pages: Any) -> list[tuple[str, str]]:
    return [
        (str(gap.first).replace("T", " ")[:16], str(gap.last).replace("T", " ")[:16])
        for part in read(leads=LEADS, **pages).parts
        for gap in part.gaps
    ]


@pytest.mark.parametrize(
    ("pages", "unseen"),
    [
        ((events(1, 0, 1), events(2, 2, 3, more=False)), []),
        ((events(1, 0, 1), events(3, 5, 6, more=False)), [("2024-03-04 10:00", "2024-03-04 14:00")]),
        ((events(1, 6, 5), events(3, 1, 0, more=False)), [("2024-03-04 10:00", "2024-03-04 14:00")]),
        ((events(1, 0, 1),), [("2024-03-04 10:00", END)]),
        ((events(1, 1, 0),), [(BEGIN, "2024-03-04 09:00")]),
        ((events(2, 4, 5, more=False),), [(BEGIN, "2024-03-04 13:00")]),
        ((events(2, 5, 4, more=False),), [("2024-03-04 14:00", END)]),
        ((events(1, 0, 5), events(3, 4, 6, more=False)), [(BEGIN, END)]),
        ((events(1, 0),), [(BEGIN, END)]),
        ((events(1, 2, 2),), [(BEGIN, END)]),
    ],
    ids=[
        "none is missing", "the old first", "the new first", "the last of the old first", "the last of the new first",
        "the first of the old first", "the first of the new first", "in no order", "of one record", "of one moment",
    ],
)  # fmt: skip
def test_a_missing_page_leaves_unseen_what_lies_between_its_neighbours(
    read: Read, pages: tuple[Any, ...], unseen: list[tuple[str, str]]
) -> None:
    assert gaps(read, **{f"p{number}": page for number, page in enumerate(pages)}) == unseen


def test_a_gap_is_one_of_all_that_its_list_carries(read: Read) -> None:
    parts = read(leads=LEADS, a=events(1, 0, 1)).parts
    [gap] = [gap for part in parts for gap in part.gaps]
    assert {"call", "stage", "message"} <= gap.kinds and "task" not in gap.kinds


def test_tasks_of_a_missing_page_are_moved_and_done_long_after(read: Read) -> None:
    assert gaps(read, a=tasks(1, 0), b=tasks(3, 5)) == [("2024-03-04 09:00", END)]


def test_a_list_without_numbers_ends_where_its_last_page_is_missing(read: Read) -> None:
    rows = [
        {
            "ID": str(n),
            "OWNER_ID": "1",
            "STAGE_ID": "NEW",
            "TYPE_ID": "1",
            "CREATED_TIME": f"2024-03-04T1{n}:00:00+03:00",
        }
        for n in range(3)
    ]
    deals = {"result": [{"ID": "1", "STAGE_ID": "NEW", "CATEGORY_ID": "0", "DATE_CREATE": "2024-03-04T09:00:00+03:00"}]}
    assert gaps(read, deals=deals, s={"result": {"items": rows}, "next": 50}) == [("2024-03-04 12:00", END)]
    whole = {"result": {"items": rows}, "total": 3}
    assert gaps(read, deals=deals, s=whole) == []
    assert gaps(read, deals=deals, s=whole | {"total": 4}) == [(BEGIN, END)]


def test_deals_of_a_missing_page_leave_no_stream_unseen(read: Read) -> None:
    links = {"self": {"href": f"{HOST}/leads?page=1"}, "next": {"href": f"{HOST}/leads?page=2"}}
    found = read(leads=LEADS | {"_links": links}, a=events(1, 0, more=False))
    assert [gap for part in found.parts for gap in part.gaps] == []
    assert any("page 2 of this list is missing" in line for line in found.said)
