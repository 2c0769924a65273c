"""Moves: what the deals' columns and the events of the history say of stage, pipeline and closing, in order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from auditor.log.blur import of_column
from auditor.log.breaks import breaks_of
from auditor.log.closings import CLOSINGS, last_closing_and_return, outcome_now, undated_closings, undated_keys
from auditor.log.columns import Bools, Codes, Columns, Ints, set_first
from auditor.log.kinds import DAY, NEVER, Kind
from auditor.log.names import StageNames
from auditor.log.spine import Spine, deal_of, key_of, time_of
from auditor.terms import Outcome
from auditor.threads import workers

MOVES = ("stage", "pipeline")
"""The streams that tell where deals are."""
OF_LEADS = np.arange(256, dtype=np.uint8)
"""Per outcome what it means for a lead: a final stage does not say whose it is."""
OF_LEADS[[Outcome.WON, Outcome.LOST]] = Outcome.CONVERTED, Outcome.REJECTED


@dataclass(eq=False)
class Moves:
    """Moves of deals, an item each: `stage` and `pipeline` codes (−1: not said), `outcome` an `Outcome`.

    `last`: the key until which it may have been; `place`: position of the event in the log; `row`: the source row that
    shows it; `certain`: its moment is known, `alone`: it is a pipeline event alone (one in the second of a stage event
    is part of that move already)."""

    key: Ints
    last: Ints
    place: Codes
    row: Codes
    stage: Codes
    pipeline: Codes
    outcome: NDArray[np.uint8]
    certain: Bools
    alone: Bools

    def __len__(self) -> int:
        return len(self.key)

    @property
    def deal(self) -> Codes:
        return deal_of(self.key).astype(np.int32)

    @property
    def goes_on(self) -> Bools:
        """Per move whether the one above it is of the same deal."""
        deal = self.deal
        return np.append(False, deal[1:] == deal[:-1])[: len(self)]

    def taken(self, index: "Ints | Bools") -> "Moves":
        return Moves(*(getattr(self, name)[index] for name in self.__annotations__))


def all_moves(log: Spine, names: StageNames) -> tuple[Moves, Codes, Codes]:
    """By deal and moment: the state at creation, then the events as they stand, then the columns' closings, then rows
    that could not be read, and moves that are missing. Besides, the deals closed nobody knows when, and the rows that
    show a missing move.

    Every move knows its pipeline: it holds until another is named."""
    tellers = (_first_moves, _told_moves, _column_closings, _undated_closings, _unread_moves, _missing_moves)
    with workers(len(log)) as pool:
        parts = list(pool.map(lambda part: part(log, names), tellers))
    *_told, undated, _unread, missing = parts
    moves = together(parts)
    moves = moves.taken(np.argsort(moves.key, kind="stable"))
    moves = _born_in_pipelines(log, names, moves)
    moves.outcome = np.where(log.deals.is_lead[moves.deal], OF_LEADS[moves.outcome], moves.outcome)
    # per move the index of the last one, itself included, that names a pipeline or begins a deal
    told = np.where((moves.pipeline >= 0) | ~moves.goes_on, np.arange(len(moves)), 0)
    moves.pipeline = moves.pipeline[np.maximum.accumulate(told)]
    return moves, undated.deal, missing.row


def blur_at(log: Spine, places: Codes) -> "Codes | int":
    """The blur of the events at these positions."""
    return 0 if log.blur is None else log.blur[places]


def together(parts: Sequence[Moves]) -> Moves:
    """The moves of all parts, one after the other."""
    return Moves(*(np.concatenate([getattr(part, name) for part in parts]) for name in Moves.__annotations__))


# ── the state at creation ──


def _first_moves(log: Spine, names: StageNames) -> Moves:
    """The stage each deal was created in: the `before` of its first stage event, else, where the history tells its
    life from the creation on, its current one; none for a deal with a stage event at its creation.

    Where a deal older than the history stood is known from the first covered day on only."""
    deals = np.arange(len(log.deals))
    created, stages = log.of_kind(Kind.CREATED), log.of_kind(Kind.STAGE)
    begins = history_begins(log)
    covered = log.deals.created // DAY >= begins
    whole = covered & _told_from_birth(log)
    stage = np.where(whole & (names.final[names.current] == Outcome.OPEN), names.current, -1).astype(np.int32)
    later, ref = log.after_as_of.of_kind(Kind.STAGE)
    set_first(stage, later, names.before[ref])
    set_first(stage, deal_of(log.key[stages]), names.before[log.ref[stages]])
    key = key_of(deals, log.deals.created)
    at_birth = stages[time_of(log.key[stages]) == log.deals.created[deal_of(log.key[stages])]]
    ordinary = log.key[at_birth[names.final[names.after[log.ref[at_birth]]] == Outcome.OPEN]]
    told = np.zeros(len(deals), np.bool_)
    told[deal_of(ordinary[~np.isin(ordinary, log.key[log.of_kind(Kind.CLOSED)])])] = True
    nothing = np.full(len(deals), -1, np.int32)
    outcome = np.zeros(len(deals), np.uint8)
    last = key + blur_at(log, created)
    stage[_moved_unread(log, stages)] = -1
    alone = np.zeros(len(deals), np.bool_)
    known = Moves(key, last, created, log.deals.row, stage, nothing, outcome, whole & (stage >= 0), alone)
    older = np.flatnonzero(~covered & ~told & (stage >= 0))
    unknown = replace(known.taken(older), stage=nothing[older])
    known.key[older] = known.last[older] = key_of(older, np.full(len(older), begins * DAY))
    return together([known.taken(~told), unknown])


def _moved_unread(log: Spine, stages: Codes) -> Codes:
    """The deals of which a row that could not be read may tell a move before the first that these events tell."""
    rows = log.unread.of(MOVES)
    deal = log.unread.deal[rows]
    first = np.searchsorted(log.key[stages], key_of(deal, 0))
    told = np.append(log.key[stages], np.iinfo(np.int64).max)[first]
    return deal[key_of(deal, log.unread.first[rows]) < told]


def history_begins(log: Spine) -> int:
    """The first day of which the history of stages speaks; later than any where there is none."""
    stream = log.facts.streams.get("stage")
    return NEVER if stream is None else stream.first // DAY


def _told_from_birth(log: Spine) -> Bools:
    """Per deal whether its earliest record of the history is its creation: a row that says so, or a stage row of the
    same second. Of every deal where the export tells no creations at all."""
    if not log.facts.creations_told:
        return np.ones(len(log.deals), np.bool_)
    history, owned = log.arrays.history, np.flatnonzero(log.history_deals >= 0)
    deal, time, event = log.history_deals[owned], history.seconds("time")[owned], history.text("event").taken(owned)
    told, stages = (np.flatnonzero(event.equals(kind)) for kind in ("created", "stage"))
    birth = np.append(told, stages[time[stages] == log.deals.created[deal[stages]]])
    earliest, born = np.full((2, len(log.deals)), NEVER)
    np.minimum.at(earliest, deal, time)
    np.minimum.at(born, deal[birth], time[birth])
    return (born <= earliest) & (born < NEVER)


def _born_in_pipelines(log: Spine, names: StageNames, moves: Moves) -> Moves:
    """Give each deal's first move its pipeline; a pipeline event alone in the second of creation is part of it."""
    first = np.flatnonzero(~moves.goes_on)
    initial = _first_pipelines(log, names)[moves.deal[first]]
    moves.pipeline[first] = np.where(moves.pipeline[first] < 0, initial, moves.pipeline[first])
    second = first[first + 1 < len(moves)] + 1
    at_birth = second[moves.goes_on[second] & (moves.key[second] == moves.key[second - 1]) & moves.alone[second]]
    moves.pipeline[at_birth - 1] = moves.pipeline[at_birth]
    return moves.taken(np.delete(np.arange(len(moves)), at_birth))


