"""Nothing judged is no success: which of its reasons it is, and what to do."""

from collections.abc import Iterator

from auditor.audit.result import Audit, Status
from auditor.i18n import _, ngettext, quoted
from auditor.reports.amounts import day, decimal, moment, period
from auditor.reports.summary import Summary, lacks

FEW = 3


def nothing(audit: Audit, summary: Summary) -> tuple[str, ...]:
    """Two lines, why no duty got a verdict and what to do; none where one did."""
    if summary.judged:
        return ()
    return told(*next(_reasons(audit, summary)))


def told(why: str, advice: str) -> tuple[str, str]:
    return _("Nothing to judge: {why}").format(why=why), f"→ {advice}"


def _reasons(audit: Audit, summary: Summary) -> Iterator[tuple[str, str]]:
    """All that apply, the most telling first; the last always does."""
    checked, not_checked = summary.coverage[Status.CHECKED], summary.coverage[Status.NOT_CHECKED]
    if not checked and not not_checked:
        yield (
            _("no clause is left to check by."),
            _("loosen --select, --ignore, --severity or [clauses] enabled = false."),
        )
    yield from before_the_data(audit)
    if audit.pipelines and not any(found.judged for found in audit.pipelines):
        names = ", ".join(quoted(found.name) for found in audit.pipelines[:FEW])
        yield (
            _("no deal is in a pipeline of the regulation; the data names {names}.").format(names=names),
            _("name your pipeline under [pipelines] of auditor.toml, or another regulation by --regulation."),
        )
    yield from _refused(audit)
    yield from _outside_the_period(summary)
    if names := ", ".join((*summary.scope.managers, *summary.scope.departments)):
        yield _("not one duty fell to {names}.").format(names=names), _("leave out --manager and --department.")
    if not checked:
        lacking = ", ".join(what for what, _clauses in lacks(not_checked)[:FEW])
        yield (
            _("the exports lack what every clause needs: {lacking}.").format(lacking=lacking),
            _("auditor inspect FILES says what to export, and from where."),
        )
    if unknown := summary.counts.unknown:
        form = ngettext("{n} duty arose, and is unknown.", "{n} duties arose, and all are unknown.", unknown)
        yield form.format(n=decimal(unknown)), _("see why with --all-duties, and what is missing with auditor inspect.")
    yield (
        _("no deal came to a point at which a clause asks for anything."),
        _("see with auditor inspect FILES whether these are the right deals and stages."),
    )


def before_the_data(audit: Audit) -> Iterator[tuple[str, str]]:
    """Where as-of lies before the export's first day."""
    first = audit.extent.first
    if first and audit.as_of.date() < first:
        why = _("as of {moment} there is no data yet, the export begins on {first}.")
        yield (
            why.format(moment=moment(audit.as_of), first=day(first)),
            _("leave out --as-of, or name a day from {first} on.").format(first=day(first)),
        )


def _refused(audit: Audit) -> Iterator[tuple[str, str]]:
    if refused := [problem for problem in audit.problems if problem.refused]:
        named = "; ".join(map(str, refused[:FEW]))
        yield _("not read: {problems}.").format(problems=named), _("mend what is named, and check again.")


def _outside_the_period(summary: Summary) -> Iterator[tuple[str, str]]:
    scope, extent, days = summary.scope, summary.extent, period(summary.scope)
    if not days or not extent.first or not extent.last:
        return
    if scope.since and scope.since > extent.last:
        why = _("in that time ({days}) there are no records, the export ends on {last}.").format(
            days=days, last=day(extent.last)
        )
        yield why, _("export the CRM anew, or say --as-of {last}.").format(last=day(extent.last))
    elif scope.until and scope.until < extent.first:
        why = _("in that time ({days}) there are no records, the export begins on {first}.")
        yield why.format(days=days, first=day(extent.first)), _("export these days, or choose a later period.")
    else:
        yield (
            _("in that time ({days}) no duty fell due.").format(days=days),
            _("choose a longer period: --since, --until."),
        )
