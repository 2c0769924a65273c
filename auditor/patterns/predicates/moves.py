"""Where a deal is, and where a move goes and comes from."""

from dataclasses import dataclass

import numpy as np

from auditor.i18n import _, quoted
from auditor.log.columns import Bools, Codes, Ints
from auditor.log.log import Log
from auditor.patterns.core.findings import Finding, Findings
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.needs import Need, Stream
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.staying import outcome_words, stay_names, stays_in
from auditor.patterns.core.truth import FALSE, Truth, between, truth
from auditor.patterns.core.words import one_of, stage_names
from auditor.patterns.selectors.stages import stay_before, stay_begun
from auditor.terms import Outcome, Pipeline, Stage


def in_stages(log: Log, stay: Ints | Codes, stages: tuple[Stage, ...]) -> tuple[Bools, Bools]:
    """Whether each stay is surely, possibly in one of the stages; −1 is in none."""
    sure, possible = (np.append(chosen, False) for chosen in stays_in(log, *stages))
    return sure[stay], possible[stay]


def places(stages: tuple[Stage, ...], outcomes: tuple[Outcome, ...], pipelines: tuple[str, ...] = ()) -> str:
    """«A», «B» or closing as lost."""
    names = [quoted(name) for name in (*(stage.name for stage in stages), *pipelines)]
    return one_of([*names, *map(outcome_words, outcomes)])


class OfPlace(Predicate):
    """What the history of stages tells: where the deal is, comes from, goes to."""

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Stream("stage"),)


@dataclass(frozen=True)
class GoesTo(OfPlace):
    """The move goes into one of these stages or pipelines, or closes the deal in one of these ways."""

    stages: tuple[Stage, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    pipelines: tuple[str, ...] = ()

    def holds(self, log: Log, at: Moments) -> Truth:
        stays = log.stays
        stay = stay_begun(stays, at)
        sure, possible = in_stages(log, stay, self.stages)
        outcome = np.append(stays.outcome, np.uint8(0))[stay]
        closes = np.isin(outcome, self.outcomes) & (outcome > 0)
        for name in self.pipelines:
            closes |= np.append(stays.in_pipeline(name), False)[stay]
        untold = outcome == Outcome.UNTOLD
        return between(sure | closes, possible | closes | untold)

    def words(self) -> str:
        return _("only {where} may come next").format(where=self._where())

    def _where(self) -> str:
        return places(self.stages, self.outcomes, self.pipelines)

    def findings(self, log: Log, at: Moments) -> Finding:
        found, where = stay_names(log, stay_begun(log.stays, at)), self._where()
        otherwise = _("anything but {where}").format(where=where)
        return Finding(_("the next stage"), where, found, self.holds(log, at), otherwise=otherwise)

    @property
    def forbids(self) -> bool:
        return True


@dataclass(frozen=True)
class CameFrom(OfPlace):
    """The move comes out of one of these stages."""

    stages: tuple[Stage, ...]

    def holds(self, log: Log, at: Moments) -> Truth:
        return between(*in_stages(log, stay_before(log, at), self.stages))

    def words(self) -> str:
        return _("comes from {stages}").format(stages=stage_names(self.stages))

    def findings(self, log: Log, at: Moments) -> Findings:
        return _place(_("the stage before"), stage_names(self.stages), stay_before(log, at), log, self.holds(log, at))


@dataclass(frozen=True)
class InStage(OfPlace):
    """The deal is in one of these stages; at the second of a move, in the one it leaves."""

    stages: tuple[Stage, ...]

    def holds(self, log: Log, at: Moments) -> Truth:
        return between(*in_stages(log, stay_of(log, at), self.stages))

    def words(self) -> str:
        return _("in {stages}").format(stages=stage_names(self.stages))

    def findings(self, log: Log, at: Moments) -> Findings:
        return _place(_("the stage"), stage_names(self.stages), stay_of(log, at), log, self.holds(log, at))


@dataclass(frozen=True)
class InPipeline(OfPlace):
    """The deal is in that pipeline; at the second of a move, in the one it leaves."""

    pipeline: str

    def holds(self, log: Log, at: Moments) -> Truth:
        return truth(np.append(log.stays.in_pipeline(self.pipeline), False)[stay_of(log, at)])

    def words(self) -> str:
        return _("in the pipeline «{name}»").format(name=self.pipeline)

    def findings(self, log: Log, at: Moments) -> Findings:
        wanted = _("one of the pipeline «{name}»").format(name=self.pipeline)
        return _place(_("the stage"), wanted, stay_of(log, at), log, self.holds(log, at))


def _place(what: str, wanted: str, stay: "Ints | Codes", log: Log, holds: Truth) -> Finding:
    otherwise = _("anything but {where}").format(where=wanted)
    return Finding(what, wanted, stay_names(log, stay), holds, otherwise=otherwise)


def stay_of(log: Log, at: Moments) -> Ints:
    """The stay that each moment belongs to: at a move the one it leaves, at the creation the first."""
    own = stay_before(log, at)
    return np.where(own >= 0, own, at.stay)


def goes_to(*where: Stage | Outcome | Pipeline) -> GoesTo:
    """At a move: it goes into one of these stages or pipelines, or closes the deal in one of these ways. To break it is
    forbidden, not missed."""
    return GoesTo(
        tuple(each for each in where if isinstance(each, Stage)),
        tuple(each for each in where if isinstance(each, Outcome)),
        tuple(each.name for each in where if isinstance(each, Pipeline)),
    )


def came_from(*stages: Stage) -> CameFrom:
    """At a move: it comes out of one of these stages."""
    return CameFrom(stages)


def in_stage(*stages: Stage) -> InStage:
    """The deal is in one of these stages; at the second of a move in the one it leaves."""
    return InStage(stages)


def in_pipeline(pipeline: Pipeline) -> InPipeline:
    """The deal is in the pipeline; at the second of a move in the one it leaves."""
    return InPipeline(pipeline.name)


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


def leads_to(*where: Stage | Outcome) -> LeadsTo:
    """The next move of the deal goes into one of these stages, or closes it in one of these ways."""
    return LeadsTo(
        tuple(each for each in where if isinstance(each, Stage)),
        tuple(each for each in where if isinstance(each, Outcome)),
    )
