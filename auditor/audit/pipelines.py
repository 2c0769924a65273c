"""Which pipeline of the data is which of a regulation: by its name, by the settings, or by its stages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from auditor.audit.places import Seen
from auditor.audit.result import PipelineFound
from auditor.i18n import _
from auditor.inputs.final import final_outcome
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem, Tables
from auditor.log import Log
from auditor.log.columns import Bools
from auditor.log.kinds import DAY
from auditor.log.remembered import remembered
from auditor.log.spine import key_of
from auditor.patterns.core.duties import Duties
from auditor.rules import Regulation
from auditor.settings import Settings
from auditor.spelling import by_folded, folded
from auditor.terms import Pipeline

ENOUGH_STAGES = 2
"""So many stages of its own in the data tell a regulation, or its pipeline: one may be a chance likeness of names."""

Pipelines = tuple[Pipeline, ...]
ANY_PIPELINE: Pipelines = ()


@dataclass(frozen=True)
class Home:
    """A pipeline of a regulation; `stages` folded, `own`: those that no other pipeline has."""

    regulation: str
    name: str
    names: frozenset[str]
    stages: frozenset[str]
    own: frozenset[str]


def homes_of(regulations: Sequence[Regulation]) -> tuple[Home, ...]:
    """The pipelines of these regulations, in order."""
    pipelines = [(regulation, pipeline) for regulation in regulations for pipeline in regulation.pipelines]
    return tuple(
        Home(
            regulation.code,
            pipeline.name,
            frozenset(map(folded, (pipeline.name, *pipeline.aliases))),
            _stages(pipeline),
            _stages(pipeline).difference(*(_stages(other) for _, other in pipelines if other is not pipeline)),
        )
        for regulation, pipeline in pipelines
    )


def _stages(pipeline: Pipeline) -> frozenset[str]:
    """Folded, without the common names of closings."""
    return frozenset(folded(name) for name in pipeline.stages if not final_outcome(name))


def pipelines_found(
    seen: Sequence[Seen], chosen: Sequence[Regulation], known: Sequence[Regulation], settings: Settings
) -> tuple[PipelineFound, ...]:
    """The pipelines that the data names, and whose each is; of regulations that it fits alike, a chosen one's."""
    homes = homes_of((*chosen, *(regulation for regulation in known if regulation not in chosen)))
    judged = {regulation.code for regulation in chosen}
    named = {each.name: _by_name(each, homes, settings) for each in seen if each.name}
    taken = {home for home in named.values() if home}
    return tuple(_found(each, named[each.name] or _by_stages(each, homes, taken), judged) for each in seen if each.name)


def _by_name(seen: Seen, homes: Sequence[Home], settings: Settings) -> Home | None:
    """The pipeline that the settings map it to, else the one of its name; of several the one that it fits best."""
    name = folded(by_folded(settings.pipelines).get(folded(seen.name), seen.name))
    named = [home for home in homes if name in home.names]
    return max(named, key=lambda home: len(home.stages & seen.stages), default=None)


def _by_stages(seen: Seen, homes: Sequence[Home], taken: set[Home]) -> Home | None:
    """The pipeline that it fits best, where enough of its stages are that one's alone and no other is known by name."""
    best = max(homes, key=lambda home: len(home.stages & seen.stages), default=None)
    if best is None or best in taken or len(best.own & seen.stages) < ENOUGH_STAGES:
        return None
    return best


def _found(seen: Seen, home: Home | None, judged: set[str]) -> PipelineFound:
    if home is None:
        return PipelineFound(seen.name, None, None, seen.deals, judged=False)
    other = home.name if folded(home.name) != folded(seen.name) else None
    return PipelineFound(seen.name, home.regulation, other, seen.deals, home.regulation in judged)


def with_pipelines(settings: Settings, found: Sequence[PipelineFound]) -> Settings:
    """The settings that give the pipelines their regulations' names."""
    return replace(settings, pipelines={each.name: each.taken_for for each in found if each.taken_for})


def nothing_left(
    tables: Tables, seen: Sequence[Seen], found: Sequence[PipelineFound], chosen: Sequence[Regulation]
) -> list[Problem]:
    """The regulations that have no deal to judge; refused where none of them has. A deal that names no pipeline may be
    in any."""
    theirs = {each.regulation for each in found}
    idle = [regulation.code for regulation in chosen if regulation.code not in theirs]
    if not idle or not found or any(each.deals for each in seen if not each.name):
        return []
    text = _("no deal is in a pipeline of {regulation}: nothing is judged by it; name its pipelines under [pipelines]")
    kind = Trouble.REFUSED if len(idle) == len(chosen) else Trouble.NOTE
    return [Problem(_lists(tables), text.format(regulation=", ".join(idle)), kind)]


def named_in_vain(tables: Tables, seen: Sequence[Seen], chosen: Sequence[Regulation]) -> Iterator[Problem]:
    """The regulations of which the data names no stage: only a user can have chosen them."""
    stages = frozenset[str]().union(*(each.stages for each in seen))
    text = _("the data names no stage of {regulation}: name your stages under [stages], or another regulation")
    for regulation in chosen if stages else ():
        if not any(stages & _stages(pipeline) for pipeline in regulation.pipelines):
            yield Problem(_lists(tables), text.format(regulation=regulation.code))


def _lists(tables: Tables) -> Place:
    """The files that list the deals."""
    return Place(", ".join(dict.fromkeys(source.file for source in tables.sources.sources if source.table == "deals")))


@remembered
def inside(log: Log, pipelines: Pipelines) -> Bools:
    """Which stays are in one of these pipelines, or in one that the data does not name."""
    ours = {folded(pipeline.name) for pipeline in pipelines}
    return np.array([*(name in ours for name in log.stays.pipelines), True], dtype=np.bool_)[log.stays.pipeline]


def arisen_in(log: Log, pipelines: Pipelines, duties: Duties) -> Duties:
    """The duties that arose in one of these pipelines. A move belongs to both of its sides, a day's duty to every
    pipeline of its day; what arose before the deal, to the one that it was created in."""
    stays = log.stays
    ours = inside(log, pipelines)
    if pipelines == ANY_PIPELINE or ours.all():
        return duties
    since = np.maximum(duties.arose, log.deals.created[duties.deal])
    until = np.maximum(since, duties.identified_at + DAY - 1) if duties.by_day else since
    first = np.searchsorted(stays.left, key_of(duties.deal, since), side="left")
    stop = np.searchsorted(stays.entered, key_of(duties.deal, until), side="right")
    number = np.append(0, np.cumsum(ours))
    return duties.taken(number[stop] > number[first])
