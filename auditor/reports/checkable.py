"""Which clauses this data can check, and what is missing for the others."""

from collections.abc import Iterator
from itertools import groupby

from rich.console import RenderableType

from auditor.audit.result import Audit, Coverage, Status
from auditor.i18n import _, clause_text, ngettext
from auditor.reports.amounts import decimal
from auditor.reports.console import Indented, heading, joined, pairs, safe_text
from auditor.reports.data import by_reason
from auditor.reports.summary import Summary, reason
from auditor.spelling import capital

LONG = 4000


def checkable(audit: Audit, summary: Summary) -> Iterator[RenderableType]:
    """The codes that can be checked; for the others what is missing, clause by clause, and how to export it."""
    yield heading(_("What this data can check"))
    yield safe_text(audit.chosen_because, "dim")
    yield safe_text(_codes(summary.coverage[Status.CHECKED]), most=LONG)
    if by_hand := len(summary.coverage[Status.BY_HAND]):
        form = ngettext("{n} rule can only be checked by hand", "{n} rules can only be checked by hand", by_hand)
        yield safe_text(f"{form.format(n=by_hand)} (auditor clauses)", "dim")
    yield from by_reason(coverage for coverage in summary.coverage[Status.CHECKED] if coverage.why)
    missing = summary.coverage[Status.NOT_CHECKED]
    if missing:
        yield heading(_("What is missing for the others"))
        yield from _missing(missing, _sentences(audit))
        yield from _advice()


def _codes(checked: tuple[Coverage, ...]) -> str:
    if not checked:
        return _("No clause can be checked with this data.")
    count = ngettext("{n} clause", "{n} clauses", len(checked)).format(n=decimal(len(checked)))
    return f"{capital(count)}: {', '.join(coverage.clause for coverage in checked)}"


def _sentences(audit: Audit) -> dict[str, str]:
    clauses = (clause for regulation in audit.regulations for clause in regulation.clauses)
    return {clause.code: clause_text(clause.code, clause.text) for clause in clauses}


def _missing(not_checked: tuple[Coverage, ...], sentences: dict[str, str]) -> Iterator[RenderableType]:
    for why, same in groupby(sorted(not_checked, key=reason), key=reason):
        yield safe_text(capital(why), "yellow")
        for coverage in same:
            yield Indented(
                joined([safe_text(coverage.clause, "bold"), safe_text(sentences.get(coverage.clause, ""))]), 2
            )


def _advice() -> Iterator[RenderableType]:
    yield heading(_("How to add it"))
    advice = (
        _("Calls, messages, letters, tasks, comments, files: export the activities of the deals as well."),
        _("Changes of stage, of the responsible or of a field: export the history of the deals as well."),
        _(
            "A list of deals shows their present stage only. Whoever looks after the CRM can save the answers of its "
            "API as .json: amoCRM's /api/v4/leads (also pipelines, custom_fields, notes), events, tasks and users; "
            "Bitrix24's crm.deal.list, crm.lead.list, crm.stagehistory.list, crm.activity.list, crm.status.list, "
            "user.get and voximplant.statistic.get."
        ),
        _("A field: add its column to the export of deals; for a column of another name see [fields] in auditor.toml."),
        _("The ledger: add a sheet of it with the columns Deal id, Measurement date, Amount, Status and Updated."),
        _("Roles: add a sheet of the people with the columns Name and Role."),
        _("Exported, but without a row in this period: declare it in auditor.toml, [streams] messages = true."),
    )
    yield pairs(("•", safe_text(text, most=LONG)) for text in advice)
