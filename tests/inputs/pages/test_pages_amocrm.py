"""A kitchen studio's account, saved page by page from amoCRM's API."""

from typing import Any

import pytest

HOST = "https://kuhni.amocrm.ru"
T = 1_709_532_000  # 2024-03-04 09:00:00 in Moscow, a Monday


def page(kind: str, *items: Any, number: int = 1, path: str = "leads", more: bool = False) -> dict[str, Any]:
    links = {"self": {"href": f"{HOST}/api/v4/{path}?page={number}"}}
    if more:
        links["next"] = {"href": f"{HOST}/api/v4/{path}?page={number + 1}"}
    return {"_page": number, "_links": links, "_embedded": {kind: list(items)}}


USERS = page("users", {"id": 11, "name": "Анна Белова"}, {"id": 12, "name": "Олег Крылов"}, path="users")
PIPELINES = page(
    "pipelines",
    {
        "id": 5,
        "name": "Кухни",
        "_embedded": {
            "statuses": [
                {"id": 51, "name": "Новая заявка", "pipeline_id": 5},
                {"id": 52, "name": "Замер", "pipeline_id": 5},
                {"id": 142, "name": "Кухня оплачена", "pipeline_id": 5},
                {"id": 143, "name": "Отказ", "pipeline_id": 5},
            ]
        },
    },
    {"id": 6, "name": "Сервис", "_embedded": {"statuses": [{"id": 142, "name": "Починили", "pipeline_id": 6}]}},
    path="leads/pipelines",
)
CONTACTS = page(
    "contacts",
    {
        "id": 700,
        "name": "Пётр Клиентов",
        "custom_fields_values": [
            {"field_id": 1, "field_code": "PHONE", "values": [{"value": "8 (916) 555-44-33", "enum_code": "WORK"}]},
            {"field_id": 2, "field_code": "EMAIL", "values": [{"value": "petr@example.com"}]},
        ],
    },
    path="contacts",
)


def lead(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": number,
        "name": f"Кухня {number}",
        "price": 250_000,
        "responsible_user_id": 11,
        "status_id": 51,
        "pipeline_id": 5,
        "loss_reason_id": None,
        "created_at": T,
        "closed_at": None,
        "is_deleted": False,
        "custom_fields_values": None,
        "_links": {"self": {"href": f"{HOST}/api/v4/leads/{number}"}},
        "_embedded": {"tags": [], "contacts": [{"id": 700, "is_main": True}]},
        **changes,
    }


def event(
    kind: str, at: int, before: Any = (), after: Any = (), entity: str = "lead", number: int = 100, by: int = 11
) -> Any:
    return {
        "id": f"{kind}{at}{number}",
        "type": kind,
        "entity_id": number,
        "entity_type": entity,
        "created_by": by,
        "created_at": at,
        "value_before": list(before),
        "value_after": list(after),
    }


def status(number: int, pipeline: int = 5) -> list[Any]:
    return [{"lead_status": {"id": number, "pipeline_id": pipeline}}]


def test_a_deal_with_all_that_its_page_says(read):
    fields = [
        {"field_id": 31, "field_name": "Город", "field_type": "text", "values": [{"value": "Казань"}]},
        {"field_id": 32, "field_name": "Дата замера", "field_type": "date", "values": [{"value": T + 86_400}]},
        {"field_id": 33, "field_name": "Звонить после", "field_type": "date_time", "values": [{"value": T + 90}]},
        {
            "field_id": 34,
            "field_name": "Стиль",
            "field_type": "multiselect",
            "values": [{"value": "лофт"}, {"value": "эко"}],
        },
        {"field_id": 35, "field_name": "Рассрочка", "field_type": "checkbox", "values": [{"value": True}]},
    ]
    sold = lead(
        100,
        status_id=143,
        closed_at=T + 7200,
        custom_fields_values=fields,
        _embedded={
            "tags": [{"id": 1, "name": "VIP"}, {"id": 2, "name": "повтор"}],
            "contacts": [{"id": 701}, {"id": 700, "is_main": True}],
            "loss_reason": [{"id": 9, "name": "Дорого"}],
        },
    )
    found = read(leads=page("leads", sold), users=USERS, pipelines=PIPELINES, contacts=CONTACTS)
    assert found.table("deals") == [
        {
            "id": "100",
            "entity": "deal",
            "title": "Кухня 100",
            "pipeline": "Кухни",
            "stage": "Отказ",
            "manager": "Анна Белова",
            "created": "2024-03-04 09:00:00",
            "closed": "2024-03-04 11:00:00",
            "outcome": "lost",
            "reason": "Дорого",
            "amount": 250_000.0,
            "contact": "Пётр Клиентов",
            "phone": "79165554433",
            "email": "petr@example.com",
            "tags": "VIP, повтор",
            "link": "https://kuhni.amocrm.ru/leads/detail/100",
            "field:Город": "Казань",
            "field:Дата замера": "05.03.2024",
            "field:Звонить после": "04.03.2024 09:01",
            "field:Стиль": "лофт, эко",
            "field:Рассрочка": "Да",
        }
    ]
    assert found.problems == []


