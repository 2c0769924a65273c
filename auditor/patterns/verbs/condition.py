"""Condition: at each trigger, or a grace later, something holds. Absence: something is never done."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from auditor.i18n import _
from auditor.log.kinds import NEVER
from auditor.log.log import Log
from auditor.log.spine import key_of
from auditor.patterns.core.deadline import Deadline, schedules_at, schedules_of
from auditor.patterns.core.deadline import measured as elapsed
from auditor.patterns.core.duties import Doubt, Duties, How, Verdict, judged, judged_at_once
from auditor.patterns.core.moments import Moments, points
from auditor.patterns.core.needs import Need, needs_of
from auditor.patterns.core.pattern import Details, Pattern
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.selector import Next, Selector, earliest
from auditor.patterns.core.sentences import evidence_of, judged_until, outcomes, sentences, told_at_once
from auditor.patterns.core.truth import FALSE, between
from auditor.patterns.predicates.history import first_held, suspects_of
from auditor.patterns.selectors.closings import next_closing
from auditor.patterns.verbs.response import triggers


@dataclass(frozen=True)
class Condition(Pattern):
    """At each `on` the predicate `that` holds; with a `grace` it holds by then, at the latest.

    Where `when` does not hold at the moment that `that` is asked for, no duty arises. `until`, or a closing, before the
    end of the grace voids the duty."""

    on: Selector
    that: Predicate
    grace: Deadline | None = None
    when: Predicate | None = None
    until: Selector | None = None
    PARAMETERS: ClassVar[dict[str, str]] = {"grace": "due"}

    def duties(self, log: Log) -> Duties:
        if self.grace is None:
            t = triggers(log, self.on, self.when)
            lapse = How.FORBIDDEN if self.that.forbids else How.MISSED
            value = self.that.holds(log, t)
            return judged_at_once(log, t, value, lapse=lapse, suspects=suspects_of(log, self.that, t, value))
        return self._in_time(log, triggers(log, self.on, None), self.grace)

    def _in_time(self, log: Log, t: Moments, grace: Deadline) -> Duties:
        due = grace.due(log, t, schedules_of(log, t))
        due = np.where(due == NEVER, NEVER, np.maximum(due, t.time))  # a grace may have ended before the trigger
        if self.when is not None:
            value = self.when.holds(log, points(log, key_of(t.deal, np.minimum(due, log.as_of)), t.row))
            t, due = t.narrowed(value), due[value != FALSE]
        found, unknown = first_held(log, t, self.that, due)
        # a value that is not known yet may still become right: until its due such a duty is pending
        unknown &= due < log.as_of
        return judged(log, t, due, found, unknown_if=[(unknown, Doubt.VALUE)], void=self._void(log, t))

    def _void(self, log: Log, t: Moments) -> Next:
        closing = next_closing(log, t)
        return closing if self.until is None else earliest([closing, self.until.next(log, t)])

    @property
    def needs(self) -> tuple[Need, ...]:
        """What the export must hold; what voids a duty is no need, since the clause can be judged without it."""
        return needs_of(replace(self, until=None))

    @property
    def excuses(self) -> tuple[Need, ...]:
        return (*super().excuses, *(() if self.until is None else self.until.needs))

    def details(self, log: Log, duties: Duties) -> Details:
        at = _judged_at(log, duties)
        measured = self.that.measure(log, at)
        nothing = np.full(len(duties), np.nan)
        unit = self.grace.unit if self.grace is not None else "times"
        overrun = nothing
        if measured is not None:
            overrun = np.abs(measured[1] - measured[0])
        elif self.grace is not None:
            schedule = schedules_at(log, duties.at)
            overrun = elapsed(log, unit, schedule, duties.due, judged_until(log, duties))
        found = self.that.found(log, at)
        columns = self.that.columns(log)
        rows = log.deals.row[duties.deal]
        return Details(
            why=sentences(duties, self.on.words(), self.that.words(), _outcomes(duties, found)),
            measured=nothing if measured is None else measured[0],
            limit=nothing if measured is None else measured[1],
            unit=unit if measured is None else measured[2],
            overrun=np.where(duties.verdict == Verdict.VIOLATED, overrun, np.nan),
            evidence=[
                [*shown, *((int(row), column) for column in columns)]
                for shown, row in zip(evidence_of(duties), rows, strict=True)
            ],
        )


def _outcomes(duties: Duties, found: list[str]) -> list[str]:
    """Per duty what became of it, and what was found where it was not met, in words."""
    met = (duties.verdict == Verdict.MET).tolist()
    return [
        words if done or not what else f"{words} ({what})"
        for words, what, done in zip(outcomes(duties), found, met, strict=True)
    ]


def _judged_at(log: Log, duties: Duties) -> Moments:
    """Per duty the moment at which the predicate decided: the trigger itself, or the due, at as-of at the latest, where
    that is later."""
    late = np.minimum(duties.due, log.as_of)
    at = points(log, key_of(duties.deal, np.maximum(duties.arose, late)), duties.row)
    same = late <= duties.arose
    return replace(at, place=np.where(same & (duties.pos >= 0), duties.pos, at.pos), is_event=same)


def precedence(*, on: Selector, needs: Predicate, when: Predicate | None = None) -> Condition:
    """At each `on`, enough of what it `needs` lies before it: a `Condition` under its usual name."""
    return Condition(on=on, that=needs, when=when)


@dataclass(frozen=True)
class Absence(Pattern):
    """`on` never happens. Every moment of `among` is a duty, and those of `on` are some of them: a whole to count the
    lapses against."""

    on: Selector
    among: Selector

    def duties(self, log: Log) -> Duties:
        t = triggers(log, self.among, None)
        wrong = self.on.arising(log)
        done, perhaps = _same(t, wrong.taken(wrong.sure)), _same(t, wrong)
        return judged_at_once(log, t, between(~perhaps, ~done), lapse=How.FORBIDDEN, suspects=t.flags)

    def details(self, log: Log, duties: Duties) -> Details:
        return told_at_once(duties, self.among.words(), _("never: {what}").format(what=self.on.words()))


def _same(t: Moments, others: Moments) -> "np.ndarray":
    """Per trigger whether it is one of the others: the same event in the same second."""
    return np.isin(t.key, others.key) & np.isin(t.pos, others.pos)
