"""The head of a report: by which regulation, as of when, over what, and the figures that are asked for first."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from auditor.audit.result import Audit, Extent, Scope, Status
from auditor.i18n import _, clause_text, ngettext
from auditor.reports import words
from auditor.reports.amounts import days, deals_and_leads, decimal, moment, percent, period, violations
from auditor.reports.console import heading, joined, lines, safe_text
from auditor.reports.counts import Counts
from auditor.reports.summary import Summary

LONG = 400


def header(audit: Audit, summary: Summary) -> Iterator[Text]:
    """What was judged, by what and as of when; checks that crashed."""
    yield lines([heading(_titles(audit)), _when(audit), narrowed(summary.scope), _checked(summary)])
    for crash in audit.crashes:
        what = _("The check of {clause} failed, so nothing is known of it; the other clauses are reported. {error}")
        yield safe_text(what.format(clause=crash.clause, error=crash.error), "bold red", most=LONG)


def _titles(audit: Audit) -> str:
    titles = "; ".join(f"{each.code} · {clause_text(each.code, each.title)}" for each in audit.regulations)
    return _("Audit by the regulation {titles}").format(titles=titles) if titles else _("Audit of sales regulations")


def _when(audit: Audit) -> Text:
    at = _("as of {moment} ({zone})").format(moment=moment(audit.as_of), zone=audit.timezone) if audit.inputs else ""
    return joined([safe_text(at), *_extent(audit.extent)])


def _extent(extent: Extent) -> Iterator[Text]:
    """How much was read."""
    yield safe_text(deals_and_leads(extent.deals, extent.leads))
    if extent.first and extent.last:
        yield safe_text(_("records of {days}").format(days=days(extent.first, extent.last)))


def narrowed(scope: Scope) -> Text:
    """Everything that narrows the report; the period always."""
    yellow = "yellow" if scope != Scope(config=scope.config) else ""
    return joined([safe_text(part, yellow, LONG) for part in narrowing(scope)])


def narrowing(scope: Scope) -> Iterator[str]:
    yield _("period: {days}").format(days=period(scope) or _("all"))
    if scope.managers:
        yield _("only {names}").format(names=", ".join(scope.managers))
    if scope.departments:
        yield _("only the department {names}").format(names=", ".join(scope.departments))
    if scope.severity:
        yield _("severity from {level} on").format(level=words.severity(scope.severity))
    if scope.select:
        yield _("only clauses {codes}").format(codes=", ".join(scope.select))
    if scope.ignore:
        yield _("without clauses {codes}").format(codes=", ".join(scope.ignore))
    if scope.strict:
        yield _("strict: what is suspicious does not count")
    if scope.config:
        yield _("settings: {file}").format(file=scope.config)


def _checked(summary: Summary) -> Text:
    checked, not_checked, by_hand = (len(summary.coverage[status]) for status in Status)
    less = ngettext("{n} not checked", "{n} not checked", not_checked).format(n=decimal(not_checked))
    return joined(
        [
            safe_text(ngettext("{n} clause checked", "{n} clauses checked", checked).format(n=decimal(checked))),
            safe_text(less if not_checked else "", "yellow"),
            safe_text(_("{n} to be checked by hand").format(n=decimal(by_hand)) if by_hand else ""),
        ]
    )


def headline(summary: Summary) -> Table:
    """Violations and their share, what lies ahead, and whether the data is whole."""
    counts, violated = summary.counts, sum(summary.violated.values())
    table = Table.grid(padding=(0, 4, 0, 0))
    table.add_row(
        joined([safe_text(violations(violated), "bold red" if violated else "bold green"), safe_text(high(summary))]),
        safe_text(kept(counts), "bold"),
    )
    table.add_row(
        joined(
            [
                safe_text(_("{n} ahead").format(n=decimal(counts.pending))),
                safe_text(_("{n} unknown").format(n=decimal(counts.unknown))),
                safe_text(_("{n} waived").format(n=decimal(counts.waived)) if counts.waived else "", "green"),
            ]
        ),
        whole(summary),
    )
    if summary.at_stake is not None:
        table.add_row(safe_text(_("open deals with violations are worth {sum}").format(sum=decimal(summary.at_stake))))
    return table


def high(summary: Summary) -> str:
    """How many violations are of high severity."""
    number = summary.violated["high"]
    return ngettext("{n} of high severity", "{n} of high severity", number).format(n=decimal(number))


def kept(counts: Counts) -> str:
    """«соблюдено 98,9 % (845 из 854)», before waivers as well where there are some."""
    if counts.compliance is None:
        return _("nothing judged")
    of = _("{n} of {limit}").format(n=decimal(counts.met), limit=decimal(counts.judged))
    share = _("kept {share} ({of})").format(share=percent(counts.compliance), of=of)
    before = _("{share} before waivers").format(share=percent(counts.compliance_before_waivers))
    return f"{share}, {before}" if counts.waived else share


def whole(summary: Summary) -> Text:
    """Whether everything could be read and checked, else what is missing."""
    if summary.is_whole:
        return safe_text(_("data complete"))
    not_checked = len(summary.coverage[Status.NOT_CHECKED])
    gaps = (
        (summary.refused, ngettext("{n} input not read", "{n} inputs not read", summary.refused)),
        (summary.lost, ngettext("{n} row not read", "{n} rows not read", summary.lost)),
        (not_checked, ngettext("{n} clause not checked", "{n} clauses not checked", not_checked)),
        (summary.grave, ngettext("{n} grave data problem", "{n} grave data problems", summary.grave)),
    )
    missing = ", ".join(form.format(n=decimal(number)) for number, form in gaps if number)
    return safe_text(_("data incomplete: {missing}").format(missing=missing), "yellow")
