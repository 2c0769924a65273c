"""A moment far behind all others: most likely a typing error, and it would decide as of when an audit speaks."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from auditor.i18n import day_form, ngettext
from auditor.inputs.quality import Trouble
from auditor.inputs.row_checks import RowChecks

FAR = 30 * 86_400
FEW = 2
"""So many moments that stand alone are told."""
LEAST = 10
"""Of fewer moments none stands alone."""
HAPPENED = ("time", "created", "closed", "completed", "opened", "updated", "changed")
"""The columns of moments at which something happened."""


def tell_outliers(frames: Sequence[pd.DataFrame], rows: RowChecks) -> None:
    """A headline for the rows whose moments come more than a month after all others, where they are very few."""
    columns = [(frame, name) for frame in frames for name in HAPPENED if name in frame]
    moments = [_seconds(frame, name, rows) for frame, name in columns]
    last = max((seconds.max(initial=0) for seconds in moments), default=0)
    late = sum(np.count_nonzero(seconds > last - FAR) for seconds in moments)
    if not 0 < late <= FEW or sum(map(np.count_nonzero, moments)) < LEAST:
        return
    everything = np.concatenate(moments)
    before = everything[everything <= last - FAR].max(initial=0)
    first = everything[everything > last - FAR].min()
    if not before or first - before <= FAR:
        return
    days = (last - before) // 86_400
    day = pd.Timestamp(int(last), unit="s").strftime(day_form())
    for (frame, _name), seconds in zip(columns, moments, strict=True):
        rows.headline(
            frame,
            seconds >= first,
            lambda count: _alone(count).format(days=days, day=day),
            Trouble.AHEAD,
        )


def _seconds(frame: pd.DataFrame, name: str, rows: RowChecks) -> "np.ndarray":
    """Seconds since 1970; 0 where there is none, or a later one than now."""
    moments = frame[name].to_numpy().astype("datetime64[s]", copy=False)
    seconds = moments.view(np.int64)  # below 0 where there is no moment
    return np.where((seconds < 0) | (moments > rows.now), 0, seconds)


def _alone(count: int) -> str:
    return ngettext(
        "{day} comes {days} days after everything else, and decides as of when this report speaks; if it is a typing "
        "error, correct it, or say --as-of, row",
        "{day} comes {days} days after everything else, and decides as of when this report speaks; if it is a typing "
        "error, correct it, or say --as-of, rows",
        count,
    )
