"""How much the exports hold, of which days, and of whom."""

import numpy as np

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


def colleagues(log: Log) -> tuple[str, ...]:
    """Who held a deal, or stands in the list of people; whoever else writes may be a client."""
    facts = log.facts
    codes = {*np.unique(log.answering.code).tolist(), *facts.roles, *facts.departments} - {-1}
    return tuple(facts.people[code] for code in sorted(codes))
