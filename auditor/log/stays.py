"""Stays: a deal's unbroken time in one stage of one pipeline; a closing opens a stay with an outcome."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.inputs.tables import Problem
from auditor.log.build import stage_codes
from auditor.log.columns import Bools, Codes, Ints, Text, folded
from auditor.log.final import final_outcome
from auditor.log.kinds import DAY, DEAL_BITS, NEVER, Kind
from auditor.log.log import Log, deal_of
from auditor.terms import Outcome, Stage

CLOSINGS = {"won": Outcome.WON, "lost": Outcome.LOST, "converted": Outcome.CONVERTED, "rejected": Outcome.REJECTED}
NOT_AN_EVENT = -1


@dataclass(frozen=True, eq=False)
class Stays:
    """Sorted by deal and time; stays of one deal are neighbours.

    `stage` and `pipeline` are codes into `stages` and `pipelines` (−1: unknown), `outcome` is an `Outcome` (OPEN for
    an ordinary stay), `entered` and `left` keys (`left` at NEVER while it lasts), `row` the row that shows the entry,
    `place` the position of the entering event, `certain`: the moment of entry is known.
    """

    deal: Codes
    stage: Codes
    pipeline: Codes
    outcome: NDArray[np.uint8]
    entered: Ints
    left: Ints
    row: Codes
    place: Codes
    certain: Bools
    stages: tuple[str, ...]
    pipelines: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.deal)

    @property
    def lasts(self) -> Bools:
        return self.left == ((self.deal.astype(np.int64) << DEAL_BITS) | NEVER)

    @property
    def has_next(self) -> Bools:
        """Whether the next stay in the arrays is the same deal's."""
        return np.append(self.deal[1:] == self.deal[:-1], False)

    def of(self, *stages: Stage) -> tuple[Bools, Bools]:
        """Which stays are surely, and which possibly, in one of the stages."""
        sure = np.zeros(len(self), np.bool_)
        possible = np.zeros(len(self), np.bool_)
        for wanted in stages:
            in_stage = self._among(self.stage, self.stages, {wanted.name, *wanted.aliases})
            in_pipeline = np.ones(len(self), np.bool_)
            if wanted.pipeline:
                in_pipeline = self._among(self.pipeline, self.pipelines, {wanted.pipeline}) | (self.pipeline < 0)
            sure |= in_stage & in_pipeline
            possible |= (in_stage | (self.stage < 0)) & in_pipeline
        is_open = self.outcome == Outcome.OPEN
        return sure & is_open, possible & is_open

    def in_pipeline(self, name: str) -> Bools:
        """Open stays in a pipeline."""
        return self._among(self.pipeline, self.pipelines, {name}) & (self.outcome == Outcome.OPEN)

    def at(self, key: Ints) -> Ints:
        """The number of the stay that each moment lies in (the later of two that meet); −1 before the first."""
        place = np.searchsorted(self.entered, key, side="right") - 1
        return np.where((place >= 0) & (self.deal[place] == deal_of(key)), place, -1)

    @staticmethod
    def _among(codes: Codes, values: tuple[str, ...], names: set[str]) -> Bools:
        wanted = {folded(name) for name in names}
        return np.array([*(value in wanted for value in values), False], dtype=np.bool_)[codes]


@dataclass(eq=False)
class _Moves:
    """Changes of state in order: what each event says of stage, pipeline (−1: nothing) and outcome."""

    deal: Codes
    key: Ints
    place: Codes
    row: Codes
    stage: Codes
    pipeline: Codes
    outcome: NDArray[np.uint8]
    certain: Bools

    def taken(self, index: "Ints | Bools") -> "_Moves":
        return _Moves(*(getattr(self, name)[index] for name in self.__dataclass_fields__))


