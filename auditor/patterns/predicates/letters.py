"""What has not happened since a letter."""

from dataclasses import dataclass

import numpy as np

from auditor.i18n import _
from auditor.log.log import Log
from auditor.log.spine import key_of
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.searching import within
from auditor.patterns.core.selector import Selector, partly_covered
from auditor.patterns.core.truth import FALSE, TRUE, UNKNOWN, Truth
from auditor.patterns.predicates.states import Freeing


@dataclass(frozen=True)
class NotSinceLetter(Freeing):
    """Nothing of the kind since the letter went out that was opened then, or was not until then."""

    what: Selector

    def holds(self, log: Log, at: Moments) -> Truth:
        sent = log.arrays.activities.seconds("time")[log.ref[at.pos]]
        surely, perhaps = within(self.what.find(log), key_of(at.deal, sent), at.key)
        uncovered = partly_covered(log, self.what, at.deal, sent, at.time)
        return np.where(surely, FALSE, np.where(perhaps | uncovered, UNKNOWN, TRUE)).astype(np.int8)

    def words(self) -> str:
        return _("not since the letter was sent: {what}").format(what=self.what.words())


def not_since_letter(what: Selector) -> NotSinceLetter:
    """At the opening of a letter, or so long after one that was not opened: not one of these since that letter was
    sent; a stream that is not exported at all frees nobody."""
    return NotSinceLetter(what)
