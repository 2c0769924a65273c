"""What `auditor inspect` says first: what was understood, what can be checked, what is most in the way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from auditor.audit.result import Audit, Coverage, StageFound, Status
from auditor.i18n import _, ngettext, quoted
from auditor.inputs.tables import Problem, Source, Tables
from auditor.reports import words
from auditor.reports.amounts import deals_and_leads, decimal
from auditor.reports.console import Indented, OneLine, heading, safe_text
from auditor.reports.data import gravest_first
from auditor.reports.summary import Summary
from auditor.reports.where import where
from auditor.spelling import toml_text

LACKS, PROBLEMS, PAIRS, NAMES = 3, 2, 3, 8
"""How many of each are shown: with what is cut at the end of a line, at most thirty lines in all."""
TWO_LINES = 190
LONG = 4000


def headline(tables: Tables, audit: Audit, summary: Summary) -> Iterator[RenderableType]:
    """How many deals and columns were understood, and how many clauses can be checked."""
    yield _in_a_line(f"{_records(tables)} · {_columns(tables.sources.sources)}", "bold")
    yield safe_text(_checkable(audit, summary), most=TWO_LINES)


def brief(tables: Tables, audit: Audit, summary: Summary) -> Iterator[RenderableType]:
    """The headline, the sheets, what is missing most and where it is to be had, the gravest problems, own stages."""
    yield from headline(tables, audit, summary)
    yield _in_a_line(_("Read: {sheets}").format(sheets="; ".join(map(_sheet, tables.sources.sources))), "dim")
    yield from _lacks(summary.coverage[Status.NOT_CHECKED])
    yield from _problems(audit.problems)
    yield from own_stages(audit, PAIRS)
    yield Text()
    yield safe_text(
        _(
            "All columns, problems and clauses: --full. A workbook with all sheets and columns, to be filled in: "
            "auditor demo FOLDER."
        ),
        "dim",
    )


def _in_a_line(text: str, style: str = "") -> OneLine:
    return OneLine(safe_text(text, style, LONG))


def _records(tables: Tables) -> str:
    leads = int((tables.deals["entity"] == "lead").sum()) if len(tables.deals) else 0
    deals = len(tables.deals) - leads
    return _("Understood: {records}").format(records=deals_and_leads(deals, leads) or _("no deal"))


def _columns(sources: Iterable[Source]) -> str:
    left = list(dict.fromkeys(caption for source in sources for caption in source.ignored))
    if not left:
        return _("all columns are known")
    return _("columns that are not used: {columns}").format(columns=_first(left, NAMES))


def _first(names: Sequence[str], most: int) -> str:
    more = len(names) - most
    rest = ngettext(" and {n} more", " and {n} more", more).format(n=decimal(more)) if more > 0 else ""
    return ", ".join(names[:most]) + rest


def _checkable(audit: Audit, summary: Summary) -> str:
    checked, others, by_hand = (len(summary.coverage[status]) for status in Status)
    if not audit.regulations:
        return _("No clause can be checked: {why}.").format(why=audit.chosen_because)
    form = ngettext(
        "{n} clause of {all} can be checked ({regulations}: {why}); {by_hand} more by hand only.",
        "{n} clauses of {all} can be checked ({regulations}: {why}); {by_hand} more by hand only.",
        checked,
    )
    return form.format(
        n=checked,
        all=checked + others,
        regulations=", ".join(regulation.code for regulation in audit.regulations),
        why=audit.chosen_because,
        by_hand=by_hand,
    )


def _sheet(source: Source) -> str:
    rows = ngettext("{n} row", "{n} rows", source.rows).format(n=decimal(source.rows))
    return f"{source.sheet or source.file} — {words.table(source.table)}, {rows}"


def _lacks(not_checked: Iterable[Coverage]) -> Iterator[RenderableType]:
    """What most clauses lack, with where to get it; the same place once."""
    counted = Counter(
        lack for coverage in not_checked for lack in zip(coverage.missing, coverage.sources, strict=False)
    )
    if counted:
        yield heading(_("Most in the way, since it is not exported:"))
    places: set[str] = set()
    for number, ((what, source), clauses) in enumerate(counted.most_common(LACKS), 1):
        count = ngettext("{n} clause", "{n} clauses", clauses).format(n=decimal(clauses))
        yield _in_a_line(f"{number}. {count}: {what}", "yellow")
        if where(source) not in places:
            yield Indented(safe_text(where(source)), 3)
        places.add(where(source))
    if any("crm." in place or "/api/" in place for place in places):
        yield safe_text(
            _("/api/… and crm.… are answers of the CRM's API: who looks after it saves them as .json."), "dim"
        )


def problems_heading(problems: Sequence[Problem]) -> Iterator[RenderableType]:
    """Their number; nothing where there are none."""
    if problems:
        count = ngettext("{n} problem", "{n} problems", len(problems)).format(n=decimal(len(problems)))
        yield heading(_("What could not be used: {count}").format(count=count))


def _problems(problems: Sequence[Problem]) -> Iterator[RenderableType]:
    """The gravest."""
    yield from problems_heading(problems)
    for problem in gravest_first(problems)[:PROBLEMS]:
        yield safe_text(str(problem), "red" if problem.refused else "yellow", TWO_LINES)


def own_stages(audit: Audit, pairs: int) -> Iterator[RenderableType]:
    """The stages that the regulation does not have, those of its own that the data does not name, and a section of
    auditor.toml that pairs them."""
    strange = [stage for stage in audit.stages if not stage.meant]
    if not strange:
        return
    yield Text()
    yield _in_a_line(_("Stages that the regulation does not have: {stages}").format(stages=_quoted(strange)), "bold")
    if missing := _of_regulation(audit):
        yield _in_a_line(_("It has these, which the data does not name: {stages}").format(stages=missing))
    yield safe_text(_("For auditor.toml; look at each pair first:"))
    yield safe_text("[stages]")
    for stage in sorted(strange, key=lambda stage: not stage.near)[:pairs]:
        pair = f"{toml_text(stage.name)} = {toml_text(stage.near or '…')}"
        yield safe_text(pair if stage.near else f"# {pair}")


def _quoted(stages: Iterable[StageFound]) -> str:
    return _first([quoted(stage.name) for stage in stages], NAMES)


def _of_regulation(audit: Audit) -> str:
    meant = {stage.meant for stage in audit.stages}
    theirs = (name for each in audit.regulations for pipeline in each.pipelines for name in pipeline.stages)
    return _first([quoted(name) for name in dict.fromkeys(theirs) if name not in meant], NAMES)
