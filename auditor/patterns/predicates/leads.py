"""The deal's course: what it is, what has not happened in it yet, where it leads."""

from dataclasses import dataclass

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Ints
from auditor.log.kinds import DAY, NEVER, Kind
from auditor.log.log import Log
from auditor.log.spine import deal_of, key_of
from auditor.patterns.core.deadline import Deadline, schedules_of
from auditor.patterns.core.findings import Finding, Findings
from auditor.patterns.core.moments import Moments, beginning_of, events, own_time
from auditor.patterns.core.needs import Field, Need, Stream
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.runs import spread, starts
from auditor.patterns.core.searching import count_before, within
from auditor.patterns.core.selector import Selector, partly_covered
from auditor.patterns.core.sentences import date_words, moments_told, time_words
from auditor.patterns.core.staying import stay_names, stays_in
from auditor.patterns.core.truth import FALSE, TRUE, UNKNOWN, Truth, between, truth
from auditor.patterns.deadlines.spans import Span
from auditor.patterns.predicates.moves import places, stay_of
from auditor.patterns.selectors.events import Events
from auditor.patterns.selectors.tasks import chosen_versions
from auditor.spelling import folded
from auditor.terms import Outcome, Stage

MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
          "декабрь")  # fmt: skip


class Freeing(Predicate):
    """What frees from a duty where it does not hold: a stream that is not exported at all frees nobody."""

    what: Selector

    @property
    def needs(self) -> tuple[Need, ...]:
        return ()

    @property
    def excuses(self) -> tuple[Need, ...]:
        return self.what.needs

    def _told(self, log: Log, when: str, since: Ints, at: Moments) -> Finding:
        """What there was of it from those keys on until the moments."""
        found = self.what.find(log)
        first, last = np.searchsorted(found.key, since, side="left"), np.searchsorted(found.key, at.key, side="right")
        times = found.time.tolist()
        told = [moments_told(times[a:b]) or _("none") for a, b in zip(first.tolist(), last.tolist(), strict=True)]
        return Finding(f"{self.what.words()} {when}", _("none"), told, self.holds(log, at), otherwise=_("at least one"))


@dataclass(frozen=True)
class NotSinceEntering(Freeing):
    """Nothing of the kind since the deal entered the stage it is in."""

    what: Selector

    def holds(self, log: Log, at: Moments) -> Truth:
        stay = at.stay
        since = np.where(stay >= 0, log.stays.entered[stay], beginning_of(at.deal))
        surely, perhaps = within(self.what.find(log), since, at.key)
        uncovered = partly_covered(log, self.what, at.deal, since & NEVER, at.time)
        return np.where(surely, FALSE, np.where(perhaps | uncovered, UNKNOWN, TRUE)).astype(np.int8)

    def words(self) -> str:
        return _("not since entering the stage: {what}").format(what=self.what.words())

    def findings(self, log: Log, at: Moments) -> Findings:
        since = np.where(at.stay >= 0, log.stays.entered[at.stay], beginning_of(at.deal))
        return self._told(log, _("since entering the stage"), since, at)


