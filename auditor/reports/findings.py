"""Per manager the violations, grouped by clause; long lists are cut, and say so."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.text import Text

from auditor.audit.result import Audit
from auditor.i18n import _, ngettext
from auditor.reports import words
from auditor.reports.amounts import day, decimal, lapse, moment, percent
from auditor.reports.console import STYLES, Indented, heading, joined, safe_text
from auditor.reports.counts import ClauseScore, Counts, Person, Score
from auditor.reports.places import places
from auditor.reports.rows import Row, shown_rows
from auditor.reports.scoreboard import named_role
from auditor.reports.summary import KEYS, Summary
from auditor.spelling import capital
from auditor.terms import Role

SHOWN = 5
"""Violations of one clause by one person that are shown."""
LONG = 500

Rows = Mapping[tuple[Person, str], list[Row]]


def findings(audit: Audit, summary: Summary) -> Iterator[RenderableType]:
    """Every person with violations, in the order of the tables."""
    rows, acts = _shown(audit), Acts(audit)
    for score in (*summary.managers, *summary.roles):
        clauses = [clause for clause in score.clauses if clause.counts.violated or clause.counts.waived]
        if clauses:
            yield _title(score)
        for clause in clauses:
            yield from _clause(clause, rows.get((score.person, clause.clause), []), acts)


class Acts:
    """Acts that broke several clauses: each is told once, where the report first comes to it."""

    def __init__(self, audit: Audit) -> None:
        broken = audit.duties[audit.duties["verdict"] == "violated"]
        several = broken[broken["incident"].duplicated(keep=False)]
        self._codes = {act: tuple(dict.fromkeys(codes)) for act, codes in several.groupby("incident")["clause"]}
        self._told_under: dict[str, str] = {}

    def told_under(self, row: Row) -> str:
        """The clause under which the row's act has been told already; empty where it is told now."""
        first = self._told_under.setdefault(row.incident, row.clause)
        return "" if first == row.clause else first

    def others(self, row: Row) -> tuple[str, ...]:
        """The other clauses that the row's act broke."""
        return tuple(code for code in self._codes.get(row.incident, ()) if code != row.clause)


def _shown(audit: Audit) -> Rows:
    """The first few violations of each person and clause, waived ones last."""
    broken = audit.duties[audit.duties["verdict"].isin(["violated", "waived"])]
    ordered = broken.sort_values("verdict", key=lambda verdict: verdict == "waived", kind="stable")
    found: dict[tuple[Person, str], list[Row]] = defaultdict(list)
    for row in shown_rows(audit.tell(ordered.groupby([*KEYS, "clause"], observed=True, dropna=False).head(SHOWN))):
        found[((row.manager, row.department, row.role), row.clause)].append(row)
    return found


def _title(score: Score) -> Text:
    name = (score.manager or capital(_("nobody by name"))) if score.role == Role.MANAGER else named_role(score)
    kept = _("kept {share}").format(share=percent(score.counts.compliance))
    return joined([heading(name), *_counted(score.counts), safe_text(kept)])


def _counted(counts: Counts) -> list[Text]:
    violated = ngettext("{n} violation", "{n} violations", counts.violated).format(n=decimal(counts.violated))
    waived = ngettext("{n} waived", "{n} waived", counts.waived).format(n=decimal(counts.waived))
    return [safe_text(violated) if counts.violated else Text(), safe_text(waived, "green") if counts.waived else Text()]


def _clause(score: ClauseScore, rows: list[Row], acts: Acts) -> Iterator[RenderableType]:
    yield Text()
    level = _("severity {level}").format(level=words.severity(score.severity))
    grade = safe_text(level, STYLES[score.severity])
    yield Indented(joined([safe_text(score.clause, "bold"), grade, *_counted(score.counts)]), 2)
    yield Indented(safe_text(score.text, most=LONG), 2)
    for row in rows:
        above = acts.told_under(row)
        yield from _above(row, above) if above else _violation(row, acts.others(row))
    more = score.counts.violated + score.counts.waived - len(rows)
    if more > 0:
        yield Indented(safe_text(_rest(more), "dim"), 4)


def _rest(more: int) -> str:
    rest = ngettext("… and {n} more.", "… and {n} more.", more).format(n=decimal(more))
    return " ".join((rest, _("The whole list: --output report.csv")))


def _above(row: Row, clause: str) -> Iterator[RenderableType]:
    told = safe_text(_("told above, under {clause}").format(clause=clause), "dim")
    yield Indented(joined([safe_text(words.record(row.entity, row.deal), "bold"), told]), 4)


def _violation(row: Row, others: tuple[str, ...]) -> Iterator[RenderableType]:
    yield Indented(
        joined(
            [
                safe_text(words.record(row.entity, row.deal), "bold"),
                safe_text(row.title, most=80),
                safe_text(row.link, "dim"),
            ]
        ),
        4,
    )
    yield Indented(joined([safe_text(_waived(row), "green", LONG), safe_text(lapse(row)), safe_text(_when(row))]), 6)
    for remark in (
        safe_text(row.why, most=LONG),
        safe_text(_("the same breaks {clauses}").format(clauses=", ".join(others)) if others else "", "bold"),
        safe_text(_suspect(row), "magenta", LONG),
        safe_text(_seen(row), "dim", LONG),
    ):
        if remark.plain:
            yield Indented(remark, 6)


def _when(row: Row) -> str:
    """When it was due, of a forbidden thing when it was done; nothing where it was judged at once."""
    if row.due is None or (row.due == row.arose and row.how != "forbidden"):
        return ""
    return moment(row.due) if row.how == "forbidden" else _("due {moment}").format(moment=moment(row.due))


def _seen(row: Row) -> str:
    return _("seen in: {places}").format(places=places(row.evidence)) if row.evidence else ""


def _suspect(row: Row) -> str:
    return _("suspicious: {why}").format(why="; ".join(map(words.suspect, row.suspect))) if row.suspect else ""


def _waived(row: Row) -> str:
    if row.waiver is None:
        return ""
    form = _("waived by {who} until {day}: {reason}")
    return form.format(who=row.waiver.approved_by, day=day(row.waiver.until), reason=row.waiver.reason)
