"""A call that two BI tables tell is one call."""

from collections.abc import Sequence

import pandas as pd

from auditor.inputs.tables import Part

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
            rejected = part.rows - len(part.frame)
            part.frame = _settled(part.frame, deals) if part.reader == CALLS else _without(part.frame, told)
            part.rows = rejected + len(part.frame)
    return list(parts)


def _deals_of_calls(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Entity and deal by activity, of the calls that hang on a deal."""
    names = [ACTIVITY, "entity", "deal"]
    calls = [frame.loc[(frame["type"] == "call") & frame["deal"].notna(), names].astype("str") for frame in frames]
    found = pd.concat([pd.DataFrame({name: [] for name in names}, dtype="str"), *calls])
    return found.drop_duplicates(ACTIVITY).set_index(ACTIVITY)


def _without(frame: pd.DataFrame, told: set[str]) -> pd.DataFrame:
    twin = frame[ACTIVITY].isin(told) & (frame["type"] == "call")
    return frame[~twin].drop(columns=ACTIVITY).reset_index(drop=True)


def _settled(frame: pd.DataFrame, deals: pd.DataFrame) -> pd.DataFrame:
    """Calls without a deal take that of their activity."""
    activity, missing = frame[ACTIVITY].astype("str"), frame["deal"].isna()
    for name in ("entity", "deal"):
        told = frame[name].astype("str")
        frame = frame.assign(**{name: told.mask(missing, activity.map(deals[name])).astype("str").astype("category")})
    return frame.drop(columns=ACTIVITY)
