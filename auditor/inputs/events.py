"""Checks of history, activities and the ledger against the deals and the clock."""

import numpy as np
import pandas as pd

from auditor.i18n import _, ngettext
from auditor.inputs.attach import attached
from auditor.inputs.columns import categorical, rewritten
from auditor.inputs.deal_ids import DealIds
from auditor.inputs.deals import OF_LEADS, without_future
from auditor.inputs.ledger import joined, of_no_deal
from auditor.inputs.row_checks import RowChecks
from auditor.settings import Settings

DAY = np.timedelta64(1, "D")


def checked_history(frame: pd.DataFrame, deal_ids: DealIds, rows: RowChecks) -> pd.DataFrame:
    """The rows of known deals up to now; closings of leads in the words of leads."""
    frame = _past(_owned(_once(frame, rows), deal_ids, rows), "time", rows)
    place = deal_ids.places(frame)
    _early(frame, place, deal_ids, rows)
    if "after" not in frame:
        return frame
    of_leads = np.append(deal_ids.is_lead, False)[place] & np.asarray(frame["event"] == "closed")
    return frame.assign(after=rewritten(categorical(frame["after"]), of_leads, lambda text: OF_LEADS.get(text, text)))


def checked_activities(frame: pd.DataFrame, deal_ids: DealIds, rows: RowChecks) -> pd.DataFrame:
    """The rows of known deals, and those that hang on no deal, up to now."""
    frame = _past(_owned(_once(frame, rows), deal_ids, rows), "time", rows)
    for column in ("completed", "opened"):
        frame = without_future(frame, column, rows)
    frame, count = attached(frame, deal_ids)
    rows.attached += count
    _early(frame, deal_ids.places(frame), deal_ids, rows)
    return frame


def checked_ledger(frame: pd.DataFrame, deal_ids: DealIds, rows: RowChecks, settings: Settings) -> pd.DataFrame:
    """The records of known deals up to now; those without an id by contract number or phone."""
    known = joined(_owned(frame, deal_ids, rows), deal_ids, rows, settings)
    lost = ~np.isin(frame["row"].to_numpy(), known["row"].to_numpy())
    rows.ledger_unjoined += int(lost.sum())
    rows.headline(frame, lost, of_no_deal)
    return _past(known, "updated", rows) if "updated" in known else known


def _owned(frame: pd.DataFrame, deal_ids: DealIds, rows: RowChecks) -> pd.DataFrame:
    owned = deal_ids.of(frame)
    rows.complain(
        frame,
        owned.open,
        "deal",
        _("both a deal and a lead have the id {text}, and the row does not say which; it was left out"),
    )
    rows.complain(frame, owned.unknown, "deal", _("no deal has the id {text}; the row was left out"))
    return rows.leave_out(frame, owned.open | owned.unknown)


def _past(frame: pd.DataFrame, column: str, rows: RowChecks) -> pd.DataFrame:
    late = frame[column].to_numpy() > rows.now
    return rows.reject(frame, late, column, _("{text} is later than now; the row was left out"))


def _once(frame: pd.DataFrame, rows: RowChecks) -> pd.DataFrame:
    """Rows of overlapping exports once; what one export says twice happened twice."""
    source = rows.sources_of(frame["row"].to_numpy())
    if not len(source) or source.min() == source.max():
        return frame
    content = pd.util.hash_pandas_object(frame.drop(columns="row"), index=False)
    keys = pd.DataFrame({"content": content.to_numpy(), "source": source})
    keys["time"] = keys.groupby(["content", "source"]).cumcount()
    again = keys.duplicated(["content", "time"]).to_numpy()
    rows.summarise(frame, again, _repeated)
    return rows.leave_out(frame, again)


def _repeated(count: int) -> str:
    words = ngettext(
        "{count} row stands in another export as well and was counted once, left out was row",
        "{count} rows stand in another export as well and were counted once, left out were rows",
        count,
    )
    return words.format(count=count)


def _early(frame: pd.DataFrame, place: "np.ndarray", deal_ids: DealIds, rows: RowChecks) -> None:
    """Rows more than a day before their deal's creation stay, and are told."""
    created = np.append(deal_ids.deals["created"].to_numpy().astype("datetime64[s]"), np.datetime64("NaT"))
    early = frame["time"].to_numpy() < created[place] - DAY
    rows.complain(
        frame,
        early,
        "time",
        _("{text} is more than a day before the deal was created; the row is counted at the creation"),
    )
