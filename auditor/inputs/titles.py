"""Rows that name their deal by its title: the only deal of that title is meant."""

import numpy as np
import pandas as pd

from auditor.inputs import columns
from auditor.inputs.attach import SEVERAL, only_open, paired, the_only, with_deals
from auditor.inputs.columns import categorical, only, texts
from auditor.inputs.deal_ids import DealIds, Ints, said_entities
from auditor.inputs.quality import Trouble
from auditor.inputs.row_checks import RowChecks
from auditor.inputs.times import Bools
from auditor.spelling import folded

TITLE = "title:"
"""Stands before what is a title and no id, in a column of deals."""


def any_titles(frame: pd.DataFrame) -> bool:
    """Whether any row names its deal by a title."""
    return bool(categorical(frame["deal"]).categories.str.startswith(TITLE).any())


def titled(frame: pd.DataFrame, deal_ids: DealIds) -> Ints:
    """Per row the place of the deal of its title, −1 where no deal is called so or the row names none by a title,
    SEVERAL where more than one is."""
    asked = texts(frame["deal"], _title_in).values
    place = np.full(len(frame), -1)
    if not len(asked.categories) or "title" not in deal_ids.deals:
        return place
    titles, said = texts(deal_ids.deals["title"], folded).values, said_entities(frame)
    for number, scope in enumerate((deal_ids.is_lead | True, ~deal_ids.is_lead, deal_ids.is_lead)):
        places = np.append(np.flatnonzero(scope), SEVERAL)
        found = the_only(asked, titles[scope])
        place = np.where(said == number, np.where(found < 0, found, places[found]), place)
    return place


def named(frame: pd.DataFrame, place: Ints, deal_ids: DealIds) -> pd.DataFrame:
    """The frame, its rows given the deals of those places."""
    rows = np.flatnonzero(place >= 0)
    return with_deals(frame, rows, place[rows], deal_ids) if rows.size else frame


def open_then(frame: pd.DataFrame, place: Ints, deal_ids: DealIds) -> Ints:
    """`place`, where several deals are called so the place of the only one of them open at the row's moment."""
    several = np.flatnonzero(place == SEVERAL)
    if not several.size:
        return place
    asked = frame.iloc[several].assign(title=texts(frame["deal"], _title_in).values[several])
    known = deal_ids.deals.assign(title=texts(deal_ids.deals["title"], folded).values)
    found = only_open(asked, "time", known, "title")
    said = said_entities(asked)
    fits = (found >= 0) & ((said == 0) | (said == 1 + deal_ids.is_lead[found]))
    place = place.copy()
    place[several[fits]] = found[fits]
    return place


def possible_deals(frame: pd.DataFrame, place: Ints, deal_ids: DealIds) -> tuple[Ints, Ints]:
    """Each row whose title several deals have, with each of them: the rows' places, and the deals'."""
    rows = np.flatnonzero(place == SEVERAL)
    titles = texts(deal_ids.deals["title"], folded).values if rows.size else columns.empty(0)
    at, found = paired(rows, texts(frame["deal"], _title_in).values[rows], np.arange(len(titles)), titles)
    said = said_entities(frame)[at]
    fits = (said == 0) | (said == 1 + deal_ids.is_lead[found])
    return at[fits], found[fits]


def without_titles(
    frame: pd.DataFrame, place: Ints, rows: RowChecks, nobody: str, several: str
) -> tuple[pd.DataFrame, Bools]:
    """The frame without the titles that are still in it, and which rows had them; `place` as `titled` gives it, what is
    said of titles that no deal has, and of those that several have."""
    lost = np.asarray(texts(frame["deal"], _title_in).values.notna())
    if lost.any():
        frame = frame.assign(deal=texts(frame["deal"], lambda text: text.removeprefix(TITLE)).values)
        rows.complain(frame, lost & (place == -1), "deal", nobody, Trouble.ORPHAN)
        rows.complain(frame, lost & (place == SEVERAL), "deal", several, Trouble.ORPHAN)
        frame = frame.assign(deal=only(categorical(frame["deal"]), ~lost, str))
    return frame, lost


def _title_in(text: str) -> str | None:
    return folded(text[len(TITLE) :]) if text.startswith(TITLE) else None
