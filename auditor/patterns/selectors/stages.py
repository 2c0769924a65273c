"""A deal's course: creation, moves between stages, ways back."""

from dataclasses import dataclass, replace

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Codes, Ints
from auditor.log.kinds import DAY, FLAGS, Kind, Suspect
from auditor.log.log import Log
from auditor.log.moves import history_begins
from auditor.log.spine import time_of
from auditor.log.stays import Stays
from auditor.patterns.core.moments import Moments, events
from auditor.patterns.core.staying import stay_names, stays_in
from auditor.patterns.core.words import Words, filled, stage_names
from auditor.patterns.selectors.refined import Refinable
from auditor.terms import Pipeline, Stage


def entries(log: Log, stays: "Ints | Codes", sure: Bools) -> Moments:
    """The beginnings of these stays as moments."""
    all_stays = log.stays
    return Moments(
        log,
        key=all_stays.entered[stays],
        place=all_stays.place[stays],
        own_row=all_stays.row[stays],
        own_flags=np.zeros(len(stays), FLAGS),
        last=None if all_stays.last is all_stays.entered else all_stays.last[stays],
    ).doubted(~sure)


BRIEF_SECONDS = 60


def flagged_brief(log: Log, found: Moments, stay: Ints, inside: Bools) -> Moments:
    """These beginnings of stays, flagged where the deal is out again within a minute: `inside` are the stays that count
    as still being there."""
    stays = log.stays
    back = np.append(~inside[1:] & stays.has_next[:-1], False)[: len(stays)]
    brief = back[stay] & (stays.left[stay] - stays.entered[stay] <= BRIEF_SECONDS)
    flags = found.flags | np.where(brief, FLAGS(Suspect.BRIEF_STAGE), FLAGS(0))
    return replace(found, own_flags=flags)


def stay_before(log: Log, t: Moments) -> Ints:
    """The stay that a move ended, or that an event happened in (of two that meet, the earlier); −1 before the first."""
    stays = log.stays
    begun = stay_begun(stays, t)
    own = np.where(begun >= 0, begun - 1, t.stay)
    return np.where((own >= 0) & (stays.deal[own] == t.deal), own, -1)


def stay_begun(stays: Stays, t: Moments) -> Codes:
    """The stay that began with that very event, −1 where none did."""
    result = np.full(len(t), -1, np.int32)
    met = np.flatnonzero((stays.entered[t.stay] == t.key) & (t.stay >= 0))
    at, last = t.taken(met), t.stay[met]
    for back in (2, 1, 0):
        number = np.maximum(last - back, 0)
        fits = (stays.place[number] == at.pos) & (stays.entered[number] == at.key)
        result[met[fits]] = number[fits]
    return result


def move_facts(log: Log, t: Moments) -> Words:
    """Per move the stage that it left and the one that it went into; of a stay that began the deal that one alone."""
    before, after = stay_names(log, stay_before(log, t)), stay_names(log, stay_begun(log.stays, t))
    alone = (before == "") | (after == "")
    return np.where(alone, filled(_("created in {stage}"), stage=before + after), before + " → " + after)


@dataclass(frozen=True)
class Created(Refinable):
    """The creation of the deal or lead."""

    def select(self, log: Log) -> Moments:
        return events(log, log.of_kind(Kind.CREATED))

    def words(self) -> str:
        return _("creation")


def request_time(log: Log) -> Ints:
    """Per deal the second at which its request was created: its linked lead's creation, else its own."""
    linked = log.deals.linked
    return np.where(linked >= 0, log.deals.created[linked], log.deals.created)


class OfStages(Refinable):
    """Moments that the history of stages tells."""

    @property
    def streams(self) -> frozenset[str]:
        return frozenset({"stage"})


@dataclass(frozen=True)
class Enters(OfStages):
    """The deal comes into one of the stages; `in_passing`: to be out again within a minute is nothing suspect."""

    stages: tuple[Stage, ...]
    is_in_passing: bool = False

    def select(self, log: Log) -> Moments:
        sure, possible = stays_in(log, *self.stages)
        chosen = np.flatnonzero(possible & ~_before_the_history(log))
        found = entries(log, chosen, (sure & log.stays.certain)[chosen])
        return found if self.is_in_passing else flagged_brief(log, found, chosen, possible)

    @property
    def in_passing(self) -> "Enters":
        """The CRM itself moves the deal on from there: to be out again within a minute is nothing suspect."""
        return replace(self, is_in_passing=True)

    def words(self) -> str:
        return _("entering {stages}").format(stages=stage_names(self.stages))

    def facts(self, log: Log, t: Moments) -> Words:
        return move_facts(log, t)


