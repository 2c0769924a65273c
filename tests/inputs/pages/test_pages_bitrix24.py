"""A furniture portal, saved answer by answer from Bitrix24's REST."""

from pathlib import Path
from typing import Any

import pytest


def answer(result: Any, **more: Any) -> dict[str, Any]:
    return {"result": result, **more, "time": {"start": 1709532000.1, "finish": 1709532000.2}}


USERS = answer(
    [
        {"ID": "5", "ACTIVE": True, "NAME": "Иван", "LAST_NAME": "Петров", "EMAIL": "ip@example.com"},
        {"ID": "6", "ACTIVE": True, "NAME": "Мария", "LAST_NAME": "Орлова", "WORK_POSITION": "Руководитель"},
    ]
)
CATEGORIES = answer(
    {"categories": [{"id": 0, "name": "Мебель", "sort": 1, "entityTypeId": 2}, {"id": 3, "name": "Сервис", "sort": 2}]}
)
STATUSES = answer(
    [
        {"ID": "1", "ENTITY_ID": "DEAL_STAGE", "STATUS_ID": "NEW", "NAME": "Новая", "SEMANTICS": None},
        {"ID": "2", "ENTITY_ID": "DEAL_STAGE", "STATUS_ID": "1", "NAME": "Замер", "SEMANTICS": None},
        {"ID": "3", "ENTITY_ID": "DEAL_STAGE", "STATUS_ID": "WON", "NAME": "Договор оплачен", "SEMANTICS": "S"},
        {"ID": "4", "ENTITY_ID": "DEAL_STAGE", "STATUS_ID": "APOLOGY", "NAME": "Разбор отказа", "SEMANTICS": "F"},
        {"ID": "5", "ENTITY_ID": "DEAL_STAGE_3", "STATUS_ID": "C3:NEW", "NAME": "Рекламация", "SEMANTICS": None},
        {"ID": "6", "ENTITY_ID": "STATUS", "STATUS_ID": "NEW", "NAME": "Неразобранное", "SEMANTICS": None},
        {"ID": "7", "ENTITY_ID": "STATUS", "STATUS_ID": "CONVERTED", "NAME": "Качественный лид", "SEMANTICS": "S"},
        {"ID": "8", "ENTITY_ID": "STATUS", "STATUS_ID": "JUNK", "NAME": "Спам", "SEMANTICS": "F"},
        {"ID": "9", "ENTITY_ID": "SOURCE", "STATUS_ID": "WEB", "NAME": "Сайт", "SEMANTICS": None},
    ]
)
CONTACTS = answer(
    [
        {
            "ID": "70",
            "NAME": "Пётр",
            "LAST_NAME": "Клиентов",
            "PHONE": [{"ID": "1", "VALUE_TYPE": "WORK", "VALUE": "+7 (916) 555-44-33"}],
            "EMAIL": [{"ID": "2", "VALUE": "petr@example.com"}],
        }
    ]
)
NAMES = {"users": USERS, "categories": CATEGORIES, "statuses": STATUSES}


def deal(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "ID": str(number),
        "TITLE": f"Шкаф {number}",
        "STAGE_ID": "NEW",
        "CATEGORY_ID": "0",
        "STAGE_SEMANTIC_ID": "P",
        "OPPORTUNITY": "250000.00",
        "ASSIGNED_BY_ID": "5",
        "DATE_CREATE": "2024-03-04T09:00:00+03:00",
        **changes,
    }


def moved(number: int, owner: int, at: str, stage: str, kind: int = 2, semantics: str = "P") -> dict[str, Any]:
    return {
        "ID": number,
        "TYPE_ID": kind,
        "OWNER_ID": owner,
        "CREATED_TIME": f"2024-03-{at}+03:00",
        "CATEGORY_ID": 0,
        "STAGE_SEMANTIC_ID": semantics,
        "STAGE_ID": stage,
    }


