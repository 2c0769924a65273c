"""What was met by something odd, per person: it counts by the letter, and a head of sales should see it."""

from collections.abc import Iterator

import numpy as np

from auditor.audit.result import Suspected
from auditor.audit.tally import person_name
from auditor.log import Log
from auditor.log.kinds import Suspect
from auditor.patterns.core.duties import Duties, Verdict
from auditor.rules import Clause

FEW_DEALS = 3


def suspected(log: Log, clause: Clause, duties: Duties) -> Iterator[Suspected]:
    """A line per flag and person, of the duties that were met."""
    odd = duties.taken(np.flatnonzero((duties.verdict == Verdict.MET) & (duties.flags != Suspect.NONE)))
    for flag in Suspect:
        flagged = odd.taken(np.flatnonzero(odd.flags & flag))
        for person in np.unique(flagged.person).tolist():
            deals = flagged.deal[flagged.person == person]
            first = tuple(dict.fromkeys(log.deals.ids[deals[: 10 * FEW_DEALS]]))[:FEW_DEALS]
            yield Suspected(person_name(log, person), clause.code, str(flag.name).lower(), len(deals), first)
