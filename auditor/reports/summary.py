"""Every number of a report, computed once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from auditor.audit.result import COUNTS, Audit, Coverage, Extent, Scope, Status, Suspected
from auditor.i18n import _, clause_text
from auditor.inputs.quality import Gravity, Trouble
from auditor.inputs.tables import Problem
from auditor.reports.counts import ClauseScore, Counts, Person, Score, added, violated_at
from auditor.rules import Clause, Severity
from auditor.spelling import capital
from auditor.terms import Role

KEYS = ["manager", "department", "role"]
DEAL = ["entity", "deal"]
GRADES = [level.value for level in Severity]


@dataclass(frozen=True)
class Broken:
    """A clause that was broken, and by whom: violations per person, most first; nobody by name is the empty name."""

    clause: ClauseScore
    by: tuple[tuple[Score, int], ...]


@dataclass(frozen=True)
class Summary:
    """The numbers of an audit: no report computes one of its own.

    `managers`: those of role manager, most violations first, after them those of whom too few duties were judged to
    compare them; `roles`: the other roles, apart; `clauses`: those that were checked, in the regulations' order;
    `incidents`: acts and omissions that broke something, one where one act broke several clauses; `suspected`: what was
    met by something odd; `at_stake`: the amounts of all open deals with violations, each once, None where none is
    known; `scope`, `extent`: what was asked, and what the exports hold; `lost`: rows that were not read; `refused`:
    inputs of which nothing was read; `grave`: other grave problems, of many alike one.
    """

    managers: tuple[Score, ...]
    roles: tuple[Score, ...]
    clauses: tuple[ClauseScore, ...]
    coverage: Mapping[Status, tuple[Coverage, ...]]
    incidents: int
    suspected: tuple[Suspected, ...]
    at_stake: float | None
    scope: Scope
    extent: Extent
    lost: int
    refused: int
    grave: int

    @cached_property
    def totals(self) -> Score:
        """All managers together, under no name."""
        return _together(self.managers)

    @cached_property
    def counts(self) -> Counts:
        """The headline: everybody's duties, of all roles. `violated`, `compliance`, `pending` and `unknown` are its."""
        return added(clause.counts for clause in self.clauses)

    @cached_property
    def violated(self) -> Mapping[str, int]:
        """Violations by severity, of all roles."""
        return {level.value: violated_at(self.clauses, level) for level in Severity}

    @property
    def judged(self) -> bool:
        """Whether any duty got a verdict: one that is only unknown has none."""
        return bool(self.counts.judged + self.counts.pending + self.counts.waived)

    @cached_property
    def departments(self) -> tuple[Score, ...]:
        """The managers of each department together, most violations first; empty where there are not several."""
        names = sorted({score.department for score in self.managers})
        scores = [_together([each for each in self.managers if each.department == name], name) for name in names]
        return tuple(sorted(scores, key=_most_violations)) if len(names) > 1 else ()

    @cached_property
    def broken(self) -> tuple[Broken, ...]:
        """The clauses that were broken, most often first, the graver first of equals."""
        broken = [clause for clause in self.clauses if clause.counts.violated]
        ordered = sorted(broken, key=lambda clause: (-clause.counts.violated, GRADES.index(clause.severity)))
        return tuple(Broken(clause, tuple(self._who_broke(clause.clause))) for clause in ordered)

    def _who_broke(self, code: str) -> list[tuple[Score, int]]:
        times = [(score, score.violations.get(code, 0)) for score in (*self.managers, *self.roles)]
        return sorted((each for each in times if each[1]), key=lambda each: -each[1])

    @cached_property
    def heat(self) -> tuple[tuple[Score, tuple[int, ...]], ...]:
        """The heat map: per manager his violations of each clause, in the order of `broken`."""
        codes = [broken.clause.clause for broken in self.broken]
        return tuple((score, tuple(score.violations.get(code, 0) for code in codes)) for score in self.managers)

    @property
    def is_whole(self) -> bool:
        """Whether every file and row was read, every clause could be checked, and no grave problem stands."""
        return not (self.lost or self.refused or self.grave or self.coverage[Status.NOT_CHECKED])


