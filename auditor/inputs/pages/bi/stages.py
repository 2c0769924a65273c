"""crm_deal_stage_history and crm_lead_stage_history → history."""

import numpy as np
import pandas as pd

from auditor.i18n import _
from auditor.inputs.pages.bi.columns import Columns, code_in, name_in, no_id, no_time, outcomes, part_of
from auditor.inputs.pages.page_rows import typed
from auditor.inputs.pages.values import ident
from auditor.inputs.tables import Part

STAGES = frozenset({"created", "stage", "closed"})


def deal_stages_part(columns: Columns) -> Part:
    return _stages(columns, "deal", "bitrix24 crm_deal_stage_history", "STAGE")


def lead_stages_part(columns: Columns) -> Part:
    return _stages(columns, "lead", "bitrix24 crm_lead_stage_history", "STATUS")


def _stages(columns: Columns, entity: str, reader: str, stage: str) -> Part:
    """Moves and closings. ASSIGNED_BY was responsible then; who moved the deal, the table does not say."""
    frame = pd.DataFrame(
        {
            "row": columns.rows,
            "deal": columns.column("deal", ident, f"{entity.upper()}_ID"),
            "entity": typed("entity", [entity] * len(columns)),
            "time": columns.moments("START_DATE"),
            "after": columns.column("after", name_in, f"{stage}_NAME", stage, "STAGE_NAME", "STAGE", f"{stage}_ID"),
            "pipeline": columns.column("pipeline", name_in, "CATEGORY_NAME", "CATEGORY", "CATEGORY_ID"),
            "type": columns.column("type", code_in, "TYPE_ID"),
            "outcome": outcomes(
                columns, entity, f"{stage}_SEMANTIC_ID", f"{stage}_SEMANTIC", "STAGE_SEMANTIC_ID", "STAGE_SEMANTIC"
            ),
        }
    )
    wanted = {
        f"{entity.upper()}_ID": (frame["deal"], no_id()),
        "START_DATE": (frame["time"], no_time()),
        f"{stage}_NAME": (frame["after"], _("there is no stage here, so the row was left out")),
    }
    kept = columns.kept(wanted)
    return part_of(columns, "history", reader, _moves(frame[kept]), kept, STAGES, frame[~kept].assign(kind="stage"))


def _moves(frame: pd.DataFrame) -> pd.DataFrame:
    """Each stage begins where the deal's stage before it ended; a final one is a closing too."""
    frame = frame.sort_values(["time", "row"], kind="stable")
    past = frame.groupby("deal", observed=True)[["after", "pipeline"]].shift()
    created = (frame["type"] == "1").to_numpy() & past["after"].isna().to_numpy()
    stage = typed("event", np.where(created, "created", "stage")).set_axis(frame.index)
    moves = frame.assign(event=stage, before=past["after"], pipeline_before=past["pipeline"])
    moves.loc[created, ["after", "pipeline"]] = None
    ends = frame[frame["outcome"].notna()]
    closings = ends.assign(event="closed", after=ends["outcome"].astype("str"), pipeline=None)
    texts = ["deal", "entity", "event", "before", "after", "pipeline", "pipeline_before"]
    both = pd.concat([moves.astype(dict.fromkeys(texts, "str")), closings], ignore_index=True)
    both = (
        both.drop(columns=["type", "outcome"])
        .astype(dict.fromkeys(texts, "str"))
        .astype(dict.fromkeys(texts, "category"))
    )
    return both.sort_values("row", kind="stable").reset_index(drop=True)
