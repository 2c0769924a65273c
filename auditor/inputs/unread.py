"""Rows that could not be read: what is known of them all the same, since what was not read is not absent."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.inputs.deal_ids import DealIds
from auditor.inputs.tables import DAY_OF, Part
from auditor.inputs.times import NAT, Moments
from auditor.inputs.titles import named, titled
from auditor.inputs.values import moment_of

TEXTS = ("deal", "entity", "kind", "direction", "outcome", "field")
LAST_SECOND = np.timedelta64(86_399, "s")

_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?!\d)|\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)


def day_in(text: str) -> np.datetime64:
    """00:00 of the day that a moment begins with, whose clock cannot be read: «12.03.2024 25:00»; NaT for none."""
    found = _DAY.match(text.strip())
    moment = moment_of(found[0]) if found else None
    return NAT if moment is None else np.datetime64(moment, "s")


def days_in(texts: Iterable[str]) -> Moments:
    return np.array([day_in(text) for text in texts], "datetime64[s]")


def unread_rows(rows: "Sequence[int] | NDArray[np.integer]", known: Mapping[str, Any]) -> pd.DataFrame:
    """`Tables.unread` of these rows of a sheet: what is `known` of each, by column; its moment as `time`, or 00:00 of
    its `day`."""
    texts = {name: pd.Series(known.get(name, [None] * len(rows)), dtype="str") for name in TEXTS}
    time, day = (np.array(known.get(name, [NAT] * len(rows)), "datetime64[s]") for name in ("time", "day"))
    clockless = np.asarray(known.get(DAY_OF + "time", np.zeros(len(rows))), np.bool_) | np.isnat(time)
    first = np.where(np.isnat(time), day, time)
    last = first + np.where(clockless, LAST_SECOND, np.timedelta64(0, "s"))
    return pd.DataFrame({**texts, "first": first, "last": last, "row": np.array(rows, np.int32)})


def of_any(frame: pd.DataFrame, at: "NDArray[np.int64]", place: "NDArray[np.int64]", deal_ids: DealIds) -> pd.DataFrame:
    """`Tables.unread` of the rows `at` those places of history or activities, each as a row of the deal at `place`: it
    may be that deal's."""
    asked = frame.iloc[at]
    known = {name: asked[name].to_numpy() for name in (*TEXTS, "time", DAY_OF + "time") if name in frame}
    known["kind"] = asked["type" if "type" in frame else "event"].to_numpy()
    known["deal"] = deal_ids.deals["id"].to_numpy()[place]
    known["entity"] = np.where(deal_ids.is_lead[place], "lead", "deal")
    return unread_rows(asked["row"].to_numpy(), known)


def together(told: pd.DataFrame | None, of_several: Sequence[pd.DataFrame]) -> pd.DataFrame | None:
    """All unread rows; None where there is none."""
    frames = [frame for frame in (told, *of_several) if frame is not None and len(frame)]
    return pd.concat(frames, ignore_index=True) if frames else None


def _once(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all sheets; what several tell alike is told once, the nth of one with the nth of another."""
    numbered = [frame.assign(nth=frame.groupby([*TEXTS, "first", "last"], dropna=False).cumcount()) for frame in frames]
    rows = pd.concat(numbered, ignore_index=True)
    return rows[~rows.duplicated([*TEXTS, "first", "last", "nth"])].drop(columns="nth").reset_index(drop=True)


def unread_of(parts: Sequence[Part], firsts: Sequence[int], deal_ids: DealIds) -> pd.DataFrame | None:
    """The unread rows of all parts whose deal is known, and the calls of a known day of unknown ones; rows numbered
    globally; None where there is none."""
    pairs = zip(parts, firsts, strict=True)
    frames = [part.unread.assign(row=part.unread["row"] + first) for part, first in pairs if part.unread is not None]
    if not frames:
        return None
    rows = _once(frames)
    rows = named(rows, titled(rows, deal_ids), deal_ids)
    owned = deal_ids.of(rows)
    known = (owned.place >= 0) & ~owned.open
    loose = ~known & ((rows["kind"] == "call") & rows["first"].notna()).to_numpy()
    told = rows.assign(deal=rows["deal"].where(known))[known | loose]
    return told.reset_index(drop=True) if len(told) else None