def summary_of(audit: Audit) -> Summary:
    """The numbers of this audit."""
    lines = _lines(audit)
    broken = _open_and_broken(audit)
    scores = _persons(lines, _due_today(audit), _at_stake(broken, KEYS))
    violated = audit.duties["verdict"] == "violated"
    return Summary(
        managers=tuple(score for score in scores if score.role == Role.MANAGER),
        roles=tuple(score for score in scores if score.role != Role.MANAGER),
        clauses=tuple(_clauses(audit, lines, _at_stake(broken, ["clause"]))),
        coverage={status: tuple(c for c in audit.coverage if c.status == status) for status in Status},
        incidents=audit.duties.loc[violated, "incident"].nunique(),
        suspected=audit.suspected,
        at_stake=float(broken.drop_duplicates(DEAL)["at_stake"].sum()) if len(broken) else None,
        scope=audit.scope,
        extent=audit.extent,
        lost=sum(source.rejected for source in audit.inputs),
        refused=sum(problem.refused for problem in audit.problems),
        grave=len({each.alike for each in audit.problems if _is_grave(each)}),
    )


def _is_grave(problem: Problem) -> bool:
    """Rows that were left out are counted as such."""
    return problem.gravity is Gravity.GRAVE and problem.kind is not Trouble.ROW


def first_to_see(audit: Audit) -> pd.DataFrame:
    """Violations of `Audit.duties`, the gravest first: of them what is still not done, then the latest. An act that
    broke several clauses stands once."""
    broken = audit.duties[audit.duties["verdict"] == "violated"]
    keys = {"grade": broken["severity"].map(GRADES.index), "done": broken["how"] != "missed"}
    ordered = broken.assign(**keys).sort_values(["grade", "done", "due"], ascending=[True, True, False], kind="stable")
    return ordered.drop_duplicates("incident")[audit.duties.columns]


def ahead_of(audit: Audit) -> pd.DataFrame:
    """The pending duties of `Audit.duties`, soonest first."""
    owed = audit.duties[audit.duties["verdict"] == "pending"]
    return owed.sort_values(["due", "deal", "clause"], kind="stable")


def violations_by_day(audit: Audit) -> pd.DataFrame:
    """Violations by the day on which they fell due, at the latest that of the audit: a row per day that has some, a
    column per severity, high first."""
    broken = audit.duties[audit.duties["verdict"] == "violated"]
    due, as_of = broken["due"].fillna(broken["arose"]), pd.Timestamp(audit.as_of)
    return pd.crosstab(due.mask(due > as_of, as_of).dt.normalize(), broken["severity"]).reindex(
        columns=GRADES, fill_value=0
    )


def _together(scores: Sequence[Score], department: str = "") -> Score:
    clauses = tuple(clause for score in scores for clause in score.clauses)
    return Score("", department, Role.MANAGER, clauses, sum(score.pending_today for score in scores))


Line = tuple[Person, ClauseScore]


def _lines(audit: Audit) -> list[Line]:
    """What each person did of each clause, in the regulations' order."""
    texts = texts_of(audit)
    order = {code: place for place, code in enumerate(texts)}
    names = audit.scores[KEYS].astype(object).fillna("").itertuples(index=False, name=None)
    rows = audit.scores[["clause", "severity", *COUNTS]].itertuples(index=False, name=None)
    lines = [
        ((str(manager), str(department), str(role)), ClauseScore(code, texts[code], str(severity), _counts(numbers)))
        for (manager, department, role), (code, severity, *numbers) in zip(names, rows, strict=True)
    ]
    return sorted(lines, key=lambda line: order[line[1].clause])


