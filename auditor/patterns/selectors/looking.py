"""From where on what is expected is looked for: from before the trigger, or a span after it."""

from abc import abstractmethod
from dataclasses import dataclass, replace

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import NEVER
from auditor.log.log import Log
from auditor.log.spine import key_of
from auditor.patterns.core.moments import Moments, points
from auditor.patterns.core.selector import Next, Selector
from auditor.patterns.deadlines.spans import Span


class Looking(Selector):
    """Looked for from before the trigger on: what was done since then is done."""

    of: Selector

    @abstractmethod
    def begins(self, t: Moments) -> Ints:
        """Per trigger the key from which what is expected counts."""

    def select(self, log: Log) -> Moments:
        return self.of.find(log)

    def next(self, log: Log, t: Moments) -> Next:
        return self.of.next(log, self._backdated(log, t))

    def may_be_missing(self, log: Log, t: Moments, last: Ints) -> Bools:
        return self.of.may_be_missing(log, self._backdated(log, t), last)

    def may_be_unread(self, log: Log, t: Moments, last: Ints) -> Bools:
        return self.of.may_be_unread(log, replace(t, since=self.begins(t)), last)

    def _backdated(self, log: Log, t: Moments) -> Moments:
        """The triggers, looking from that key on: what came before the creation counts at the creation, but for a
        trigger that itself lies before it."""
        created = key_of(t.deal, log.deals.created[t.deal])
        start = np.where(t.key < created, self.begins(t), np.maximum(self.begins(t), created))
        return replace(t, since=start if t.since is None else np.minimum(start, t.since))

    def words(self) -> str:
        return self.of.words()


@dataclass(frozen=True)
class NoSoonerThan(Selector):
    """What is expected, once that long has passed since the trigger."""

    of: Selector
    span: "Span"

    def select(self, log: Log) -> Moments:
        return self.of.find(log)

    def next(self, log: Log, t: Moments) -> Next:
        later = np.minimum(self.span.later(log, t.time), NEVER - 1)
        moved = points(log, key_of(t.deal, later), t.row)
        return self.of.next(log, replace(moved, place=t.pos, is_event=t.is_event))

    def words(self) -> str:
        return _("{what} no sooner than {span} later").format(what=self.of.words(), span=self.span.words())