def _first_pipelines(log: Spine, names: StageNames) -> Codes:
    """Per deal the pipeline it was created in, −1: unknown; by its first event that names a pipeline, else by its
    column.

    A pipeline event says it by its `before`; a stage event by the pipeline of the stage before, else of its own."""
    result = names.deal_pipe.copy()
    events = log.of_kinds(Kind.STAGE, Kind.PIPELINE)
    later, later_ref = log.after_as_of.of_kind(Kind.STAGE, Kind.PIPELINE)
    for deal, ref in ((later, later_ref), (deal_of(log.key[events]), log.ref[events])):
        is_pipeline = log.text("history", "event").taken(ref).equals("pipeline")
        was = names.stage_pipe_before[ref]
        by_stage = np.where(was >= 0, was, names.stage_pipe[ref])
        said = np.where(is_pipeline, names.pipe_before[ref], by_stage).astype(np.int32)
        telling = is_pipeline | (said >= 0)
        set_first(result, deal[telling], said[telling])
    return result


# ── what events say ──


def _told_moves(log: Spine, names: StageNames) -> Moves:
    """Stage, pipeline and closing events; a pipeline event in the second of a stage event is one move with it."""
    places = log.of_kinds(Kind.STAGE, Kind.PIPELINE, Kind.CLOSED)
    kind, ref = log.kind[places], log.ref[places]
    stage = np.where(kind == Kind.STAGE, names.after[ref], -1).astype(np.int32)
    pipeline = np.where(kind == Kind.PIPELINE, names.pipe_after[ref], names.stage_pipe[ref]).astype(np.int32)
    outcome = names.final[stage]
    outcome[kind == Kind.CLOSED] = _endings(log, ref[kind == Kind.CLOSED])
    certain = np.ones(len(places), np.bool_)
    key, row = log.key[places], log.row[places]
    last = key + blur_at(log, places)
    moves = Moves(key, last, places, row, stage, pipeline, outcome, certain, kind == Kind.PIPELINE)
    return _one_a_second(moves, kind)


