"""Checks of the table of deals: moments, ids that repeat, outcomes of leads."""

import numpy as np
import pandas as pd

from auditor.i18n import _, ngettext
from auditor.inputs.columns import categorical, rewritten
from auditor.inputs.deal_ids import DealIds
from auditor.inputs.quality import Trouble
from auditor.inputs.row_checks import RowChecks
from auditor.inputs.times import Bools, Moments
from auditor.inputs.versions import newest_versions

OF_LEADS = {"won": "converted", "lost": "rejected"}
"""What the outcome of a deal means for a lead."""


def checked_deals(
    deals: pd.DataFrame, history: pd.DataFrame | None, rows: RowChecks
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The deals that can be audited, each once, created at a known moment that is past; and the cells that their
    versions contradict each other in."""
    deals, contradicted = newest_versions(deals, rows)
    deals = deals.assign(created=_creations(deals, history))
    unknown = deals["created"].isna().to_numpy()
    has_column = rows.has_column(deals["row"].to_numpy(), "created")
    rows.summarise(deals, unknown & ~has_column, _without_creations, Trouble.ROW)
    undated = _("the date of creation is missing; the deal was left out")
    rows.complain(deals, unknown & has_column, "created", undated, Trouble.ROW)
    deals = rows.leave_out(deals, unknown)
    late = deals["created"].to_numpy() > rows.now
    deals = rows.reject(
        deals, late, "created", _("created later than now, {text}; the deal was left out"), Trouble.AHEAD
    )
    deals = without_future(deals, "closed", rows)
    _tell_closed_before(deals, rows)
    return _of_leads(deals), contradicted


def _tell_closed_before(deals: pd.DataFrame, rows: RowChecks) -> None:
    """Such a deal counts as closed at its creation."""
    if "closed" in deals:
        # to the day: where a column tells days alone, a deal is closed on the day of its creation
        early = deals["closed"].to_numpy().astype("datetime64[D]") < deals["created"].to_numpy().astype("datetime64[D]")
        what = _(
            "closed on {text}, before it was created: correct one of the dates; it counts as closed at its creation"
        )
        rows.complain(deals, early, "closed", what, Trouble.CONTRADICTED)


def _without_creations(count: int) -> str:
    return ngettext(
        "there is no column of the dates of creation (Дата создания, Created): the deal was left out, row",
        "there is no column of the dates of creation (Дата создания, Created): the deals were left out, rows",
        count,
    )


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
    rows.complain(frame, late, column, _("{text} is later than now; taken as empty"), Trouble.AHEAD)
    return frame.assign(**{column: np.where(late, np.datetime64("NaT"), moments)})


def _of_leads(deals: pd.DataFrame) -> pd.DataFrame:
    if "outcome" not in deals:
        return deals
    leads: Bools = np.asarray(deals["entity"] == "lead", dtype=np.bool_)
    outcome = rewritten(categorical(deals["outcome"]), leads, lambda text: OF_LEADS.get(text, text))
    return deals.assign(outcome=outcome)
