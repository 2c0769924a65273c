"""Calls that hang on no deal: their phone or contact may tell the one deal that was open at that moment."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.inputs.columns import categorical, texts
from auditor.inputs.deal_ids import DealIds, Ints
from auditor.inputs.tables import FIELD
from auditor.spelling import folded

BITS = 32
MOST = 200
HANGING = ("call", "planned_call", "message", "sms", "email")
"""What hangs on a client, and belongs to the client's deal."""
COMPANIES = tuple(FIELD + caption for caption in ("Компания", "Компания контакта", "Company"))
CLIENTS = (("phone", "phone"), ("contact", "contact"), *(("contact", company) for company in COMPANIES))
"""What an activity may tell of its client, and the deals' column of the same, the surest first."""
SEVERAL = -2
"""In place of a deal: more than one answers to it."""


def attached(frame: pd.DataFrame, deal_ids: DealIds) -> tuple[pd.DataFrame, Ints]:
    """The activities with those calls and letters given their deal; per row the place of that deal, −1 where none was
    open, or none is asked for, SEVERAL where more than one was."""
    place = np.full(len(frame), -1)
    loose = np.flatnonzero(np.asarray(frame["type"].isin(HANGING)) & frame["deal"].isna().to_numpy())
    asked = frame.iloc[loose]
    for column, of_deals in CLIENTS if loose.size else ():
        if column in frame and of_deals in deal_ids.deals:
            found = only_open(asked, "time", deal_ids.deals, column, of_deals)
            place[loose] = np.where(place[loose] >= 0, place[loose], np.where(found == -1, place[loose], found))
    rows = np.flatnonzero(place >= 0)
    return (with_deals(frame, rows, place[rows], deal_ids) if rows.size else frame), place


def possible_deals(frame: pd.DataFrame, place: Ints, deal_ids: DealIds) -> tuple[Ints, Ints]:
    """Each row of whose number or contact several deals were open, with each of them: the rows' places, the deals'."""
    rows, deals = np.flatnonzero(place == SEVERAL), deal_ids.deals
    pairs = [
        _pairs(frame, rows, deals, column, of_deals)
        for column, of_deals in (CLIENTS if rows.size else ())
        if column in frame and of_deals in deals
    ]
    at, found = (np.concatenate([pair[side] for pair in pairs] or [rows[:0]]) for side in (0, 1))
    moment, begun = (_seconds(column) for column in (frame["time"].iloc[at], deals["created"].iloc[found]))
    is_open = begun <= moment
    if "closed" in deals:
        closed = deals["closed"].iloc[found]
        is_open &= closed.isna().to_numpy() | (_seconds(closed) >= moment)
    return at[is_open], found[is_open]


def paired(rows: Ints, asked: pd.Categorical, places: Ints, known: pd.Categorical) -> tuple[Ints, Ints]:
    """Each of these rows with each of these places of the same name; a name of more than `MOST` places says as good as
    nothing."""
    wanted = pd.DataFrame({"name": asked, "at": rows}).astype({"name": "str"}).dropna()
    there = pd.DataFrame({"name": known, "place": places}).astype({"name": "str"}).dropna()
    found = wanted.merge(there[there.groupby("name")["name"].transform("size") <= MOST], on="name")
    return found["at"].to_numpy(np.int64), found["place"].to_numpy(np.int64)


def _pairs(frame: pd.DataFrame, rows: Ints, deals: pd.DataFrame, column: str, of_deals: str) -> tuple[Ints, Ints]:
    """Each of these rows with each deal of the same client: the rows' places, and the deals'."""
    place, clients = _clients(deals, of_deals)
    return paired(rows, texts(frame[column], folded).values[rows], place, clients)


def only_open(frame: pd.DataFrame, time: str, deals: pd.DataFrame, column: str, of_deals: str = "") -> Ints:
    """The place of the only deal of that phone or contact open at each row's time, −1 where none was, SEVERAL where
    more were; by running sums over the openings and the closings of each phone's deals. No deal is closed before it is
    created.

    `of_deals`: their column, where it is another than the rows'."""
    place, clients = _clients(deals, of_deals or column)
    names = {text: number for number, text in enumerate(clients.categories)}
    client = clients.codes.astype(np.int64)
    asked = _numbers(texts(frame[column], folded).values, names)
    key = (asked << BITS) | _seconds(frame[time])
    created = _seconds(deals["created"])[place]
    ends = np.flatnonzero(deals["closed"].notna().to_numpy()[place]) if "closed" in deals else place[:0]
    closed = np.maximum(_seconds(deals["closed"])[place[ends]], created[ends]) if ends.size else created[:0]
    begun, begun_sum = _sums((client << BITS) | created, place, key, asked)
    ended, ended_sum = _sums((client[ends] << BITS) | closed, place[ends], key - 1, asked)
    count = np.where(asked >= 0, begun - ended, 0)
    found: Ints = np.where(count == 1, begun_sum - ended_sum, np.where(count > 1, SEVERAL, -1))
    return found


def _clients(deals: pd.DataFrame, column: str) -> tuple[Ints, pd.Categorical]:
    """Each deal with each of its numbers, or with its contact: the deals' places, and those as they are compared."""
    names = texts(deals["phones" if column == "phone" and "phones" in deals else column], folded).values
    told = np.flatnonzero(names.codes >= 0)
    if column != "phone":
        return told, names[told]
    parts = [text.split() for text in names.categories]
    count = np.array([len(part) for part in parts], np.int64)
    first = np.cumsum(count) - count
    code = names.codes[told]
    place = np.repeat(told, count[code])
    within = np.arange(len(place)) - np.repeat(np.cumsum(count[code]) - count[code], count[code])
    numbers = pd.Categorical([number for part in parts for number in part])
    return place, numbers[np.repeat(first[code], count[code]) + within]


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