def _endings(log: Spine, rows: Codes) -> Codes:
    """Per closing, by its row of the history, the outcome; UNTOLD where the row names none."""
    event, after = (log.text("history", name).taken(rows) for name in ("event", "after"))
    said = after.mapped({name: int(outcome) for name, outcome in CLOSINGS.items()}, Outcome.UNTOLD)
    return np.where(event.equals("converted"), Outcome.CONVERTED, said).astype(np.int32)


def _one_a_second(moves: Moves, kind: NDArray[np.uint8]) -> Moves:
    """Join the rows of one second: pipeline rows into its stage rows, a closing into its last stage row.

    Of pipeline rows in a second without a stage row the last stays."""
    group = np.cumsum(np.append(True, np.diff(moves.key) != 0)[: len(moves)]) - 1
    groups = int(group[-1]) + 1 if len(group) else 0
    pipes = np.flatnonzero(kind == Kind.PIPELINE)
    last_pipe = np.full(groups, -1)
    last_pipe[group[pipes]] = pipes
    named = np.where(last_pipe >= 0, moves.pipeline[last_pipe], -1) if len(moves) else moves.pipeline
    fill = (kind == Kind.STAGE) & (moves.pipeline < 0)
    moves.pipeline[fill] = named[group[fill]]
    has_stage = np.bincount(group[kind == Kind.STAGE], minlength=groups) > 0
    kept = (kind != Kind.PIPELINE) | (~has_stage[group] & (last_pipe[group] == np.arange(len(moves))))
    moves, kind = moves.taken(kept), kind[kept]
    order = np.lexsort((kind == Kind.CLOSED, moves.key))
    return _closed_in_their_stages(moves.taken(order), kind[order])


