"""Which moves are allowed, and whose hand made them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Codes, Ints
from auditor.log.log import Log
from auditor.patterns.core.findings import Chosen, Finding, Findings
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.needs import Movers, Need, People
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.truth import UNKNOWN, Truth, between
from auditor.patterns.core.words import each_once
from auditor.patterns.predicates.moves import GoesTo, OfPlace, in_stages
from auditor.patterns.selectors.closings import CONVERTED, LOST, REJECTED, WON
from auditor.patterns.selectors.marks import By
from auditor.patterns.selectors.stages import stay_before
from auditor.terms import Outcome, Role, Stage, role_words


@dataclass(frozen=True)
class InOrder(OfPlace):
    """The move goes into the next of the stages, out of one of `back` into the one before, out of one of `also` into
    the other of its pair, or closes the deal: as lost out of any stage, as won out of those of `won_from`. A lead is
    rejected out of any, and converted out of those of `converted_from`."""

    stages: tuple[Stage, ...]
    back: tuple[Stage, ...] = ()
    also: tuple[tuple[Stage, Stage], ...] = ()
    won_from: tuple[Stage, ...] = ()
    converted_from: tuple[Stage, ...] = ()

    def holds(self, log: Log, at: Moments) -> Truth:
        before = stay_before(log, at)
        ways = (np.minimum(_out_of(log, before, stage), goes.holds(log, at)) for stage, goes in self._ways())
        return reduce(np.maximum, ways)

    def _ways(self) -> Iterator[tuple[Stage, GoesTo]]:
        """Per stage where a move out of it may go."""
        order = (None, *self.stages, None)
        for earlier, stage, later in zip(order, self.stages, order[2:], strict=False):
            others = (target for source, target in self.also if source == stage)
            targets = (later, earlier if stage in self.back else None, *others)
            yield stage, GoesTo(tuple(target for target in targets if target), tuple(self._outcomes(stage)))

    def _outcomes(self, stage: Stage) -> Iterator[Outcome]:
        """In which ways a deal, or a lead, may be closed out of the stage."""
        if stage in self.won_from:
            yield WON
        if stage in self.converted_from:
            yield CONVERTED
        yield REJECTED if self.converted_from else LOST

    def words(self) -> str:
        return _("only a stage in order may come next")

    def findings(self, log: Log, at: Moments) -> Findings:
        before, ways = stay_before(log, at), list(self._ways())
        sources = np.array([_out_of(log, before, stage) for stage, _goes in ways])
        told = [replace(goes.findings(log, at), what=_("the next stage in order")) for _stage, goes in ways]
        return Chosen(told, sources.argmax(axis=0))

    @property
    def forbids(self) -> bool:
        return True


def _out_of(log: Log, stay: "Ints | Codes", stage: Stage) -> Truth:
    return between(*in_stages(log, stay, (stage,)))


@dataclass(frozen=True)
class DoneBy(Predicate):
    """At an event: somebody of that role did it; unknown where nobody is named."""

    role: Role

    def holds(self, log: Log, at: Moments) -> Truth:
        return np.where(_happened(log, at), By(self.role).holds(log, at.pos), UNKNOWN).astype(np.int8)

    def words(self) -> str:
        return _("done by: {role}").format(role=role_words(self.role))

    def findings(self, log: Log, at: Moments) -> Findings:
        author = np.where(_happened(log, at), log.author[at.pos], -1)
        roles = {code: role_words(role) for code, role in log.facts.roles.items()}
        found = each_once(lambda code: roles.get(code, _("not known")), author)
        return Finding(_("who did it"), role_words(self.role), found, self.holds(log, at))

    @property
    def asks_who(self) -> bool:
        return True

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Movers(), People())


def _happened(log: Log, at: Moments) -> Bools:
    """Per moment whether it is an event of its own row: what only a column tells has no author."""
    return log.row[at.pos] == at.row


def in_order(
    stages: tuple[Stage, ...],
    *,
    back: tuple[Stage, ...] = (),
    also: tuple[tuple[Stage, Stage], ...] = (),
    won_from: tuple[Stage, ...] = (),
    converted_from: tuple[Stage, ...] = (),
) -> InOrder:
    """At a move out of one of these stages: it goes into the next of them; out of one of `back` into the one before as
    well, out of the first of a pair of `also` into the second. As lost a deal may be closed anywhere, as won out of
    `won_from` alone; a lead rejected anywhere, and converted out of `converted_from` alone."""
    return InOrder(stages, back, also, won_from, converted_from)


def done_by(role: Role) -> DoneBy:
    """At a move: its author has that role; unknown where it has none. Nobody of the role answers for another's act by
    name."""
    return DoneBy(role)
