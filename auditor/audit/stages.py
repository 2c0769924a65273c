"""Which stages of the data are whose: the regulations' own, those that `[stages]` maps, and those of nobody."""

from collections.abc import Iterator, Sequence, Set
from itertools import chain

import numpy as np

from auditor.audit.choice import stages_of
from auditor.audit.pipelines import inside
from auditor.audit.places import Seen
from auditor.audit.result import PipelineFound, StageFound
from auditor.i18n import _
from auditor.inputs.final import FINAL_STAGES, final_outcome
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Problem
from auditor.log import Log
from auditor.nearest import nearest
from auditor.rules import Regulation
from auditor.spelling import folded
from auditor.terms import Outcome


def stages_found(
    log: Log,
    seen: Sequence[Seen],
    pipelines: Sequence[PipelineFound],
    chosen: Sequence[Regulation],
    known: Sequence[Regulation],
) -> tuple[StageFound, ...]:
    """The ordinary stages of the pipelines that are judged, or have no name; where no regulation was chosen, of all
    pipelines, told by the known regulation that most of them are like."""
    judged = {"", *(each.name for each in pipelines if each.judged or not chosen)}
    names = frozenset().union(*(each.stages for each in seen if each.name in judged))
    likest = (tuple(_found(log, regulations, names)) for regulations in ([chosen] if chosen else zip(known)))
    return max(likest, key=lambda found: sum(bool(stage.near) for stage in found), default=())


def _found(log: Log, regulations: Sequence[Regulation], names: Set[str]) -> Iterator[StageFound]:
    theirs = {name: stage for regulation in regulations for name, stage in stages_of(regulation).items()}
    meant = {folded(stage): stage for stage in log.settings.stages.values()} | theirs
    offered = (*theirs.values(), *chain.from_iterable(FINAL_STAGES.values()))
    for name, spelt in zip(log.stays.stages, log.stays.spelling, strict=True):
        if name in names and not final_outcome(name):
            near = "" if name in meant else nearest(spelt, offered)
            yield StageFound(spelt, meant.get(name, ""), near)


def unknown_stages(log: Log, found: Sequence[StageFound], regulations: Sequence[Regulation]) -> Iterator[Problem]:
    """Those into which a deal of these regulations was moved and that none of them means, each with the nearest that
    one has."""
    pipelines = tuple(each for regulation in regulations for each in regulation.pipelines if each.stages)
    stays = log.stays
    ours = inside(log, pipelines) & (stays.outcome == Outcome.OPEN)
    codes = {spelt: code for code, spelt in enumerate(stays.spelling)}
    for stage in found if regulations else ():
        rows = np.flatnonzero(ours & (stays.stage == codes[stage.name]))
        if len(rows) and not stage.meant:
            yield Problem(log.sources.locate(int(stays.row[rows[0]])), _unknown(stage), Trouble.STAGE)


def _unknown(stage: StageFound) -> str:
    if not stage.near:
        text = _("the regulation has no stage «{stage}»; name its counterpart under [stages]")
        return text.format(stage=stage.name)
    text = _("the regulation has no stage «{stage}»; the nearest is «{near}» — name its counterpart under [stages]")
    return text.format(stage=stage.name, near=stage.near)