def _before_the_history(log: Log) -> Bools:
    """The stays of unknown stage of which nobody can tell when, or where, they began: those of the days before the
    history."""
    stays = log.stays
    return (stays.stage < 0) & ~stays.certain & (time_of(stays.entered) // DAY < history_begins(log))


@dataclass(frozen=True)
class EntersPipeline(OfStages):
    """The deal comes into a pipeline from another one, or is created there."""

    pipeline: str

    def select(self, log: Log) -> Moments:
        stays = log.stays
        inside = stays.in_pipeline(self.pipeline)
        was_inside = np.append(False, inside[:-1] & (stays.deal[1:] == stays.deal[:-1]))[: len(inside)]
        chosen = np.flatnonzero(inside & ~was_inside)
        return flagged_brief(log, entries(log, chosen, stays.certain[chosen]), chosen, inside)

    def words(self) -> str:
        return _("coming into the pipeline «{name}»").format(name=self.pipeline)

    def facts(self, log: Log, t: Moments) -> Words:
        return move_facts(log, t)


@dataclass(frozen=True)
class Leaves(OfStages):
    """The deal goes out of one of the stages, closings included."""

    stages: tuple[Stage, ...]

    def select(self, log: Log) -> Moments:
        stays = log.stays
        sure, possible = stays_in(log, *self.stages)
        # out of an unknown stage at an unknown moment: no more than that the history begins there
        unseen = _before_the_history(log) & ~np.append(stays.certain[1:], True)[: len(stays)]
        chosen = np.flatnonzero(possible & stays.has_next & ~unseen)
        surely = sure[chosen] & stays.certain[chosen + 1]
        return flagged_brief(log, entries(log, chosen + 1, surely), chosen + 1, ~possible)

    def words(self) -> str:
        return _("leaving {stages}").format(stages=stage_names(self.stages))

    def facts(self, log: Log, t: Moments) -> Words:
        return move_facts(log, t)


created = Created()


def enters(*stages: Stage) -> Enters:
    """The deal comes into one of the stages, from another of them as well; a deal created in one enters it then."""
    return Enters(stages)


def leaves(*stages: Stage) -> Leaves:
    """The deal goes out of one of the stages, into another of them as well; a closing is leaving."""
    return Leaves(stages)


def enters_pipeline(pipeline: Pipeline) -> EntersPipeline:
    """The deal comes into the pipeline from another one, or is created in it."""
    return EntersPipeline(pipeline.name)


@dataclass(frozen=True)
class Moves(OfStages):
    """Moves out of some stages into others."""

    source: tuple[Stage, ...]
    target: tuple[Stage, ...]

    def select(self, log: Log) -> Moments:
        stays = log.stays
        sure_from, from_ = stays_in(log, *self.source)
        sure_to, to = (np.append(chosen[1:], False) for chosen in stays_in(log, *self.target))
        chosen = np.flatnonzero(from_ & to & stays.has_next)
        return entries(log, chosen + 1, (sure_from & sure_to)[chosen] & stays.certain[chosen + 1])

    def words(self) -> str:
        return _("going from {source} to {target}").format(
            source=stage_names(self.source), target=stage_names(self.target)
        )

    def facts(self, log: Log, t: Moments) -> Words:
        return move_facts(log, t)


@dataclass(frozen=True)
class Exits(OfStages):
    """All moves out of some stages, closings included; flagged where one is a detour through another pipeline into the
    stages that may not be entered."""

    source: tuple[Stage, ...]
    forbidden: tuple[Stage, ...]

    def select(self, log: Log) -> Moments:
        stays = log.stays
        sure, possible = stays_in(log, *self.source)
        chosen = np.flatnonzero(possible & stays.has_next)
        found = entries(log, chosen + 1, sure[chosen] & stays.certain[chosen + 1])
        found.flags[self._detours(log, chosen)] |= FLAGS(Suspect.DETOUR)
        return found

    def _detours(self, log: Log, chosen: Ints) -> Bools:
        """Whether the move goes into another pipeline, and the way out of that into a forbidden stage."""
        stays = log.stays
        forbidden = np.append(stays_in(log, *self.forbidden)[0], False)
        other = stays.pipeline[chosen + 1] != stays.pipeline[chosen]
        back = np.append(_next_of_other_pipeline(log), -1)[chosen + 1]
        return other & (stays.outcome[chosen + 1] == 0) & forbidden[back]

    def words(self) -> str:
        return _("leaving {stages}").format(stages=stage_names(self.source))

    def facts(self, log: Log, t: Moments) -> Words:
        return move_facts(log, t)


def _next_of_other_pipeline(log: Log) -> Ints:
    """Per stay the next stay of its deal in another pipeline; −1 where there is none."""
    stays = log.stays
    ends = np.append(stays.pipeline[1:] != stays.pipeline[:-1], True) | ~stays.has_next
    index = np.where(ends, np.arange(len(stays)), len(stays))
    last = np.minimum.accumulate(index[::-1])[::-1]
    following = np.append(stays.deal, -1)[np.minimum(last + 1, len(stays))] == stays.deal
    return np.where(following, last + 1, -1)


def no_way_back(source: tuple[Stage, ...], target: tuple[Stage, ...]) -> tuple[Moves, Exits]:
    """For `Absence`: the moves out of the source stages into the target stages, and all moves out of the source stages,
    which they are counted against."""
    return Moves(source, target), Exits(source, target)