class _Names:
    """Stage and pipeline names of the whole data as codes."""

    def __init__(self, log: Log) -> None:
        history, deals = log.history, log.deals.frame
        before, after = (Text.of(history.get(name), len(history)) for name in ("before", "after"))
        self.current = Text.of(deals.get("stage"), len(deals))
        self.stages = tuple(dict.fromkeys([*before.folded, *after.folded, *self.current.folded]))
        pipes = [Text.of(history.get(name), len(history)) for name in ("pipeline", "pipeline_before")]
        self.deal_pipeline = Text.of(deals.get("pipeline"), len(deals))
        self.pipelines = tuple(
            dict.fromkeys([*before.folded, *after.folded, *(v for p in pipes for v in p.folded),
                           *self.deal_pipeline.folded, "лиды"])
        )  # fmt: skip
        stage_of = {name: code for code, name in enumerate(self.stages)}
        pipe_of = {name: code for code, name in enumerate(self.pipelines)}
        self.before, self.after = before.mapped(stage_of), after.mapped(stage_of)
        self.pipe_before, self.pipe_after = before.mapped(pipe_of), after.mapped(pipe_of)
        self.pipe, self.pipe_was = (text.mapped(pipe_of) for text in pipes)
        self.deal_stage = self.current.mapped(stage_of)
        pipeline = self.deal_pipeline.mapped(pipe_of)
        self.deal_pipe = np.where((pipeline < 0) & log.deals.is_lead, pipe_of["лиды"], pipeline).astype(np.int32)
        self.final = np.array([*(final_outcome(name) for name in self.stages), 0], dtype=np.uint8)


def build_stays(log: Log) -> Stays:
    """The stays of every deal, from its stage, pipeline and closing events and from its columns."""
    names = _Names(log)
    moves = _in_order(log, _first_moves(log, names), _moves(log, names), _column_closings(log, names))
    moves = _with_pipelines(log, names, moves)
    moves = _real_moves(log, moves)
    ends = np.append(moves.key[1:], -1)
    same = np.append(moves.deal[1:] == moves.deal[:-1], False)
    left = np.where(same, ends, (moves.deal.astype(np.int64) << DEAL_BITS) | NEVER)
    return Stays(
        moves.deal, moves.stage, moves.pipeline, moves.outcome, moves.key, left, moves.row, moves.place,
        moves.certain, names.stages, names.pipelines,
    )  # fmt: skip


def _moves(log: Log, names: _Names) -> _Moves:
    """What the events say; a pipeline event in the second of a stage event is one move with it."""
    places = np.sort(np.concatenate([log.of_kind(kind) for kind in (Kind.STAGE, Kind.PIPELINE, Kind.CLOSED)]))
    kind, ref, key = log.kind[places], log.ref[places], log.key[places]
    stage = np.where(kind == Kind.STAGE, names.after[ref], -1).astype(np.int32)
    pipeline = np.where(kind == Kind.PIPELINE, names.pipe_after[ref], names.pipe[ref]).astype(np.int32)
    outcome = np.where(stage >= 0, names.final[stage], 0).astype(np.uint8)
    closed = kind == Kind.CLOSED
    said = log.text("history", "after").mapped({name: int(value) for name, value in CLOSINGS.items()}, 0)
    converted = (log.text("history", "event").where(lambda event: event == "converted"))[
        log.text("history", "event").codes
    ]
    outcome[closed] = np.where(converted[ref[closed]], Outcome.CONVERTED, said[ref[closed]])
    moves = _Moves(
        deal_of(key).astype(np.int32), key, places, log.row[places], stage, pipeline, outcome,
        np.ones(len(places), np.bool_),
    )  # fmt: skip
    return _one_move_a_second(moves, kind)


