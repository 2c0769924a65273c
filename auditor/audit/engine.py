"""The engine: clauses × log → duties with verdicts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from auditor.audit.choice import changed_parameters, chosen, clauses_of, supposed_parameters
from auditor.audit.coverage import by_hand, coverage_of
from auditor.audit.extent import colleagues, extent_of
from auditor.audit.holders import problems_of as problems_of_holders
from auditor.audit.pipelines import (
    ANY_PIPELINE,
    Pipelines,
    arisen_in,
    named_in_vain,
    nothing_left,
    pipelines_found,
    with_pipelines,
)
from auditor.audit.places import pipelines_seen
from auditor.audit.readings import Readings
from auditor.audit.reported import Reported, duties_table, reported
from auditor.audit.request import Request
from auditor.audit.result import Audit, Coverage, Crash, Status, Suspected, WhatIf
from auditor.audit.settle import settled
from auditor.audit.sight import days_seen, rule_of
from auditor.audit.silences import problems_of as problems_of_silences
from auditor.audit.stages import stages_found, unknown_stages
from auditor.audit.suspects import suspected
from auditor.audit.tally import Tally, in_scope, scores_of, tally
from auditor.audit.telling import Telling
from auditor.audit.timeline import Timelines
from auditor.audit.waivers import Waivers
from auditor.i18n import _
from auditor.inputs.tables import Problem, Tables
from auditor.log import Log, build_log
from auditor.log.breaks import problems_of as problems_of_breaks
from auditor.log.closings import problems_of_undated
from auditor.log.columns import moment
from auditor.log.kinds import DAY
from auditor.log.stays import problems_of as problems_of_stays
from auditor.log.tasks import problems_of as problems_of_tasks
from auditor.patterns.core.duties import Doubt, Duties, Verdict
from auditor.patterns.core.runs import starts
from auditor.rules import Clause, Regulation
from auditor.settings import Settings
from auditor.terms import Outcome
from auditor.threads import AT_ONCE, workers

REPORTED = np.array([verdict in (Verdict.VIOLATED, Verdict.PENDING, Verdict.WAIVED) for verdict in Verdict])
"""Per verdict whether a report lists such duties without `all_duties`."""
In = tuple[Clause, Pipelines]
"""A clause, and the pipelines in which it is judged."""


def audit(
    tables: Tables, request: Request, settings: Settings, progress: Callable[[str], None] = lambda text: None
) -> Audit:
    """Everything that the regulations say of these tables."""
    progress(_("Building the log"))
    seen = pipelines_seen(tables, settings)
    regulations, because = chosen(request, frozenset().union(*(each.stages for each in seen)))
    pipelines = pipelines_found(seen, regulations, request.regulations, settings)
    log = build_log(tables, with_pipelines(settings, pipelines))
    run = Run(Readings(log, tables), request)
    run.check(_clauses(regulations, request), progress)
    again = _judged_again(run, regulations) if request.supposed else None
    idle = [*nothing_left(tables, seen, pipelines, regulations), *named_in_vain(tables, seen, regulations)]
    telling = Telling(log, run.reported)
    stages = stages_found(log, seen, pipelines, regulations, request.regulations)
    problems = [*tables.problems, *idle, *_problems(log), *unknown_stages(log, stages, regulations)]
    return Audit(
        as_of=moment(log.as_of),
        timezone=settings.timezone,
        pipelines=pipelines,
        regulations=regulations,
        chosen_because=because,
        inputs=tuple(tables.sources.sources),
        problems=tuple(problems),
        coverage=(*(each.coverage for each in run.judged), *by_hand(regulations)),
        scores=scores_of(log, run.tallies),
        duties=duties_table(log, run.reported),
        parameters=changed_parameters(regulations, request),
        waivers=run.waivers.states(),
        supposed_days_off=run.supposed_days_off(),
        crashes=(*run.crashes, *(again.crashes if again else ())),
        stages=stages,
        streams=streams_of(log),
        unused=tuple(sorted(log.facts.unused)),
        hours_a_day=settings.hours_a_day,
        scope=request.scope(strict=settings.strict),
        extent=extent_of(log),
        suspected=tuple(line for each in run.judged for line in each.suspected),
        what_if=_what_if(run, again, regulations) if again else None,
        people=colleagues(log),
        tell=telling,
        used_up=telling.used_up,
        untold=telling.crashes,
        timelines=Timelines(log),
    )


@dataclass(frozen=True)
class Judged:
    """What one clause gave: without a tally where it could not be checked."""

    coverage: Coverage
    tally: Tally | None = None
    reported: Reported | None = None
    suspected: Sequence[Suspected] = ()
    days_off: frozenset[tuple[int, int]] = frozenset()
    """Persons and days of `Run.supposed_days_off`."""
    crash: Crash | None = None


class Run:
    """One pass over the clauses, and what each of them gave, in their order."""

    def __init__(self, readings: Readings, request: Request) -> None:
        self.readings, self.log, self.request = readings, readings.log, request
        self.waivers = Waivers(self.log, request.waivers)
        self.judged: list[Judged] = []

    def check(self, clauses: Sequence[In], progress: Callable[[str], None] = lambda text: None) -> None:
        """Judge these clauses, several at a time where there is much to judge, and gather what each gives, in their
        order; one that crashes is named, and the others go on."""
        _asked_by_all = self.readings.others, self.log.stays  # made once, before several clauses ask at once
        with workers(len(self.log), AT_ONCE) as pool:
            for (clause, _pipelines), judged in zip(clauses, pool.map(self._checked, clauses), strict=True):
                progress(clause.code)
                self.judged.append(judged)

    def _checked(self, clause_in: In) -> Judged:
        clause, pipelines = clause_in
        try:
            return self.judge(clause, pipelines)
        except Exception as error:
            coverage = Coverage(clause.code, Status.NOT_CHECKED, _("the check crashed"), ())
            return Judged(coverage, crash=Crash(clause.code, f"{type(error).__name__}: {error}"))

    def judge(self, clause: Clause, pipelines: Pipelines) -> Judged:
        """One clause, where it can be checked, in these pipelines. Raises whatever fails in it."""
        coverage = coverage_of(clause, self.log)
        if coverage.status != Status.CHECKED:
            return Judged(self._seen(clause, coverage))
        arisen = arisen_in(self.log, pipelines, self.readings.duties(clause.duty))
        duties = settled(self.log, clause, arisen)
        duties = in_scope(self.log, self.request, self.waivers.apply(clause, duties))
        return Judged(
            self._seen(clause, coverage),
            tally(self.log, clause, duties),
            self._reported(clause, duties),
            [*suspected(self.log, clause, duties)],
            _days_off(duties),
        )

    @property
    def tallies(self) -> list[Tally]:
        return [each.tally for each in self.judged if each.tally is not None]

    @property
    def reported(self) -> list[Reported]:
        return [each.reported for each in self.judged if each.reported is not None]

    @property
    def crashes(self) -> list[Crash]:
        return [each.crash for each in self.judged if each.crash is not None]

    def _seen(self, clause: Clause, coverage: Coverage) -> Coverage:
        since, until = days_seen(clause, self.log)
        return replace(coverage, since=since, until=until, rule=rule_of(clause, self.log.settings))

    def _reported(self, clause: Clause, duties: Duties) -> Reported | None:
        if not self.request.all_duties:
            duties = duties.taken(np.flatnonzero(REPORTED[duties.verdict]))
        return reported(self.log, clause, duties, self.waivers) if len(duties) else None

    def supposed_days_off(self) -> dict[str, tuple[date, ...]]:
        """Per manager the working days without a single act of his that made a duty unknown (`Doubt.DAY_OFF`)."""
        result: dict[str, list[date]] = {}
        for person, day in sorted(frozenset[tuple[int, int]]().union(*(each.days_off for each in self.judged))):
            name = self.log.facts.people[person]
            result.setdefault(name, []).append(moment(day * DAY).date())
        return {name: tuple(days) for name, days in sorted(result.items())}


def _clauses(regulations: Sequence[Regulation], request: Request) -> list[In]:
    return [(clause, regulation.pipelines) for regulation in regulations for clause in clauses_of(regulation, request)]


def _days_off(duties: Duties) -> frozenset[tuple[int, int]]:
    supposed = duties.doubt == Doubt.DAY_OFF
    return frozenset(zip(duties.person[supposed], duties.arose[supposed] // DAY, strict=True))


def _supposed(request: Request) -> frozenset[str]:
    """The clauses that have a supposed parameter."""
    return frozenset(code for code, _name, _value in request.supposed)


def _judged_again(run: Run, regulations: Sequence[Regulation]) -> Run:
    """Only those clauses, with these parameters, by the same log."""
    request, changed = run.request, _supposed(run.request)
    again = Run(run.readings, replace(request, parameters=(*request.parameters, *request.supposed)))
    again.check([(clause, where) for clause, where in _clauses(regulations, again.request) if clause.code in changed])
    return again


def _what_if(run: Run, again: Run, regulations: Sequence[Regulation]) -> WhatIf:
    """The counts with the supposed parameters."""
    kept = [tally for tally in run.tallies if tally.clause.code not in _supposed(run.request)]
    return WhatIf(supposed_parameters(regulations, run.request), scores_of(run.log, [*kept, *again.tallies]))


def _problems(log: Log) -> list[Problem]:
    undated = problems_of_undated(log, log.stays.undated)
    return [
        *problems_of_silences(log),
        *undated,
        *problems_of_breaks(log, log.stays.broken),
        *problems_of_stays(log, log.stays),
        *problems_of_tasks(log, log.tasks),
        *problems_of_holders(log),
        *log.times.problems,
    ]


def streams_of(log: Log) -> pd.DataFrame:
    """Which streams the exports hold: kind, from, to (days), rows; of closings the deals, whatever tells of them."""
    closed = int(starts(log.stays.deal[log.stays.outcome != Outcome.OPEN]).sum())
    rows = [
        (
            name,
            moment(stream.first // DAY * DAY),
            moment(stream.last // DAY * DAY),
            closed if name == "closed" else stream.rows,
        )
        for name, stream in sorted(log.facts.streams.items())
    ]
    return pd.DataFrame(rows, columns=["kind", "from", "to", "rows"])


def run_clause(tables: Tables, clause: Clause, settings: Settings) -> pd.DataFrame:
    """All duties of one clause, met and unknown ones too, told; the columns are those of `Audit.duties` and `TOLD`.

    Empty where the clause cannot be checked."""
    run = Run(Readings(build_log(tables, settings), tables), Request((), all_duties=True))
    found = run.judge(clause, ANY_PIPELINE).reported
    parts = [] if found is None else [found]
    return Telling(run.log, parts)(duties_table(run.log, parts))
