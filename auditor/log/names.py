"""Names of stages and pipelines as codes: one list for the history and the deals' columns."""

import numpy as np

from auditor.inputs.final import final_outcome
from auditor.log.columns import Codes, Ints, Text
from auditor.log.facts import history_rows
from auditor.log.spine import Spine
from auditor.spelling import folded

LEADS = "лиды"
"""The pipeline of a lead that names none, folded."""


class StageNames:
    """Per row of the history the stage and pipeline before and after it, per deal those of its columns; −1: not said.

    `stages` and `pipelines` are folded, `spelling` are the stages as written; `final`: per stage its `Outcome`, with a
    last OPEN for none."""

    def __init__(self, log: Spine) -> None:
        deals = log.deals.frame
        ours = {folded(name): stage for name, stage in log.settings.stages.items()}
        moves, transfers = (history_rows(log.arrays.history, event) for event in ("stage", "pipeline"))
        before, after = (log.text("history", name).taken(moves).renamed(ours) for name in ("before", "after"))
        current = Text.of(deals.get("stage"), len(deals)).renamed(ours)
        spelling = {
            name: value
            for text in (before, after, current)
            for name, value in zip(text.folded, text.values, strict=True)
        }
        self.stages, self.spelling = tuple(spelling), tuple(spelling.values())
        stages = {name: code for code, name in enumerate(self.stages)}
        self.before, self.after = (_spread(text.mapped(stages), moves, log) for text in (before, after))
        self.current = current.mapped(stages)
        self.final = np.array([*(final_outcome(name) for name in self.stages), 0], dtype=np.uint8)

        before, after = (log.text("history", name).taken(transfers) for name in ("before", "after"))
        named = [log.text("history", name) for name in ("pipeline", "pipeline_before")]
        column = Text.of(deals.get("pipeline"), len(deals))
        every = dict.fromkeys(name for text in (before, after, *named, column) for name in text.folded)
        self.pipelines = tuple({**every, LEADS: None})
        pipelines = {name: code for code, name in enumerate(self.pipelines)}
        self.pipe_before, self.pipe_after = (
            _spread(text.mapped(pipelines), transfers, log) for text in (before, after)
        )
        self.stage_pipe, self.stage_pipe_before = (text.mapped(pipelines) for text in named)
        told = column.mapped(pipelines)
        self.deal_pipe = np.where((told < 0) & log.deals.is_lead, pipelines[LEADS], told).astype(np.int32)


def _spread(codes: Codes, rows: Ints, log: Spine) -> Codes:
    """Codes of some rows of the history as codes of all; −1 in the others."""
    result = np.full(len(log.history), -1, np.int32)
    result[rows] = codes
    return result
