"""Calls that hang on no deal: on days with too many of them, a call that a deal lacks may be one of these."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.log.acts import answers, directions
from auditor.log.columns import Columns, Ints, Small, Text
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


def loose_calls(activities: Columns, settings: Settings) -> LooseCalls:
    """What the activities say of such calls."""
    calls = activities.text("type").equals("call")
    loose = np.flatnonzero(calls & activities.frame["deal"].isna().to_numpy())
    if loose.size:
        day = activities.seconds("time") // DAY
        outgoing = calls & ~activities.text("direction").equals("in")
        loose = loose[np.isin(day[loose], _days_of_many(day, outgoing, loose, settings.unattached_share))]
    table = Columns(activities.frame.iloc[loose])
    kind = np.full(len(loose), Kind.CALL, np.uint8)
    return LooseCalls(
        day=table.seconds("time") // DAY,
        direction=directions(table, kind),
        answer=answers(table, kind, settings.talk_seconds),
        phone=activities.text("phone").taken(loose),
    )


def _days_of_many(day: Ints, outgoing: NDArray[np.bool_], loose: Ints, share: float) -> Ints:
    """The days of whose outgoing calls more than that share are loose."""
    days, number, count = np.unique(day[outgoing], return_inverse=True, return_counts=True)
    is_loose = np.zeros(len(day), np.bool_)
    is_loose[loose] = True
    lost = np.bincount(number, weights=is_loose[outgoing], minlength=len(days))
    return days[lost > share * count]
