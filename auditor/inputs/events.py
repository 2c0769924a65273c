"""Checks of history, activities and the ledger against the deals and the clock."""

import numpy as np
import pandas as pd

from auditor.i18n import _, ngettext, numeral
from auditor.inputs import titles
from auditor.inputs.attach import HANGING, SEVERAL, attached, possible_deals
from auditor.inputs.columns import categorical, only, rewritten
from auditor.inputs.deal_ids import DealIds, Ints
from auditor.inputs.deals import OF_LEADS, without_future
from auditor.inputs.ledger import joined, of_no_deal
from auditor.inputs.quality import Trouble
from auditor.inputs.row_checks import RowChecks
from auditor.inputs.titles import any_titles, named, open_then, titled, without_titles
from auditor.inputs.twice import told_once
from auditor.inputs.unread import of_any
from auditor.settings import Settings

DAY = np.timedelta64(1, "D")


def checked_history(frame: pd.DataFrame, deal_ids: DealIds, rows: RowChecks) -> pd.DataFrame:
    """The rows of known deals up to now; closings of leads in the words of leads."""
    frame = _past(_owned(frame, deal_ids, rows), "time", rows)
    frame = told_once(frame, deal_ids, rows)
    place = deal_ids.places(frame)
    _early(frame, place, deal_ids, rows)
    if "after" not in frame:
        return frame
    of_leads = np.append(deal_ids.is_lead, False)[place] & np.asarray(frame["event"] == "closed")
    return frame.assign(after=rewritten(categorical(frame["after"]), of_leads, lambda text: OF_LEADS.get(text, text)))


def checked_activities(frame: pd.DataFrame, deal_ids: DealIds, rows: RowChecks) -> pd.DataFrame:
    """The rows of known deals, and those that hang on no deal, up to now.

    Whose they are nobody knows of those, too, whose deal no list has, or that an id of a lead and a deal names."""
    frame = _past(frame, "time", rows)
    for column in ("completed", "opened"):
        frame = without_future(frame, column, rows)
    frame = _loose_titles(frame, deal_ids, rows) if any_titles(frame) else frame
    frame, place = attached(frame, deal_ids)
    rows.attached += int((place >= 0).sum())
    _may_be(frame, possible_deals(frame, place, deal_ids), deal_ids, rows)
    _tell_hanging(frame, place, rows)
    frame = told_once(frame, deal_ids, rows)
    frame = _loosened(frame, deal_ids, rows)
    _early(frame, deal_ids.places(frame), deal_ids, rows)
    return frame


def checked_ledger(frame: pd.DataFrame, deal_ids: DealIds, rows: RowChecks, settings: Settings) -> pd.DataFrame:
    """The records of known deals up to now; those without an id by contract number or phone."""
    known = joined(_owned(frame, deal_ids, rows), deal_ids, rows, settings)
    lost = ~np.isin(frame["row"].to_numpy(), known["row"].to_numpy())
    rows.ledger_unjoined += int(lost.sum())
    rows.headline(frame, lost, of_no_deal, Trouble.ORPHAN)
    return _past(known, "updated", rows) if "updated" in known else known


def _owned(frame: pd.DataFrame, deal_ids: DealIds, rows: RowChecks) -> pd.DataFrame:
    frame = _of_titles(frame, deal_ids, rows) if any_titles(frame) else frame
    owned = deal_ids.of(frame)
    both = _("both a deal and a lead have the id {text}, and the row does not say which; it was left out")
    rows.complain(frame, owned.open, "deal", both, Trouble.ORPHAN)
    rows.complain(frame, owned.unknown, "deal", _("no deal has the id {text}; the row was left out"), Trouble.ORPHAN)
    return rows.leave_out(frame, owned.open | owned.unknown)


def _of_titles(frame: pd.DataFrame, deal_ids: DealIds, rows: RowChecks) -> pd.DataFrame:
    """The frame with the deals that rows name by their titles; without the rows whose title is not that of just one."""
    place = titled(frame, deal_ids)
    _may_be(frame, titles.possible_deals(frame, place, deal_ids), deal_ids, rows)
    nobody = _("no deal is called “{text}”; the row was left out")
    several = _("several deals are called “{text}”, and the row does not say which by an id; it was left out")
    frame, lost = without_titles(named(frame, place, deal_ids), place, rows, nobody, several)
    return rows.leave_out(frame, lost)


