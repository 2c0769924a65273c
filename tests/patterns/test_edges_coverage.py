"""Edges of what the exports cover: the first covered day, and calls that hang on no deal."""

from datetime import datetime
from typing import Any

import pytest
from log.builders import Row, act, deal, log_of, stage

from auditor.patterns import (
    ANSWERED,
    IN,
    OUT,
    UNANSWERED,
    Condition,
    PerDay,
    Response,
    call,
    comment,
    contact,
    count,
    days,
    enters,
    hours,
    leaves,
    message,
    silence,
    sms,
)
from auditor.patterns.core.deadline import Deadline
from auditor.patterns.core.pattern import Pattern
from auditor.settings import Settings

from .world import A, B, found

CALL_IN_AN_HOUR = Response(on=enters(A), expect=call(OUT), due=hours(1))
DAILY = PerDay(during=A, expect=call(OUT))
WRITTEN_DAILY = PerDay(during=A, expect=message(OUT))


def verdicts(pattern: Pattern, as_of: str, **rows: Any) -> list[tuple[str, str]]:
    """When each duty arose, and its verdict."""
    settings = Settings(as_of=datetime.fromisoformat(as_of), suppose_days_off=False)
    return [(f"{duty.arose:%d %H:%M}", duty.verdict) for duty in found(log_of(settings, **rows), pattern)]


# ── the first covered day ──

CALL = {"deal": "2", "direction": "out", "outcome": "unanswered", "duration": 0.0}
TWO = [deal(created="2024-03-11 09:00"), deal("2", created="2024-03-11 09:00")]
ENTRY = [stage("2024-03-11 09:00", "A"), stage("2024-03-11 09:00", "B", deal="2")]


@pytest.mark.parametrize(
    ("first_call", "verdict"),
    [("09:00:00", "violated"), ("09:00:01", "unknown"), ("10:00:00", "unknown"), ("14:00:00", "unknown")],
)
def test_what_is_missing_before_the_first_row_of_the_first_covered_day_is_unknown(
    first_call: str, verdict: str
) -> None:
    calls = [act("call", f"2024-03-11 {first_call}", **CALL)]
    told = verdicts(CALL_IN_AN_HOUR, "2024-03-11 18:00", deals=TWO, history=ENTRY, activities=calls)

    assert told == [("11 09:00", verdict)]


@pytest.mark.parametrize(
    ("entered", "due", "verdict"),
    [
        ("2024-03-11 09:00", hours(14), "unknown"),
        ("2024-03-11 09:00", days(1), "violated"),
        ("2024-03-11 10:00", hours(1), "violated"),
        ("2024-03-10 09:00", days(2), "unknown"),
    ],
)
def test_a_time_that_lasts_longer_than_the_first_covered_day_is_covered_from_that_day_on(
    entered: str, due: Deadline, verdict: str
) -> None:
    history, calls = [stage(entered, "A"), ENTRY[1]], [act("call", "2024-03-11 10:00", **CALL)]
    pattern, deals = Response(on=enters(A), expect=call(OUT), due=due), [deal(created=entered), TWO[1]]
    told = verdicts(pattern, "2024-03-14 18:00", deals=deals, history=history, activities=calls)

    assert [verdict for _arose, verdict in told] == [verdict]


def test_a_night_shift_of_the_first_covered_day_is_of_that_day() -> None:
    people = [{"name": "Анна", "schedule": "2/2 с 11.03.2024 20:00-08:00"}]
    calls = [act("call", "2024-03-11 09:00", **CALL)]

    assert verdicts(DAILY, "2024-03-14 18:00", deals=TWO, history=ENTRY, activities=calls, people=people) == [
        ("11 00:00", "unknown"), ("12 00:00", "violated"),
    ]  # fmt: skip


def test_what_is_there_on_the_first_covered_day_counts() -> None:
    calls = [act("call", "2024-03-11 09:30", **CALL | {"deal": "1"})]

    assert verdicts(CALL_IN_AN_HOUR, "2024-03-11 18:00", deals=TWO, history=ENTRY, activities=calls) == [
        ("11 09:00", "met")
    ]


def test_a_day_that_begins_before_the_first_row_is_unknown_and_the_next_one_is_judged() -> None:
    calls = [act("call", "2024-03-11 09:00", **CALL)]

    assert verdicts(DAILY, "2024-03-13 08:00", deals=TWO, history=ENTRY, activities=calls) == [
        ("11 00:00", "unknown"), ("12 00:00", "violated"), ("13 00:00", "pending"),
    ]  # fmt: skip


def test_counts_and_silences_reach_back_to_the_second_from_which_they_count() -> None:
    deals, history = TWO, [*ENTRY, stage("2024-03-14 08:00", "B", "A")]
    calls = [act("call", "2024-03-11 10:00", **CALL | {"deal": "1", "outcome": "answered"})]
    quiet = Condition(on=enters(B), that=silence(call(OUT)) <= 2)
    counted = Condition(on=enters(B), that=count(call(OUT), since=call(OUT, ANSWERED)) >= 1)

    for pattern in (quiet, counted):
        told = verdicts(pattern, "2024-03-14 18:00", deals=deals, history=history, activities=calls)
        assert ("14 08:00", "violated") in told


