"""Columns that a robot fills on a deal's card, «Дата перехода в Замер»: the moves into those stages."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from auditor.i18n import _
from auditor.inputs import columns
from auditor.inputs.precision import moments_of
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import DAY_OF, FIELD, Part, Place, Problem, Sheet
from auditor.inputs.times import Times
from auditor.inputs.troubles import troubles
from auditor.settings import Settings
from auditor.spelling import folded, shortened

READER = "columns of stages"

_MOVE = re.compile(
    r"(?:(?:дата(?: и время)?|время|момент) (?:перехода|входа|попадания|перевода|вступления) (?:в|на)|date entered)"
    r" (?P<said>(?:стадию|этап|статус|stage) )?[«“\"']?(?P<stage>.+?)[»”\"']?",
    re.IGNORECASE,
)


def moves_of(sheet: Sheet, deals: Part, settings: Settings) -> list[Part]:
    """The history that a list of deals tells in such columns: each moment is a move into that stage; none without
    them."""
    frame = deals.frame
    headers = [name[len(FIELD) :] for name in map(str, frame) if name.startswith(FIELD)]
    known = {*frame["stage"].dropna().unique()} if "stage" in frame else set()
    stages = stages_told(headers, {*map(folded, (*known, *settings.stages))})
    sheet = Sheet(sheet.file, sheet.sheet, headers, sheet.cells.loc[frame["row"]], clocked=sheet.clocked)
    told = {header: moments_of(sheet, header, settings) for header in stages}
    parts = [_moves(frame, stage, told[header]) for header, stage in stages.items()]
    if not any(map(len, parts)):
        return []
    moves = pd.concat(parts, ignore_index=True).sort_values("row", kind="stable", ignore_index=True)
    moves = moves.assign(event=columns.constant("stage", len(moves)), after=moves["after"].astype("category"))
    problems = [problem for header in stages for problem in _not_read(sheet, header, told[header])]
    carries = frozenset({"stage", "closed"})
    rows = moves["row"].nunique()
    return [Part("history", sheet.file, sheet.sheet, READER, moves, rows, problems, carries)]


def stages_told(headers: Iterable[str], known: Collection[str]) -> Mapping[str, str]:
    """The stage of each such caption; of captions that do not call it a stage only where some is one of the `known`."""
    found = [(header, match) for header in headers if (match := _MOVE.fullmatch(header))]
    sure = any(folded(match["stage"]) in known for _header, match in found)
    return {header: match["stage"] for header, match in found if sure or match["said"]}


def without_columns(parts: Sequence[Part]) -> list[Part]:
    """The parts without what columns tell of stages, where a history tells it better."""
    better = any(
        part.table == "history" and part.reader != READER and (part.frame["event"] == "stage").any() for part in parts
    )
    return [part for part in parts if not better or part.reader != READER]


def _moves(deals: pd.DataFrame, stage: str, told: Times) -> pd.DataFrame:
    rows = np.flatnonzero(~np.isnat(told.values))
    return pd.DataFrame({
        "deal": deals["id"].iloc[rows], "entity": deals["entity"].iloc[rows], "time": told.values[rows], "after": stage,
        "row": deals["row"].iloc[rows], DAY_OF + "time": told.clockless[rows],
    })  # fmt: skip


def _not_read(sheet: Sheet, header: str, told: Times) -> list[Problem]:
    cells = sheet.cells[header][told.bad]
    what = _("“{text}” is not a date between 2000 and 2135; taken as empty")
    place = Place(sheet.file, sheet.sheet, None, header)
    return troubles(
        place, cells.index.to_numpy(), lambda number: what.format(text=shortened(cells.iloc[number])), Trouble.CELL
    )
