"""Whether a window of days has opened."""

from dataclasses import dataclass

from auditor.i18n import _
from auditor.log.kinds import NEVER
from auditor.log.log import Log
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.truth import Truth, truth
from auditor.patterns.deadlines.windows import Window


@dataclass(frozen=True)
class Opened(Predicate):
    """The moment is no earlier than the window's first second; unknown where the window is."""

    window: Window

    def holds(self, log: Log, at: Moments) -> Truth:
        first, _last = self.window.bounds(log, at)
        return truth(first <= at.time, unknown=first == NEVER)

    def words(self) -> str:
        return _("open already: {window}").format(window=self.window.words())


def opened(window: Window) -> Opened:
    """The window has opened by then: `opened(named_day(DATE, -3))` from three days before the date on."""
    return Opened(window)