@dataclass(frozen=True)
class LeadsTo(Predicate):
    """The next move goes into one of these stages, or closes the deal in one of these ways; none as long as the deal
    stays where it is."""

    stages: tuple[Stage, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    def holds(self, log: Log, at: Moments) -> Truth:
        stays = log.stays
        stay = stay_of(log, at)
        has_next = np.append(stays.has_next, False)[stay]
        index = np.minimum(stay + 1, len(stays))
        outcome = np.append(stays.outcome, np.uint8(0))[index]
        closes = np.isin(outcome, self.outcomes) & (outcome > 0)
        sure, possible = (np.append(chosen, False)[index] | closes for chosen in stays_in(log, *self.stages))
        unknown = ~np.append(stays.certain, True)[index] | (possible & ~sure) | (outcome == Outcome.UNTOLD)
        return np.where(has_next, truth(sure, unknown), FALSE).astype(np.int8)

    def words(self) -> str:
        return _("the next move: {where}").format(where=self._where())

    def _where(self) -> str:
        return places(self.stages, self.outcomes)

    def findings(self, log: Log, at: Moments) -> Findings:
        stay, where = stay_of(log, at), self._where()
        following = np.where(np.append(log.stays.has_next, False)[stay], stay + 1, -1)
        otherwise = _("anything but {where}").format(where=where)
        return Finding(_("the next stage"), where, stay_names(log, following), self.holds(log, at), otherwise=otherwise)


@dataclass(frozen=True)
class NotFollowedBy(Freeing):
    """Nothing of the kind follows until the deadline; unknown while that lies ahead."""

    what: Selector
    until: Deadline

    def holds(self, log: Log, at: Moments) -> Truth:
        due = self.until.due(log, at, schedules_of(log, at))
        found, end = self.what.next(log, at), key_of(at.deal, due)
        undecided = (due >= log.as_of) | partly_covered(log, self.what, at.deal, at.time, due)
        surely, perhaps = found.key <= end, (found.possible <= end) | undecided
        return np.where(surely, FALSE, np.where(perhaps, UNKNOWN, TRUE)).astype(np.int8)

    def words(self) -> str:
        return _("not until {deadline}: {what}").format(deadline=self.until.words(), what=self.what.words())


@dataclass(frozen=True)
class StageIsTasksMonth(Predicate):
    """The stage bears the month in which some open task is due; without such a task nobody knows."""

    what: Events

    def holds(self, log: Log, at: Moments) -> Truth:
        month = self._stage_months(log)[at.stay]
        number, due = self._open_tasks(log, at)
        due_month = (np.datetime64("2000-01-01") + due // DAY).astype("datetime64[M]").astype(np.int64) % 12
        has_task, agrees = np.zeros(len(at), np.bool_), np.zeros(len(at), np.bool_)
        has_task[number] = True
        agrees[number[due_month == month[number]]] = True
        return np.where(agrees, TRUE, np.where(has_task, FALSE, UNKNOWN)).astype(np.int8)

    @staticmethod
    def _stage_months(log: Log) -> Ints:
        """Per stay the number of the month that its stage bears, −1 for none; a last −1."""
        names = [MONTHS.index(folded(name)) if folded(name) in MONTHS else -1 for name in log.stays.stages]
        return np.append(np.array([*names, -1])[log.stays.stage], -1)

    def _open_tasks(self, log: Log, at: Moments) -> tuple[Ints, Ints]:
        """Pairs of a moment's number and the second at which a task open then is due."""
        tasks = log.tasks
        deal = deal_of(tasks.start)
        first, last = np.searchsorted(deal, at.deal, side="left"), np.searchsorted(deal, at.deal, side="right")
        number, version = spread(first, last)
        meant = np.zeros(len(tasks.start), np.bool_)
        meant[chosen_versions(log, self.what)] = True
        number, version = number[meant[version]], version[meant[version]]
        is_open = (tasks.start[version] <= at.key[number]) & (at.key[number] < tasks.end[version])
        is_open &= tasks.due[version] != NEVER
        return number[is_open], tasks.due[version[is_open]]

    def changes(self, log: Log) -> list[Moments]:
        kinds = (Kind.STAGE, Kind.PIPELINE, Kind.TASK_SET, Kind.TASK_MOVED, Kind.TASK_DONE, Kind.TASK_DELETED)
        return [events(log, log.of_kind(kind)) for kind in kinds]

    def words(self) -> str:
        return _("the stage is the month of a task's due date")

    def findings(self, log: Log, at: Moments) -> Findings:
        number, due = self._open_tasks(log, at)
        dues: list[list[str]] = [[] for _moment in range(len(at))]
        for i, second in zip(number.tolist(), due.tolist(), strict=True):
            dues[i].append(date_words(second))
        found = [
            _("{stage}, tasks due on {days}").format(stage=stage, days=", ".join(days) or _("none"))
            for stage, days in zip(stay_names(log, at.stay), dues, strict=True)
        ]
        return Finding(_("the stage"), _("the month of a task's due date"), found, self.holds(log, at))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Stream("stage"), Stream("task"))


@dataclass(frozen=True)
class NotYet(Freeing):
    """Nothing of the kind before, as far as the exports show."""

    what: Selector

    def holds(self, log: Log, at: Moments) -> Truth:
        found = self.what.find(log)
        since = beginning_of(at.deal)
        before = self._any(found.certain, since, at)
        perhaps = before if found.certain is found else self._any(found, since, at)
        uncovered = partly_covered(log, self.what, at.deal, log.deals.created[at.deal], at.time)
        return np.where(before, FALSE, np.where(perhaps | uncovered, UNKNOWN, TRUE)).astype(np.int8)

    @staticmethod
    def _any(found: Moments, since: Ints, at: Moments) -> Bools:
        return count_before(found, at) > np.searchsorted(found.key, since, side="left")

    def words(self) -> str:
        return _("not yet: {what}").format(what=self.what.words())

    def findings(self, log: Log, at: Moments) -> Findings:
        return self._told(log, _("before"), beginning_of(at.deal), at)


def not_yet(what: Selector) -> NotYet:
    """Not one of these before the moment, as far as the exports show: a stream that is not exported at all frees nobody
    from the duty."""
    return NotYet(what)


def not_since_entering(what: Selector) -> NotSinceEntering:
    """Not one of these since the deal entered the stage it is in; a stream that is not exported at all frees nobody."""
    return NotSinceEntering(what)


def leads_to(*where: Stage | Outcome) -> LeadsTo:
    """The next move of the deal goes into one of these stages, or closes it in one of these ways."""
    return LeadsTo(
        tuple(each for each in where if isinstance(each, Stage)),
        tuple(each for each in where if isinstance(each, Outcome)),
    )


def not_followed_by(what: Selector, until: Deadline) -> NotFollowedBy:
    """Not one of these after the moment, until that deadline; unknown while it lies ahead. A stream that is not
    exported at all frees nobody."""
    return NotFollowedBy(what, until)


@dataclass(frozen=True)
class IsLead(Predicate):
    """The record is a lead, not a deal."""

    def holds(self, log: Log, at: Moments) -> Truth:
        return truth(log.deals.is_lead[at.deal])

    def words(self) -> str:
        return _("a lead")


def _blur_of_creation(log: Log) -> Ints:
    """Per deal how many seconds later than the log has it its creation may have been."""
    result = np.zeros(len(log.deals), np.int64)
    if log.blur is not None:
        places = log.of_kind(Kind.CREATED)
        result[deal_of(log.key[places])] = log.blur[places]
    return result


@dataclass(frozen=True)
class NearCreation(Predicate):
    """The event's own time lies within the span of the deal's creation, before it or after."""

    span: Span

    def holds(self, log: Log, at: Moments) -> Truth:
        own, created = own_time(log, at), log.deals.created[at.deal]
        first, last = own - created - _blur_of_creation(log)[at.deal], own - created + at.blur
        nearest = np.where((first <= 0) & (last >= 0), 0, np.minimum(np.abs(first), np.abs(last)))
        furthest = np.maximum(np.abs(first), np.abs(last))
        return between(furthest <= self.span.seconds, nearest <= self.span.seconds)

    def words(self) -> str:
        return _("within {span} of the creation").format(span=self.span.words())

    def findings(self, log: Log, at: Moments) -> Findings:
        return Finding(_("its own time"), self.words(), time_words(own_time(log, at)), self.holds(log, at))


def near_creation(span: Span) -> NearCreation:
    """The event itself happened at most so long before or after the deal's creation."""
    return NearCreation(span)


@dataclass(frozen=True)
class LinkedDealBegins(Predicate):
    """The deal that the lead became begins in that stage; without such a deal nobody knows."""

    stage: Stage

    def holds(self, log: Log, at: Moments) -> Truth:
        stays, linked = log.stays, log.deals.linked
        first = np.flatnonzero(starts(stays.deal))
        begun = np.full(len(log.deals), FALSE)
        sure, possible = stays_in(log, self.stage)
        begun[stays.deal[first]] = np.where(sure[first], TRUE, np.where(possible[first], UNKNOWN, FALSE))
        deals = np.flatnonzero(linked >= 0)
        best = np.full(len(log.deals), -1, np.int8)
        np.maximum.at(best, linked[deals], begun[deals])
        return np.where(best[at.deal] < 0, UNKNOWN, best[at.deal]).astype(np.int8)

    def words(self) -> str:
        text = _("its deal begins in «{pipeline}», «{stage}»")
        return text.format(pipeline=self.stage.pipeline, stage=self.stage.name)

    def findings(self, log: Log, at: Moments) -> Findings:
        stays, linked = log.stays, log.deals.linked
        first = np.full(len(log.deals) + 1, -1)
        first[stays.deal[starts(stays.deal)]] = np.flatnonzero(starts(stays.deal))
        deals = np.flatnonzero(linked >= 0)
        begun = np.full(len(log.deals), -1)
        begun[linked[deals]] = first[deals]
        found = [name or _("no deal") for name in stay_names(log, begun[at.deal])]
        return Finding(_("its deal begins in"), f"«{self.stage.name}»", found, self.holds(log, at))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Stream("stage"),)


def linked_deal_begins(stage: Stage) -> LinkedDealBegins:
    """The deal that the lead became begins in that stage; unknown where the export has no such deal."""
    return LinkedDealBegins(stage)


is_lead = IsLead()


@dataclass(frozen=True)
class KnownElsewhere(Predicate):
    """A lead or deal of another manager than the one of this moment, created earlier, has the phone of this one."""

    def holds(self, log: Log, at: Moments) -> Truth:
        manager = log.responsible.code[log.responsible.at(at.key)]
        frame, created = log.deals.frame.take(at.deal), log.deals.created[at.deal]
        return truth(log.facts.clients.known_to_another(frame, manager, created))

    def words(self) -> str:
        return _("another manager knows the client")

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Field("Телефон"),)


known_elsewhere = KnownElsewhere()
