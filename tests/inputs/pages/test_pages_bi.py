"""Tables of the BI connector, as sheets of text cells."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.inputs.pages import bi
from auditor.inputs.tables import Part, Place, Problem, Sheet
from auditor.inputs.times import Ambiguous
from auditor.settings import Settings

DEALS = """ID;DATE_CREATE;TITLE;STAGE_ID;STAGE_NAME;STAGE_SEMANTIC_ID;CATEGORY;ASSIGNED_BY;OPPORTUNITY;MOVED_TIME;CLOSEDATE;LEAD_ID;UTM_SOURCE
10;2024-03-01 09:00:00;Шкаф;WON;Оплачен;S;[0] Мебель;[5] Иван Петров;100.50;2024-03-05 09:00:00;2024-06-01;3;ya
11;2024-03-02 09:00:00;Кухня;NEW;Новая;P;[0] Мебель;[6] Мария Орлова;;2024-03-02 09:00:00;2024-06-01;;"""  # noqa: E501
HISTORY = """DEAL_ID;TYPE_ID;START_DATE;END_DATE;ASSIGNED_BY;STAGE_NAME;STAGE_SEMANTIC;CATEGORY_NAME
10;1;2024-03-01 09:00:00;;[5] Иван Петров;Новая;[P] В работе;Мебель
10;3;2024-03-05 09:00:00;;[5] Иван Петров;Оплачен;[S] Успех;Мебель
10;2;2024-03-03 09:00:00;;[5] Иван Петров;Замер;[P] В работе;Мебель
11;2;2024-03-03 09:00:00;;[6] Мария Орлова;Замер;[P] В работе;Мебель"""
ACTIVITIES = """ID;OWNER_ID;OWNER_TYPE_ID;TYPE_ID;PROVIDER_ID;SUBJECT;DATE_CREATE;START_TIME;DEADLINE;COMPLETED;RESPONSIBLE;CREATED_BY;DIRECTION_ID
1;10;2;2;VOXIMPLANT_CALL;Звонок;2024-03-01 10:00:01;2024-03-01 10:00:00;;Y;[5] Иван Петров;[5] Иван Петров;2
2;10;2;6;CRM_TODO;Позвонить;2024-03-01 11:00:00;;2024-03-02 10:00:00;N;[5] Иван Петров;[6] Мария Орлова;
3;3;1;6;CRM_WEBFORM;Заявка;2024-03-01 09:00:00;;;Y;[5] Иван Петров;;
4;10;2;6;ODD;Что-то;2024-03-01 09:00:00;;;Y;[5] Иван Петров;;
5;10;2;4;CRM_EMAIL;Письмо;31.02.2024;;;Y;[5] Иван Петров;;2
6;9;31;4;CRM_EMAIL;Письмо о счёте;2024-03-01 09:00:00;;;Y;[5] Иван Петров;;2
7;10;2;1;;Встреча;2024-03-01 11:00:00;;2024-03-02 12:00:00;Y;[5] Иван Петров;[6] Мария Орлова;
8;70;3;2;VOXIMPLANT_CALL;Звонок;2024-03-01 12:00:00;2024-03-01 12:00:00;;Y;[5] Иван Петров;;1"""  # noqa: E501
CALLS = """CALL_START_DATE;CALL_DURATION;CALL_TYPE;CALL_STATUS_CODE;PORTAL_USER;PHONE_NUMBER;CRM_ENTITY_TYPE;CRM_ENTITY_ID;CRM_ACTIVITY_ID
2024-03-01T10:00:00+05:00;65;[1] исходящий;200;[5] Иван Петров;+7 (916) 123-45-67;CONTACT;3;1
2024-03-01 13:00:00;0;2;304;[5] Иван Петров;9161234567;DEAL;11;
;5;2;304;;;;;"""  # noqa: E501


def sheet(csv: str, name: str = "table.csv") -> Sheet:
    """As the readers of files give it: the header is row 1, empty cells are missing."""
    header, *lines = (line.split(";") for line in csv.splitlines())
    cells = pd.DataFrame(lines, columns=header, index=range(2, len(lines) + 2)).replace("", None)
    return Sheet(name, None, header, cells)


def part(csv: str) -> Part:
    (found,) = bi.read(sheet(csv), Settings())
    return found


def rows(found: Part) -> list[dict[str, object]]:
    from auditor.inputs.tables import FIELD

    return [
        {name: str(value) if isinstance(value, pd.Timestamp) else value for name, value in record.items()
         if not pd.isna(value) and value is not False and name != FIELD}
        for record in found.frame.to_dict("records")
    ]  # fmt: skip


def test_deals():
    found = part(DEALS)
    assert (found.table, found.reader, found.rows, found.problems) == ("deals", "bitrix24 crm_deal", 2, [])
    first, second = rows(found)
    assert first == {
        "row": 2,
        "id": "10",
        "entity": "deal",
        "title": "Шкаф",
        "pipeline": "Мебель",
        "stage": "Оплачен",
        "manager": "Иван Петров",
        "created": "2024-03-01 09:00:00",
        "closed": "2024-03-05 09:00:00",
        "outcome": "won",
        "amount": 100.5,
        "lead_id": "3",
        "field:CLOSEDATE": "2024-06-01",
        "field:UTM_SOURCE": "ya",
    }
    assert "closed" not in second and second["manager"] == "Мария Орлова"


def test_leads():
    found = part(
        "ID;DATE_CREATE;STATUS_ID;STATUS_NAME;STATUS_SEMANTIC_ID;DATE_CLOSED\n"
        "3;2024-03-01 08:00:00;CONVERTED;Качественный лид;S;2024-03-01 09:00:00\n"
        "4;2024-03-01 08:00:00;JUNK;Спам;F;\n"
    )
    assert [(row["entity"], row["stage"], row["outcome"]) for row in rows(found)] == [
        ("lead", "Качественный лид", "converted"),
        ("lead", "Спам", "rejected"),
    ]
    assert "pipeline" not in found.frame


def test_history_is_chained_and_nobody_is_its_author():
    found = part(HISTORY)
    ten, inside = {"deal": "10", "entity": "deal"}, {"pipeline": "Мебель", "pipeline_before": "Мебель"}
    assert rows(found) == [
        ten | {"row": 2, "time": "2024-03-01 09:00:00", "event": "created"},
        ten
        | inside
        | {"row": 3, "time": "2024-03-05 09:00:00", "event": "stage", "before": "Замер", "after": "Оплачен"},
        ten | {"row": 3, "time": "2024-03-05 09:00:00", "event": "closed", "after": "won"},
        ten | inside | {"row": 4, "time": "2024-03-03 09:00:00", "event": "stage", "before": "Новая", "after": "Замер"},
        {
            "row": 5,
            "deal": "11",
            "entity": "deal",
            "time": "2024-03-03 09:00:00",
            "event": "stage",
            "after": "Замер",
            "pipeline": "Мебель",
        },
    ]
    assert "author" not in found.frame
    assert found.carries == {"created", "stage", "closed"}


def test_history_of_leads():
    found = part(
        "LEAD_ID;TYPE_ID;START_DATE;STATUS_NAME;STATUS_SEMANTIC_ID\n"
        "3;1;2024-03-01 08:00:00;Неразобранное;P\n"
        "3;3;2024-03-01 09:00:00;Спам;F\n"
    )
    assert [(row["entity"], row["event"], row.get("after")) for row in rows(found)] == [
        ("lead", "created", None),
        ("lead", "stage", "Спам"),
        ("lead", "closed", "rejected"),
    ]


def test_activities():
    found = part(ACTIVITIES)
    ten = {"deal": "10", "entity": "deal"}
    task = ten | {"type": "task", "time": "2024-03-01 11:00:00", "author": "Мария Орлова", "addressee": "Иван Петров"}
    assert [{name: value for name, value in row.items() if name != "activity"} for row in rows(found)] == [
        ten
        | {
            "row": 2,
            "type": "call",
            "time": "2024-03-01 10:00:00",
            "direction": "out",
            "author": "Иван Петров",
            "text": "Звонок",
        },
        task | {"row": 3, "task_id": "activity 2", "kind": "другое", "text": "Позвонить", "due": "2024-03-02 10:00:00"},
        {
            "row": 4,
            "deal": "3",
            "entity": "lead",
            "type": "form",
            "time": "2024-03-01 09:00:00",
            "direction": "in",
            "text": "Заявка",
        },
        task
        | {
            "row": 8,
            "task_id": "activity 7",
            "kind": "встреча",
            "text": "Встреча",
            "due": "2024-03-02 12:00:00",
            "done": True,
        },
        {
            "row": 9,
            "type": "call",
            "time": "2024-03-01 12:00:00",
            "direction": "in",
            "author": "Иван Петров",
            "text": "Звонок",
        },
    ]
    assert [str(problem) for problem in found.problems] == [
        "table.csv: activities of kind ODD 6 are not read: 5",
        "table.csv: belongs neither to a deal or lead nor to a contact or company; left out was row: 7",
        "table.csv › 6 › DATE_CREATE: no date and time can be read here, so the row was left out",
    ]


def test_rows_are_counted_and_equal_ones_are_one():
    twice = ACTIVITIES + "\n" + ACTIVITIES.splitlines()[1]
    found = part(twice)
    assert (found.rows, len(found.frame)) == (9, 5)
    assert str(found.problems[0]) == (
        "table.csv: 1 row says in every cell what a row above says, and was counted once with it; left out was row: 10"
    )
    ragged = Problem(Place("table.csv", None, 7), "too long")
    (kept,) = bi.read(replace(sheet(HISTORY), problems=[ragged], lost=1), Settings())
    assert kept.problems == [ragged]
    assert (kept.rows, kept.frame["row"].nunique()) == (5, 4)


def test_what_is_known_of_rows_that_could_not_be_read():
    known = part(ACTIVITIES.replace("ODD", "CRM_DELIVERY", 1)).unread
    assert known is not None
    assert known[["row", "deal", "kind", "direction"]].to_numpy().tolist() == [[6, "10", "email", "out"]]
    odd = part(ACTIVITIES).unread
    assert odd is not None and odd.loc[odd["row"] == 5, "kind"].isna().tolist() == [True]
    assert odd.loc[odd["row"] == 5, "first"].astype("str").tolist() == ["2024-03-01 09:00:00"]
    moves = part(HISTORY.replace("2024-03-03 09:00:00;;[6]", ";;[6]")).unread
    assert moves is not None
    assert moves[["row", "deal", "kind"]].to_numpy().tolist() == [[5, "11", "stage"]]
    calls = part(CALLS.replace("2024-03-01 13:00:00;0", ";0")).unread
    assert calls is not None
    assert calls[["row", "deal", "kind", "outcome"]].to_numpy().tolist() == [[3, "11", "call", "unanswered"]]


def test_calls():
    found = part(CALLS)
    assert [{name: value for name, value in row.items() if name != "activity"} for row in rows(found)] == [
        {
            "row": 2,
            "type": "call",
            "time": "2024-03-01 08:00:00",
            "direction": "out",
            "outcome": "answered",
            "duration": 65.0,
            "author": "Иван Петров",
            "phone": "79161234567",
        },
        {
            "row": 3,
            "deal": "11",
            "entity": "deal",
            "type": "call",
            "time": "2024-03-01 13:00:00",
            "direction": "in",
            "outcome": "unanswered",
            "duration": 0.0,
            "author": "Иван Петров",
            "phone": "79161234567",
        },
    ]
    assert [problem.place.row for problem in found.problems] == [4]


def test_a_call_that_two_tables_tell_is_one():
    activities, calls = bi.settle([part(ACTIVITIES), part(CALLS)])
    assert [(row["row"], row["type"]) for row in rows(activities)] == [
        (3, "task"),
        (4, "form"),
        (8, "task"),
        (9, "call"),
    ]
    assert [(row["row"], row["deal"], row["entity"]) for row in rows(calls)] == [(2, "10", "deal"), (3, "11", "deal")]
    assert "activity" not in activities.frame and "activity" not in calls.frame
    assert activities.rows == len(activities.frame) + 4
    assert str(activities.problems[-1]) == (
        "table.csv: 1 call is told by telephony_call as well, and was counted once with it; left out was row: 2"
    )


def test_settling_one_table_only_takes_the_private_column_away():
    (calls,) = bi.settle([part(CALLS)])
    assert len(calls.frame) == 2 and "activity" not in calls.frame
    assert bi.settle([]) == []


@pytest.mark.parametrize("csv", [DEALS, HISTORY, ACTIVITIES, CALLS])
def test_tables_are_recognised_by_their_headers(csv):
    headers = csv.splitlines()[0].split(";")
    assert bi.recognises(headers)
    assert bi.recognises([header.lower() for header in headers])


@pytest.mark.parametrize("headers", [[], ["ID", "Название"], ["ID сделки", "Время", "Событие"], ["ID", "DATE_CREATE"]])
def test_other_tables_are_left_to_other_readers(headers):
    assert not bi.recognises(headers)


def test_a_table_without_rows():
    for csv in (DEALS, HISTORY, ACTIVITIES, CALLS):
        found = part(csv.splitlines()[0])
        assert (len(found.frame), found.rows, found.problems) == (0, 0, [])


def test_rows_without_a_number():
    found = part("DEAL_ID;START_DATE;STAGE_NAME\n;2024-03-01 08:00:00;Новая\n1;2024-03-01 08:00:00;\n")
    assert [str(problem) for problem in found.problems] == [
        "table.csv › 2 › DEAL_ID: there is no number here, so the row was left out",
        "table.csv › 3 › STAGE_NAME: there is no stage here, so the row was left out",
    ]


def test_cells_that_are_real_dates():
    whole = sheet("DEAL_ID;START_DATE;STAGE_NAME\n1;x;Новая")
    whole.cells["START_DATE"] = pd.Series([pd.Timestamp("2024-03-01 08:00:00")], index=[2])
    (found,) = bi.read(whole, Settings())
    assert rows(found)[0]["time"] == "2024-03-01 08:00:00"


def test_a_line_break_inside_a_provider_is_no_border_of_the_type():
    """An unknown provider leaves it to the type: a planned call, done or not yet."""
    whole = sheet(ACTIVITIES).cells
    whole["PROVIDER_ID"], whole["TYPE_ID"] = "VOXIMPLANT_CALL\nX", "2"
    (found,) = bi.read(replace(sheet(ACTIVITIES), cells=whole.loc[[2, 3]]), Settings())
    assert found.frame["type"].tolist() == ["call", "task"]


def test_slashed_dates_are_read_as_the_configuration_says():
    csv = "DEAL_ID;START_DATE;STAGE_NAME\n1;05/03/2024 08:00;Новая\n"
    with pytest.raises(Ambiguous, match="START_DATE"):
        part(csv)
    (found,) = bi.read(sheet(csv), Settings(date_format="%d/%m/%Y"))
    assert rows(found)[0]["time"].startswith("2024-03-05")


CELLS = st.one_of(
    st.none(),
    st.text(max_size=4),
    st.sampled_from(["0", "1", "2", "[C1:NEW] Новая", "[]", "[S]", "2024-03-04 09:00:00", "31.02.2024", "Y", "1e999"]),
)


@settings(max_examples=80, deadline=None)
@given(data=st.data(), csv=st.sampled_from([DEALS, HISTORY, ACTIVITIES, CALLS]))
def test_any_cell_may_hold_anything(data, csv):
    whole = sheet(csv)
    for header in whole.headers:
        whole.cells[header] = data.draw(st.lists(CELLS, min_size=len(whole.cells), max_size=len(whole.cells)))
    (found,) = bi.read(whole, Settings())
    lost = [problem for problem in found.problems if "taken as empty" not in problem.what]
    told = {problem.place.row for problem in lost if problem.place.row}
    again = set(whole.cells.index[whole.cells.duplicated()])
    assert not again & (told | set(found.frame["row"]))
    assert not told & set(found.frame["row"])
    if csv is not ACTIVITIES:
        assert told | again | set(found.frame["row"]) == set(whole.cells.index)


def test_rows_of_nobody_and_cells_that_cannot_be_read_are_told():
    head = "ID;OWNER_ID;OWNER_TYPE_ID;TYPE_ID;PROVIDER_ID;SUBJECT;DATE_CREATE;DEADLINE"
    found = part(
        f"{head}\n1;1;2;4;CRM_EMAIL;x;2024-03-01 11:00:00;\n2;1;99;4;CRM_EMAIL;x;2024-03-01 11:00:00;\n"
        "4;1;;4;CRM_EMAIL;x;вчера;\n5;1;2;3;CRM_TODO;x;2024-03-01 11:00:00;завтра"
    )
    assert [str(problem) for problem in found.problems] == [
        "table.csv › 5 › DEADLINE: “завтра” can be read neither as a number nor as a date; taken as empty",
        "table.csv: belong neither to a deal or lead nor to a contact or company; left out were rows: 3–4",
    ]
    assert (found.rows, len(found.frame)) == (4, 2)
    deals = part(
        "ID;DATE_CREATE;STAGE_NAME;OPPORTUNITY;DATE_CLOSED;STAGE_SEMANTIC_ID;PHONE\n1;2024-03-01;Новая;abc;вчера;S;zzz"
    )
    unclear = "can be read neither as a number nor as a date; taken as empty"
    assert [str(problem) for problem in deals.problems] == [
        f"table.csv › 2 › DATE_CLOSED: “вчера” {unclear}",
        f"table.csv › 2 › OPPORTUNITY: “abc” {unclear}",
        f"table.csv › 2 › PHONE: “zzz” {unclear}",
    ]
