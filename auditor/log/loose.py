"""Calls that hang on no deal: on days with too many of them, a call that a deal lacks may be one of these."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditor.log.acts import answers, directions
from auditor.log.columns import Bools, Columns, Ints, Small, Text
from auditor.log.kinds import DAY, Kind
from auditor.settings import Settings


@dataclass(frozen=True, eq=False)
class LooseCalls:
    """The calls on no deal, of all days on which more than the tolerated share of the outgoing calls hang on none; a
    row each. `day` since 2000-01-01, `phone` of the client (empty: not readable)."""

    day: Ints
    direction: Small
    answer: Small
    phone: Text

    def __len__(self) -> int:
        return len(self.day)


SAID = ["time", "direction", "outcome", "duration", "phone"]
"""What is known of a loose call."""


def loose_calls(activities: Columns, unread: Columns, settings: Settings) -> LooseCalls:
    """What the activities say of such calls, and what is known of those that could not be read."""
    calls = activities.text("type").equals("call")
    attached = activities.frame["deal"].notna().to_numpy()
    loose = pd.concat([_said(activities, calls & ~attached), _unread_calls(unread)], ignore_index=True)
    if len(loose):
        of_deals = calls & attached & ~activities.text("direction").equals("in")
        days = _days_of_many(activities.seconds("time")[of_deals] // DAY, _outgoing_days(loose), settings)
        loose = loose[np.isin(_days(loose), days)]
    table = Columns(loose)
    kind = np.full(len(loose), Kind.CALL, np.uint8)
    return LooseCalls(
        day=_days(loose),
        direction=directions(table, kind),
        answer=answers(table, kind, settings.talk_seconds),
        phone=table.text("phone"),
    )


def _said(table: Columns, rows: Bools) -> pd.DataFrame:
    return table.frame.loc[rows, [name for name in SAID if name in table]]


def _unread_calls(unread: Columns) -> pd.DataFrame:
    """The rows that could not be read whose deal nobody knows: calls of a known day."""
    frame = unread.frame.rename(columns={"first": "time"})
    return _said(Columns(frame), frame["deal"].isna().to_numpy())


def _days(calls: pd.DataFrame) -> Ints:
    return Columns(calls).seconds("time") // DAY


def _outgoing_days(calls: pd.DataFrame) -> Ints:
    return _days(calls)[~Columns(calls).text("direction").equals("in")]


def _days_of_many(attached: Ints, loose: Ints, settings: Settings) -> Ints:
    """The days of whose outgoing calls, given by their days, more than the tolerated share are loose."""
    days, lost = np.unique(loose, return_counts=True)
    others = np.sort(attached)
    kept = np.searchsorted(others, days, side="right") - np.searchsorted(others, days, side="left")
    return days[lost > settings.unattached_share * (lost + kept)]
