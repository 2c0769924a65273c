"""Names of stages and pipelines as codes: one list for the history and the deals' columns."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from auditor.inputs.final import final_outcome
from auditor.log.columns import Codes, Columns, Ints, Text
from auditor.log.facts import history_rows
from auditor.settings import Settings
from auditor.spelling import by_folded, folded

LEADS = "Лиды"
"""The pipeline of a lead that names none."""


class StageNames:
    """Codes of stages and pipelines, −1: not said; `stages` and `pipelines` are the folded names, `spelling` and
    `pipeline_spelling` the names as written.

    Per row of the history: `before` and `after` of a stage event, `pipe_before` and `pipe_after` of a pipeline event,
    `stage_pipe` and `stage_pipe_before`, the pipelines that a row names beside its stages. Per deal, by its columns:
    `current` stage and `deal_pipe`. `final`: per stage code its `Outcome`, with a last OPEN for code −1."""

    def __init__(self, deals: pd.DataFrame, history: Columns, settings: Settings) -> None:
        self._name_stages(deals, history, by_folded(settings.stages))
        self._name_pipelines(deals, history, by_folded(settings.pipelines))

    def _name_stages(self, deals: pd.DataFrame, history: Columns, ours: Mapping[str, str]) -> None:
        moves = history_rows(history, "stage")
        before, after = (history.text(name).taken(moves).renamed(ours) for name in ("before", "after"))
        current = Text.of(deals.get("stage"), len(deals)).renamed(ours)
        spelling = _spelling((before, after, current))
        self.stages, self.spelling = tuple(spelling), tuple(spelling.values())
        stages = {name: code for code, name in enumerate(self.stages)}
        self.before, self.after = (_spread(text.mapped(stages), moves, len(history)) for text in (before, after))
        self.current = current.mapped(stages)
        self.final = np.array([*(final_outcome(name) for name in self.stages), 0], dtype=np.uint8)

    def _name_pipelines(self, deals: pd.DataFrame, history: Columns, ours: Mapping[str, str]) -> None:
        transfers = history_rows(history, "pipeline")
        before, after = (history.text(name).taken(transfers).renamed(ours) for name in ("before", "after"))
        named = [history.text(name).renamed(ours) for name in ("pipeline", "pipeline_before")]
        column = Text.of(deals.get("pipeline"), len(deals)).renamed(ours)
        leads = ours.get(folded(LEADS), LEADS)
        spelling = {folded(leads): leads} | _spelling((before, after, *named, column))
        self.pipelines, self.pipeline_spelling = tuple(spelling), tuple(spelling.values())
        pipelines = {name: code for code, name in enumerate(self.pipelines)}
        changes = (_spread(text.mapped(pipelines), transfers, len(history)) for text in (before, after))
        self.pipe_before, self.pipe_after = changes
        self.stage_pipe, self.stage_pipe_before = (text.mapped(pipelines) for text in named)
        told, is_lead = column.mapped(pipelines), (deals["entity"] == "lead").to_numpy(np.bool_)
        self.deal_pipe = np.where((told < 0) & is_lead, pipelines[folded(leads)], told).astype(np.int32)


def _spelling(texts: Iterable[Text]) -> dict[str, str]:
    """Folded names → their spelling."""
    return {name: value for text in texts for name, value in zip(text.folded, text.values, strict=True)}


def _spread(codes: Codes, rows: Ints, size: int) -> Codes:
    """An item per row of the history, of which there are `size`: the codes at `rows`, −1 elsewhere."""
    result = np.full(size, -1, np.int32)
    result[rows] = codes
    return result
