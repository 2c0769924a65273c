"""Calls that hang on no deal: their phone or contact may tell the one deal that was open at that moment."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.inputs.columns import categorical
from auditor.inputs.deal_ids import DealIds, Ints

BITS = 32
SEVERAL = -2
"""In place of a deal: more than one answers to it."""


def attached(frame: pd.DataFrame, deal_ids: DealIds) -> tuple[pd.DataFrame, int]:
    """The activities with those calls given their deal, and how many there were."""
    loose = np.flatnonzero(np.asarray(frame["type"].isin(["call", "planned_call"])) & frame["deal"].isna().to_numpy())
    if not loose.size:
        return frame, 0
    place = np.full(len(loose), -1)
    for column in ("phone", "contact"):
        if column in frame and column in deal_ids.deals:
            place = np.where(place >= 0, place, only_open(frame.iloc[loose], "time", deal_ids.deals, column))
    found = place >= 0
    return (with_deals(frame, loose[found], place[found], deal_ids) if found.any() else frame), int(found.sum())


def only_open(frame: pd.DataFrame, time: str, deals: pd.DataFrame, column: str) -> Ints:
    """The place of the only deal of that phone or contact open at each row's time, else −1; by running sums over the
    openings and the closings of each phone's deals."""
    clients = categorical(deals[column])
    names = {text: number for number, text in enumerate(clients.categories)}
    client = clients.codes.astype(np.int64)
    asked = _numbers(categorical(frame[column]), names)
    moment = _seconds(frame[time])
    key = (asked << BITS) | moment
    known = np.flatnonzero(client >= 0)
    opened = (client[known] << BITS) | _seconds(deals["created"])[known]
    ends = np.flatnonzero((client >= 0) & deals["closed"].notna().to_numpy()) if "closed" in deals else known[:0]
    closed = (client[ends] << BITS) | _seconds(deals["closed"])[ends] if ends.size else np.zeros(0, np.int64)
    begun, begun_sum = _sums(opened, known, key, asked)
    ended, ended_sum = _sums(closed, ends, key - 1, asked)
    only = (asked >= 0) & (begun - ended == 1)
    place: Ints = np.where(only, begun_sum - ended_sum, -1)
    return place


def the_only(asked: pd.Categorical, known: pd.Categorical) -> Ints:
    """Per text the place of the only one of `known` that is it; −1 where none is."""
    places = np.flatnonzero(known.codes >= 0)
    count = np.bincount(known.codes[places], minlength=len(known.categories))
    place = np.full(len(known.categories) + 1, -1)
    place[known.codes[places]] = places
    place[:-1][count > 1] = SEVERAL
    code = {text: number for number, text in enumerate(known.categories)}
    numbers = np.array([*(code.get(text, -1) for text in asked.categories), -1])
    found: Ints = place[numbers[asked.codes]]
    return found


def _numbers(texts: pd.Categorical, names: dict[str, int]) -> Ints:
    table = np.array([*(names.get(text, -1) for text in texts.categories), -1], dtype=np.int64)
    numbers: Ints = table[texts.codes]
    return numbers


def _seconds(times: pd.Series) -> Ints:
    return (times.to_numpy().astype("datetime64[s]") - np.datetime64("2000-01-01")).astype(np.int64)


def _sums(keys: Ints, places: Ints, until: Ints, client: Ints) -> tuple[Ints, Ints]:
    """How many of each client's `keys` lie at or before `until`, and the sum of their places."""
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    sums = np.append(0, np.cumsum(places[order]))
    first = np.searchsorted(keys, client << BITS)
    last = np.maximum(np.searchsorted(keys, until, side="right"), first)
    return last - first, sums[last] - sums[first]


def with_deals(frame: pd.DataFrame, rows: NDArray[np.int64], place: Ints, deal_ids: DealIds) -> pd.DataFrame:
    """The frame with those rows given the deals of those places."""
    ids = categorical(frame["deal"])
    known = {text: code for code, text in enumerate(ids.categories)}
    chosen = deal_ids.deals["id"].astype("str").to_numpy(dtype=object)[place]
    codes = ids.codes.astype(np.int32)
    codes[rows] = [known.setdefault(text, len(known)) for text in chosen]
    frame = frame.assign(deal=pd.Categorical.from_codes(codes, pd.Index(list(known), dtype="str")))
    return frame.assign(entity=_entities(frame, rows, place, deal_ids))


def _entities(frame: pd.DataFrame, rows: NDArray[np.int64], place: Ints, deal_ids: DealIds) -> pd.Categorical:
    """`entity` of the attached rows says whose id it is."""
    kinds = ["deal", "lead"]
    codes = np.full(len(frame), -1, np.int8)
    if "entity" in frame:
        codes = pd.Categorical(frame["entity"], categories=kinds).codes.copy()
    codes[rows] = deal_ids.is_lead[place]
    return pd.Categorical.from_codes(codes, pd.Index(kinds, dtype="str"))
