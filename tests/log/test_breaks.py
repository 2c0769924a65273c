"""Moves that the history lacks: told, and the stage since the last known move is unknown."""

from datetime import datetime
from typing import Any

import pytest

from auditor import i18n
from auditor.inputs.quality import Trouble
from auditor.log import Log
from auditor.log.breaks import problems_of
from auditor.settings import Settings

from .builders import Row, act, change, deal, log_of, stage, stays_of

BORN = stage("2024-03-01 10:00", "А")
TO_B = stage("2024-03-04 10:00", "Б", "А")
FROM_C = stage("2024-03-06 10:00", "Г", "В")


def broken(log: Log) -> list[str]:
    return [str(log.sources.locate(int(row))) for row in log.stays.broken]


def listed(*history: Row, settings: Settings | None = None, **cells: Any) -> Log:
    return log_of(settings, deals=[deal(**cells)], history=[BORN, *history])


def test_where_the_deal_was_until_a_move_out_of_another_stage_is_unknown_from_the_last_move_on() -> None:
    log = listed(TO_B, FROM_C)
    assert broken(log) == ["history.csv › 4"]
    assert stays_of(log) == [
        ("а", "2024-03-01 10:00:00", "2024-03-04 10:00:00"),
        ("б", "2024-03-04 10:00:00", "2024-03-04 10:00:01"),
        ("?", "2024-03-04 10:00:01", "2024-03-06 10:00:00"),
        ("г", "2024-03-06 10:00:00", "never"),
    ]
    assert log.stays.certain.tolist() == [True, True, False, True]


def test_where_a_deal_is_that_its_list_shows_elsewhere_is_unknown_from_its_last_move_on() -> None:
    log = listed(TO_B, stage="В")
    assert broken(log) == ["deals.csv › 2"]
    assert [name for name, *_ in stays_of(log)] == ["а", "б", "?"]


@pytest.mark.parametrize(
    "log",
    [
        listed(TO_B, stage="Б"),
        listed(TO_B, stage="б "),
        listed(TO_B),
        listed(TO_B, stage("2024-03-06 10:00", "Г")),
        listed(TO_B, stage("2024-03-06 10:00", "Г", "Б"), stage="Г"),
        listed(TO_B, stage="Сделка провалена"),
        listed(TO_B, stage="В", closed="2024-03-05 10:00"),
        listed(TO_B, change("closed", "2024-03-05 10:00", "lost"), stage="В"),
        listed(TO_B, change("pipeline", "2024-03-05 10:00", "Другая"), stage="В"),
        listed(TO_B, change("closed", "2024-03-05 10:00", "lost"), FROM_C),
        listed(TO_B, change("pipeline", "2024-03-05 10:00", "Другая"), FROM_C),
        listed(TO_B, stage("2024-03-04 10:00", "Г", "В")),
        listed(TO_B, stage("2024-03-06 10:00", "Г", "Сделка провалена")),
        listed(TO_B, stage="Г", settings=Settings(stages={"Г": "Б"})),
        log_of(deals=[deal(stage="В")], history=[change("field", "2024-03-04 10:00", "1")]),
    ],
    ids=[
        "the list agrees", "in other letters", "it tells no stage", "the move tells no stage before it", "all agree",
        "closed by the list", "with a date", "closed by an event", "moved to another pipeline", "closed between",
        "another pipeline between", "in one second", "reopened", "mapped by the settings", "no moves are exported",
    ],
)  # fmt: skip
def test_what_is_no_contradiction_is_none(log: Log) -> None:
    assert broken(log) == []


@pytest.mark.parametrize(("changed", "found"), [("2024-03-04 09:59:00", 0), ("2024-03-04 09:59:01", 1)])
def test_a_list_older_than_the_last_move_contradicts_nothing(changed: str, found: int) -> None:
    log = log_of(deals=[{**deal(stage="В"), "changed": datetime.fromisoformat(changed)}], history=[BORN, TO_B])
    assert len(broken(log)) == found


def test_a_list_younger_than_as_of_contradicts_nothing_that_a_later_move_explains() -> None:
    later = stage("2024-03-06 10:00", "В", "Б")
    assert broken(listed(TO_B, later, stage="В", settings=Settings(as_of=datetime(2024, 3, 5)))) == []


def test_moves_whose_minute_alone_is_known_have_no_order_in_it() -> None:
    rows = [stage("2024-03-04 10:00", "Б", "А"), stage("2024-03-04 10:00", "Г", "В")]
    minutes = {"history": ["time"]}
    assert broken(log_of(deals=[deal()], history=[BORN, *rows], minutes=minutes)) == []
    rows[1] = stage("2024-03-04 10:01", "Г", "В")
    log = log_of(deals=[deal()], history=[BORN, *rows], minutes=minutes)
    assert broken(log) == ["history.csv › 4"]
    assert [name for name, *_ in stays_of(log)] == ["а", "б", "?", "г"]


def test_a_move_may_be_missing_between_two_seconds() -> None:
    log = listed(TO_B, stage("2024-03-04 10:00:01", "Г", "В"))
    assert [name for name, *_ in stays_of(log)] == ["а", "б", "?", "г"]


def test_breaks_are_a_line_for_each_sheet_with_their_number_and_first_rows() -> None:
    i18n.activate("en")
    names = [str(number) for number in range(1, 8)]
    moves = [{**TO_B, "deal": name} for name in names]
    log = log_of(
        deals=[deal(name, stage="В") for name in names],
        history=[*moves, {**FROM_C, "deal": "7"}],
        activities=[act("call", "2024-03-07 10:00")],
    )
    history, of_list = sorted(problems_of(log, log.stays.broken), key=lambda problem: problem.place.file, reverse=True)
    assert (history.kind, of_list.kind) == (Trouble.HISTORY, Trouble.HISTORY)
    assert str(history) == (
        "history.csv: 1 move begins in another stage than the deal was in (row 9): a move before it is missing, and "
        "where the deal was until then is unknown; export the whole history of stages"
    )
    assert str(of_list) == (
        "deals.csv: 7 deals stand in other stages than the history left them in (rows 2, 3, 4, 5, 6, …): moves are "
        "missing, and where these deals were since their last moves is unknown; export the history of stages anew, "
        "together with the list"
    )