def activity(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "ID": str(number),
        "OWNER_ID": "100",
        "OWNER_TYPE_ID": "2",
        "TYPE_ID": "6",
        "PROVIDER_ID": None,
        "PROVIDER_TYPE_ID": None,
        "ASSOCIATED_ENTITY_ID": "0",
        "SUBJECT": f"Дело {number}",
        "CREATED": "2024-03-04T10:00:00+03:00",
        "START_TIME": "2024-03-04T10:30:00+03:00",
        "DEADLINE": "9999-12-31T00:00:00+03:00",
        "COMPLETED": "N",
        "RESPONSIBLE_ID": "5",
        "AUTHOR_ID": "6",
        "DIRECTION": "0",
        **changes,
    }


def test_a_deal_with_all_that_its_pages_say(read):
    fields = answer(
        {
            "ID": {"type": "integer", "title": "ID"},
            "UF_CRM_1": {"type": "string", "title": "UF_CRM_1", "formLabel": "Город"},
            "UF_CRM_2": {"type": "date", "title": "UF_CRM_2", "listLabel": "Дата замера"},
            "UF_CRM_3": {
                "type": "enumeration",
                "formLabel": "Стиль",
                "items": [{"ID": "8", "VALUE": "лофт"}, {"ID": "9", "VALUE": "эко"}],
            },
            "UF_CRM_4": {"type": "boolean", "formLabel": "Рассрочка"},
            "UF_CRM_5": {"type": "money", "formLabel": "Предоплата"},
            "UF_CRM_6": {"type": "file", "formLabel": "Замерный лист"},
            "UF_CRM_7": {"type": "employee", "formLabel": "Технолог"},
            "UF_CRM_8": {"type": "datetime", "formLabel": "Монтаж"},
            "UF_CRM_9": {"type": "string", "formLabel": "Бриф"},
        }
    )
    sold = deal(
        100,
        STAGE_ID="WON",
        STAGE_SEMANTIC_ID="S",
        CLOSEDATE="2024-05-01T03:00:00+03:00",
        MOVED_TIME="2024-03-06T12:00:00+03:00",
        CONTACT_ID="70",
        LEAD_ID="40",
        SOURCE_ID="WEB",
        COMMENTS="ждёт",
        UF_CRM_1="Казань",
        UF_CRM_2="2024-03-08T00:00:00+03:00",
        UF_CRM_3=["8", "9"],
        UF_CRM_4="1",
        UF_CRM_5="50000|RUB",
        UF_CRM_6={"id": 77, "showUrl": "/x"},
        UF_CRM_7=6,
        UF_CRM_8="2024-03-09T12:30:00+05:00",
        UF_CRM_9="",
    )
    found = read(deals=answer([sold]), contacts=CONTACTS, fields=fields, **NAMES)
    assert found.table("deals") == [
        {
            "id": "100",
            "entity": "deal",
            "title": "Шкаф 100",
            "pipeline": "Мебель",
            "stage": "Договор оплачен",
            "manager": "Иван Петров",
            "created": "2024-03-04 09:00:00",
            "closed": "2024-03-06 12:00:00",
            "outcome": "won",
            "amount": 250_000.0,
            "contact": "Пётр Клиентов",
            "phone": "79165554433",
            "email": "petr@example.com",
            "source": "Сайт",
            "lead_id": "40",
            "field:Комментарий": "ждёт",
            "field:Город": "Казань",
            "field:Дата замера": "08.03.2024",
            "field:Стиль": "лофт, эко",
            "field:Рассрочка": "Да",
            "field:Предоплата": "50000",
            "field:Замерный лист": "77",
            "field:Технолог": "Мария Орлова",
            "field:Монтаж": "09.03.2024 10:30",
        }
    ]
    assert "field:Бриф" in found.columns("deals")
    assert found.problems == []


def test_captions_of_userfield_list(read):
    described = answer(
        [{"ID": "1", "ENTITY_ID": "CRM_DEAL", "FIELD_NAME": "UF_CRM_1", "USER_TYPE_ID": "enumeration",
          "EDIT_FORM_LABEL": {"ru": "Стиль", "en": "Style"}, "LIST": [{"ID": "8", "VALUE": "лофт"}]}]
    )  # fmt: skip
    found = read(deals=answer([deal(100, UF_CRM_1="8", UF_CRM_2="x")]), described=described, **NAMES)
    assert {key: value for key, value in found.table("deals")[0].items() if key.startswith("field:")} == {
        "field:Стиль": "лофт",
        "field:UF_CRM_2": "x",
    }


