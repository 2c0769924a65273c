"""Ledger records without a deal's id: the contract's number, else the client's phone, may tell the one deal."""

import numpy as np
import pandas as pd

from auditor.i18n import _, ngettext, numeral
from auditor.inputs.attach import SEVERAL, only_open, the_only, with_deals
from auditor.inputs.columns import categorical, texts
from auditor.inputs.deal_ids import DealIds, Ints
from auditor.inputs.mapped import everywhere
from auditor.inputs.quality import Trouble
from auditor.inputs.row_checks import RowChecks
from auditor.inputs.tables import FIELD
from auditor.inputs.times import Bools
from auditor.settings import Settings
from auditor.spelling import folded

NUMBER = "№ договора"


def joined(frame: pd.DataFrame, deal_ids: DealIds, rows: RowChecks, settings: Settings) -> pd.DataFrame:
    """The records with those that name no deal given theirs; those that find none are problems and left out."""
    loose = np.flatnonzero(frame["deal"].isna().to_numpy())
    if not loose.size:
        return frame
    deals = np.flatnonzero(~deal_ids.is_lead)
    told, theirs = frame.iloc[loose], deal_ids.deals.iloc[deals]
    by_number = the_only(_numbers(told, "contract_number"), _numbers_of_deals(theirs, settings))
    by_phone = _only_of_phone(told, theirs)
    place = np.where(by_number == -1, by_phone, by_number)
    found = place >= 0
    _complain(frame, loose, by_number, by_phone, rows)
    rows.ledger_joined += int(found.sum())
    if found.any():
        frame = with_deals(frame, loose[found], deals[place[found]], deal_ids)
    return rows.leave_out(frame, _spread(frame, loose, ~found))


def of_no_deal(count: int) -> str:
    """How many records of a ledger belong to no deal."""
    words = ngettext(
        "{count} record of the ledger belongs to no deal and was left out, row",
        "{count} records of the ledger belong to no deal and were left out, rows",
        count,
    )
    return words.format(count=numeral(count))


def _complain(frame: pd.DataFrame, loose: Ints, by_number: Ints, by_phone: Ints, rows: RowChecks) -> None:
    """Why each record that found no deal found none."""
    none = (by_number == -1) & (by_phone == -1)
    number, phone = (_filled(frame, name)[loose] for name in ("contract_number", "phone"))
    for bad, column, what in (
        (
            by_number == SEVERAL,
            "contract_number",
            _("several deals have the contract number {text}; enter the deal's id in the row; it was left out"),
        ),
        (
            none & ~number & ~phone,
            "deal",
            _("the row has no deal id, no contract number and no phone; it was left out"),
        ),
        (
            none & number & ~phone,
            "contract_number",
            _("no deal has the contract number {text}; enter it in the deal, or the deal's id here; it was left out"),
        ),
        (
            none & phone,
            "phone",
            _("no deal has the phone {text}, and no contract number tells the deal; the row was left out"),
        ),
        (
            (by_number == -1) & (by_phone == SEVERAL),
            "phone",
            _(
                "several deals have the phone {text}, and not just one of them was open when the row was updated; "
                "enter the deal's id in the row; it was left out"
            ),
        ),
    ):
        rows.complain(frame, _spread(frame, loose, bad), column, what, Trouble.ORPHAN)


def _spread(frame: pd.DataFrame, loose: Ints, chosen: Bools) -> Bools:
    result = np.zeros(len(frame), np.bool_)
    result[loose] = chosen
    return result


def _filled(frame: pd.DataFrame, column: str) -> Bools:
    return frame[column].notna().to_numpy() if column in frame else np.zeros(len(frame), np.bool_)


def _numbers(frame: pd.DataFrame, column: str) -> pd.Categorical:
    """Contract numbers as they are compared: «№ К-17» is «к-17»."""
    cells = frame[column] if column in frame else pd.Series(index=frame.index, dtype="str")
    numbers: pd.Categorical = texts(cells, lambda text: folded(text).lstrip("№# ") or None).values
    return numbers


def _numbers_of_deals(deals: pd.DataFrame, settings: Settings) -> pd.Categorical:
    """The deals' field of contract numbers, by the company's caption of it where the settings name one."""
    said = (pair for columns in everywhere(settings) for pair in columns.items())
    mapped = (caption for caption, column in said if column == "contract_number")
    named = [folded(caption) for caption in (settings.fields.get(NUMBER, NUMBER), *mapped)]
    column = next(
        (name for name in map(str, deals) if name.startswith(FIELD) and folded(name[len(FIELD) :]) in named), ""
    )
    return _numbers(deals, column)


def _only_of_phone(frame: pd.DataFrame, deals: pd.DataFrame) -> Ints:
    """The place of the only deal of each record's phone, else of the only one open when it was updated."""
    if "phone" not in frame or "phone" not in deals:
        return np.full(len(frame), -1)
    only = the_only(categorical(frame["phone"]), categorical(deals["phone"]))
    if "updated" not in frame:
        return only
    dated = np.flatnonzero((only == SEVERAL) & frame["updated"].notna().to_numpy())
    place = only_open(frame.iloc[dated], "updated", deals, "phone")
    only[dated] = np.where(place >= 0, place, SEVERAL)
    return only
