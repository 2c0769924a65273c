"""Names of stages and pipelines as codes: one list for the history and the deals' columns."""

import numpy as np

from auditor.inputs.final import final_outcome
from auditor.log.columns import Codes, Ints, Text
from auditor.log.facts import history_rows
from auditor.log.spine import Spine
from auditor.spelling import by_folded

LEADS = "лиды"
"""The pipeline of a lead that names none, folded."""


class StageNames:
    """Codes of stages and pipelines, −1: not said; `stages` and `pipelines` are the folded names, `spelling` the stages
    as written.

    Per row of the history: `before` and `after` of a stage event, `pipe_before` and `pipe_after` of a pipeline event,
    `stage_pipe` and `stage_pipe_before`, the pipelines that a row names beside its stages. Per deal, by its columns:
    `current` stage and `deal_pipe`. `final`: per stage code its `Outcome`, with a last OPEN for code −1."""

    def __init__(self, log: Spine) -> None:
        deals = log.deals.frame
        ours = by_folded(log.settings.stages)
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
    """An item per row of the history: the codes at `rows`, −1 elsewhere."""
    result = np.full(len(log.history), -1, np.int32)
    result[rows] = codes
    return result
