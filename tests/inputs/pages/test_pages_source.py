"""Files as they come: several pages in one, broken ones, hostile ones. Nothing is raised, everything is told."""

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.inputs.files import Input
from auditor.inputs.pages import amo, bitrix, read_pages
from auditor.inputs.pages.source import read_items
from auditor.inputs.tables import HISTORY_EVENTS
from auditor.settings import Limits, Settings

DEAL = {"ID": "1", "STAGE_ID": "NEW", "DATE_CREATE": "2024-03-04T09:00:00+03:00"}
LEAD = {"id": 1, "status_id": 142, "pipeline_id": 5, "created_at": 1_709_532_000}


UNKNOWN = "no known page of amoCRM or Bitrix24 looks like this one (its fields: {}); it was left out"


def ids(found: Any) -> list[str]:
    return [row["id"] for row in found.table("deals")]


def test_a_list_of_pages_and_a_page_a_line(read):
    pages = [{"result": [DEAL]}, {"result": [DEAL | {"ID": "2"}]}]
    lines = "\n\n".join(json.dumps(page) for page in pages).encode()
    assert ids(read(listed=pages)) == ids(read(lines=lines)) == ["1", "2"]


def test_records_are_numbered_through_their_file(read):
    pages = [{"result": [DEAL]}, {"_embedded": {"leads": [LEAD, {"id": 2}]}}]
    found = read(both=pages)
    assert [(part.reader, list(part.frame["row"]), part.rows) for part in found.parts] == [
        ("amocrm leads", [2], 2),
        ("bitrix24 deals", [1], 1),
    ]
    assert "both.json:3 this deal has no number or no time of creation and was left out" in found.said


def test_records_without_their_envelope(read):
    assert ids(read(bare=[DEAL])) == ["1"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_unicode_of_any_kind(read, encoding):
    content = json.dumps({"result": [DEAL | {"TITLE": "Шкаф"}]}, ensure_ascii=False).encode(encoding)
    assert read(page=content).table("deals")[0]["title"] == "Шкаф"


def refusals(found: Any) -> list[tuple[str, bool]]:
    return [(problem.what, problem.refused) for problem in found.problems]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"result": [{"ID"', "the file is no JSON, or was cut off: save the CRM's answer again"),
        (b"", "the file is no JSON, or was cut off: save the CRM's answer again"),
        (b"1\n2 3", "the file is no JSON, or was cut off: save the CRM's answer again"),
        (b"[" * 100_000, "the file is nested too deeply to be an answer of the CRM"),
        ('{"result": "Шкаф"}'.encode("cp1251"), "the file is not written in UTF-8: save the CRM's answer as it came"),
    ],
)
def test_files_that_cannot_be_read_are_refused(read, content, said):
    assert refusals(read(page=content)) == [(said, True)]


def test_a_file_that_is_not_there(tmp_path):
    parts, problems = read_pages([tmp_path / "gone.json"], Settings())
    assert parts == []
    assert [problem.refused for problem in problems] == [True]


def test_a_file_of_a_folder_is_no_refusal_and_is_called_by_its_label(tmp_path):
    (tmp_path / "broken.json").write_bytes(b"{")
    _parts, problems = read_pages([Input(tmp_path / "broken.json", "март/broken.json", named=False)], Settings())
    assert [(problem.place.file, problem.refused) for problem in problems] == [("март/broken.json", False)]


def test_a_file_too_large_is_refused_unread(read):
    large = "[" + " " * (1 << 20)
    assert refusals(read(Settings(limits=Limits(page_mb=1)), page=large)) == [
        (
            "the file is larger than 1 MB: save the pages in several files; if it is rightly so large, raise “page_mb” "
            "under [limits] in auditor.toml",
            True,
        )
    ]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (
            {"error": "expired_token", "error_description": "The access token has expired"},
            "the CRM answered with an error instead of data: The access token has expired",
        ),
        (
            {"title": "Unauthorized", "detail": "Неверный токен"},
            "the CRM answered with an error instead of data: Неверный токен",
        ),
        ({"weather": 1, "city": 2}, UNKNOWN.format("weather, city")),
        ({"_embedded": {"catalogs": []}}, UNKNOWN.format("catalogs")),
        ({"result": [{"foo": 1}]}, UNKNOWN.format("foo")),
        ({"_embedded": {"leads": 5}}, "the records of this page cannot be read: save the CRM's answer as it came"),
        ({"result": ["a", 1]}, "the records of this page cannot be read: save the CRM's answer as it came"),
        ({"result": True}, UNKNOWN.format("result")),
        (7, "there is no page of the CRM here, only a single value"),
    ],
)
def test_pages_that_are_none(read, page, said):
    assert refusals(read(page=page)) == [(said, False)]