# ── calls that hang on no deal ──

LOOSE = {"deal": None, "direction": "out", "outcome": "answered", "duration": 60.0, "phone": None}
OTHERS = [
    act("call", "2024-03-11 09:00", **CALL),
    act("call", "2024-03-11 09:00", **{**CALL, "direction": "in"}),
    *(act(kind, "2024-03-11 09:00", deal="2", direction="in") for kind in ("message", "sms", "email")),
]
TALK = Response(on=enters(A), expect=contact, due=hours(5))
ATTEMPT_FAILED = Response(on=enters(A), expect=call(OUT, UNANSWERED), due=hours(5))
CALLED_BACK = Response(on=enters(A), expect=call(IN), due=hours(5))


def with_loose(pattern: Pattern, *loose: Row, deals: "list[Row] | None" = None) -> str:
    """The verdict on the first deal, when these calls of 11 March hang on no deal."""
    rows = [*OTHERS, *(act("call", "2024-03-11 10:00", **{**LOOSE, **cells}) for cells in loose)]
    told = verdicts(pattern, "2024-03-13 18:00", deals=deals or TWO, history=ENTRY, activities=rows)
    return dict(told)["11 09:00"]


@pytest.mark.parametrize(
    ("pattern", "cells", "verdict"),
    [
        (TALK, {}, "unknown"),
        (TALK, {"outcome": None, "duration": None}, "unknown"),
        (TALK, {"outcome": "unanswered", "duration": 0.0}, "violated"),
        (ATTEMPT_FAILED, {}, "violated"),
        (ATTEMPT_FAILED, {"outcome": "unanswered"}, "unknown"),
        (CALL_IN_AN_HOUR, {}, "unknown"),
        (CALL_IN_AN_HOUR, {"outcome": "unanswered"}, "unknown"),
        (CALLED_BACK, {}, "violated"),
    ],
)
def test_a_loose_call_counts_only_if_it_can_be_the_one_that_is_missed(
    pattern: Pattern, cells: Row, verdict: str
) -> None:
    assert with_loose(pattern, cells) == verdict


def test_an_incoming_loose_call_can_be_the_talk_where_too_many_outgoing_ones_are_loose() -> None:
    missed, talk = {"outcome": "unanswered"}, {"direction": "in"}

    assert with_loose(TALK, missed, talk) == "unknown"
    assert with_loose(TALK, talk) == "violated", "no outgoing call is loose"
    assert with_loose(CALLED_BACK, missed, talk) == "unknown"


OURS, THEIRS = "79160000001", "79160000002"
KNOWN = [deal(created="2024-03-11 09:00", phone=OURS), deal("2", created="2024-03-11 09:00", phone=THEIRS)]


@pytest.mark.parametrize(
    ("phone", "deals", "verdict"),
    [
        (THEIRS, KNOWN, "violated"),
        ("79169999999", KNOWN, "violated"),
        (OURS, KNOWN, "unknown"),
        (None, KNOWN, "unknown"),
        (THEIRS, [deal(created="2024-03-11 09:00", phone=None), KNOWN[1]], "unknown"),
    ],
)
def test_a_loose_call_whose_number_is_another_than_the_deals_is_none_of_its(
    phone: str | None, deals: list[Row], verdict: str
) -> None:
    assert with_loose(CALL_IN_AN_HOUR, {"phone": phone}, deals=deals) == verdict
    assert with_loose(TALK, {"phone": phone}, deals=deals) == verdict


def test_any_number_of_a_deal_is_its_own() -> None:
    ours = deal(created="2024-03-11 09:00", phone=OURS, phones=f"{OURS} 79160000003")
    deals = [ours, {**KNOWN[1], "phones": THEIRS}]

    assert with_loose(CALL_IN_AN_HOUR, {"phone": "79160000003"}, deals=deals) == "unknown"
    assert with_loose(CALL_IN_AN_HOUR, {"phone": OURS}, deals=deals) == "unknown"
    assert with_loose(CALL_IN_AN_HOUR, {"phone": THEIRS}, deals=deals) == "violated"


def test_the_number_of_its_lead_is_a_deals_as_well() -> None:
    lead = deal("7", created="2024-03-10 09:00", entity="lead", phone=OURS)
    deals = [deal(created="2024-03-11 09:00", phone=None, lead_id="7"), KNOWN[1], lead]

    assert with_loose(CALL_IN_AN_HOUR, {"phone": OURS}, deals=deals) == "unknown"
    assert with_loose(CALL_IN_AN_HOUR, {"phone": THEIRS}, deals=deals) == "violated"


