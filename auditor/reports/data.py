"""What was read and what could not be checked: the last thing that a reader asks, and the ground of all the others."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from auditor.audit.result import Audit, Coverage, Status
from auditor.i18n import _, ngettext
from auditor.inputs.quality import Gravity
from auditor.inputs.tables import Problem, Source
from auditor.reports import words
from auditor.reports.amounts import decimal, value
from auditor.reports.console import heading, joined, lines, pairs, safe_text
from auditor.reports.pipelines import pipelines
from auditor.reports.summary import Summary, lacks, reason
from auditor.reports.view import View
from auditor.spelling import capital
from auditor.terms import stream_words

FEW = 3
MANY_LACKS = 6
MANY_FILES = 12
FEW_ROWS = 5
"""Rows that a problem of many names, besides the first."""
GRAVITIES = list(Gravity)


def data(audit: Audit, summary: Summary, view: View) -> Iterator[RenderableType]:
    """What a reader must know of the data before he believes the numbers."""
    yield heading(_("The data").upper())
    yield pairs(
        (
            (_("Regulation"), safe_text(audit.chosen_because)),
            (_("Pipelines"), pipelines(audit)),
            (_("Files"), _files(audit.inputs, view)),
            (_("Data problems"), _problems(audit, view)),
            (_("Missing data"), _not_checked(summary.coverage[Status.NOT_CHECKED], view)),
            (_("Not used"), _not_used(audit)),
            (_("Checked in part"), _in_part([c for c in summary.coverage[Status.CHECKED] if c.why], view)),
            (_("Changed numbers"), _parameters(audit)),
        )
    )


def _files(inputs: tuple[Source, ...], view: View) -> Text:
    listed = [_source(source) for source in view.first(inputs, MANY_FILES)]
    more = len(inputs) - len(listed)
    rest = ngettext("… and {n} more sheet", "… and {n} more sheets", more).format(n=decimal(more)) if more > 0 else ""
    return lines([*listed, safe_text(rest, "dim")]) if inputs else safe_text(_("none"))


def _source(source: Source) -> Text:
    name = safe_text(source.file if source.sheet is None else f"{source.file} › {source.sheet}")
    rows = ngettext("{n} row", "{n} rows", source.rows).format(n=decimal(source.rows))
    refused = ngettext("{n} row not read", "{n} rows not read", source.rejected)
    lost = refused.format(n=decimal(source.rejected)) if source.rejected else ""
    return joined([name, safe_text(words.table(source.table)), safe_text(rows), safe_text(lost, "yellow")])


def _problems(audit: Audit, view: View) -> Text:
    count = len(audit.problems)
    if not count:
        return Text()
    first = [safe_text(f"{decimal(count)}:" if count > FEW else "", "yellow")]
    first_few = view.first(gravest_first(audit.problems), FEW)
    shown = [safe_text(str(problem), "red" if problem.refused else "yellow") for problem in first_few]
    rest = _("… all of them: auditor inspect FILES") if count > len(first_few) else ""
    return lines([*first, *shown, safe_text(rest, "dim")])


def gravest_first(problems: Iterable[Problem]) -> list[Problem]:
    """The gravest first, of equals what concerns more than a row; those that are alike are one, with the others' number
    and first rows."""
    groups: dict[Hashable, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(problem.alike, []).append(problem)
    told = map(_together, groups.values())
    return sorted(told, key=lambda problem: (GRAVITIES.index(problem.gravity), problem.place.row is not None))


def _together(alike: Sequence[Problem]) -> Problem:
    """The first of these, which tells of the others as well."""
    first, *others = alike
    count = sum(problem.more or 1 for problem in others)
    if not count:
        return first
    rows = ", ".join(str(problem.place.row) for problem in others[:FEW_ROWS] if not problem.more)
    shown = f"{rows} …" if count > FEW_ROWS else rows
    more = ngettext("and {n} more row like it: {rows}", "and {n} more rows like it: {rows}", count)
    return replace(first, what=f"{first.what}; {more.format(n=decimal(count), rows=shown)}", more=count)


def _not_checked(coverages: Iterable[Coverage], view: View) -> Text:
    """What is missing most, with the number of clauses that need it."""
    counted = lacks(coverages)
    shown = [_lacking(what, clauses) for what, clauses in view.first(counted, MANY_LACKS)]
    rest = _("… all of it: auditor inspect FILES") if len(counted) > len(shown) else ""
    return lines([*shown, safe_text(rest, "dim")])


def _lacking(what: str, clauses: int) -> Text:
    number = ngettext("{n} clause", "{n} clauses", clauses).format(n=decimal(clauses))
    return safe_text(f"{what} — {number}", most=400)


def _not_used(audit: Audit) -> Text:
    if not audit.unused:
        return Text()
    text = _('{streams}: not one in the whole export; if there are some, say [streams] {name} = "missing"')
    return safe_text(text.format(streams=", ".join(map(stream_words, audit.unused)), name=audit.unused[0]), most=400)


def _in_part(coverages: Iterable[Coverage], view: View) -> Text:
    """The first few reasons why clauses were checked in part only."""
    reasons = list(by_reason(coverages))
    shown = view.first(reasons, FEW)
    rest = _("… all of it: auditor inspect FILES") if len(reasons) > len(shown) else ""
    return lines([*shown, safe_text(rest, "dim")])


def by_reason(coverages: Iterable[Coverage]) -> Iterator[Text]:
    """Why, and which clauses, a line per reason."""
    for why, same in groupby(sorted(coverages, key=reason), key=reason):
        yield safe_text(f"{capital(why)}: {', '.join(coverage.clause for coverage in same)}", most=400)


def _parameters(audit: Audit) -> Text:
    changed = _("{name} = {value} (by default {default})")
    return lines(
        safe_text(changed.format(name=f"{p.clause}.{p.parameter}", value=value(p.value), default=value(p.default)))
        for p in audit.parameters
    )