def test_times_are_local_to_the_account(read):
    from auditor.settings import Settings

    found = read(Settings(timezone="Asia/Vladivostok"), leads=page("leads", lead(100)))
    assert found.table("deals")[0]["created"] == "2024-03-04 16:00:00"


def test_fields_that_no_deal_fills_are_columns_when_a_page_names_them(read):
    fields = page("custom_fields", {"id": 40, "name": "Бриф", "type": "text"}, path="leads/custom_fields")
    of_contacts = page("custom_fields", {"id": 41, "name": "Должность", "type": "text"}, path="contacts/custom_fields")
    found = read(leads=page("leads", lead(100)), fields=fields, others=of_contacts)
    assert "field:Бриф" in found.columns("deals")
    assert "field:Должность" not in found.columns("deals")


def test_reasons_are_named_by_their_page(read):
    reasons = page("loss_reasons", {"id": 9, "name": "Не тот срок"}, path="leads/loss_reasons")
    found = read(leads=page("leads", lead(100, status_id=143, loss_reason_id=9)), reasons=reasons)
    assert found.table("deals")[0]["reason"] == "Не тот срок"


def test_an_id_that_looks_like_a_placeholder_stays_the_id_of_no_deal(read):
    events = page("events", event("lead_status_changed", T + 900, status(52), status(142), number="NONE"))
    found = read(leads=page("leads", lead(100, name="NONE")), events=events)
    assert found.table("deals")[0].get("title") is None
    assert found.table("history")[0]["deal"] == "NONE"


def test_history_tells_who_moved_what_when(read):
    events = page(
        "events",
        event("lead_status_changed", T + 900, status(52), status(142, 6)),
        event(
            "sale_field_changed",
            T + 800,
            [{"sale_field_value": {"sale": "100"}}],
            [{"sale_field_value": {"sale": "250000"}}],
        ),
        event(
            "custom_field_31_value_changed",
            T + 700,
            [],
            [{"custom_field_value": {"field_id": 31, "field_type": 1, "enum_id": None, "text": "Казань"}}],
        ),
        event(
            "entity_responsible_changed",
            T + 600,
            [{"responsible_user": {"id": 12}}],
            [{"responsible_user": {"id": 11}}],
            by=0,
        ),
        event("lead_status_changed", T + 500, status(51), status(52), by=12),
        event("lead_added", T, by=12),
        path="events",
    )
    captions = page("custom_fields", {"id": 31, "name": "Город", "type": "text"}, path="leads/custom_fields")
    found = read(leads=page("leads", lead(100)), events=events, users=USERS, pipelines=PIPELINES, fields=captions)
    common = {"deal": "100", "entity": "deal"}
    assert found.table("history") == [
        common
        | {
            "time": "2024-03-04 09:15:00",
            "event": "stage",
            "author": "Анна Белова",
            "before": "Замер",
            "after": "Починили",
            "pipeline": "Сервис",
            "pipeline_before": "Кухни",
        },
        common | {"time": "2024-03-04 09:15:00", "event": "closed", "author": "Анна Белова", "after": "won"},
        common
        | {
            "time": "2024-03-04 09:13:20",
            "event": "field",
            "author": "Анна Белова",
            "field": "Бюджет",
            "before": "100",
            "after": "250000",
        },
        common
        | {
            "time": "2024-03-04 09:11:40",
            "event": "field",
            "author": "Анна Белова",
            "field": "Город",
            "after": "Казань",
        },
        common
        | {"time": "2024-03-04 09:10:00", "event": "responsible", "before": "Олег Крылов", "after": "Анна Белова"},
        common
        | {
            "time": "2024-03-04 09:08:20",
            "event": "stage",
            "author": "Олег Крылов",
            "before": "Новая заявка",
            "after": "Замер",
            "pipeline": "Кухни",
            "pipeline_before": "Кухни",
        },
        common | {"time": "2024-03-04 09:00:00", "event": "created", "author": "Олег Крылов"},
    ]
    assert found.problems == []


