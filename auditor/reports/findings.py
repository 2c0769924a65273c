"""Per manager what was broken, the gravest first; long lists are cut, and say so."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator

import pandas as pd
from rich.console import RenderableType
from rich.text import Text

from auditor.audit.result import Audit
from auditor.i18n import _, ngettext
from auditor.reports import words
from auditor.reports.amounts import day, decimal, lapse, moment, violations
from auditor.reports.console import Indented, heading, joined, lines, mark, marked, safe_text
from auditor.reports.counts import Counts, Person, Score
from auditor.reports.header import kept
from auditor.reports.places import places
from auditor.reports.rows import Row, shown_rows
from auditor.reports.scoreboard import named
from auditor.reports.summary import KEYS, Summary
from auditor.reports.view import View
from auditor.spelling import capital

SHOWN = 5
"""Duties of one clause, person and verdict that are shown."""
LONG = 500
VERDICTS = ("violated", "waived", "unknown", "met")
"""In this order; the latter two only where they were asked for. What is pending lies ahead, and stands there."""


def findings(audit: Audit, summary: Summary, view: View) -> Iterator[RenderableType]:
    """Every person with violations, in the order of the tables."""
    duties = audit.duties[audit.duties["verdict"].isin(VERDICTS)]
    texts = {clause.clause: clause.text for clause in summary.clauses}
    rows, sizes, telling = _first(audit, duties, view), _numbers(duties), Telling(audit, Acts(duties, texts))
    for score in (*summary.managers, *summary.roles):
        if theirs := rows.get(score.person):
            yield _title(score)
            for clause in _broken_first(score, theirs):
                yield from telling.of_clause(theirs[clause], texts[clause])
                yield from _rest(sizes[score.person, clause] - len(theirs[clause]), clause)


def _broken_first(score: Score, clauses: Collection[str]) -> list[str]:
    """The gravest first, after those that were broken the others that were asked for."""
    listed = [clause for clause in score.clauses if clause.clause in clauses]
    return [clause.clause for clause in sorted(listed, key=lambda clause: not clause.counts.violated)]


class Acts:
    """Acts that broke several clauses: each is told once to a person, with the other clauses beside it."""

    def __init__(self, duties: pd.DataFrame, texts: dict[str, str]) -> None:
        broken = duties[duties["verdict"] == "violated"]
        several = broken[broken["incident"].duplicated(keep=False)]
        self._codes = {act: tuple(dict.fromkeys(codes)) for act, codes in several.groupby("incident")["clause"]}
        self._texts = texts
        self._told_under: dict[tuple[Person, str], str] = {}

    def is_told(self, row: Row) -> bool:
        """Whether it was told under another clause already; else it is told now."""
        act = ((row.manager, row.department, row.role), row.incident)
        return self._told_under.setdefault(act, row.clause) != row.clause

    def others(self, row: Row) -> Iterator[str]:
        """What else the row's act broke."""
        for code in self._codes.get(row.incident, ()):
            if code != row.clause:
                yield _("this breaks {clause} as well: {text}").format(clause=code, text=self._texts.get(code, ""))


def _first(audit: Audit, duties: pd.DataFrame, view: View) -> dict[Person, dict[str, list[Row]]]:
    """The first few duties of each person, clause and verdict, by person and clause."""
    ordered = duties.sort_values("verdict", key=lambda verdict: verdict.map(VERDICTS.index), kind="stable")
    keys = [*KEYS, "clause", "verdict"]
    shown = ordered if view.full else ordered.groupby(keys, observed=True, dropna=False).head(SHOWN)
    found: dict[Person, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in shown_rows(audit.tell(shown)):
        found[row.manager, row.department, row.role][row.clause].append(row)
    return found


def _numbers(duties: pd.DataFrame) -> Counter[tuple[Person, str]]:
    """How many duties each person has of each clause."""
    keys = duties[[*KEYS, "clause"]].astype(object).fillna("").itertuples(index=False, name=None)
    return Counter(((str(m), str(d), str(r)), str(clause)) for m, d, r, clause in keys)


def _title(score: Score) -> Text:
    title = heading(f"{capital(named(score)).upper()} — {violations(score.counts.violated)}")
    waived = ngettext("{n} waived", "{n} waived", score.counts.waived).format(n=decimal(score.counts.waived))
    return joined([title, safe_text(waived if score.counts.waived else "", "green"), safe_text(_kept(score.counts))])


def _kept(counts: Counts) -> str:
    """The share that was kept, of few duties only their numbers."""
    if counts.rate is None and not counts.waived:
        return _("kept {met} of {judged}").format(met=decimal(counts.met), judged=decimal(counts.judged))
    return kept(counts)


def _rest(more: int, clause: str) -> Iterator[RenderableType]:
    if more > 0:
        rest = ngettext("… and {n} more of {clause}.", "… and {n} more of {clause}.", more)
        whole = _("The whole list: --output report.csv")
        yield Indented(safe_text(f"{rest.format(n=decimal(more), clause=clause)} {whole}", "dim"), 3)


class Telling:
    """How the duties of one audit are told."""

    def __init__(self, audit: Audit, acts: Acts) -> None:
        self._acts, self._hours = acts, audit.hours_a_day
        self._one_file = len({source.file for source in audit.inputs}) == 1

    def of_clause(self, rows: list[Row], text: str) -> Iterator[RenderableType]:
        """Each with its facts; the clause's sentence stands once, under the first."""
        for row in rows:
            if not self._acts.is_told(row):
                yield marked(mark(row.severity if row.verdict == "violated" else ""), self._which(row))
                yield Indented(lines(self._facts(row, text)), 5)
                text = ""

    def _which(self, row: Row) -> Text:
        """The deal, when, by how much, and the clause."""
        judged = row.verdict in ("violated", "waived")
        return joined(
            [
                safe_text(words.record(row.entity, row.deal), "bold"),
                safe_text(row.title, most=80),
                safe_text(when(row)),
                safe_text(lapse(row, self._hours) if judged else words.verdict(row.verdict)),
                safe_text(row.clause, "bold"),
            ]
        )

    def _facts(self, row: Row, text: str) -> Iterator[Text]:
        yield safe_text(_("rule: {text}").format(text=text) if text else "", "italic", LONG)
        yield safe_text(row.why, most=LONG)
        for other in self._acts.others(row):
            yield safe_text(other, "bold", LONG)
        yield safe_text(suspicion(row), "magenta", LONG)
        yield safe_text(excuse(row), "green", LONG)
        seen = places(row.evidence, one_file=self._one_file)
        yield joined([safe_text(seen, "dim", LONG), safe_text(row.link, "dim")])


def when(row: Row) -> str:
    """When it was due; of what was judged at once, when that was."""
    at = row.due or row.arose
    if at is None:
        return ""
    return moment(at) if row.due in (None, row.arose) else _("due {moment}").format(moment=moment(at))


def suspicion(row: Row) -> str:
    return _("suspicious: {why}").format(why="; ".join(map(words.suspect, row.suspect))) if row.suspect else ""


def excuse(row: Row) -> str:
    if row.waiver is None:
        return ""
    form = _("waived by {who} until {day}: {reason}")
    return form.format(who=row.waiver.approved_by, day=day(row.waiver.until), reason=row.waiver.reason)