def _closed_in_their_stages(moves: Moves, kind: NDArray[np.uint8]) -> Moves:
    """A closing in the second of a move into a stage is that move, whatever the company calls its final stages."""
    closing = np.flatnonzero(kind == Kind.CLOSED)
    stage = closing - 1
    ends = (stage >= 0) & (kind[stage] == Kind.STAGE) & (moves.key[stage] == moves.key[closing])
    ends &= moves.outcome[stage] == Outcome.OPEN
    moves.outcome[stage[ends]] = moves.outcome[closing[ends]]
    return moves.taken(np.delete(np.arange(len(moves)), closing[ends]))


# ── closings that only the columns tell ──


def _column_closings(log: Spine, names: StageNames) -> Moves:
    """Closings that only the column `closed` shows: of deals that are open then by their events and that no later event
    closes."""
    codes = np.flatnonzero(log.deals.closed != NEVER)
    key = key_of(codes, np.maximum(log.deals.closed, log.deals.created)[codes])
    blur = of_column(Columns(log.deals.frame), "closed", log.arrays, log.facts)
    last = key if blur is None else np.minimum(key + blur[codes], key_of(codes, log.as_of))
    ended, reopened = last_closing_and_return(log, names, last, codes)
    # a closing whose minute or day is known comes after the moves of that minute or day
    codes, key, last = (values[ended < reopened] for values in (codes, np.maximum(key, reopened), last))
    outcome = outcome_now(log, names)[codes]
    outcome = np.where(outcome > 0, outcome, Outcome.UNTOLD).astype(np.uint8)
    return replace(_of_columns(log, codes, key, outcome, _final_stage(names)[codes]), last=last)


def _final_stage(names: StageNames) -> Codes:
    """Per deal the stage of its column, −1 where that is an ordinary one."""
    return np.where(names.final[names.current] > 0, names.current, -1).astype(np.int32)


def _of_columns(log: Spine, codes: "Codes | Ints", key: Ints, outcome: NDArray[np.uint8], stage: Codes) -> Moves:
    """Closings of these deals at these keys, shown by the rows of their list."""
    place = np.searchsorted(log.key, key, side="right").astype(np.int32) - 1
    nothing, certain = np.full(len(codes), -1, np.int32), np.ones(len(codes), np.bool_)
    return Moves(key, key, place, log.deals.row[codes], stage, nothing, outcome, certain, ~certain)


def _undated_closings(log: Spine, names: StageNames) -> Moves:
    """Closings of which nobody knows when they were, where the reading of the log puts them."""
    codes = undated_closings(log, names)
    outcome, stage = outcome_now(log, names)[codes], _final_stage(names)[codes]
    return _of_columns(log, codes, undated_keys(log, codes), outcome, stage)


# ── rows that could not be read ──


def _unread_moves(log: Spine, names: StageNames) -> Moves:
    """A move into an unknown stage, at some moment of the day, for each row of a known day that may tell one."""
    unread = log.unread
    rows = unread.of(MOVES)
    rows = rows[unread.is_dated[rows]]
    deal = unread.deal[rows]
    key, last = (
        key_of(deal, np.maximum(time, log.deals.created[deal])) for time in (unread.first[rows], unread.last[rows])
    )
    place = np.searchsorted(log.key, key, side="right").astype(np.int32) - 1
    nothing, no = np.full(len(key), -1, np.int32), np.zeros(len(key), np.bool_)
    return Moves(key, last, place, unread.row[rows], nothing, nothing, no.astype(np.uint8), no, no)


def _missing_moves(log: Spine, names: StageNames) -> Moves:
    """For each break a move into an unknown stage, at an unknown moment after the last known one."""
    place, key, row = breaks_of(log, names)
    nothing, no = np.full(len(key), -1, np.int32), np.zeros(len(key), np.bool_)
    return Moves(key, key, place, row, nothing, nothing, no.astype(np.uint8), no, no)


def undated(log: Spine) -> Bools:
    """Per deal whether a row of an unknown day may tell a move of it."""
    result = np.zeros(len(log.deals), np.bool_)
    rows = log.unread.of(MOVES)
    result[log.unread.deal[rows[~log.unread.is_dated[rows]]]] = True
    return result
