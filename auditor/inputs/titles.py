"""Rows that name their deal by its title: the only deal of that title is meant."""

import numpy as np
import pandas as pd

from auditor.inputs.attach import SEVERAL, the_only, with_deals
from auditor.inputs.columns import categorical, only, texts
from auditor.inputs.deal_ids import DealIds, Ints, said_entities
from auditor.inputs.row_checks import RowChecks
from auditor.inputs.times import Bools
from auditor.spelling import folded

TITLE = "title:"
"""Stands before what is a title and no id, in a column of deals."""


def titled(frame: pd.DataFrame, deal_ids: DealIds) -> tuple[pd.DataFrame, Ints]:
    """The frame, its rows with titles given their deals; per row the place of that deal, −1 where no deal is called so
    or the row names none by a title, SEVERAL where more than one is."""
    asked = texts(frame["deal"], _title_in).values
    if not len(asked.categories) or "title" not in deal_ids.deals:
        return frame, np.full(len(frame), -1)
    titles, said = texts(deal_ids.deals["title"], folded).values, said_entities(frame)
    place = np.full(len(frame), -1)
    for number, scope in enumerate((deal_ids.is_lead | True, ~deal_ids.is_lead, deal_ids.is_lead)):
        places = np.append(np.flatnonzero(scope), SEVERAL)
        found = the_only(asked, titles[scope])
        place = np.where(said == number, np.where(found < 0, found, places[found]), place)
    rows = np.flatnonzero(place >= 0)
    return (with_deals(frame, rows, place[rows], deal_ids) if rows.size else frame), place


def without_titles(
    frame: pd.DataFrame, place: Ints, rows: RowChecks, nobody: str, several: str
) -> tuple[pd.DataFrame, Bools]:
    """The frame without the titles that are still in it, and which rows had them; `place` as `titled` gives it, what is
    said of titles that no deal has, and of those that several have."""
    lost = np.asarray(texts(frame["deal"], _title_in).values.notna())
    if lost.any():
        frame = frame.assign(deal=texts(frame["deal"], lambda text: text.removeprefix(TITLE)).values)
        rows.complain(frame, lost & (place == -1), "deal", nobody)
        rows.complain(frame, lost & (place == SEVERAL), "deal", several)
        frame = frame.assign(deal=only(categorical(frame["deal"]), ~lost, str))
    return frame, lost


def _title_in(text: str) -> str | None:
    return folded(text[len(TITLE) :]) if text.startswith(TITLE) else None
