"""Which pipelines were taken for which of the regulations, and which were left out."""

from rich.text import Text

from auditor.audit.result import Audit, PipelineFound
from auditor.i18n import _, ngettext, quoted
from auditor.reports.amounts import decimal
from auditor.reports.console import lines, safe_text

FEW = 6
LONG = 400


def pipelines(audit: Audit) -> Text:
    """A line for those that have another name in the regulation, a line for those that are not judged."""
    renamed = [found for found in audit.pipelines if found.judged and found.taken_for]
    left_out = [found for found in audit.pipelines if not found.judged]
    return lines(
        (
            _listed(_("taken for the regulation's: {pipelines}"), renamed),
            _listed(_("not judged: {pipelines}"), left_out),
        )
    )


def _listed(form: str, found: list[PipelineFound]) -> Text:
    """The first few; nothing where there is none."""
    shown = [_told(each) for each in found[:FEW]]
    more = len(found) - len(shown)
    if more > 0:
        shown.append(ngettext("and {n} more pipeline", "and {n} more pipelines", more).format(n=decimal(more)))
    return safe_text(form.format(pipelines=", ".join(shown)) if shown else "", "yellow", most=LONG)


def _told(found: PipelineFound) -> str:
    name = f"{quoted(found.name)} → {quoted(found.taken_for or '')}" if found.judged else quoted(found.name)
    deals = ngettext("{n} deal", "{n} deals", found.deals).format(n=decimal(found.deals))
    return f"{name} ({deals})"
