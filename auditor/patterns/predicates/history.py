"""Since when a predicate holds: its values over a deal's life, and its coming true as something to expect."""

from dataclasses import dataclass, replace

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import FLAGS
from auditor.log.log import Log
from auditor.log.spine import key_of
from auditor.patterns.core.moments import AFTER_ALL, Moments, beginning_of, joined, none_of, points
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.runs import starts
from auditor.patterns.core.selector import Next, next_of
from auditor.patterns.core.truth import FALSE, TRUE, UNKNOWN, Truth
from auditor.patterns.selectors.refined import Refinable
from auditor.spelling import LONGEST_CELL


def value_of(log: Log, that: Predicate, at: Moments) -> Truth:
    """Whether the predicate holds; under `strict` what only a suspect makes hold does not."""
    value = that.holds(log, at)
    if not log.settings.strict:
        return value
    return np.where((value == TRUE) & (that.suspects(log, at) > 0), FALSE, value).astype(np.int8)


def suspects_of(log: Log, that: Predicate, at: Moments, value: Truth) -> "np.ndarray":
    """`Suspect` of what makes the predicate hold, where it does."""
    held = np.flatnonzero(value == TRUE)
    flags = np.zeros(len(at), FLAGS)
    flags[held] = that.suspects(log, at.taken(held))
    return flags


def first_held(log: Log, t: Moments, that: Predicate, due: Ints) -> tuple[Next, "np.ndarray"]:
    """When the predicate first held at due or before, else after it; and where its value at due is unknown.

    Satisfied at due is met, since when it held; satisfied before as-of is met already."""
    last = points(log, key_of(t.deal, np.minimum(due, log.as_of)), t.row)
    value = value_of(log, that, last)
    changes, after = _changes(log, that, t.deal)
    later = next_of(changes.narrowed(after), last)
    never = none_of(t.deal)
    key = np.where(
        value == TRUE, _held_since(log, that, (changes, after), t, last), np.where(value == UNKNOWN, never, later.key)
    )
    flags = np.where(value == TRUE, suspects_of(log, that, last, value), later.flags)
    row = np.where(value == TRUE, -1, later.row)
    return Next(key, row, flags, np.where(value == TRUE, key, later.possible), _until(changes, key)), value == UNKNOWN


def _until(changes: Moments, key: Ints) -> Ints:
    """Per key until when it may have been: that of the change which stands at it."""
    if changes.last is None or not len(changes):
        return key
    place = np.maximum(np.searchsorted(changes.key, key, side="right") - 1, 0)
    return np.where(changes.key[place] == key, changes.last[place], key)


def holding_changes(log: Log, that: Predicate) -> Moments:
    """The moments at which the predicate comes to hold by some change."""
    changes, after = _changes(log, that, slice(None))
    return changes.narrowed(after)


def _changes(log: Log, that: Predicate, deals: "Ints | slice") -> tuple[Moments, Truth]:
    """The moments at which the predicate may change in these deals, and what it is after each."""
    asked = np.zeros(len(log.deals), np.bool_)
    asked[deals] = True
    changes = [moments.taken(asked[moments.deal]) for moments in that.changes(log)]
    moments = joined(changes) if changes else points(log, np.zeros(0, np.int64), np.zeros(0, np.int32))
    after = replace(points(log, moments.key, moments.row), place=moments.pos + 1, last=moments.last)
    return moments, value_of(log, that, after)


def _held_since(log: Log, that: Predicate, changes: tuple[Moments, Truth], t: Moments, last: Moments) -> Ints:
    """The key since which, from each t on, the predicate held without a break until `last`."""
    moments, value = changes
    broken = _last_change(moments.taken(value != TRUE), last)
    holding = np.append(moments.key[value == TRUE], AFTER_ALL)
    resumed = holding[np.searchsorted(holding[:-1], np.maximum(broken, beginning_of(t.deal)), side="right")]
    at_once = (broken < t.key) & (value_of(log, that, points(log, t.key, t.row)) == TRUE)
    return np.where(at_once, t.key, np.clip(resumed, t.key, last.key))


def _last_change(found: Moments, t: Moments) -> Ints:
    """The key of the last of `found` at or before each t of its deal; 0 where there is none."""
    index = np.searchsorted(found.key, t.key, side="right") - 1
    ours = (index >= 0) & (np.append(found.deal, -1)[index] == t.deal)
    return np.where(ours, np.append(found.key, 0)[index], 0)


@dataclass(frozen=True)
class Holding(Refinable):
    """The predicate holds: from the trigger on, or from the change that makes it hold."""

    that: Predicate

    def select(self, log: Log) -> Moments:
        return holding_changes(log, self.that)

    def next(self, log: Log, t: Moments) -> Next:
        value = self.that.holds(log, t)
        later = super().next(log, t)
        now = value == TRUE
        return Next(
            np.where(now, t.key, later.key),
            np.where(now, -1, later.row),
            np.where(now, 0, later.flags).astype(FLAGS),
            np.where(now | (value == UNKNOWN), t.key, later.possible),
            np.where(now, t.key, later.last),
        )

    def may_be_missing(self, log: Log, t: Moments, last: Ints) -> Bools:
        return self.that.holds(log, points(log, key_of(t.deal, last), t.row)) == UNKNOWN

    def words(self) -> str:
        return self.that.words()


@dataclass(frozen=True)
class Becomes(Refinable):
    """The changes after which the predicate holds, and before which it did not; only possible where one of both is
    unknown."""

    that: Predicate

    def select(self, log: Log) -> Moments:
        changes, after = _changes(log, self.that, slice(None))
        before = value_of(log, self.that, points(log, changes.key - 1, changes.row))
        found = changes.narrowed(np.minimum(after, TRUE - before))
        return found.taken(starts(found.key))

    def words(self) -> str:
        what = self.that.words()
        if len(what) > LONGEST_CELL:
            return _("the last of what is needed for it")
        return _("it becomes so: {what}").format(what=what)


def becomes(that: Predicate) -> Becomes:
    """Each change that makes the predicate hold: `becomes(total(payment) >= field(AMOUNT))`."""
    return Becomes(that)


def holding(that: Predicate) -> Holding:
    """For `expect`: the predicate holds at the trigger, or from the change on that makes it hold."""
    return Holding(that)
