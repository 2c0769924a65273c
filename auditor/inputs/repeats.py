"""Wholly equal rows of one sheet: one event, where it tells seconds or an id; in a table of minutes perhaps two."""

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.i18n import ngettext
from auditor.inputs.tables import Precision
from auditor.inputs.times import Bools
from auditor.spelling import folded

LAST_BITS = (1 << 20) - 1
_SECONDS = re.compile(r"\d:\d\d:\d\d")
_OWN_ID = re.compile(
    r"(?:id|ид|guid|uuid)(?: (?:события|звонка|дела|письма|сообщения|записи))?|(?:call|event|activity) id"
)


def not_alone(keys: NDArray[np.int64]) -> Bools:
    """Which keys occur more than once. Sorting finds the few; of all others most differ from them in their last bits
    already: a tenth of the time in which all are hashed."""
    ordered = np.sort(keys)
    several = ordered[1:][ordered[1:] == ordered[:-1]]
    perhaps, result = np.zeros(LAST_BITS + 1, np.bool_), np.zeros(len(keys), np.bool_)
    perhaps[several & LAST_BITS] = True
    places = np.flatnonzero(perhaps[keys & LAST_BITS])
    result[places] = np.isin(keys[places], several)
    return result


def repeated(cells: pd.DataFrame, among: Bools) -> Bools:
    """Which rows say in every cell what one above says; only those of `among` are looked at."""
    again = np.zeros(len(cells), np.bool_)
    places = np.flatnonzero(among)
    if places.size:
        again[places] = cells.iloc[places].duplicated().to_numpy()
    return again


def is_own_id(header: str) -> bool:
    """Whether a caption is that of the row's own id, not of the deal or contact that it belongs to."""
    return _OWN_ID.fullmatch(folded(header.replace("_", " "))) is not None


def written_precision(told: Precision, cells: pd.Series) -> Precision:
    """The precision of a column of moments; of a few that all lie on a minute, what their texts show."""
    if told != "second" or cells.astype("str").str.contains(_SECONDS).any():
        return told
    return "minute"


def once(count: int) -> str:
    return ngettext(
        "{count} row says in every cell what a row above says, and was counted once with it; left out was row: {rows}",
        "{count} rows say in every cell what rows above say, and were counted once with them; left out were rows: "
        "{rows}",
        count,
    )


def perhaps(count: int) -> str:
    return ngettext(
        "{count} row says in every cell what a row above says; without seconds nobody knows whether it happened once "
        "or twice, row: {rows}",
        "{count} rows say in every cell what rows above say; without seconds nobody knows whether it happened once or "
        "twice, rows: {rows}",
        count,
    )
