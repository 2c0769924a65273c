"""Names of stages and pipelines as codes: one list for the history and the deals' columns."""

import numpy as np

from auditor.log.columns import Text, folded
from auditor.log.final import final_outcome
from auditor.log.log import Log

LEADS = "лиды"
"""The pipeline of a lead that names none, folded."""


class Names:
    """Per row of the history the stage and pipeline before and after it, per deal those of its columns; −1: not said.

    `stages` and `pipelines` are folded, `spelling` are the stages as written; `final`: per stage its `Outcome`, with a
    last OPEN for none."""

    def __init__(self, log: Log) -> None:
        history, deals = log.history, log.deals.frame
        ours = {folded(name): stage for name, stage in log.settings.stages.items()}
        before, after = (Text.of(history.get(name), len(history)).renamed(ours) for name in ("before", "after"))
        current = Text.of(deals.get("stage"), len(deals)).renamed(ours)
        spelling = {
            name: value
            for text in (before, after, current)
            for name, value in zip(text.folded, text.values, strict=True)
        }
        self.stages, self.spelling = tuple(spelling), tuple(spelling.values())
        stages = {name: code for code, name in enumerate(self.stages)}
        self.before, self.after, self.current = (text.mapped(stages) for text in (before, after, current))
        self.final = np.array([*(final_outcome(name) for name in self.stages), 0], dtype=np.uint8)

        named = [Text.of(history.get(name), len(history)) for name in ("pipeline", "pipeline_before")]
        column = Text.of(deals.get("pipeline"), len(deals))
        every = dict.fromkeys(name for text in (before, after, *named, column) for name in text.folded)
        self.pipelines = tuple({**every, LEADS: None})
        pipelines = {name: code for code, name in enumerate(self.pipelines)}
        self.pipe_before, self.pipe_after = before.mapped(pipelines), after.mapped(pipelines)
        self.stage_pipe, self.stage_pipe_before = (text.mapped(pipelines) for text in named)
        told = column.mapped(pipelines)
        self.deal_pipe = np.where((told < 0) & log.deals.is_lead, pipelines[LEADS], told).astype(np.int32)