def test_one_deal_saved_alone_and_a_second_answer_about_it(read):
    whole = deal(100) | {"OPPORTUNITY": None}
    found = read(whole=answer(whole), more=answer([{"ID": "100", "STAGE_ID": "1", "OPPORTUNITY": "7"}]), **NAMES)
    (row,) = found.table("deals")
    assert (row["title"], row["stage"], row["amount"]) == ("Шкаф 100", "Замер", 7.0)


def test_leads_with_their_own_name_and_phone(read):
    junk = {
        "ID": "40",
        "TITLE": "Заявка с сайта",
        "NAME": "Ольга",
        "LAST_NAME": "Новая",
        "STATUS_ID": "JUNK",
        "STATUS_SEMANTIC_ID": "F",
        "SOURCE_ID": "WEB",
        "ASSIGNED_BY_ID": "6",
        "DATE_CREATE": "2024-03-04T09:00:00+03:00",
        "DATE_CLOSED": "2024-03-04T09:30:00+03:00",
        "PHONE": [{"VALUE": "9161112233"}],
    }
    good = junk | {"ID": "41", "STATUS_ID": "CONVERTED", "STATUS_SEMANTIC_ID": "S"}
    found = read(leads=answer([junk, good]), **NAMES)
    first, second = found.table("deals")
    assert first == {
        "id": "40",
        "entity": "lead",
        "title": "Заявка с сайта",
        "stage": "Спам",
        "manager": "Мария Орлова",
        "created": "2024-03-04 09:00:00",
        "closed": "2024-03-04 09:30:00",
        "outcome": "rejected",
        "source": "Сайт",
        "contact": "Ольга Новая",
        "phone": "79161112233",
    }
    assert (second["stage"], second["outcome"]) == ("Качественный лид", "converted")
    assert found.problems == []


def test_history_is_chained_and_a_final_stage_is_a_closing(read):
    records = [
        moved(12, 100, "06T12:00:00", "WON", 3, "S"),
        moved(11, 100, "05T12:00:00", "1"),
        moved(10, 100, "04T09:00:00", "NEW", 1),
        moved(13, 100, "06T12:00:00", "C3:NEW", 5),
    ]
    found = read(stages=answer({"items": records}), **NAMES)
    common = {"deal": "100", "entity": "deal"}
    inside = {"pipeline": "Мебель", "pipeline_before": "Мебель"}
    assert found.table("history") == [
        common
        | inside
        | {"time": "2024-03-06 12:00:00", "event": "stage", "before": "Замер", "after": "Договор оплачен"},
        common | {"time": "2024-03-06 12:00:00", "event": "closed", "after": "won"},
        common | inside | {"time": "2024-03-05 12:00:00", "event": "stage", "before": "Новая", "after": "Замер"},
        common | {"time": "2024-03-04 09:00:00", "event": "created"},
        common
        | {
            "time": "2024-03-06 12:00:00",
            "event": "stage",
            "before": "Договор оплачен",
            "after": "Рекламация",
            "pipeline": "Сервис",
            "pipeline_before": "Мебель",
        },
    ]
    assert "author" not in found.columns("history")
    assert found.parts[0].carries == {"created", "stage", "closed"}


def test_history_of_leads(read):
    records = [
        {"ID": 10, "TYPE_ID": 1, "OWNER_ID": 100, "CREATED_TIME": "2024-03-04T09:00:00+03:00", "STATUS_ID": "NEW"},
        {
            "ID": 11,
            "TYPE_ID": 3,
            "OWNER_ID": 100,
            "CREATED_TIME": "2024-03-04T09:05:00+03:00",
            "STATUS_ID": "CONVERTED",
        },
    ]
    found = read(
        of_leads=answer({"items": records}),
        of_deals=answer({"items": [moved(10, 100, "04T09:00:00", "NEW", 1)]}),
        **NAMES,
    )
    told = [(row["entity"], row["event"], row.get("before"), row.get("after")) for row in found.table("history")]
    assert told == [
        ("deal", "created", None, None),
        ("lead", "created", None, None),
        ("lead", "stage", "Неразобранное", "Качественный лид"),
        ("lead", "closed", None, "converted"),
    ]