def test_a_date_field_changed_is_a_date_in_the_history(read):
    changed = event(
        "custom_field_value_changed", T + 5, [], [{"custom_field_value": {"field_id": 32, "text": str(T + 86_400)}}]
    )
    captions = page("custom_fields", {"id": 32, "name": "Дата замера", "type": "date"}, path="leads/custom_fields")
    found = read(leads=page("leads", lead(100)), events=page("events", changed), fields=captions)
    assert found.table("history")[0]["after"] == "05.03.2024"


def note(
    number: int, kind: str, at: int, path: str = "leads/100", entity: int = 100, by: int = 11, **params: Any
) -> Any:
    return {
        "id": number,
        "entity_id": entity,
        "created_by": by,
        "created_at": at,
        "note_type": kind,
        "params": params,
        "_links": {"self": {"href": f"{HOST}/api/v4/{path}/notes/{number}"}},
    }


def test_a_call_told_by_an_event_and_its_note_is_one_row(read):
    events = page("events", event("outgoing_call", T + 60, after=[{"note": {"id": 1}}], entity="contact", number=700))
    notes = page(
        "notes",
        note(1, "call_out", T + 60, "contacts/700", 700, by=0, duration=75, call_status=4, phone="+79165554433",
             link="https://rec.example/1", call_responsible=12),
        path="contacts/notes",
    )  # fmt: skip
    found = read(leads=page("leads", lead(100)), events=events, notes=notes, users=USERS, contacts=CONTACTS)
    assert found.table("activities") == [
        {
            "deal": "100",
            "entity": "deal",
            "time": "2024-03-04 09:01:00",
            "type": "call",
            "direction": "out",
            "outcome": "answered",
            "duration": 75.0,
            "author": "Олег Крылов",
            "phone": "79165554433",
            "recording": "https://rec.example/1",
        }
    ]


@pytest.mark.parametrize(
    ("status_of_call", "outcome"),
    [
        (1, "unclear"),
        (2, "unclear"),
        (3, "unanswered"),
        (4, "answered"),
        (5, "unanswered"),
        (6, "unanswered"),
        (7, "unanswered"),
        (9, "unclear"),
        (0, None),
        (None, None),
    ],
)
def test_outcome_of_a_call(read, status_of_call, outcome):
    notes = page("notes", note(1, "call_in", T + 60, call_status=status_of_call, duration=20))
    found = read(leads=page("leads", lead(100)), notes=notes)
    assert found.table("activities")[0].get("outcome") == outcome


def test_a_status_of_a_call_that_nobody_knows_is_told_once_with_its_number(read):
    calls = [note(number, "call_in", T + number, call_status=status) for number, status in enumerate((9, 4, 9, 1), 1)]
    found = read(leads=page("leads", lead(100)), notes=page("notes", *calls))
    assert [line for line in found.said if "outcome" in line] == [
        "notes.json:1 “9” (2 rows) is no outcome of a call that is known here; whether they were answered stays open"
    ]


def test_a_field_may_be_empty_by_another_name(read):
    fields = [{"field_id": 5, "field_name": "Город", "values": [{"value": "не выбрано"}]}]
    found = read(leads=page("leads", lead(100, custom_fields_values=fields)))
    assert "не выбрано" not in found.table("deals")[0].values()


