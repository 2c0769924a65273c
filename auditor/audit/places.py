"""Where the tables see deals: the pipelines that the data names, the deals in each, and the stages of each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.inputs.deal_ids import DealIds
from auditor.inputs.tables import Tables
from auditor.log.columns import Codes, Columns
from auditor.log.names import StageNames
from auditor.settings import Settings


@dataclass(frozen=True)
class Seen:
    """A pipeline as the exports spell it; the empty name stands for deals that name none.

    `deals`: how many were ever in it; `stages`: folded, those of `[stages]` under the regulation's names."""

    name: str
    deals: int
    stages: frozenset[str]


@dataclass(frozen=True, eq=False)
class _Places:
    """Deals, with the pipelines and stages in which the tables see them (−1: not said)."""

    deal: Codes
    pipeline: Codes
    stage: Codes

    def taken(self, index: NDArray[np.bool_]) -> "_Places":
        return _Places(self.deal[index], self.pipeline[index], self.stage[index])


def pipelines_seen(tables: Tables, settings: Settings) -> tuple[Seen, ...]:
    """The pipelines of the deals and their history up to as-of, most deals first."""
    deals = _until(tables.deals, "created", settings)
    history = Columns(None if tables.history is None else _until(tables.history, "time", settings))
    names = StageNames(deals, history, replace(settings, pipelines={}))
    listed = _Places(np.arange(len(deals), dtype=np.int32), names.deal_pipe, names.current)
    moves = _moves(deals, history, names)
    # A move mostly names the pipeline that the list shows: the few that name another are all that has to be sorted out.
    elsewhere = moves.taken((moves.pipeline >= 0) & (moves.pipeline != listed.pipeline[moves.deal]))
    counts = _counts(listed, elsewhere, len(names.pipelines))
    stages = _stages((listed, _of_one_pipeline(moves, listed, elsewhere)), names)
    seen = map(Seen, (*names.pipeline_spelling, ""), counts, stages)
    there = (each for each in seen if each.deals or each.stages)
    return tuple(sorted(there, key=lambda each: (-each.deals, each.name)))


def _until(frame: pd.DataFrame, column: str, settings: Settings) -> pd.DataFrame:
    if settings.as_of is None:
        return frame
    return frame[frame[column].to_numpy() <= np.datetime64(settings.as_of, "s")]


def _moves(deals: pd.DataFrame, history: Columns, names: StageNames) -> _Places:
    """Both sides of every move between stages or pipelines."""
    rows = np.flatnonzero(np.maximum.reduce([names.before, names.after, names.pipe_before, names.pipe_after]) >= 0)
    deal = DealIds(deals).places(history.frame.take(rows))
    was = np.where(names.stage_pipe_before >= 0, names.stage_pipe_before, names.stage_pipe)
    nothing = np.full(len(rows), -1, np.int32)
    sides = (
        (names.stage_pipe[rows], names.after[rows]),
        (was[rows], names.before[rows]),
        (names.pipe_after[rows], nothing),
        (names.pipe_before[rows], nothing),
    )
    parts = [_Places(deal, *side).taken((deal >= 0) & (np.maximum(*side) >= 0)) for side in sides]
    return _Places(*(np.concatenate([getattr(part, name) for part in parts]) for name in _Places.__annotations__))


def _counts(listed: _Places, elsewhere: _Places, pipelines: int) -> list[int]:
    """Per pipeline how many deals were in it; last those that name none."""
    counts = np.bincount(np.where(listed.pipeline < 0, pipelines, listed.pipeline), minlength=pipelines + 1)
    pairs = pd.unique(elsewhere.deal.astype(np.int64) << 32 | elsewhere.pipeline)
    counts += np.bincount(pairs & 0xFFFFFFFF, minlength=pipelines + 1)
    counts[-1] -= len(np.unique(elsewhere.deal[listed.pipeline[elsewhere.deal] < 0]))
    return counts.tolist()


def _of_one_pipeline(moves: _Places, listed: _Places, elsewhere: _Places) -> _Places:
    """Moves that name no pipeline are in that of their deal, where the deal knows one only."""
    most, least = listed.pipeline.copy(), np.where(listed.pipeline < 0, np.iinfo(np.int32).max, listed.pipeline)
    np.maximum.at(most, elsewhere.deal, elsewhere.pipeline)
    np.minimum.at(least, elsewhere.deal, elsewhere.pipeline)
    only = np.where(most == least, most, -1)
    return replace(moves, pipeline=np.where(moves.pipeline < 0, only[moves.deal], moves.pipeline))


def _stages(parts: Iterable[_Places], names: StageNames) -> list[frozenset[str]]:
    """Per pipeline the stages in it; last those in none."""
    found: list[set[str]] = [set() for _ in (*names.pipelines, "")]
    for part in parts:
        told = part.taken(part.stage >= 0)
        for pair in pd.unique(told.pipeline.astype(np.int64) << 32 | told.stage).tolist():
            found[pair >> 32].add(names.stages[pair & 0xFFFFFFFF])
    return list(map(frozenset, found))