def test_a_broken_line_among_good_ones(read):
    content = json.dumps({"result": [DEAL]}).encode() + b'\n{"result": [{\n'
    found = read(page=content)
    assert ids(found) == ["1"]
    assert "page.json:None line 2 is no JSON and was left out" in found.said


def test_an_empty_page_is_no_problem(read):
    found = read(one={"result": []}, two={"_embedded": {"events": []}}, three=[])
    assert (found.parts, found.problems) == ([], [])


def test_numbers_that_are_none(read):
    content = b'{"result": [{"ID": 1, "STAGE_ID": "NEW", "DATE_CREATE": "2024-03-04", "OPPORTUNITY": NaN,'
    content += b' "TITLE": "\\ud800"}]}'
    (row,) = read(page=content).table("deals")
    assert "amount" not in row
    assert row["title"] == "\ufffd"


AMO: dict[str, Any] = {
    "_links": {"self": {"href": "https://x.amocrm.ru/api/v4/leads"}},
    "_embedded": {
        "leads": [
            LEAD
            | {
                "custom_fields_values": [{"field_id": 3, "field_name": "Город", "values": [{"value": "К"}]}],
                "_embedded": {"contacts": [{"id": 7}], "tags": [{"name": "t"}]},
            }
        ],
        "contacts": [
            {"id": 7, "name": "П", "custom_fields_values": [{"field_code": "PHONE", "values": [{"value": "8"}]}]}
        ],
        "events": [
            {
                "id": "a",
                "type": "lead_status_changed",
                "entity_id": 1,
                "entity_type": "lead",
                "created_at": 1_709_532_000,
                "value_before": [],
                "value_after": [{"lead_status": {"id": 142, "pipeline_id": 5}}],
            },
            {
                "id": "b",
                "type": "outgoing_call",
                "entity_id": 7,
                "entity_type": "contact",
                "created_at": 1_709_532_000,
                "value_after": [{"note": {"id": 1}}],
            },
            {
                "id": "c",
                "type": "task_deadline_changed",
                "entity_id": 9,
                "entity_type": "task",
                "created_at": 1_709_532_000,
                "value_after": [{"task_deadline": {"timestamp": 1_709_532_000}}],
            },
        ],
        "notes": [
            {"id": 1, "note_type": "call_out", "created_at": 1_709_532_000, "params": {"duration": 5, "call_status": 4}}
        ],
        "tasks": [
            {"id": 9, "entity_id": 1, "entity_type": "leads", "created_at": 1_709_532_000, "result": {"text": "да"}}
        ],
        "users": [{"id": 11, "name": "А"}],
        "pipelines": [{"id": 5, "name": "К", "_embedded": {"statuses": [{"id": 142, "name": "У"}]}}],
    },
}
BITRIX: list[Any] = [
    {"result": [DEAL | {"CONTACT_ID": "7", "UF_CRM_1": ["1"], "PHONE": [{"VALUE": "8"}]}]},
    {"result": {"items": [{"ID": 1, "TYPE_ID": 1, "OWNER_ID": 1, "CREATED_TIME": "2024-03-04", "STAGE_ID": "C1:WON"}]}},
    {
        "result": [
            {
                "ID": "3",
                "OWNER_ID": "7",
                "OWNER_TYPE_ID": "3",
                "TYPE_ID": "2",
                "CREATED": "2024-03-04",
                "COMPLETED": "Y",
                "SETTINGS": {"MISSED_CALL": 1},
                "FILES": [{"id": 1}],
            }
        ]
    },
    {"result": [{"ID": "4", "CALL_START_DATE": "2024-03-04", "CALL_DURATION": "9", "CRM_ACTIVITY_ID": "3"}]},
    {
        "result": [
            {"ID": "5", "ENTITY_ID": "1", "ENTITY_TYPE": "deal", "CREATED": "2024-03-04", "COMMENT": "к", "FILES": {}}
        ]
    },
    {"result": {"tasks": [{"id": "6", "createdDate": "2024-03-04", "ufCrmTask": ["D_1"], "responsible": {"id": 5}}]}},
    {"result": [{"ID": "8", "NAME": "Я", "ACTIVE": True}]},
    {"result": [{"ID": "9", "ENTITY_ID": "DEAL_STAGE", "STATUS_ID": "NEW", "NAME": "Н"}]},
    {"result": {"ID": {"type": "integer"}, "UF_CRM_1": {"type": "enumeration", "items": [{"ID": "1", "VALUE": "в"}]}}},
]

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
    st.just([[[]]]),
    st.just({"a": {"b": []}}),
    st.just([None, 1, "x", {}]),
    st.just(10**30),
    st.just("9999-12-31T23:59:59+00:00"),
    st.just("0001-01-01T00:00:00+14:00"),
    st.just("31.02.2024"),
    st.just("\ud800"),
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value of a document."""
    keys = node.keys() if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    return [path] + [found for key in keys for found in places(node[key], (*path, key))]


def replaced(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    result = copy.deepcopy(document)
    node = result
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return result


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), whole=st.sampled_from([AMO, BITRIX]))
def test_any_value_of_any_page_may_be_anything(read, data, whole, tmp_path):
    for _ in range(data.draw(st.integers(1, 3))):
        whole = replaced(whole, data.draw(st.sampled_from(places(whole))), data.draw(JUNK))
    found = read(page=json.dumps(whole).encode())
    items = read_items([Input(tmp_path / "page.json", "page.json", named=True)], Limits()).items
    assert sum(part.rows for part in found.parts) == sum(item.kind in {**amo.TABLES, **bitrix.TABLES} for item in items)
    for part in found.parts:
        assert part.rows >= part.joined + part.frame["row"].nunique()
        if part.table == "history":
            assert set(part.frame["event"]) <= set(HISTORY_EVENTS)
            assert part.frame[["deal", "time"]].notna().all(axis=None)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    document=st.recursive(
        JUNK,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["result", "_embedded", "leads", "events", "items", "ID", "STAGE_ID", "id", "tasks", "_links"]
                ),
                inner,
                max_size=3,
            )
        ),
        max_leaves=12,
    )
)
def test_any_document(read, document):
    read(page=json.dumps(document).encode())


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=60))
def test_any_bytes(read, content):
    read(page=content)


def test_a_link_that_is_no_address_leaves_the_deal(read):
    lead = {"id": 1, "name": "a", "created_at": 1709280000, "status_id": 142, "pipeline_id": 5}
    page = {"_embedded": {"leads": [{**lead, "_links": {"self": {"href": "https://["}}}]}}
    assert [row["id"] for row in read(leads=page).table("deals")] == ["1"]
    assert "link" not in read(leads=page).table("deals")[0]


def test_a_field_of_its_own_for_each_deal_is_told_and_costs_no_more_than_other_fields(read):
    """The fields that most deals have are kept."""
    deals = [{"ID": str(n), "STAGE_ID": "NEW", "DATE_CREATE": "2024-03-01", "UF_CRM_ALL": "y"} for n in range(12_000)]
    for number, deal in enumerate(deals[:1_500]):
        deal[f"UF_CRM_{number}"] = "x"
    found = read(deals={"result": deals})
    kept = [name for name in found.columns("deals") if name.startswith("field:UF_CRM_")]
    assert len(kept) == 8_000_000 // 12_000 and "field:UF_CRM_ALL" in kept
    assert any("fields, more than any account has; the rarest were left out" in line for line in found.said)


def test_many_answers_of_one_kind_that_is_not_known_are_one_line(read):
    batch = {f"cmd{n}": [{"ID": str(n), "TITLE": "x"}] for n in range(30)}
    assert read(leads={"result": {"result": batch}}).said == [
        "leads.json:None no known page of amoCRM or Bitrix24 looks like these 30 answers (their fields: ID, TITLE); "
        "they were left out"
    ]