def call(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "ID": str(number),
        "PORTAL_USER_ID": "5",
        "PHONE_NUMBER": "+79165554433",
        "CALL_DURATION": "95",
        "CALL_START_DATE": "2024-03-04T10:00:00+03:00",
        "CALL_RECORD_URL": None,
        "RECORD_FILE_ID": None,
        "CALL_FAILED_CODE": "200",
        "CRM_ENTITY_TYPE": "CONTACT",
        "CRM_ENTITY_ID": "70",
        "CRM_ACTIVITY_ID": None,
        "CALL_TYPE": "1",
        **changes,
    }


def test_a_call_of_the_telephony_and_its_activity_are_one_row(read):
    calls = answer([call(1, CRM_ACTIVITY_ID="300", CALL_RECORD_URL="https://rec.example/1")])
    activities = answer([activity(300, TYPE_ID="2", PROVIDER_ID="VOXIMPLANT_CALL", DIRECTION="2", COMPLETED="Y")])
    found = read(deals=answer([deal(100)]), calls=calls, activities=activities, **NAMES)
    assert found.table("activities") == [
        {
            "deal": "100",
            "entity": "deal",
            "time": "2024-03-04 10:00:00",
            "type": "call",
            "direction": "out",
            "outcome": "answered",
            "duration": 95.0,
            "author": "Иван Петров",
            "recording": "https://rec.example/1",
            "phone": "79165554433",
        }
    ]


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("200", "answered"),
        ("304", "unanswered"),
        ("603-S", "unanswered"),
        ("486", "unanswered"),
        ("", None),
        ("OTHER", "unclear"),
    ],
)
def test_outcome_of_a_call(read, code, outcome):
    assert read(calls=answer([call(1, CALL_FAILED_CODE=code)])).table("activities")[0].get("outcome") == outcome


@pytest.mark.parametrize(("kind", "direction"), [("1", "out"), ("2", "in"), ("3", "in"), ("4", "out"), ("9", None)])
def test_direction_of_a_call(read, kind, direction):
    assert read(calls=answer([call(1, CALL_TYPE=kind)])).table("activities")[0].get("direction") == direction


def test_whose_a_call_is(read):
    calls = [
        call(1),
        call(2, CRM_ENTITY_TYPE="LEAD", CRM_ENTITY_ID="40"),
        call(3, CRM_ENTITY_TYPE="DEAL", CRM_ENTITY_ID="100"),
        call(4, CRM_ENTITY_TYPE="COMPANY", CRM_ENTITY_ID="8"),
        call(5, CRM_ENTITY_TYPE=None, CRM_ENTITY_ID=None),
        call(6, CRM_ENTITY_TYPE="DEAL", CRM_ENTITY_ID="100", CRM_ACTIVITY_ID="300"),
        call(7, CRM_ENTITY_TYPE="CONTACT", CRM_ENTITY_ID="71"),
    ]
    nobodys = activity(300, TYPE_ID="2", PROVIDER_ID="VOXIMPLANT_CALL", OWNER_TYPE_ID="3", OWNER_ID="71")
    deals = [
        deal(100, CONTACT_ID="70", DATE_CREATE="2024-03-01T09:00:00+03:00"),
        deal(101, CONTACT_ID="70", COMPANY_ID="8"),
    ]
    found = read(deals=answer(deals), calls=answer(calls), activities=answer([nobodys]), contacts=CONTACTS, **NAMES)
    told = [(row.get("entity"), row.get("deal"), row.get("phone")) for row in found.table("activities")]
    assert told == [
        ("deal", "101", "79165554433"),
        ("lead", "40", "79165554433"),
        ("deal", "100", "79165554433"),
        ("deal", "101", "79165554433"),
        (None, None, "79165554433"),
        ("deal", "100", "79165554433"),  # the activity hangs on a contact without a deal
        (None, None, "79165554433"),
    ]


