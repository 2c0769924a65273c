"""A call that two BI tables tell is one call."""

from collections.abc import Sequence

import pandas as pd

from auditor.i18n import ngettext, numeral
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Part, Place, Problem
from auditor.inputs.troubles import ranges

ACTIVITY = "activity"
"""A private column of calls: the number of their activity, by which the same call is found in both tables."""
ACTIVITIES, CALLS = "bitrix24 crm_activity", "bitrix24 telephony_call"


def settle(parts: Sequence[Part]) -> list[Part]:
    """All parts of an export: calls of crm_activity that telephony_call tells too leave their deal to it and go."""
    activities, calls = ([part for part in parts if part.reader == reader] for reader in (ACTIVITIES, CALLS))
    told = {number for part in calls if ACTIVITY in part.frame for number in part.frame[ACTIVITY].dropna()}
    deals = _deals_of_calls([part.frame for part in activities if ACTIVITY in part.frame])
    for part in (*activities, *calls):
        if ACTIVITY in part.frame:
            part.frame = _settled(part.frame, deals) if part.reader == CALLS else _without(part, told)
    return list(parts)


def _deals_of_calls(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Entity and deal by activity, of the calls that hang on a deal."""
    names = [ACTIVITY, "entity", "deal"]
    calls = [frame.loc[(frame["type"] == "call") & frame["deal"].notna(), names].astype("str") for frame in frames]
    found = pd.concat([pd.DataFrame({name: [] for name in names}, dtype="str"), *calls])
    return found.drop_duplicates(ACTIVITY).set_index(ACTIVITY)


def _without(part: Part, told: set[str]) -> pd.DataFrame:
    """The activities without those calls, which are told in one line."""
    frame = part.frame
    twin = (frame[ACTIVITY].isin(told) & (frame["type"] == "call")).to_numpy()
    if twin.any():
        what = _told_better(int(twin.sum())).format(count=numeral(int(twin.sum())))
        part.problems.append(
            Problem(Place(part.file, part.sheet), f"{what}: {ranges(frame['row'].to_numpy()[twin])}", Trouble.REPEATED)
        )
    return frame[~twin].drop(columns=ACTIVITY).reset_index(drop=True)


def _told_better(count: int) -> str:
    return ngettext(
        "{count} call is told by telephony_call as well, and was counted once with it; left out was row",
        "{count} calls are told by telephony_call as well, and were counted once with it; left out were rows",
        count,
    )


def _settled(frame: pd.DataFrame, deals: pd.DataFrame) -> pd.DataFrame:
    """Calls without a deal take that of their activity."""
    activity, missing = frame[ACTIVITY].astype("str"), frame["deal"].isna()
    for name in ("entity", "deal"):
        told = frame[name].astype("str")
        frame = frame.assign(**{name: told.mask(missing, activity.map(deals[name])).astype("str").astype("category")})
    return frame.drop(columns=ACTIVITY)
