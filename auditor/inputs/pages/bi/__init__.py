"""Tables of Bitrix24's BI connector (crm_deal, crm_deal_stage_history, crm_activity, telephony_call …) → parts."""

from collections.abc import Callable, Sequence

from auditor.inputs.pages.bi.activities import activities_part, calls_part
from auditor.inputs.pages.bi.columns import Columns
from auditor.inputs.pages.bi.deals import deals_part, leads_part
from auditor.inputs.pages.bi.stages import deal_stages_part, lead_stages_part
from auditor.inputs.pages.bi.twins import settle
from auditor.inputs.tables import Part, Sheet
from auditor.settings import Settings

_TABLES: tuple[tuple[frozenset[str], frozenset[str], Callable[[Columns], Part]], ...] = tuple(
    (frozenset(every.split()), frozenset(any_of.split()), read)
    for every, any_of, read in (
        ("DEAL_ID START_DATE", "STAGE_NAME STAGE STAGE_ID", deal_stages_part),
        ("LEAD_ID START_DATE", "STATUS_NAME STATUS STATUS_ID STAGE_NAME STAGE STAGE_ID", lead_stages_part),
        ("OWNER_ID OWNER_TYPE_ID", "TYPE_ID PROVIDER_ID", activities_part),
        ("CALL_DURATION", "CALL_START_DATE CALL_START_TIME", calls_part),
        ("ID DATE_CREATE", "STAGE_NAME STAGE STAGE_ID", deals_part),
        ("ID DATE_CREATE", "STATUS_NAME STATUS STATUS_ID", leads_part),
    )
)
"""Columns that a table always has, columns of which it has one, and who reads it; the first that fits, fits."""


def recognises(headers: Sequence[str]) -> bool:
    """Whether a sheet with these headers is a BI table that is read."""
    return _reader(headers) is not None


def read(sheet: Sheet, settings: Settings) -> list[Part]:
    """The parts of one BI table; `settle` then joins the calls of several."""
    reader = _reader(sheet.headers)
    return [reader(Columns(sheet, settings))] if reader else []


def _reader(headers: Sequence[str]) -> Callable[[Columns], Part] | None:
    names = {header.strip().upper() for header in headers}
    return next((read for every, any_of, read in _TABLES if every <= names and any_of & names), None)


__all__ = ["read", "recognises", "settle"]
