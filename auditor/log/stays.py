"""Stays: a deal's unbroken time in one stage of one pipeline; a closing opens a stay with an outcome."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.i18n import _
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Problem
from auditor.log.columns import Bools, Codes, Ints
from auditor.log.kinds import NEVER
from auditor.log.moves import Moves, all_moves, undated
from auditor.log.names import StageNames
from auditor.log.spine import Spine, deal_of, key_of
from auditor.spelling import folded
from auditor.terms import Outcome, Stage


@dataclass(frozen=True, eq=False)
class Stays:
    """Sorted by deal and time; stays of one deal are neighbours.

    `stage` and `pipeline` are codes into `stages` and `pipelines` (−1: unknown), `outcome` is an `Outcome` (OPEN for
    an ordinary stay), `entered` and `left` keys (`left` at NEVER while it lasts), `last` the key until which the entry
    may have been, `row` the row that shows the entry, `place` the position of the entering event, `certain`: the moment
    of entry is known, `doubtful`: a row that could not be read may tell of another stage.
    """

    deal: Codes
    stage: Codes
    pipeline: Codes
    outcome: NDArray[np.uint8]
    entered: Ints
    last: Ints
    left: Ints
    row: Codes
    place: Codes
    certain: Bools
    doubtful: Bools
    stages: tuple[str, ...]
    pipelines: tuple[str, ...]
    spelling: tuple[str, ...]
    """The stages as the exports write them."""
    contradicted: Codes
    """Rows of second closings that name another outcome than the first."""
    undated: Codes
    """The deals closed nobody knows when: the closing stands where the reading of the log puts it."""
    broken: Codes
    """Rows that show a deal elsewhere than the history left it."""

    def __len__(self) -> int:
        return len(self.deal)

    @property
    def lasts(self) -> Bools:
        """Per stay whether it has not ended by as-of."""
        return np.asarray(self.left == key_of(self.deal, np.full(len(self), NEVER)))

    @property
    def has_next(self) -> Bools:
        """Whether the next stay in the arrays is the same deal's."""
        return np.append(self.deal[1:] == self.deal[:-1], False)[: len(self)]

    def of(self, *stages: Stage) -> tuple[Bools, Bools]:
        """Per stay whether it is surely, and whether possibly, in one of the stages; open where stage or pipeline is
        not said."""
        sure = np.zeros(len(self), np.bool_)
        possible = np.zeros(len(self), np.bool_)
        names: dict[str, set[str]] = {}
        for stage in stages:
            names.setdefault(stage.pipeline, set()).update((stage.name, *stage.aliases))
        for pipeline, wanted in names.items():
            in_stage = self._among(self.stage, self.stages, wanted)
            in_pipeline = np.ones(len(self), np.bool_)
            if pipeline:
                in_pipeline = self._among(self.pipeline, self.pipelines, {pipeline}) | (self.pipeline < 0)
            sure |= in_stage & in_pipeline
            possible |= (in_stage | (self.stage < 0)) & in_pipeline
        is_open = self.outcome == Outcome.OPEN
        return sure & is_open & ~self.doubtful, possible & is_open

    def in_pipeline(self, name: str) -> Bools:
        """Open stays in a pipeline."""
        return np.asarray(self._among(self.pipeline, self.pipelines, {name}) & (self.outcome == Outcome.OPEN))

    def at(self, key: Ints) -> Ints:
        """The number of the stay that each moment lies in (the later of two that meet); −1 before the first."""
        place = np.searchsorted(self.entered, key, side="right") - 1
        return np.where((place >= 0) & (self.deal[place] == deal_of(key)), place, -1)

    @staticmethod
    def _among(codes: Codes, values: tuple[str, ...], names: set[str]) -> Bools:
        wanted = {folded(name) for name in names}
        return np.array([*(value in wanted for value in values), False], dtype=np.bool_).take(codes)


def build_stays(log: Spine) -> Stays:
    """The stays of every deal, from its stage, pipeline and closing events and from its columns."""
    names = StageNames(log.deals.frame, log.arrays.history, log.settings)
    told, undated_deals, broken = all_moves(log, names)
    moves, contradicted = _real_moves(log, told)
    deal = moves.deal
    doubtful = undated(log)[deal]
    same = np.append(deal[1:] == deal[:-1], False)[: len(moves)]
    left = np.where(same, np.append(moves.key[1:], 0)[: len(moves)], key_of(deal, np.full(len(deal), NEVER)))
    last = moves.key if (moves.last == moves.key).all() else moves.last
    return Stays(
        deal, moves.stage, moves.pipeline, moves.outcome, moves.key, last, left, moves.row, moves.place,
        moves.certain & ~doubtful, doubtful, names.stages, names.pipelines, names.spelling, contradicted,
        undated_deals, broken,
    )  # fmt: skip


def _real_moves(log: Spine, moves: Moves) -> tuple[Moves, Codes]:
    """The moves that change something, and the rows of repeated closings that name another outcome.

    Left out are moves into the stage and pipeline the deal is in, and closings of a closed deal."""
    idle = moves.alone & moves.goes_on & (moves.pipeline == _shifted(moves.pipeline))
    moves = moves.taken(~idle)
    follows, closing, before = moves.goes_on, moves.outcome > 0, _shifted(moves.outcome)
    again = follows & closing & (before > 0)
    contradicted = moves.row[_contradicting(moves, again)]
    _tell_outcomes(moves, again)
    same = (moves.stage == _shifted(moves.stage)) & (moves.pipeline == _shifted(moves.pipeline)) & (moves.stage >= 0)
    return moves.taken(~again & ~(follows & same & ~closing & (before == 0))), contradicted


def _shifted(values: "np.ndarray") -> "np.ndarray":
    """Per move the value of the one before."""
    return np.append(values[:1], values[:-1])


def _contradicting(moves: Moves, again: Bools) -> Bools:
    """Per move whether it is a repeated closing with another outcome than the one before, where both name one."""
    before = _shifted(moves.outcome)
    return again & (moves.outcome != before) & (before != Outcome.UNTOLD) & (moves.outcome != Outcome.UNTOLD)


def _tell_outcomes(moves: Moves, again: Bools) -> None:
    """Give a closing without an outcome that of the repeated closing right after it."""
    told = np.flatnonzero(again & (_shifted(moves.outcome) == Outcome.UNTOLD))
    moves.outcome[told - 1] = moves.outcome[told]


def problems_of(log: Spine, stays: Stays) -> list[Problem]:
    """Two closings with different outcomes: which rows say the second."""
    return [
        Problem(
            log.sources.locate(int(row)),
            _("a second closing with another outcome; the first one counts"),
            Trouble.CONTRADICTED,
        )
        for row in stays.contradicted
    ]
