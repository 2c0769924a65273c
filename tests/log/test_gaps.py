"""Gaps of streams: pages that nobody saved, and silences of what is usually busy."""

from datetime import datetime
from typing import Any

import numpy as np
import pytest

from auditor import i18n
from auditor.audit.silences import problems_of
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Gap
from auditor.log import Log, build_log
from auditor.log.kinds import DAY
from auditor.log.streams import Stream
from auditor.settings import Settings

from .builders import Row, act, change, deal, log_of, said, sec, tables

BEFORE, SILENT, AFTER = range(11, 16), range(18, 22), (22, 25, 26, 27, 28)
"""Days of March 2024: five working days, four on which nobody called, five more."""


def on(kind: str, days: Any, times: int = 3, **cells: Any) -> list[Row]:
    return [act(kind, f"2024-03-{day:02} {10 + hour}:00", **cells) for day in days for hour in range(times)]


def calls(days: Any, times: int = 3) -> list[Row]:
    return on("call", days, times, direction="out")


def silences(log: Log, name: str = "call") -> list[tuple[str, str]]:
    return [(said(first), said(last)) for first, last in log.facts.streams[name].silences]


BUSY = [*calls(BEFORE), *calls(AFTER)]
ALIVE = on("comment", SILENT, 1)
USUALLY = on("comment", (*BEFORE, *AFTER), 9)
FOUND = [("2024-03-16 00:00:00", "2024-03-21 23:59:59")]


def test_a_busy_stream_that_falls_silent_has_a_gap() -> None:
    log = log_of(activities=[*BUSY, *ALIVE])
    assert silences(log) == silences(log, "call out") == FOUND
    assert silences(log, "comment") == []
    assert all(stream.gaps == stream.silences for stream in log.facts.streams.values())


@pytest.mark.parametrize(
    "rows",
    [
        [*BUSY, *ALIVE, *calls((18,), 1)],
        [*BUSY, *on("comment", (18, 19, 20), 1)],
        [*calls(BEFORE, 2), *calls(AFTER), *ALIVE],
        [*calls(BEFORE), *calls(AFTER, 2), *ALIVE],
        [*calls(range(12, 16)), *calls(AFTER), *ALIVE],
        [*calls(BEFORE), *calls(AFTER[:4]), *ALIVE],
        [*BUSY, *USUALLY, *on("comment", SILENT, 4)],
    ],
    ids=[
        "three working days are no gap", "the company rested on one of them", "two calls a day before",
        "two calls a day after", "four days before", "four days after",
        "the company nearly rested",
    ],
)  # fmt: skip
def test_a_silence_that_may_be_a_habit_is_no_gap(rows: list[Row]) -> None:
    assert silences(log_of(activities=rows)) == []


def test_half_of_what_else_usually_happens_is_no_rest() -> None:
    assert silences(log_of(activities=[*BUSY, *USUALLY, *on("comment", SILENT, 5)])) == FOUND


@pytest.mark.parametrize(
    ("stray", "found"),
    [
        (calls((1,), 3), [("2024-03-02 00:00:00", "2024-03-19 23:59:59")]),
        (calls((4,), 3), []),  # ten working days are not long
        (calls((1,), 14), [("2024-03-02 00:00:00", "2024-03-19 23:59:59")]),
        ([*calls((1,), 14), act("call", "2024-03-01 09:00", direction="out")], []),  # fifteen are not a few
    ],
)
def test_a_few_stray_records_long_before_a_stream_begins_do_not_stretch_it(
    stray: list[Row], found: list[tuple[str, str]]
) -> None:
    assert silences(log_of(activities=[*stray, *calls((20, 21, 22, 25, 26))])) == found


def test_days_off_are_no_silence() -> None:
    rows = [*calls(BEFORE), *calls((20, 21, 22, 25, 26)), *on("comment", (18, 19), 1)]
    assert silences(log_of(activities=rows)) == []
    assert silences(log_of(Settings(quiet_days=1), activities=rows)) == [("2024-03-16 00:00:00", "2024-03-19 23:59:59")]


def test_creations_and_the_history_tell_that_the_company_worked() -> None:
    deals = [deal(), *(deal(str(day), f"2024-03-{day} 10:00") for day in (18, 19))]
    moves = [change("stage", f"2024-03-{day} 10:00", "Б") for day in (20, 21)]
    assert silences(log_of(deals=deals, history=moves, activities=BUSY)) == FOUND
    assert silences(log_of(deals=deals, activities=BUSY)) == []


def test_what_the_settings_declare_falls_silent_and_has_no_gap() -> None:
    assert silences(log_of(Settings(declared_streams=("call",)), activities=[*BUSY, *ALIVE])) == []


def test_what_comes_after_as_of_says_nothing_of_a_silence() -> None:
    settings = Settings(as_of=datetime(2024, 3, 27, 23))
    assert silences(log_of(settings, activities=[*BUSY, *ALIVE])) == []


def test_a_gap_is_told_with_its_stream_its_days_and_what_to_do() -> None:
    i18n.activate("en")
    [problem] = problems_of(log_of(activities=[*BUSY, *ALIVE]))
    assert (problem.place.file, problem.kind) == ("activities.csv", Trouble.GAP)
    assert problem.what == (
        "calls: not one record from 2024-03-16 to 2024-03-21, though there are some before and every working day "
        "after has some; what needs them is unknown there. Export these days as well; if there were none, say in "
        "auditor.toml [streams] call = true"
    )


def test_time_that_touches_a_gap_is_left_out() -> None:
    stream = Stream(0, 10 * DAY, 1, gaps=((500, 600), (100, 200)))
    first, last = np.array([(0, 99), (0, 100), (200, 300), (201, 499), (550, 560), (601, 700), (150, 650)]).T
    assert stream.leaves_out(first, last).tolist() == [False, True, True, False, True, False, True]


def test_missing_pages_are_gaps_of_every_stream_that_their_list_carries() -> None:
    first, last = np.datetime64("2024-03-04T10:00:00"), np.datetime64("2024-03-05T11:00:00")
    told = tables(history=[change("stage", "2024-03-04 10:00", "Б")], activities=calls((11,)))
    told.gaps = (Gap(frozenset({"stage", "call", "task_done"}), first, last),)
    streams = build_log(told, Settings()).facts.streams
    gap = ((sec("2024-03-04 10:00"), sec("2024-03-05 11:00")),)
    assert {name: stream.gaps for name, stream in streams.items()} == dict.fromkeys(
        ("stage", "closed", "call", "call out"), gap
    )
