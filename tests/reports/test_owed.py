"""What is owed: when it is due, how much of its time is used up, and the same in every form."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import openpyxl
import pytest
from icalendar import Calendar
from syrupy.assertion import SnapshotAssertion

from auditor.audit.result import Audit, Scope
from auditor.inputs.tables import Place
from auditor.reports.owed.agenda import Agenda, agenda_of
from auditor.reports.owed.calendar import calendar_of
from auditor.reports.owed.data import json_of
from auditor.reports.owed.terminal import print_agenda
from auditor.reports.owed.workbook import write_workbook
from tests.reports.builders import audit_of, duty
from tests.reports.conftest import Printed

LINK = "https://crm.example/deal/7/"


def pending(due: datetime, **values: Any) -> dict[str, Any]:
    told = {"id": f"{due:%d%H%M}", "arose": due - timedelta(2), "verdict": "pending", "how": "", **values}
    return duty(due=due, **told)


def at(day: int, clock: str = "23:59:59") -> datetime:
    return datetime.fromisoformat(f"2024-03-{day:02} {clock}")


def owed(duties: list[dict[str, Any]], used: Sequence[float] = ()) -> Audit:
    """An audit as of Tuesday 12.03.2024 18:00 with these duties, of whose time so much is used up, in their order."""
    shares = dict(zip((each["id"] for each in duties), used, strict=False))
    return replace(
        audit_of(duties, []), used_up=lambda shown: np.array([shares.get(id, np.nan) for id in shown["id"]], float)
    )


DUTIES = [
    pending(at(12), clause="FUR0902", deal="7", title="Шкаф", manager="Смирнова Ольга", link=LINK, measured=20.0,
            limit=30.0, unit="days", why="Вошла в «Преддоговор» 21.02.2024."),
    pending(at(13, "11:00:00"), deal="1005", severity="medium", measured=1.0, limit=3.0, unit="times"),
    duty(id="late", deal="9", manager="Смирнова Ольга", arose=at(12, "10:00"), due=at(12, "12:00"), how="missed",
         why="Не перезвонили."),
    pending(at(25), deal="8", manager="", role="robot", clause="FUR0203", severity="low"),
]  # fmt: skip
SOME = owed(DUTIES, [0.5, 0.25, 1.0])


@pytest.mark.parametrize(
    ("due", "when"),
    [
        (at(12, "18:00"), "today"),
        (at(12), "today"),
        (at(13, "00:00"), "tomorrow"),
        (at(13), "tomorrow"),
        (at(14, "00:00"), "this_week"),
        (at(17), "this_week"),
        (at(18, "00:00"), "next_week"),
        (at(24), "next_week"),
        (at(25, "00:00"), "later"),
    ],
)
def test_when_a_duty_is_due(due: datetime, when: str) -> None:
    [each] = agenda_of(owed([pending(due)])).owed
    assert each.when == when


def test_on_a_sunday_tomorrow_is_no_longer_this_week() -> None:
    sunday = replace(owed([pending(at(18)), pending(at(19))]), as_of=datetime(2024, 3, 17, 18))
    assert [each.when for each in agenda_of(sunday).owed] == ["tomorrow", "next_week"]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, ["overdue"]),
        ({"due": at(11)}, []),
        ({"how": "late", "met_at": at(12, "12:30")}, []),
        ({"how": "forbidden"}, []),
        ({"arose": at(12, "12:00")}, []),
        ({"verdict": "waived"}, []),
        ({"verdict": "unknown", "how": ""}, []),
    ],
)
def test_overdue_is_what_fell_due_today_and_can_still_be_done(values: dict[str, Any], told: list[str]) -> None:
    missed = {"arose": at(12, "10:00"), "due": at(12, "12:00"), "how": "missed", **values}
    assert [each.when for each in agenda_of(owed([duty(**missed)])).owed] == told


def test_everybody_has_his_own_soonest_first() -> None:
    told = [(each.person, [one.duty.id for one in each.owed], dict(each.counts)) for each in agenda_of(SOME).debtors]
    assert told == [
        (("Смирнова Ольга", "Розница", "manager"), ["late", "122359"], {"overdue": 1, "today": 1}),
        (("Петров Иван", "Розница", "manager"), ["131100"], {"tomorrow": 1}),
        (("", "Розница", "robot"), ["252359"], {"later": 1}),
    ]


def test_the_share_of_the_time_is_that_of_the_same_duty() -> None:
    assert {each.duty.id: each.used for each in agenda_of(SOME).owed} == {
        "late": 1.0,
        "122359": 0.5,
        "131100": 0.25,
        "252359": None,
    }


def shown(printed: Printed, agenda: Agenda, width: int = 100) -> str:
    return printed(lambda console: print_agenda(agenda, console), width)


def test_on_a_terminal(printed: Printed, snapshot: SnapshotAssertion) -> None:
    assert shown(printed, agenda_of(replace(SOME, scope=Scope(managers=("Смирнова Ольга",))))) == snapshot


@pytest.mark.usefixtures("in_russian")
def test_on_a_terminal_in_russian(printed: Printed, snapshot: SnapshotAssertion) -> None:
    assert shown(printed, agenda_of(SOME), 80) == snapshot


def test_of_what_is_over_no_share_is_told(printed: Printed) -> None:
    lines = shown(printed, agenda_of(SOME)).splitlines()
    shares = {line.split(" · ")[1]: line.split(" · ")[-1] for line in lines if line[3:6] == "by "}
    assert shares == {
        "Deal 9": "FUR0201",
        "Deal 7": "50.0% of the time used",
        "Deal 1005": "25.0% of the time used",
        "Deal 8": "FUR0203",
    }


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_terminal(printed: Printed, width: int) -> None:
    assert max(map(len, shown(printed, agenda_of(SOME), width).splitlines())) <= width


def test_where_nothing_is_owed_every_form_says_so(printed: Printed) -> None:
    nothing = agenda_of(owed([]))
    assert shown(printed, nothing).endswith("\nNothing is owed: no duty is open.")
    assert json.loads("".join(json_of(nothing)))["duties"] == []
    assert Calendar.from_ical(calendar_of(nothing)).events == []
    assert [row[0].value for row in sheet_of(nothing).iter_rows(min_row=4)] == []


def test_in_json_the_duties_stand_soonest_first() -> None:
    told = json.loads("".join(json_of(agenda_of(SOME))))
    assert [told[key] for key in ("schema", "as_of", "timezone")] == [1, "2024-03-12T18:00:00", "Europe/Moscow"]
    assert [(each["id"], each["when"], each["due"], each["used"]) for each in told["duties"]] == [
        ("late", "overdue", "2024-03-12T12:00:00", 1),
        ("122359", "today", "2024-03-12T23:59:59", 0.5),
        ("131100", "tomorrow", "2024-03-13T11:00:00", 0.25),
        ("252359", "later", "2024-03-25T23:59:59", None),
    ]


def events(agenda: Agenda) -> list[Any]:
    return Calendar.from_ical(calendar_of(agenda)).events


def test_in_a_calendar_each_duty_is_an_event_known_by_its_id() -> None:
    assert [(str(event["uid"]), event["dtstart"].dt) for event in events(agenda_of(SOME))] == [
        ("late@auditor", datetime(2024, 3, 12, 9, tzinfo=UTC)),
        ("122359@auditor", date(2024, 3, 12)),
        ("131100@auditor", datetime(2024, 3, 13, 8, tzinfo=UTC)),
        ("252359@auditor", date(2024, 3, 25)),
    ]
    event = events(agenda_of(SOME))[1]
    assert str(event["summary"]) == "Deal 7 · Шкаф · FUR0902 · Смирнова Ольга"
    assert str(event["description"]).endswith("дольше 30 дней. Вошла в «Преддоговор» 21.02.2024.")
    assert (str(event["url"]), event["priority"], event["dtend"].dt) == (LINK, 1, date(2024, 3, 13))
    assert event["dtstamp"].dt == datetime(2024, 3, 12, 15, tzinfo=UTC)


def test_texts_of_a_crm_add_nothing_to_a_calendar() -> None:
    bad = "a\r\nEND:VEVENT\r\nBEGIN:VALARM;x,y\\n\x00"
    [event] = events(agenda_of(owed([pending(at(13), title=bad, why=bad, link=f"javascript:{bad}", manager=bad)])))
    assert str(event["summary"]).count("END:VEVENT BEGIN:VALARM;x,y\\n") == 2
    assert (event.subcomponents, "url" in event) == ([], False)


def sheet_of(agenda: Agenda) -> Any:
    file = io.BytesIO()
    write_workbook(agenda, file)
    return openpyxl.load_workbook(file).active


def test_in_a_workbook_dates_are_dates_and_shares_numbers() -> None:
    rows = [[cell.value for cell in row] for row in sheet_of(agenda_of(SOME)).iter_rows(min_row=3)]
    captions, *duties = rows
    told = [dict(zip(captions, row, strict=True)) for row in duties]
    assert [(row["When"], row["Due"], row["Deal"], row["Time used"]) for row in told] == [
        ("Overdue today", datetime(2024, 3, 12, 12), "Deal 9", 1),
        ("Today", datetime(2024, 3, 12, 23, 59, 59), "Deal 7", 0.5),
        ("Tomorrow", datetime(2024, 3, 13, 11), "Deal 1005", 0.25),
        ("Later", datetime(2024, 3, 25, 23, 59, 59), "Deal 8", None),
    ]
    assert [row["Manager"] for row in told][-1] == "nobody by name"


def test_no_wrapped_text_is_cut_and_a_page_is_as_wide_as_what_is_printed() -> None:
    sheet = sheet_of(agenda_of(owed([pending(at(13), why="слово " * 60), pending(at(14))])))
    assert [sheet.row_dimensions[row].height for row in (4, 5)] == [13.5 * 9, 13.5 * 2]
    assert sheet.print_area == "'What lies ahead'!$A$1:$I$5"
    assert (sheet.print_title_rows, sheet.page_setup.orientation, sheet.freeze_panes) == ("$3:$3", "landscape", "A4")


def test_texts_of_a_crm_stay_texts_in_a_workbook() -> None:
    bad = '=HYPERLINK("http://x")\x07'
    sheet = sheet_of(agenda_of(owed([pending(at(13), title=bad, link="http://x", manager="+1")])))
    cells = {cell.value: cell.data_type for cell in sheet[4] if isinstance(cell.value, str)}
    assert {cells['=HYPERLINK("http://x")'], cells["+1"]} == {"s"}
    markup = sheet_of(agenda_of(owed([pending(at(13), title="<r>a & b</r>")])))
    assert " <r>a & b</r>" in [cell.value for cell in markup[4]]


def test_a_deal_opens_its_page_of_the_crm_and_nothing_else() -> None:
    links = ("https://crm.example/7", "javascript:alert(1)", "file:///etc/passwd")
    sheet = sheet_of(
        agenda_of(
            owed(
                [
                    pending(at(13, hour), deal="7", link=link)
                    for hour, link in zip(("10", "11", "12"), links, strict=True)
                ]
            )
        )
    )
    found = {cell.coordinate: cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert found == {"D4": "https://crm.example/7"}
    assert [sheet[f"D{row}"].value for row in (4, 5)] == ["Deal 7", "Deal 7 javascript:alert(1)"]


def test_the_same_audit_gives_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for file in (first, second):
        write_workbook(agenda_of(SOME), file)
    assert first.getvalue() == second.getvalue()
    assert calendar_of(agenda_of(SOME)) == calendar_of(agenda_of(SOME))


def test_the_rows_that_show_it_are_in_json() -> None:
    agenda = agenda_of(owed([pending(at(13), evidence=[Place("a.csv", None, 3)])]))
    [told] = json.loads("".join(json_of(agenda)))["duties"]
    assert told["evidence"] == [{"file": "a.csv", "sheet": None, "row": 3, "column": None}]
