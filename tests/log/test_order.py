"""The one order: deal, second, row; inside one second of a table from before to after, else as the table is read."""

from typing import Any

import numpy as np
import pytest

from auditor.inputs.tables import Source, Sources
from auditor.log.kinds import Kind
from auditor.log.order import chained, sort_events, ties
from auditor.log.spine import deal_of, time_of

from .builders import act, deal, log_of, said, stage, stays_of

T = "2024-03-01 12:00"


def test_events_stand_by_deal_second_and_row() -> None:
    log = log_of(
        deals=[deal("1"), deal("2")],
        activities=[
            act("call", "2024-03-02 10:00", deal="2"),
            act("comment", "2024-03-02 09:00"),
            act("call", "2024-03-01 11:00"),
            act("message", "2024-03-02 09:00"),
        ],
    )

    assert [(int(deal_of(key)), said(time_of(key))) for key in log.key] == [
        (0, "2024-03-01 10:00:00"), (0, "2024-03-01 11:00:00"), (0, "2024-03-02 09:00:00"), (0, "2024-03-02 09:00:00"),
        (1, "2024-03-01 10:00:00"), (1, "2024-03-02 10:00:00"),
    ]  # fmt: skip
    assert log.row.tolist() == [2, 2004, 2003, 2005, 3, 2002]
    assert [Kind(kind).name for kind in log.kind] == ["CREATED", "CALL", "COMMENT", "MESSAGE", "CREATED", "CALL"]


def stages(*rows: tuple[str, str | None, str]) -> list[str]:
    """The stages of the deal's stays, by stage events (time, before, after)."""
    log = log_of(history=[stage(time, after, before) for time, before, after in rows])
    return [name for name, _entered, _left in stays_of(log)]


def test_rows_of_one_second_follow_each_other_from_before_to_after() -> None:
    assert stages((T, "б", "в"), (T, "а", "б")) == ["а", "б", "в"]


def test_a_long_chain_in_any_order() -> None:
    assert stages((T, "г", "д"), (T, "в", "г"), (T, "б", "в"), (T, "а", "б")) == ["а", "б", "в", "г", "д"]
    assert stages((T, "б", "в"), (T, "г", "д"), (T, "а", "б"), (T, "в", "г")) == ["а", "б", "в", "г", "д"]


def test_a_chain_begins_in_the_stage_the_deal_is_in() -> None:
    early = "2024-03-01 11:00"

    assert stages((early, "а", "б"), (T, "в", "б"), (T, "б", "в")) == ["а", "б", "в", "б"]
    assert stages((early, "а", "в"), (T, "б", "в"), (T, "в", "б")) == ["а", "в", "б", "в"]


def test_where_before_and_after_decide_nothing_rows_stand_as_they_are() -> None:
    assert stages((T, "а", "б"), (T, "а", "в")) == ["а", "б", "в"]
    assert stages((T, None, "в"), (T, None, "б")) == ["?", "в", "б"]


def test_a_table_whose_times_descend_is_read_upwards() -> None:
    later, early = "2024-03-02 12:00", "2024-03-01 11:00"

    assert stages((later, None, "г"), (T, None, "в"), (T, None, "б"), (early, None, "а")) == ["?", "а", "б", "в", "г"]
    assert stages((early, None, "а"), (T, None, "в"), (T, None, "б"), (later, None, "г")) == ["?", "а", "в", "б", "г"]


def test_a_table_of_one_second_is_read_downwards() -> None:
    assert stages((T, None, "в"), (T, None, "б")) == ["?", "в", "б"]


def test_each_table_has_its_own_direction() -> None:
    log = log_of(
        history=[stage("2024-03-02 12:00", "б"), stage(T, "а")],
        activities=[act("comment", T), act("call", T), act("call", "2024-03-02 10:00")],
    )

    places = [*log.of_kind(Kind.COMMENT), *log.of_kind(Kind.CALL)]
    assert places == sorted(places), "the comment stands above the call of its second"


def test_a_sheet_with_blank_rows_is_read_upwards_to_its_end() -> None:
    """Its rows reach further than their number."""
    times = np.array([9, 5, 5, 3, 3, 1])
    rows = np.array([2, 3, 30, 31, 60, 61], np.int32)
    sheets = [Source(name, None, "history", "plain", 3, 0, first) for name, first in (("a.csv", 0), ("b.csv", 1000))]

    assert np.argsort(ties(rows, times, Sources(sheets[:1]))).tolist() == [5, 4, 3, 2, 1, 0]
    both = ties(np.append(rows, rows + 1000), np.append(times, times[::-1]), Sources(sheets))
    assert np.argsort(both).tolist() == [5, 4, 3, 2, 1, 0, 6, 7, 8, 9, 10, 11], "the next sheet has its own direction"


def test_fractions_of_a_second_order_rows_before_their_numbers() -> None:
    rows = [act("comment", T, **{"fraction:time": 500_000}), act("call", T, **{"fraction:time": 250_000})]
    log = log_of(activities=[*rows, act("file", T, **{"fraction:time": 500_000})])

    assert [Kind(kind).name for kind in log.kind[1:]] == ["CALL", "COMMENT", "FILE"]


def test_fractions_order_the_rows_of_each_sheet_apart() -> None:
    sheets = [Source(name, None, "history", "plain", 2, 0, first) for name, first in (("a.csv", 0), ("b.csv", 10))]
    rows, second = np.array([2, 3, 12, 13], np.int32), np.zeros(4, np.int64)

    assert ties(rows, second, Sources(sheets), np.array([9, 1, 5, 0])).tolist() == [3, 2, 13, 12]


def test_fields_of_one_second_are_chained_too() -> None:
    rows: list[dict[str, Any]] = [
        {"deal": "1", "entity": "deal", "event": "field", "time": T, "field": "Город", "before": before, "after": after}
        for before, after in (("Омск", "Томск"), ("Пермь", "Омск"), ("Тула", "Пермь"))
    ]
    city = log_of(history=rows).field("Город")

    assert [city.values[code] for code in city.code] == ["Тула", "Пермь", "Омск", "Томск"]
    assert city.row.tolist() == [2, 1004, 1003, 1002], "each value shows its own row"


def test_a_hundred_thousand_rows_of_one_second_do_not_hang() -> None:
    rows = 100_000
    nobody, down = np.zeros(rows, np.int64), np.arange(rows, dtype=np.int32)[::-1]
    order = chained(nobody, down, down + 1, nobody)

    assert sorted(order.tolist()) == list(range(rows))


@pytest.mark.parametrize(("deals", "seconds"), [(5, 4), (2**31, 2**32 - 2)])
def test_the_order_of_narrow_and_of_wide_numbers_is_a_lexsort(deals: int, seconds: int) -> None:
    chance = np.random.default_rng(1)
    deal, time = chance.choice([0, 1, deals - 1], 200), chance.choice([0, 1, 2, seconds], 200)
    tie, chosen = chance.permutation(200), np.arange(0, 200, 2)
    order = np.lexsort((tie, time, deal))

    assert sort_events(deal, time, tie, np.arange(200)).tolist() == order.tolist()
    assert sort_events(deal, time, tie, chosen).tolist() == [place for place in order.tolist() if place % 2 == 0]


def test_no_events_have_no_order() -> None:
    nothing = np.zeros(0, np.int64)
    assert sort_events(nothing, nothing, nothing, nothing).tolist() == []