def _one_move_a_second(moves: _Moves, kind: NDArray[np.uint8]) -> _Moves:
    """Give a second's pipeline to its stage rows, drop the pipeline rows they absorb, put closings last in it."""
    group = np.cumsum(np.append(True, np.diff(moves.key) != 0)) - 1 if len(kind) else np.zeros(0, np.int64)
    groups = int(group[-1]) + 1 if len(group) else 0
    has_stage = np.bincount(group[kind == Kind.STAGE], minlength=groups) > 0
    pipe_rows = np.flatnonzero(kind == Kind.PIPELINE)
    pipe_of = np.full(groups, -1, np.int32)
    pipe_of[group[pipe_rows]] = moves.pipeline[pipe_rows]
    fill = (kind == Kind.STAGE) & (moves.pipeline < 0)
    moves.pipeline[fill] = pipe_of[group[fill]]
    kept = ~((kind == Kind.PIPELINE) & has_stage[group])
    moves, kind = moves.taken(kept), kind[kept]
    return moves.taken(np.lexsort((kind == Kind.CLOSED, moves.key)))


def _first_moves(log: Log, names: _Names) -> _Moves:
    """The state in which each deal was created, where no stage event stands at its creation."""
    deals = len(log.deals)
    codes = np.arange(deals, dtype=np.int32)
    created = log.of_kind(Kind.CREATED)
    place = np.full(deals, -1, np.int32)
    place[deal_of(log.key[created])] = created
    key = (codes.astype(np.int64) << DEAL_BITS) | log.deals.created
    stages = log.of_kind(Kind.STAGE)
    owner = deal_of(log.key[stages])
    first = np.full(deals, -1, np.int64)
    first[owner[::-1]] = stages[::-1]
    has = first >= 0
    before = np.where(has, names.before[log.ref[first]] if len(stages) else -1, -1).astype(np.int32)
    known = _covered(log)
    stage = np.where(has, before, np.where(known, _open_stage(names), -1)).astype(np.int32)
    starts_there = has & (log.key[first] == key) if len(stages) else np.zeros(deals, np.bool_)
    starts_there &= ~_final_at(log, names, first, len(stages))
    moves = _Moves(
        codes, key, place, log.deals.row, stage, np.full(deals, -1, np.int32), np.zeros(deals, np.uint8),
        known & (stage >= 0),
    )  # fmt: skip
    return moves.taken(~starts_there)


def _final_at(log: Log, names: _Names, first: Ints, stages: int) -> Bools:
    if not stages:
        return np.zeros(len(first), np.bool_)
    return (first >= 0) & (names.final[names.after[log.ref[first]]] > 0)


def _open_stage(names: _Names) -> Codes:
    """The column's stage where it is no closing."""
    return np.where(names.final[names.deal_stage] > 0, -1, names.deal_stage).astype(np.int32)


def _covered(log: Log) -> Bools:
    """Whether the history of stages covers the deal's life from its creation."""
    stream = log.facts.streams.get("stage")
    if stream is None:
        return np.zeros(len(log.deals), np.bool_)
    return log.deals.created // DAY >= stream.first


def _column_closings(log: Log, names: _Names) -> _Moves:
    """Closings that only the deal's columns tell, where no event does."""
    deals = len(log.deals)
    outcome = log.memo.get("column outcomes")
    if outcome is None:
        said = Text.of(log.deals.frame.get("outcome"), deals).mapped({k: int(v) for k, v in CLOSINGS.items()}, 0)
        outcome = np.where(said > 0, said, names.final[names.deal_stage]).astype(np.uint8)
    told = np.zeros(deals, np.bool_)
    told[deal_of(log.key[log.of_kind(Kind.CLOSED)])] = True
    stages = log.of_kind(Kind.STAGE)
    told[deal_of(log.key[stages[names.final[names.after[log.ref[stages]]] > 0]])] = True
    closed = np.maximum(log.deals.closed, log.deals.created)
    codes = np.flatnonzero((closed != NEVER) & (log.deals.closed != NEVER) & ~told).astype(np.int32)
    key = (codes.astype(np.int64) << DEAL_BITS) | closed[codes]
    ending = np.where(outcome[codes] > 0, outcome[codes], Outcome.LOST if not len(codes) else 255).astype(np.uint8)
    place = np.searchsorted(log.key, key, side="right").astype(np.int32) - 1
    stage = np.where(names.final[names.deal_stage[codes]] > 0, names.deal_stage[codes], -1).astype(np.int32)
    return _Moves(
        codes, key, place, log.deals.row[codes], stage, np.full(len(codes), -1, np.int32), ending,
        np.ones(len(codes), np.bool_),
    )  # fmt: skip