def texts_of(audit: Audit) -> dict[str, str]:
    """Each clause's sentence by its code, in the regulations' order."""
    return {clause.code: clause_text(clause.code, clause.text) for clause in _listed(audit)}


def _listed(audit: Audit) -> Iterable[Clause]:
    return (clause for regulation in audit.regulations for clause in regulation.clauses)


def _counts(numbers: Iterable[int]) -> Counts:
    return Counts(*map(int, numbers))


def _open_and_broken(audit: Audit) -> pd.DataFrame:
    """Violations in open deals of a known amount, one of each person, clause and deal."""
    duties = audit.duties
    broken = duties[(duties["verdict"] == "violated") & duties["at_stake"].notna()]
    found = broken[[*KEYS, "clause", *DEAL]].astype(object).fillna("").assign(at_stake=broken["at_stake"])
    return found.drop_duplicates([*KEYS, "clause", *DEAL])


def _at_stake(broken: pd.DataFrame, keys: list[str]) -> dict[tuple[str, ...], float]:
    """By these keys the sum of the deals, each once."""
    sums = broken.drop_duplicates([*keys, *DEAL]).groupby(keys)["at_stake"].sum()
    return {(key if isinstance(key, tuple) else (key,)): float(amount) for key, amount in sums.items()}


def _persons(lines: list[Line], today: Mapping[Person, int], at_stake: Mapping[tuple[str, ...], float]) -> list[Score]:
    """Role by role, in the order in which they are ranked."""
    found: dict[Person, list[ClauseScore]] = defaultdict(list)
    for person, score in lines:
        found[person].append(score)
    scores = [
        Score(*person, _gravest_first(clauses), today.get(person, 0), at_stake.get(person))
        for person, clauses in found.items()
    ]
    return sorted(scores, key=lambda score: (score.role, *_most_violations(score)))


def _most_violations(score: Score) -> tuple[bool, int, str, str]:
    """By this a list is sorted, most violations first: those who cannot be compared come last."""
    return score.counts.rate is None, -score.counts.violated, score.manager, score.department


def _gravest_first(clauses: Iterable[ClauseScore]) -> tuple[ClauseScore, ...]:
    return tuple(sorted(clauses, key=lambda clause: GRADES.index(clause.severity)))


def _due_today(audit: Audit) -> Mapping[Person, int]:
    """Pending duties due on the day of the audit."""
    duties = audit.duties
    today = pd.to_datetime(duties["due"]).dt.normalize() == pd.Timestamp(audit.as_of).normalize()
    owed = duties.loc[(duties["verdict"] == "pending") & today, KEYS].astype(object).fillna("")
    return Counter((str(m), str(d), str(r)) for m, d, r in owed.itertuples(index=False, name=None))


def _clauses(audit: Audit, lines: list[Line], at_stake: Mapping[tuple[str, ...], float]) -> Iterable[ClauseScore]:
    """Every clause that was checked or has a duty, of everybody."""
    found: dict[str, list[ClauseScore]] = defaultdict(list)
    for _person, score in lines:
        found[score.clause].append(score)
    checked = {coverage.clause for coverage in audit.coverage if coverage.status == Status.CHECKED}
    for clause in _listed(audit):
        if scores := found.get(clause.code):
            counts = added(score.counts for score in scores)
            yield replace(scores[0], counts=counts, at_stake=at_stake.get((clause.code,)))
        elif clause.code in checked:
            yield ClauseScore(clause.code, clause_text(clause.code, clause.text), clause.severity.value, Counts())


def reason(coverage: Coverage) -> str:
    """Why a clause could not be checked; what it needs, where nothing else is said."""
    return coverage.why or _("needs {what}").format(what=", ".join(coverage.needs))


def lacks(coverages: Iterable[Coverage]) -> list[tuple[str, int]]:
    """What the exports lack, and how many clauses need it, most first; a clause that lacks nothing says why itself."""
    counted = Counter(capital(lack) for coverage in coverages for lack in coverage.missing or (reason(coverage),))
    return counted.most_common()
