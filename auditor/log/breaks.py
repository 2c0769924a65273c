"""Moves that the history lacks: it goes on from another stage than it left the deal in, or the list shows another."""

from typing import NamedTuple

import numpy as np

from auditor.i18n import ngettext, numeral
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Problem
from auditor.log.blur import OF_MINUTE
from auditor.log.closings import outcome_now
from auditor.log.columns import Bools, Codes, Columns, Ints
from auditor.log.kinds import NEVER, Kind
from auditor.log.names import StageNames
from auditor.log.spine import Spine, deal_of, key_of, time_of

FIRST_ROWS = 5
"""Rows that a problem names."""


class Breaks(NamedTuple):
    """The stage events after which a move is missing: `place`, their positions, `key`, from which on it may have been,
    and `row`, which shows the deal elsewhere: of its next stage event, or of its list."""

    place: Codes
    key: Ints
    row: Codes


def breaks_of(log: Spine, names: StageNames) -> Breaks:
    """Where moves of ordinary stages are missing."""
    places = log.of_kind(Kind.STAGE)
    key, after = log.key[places], names.after[log.ref[places]]
    deal, following = deal_of(key), np.minimum(np.arange(1, len(places) + 1), len(places) - 1)
    ends = np.append(deal[1:] != deal[:-1], True)[: len(places)]
    shown = np.where(
        ends, _listed(log, names, key)[deal] if len(deal) else deal, names.before[log.ref[places]][following]
    )
    until = np.where(ends, key_of(deal, np.full(len(deal), NEVER)), key[following])
    latest = key if log.blur is None else key + log.blur[places]
    gone = (after >= 0) & (shown >= 0) & (after != shown) & (latest < until)
    gone &= (names.final[after] == 0) & (names.final[shown] == 0) & ~_moved_otherwise(log, key, until)
    rows = np.where(ends, log.deals.row[deal], log.row[places][following])
    return Breaks(places[gone], np.minimum(key + 1, until - 1)[gone], rows[gone].astype(np.int32))


def _listed(log: Spine, names: StageNames, key: Ints) -> Codes:
    """Per deal the stage of its list; −1 where it is closed, where later moves are known, or where the list is older
    than the last of these moves."""
    stage = np.where(outcome_now(log, names) > 0, -1, names.current)
    stage[log.after_as_of.of_kind(Kind.STAGE, Kind.PIPELINE, Kind.CLOSED)[0]] = -1
    stage[log.deals.closed != NEVER] = -1
    last = np.zeros(len(log.deals), np.int64)
    np.maximum.at(last, deal_of(key), time_of(key))
    stage[Columns(log.deals.frame).seconds("changed") + OF_MINUTE < last] = -1
    return stage


def _moved_otherwise(log: Spine, key: Ints, until: Ints) -> Bools:
    """Whether between these keys, both included, an event tells a closing or another pipeline."""
    others = log.key[log.of_kinds(Kind.PIPELINE, Kind.CLOSED)]
    return np.searchsorted(others, until, side="right") > np.searchsorted(others, key, side="left")


def problems_of(log: Spine, rows: Codes) -> list[Problem]:
    """Per sheet how many of its rows show a deal elsewhere than the history left it, and the first of them."""
    rows = np.sort(rows)
    sheets, first, number = np.unique(log.sources.of(rows), return_index=True, return_counts=True)
    parts = zip(sheets.tolist(), first, number, strict=True)
    return [
        _problem(log, log.sources.sources[sheet].table == "deals", rows[at : at + count]) for sheet, at, count in parts
    ]


def _problem(log: Spine, is_list: bool, rows: Codes) -> Problem:
    places = [log.sources.locate(int(row)) for row in rows[:FIRST_ROWS]]
    shown = ", ".join(str(place.row) for place in places) + (", …" if len(rows) > len(places) else "")
    words = (_of_list if is_list else _of_history)(len(rows))
    return Problem(places[0]._replace(row=None), words.format(n=numeral(len(rows)), rows=shown), Trouble.HISTORY)


def _of_list(count: int) -> str:
    return ngettext(
        "{n} deal stands in another stage than the history left it in (row {rows}): a move is missing, and where the "
        "deal was since its last move is unknown; export the history of stages anew, together with the list",
        "{n} deals stand in other stages than the history left them in (rows {rows}): moves are missing, and where "
        "these deals were since their last moves is unknown; export the history of stages anew, together with the list",
        count,
    )


def _of_history(count: int) -> str:
    return ngettext(
        "{n} move begins in another stage than the deal was in (row {rows}): a move before it is missing, and where "
        "the deal was until then is unknown; export the whole history of stages",
        "{n} moves begin in other stages than the deals were in (rows {rows}): moves before them are missing, and "
        "where the deals were until then is unknown; export the whole history of stages",
        count,
    )
