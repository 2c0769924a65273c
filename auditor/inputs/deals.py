"""Checks of the table of deals: moments, ids that repeat, outcomes of leads."""

import numpy as np
import pandas as pd

from auditor.i18n import _, ngettext
from auditor.inputs.columns import categorical, rewritten
from auditor.inputs.deal_ids import DealIds
from auditor.inputs.row_checks import RowChecks
from auditor.inputs.times import Bools, Moments

OF_LEADS = {"won": "converted", "lost": "rejected"}
"""What the outcome of a deal means for a lead."""


def checked_deals(deals: pd.DataFrame, history: pd.DataFrame | None, rows: RowChecks) -> pd.DataFrame:
    """The deals that can be audited: each once, created at a known moment that is past."""
    deals = _each_once(deals, rows)
    deals = deals.assign(created=_creations(deals, history))
    unknown = deals["created"].isna().to_numpy()
    deals = rows.reject(deals, unknown, "created", _("the date of creation is missing; the deal was left out"))
    late = deals["created"].to_numpy() > rows.now
    deals = rows.reject(deals, late, "created", _("created later than now, {text}; the deal was left out"))
    return _of_leads(without_future(deals, "closed", rows))


def _creations(deals: pd.DataFrame, history: pd.DataFrame | None) -> Moments:
    """When each deal was created: its column, else its `created` event."""
    moments = np.full(len(deals), "NaT", "datetime64[s]")
    if "created" in deals:
        moments = deals["created"].to_numpy().astype("datetime64[s]")
    missing = np.isnat(moments)
    if history is None or not missing.any():
        return moments
    events = history[np.asarray(history["event"] == "created")]
    owned = DealIds(deals).of(events)
    place = np.where(owned.open, -1, owned.place)
    first = pd.Series(events["time"].to_numpy()).groupby(place).min()
    told = first.reindex(np.arange(len(deals))).to_numpy().astype("datetime64[s]")
    return np.where(missing, told, moments)


def without_future(frame: pd.DataFrame, column: str, rows: RowChecks) -> pd.DataFrame:
    """Moments later than now are no facts: the cell is taken as empty."""
    if column not in frame:
        return frame
    moments = frame[column].to_numpy().astype("datetime64[s]")
    late = moments > rows.now
    if not late.any():
        return frame
    rows.complain(frame, late, column, _("{text} is later than now; taken as empty"))
    return frame.assign(**{column: np.where(late, np.datetime64("NaT"), moments)})


def _each_once(deals: pd.DataFrame, rows: RowChecks) -> pd.DataFrame:
    """The first row of every deal. RowChecks that only repeat it are told in one line, others one by one."""
    again = deals.duplicated(["entity", "id"]).to_numpy()
    if not again.any():
        return deals
    told = [name for name in deals.columns if name != "row" and not name.startswith("field:")]
    same = again & deals.duplicated(told).to_numpy()
    rows.summarise(deals, same, _repeated)
    complaint = _("deal {text} stands in a row above with other values; that row was kept, this one left out")
    rows.complain(deals, again & ~same, "id", complaint)
    return rows.leave_out(deals, again)


def _repeated(count: int) -> str:
    words = ngettext(
        "{count} row repeats a deal (a row per product, or a second export); the first was kept, left out was row",
        "{count} rows repeat deals (a row per product, or a second export); the first were kept, left out were rows",
        count,
    )
    return words.format(count=count)


def _of_leads(deals: pd.DataFrame) -> pd.DataFrame:
    if "outcome" not in deals:
        return deals
    leads: Bools = np.asarray(deals["entity"] == "lead", dtype=np.bool_)
    outcome = rewritten(categorical(deals["outcome"]), leads, lambda text: OF_LEADS.get(text, text))
    return deals.assign(outcome=outcome)