def _loose_titles(frame: pd.DataFrame, deal_ids: DealIds, rows: RowChecks) -> pd.DataFrame:
    """The frame with the deals that rows name by their titles, where just one deal is called so, or was open then."""
    place = open_then(frame, titled(frame, deal_ids), deal_ids)
    _may_be(frame, titles.possible_deals(frame, place, deal_ids), deal_ids, rows)
    nobody = _("no deal is called “{text}”; the row hangs on no deal")
    several = _("several deals are called “{text}”, and the row does not say which by an id; it hangs on no deal")
    return without_titles(named(frame, place, deal_ids), place, rows, nobody, several)[0]


def _may_be(frame: pd.DataFrame, pairs: tuple[Ints, Ints], deal_ids: DealIds, rows: RowChecks) -> None:
    """What each of several deals may have of a row leaves unknown what the row could decide there."""
    if len(pairs[0]):
        rows.unread.append(of_any(frame, *pairs, deal_ids))


def _tell_hanging(frame: pd.DataFrame, place: "np.ndarray", rows: RowChecks) -> None:
    """Which calls and letters belong to no deal, and why nothing more is known of them."""
    hangs = np.asarray(frame["type"].isin(HANGING)) & frame["deal"].isna().to_numpy()
    rows.summarise(frame, hangs & (place == SEVERAL), _of_several, Trouble.ORPHAN)
    rows.summarise(frame, hangs & (place == -1) & _names_client(frame), _of_nobody, Trouble.LOOSE)


def _names_client(frame: pd.DataFrame) -> "np.ndarray":
    """Which rows name a client by a number or a contact."""
    named = [frame[column].notna().to_numpy() for column in ("phone", "contact") if column in frame]
    return np.logical_or.reduce([*named, np.zeros(len(frame), np.bool_)])


def _of_several(count: int) -> str:
    words = ngettext(
        "{count} call or letter hangs on no deal, since several deals of its number or contact were open then, row",
        "{count} calls and letters hang on no deal, since several deals of their numbers or contacts were open then, "
        "rows",
        count,
    )
    return words.format(count=numeral(count))


def _of_nobody(count: int) -> str:
    words = ngettext(
        "{count} call or letter hangs on no deal, since no deal of its number or contact was open then, row",
        "{count} calls and letters hang on no deal, since no deal of their numbers or contacts was open then, rows",
        count,
    )
    return words.format(count=numeral(count))


def _loosened(frame: pd.DataFrame, deal_ids: DealIds, rows: RowChecks) -> pd.DataFrame:
    """The frame with the rows on no deal that do not name the one deal of a list."""
    owned = deal_ids.of(frame)
    both = _("both a deal and a lead have the id {text}, and the row does not say which; it hangs on none of them")
    rows.complain(frame, owned.open, "deal", both, Trouble.ORPHAN)
    rows.complain(
        frame, owned.unknown, "deal", _("no deal has the id {text}; the row hangs on no deal"), Trouble.ORPHAN
    )
    loose = owned.open | owned.unknown
    return frame.assign(deal=only(categorical(frame["deal"]), ~loose, str)) if loose.any() else frame


def _past(frame: pd.DataFrame, column: str, rows: RowChecks) -> pd.DataFrame:
    late = frame[column].to_numpy() > rows.now
    return rows.reject(frame, late, column, _("{text} is later than now; the row was left out"), Trouble.AHEAD)


def _early(frame: pd.DataFrame, place: "np.ndarray", deal_ids: DealIds, rows: RowChecks) -> None:
    """Rows more than a day before their deal's creation stay, and are told."""
    created = np.append(deal_ids.deals["created"].to_numpy().astype("datetime64[s]"), np.datetime64("NaT"))
    early = frame["time"].to_numpy() < created[place] - DAY
    rows.complain(
        frame,
        early,
        "time",
        _("{text} is more than a day before the deal was created; the row is counted at the creation"),
        Trouble.EARLY,
    )