def on_a_day_with(*activities: Row) -> list[tuple[str, str]]:
    rows = [act("message", "2024-03-10 09:00", deal="2", direction="out")]
    deals = [deal(created="2024-03-10 09:00"), deal("2", created="2024-03-10 09:00")]
    return verdicts(
        WRITTEN_DAILY, "2024-03-12 10:00", deals=deals, activities=[*rows, *activities],
        history=[stage("2024-03-10 09:00", "A"), stage("2024-03-10 09:00", "B", deal="2")],
    )  # fmt: skip


def test_a_day_that_a_talk_would_free() -> None:
    unclear = act("call", "2024-03-11 10:00", direction="out", outcome=None, duration=None)
    missed = act("call", "2024-03-11 10:00", direction="out", outcome="unanswered", duration=0.0)
    loose = act("call", "2024-03-11 10:00", **LOOSE)
    loose_missed = act("call", "2024-03-11 10:00", **{**LOOSE, "outcome": "unanswered"})

    assert on_a_day_with(missed)[0] == ("11 00:00", "violated")
    assert on_a_day_with(unclear)[0] == ("11 00:00", "unknown")
    assert on_a_day_with(missed, loose_missed)[0] == ("11 00:00", "violated")
    assert on_a_day_with(missed, loose)[0] == ("11 00:00", "unknown")


def test_sms_are_not_asked_for_each_direction_calls_are() -> None:
    one_way = [act(kind, "2024-03-11 09:00", deal="2", direction="in") for kind in ("call", "sms")]
    rows: dict[str, Any] = {"deals": TWO, "history": ENTRY, "activities": one_way}

    by_sms, by_call = (Response(on=enters(A), expect=what(OUT), due=hours(1)) for what in (sms, call))
    assert verdicts(by_sms, "2024-03-11 18:00", **rows) == [("11 09:00", "violated")]
    assert verdicts(by_call, "2024-03-11 18:00", **rows) == [("11 09:00", "unknown")]


# ── gaps of a stream ──

DAYS_BEFORE, DAYS_SILENT, DAYS_AFTER = range(11, 16), range(18, 22), (22, 25, 26, 27, 28)


def test_what_falls_into_a_gap_is_unknown_unless_met_and_what_does_not_is_judged() -> None:
    busy = [
        act("call", f"2024-03-{day} 1{hour}:00", **CALL) for day in (*DAYS_BEFORE, *DAYS_AFTER) for hour in range(3)
    ]
    alive = [act("comment", f"2024-03-{day} 12:00", deal="2") for day in DAYS_SILENT]
    entries = [
        stage(f"2024-03-{moment}", name, before)
        for moment, name, before in (
            ("15 12:00", "A", "B"), ("15 22:00", "B", "A"), ("15 22:59:59", "A", "B"), ("15 23:30", "B", "A"),
            ("19 12:00", "A", "B"), ("21 23:00", "B", "A"), ("22 00:00", "A", "B"),
        )
    ]  # fmt: skip
    rows = {"deals": [deal(created="2024-03-11 09:00"), deal("2", created="2024-03-11 09:00")], "history": entries}
    told = verdicts(CALL_IN_AN_HOUR, "2024-03-28 18:00", activities=[*busy, *alive], **rows)
    assert told == [
        ("15 12:00", "violated"),
        ("15 22:59", "violated"),
        ("19 12:00", "unknown"),
        ("22 00:00", "violated"),
    ]
    met = act("comment", "2024-03-19 12:30", deal="1")
    told = verdicts(
        Response(on=enters(A), expect=call(OUT) | comment, due=hours(1)), "2024-03-28 18:00",
        activities=[*busy, *alive, met], **rows,
    )  # fmt: skip
    assert told[2] == ("19 12:00", "met")


# ── moves that are missing ──

UNTIL_C = [
    stage("2024-03-11 09:00", "A", "C"), stage("2024-03-14 09:00", "A", "B"), stage("2024-03-11 09:00", "B", deal="2"),
]  # fmt: skip
"""A move from A to B is missing on one of the days from the 11th to the 14th."""
PERHAPS = [("11 09:00", "unknown")]
"""The unknown stage that follows may be A again."""
QUIET = [act("call", f"2024-03-{day} 09:00", **CALL) for day in range(11, 16)]


@pytest.mark.parametrize(
    ("pattern", "verdicts_found"),
    [
        (CALL_IN_AN_HOUR, [("11 09:00", "violated"), *PERHAPS, ("14 09:00", "violated")]),
        (DAILY, [("11 00:00", "unknown"), ("12 00:00", "unknown"), ("13 00:00", "unknown"), ("14 00:00", "violated")]),
        (Response(on=enters(A), expect=leaves(A), due=days(1)), [("11 09:00", "unknown"), *PERHAPS]),
    ],
    ids=["what the entry raises is judged", "a day in the stage is unknown", "the length of the stay is unknown"],
)
def test_where_a_deal_was_before_a_move_out_of_another_stage_is_unknown(
    pattern: Pattern, verdicts_found: list[tuple[str, str]]
) -> None:
    found_here = verdicts(pattern, "2024-03-15 12:00", deals=TWO, history=UNTIL_C, activities=QUIET)
    assert [each for each in found_here if each[1] != "pending"] == verdicts_found