def test_activities_of_all_kinds(read):
    page = [
        activity(1, TYPE_ID="4", PROVIDER_ID="CRM_EMAIL", DIRECTION="2", FILES=[{"id": 5, "url": "/f"}], AUTHOR_ID="5"),
        activity(2, TYPE_ID="4", PROVIDER_ID="CRM_EMAIL", DIRECTION="1", FILES=[]),
        activity(3, PROVIDER_ID="CRM_SMS", DIRECTION="2", AUTHOR_ID="0"),
        activity(4, PROVIDER_ID="IMOPENLINES_SESSION", DIRECTION="1", PROVIDER_TYPE_ID="whatsapp"),
        activity(5, PROVIDER_ID="CRM_WEBFORM"),
        activity(6, TYPE_ID="1", DEADLINE="2024-03-05T15:00:00+03:00", COMPLETED="Y"),
        activity(7, PROVIDER_ID="CRM_TODO"),
        activity(8, TYPE_ID="3", ASSOCIATED_ENTITY_ID="55", DEADLINE="2024-03-05T18:00:00+03:00"),
        activity(9, TYPE_ID="2", PROVIDER_ID="VOXIMPLANT_CALL", DIRECTION="1", SETTINGS={"MISSED_CALL": True}),
        activity(10, OWNER_TYPE_ID="31"),
        activity(11, PROVIDER_ID="CRM_DELIVERY"),
        activity(12, PROVIDER_ID="CRM_DELIVERY"),
    ]
    found = read(activities=answer(page), **NAMES)
    common = {"deal": "100", "entity": "deal"}
    started, created = {"time": "2024-03-04 10:30:00"}, {"time": "2024-03-04 10:00:00"}
    planned = common | created | {"type": "task", "author": "Мария Орлова", "addressee": "Иван Петров"}
    assert found.table("activities") == [
        common
        | started
        | {"type": "email", "direction": "out", "text": "Дело 1", "author": "Иван Петров", "name": "5"},
        common | started | {"type": "email", "direction": "in", "text": "Дело 2"},
        common | started | {"type": "sms", "direction": "out", "text": "Дело 3"},
        common | started | {"type": "message", "direction": "in", "text": "Дело 4", "channel": "whatsapp"},
        common | started | {"type": "form", "direction": "in", "text": "Дело 5"},
        planned
        | {"due": "2024-03-05 15:00:00", "done": True, "task_id": "activity 6", "kind": "встреча", "text": "Дело 6"},
        planned | {"due": "2024-03-04 10:30:00", "task_id": "activity 7", "kind": "другое", "text": "Дело 7"},
        planned | {"due": "2024-03-05 18:00:00", "task_id": "55", "kind": "другое", "text": "Дело 8"},
        common | started | {"type": "call", "direction": "in", "outcome": "unanswered", "author": "Иван Петров"},
    ]
    assert found.said == [
        "activities.json:None activities of kind 6 are not read: 10",
        "activities.json:None activities of kind CRM_DELIVERY are not read: 11–12",
    ]
    assert found.unread == []


def test_a_call_planned_by_hand_is_a_task_and_done_a_call_too(read):
    page = [
        activity(1, TYPE_ID="2", DIRECTION="2", DEADLINE="2024-03-05T12:00:00+03:00"),
        activity(2, TYPE_ID="2", DIRECTION="2", DEADLINE="2024-03-05T12:00:00+03:00", COMPLETED="Y",
                 LAST_UPDATED="2024-03-05T11:00:00+03:00"),
        activity(3, TYPE_ID="2", DIRECTION="2", DEADLINE="2024-03-04T10:00:00+03:00", COMPLETED="Y"),
    ]  # fmt: skip
    told = [
        (row["type"], row["time"], row.get("due"), row.get("done"))
        for row in read(activities=answer(page), **NAMES).table("activities")
    ]
    assert told == [
        ("task", "2024-03-04 10:00:00", "2024-03-05 12:00:00", None),
        ("task", "2024-03-04 10:00:00", "2024-03-05 12:00:00", True),
        ("call", "2024-03-05 11:00:00", None, None),
        ("call", "2024-03-04 10:00:00", None, None),
    ]