def test_a_note_without_address_belongs_where_its_event_says(read):
    bare = note(1, "call_in", T + 60, entity=700, duration=0, call_status=6) | {"_links": {}}
    events = page("events", event("incoming_call", T + 60, after=[{"note": {"id": 1}}], entity="contact", number=700))
    notes = {"_page": 1, "_embedded": {"notes": [bare, {**bare, "id": 2, "entity_id": 999}]}}
    found = read(leads=page("leads", lead(100)), events=events, notes=notes, contacts=CONTACTS)
    assert [(row["deal"], row["outcome"]) for row in found.table("activities")] == [("100", "unanswered")]
    assert [line for line in found.said if "whose it is" in line] == [
        "notes.json:2 this note does not say whose it is, a deal's or a contact's: save the page of events beside it"
    ]


def test_a_call_of_a_contact_goes_to_the_deal_open_then(read):
    leads = page(
        "leads",
        lead(100, status_id=143, closed_at=T + 1000),
        lead(101, created_at=T + 500),
        lead(102, created_at=T + 100_000),
    )
    calls = [
        note(n, "call_out", at, "contacts/700", 700)
        for n, at in enumerate((T + 100, T + 600, T + 2000, T - 60, T - 90_000), 1)
    ]
    found = read(leads=leads, notes=page("notes", *calls), contacts=CONTACTS)
    told = [(row.get("deal"), row.get("contact"), row.get("phone")) for row in found.table("activities")]
    assert told == [
        ("100", None, None),
        ("101", None, None),  # both are open: the latest created
        ("101", None, None),
        ("100", None, None),  # the call that made the deal
        (None, "Пётр Клиентов", "79165554433"),  # more than a day before any deal
    ]


def test_links_that_only_the_contact_tells(read):
    alone = lead(100, _embedded={"tags": []})
    contact = {"id": 700, "name": "Пётр", "_embedded": {"leads": [{"id": 100}]}}
    found = read(
        leads=page("leads", alone),
        contacts=page("contacts", contact),
        notes=page("notes", note(1, "call_out", T + 9, "contacts/700", 700)),
    )
    assert found.table("activities")[0]["deal"] == "100"


def test_messages_letters_comments_files(read):
    events = page(
        "events",
        event("incoming_chat_message", T + 1, after=[{"message": {"id": "a", "origin": "whatsapp"}}], by=0),
        event("outgoing_chat_message", T + 2, after=[{"message": {"id": "b", "origin": "whatsapp"}}]),
        event("entity_direct_message", T + 3),
        event("common_note_added", T + 4, after=[{"note": {"id": 4}}]),
        event("outgoing_sms", T + 9, after=[{"note": {"id": 99}}]),
        event("entity_tag_added", T + 10),
        path="events",
    )
    notes = page(
        "notes",
        note(4, "common", T + 4, text="Клиент думает"),
        note(5, "attachment", T + 5, original_name="Лист просчёта.pdf"),
        note(6, "amomail_message", T + 6, income=False, subject="КП по кухне", attach_cnt=1),
        note(7, "amomail_message", T + 7, income=True, subject="Re: КП", attach_cnt=0, by=0),
        note(8, "sms_in", T + 8, text="Перезвоните", by=0),
        note(10, "service_message", T + 8, text="робот"),
    )  # fmt: skip
    found = read(leads=page("leads", lead(100)), events=events, notes=notes, users=USERS, pipelines=PIPELINES)
    common = {"deal": "100", "entity": "deal"}
    anna = {"author": "Анна Белова"}
    assert sorted(found.table("activities"), key=lambda row: row["time"]) == [
        common | {"time": "2024-03-04 09:00:01", "type": "message", "direction": "in", "channel": "whatsapp"},
        common | {"time": "2024-03-04 09:00:02", "type": "message", "direction": "out", "channel": "whatsapp"} | anna,
        common | {"time": "2024-03-04 09:00:03", "type": "chat"} | anna,
        common | {"time": "2024-03-04 09:00:04", "type": "comment", "text": "Клиент думает"} | anna,
        common | {"time": "2024-03-04 09:00:05", "type": "file", "name": "Лист просчёта.pdf"} | anna,
        common
        | {
            "time": "2024-03-04 09:00:06",
            "type": "email",
            "direction": "out",
            "text": "КП по кухне",
            "name": "КП по кухне",
        }
        | anna,
        common | {"time": "2024-03-04 09:00:07", "type": "email", "direction": "in", "text": "Re: КП"},
        common | {"time": "2024-03-04 09:00:08", "type": "sms", "direction": "in", "text": "Перезвоните"},
        common | {"time": "2024-03-04 09:00:09", "type": "sms", "direction": "out"} | anna,
    ]
    assert [problem.what for problem in found.problems] == [
        "notes of kind service_message are not read: 6",
        "events of kind entity_tag_added are not read: 6",
    ]


