"""Condition: at each trigger, or a grace later, something holds. Absence: something is never done."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools
from auditor.log.kinds import NEVER
from auditor.log.log import Log
from auditor.log.spine import key_of, time_of
from auditor.patterns.core.deadline import Deadline, schedules_at, schedules_of
from auditor.patterns.core.deadline import measured as elapsed
from auditor.patterns.core.duties import Doubt, Duties, How, Verdict, hour_unknown, judged, judged_at_once, moments_of
from auditor.patterns.core.moments import Moments, is_among, points
from auditor.patterns.core.needs import Need, needs_of
from auditor.patterns.core.pattern import Details, Pattern
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.selector import Next, Selector, earliest
from auditor.patterns.core.sentences import capitals, evidence_of, judged_until, sentences
from auditor.patterns.core.truth import FALSE, between
from auditor.patterns.core.words import Words
from auditor.patterns.predicates.history import first_held, suspects_of
from auditor.patterns.selectors.closings import next_closing
from auditor.patterns.verbs.response import triggers
from auditor.terms import Checked


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
        # a grace may have ended before the trigger
        due = np.where(due == NEVER, NEVER, np.maximum(due, time_of(t.latest)))
        if self.when is not None:
            value = self.when.holds(log, points(log, key_of(t.deal, np.minimum(due, log.as_of)), t.row))
            t, due = t.narrowed(value), due[value != FALSE]
        found, unknown = first_held(log, t, self.that, due)
        # a value that is not known yet may still become right: until its due such a duty is pending
        unknown &= due < log.as_of
        return judged(
            log,
            t,
            due,
            found,
            unknown_if=[(unknown, Doubt.VALUE)],
            void=self._void(log, t),
            hour_unknown=hour_unknown(log, t, grace, found),
        )

    @property
    def counts_hours(self) -> bool:
        return self.grace is not None and self.grace.counts_hours

    def _void(self, log: Log, t: Moments) -> Next:
        closing = next_closing(log, t)
        return closing if self.until is None else earliest([closing, self.until.next(log, t)])

    @property
    def in_working_time(self) -> bool:
        return self.grace is not None and self.grace.unit.startswith("working_")

    @property
    def needs(self) -> tuple[Need, ...]:
        """What the export must hold; what voids a duty is no need, since the clause can be judged without it."""
        return needs_of(replace(self, until=None))

    @property
    def excuses(self) -> tuple[Need, ...]:
        return (*super().excuses, *(() if self.until is None else self.until.needs))

    def details(self, log: Log, duties: Duties) -> Details:
        t, found = moments_of(log, duties), self.that.findings(log, _judged_at(log, duties))
        unit, nothing = "times" if self.grace is None else self.grace.unit, np.full(len(duties), np.nan)
        measured, limit, unit = found.numbers or (nothing, nothing, unit)
        overrun = np.abs(limit - measured)
        if found.numbers is None and self.grace is not None:
            overrun = elapsed(log, unit, schedules_at(log, duties.at), duties.due, judged_until(log, duties))
        said, findings = found.told()
        said = np.where(_begins_a_sentence(duties), capitals(said), said)
        return Details(
            why=sentences(duties, self.on.facts(log, t), _forms(duties), found=said),
            findings=findings,
            measured=measured,
            limit=limit,
            unit=unit,
            overrun=np.where(duties.verdict == Verdict.VIOLATED, overrun, np.nan),
            rows=evidence_of(duties, self.on.counted(log, t), *found.rows()),
            captions=self.that.columns(log),
        )


def _begins_a_sentence(duties: Duties) -> Bools:
    """Per duty whether what was found stands at the beginning of a sentence."""
    broken = np.isin(duties.verdict, (Verdict.VIOLATED, Verdict.WAIVED))
    return broken & (duties.due == duties.arose)


def _forms(duties: Duties) -> Words:
    """Per duty the form of its sentence: what raised it, and what was found; at the due where that is later."""
    at_once, raised = duties.due == duties.arose, "{fact}, {arose}. "
    found = np.where(at_once, raised + "{found}.", raised + _("By {due}: {found}.")).astype(object)
    return np.select(
        [
            (duties.verdict == Verdict.UNKNOWN) & (duties.doubt == Doubt.VALUE),
            duties.verdict == Verdict.UNKNOWN,
            duties.verdict == Verdict.PENDING,
            (duties.verdict == Verdict.MET) & at_once,
            duties.verdict == Verdict.MET,
            duties.met < NEVER,
        ],
        [
            raised + _("Not known: {found}."),
            raised + _("Not known: {doubt}."),
            raised + _("Until {due}: {found}."),
            raised + _("It was so."),
            raised + _("So by {due}."),
            found + " " + _("Put right: {met}."),
        ],
        found,
    )


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
        done, perhaps = is_among(t, wrong.taken(wrong.sure)), is_among(t, wrong)
        return judged_at_once(log, t, between(~perhaps, ~done), lapse=How.FORBIDDEN, suspects=t.flags)

    def details(self, log: Log, duties: Duties) -> Details:
        t = moments_of(log, duties)
        facts, kept = self.among.facts(log, t), (duties.verdict == Verdict.MET).tolist()
        unknown = duties.verdict == Verdict.UNKNOWN
        forms = np.where(unknown, "{fact}, {arose}. " + _("Not known: {doubt}."), "{fact}, {arose}.")
        never = _("never")
        return Details.without_numbers(
            why=sentences(duties, facts, forms),
            findings=[[Checked(self.on.words(), never, fact, held)] for fact, held in zip(facts, kept, strict=True)],
            rows=evidence_of(duties, self.among.counted(log, t)),
        )
