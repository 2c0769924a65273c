"""Closings of an unknown moment: a deal's list shows it in a final stage, and neither a date nor an event says when."""

import numpy as np

from auditor.i18n import ngettext, numeral
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Problem
from auditor.log.columns import Codes, Columns, Ints, Small, Text
from auditor.log.kinds import NEVER, Kind
from auditor.log.names import StageNames
from auditor.log.readings import Reading
from auditor.log.spine import Spine, deal_of, key_of
from auditor.terms import Outcome

CLOSINGS = {"won": Outcome.WON, "lost": Outcome.LOST, "converted": Outcome.CONVERTED, "rejected": Outcome.REJECTED}
FIRST_ROWS = 5
"""Rows that a problem names."""


def outcome_now(log: Spine, names: StageNames) -> Small:
    """Per deal the outcome that its columns show, by their outcome or else by their stage; OPEN where it is open."""
    said = Text.of(log.deals.frame.get("outcome"), len(log.deals)).mapped({k: int(v) for k, v in CLOSINGS.items()}, 0)
    return np.where(said > 0, said, names.final[names.current]).astype(np.uint8)


def undated_closings(log: Spine, names: StageNames) -> Codes:
    """The deals closed nobody knows when: by their columns they are, and no date and no later event than their last
    move into an ordinary stage says it."""
    closed = outcome_now(log, names) > 0
    closed &= Columns(log.deals.frame).seconds("closed") == NEVER
    closed[log.after_as_of.deal] = False
    codes = np.flatnonzero(closed)
    ended, opened = last_closing_and_return(log, names, key_of(codes, NEVER), codes)
    return codes[ended < opened].astype(np.int32)


def undated_keys(log: Spine, codes: Codes) -> Ints:
    """The keys at which the reading of this log puts the closings of these deals."""
    at = key_of(codes, log.as_of)
    return np.minimum(last_keys(log, codes) + 1, at) if log.reading is Reading.EARLIEST else at


def last_keys(log: Spine, codes: Codes) -> Ints:
    """The keys of the last recorded events of these deals."""
    return log.key[np.searchsorted(log.key, key_of(codes, NEVER), side="right") - 1]


def last_closing_and_return(log: Spine, names: StageNames, key: Ints, codes: "Ints | Codes") -> tuple[Ints, Ints]:
    """Per deal of `codes` two keys: its last closing by events, at whatever time (−1: none), and its last move into an
    ordinary stage up to `key` (0: none)."""
    stages = log.of_kind(Kind.STAGE)
    final = names.final[names.after[log.ref[stages]]] > 0
    last = np.full(len(log.deals), -1)
    for places in (stages[final], log.of_kind(Kind.CLOSED)):
        np.maximum.at(last, deal_of(log.key[places]), log.key[places])
    ordinary = log.key[stages[~final]]
    found = np.searchsorted(ordinary, key, side="right") - 1
    moved = np.append(ordinary, -1)[found]
    return last[codes], np.where(deal_of(moved) == codes, moved, 0)


def problems_of_undated(log: Spine, codes: Codes) -> list[Problem]:
    """Per list: how many of its deals are closed nobody knows when, and the first of their rows."""
    rows = np.sort(log.deals.row[codes])
    _lists, first, number = np.unique(log.sources.of(rows), return_index=True, return_counts=True)
    return [_problem(log, rows[start : start + count]) for start, count in zip(first, number, strict=True)]


def _problem(log: Spine, rows: Codes) -> Problem:
    places = [log.sources.locate(int(row)) for row in rows[:FIRST_ROWS]]
    shown = ", ".join(str(place.row) for place in places) + (", …" if len(rows) > len(places) else "")
    words = ngettext(
        "{n} closed deal without a date of closing and without an event of it (row {rows}): what its closing would end "
        "or meet is unknown; export the date of closing, or the whole history of stages",
        "{n} closed deals without a date of closing and without an event of it (rows {rows}): what their closings "
        "would end or meet is unknown; export the date of closing, or the whole history of stages",
        len(rows),
    )
    return Problem(places[0]._replace(row=None), words.format(n=numeral(len(rows)), rows=shown), Trouble.CLOSING)