def task(number: int = 900, **changes: Any) -> dict[str, Any]:
    return {
        "id": number,
        "created_by": 12,
        "responsible_user_id": 11,
        "created_at": T + 10,
        "complete_till": T + 86_400,
        "entity_id": 100,
        "entity_type": "leads",
        "is_completed": True,
        "task_type_id": 1,
        "text": "Позвонить",
        "result": {"text": "Договорились"},
        **changes,
    }


def test_a_task_keeps_its_first_due_and_tells_its_moves(read):
    events = page(
        "events",
        event("task_completed", T + 90_000, entity="task", number=900),
        event(
            "task_deadline_changed",
            T + 3600,
            [{"task_deadline": {"timestamp": T + 7200}}],
            [{"task_deadline": {"timestamp": T + 86_400}}],
            entity="task",
            number=900,
        ),
        event("task_deleted", T + 4000, entity="task", number=901),
        path="events",
    )
    tasks = page("tasks", task(), task(901, is_completed=False, task_type_id=2, result=[], text="Замер"), path="tasks")
    found = read(leads=page("leads", lead(100)), tasks=tasks, events=events, users=USERS)
    common = {"deal": "100", "entity": "deal", "addressee": "Анна Белова"}
    first = common | {"task_id": "900", "text": "Позвонить", "kind": "звонок"}
    second = common | {"task_id": "901", "text": "Замер", "kind": "встреча"}
    assert found.table("activities") == [
        first
        | {
            "time": "2024-03-04 09:00:10",
            "type": "task",
            "author": "Олег Крылов",
            "due": "2024-03-04 11:00:00",
            "completed": "2024-03-05 10:00:00",
            "done": True,
            "result": "Договорились",
        },
        second | {"time": "2024-03-04 09:00:10", "type": "task", "author": "Олег Крылов", "due": "2024-03-05 09:00:00"},
        first
        | {"time": "2024-03-04 10:00:00", "type": "task_moved", "author": "Анна Белова", "due": "2024-03-05 09:00:00"},
        second | {"time": "2024-03-04 10:06:40", "type": "task_deleted", "author": "Анна Белова"},
    ]


def test_a_task_done_at_an_unknown_moment(read):
    found = read(leads=page("leads", lead(100)), tasks=page("tasks", task(), path="tasks"))
    (row,) = found.table("activities")
    assert row["done"] is True and "completed" not in row and row["due"] == "2024-03-05 09:00:00"


def test_events_of_a_task_that_is_on_no_page(read):
    found = read(events=page("events", event("task_completed", T, entity="task", number=77)))
    assert found.said == [
        "events.json:1 task 77 is on no saved page, so what was done with it cannot be attached: "
        "save the pages of tasks (api/v4/tasks)"
    ]


def test_names_that_no_page_tells_are_numbers_and_one_problem_each(read):
    events = page("events", event("lead_status_changed", T, status(51), status(52)), event("lead_added", T + 1))
    found = read(leads=page("leads", lead(100), lead(101)), events=events)
    assert found.table("history")[0]["before"] == "51" and found.table("history")[0]["author"] == "11"
    assert [row["manager"] for row in found.table("deals")] == ["11", "11"]
    save = "Save the answer of api/v4/{} beside the others"
    assert found.said == [
        f"leads.json:1 no saved page names these employees: 11; their numbers stand for the names. "
        f"{save.format('users')}",
        f"leads.json:1 no saved page names these pipelines: 5; their numbers stand for the names. "
        f"{save.format('leads/pipelines')}",
        f"leads.json:1 no saved page names these stages: 51, 52; they are called by these ids. "
        f"{save.format('leads/pipelines')}",
    ]