def _in_order(log: Log, *parts: _Moves) -> _Moves:
    """All moves by deal and moment: the first state, then the events as they stand, then the columns' closings."""
    rank = np.concatenate([np.full(len(part.deal), number) for number, part in enumerate(parts)])
    moves = _Moves(*(np.concatenate([getattr(part, name) for part in parts]) for name in _Moves.__dataclass_fields__))
    within = np.concatenate([np.arange(len(part.deal)) for part in parts])
    return moves.taken(np.lexsort((within, rank, moves.key)))


def _with_pipelines(log: Log, names: _Names, moves: _Moves) -> _Moves:
    """Carry each deal's pipeline forward; before the first pipeline event it is that event's `before`."""
    starts = np.append(True, np.diff(moves.deal) != 0) if len(moves.deal) else np.zeros(0, np.bool_)
    first = np.flatnonzero(starts)
    initial = _initial_pipeline(log, names)[moves.deal[first]]
    moves.pipeline[first] = np.where(moves.pipeline[first] < 0, initial, moves.pipeline[first])
    told = np.where((moves.pipeline >= 0) | starts, np.arange(len(starts)), 0)
    moves.pipeline = moves.pipeline[np.maximum.accumulate(told)] if len(starts) else moves.pipeline
    return moves


def _initial_pipeline(log: Log, names: _Names) -> Codes:
    """Per deal the pipeline of its creation."""
    result = names.deal_pipe.copy()
    for kind, was in ((Kind.STAGE, names.pipe_was), (Kind.PIPELINE, names.pipe_before)):
        events = log.of_kind(kind)[::-1]
        if not len(events):
            continue
        pipeline = was[log.ref[events]]
        told = pipeline >= 0
        if kind == Kind.STAGE:
            result = _embedded(log, names, result)
        result[deal_of(log.key[events[told]])] = pipeline[told]
    return result


def _embedded(log: Log, names: _Names, result: Codes) -> Codes:
    """Where stage cells name the pipeline but not that of `before`, the first one they name is the first."""
    events = log.of_kind(Kind.STAGE)[::-1]
    pipeline = names.pipe[log.ref[events]]
    told = pipeline >= 0
    result[deal_of(log.key[events[told]])] = pipeline[told]
    return result


def _real_moves(log: Log, moves: _Moves) -> _Moves:
    """Drop moves into the stage the deal is in, and further forms of one closing."""
    same_deal = np.append(False, np.diff(moves.deal) == 0) if len(moves.deal) else np.zeros(0, np.bool_)
    closing = moves.outcome > 0
    was_closing = np.append(False, closing[:-1]) & same_deal
    second = was_closing & closing
    two = np.flatnonzero(second & (moves.outcome != np.append(0, moves.outcome[:-1])) & (moves.outcome != 255))
    log.memo["two closings"] = moves.row[two]
    stayed = np.append(False, (moves.stage[1:] == moves.stage[:-1]) & (moves.pipeline[1:] == moves.pipeline[:-1]))
    stayed = stayed[: len(same_deal)] & same_deal & ~closing & ~was_closing & (moves.stage >= 0)
    return moves.taken(~(stayed | second))


def problems_of(log: Log) -> list[Problem]:
    """Two closings with different outcomes: which rows say the second."""
    from auditor.i18n import _

    return [
        Problem(log.sources.locate(int(row)), _("a second closing with another outcome; the first one counts"))
        for row in log.memo.get("two closings", ())
    ]


__all__ = ["Stays", "build_stays", "problems_of", "stage_codes"]
