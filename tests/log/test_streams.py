"""Which streams an export holds, and which days each of them covers."""

from datetime import date, datetime
from typing import Any

import pytest

from auditor.inputs.tables import Source, Sources, Tables
from auditor.log.columns import Arrays
from auditor.log.kinds import DAY
from auditor.log.streams import Stream, find_streams
from auditor.settings import Settings

from .builders import act, change, day, deal, frame, log_of, said, sec, stage


def streams(settings: Settings | None = None, **rows: Any) -> dict[str, Stream]:
    return dict(log_of(settings, **rows).facts.streams)


def covered(stream: Stream) -> tuple[str, str]:
    return said(stream.first)[:10], said(stream.last)[:10]


def test_a_stream_covers_the_days_from_the_first_row_of_its_table_to_as_of() -> None:
    found = streams(
        activities=[
            act("comment", "2024-03-04 10:00"),
            act("call", "2024-03-05 10:00"),
            act("sms", "2024-03-07 10:00"),
        ],
        history=[stage("2024-03-06 10:00", "Б", "А")],
    )

    assert {name: (*covered(stream), stream.rows) for name, stream in found.items()} == {
        "comment": ("2024-03-04", "2024-03-07", 1),
        "call": ("2024-03-04", "2024-03-07", 1),
        "sms": ("2024-03-04", "2024-03-07", 1),
        "stage": ("2024-03-06", "2024-03-07", 1),
        "closed": ("2024-03-06", "2024-03-07", 1),
    }


def test_on_the_first_day_a_stream_covers_what_comes_from_the_first_row_of_its_table_on() -> None:
    found = streams(
        history=[stage("2024-03-04 09:30", "Б", "А")],
        activities=[act("comment", "2024-03-04 10:00:01"), act("call", "2024-03-05 10:00")],
    )

    assert said(found["stage"].first) == "2024-03-04 09:30:00"
    assert said(found["call"].first) == "2024-03-04 10:00:01"


def test_a_declared_kind_covers_from_the_first_row_of_its_own_table_on() -> None:
    rows = {"history": [stage("2024-03-06 09:30", "Б", "А")], "activities": [act("call", "2024-03-05 10:00")]}
    found = streams(Settings(declared_streams=("message", "field")), **rows)

    assert said(found["message in"].first) == "2024-03-05 10:00:00"
    assert said(found["field"].first) == "2024-03-06 09:30:00"


def test_a_declared_kind_of_a_table_without_a_row_covers_what_the_others_do() -> None:
    found = streams(Settings(declared_streams=("message",)), history=[stage("2024-03-06 09:30", "Б", "А")])

    assert said(found["message"].first) == "2024-03-06 09:30:00"


def test_a_kind_without_a_single_row_is_missing() -> None:
    found = streams(activities=[act("call", "2024-03-04 10:00")])

    assert "message" not in found
    assert "stage" not in found


def test_a_kind_that_the_configuration_declares_is_there() -> None:
    found = streams(Settings(declared_streams=("message", "file")), activities=[act("call", "2024-03-04 10:00")])

    assert {name for name, stream in found.items() if stream.declared} == {
        "message",
        "message out",
        "message in",
        "file",
    }
    assert covered(found["message"]) == ("2024-03-04", "2024-03-04")
    assert found["message"].rows == 0


def test_a_declared_kind_that_has_rows_is_what_it_is() -> None:
    found = streams(Settings(declared_streams=("call",)), activities=[act("call", "2024-03-04 10:00")])

    assert not found["call"].declared


def test_calls_and_letters_are_streams_by_direction_too() -> None:
    found = streams(
        activities=[
            act("comment", "2024-03-04 10:00"),
            act("call", "2024-03-05 10:00", direction="out"),
            act("call", "2024-03-05 11:00", direction="in"),
            act("call", "2024-03-05 12:00", direction="out"),
            act("email", "2024-03-05 13:00", direction="in"),
            act("email", "2024-03-05 14:00", direction=None),
            act("comment", "2024-03-06 10:00", direction="out"),
        ]
    )

    assert {name: stream.rows for name, stream in found.items()} == {
        "comment": 2, "call": 3, "email": 2, "call out": 2, "call in": 1, "email in": 1,
    }  # fmt: skip
    assert covered(found["call in"]) == ("2024-03-04", "2024-03-06"), "the days of its table"


QUIET = [
    ("2024-03-05", "2024-03-08", "as-of"),
    ("2024-03-04", "2024-03-11", "row"),
    ("2024-03-05", "2024-03-10", "as-of"),
    ("2024-03-04", "2024-03-09", "as-of"),
    ("2023-12-29", "2024-01-11", "as-of"),
    ("2023-12-29", "2024-01-12", "row"),
    ("2024-04-26", "2024-05-03", "as-of"),
    ("2024-04-26", "2024-05-06", "row"),
]


@pytest.mark.parametrize(("last", "today", "until"), QUIET)
def test_a_table_quiet_for_more_than_three_working_days_covers_to_its_last_row(
    last: str, today: str, until: str
) -> None:
    found = streams(Settings(as_of=datetime.fromisoformat(f"{today} 12:00")), deals=[deal(created="2023-12-01")],
                    activities=[act("call", "2023-12-04 10:00"), act("call", f"{last} 10:00")])  # fmt: skip

    assert covered(found["call"]) == ("2023-12-04", today if until == "as-of" else last)