def test_many_ids_without_a_name_are_one_line(read):
    leads = [lead(number, responsible_user_id=number) for number in range(1, 101)]
    found = read(leads=page("leads", *leads), pipelines=PIPELINES)
    assert len(found.said) == 1
    assert "1, 2, 3" in found.said[0] and "19, 20 and 80 more" in found.said[0]


def test_final_stages_have_names_without_a_page(read):
    found = read(leads=page("leads", lead(100, status_id=142)), pipelines=page("pipelines", {"id": 5, "name": "Кухни"}))
    assert found.table("deals")[0]["stage"] == "Успешно реализовано"


def test_two_employees_of_one_name_stay_two(read):
    twins = page("users", {"id": 11, "name": "Анна Белова"}, {"id": 12, "name": "Анна Белова"}, path="users")
    found = read(leads=page("leads", lead(100), lead(101, responsible_user_id=12)), users=twins, pipelines=PIPELINES)
    assert [row["manager"] for row in found.table("deals")] == ["Анна Белова", "Анна Белова (12)"]
    assert found.said == [
        "users.json:2 two employees are called Анна Белова: the second is shown as “Анна Белова (12)”"
    ]


def test_pages_of_one_list_are_joined_and_repetitions_merged(read):
    found = read(
        a=page("leads", lead(100, updated_at=T + 50, price=2), more=True),
        b=page("leads", lead(100, updated_at=T + 10, price=1), lead(101), number=2),
    )
    assert [(row["id"], row["amount"]) for row in found.table("deals")] == [("100", 2.0), ("101", 250_000.0)]
    assert not [line for line in found.said if "last page" in line]


def test_a_missing_last_page_is_told(read):
    found = read(a=page("leads", lead(100), more=True), users=USERS, pipelines=PIPELINES)
    assert found.said == [
        "a.json:None page 2 of this list is missing: save it too, or what stands there is not checked"
    ]


def test_deals_without_what_every_deal_has(read):
    found = read(
        leads=page("leads", lead(100, created_at=None), lead(101, is_deleted=True), "?", lead(102, created_at=0))
    )
    assert found.table("deals") == []
    assert [line for line in found.said if "left out" in line] == [
        "leads.json:3 this record cannot be read and was left out",
        "leads.json:1 this deal has no number or no time of creation and was left out",
        "leads.json:2 this deal was deleted in the CRM and was left out",
        "leads.json:4 this deal has no number or no time of creation and was left out",
    ]


def test_a_single_lead_saved_alone(read):
    assert [row["id"] for row in read(one=lead(100)).table("deals")] == ["100"]


def test_what_each_kind_of_page_can_hold(read):
    found = read(
        events=page("events", event("lead_added", T)),
        notes=page("notes", note(1, "common", T)),
        leads=page("leads", lead(100)),
    )
    carries = {(part.table, part.reader): part.carries for part in found.parts}
    assert "call" in carries["activities", "amocrm notes"]
    assert "task" not in carries["activities", "amocrm notes"]
    assert "stage" in carries["history", "amocrm events"]
    assert carries["deals", "amocrm leads"] is None


def test_who_called_may_be_a_name(read):
    notes = page(
        "notes",
        note(1, "call_in", T, by=0, call_responsible=" Василий "),
        note(2, "call_in", T, by=0, call_responsible="12"),
    )
    found = read(leads=page("leads", lead(100)), notes=notes, users=USERS)
    assert [row["author"] for row in found.table("activities")] == ["Василий", "Олег Крылов"]


def test_the_event_tells_who_wrote_a_note_that_nobody_wrote(read):
    events = page("events", event("common_note_added", T, after=[{"note": {"id": 1}}], by=12))
    found = read(
        leads=page("leads", lead(100)), notes=page("notes", note(1, "common", T, by=0)), events=events, users=USERS
    )
    assert found.table("activities")[0]["author"] == "Олег Крылов"