def task(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "title": "Выставить счёт",
        "createdDate": "2024-03-04T10:00:00+03:00",
        "deadline": "2024-03-05T18:00:00+03:00",
        "closedDate": None,
        "status": "2",
        "createdBy": "6",
        "responsibleId": "5",
        "responsible": {"id": "5", "name": "Иван Петров"},
        **changes,
    }


def test_tasks_hang_on_the_deals_they_name_or_on_those_of_their_activities(read):
    tasks = [
        task(55, ufCrmTask=["D_100", "L_40"], status="5", closedDate="2024-03-05T17:00:00+03:00"),
        task(56),
        task(57),
    ]
    twin = activity(8, TYPE_ID="3", ASSOCIATED_ENTITY_ID="56", OWNER_ID="101")
    found = read(tasks=answer({"tasks": tasks}), activities=answer([twin]), users=USERS)
    common = {
        "time": "2024-03-04 10:00:00",
        "type": "task",
        "text": "Выставить счёт",
        "kind": "другое",
        "due": "2024-03-05 18:00:00",
        "author": "Мария Орлова",
        "addressee": "Иван Петров",
    }
    done = common | {"task_id": "55", "done": True, "completed": "2024-03-05 17:00:00"}
    assert found.table("activities") == [
        done | {"deal": "100", "entity": "deal"},
        done | {"deal": "40", "entity": "lead"},
        common | {"task_id": "56", "deal": "101", "entity": "deal"},
    ]


def test_comments_and_their_files(read):
    comments = [
        {"ID": "1", "ENTITY_ID": "100", "ENTITY_TYPE": "deal", "CREATED": "2024-03-04T10:00:00+03:00",
         "COMMENT": "Лист готов", "AUTHOR_ID": "5", "FILES": {"1": {"id": 1, "name": "Лист просчёта.xlsx"}}},
        {"ID": "2", "ENTITY_ID": "100", "CREATED": "2024-03-04T10:00:00+03:00", "COMMENT": "чей?", "AUTHOR_ID": "5"},
    ]  # fmt: skip
    found = read(comments=answer(comments), users=USERS)
    common = {"deal": "100", "entity": "deal", "time": "2024-03-04 10:00:00", "author": "Иван Петров"}
    assert found.table("activities") == [
        common | {"type": "comment", "text": "Лист готов"},
        common | {"type": "file", "name": "Лист просчёта.xlsx"},
    ]
    assert [line.split(":")[1].split(" ")[0] for line in found.said] == ["2"]


def test_names_that_no_page_tells_are_ids_and_one_problem_each(read):
    found = read(deals=answer([deal(100), deal(101)]))
    assert {(row["stage"], row["pipeline"], row["manager"]) for row in found.table("deals")} == {("NEW", "0", "5")}
    assert [line.split(" these ")[1].split(";")[0] for line in found.said] == [
        "employees: 5",
        "pipelines: 0",
        "stages: NEW",
    ]
    assert [line.split("answer of ")[1].split(" ")[0] for line in found.said] == [
        "user.get",
        "crm.category.list",
        "crm.status.list",
    ]


def test_old_answer_of_pipelines(read):
    old = answer([{"ID": "3", "NAME": "Сервис", "SORT": "20", "IS_LOCKED": "N"}])
    found = read(deals=answer([deal(100, STAGE_ID="C3:NEW")]), categories=old, statuses=STATUSES, users=USERS)
    assert found.table("deals")[0]["pipeline"] == "Сервис"
    assert found.problems == []


def test_answers_of_a_batch(read):
    batch = answer({"result": {"deals": [deal(100)], "users": USERS["result"]}, "result_error": []})
    found = read(batch=batch, categories=CATEGORIES, statuses=STATUSES)
    assert [(row["id"], row["manager"]) for row in found.table("deals")] == [("100", "Иван Петров")]


def test_a_missing_last_page_is_told(read):
    found = read(deals=answer([deal(100)], next=50, total=77), **NAMES)
    assert [line for line in found.said if "last page" in line]
    found = read(deals=answer([deal(100)], next=50, total=77), rest=answer([deal(101)], total=77), **NAMES)
    assert found.said == ["deals.json:None the list has 77 records, of which 2 were saved: save its other pages too"]
    found = read(deals=answer([deal(100)], next=50, total=2), rest=answer([deal(101)], total=2), **NAMES)
    assert found.problems == []


