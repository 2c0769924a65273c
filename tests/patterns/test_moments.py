"""Moments: what is fetched from the log for few, and what makes two of them the same."""

import numpy as np
from log.builders import act, deal, log_of

from auditor.log.kinds import Kind
from auditor.patterns.core.moments import events, is_among, joined, points

CREATED = "2024-03-11 09:00"
LOG = log_of(
    deals=[deal(created=CREATED)],
    activities=[
        act("call", "2024-03-12 10:00"),
        act("comment", "2024-03-12 10:00"),
        act("call", "2024-03-12 11:00"),
    ],
)
CALLS, COMMENTS = (events(LOG, LOG.of_kind(kind)) for kind in (Kind.CALL, Kind.COMMENT))


def test_events_have_the_rows_and_the_flags_of_the_log() -> None:
    assert CALLS.row.tolist() == LOG.row[LOG.kind == Kind.CALL].tolist()
    assert CALLS.flags.tolist() == LOG.flags[LOG.kind == Kind.CALL].tolist()
    assert CALLS.certain is CALLS, "nothing is open of them"


def test_points_keep_their_rows_among_events() -> None:
    day = points(LOG, CALLS.key[1:] + 60, np.array([77], np.int32))
    both = joined([CALLS, day])

    assert both.row.tolist() == [*CALLS.row.tolist(), 77]
    assert both.flags.tolist() == [*CALLS.flags.tolist(), 0]


def test_an_unsure_moment_among_sure_ones_stays_the_only_unsure_one() -> None:
    later = CALLS.taken(np.array([1]))
    both = joined([CALLS.taken(np.array([0])), COMMENTS, later.doubted(np.array([True]))])

    assert both.sure.tolist() == [True, True, False]
    assert joined([both, later]).sure.tolist() == [True, True, True], "what one of them is sure of is sure"


def test_the_same_moment_has_second_and_row_in_one() -> None:
    assert is_among(CALLS, joined([CALLS, COMMENTS])).tolist() == [True, True]
    assert is_among(COMMENTS, CALLS).tolist() == [False], "another row of the same second"
    moved = points(LOG, CALLS.key[:1], CALLS.row[1:])
    assert is_among(moved, CALLS).tolist() == [False], "the second of one call, and the row of the other"