def test_rarer_notes_and_events(read):
    notes = page(
        "notes",
        note(1, "invoice_paid", T, text="Счёт 5", amount=900),
        note(2, "common", T, text="!") | {"is_pinned": True},
    )
    events = page(
        "events",
        event("robot_replied", T, by=0),
        event("name_field_changed", T, [{"name_field_value": {"name": "А"}}], [{"name_field_value": {"name": "Б"}}]),
    )
    found = read(leads=page("leads", lead(100)), notes=notes, events=events, users=USERS)
    paid, pinned, robot = found.table("activities")
    assert (paid["type"], paid["amount"]) == ("payment", 900.0)
    assert (pinned["type"], pinned["pinned"]) == ("comment", True)
    assert (robot["type"], robot["direction"], robot.get("author")) == ("message", "out", None)
    (renamed,) = found.table("history")
    assert (renamed["field"], renamed["before"], renamed["after"]) == ("Название", "А", "Б")


def test_companies_have_deals_too(read):
    deal = lead(100, _embedded={"tags": [], "companies": [{"id": 800}]})
    companies = page("companies", {"id": 800, "name": "ООО Окна"}, {"id": 801, "name": "ООО Двери"}, path="companies")
    notes = page(
        "notes", note(1, "call_out", T + 5, "companies/800", 800), note(2, "call_out", T + 5, "companies/801", 801)
    )
    found = read(leads=page("leads", deal), companies=companies, notes=notes)
    assert [(row.get("deal"), row.get("contact")) for row in found.table("activities")] == [
        ("100", None),
        (None, "ООО Двери"),
    ]


def test_statuses_source_and_types_of_tasks_from_their_own_pages(read):
    statuses = page(
        "statuses", {"id": 51, "name": "Замер назначен", "pipeline_id": 5}, path="leads/pipelines/5/statuses"
    )
    types = page("task_types", {"id": 77, "name": "Замер"}, path="account")
    deal = lead(100) | {"_embedded": {"source": {"id": 1, "name": "Сайт"}}}
    tasks = page("tasks", task(900, task_type_id=77), task(901, task_type_id=78))
    found = read(leads=page("leads", deal), statuses=statuses, types=types, tasks=tasks)
    assert (found.table("deals")[0]["stage"], found.table("deals")[0]["source"]) == ("Замер назначен", "Сайт")
    assert [row["kind"] for row in found.table("activities")] == ["Замер", "другое"]


def test_birthdays_are_days(read):
    born = [{"field_id": 1, "field_name": "Родился", "field_type": "birthday", "values": [{"value": T}]}]
    found = read(leads=page("leads", lead(100, custom_fields_values=born)))
    assert found.table("deals")[0]["field:Родился"] == "04.03.2024"


def test_things_that_are_no_deals_are_passed_over(read):
    events = page(
        "events",
        event("outgoing_call", T, entity="customer", number=3),
        event("lead_status_changed", T, entity="contact"),
    )
    found = read(leads=page("leads", lead(100)), events=events, tasks=page("tasks", task(1, entity_type="customers")))
    assert found.table("activities") == found.table("history") == []


def test_records_without_time_or_meaning(read):
    found = read(
        events=page(
            "events",
            event("lead_added", 0),
            event("outgoing_sms", 0),
            event("task_completed", 0, entity="task", number=9),
            event("lead_status_changed", T, [], []),
            event("custom_field_value_changed", T, [], []),
            event("lead_added", T, number=0),
        ),
        notes=page("notes", note(1, "common", 0)),
        tasks=page("tasks", task(9, created_at=None)),
    )
    assert found.table("history") == found.table("activities") == []
    assert sorted(line for line in found.said if "names these" not in line) == [
        "events.json:1 this event has no time or no deal and was left out",
        "events.json:2 this event has no time and was left out",
        "events.json:3 this event has no time and was left out",
        "events.json:4 this event does not say into which stage the deal moved",
        "events.json:5 this event does not say which field was changed",
        "events.json:6 this event has no time or no deal and was left out",
        "notes.json:1 this note has no time and was left out",
        "tasks.json:1 this task has no time of creation and was left out",
    ]


