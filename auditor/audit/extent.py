"""How much the exports hold, and of which days."""

from auditor.audit.result import Extent
from auditor.log import Log
from auditor.log.columns import moment
from auditor.log.facts import span_of


def extent_of(log: Log) -> Extent:
    """Deals and leads as of the audit, and the days between which the exports tell anything."""
    first, last = span_of(log.arrays)
    leads = int(log.deals.is_lead.sum())
    days = (moment(first).date(), moment(last).date()) if first <= last else (None, None)
    return Extent(len(log.deals) - leads, leads, *days)