def test_how_long_quiet_may_last_and_which_days_count_are_settings() -> None:
    rows = [act("call", "2024-03-04 10:00")]
    as_of = datetime(2024, 3, 12, 12)

    assert streams(Settings(as_of=as_of), activities=rows)["call"].last == sec("2024-03-04 23:59:59")
    assert streams(Settings(as_of=as_of, quiet_days=5), activities=rows)["call"].last == sec("2024-03-12 12:00")
    off = tuple(date(2024, 3, number) for number in (5, 6, 7))
    assert streams(Settings(as_of=as_of, days_off=off), activities=rows)["call"].last == sec("2024-03-12 12:00")


def test_rows_later_than_as_of_do_not_cover_anything() -> None:
    found = streams(
        Settings(as_of=datetime(2024, 3, 5, 12)),
        activities=[act("call", "2024-03-04 10:00"), act("call", "2024-03-06 10:00")],
        history=[stage("2024-03-06 10:00", "Б", "А")],
    )

    assert covered(found["call"]) == ("2024-03-04", "2024-03-05")
    assert found["stage"].first > found["stage"].last


def test_the_ledger_is_a_stream_by_its_updates() -> None:
    rows = [{"deal": "1", "entity": "deal", "updated": f"2024-03-0{number} 10:00"} for number in (4, 5)]

    assert covered(streams(ledger=rows)["ledger"]) == ("2024-03-04", "2024-03-05")


def test_a_ledger_without_updates_speaks_for_all_days() -> None:
    found = streams(
        activities=[act("call", "2024-03-06 10:00")], ledger=[{"deal": "1", "entity": "deal", "amount": 5.0}]
    )

    assert covered(found["ledger"]) == ("2000-01-01", "2024-03-06")


def test_closings_are_told_by_stages_by_events_or_by_the_columns() -> None:
    closing = change("closed", "2024-03-05 10:00", "won")

    assert covered(streams(history=[closing])["closed"]) == ("2024-03-05", "2024-03-05")
    assert covered(streams(deals=[deal(closed="2024-03-05 10:00")])["closed"]) == ("2024-03-01", "2024-03-05")
    assert "closed" not in streams(deals=[deal(closed=None)])


def two_sheets(second: Source, calls: list[Any], letters: list[Any]) -> dict[str, Stream]:
    activities = frame([*calls, *letters], 0)
    activities["row"] = [2, 3, 5002, 5003]
    first = Source("calls.csv", None, "activities", "plain", 2, 0, 0)
    tables = Tables(frame([deal()], 9000), activities=activities, sources=Sources([first, second]))
    return dict(find_streams(Arrays.of(tables), Settings(), day("2024-03-08") * DAY))


CALLS = [act("call", "2024-03-04 10:00"), act("call", "2024-03-05 10:00")]
LETTERS = [act("email", "2024-03-06 10:00"), act("email", "2024-03-08 10:00")]


def test_sheets_of_one_reader_are_one_table() -> None:
    found = two_sheets(Source("mail.csv", None, "activities", "plain", 2, 0, 5000), CALLS, LETTERS)

    assert covered(found["email"]) == covered(found["call"]) == ("2024-03-04", "2024-03-08")


def test_sheets_of_different_readers_cover_their_own_days() -> None:
    found = two_sheets(Source("mail.json", None, "activities", "amo", 2, 0, 5000), CALLS, LETTERS)

    assert covered(found["call"]) == ("2024-03-04", "2024-03-08")
    assert covered(found["email"]) == ("2024-03-06", "2024-03-08")


def test_an_empty_table_holds_no_stream() -> None:
    assert streams(activities=[], history=[]) == {}


# ── what need not be there ──

CALLS_AND_LETTERS = [act("call", "2024-03-04 10:00"), act("email", "2024-03-04 11:00")]


def unused(*activities: Any, **settings: Any) -> frozenset[str]:
    return log_of(Settings(**settings), activities=[*activities]).facts.unused


def test_sms_and_forms_are_not_used_where_calls_and_letters_are_exported_and_none_of_them() -> None:
    assert unused(*CALLS_AND_LETTERS) == {"sms", "form"}
    assert unused(CALLS_AND_LETTERS[0], act("message", "2024-03-04 11:00")) == {"sms", "form"}
    assert unused(*CALLS_AND_LETTERS, act("sms", "2024-03-04 12:00")) == {"form"}


@pytest.mark.parametrize("only", [0, 1])
def test_without_calls_or_anything_written_nobody_knows_whether_sms_are_used(only: int) -> None:
    assert unused(CALLS_AND_LETTERS[only]) == frozenset()


def test_the_settings_say_that_sms_are_missing_or_exported() -> None:
    assert unused(*CALLS_AND_LETTERS, missing_streams=("sms",)) == {"form"}
    assert unused(*CALLS_AND_LETTERS, declared_streams=("sms",)) == {"form"}
    assert unused(CALLS_AND_LETTERS[1], declared_streams=("call",)) == {"sms", "form"}