def test_what_is_known_of_items_that_could_not_be_read(read):
    events = page(
        "events",
        event("outgoing_call", "вчера"),
        event("lead_status_changed", T + 1, after=[{"lead_status": {}}]),
        event("entity_responsible_changed", None),
        event("mind_read", T + 2),
        event("entity_merged", T + 3),
        path="events",
    )
    notes = page("notes", note(4, "call_in", None), note(5, "dream", T + 5), note(6, "geolocation", T + 6))
    found = read(leads=page("leads", lead(100)), events=events, notes=notes, users=USERS, pipelines=PIPELINES)
    common = {"deal": "100", "entity": "deal"}
    assert sorted(found.unread, key=str) == sorted([
        common | {"kind": "call", "direction": "out"},
        common | {"kind": "stage", "first": "2024-03-04 09:00:01"},
        common | {"kind": "responsible"},
        common | {"first": "2024-03-04 09:00:02"},
        common | {"kind": "call", "direction": "in"},
        common | {"first": "2024-03-04 09:00:05"},
    ], key=str)  # fmt: skip


def test_pages_that_are_missing_are_told_wherever_they_stand(read):
    def numbered(path: str, here: int, *, more: bool) -> dict[str, Any]:
        address = f"https://x.amocrm.ru/api/v4/{path}?page={{}}&limit=1"
        links = {"self": {"href": address.format(here)}}
        if more:
            links["next"] = {"href": address.format(here + 1)}
        return {"_links": links, "_embedded": {"leads": [lead(100 + here)]}}

    missing = "page {} of this list is missing: save it too, or what stands there is not checked"
    told = {"users": USERS, "pipelines": PIPELINES}
    found = read(a=numbered("leads", 1, more=True), b=numbered("leads", 3, more=False), **told)
    assert found.said == ["a.json:None " + missing.format(2)]
    found = read(a=numbered("leads", 1, more=False), b=numbered("leads/7/x", 1, more=True), **told)
    assert found.said == ["b.json:None " + missing.format(2)]
    found = read(b=numbered("leads", 2, more=False), **told)
    assert found.said == ["b.json:None " + missing.format(1)]
    found = read(a=numbered("leads", 2, more=False), b=numbered("leads", 1, more=True), **told)
    assert found.said == []


def test_records_of_nobody_are_told_and_counted(read):
    found = read(
        tasks=page("tasks", task(1, entity_type=None), task(2, entity_id=None), task(3, id=None),
                   task(4, entity_type="customers"), task(5, complete_till="вчера")),
        events=page(
            "events", event("outgoing_call", T) | {"entity_id": None}, event("lead_status_changed", T, entity=""),
            event("task_completed", T, entity="task") | {"entity_id": None},
            event("custom_field_1_value_changed", T, entity="contact"),
        ),
        leads=page("leads", lead(100, price="abc", closed_at="вчера")),
        users=USERS, pipelines=PIPELINES,
    )  # fmt: skip
    whose = "this record does not say whose it is, a deal's or a contact's; it was left out"
    unclear = "can be read neither as a number nor as a date; taken as empty"
    assert sorted(found.said) == [
        "events.json:1 " + whose,
        "events.json:2 this event does not say whose it is and was left out",
        "events.json:3 this event does not say which task it is of",
        "events.json:None events of contact are no events of deals and were left out: 4",
        f"leads.json:1 “abc” {unclear}",
        f"leads.json:1 “вчера” {unclear}",
        "tasks.json:1 " + whose,
        "tasks.json:2 " + whose,
        "tasks.json:3 this task has no number and was left out",
        f"tasks.json:5 “вчера” {unclear}",
        "tasks.json:None records of customers belong to no deal and were left out: 4",
    ]
    assert sum(part.rows for part in found.parts) == 5 + 4 + 1


def test_what_is_empty_of_a_deleted_deal_hides_nothing(read):
    gone = dict.fromkeys(lead(100)) | {"id": 100, "is_deleted": True, "updated_at": 1_800_000_000}
    found = read(leads=page("leads", lead(100)), deleted=page("leads", gone), users=USERS, pipelines=PIPELINES)
    assert found.table("deals") == []
    assert found.said == ["leads.json:1 this deal was deleted in the CRM and was left out"]