def test_a_deal_of_the_present_method_is_read_as_one_of_the_old(read):
    old = deal(100, TITLE="Кухня", OPPORTUNITY="10", DATE_MODIFY="2024-03-05T09:00:00+03:00", UF_CRM_17="да")
    new = {
        "id": 100, "title": "Кухня", "opportunity": 10, "stageId": old["STAGE_ID"], "categoryId": 0,
        "createdTime": old["DATE_CREATE"], "updatedTime": old["DATE_MODIFY"], "ufCrm17": "да",
        "assignedById": old.get("ASSIGNED_BY_ID"),
    }  # fmt: skip
    asked = ["id", "title", "amount", "stage", "pipeline", "manager", "created", "changed", "field:UF_CRM_17"]
    told = [
        [row.get(name) for name in asked]
        for page in (answer([old]), answer({"items": [new]}))
        for row in read(deals=page, **NAMES).table("deals")
    ]
    assert len(told) == 2 and told[0] == told[1] and None not in told[0][:-1]


def test_a_lead_of_the_present_method(read):
    lead = {"id": 5, "title": "Заявка", "stageId": "JUNK", "createdTime": "2024-03-04T09:00:00+03:00", "lastName": None}
    (row,) = read(leads=answer({"items": [lead]})).table("deals")
    assert (row["id"], row["entity"], row["stage"], row["outcome"]) == ("5", "lead", "Некачественный лид", "rejected")


def test_an_element_of_a_smart_process_is_no_deal(read):
    element = {"id": 5, "title": "Смета", "stageId": "DT128_1:NEW", "createdTime": "2024-03-04T09:00:00+03:00"}
    assert not read(items=answer({"items": [element]})).table("deals")


def test_stages_of_one_pipeline_name_those_of_its_deals(read):
    stages = answer([{"NAME": "Замер", "SORT": 10, "STATUS_ID": "C1:7"}])
    (row,) = read(deals=answer([deal(100, STAGE_ID="C1:7")]), stages=stages).table("deals")
    assert row["stage"] == "Замер"


def test_records_of_nobody_are_told_and_counted(read):
    found = read(
        a=answer([
            activity(1, TYPE_ID="4", OWNER_TYPE_ID=None), activity(2, TYPE_ID="4", OWNER_ID=None),
            activity(3, TYPE_ID="4", OWNER_TYPE_ID="14"),
        ]),
        t=answer({"tasks": [task(5, ufCrmTask=[]), task(6, ufCrmTask=["X_1"])]}),
        d=answer([deal(100, OPPORTUNITY="abc", DATE_MODIFY="вчера")]),
        **NAMES,
    )  # fmt: skip
    whose = "this activity does not say whose it is, a deal's or a contact's; it was left out"
    assert sorted(found.said) == [
        f"a.json:1 {whose}",
        f"a.json:2 {whose}",
        "a.json:None activities of owners of type 14 belong to no deal and were left out: 3",
        "d.json:1 “abc” can be read neither as a number nor as a date; taken as empty",
        "d.json:1 “вчера” can be read neither as a number nor as a date; taken as empty",
        "t.json:None tasks that belong to no deal, lead or contact were left out: 1–2",
    ]
    assert {Path(part.file).name: (part.rows, len(part.frame)) for part in found.parts} == {
        "a.json": (3, 0), "t.json": (2, 0), "d.json": (1, 1),
    }  # fmt: skip


def test_an_activity_that_the_telephony_tells_is_counted_with_it(read):
    found = read(
        a=answer([activity(1, PROVIDER_ID="VOXIMPLANT_CALL")]), c=answer([call(9, CRM_ACTIVITY_ID="1")]), **NAMES
    )
    told = {Path(part.file).name: (part.rows, part.joined, len(part.frame)) for part in found.parts}
    assert told == {"a.json": (1, 1, 0), "c.json": (1, 0, 1)}


def test_records_without_what_every_record_has(read):
    found = read(
        deals=answer([deal(100, DATE_CREATE="вчера")]),
        stages=answer({"items": [moved(1, 0, "04T09:00:00", "NEW"), moved(2, 100, "04T09:00:00", "")]}),
        activities=answer([activity(1, TYPE_ID="4", CREATED=None, START_TIME=None)]),
        calls=answer([call(1, CALL_START_DATE=None)]),
        tasks=answer({"tasks": [task(1, createdDate=None)]}),
        **NAMES,
    )
    assert not any(found.table(name) for name in ("deals", "history", "activities"))
    assert sorted(line.split(" ")[0] for line in found.said) == [
        "activities.json:1",
        "calls.json:1",
        "deals.json:1",
        "stages.json:1",
        "stages.json:2",
        "tasks.json:1",
    ]


def test_a_deal_of_several_contacts(read):
    several = deal(100, CONTACT_ID="70", CONTACT_IDS=[70, 71])
    found = read(deals=answer([several]), calls=answer([call(1, CRM_ENTITY_ID="71")]), **NAMES)
    assert found.table("activities")[0]["deal"] == "100"


def test_a_final_stage_is_known_by_what_the_record_says_of_it(read):
    found = read(
        deals=answer(
            [deal(100, STAGE_ID="9", STAGE_SEMANTIC_ID="F"), deal(101, STAGE_ID="C3:LOSE", STAGE_SEMANTIC_ID=None)]
        )
    )
    assert [(row["stage"], row["outcome"]) for row in found.table("deals")] == [
        ("9", "lost"),
        ("Сделка провалена", "lost"),
    ]


def test_when_a_closed_deal_was_closed(read):
    record = moved(12, 100, "06T12:00:00", "WON", 3, "S")
    closed = deal(100, STAGE_ID="WON", STAGE_SEMANTIC_ID="S", MOVED_TIME="2024-03-07T12:00:00+03:00")
    assert read(deals=answer([closed]), **NAMES).table("deals")[0]["closed"] == "2024-03-07 12:00:00"
    told = read(deals=answer([closed]), stages=answer({"items": [record]}), **NAMES).table("deals")[0]
    assert told["closed"] == "2024-03-06 12:00:00"
    assert (
        "closed"
        not in read(deals=answer([deal(100, MOVED_TIME="2024-03-07T12:00:00+03:00")]), **NAMES).table("deals")[0]
    )


def test_a_call_without_a_time_has_that_of_its_activity(read):
    found = read(
        calls=answer([call(1, CALL_START_DATE=None, CALL_TYPE=None, PORTAL_USER_ID=None, CRM_ACTIVITY_ID="300")]),
        activities=answer([activity(300, TYPE_ID="2", PROVIDER_ID="VOXIMPLANT_CALL", DIRECTION="1")]),
        users=USERS,
    )
    (row,) = found.table("activities")
    assert (row["time"], row["direction"], row["author"]) == ("2024-03-04 10:30:00", "in", "Иван Петров")


def test_answers_that_say_only_a_part_of_an_activity(read):
    found = read(
        whole=answer([activity(1, TYPE_ID="4", PROVIDER_ID="CRM_EMAIL", DIRECTION="2")]),
        files=answer([{"ID": "1", "FILES": [{"id": 9, "name": "КП.pdf"}]}]),
        people=answer([{"ID": "1", "COMMUNICATIONS": []}]),
        **NAMES,
    )
    assert [(row["text"], row["name"]) for row in found.table("activities")] == [("Дело 1", "КП.pdf")]


def test_what_is_known_of_items_that_could_not_be_read(read):
    page = [
        activity(1, PROVIDER_ID="REST_APP", TYPE_ID="6"),
        activity(2, PROVIDER_ID="CRM_EMAIL", TYPE_ID="4", DIRECTION="2", CREATED="вчера", START_TIME=""),
        activity(3, PROVIDER_ID="CRM_DELIVERY", TYPE_ID="6"),
    ]
    found = read(activities=answer(page), **NAMES)
    common = {"deal": "100", "entity": "deal"}
    assert found.unread == [
        common | {"first": "2024-03-04 10:30:00"},
        common | {"kind": "email", "direction": "out"},
    ]
