"""How the exports were understood, and which clauses they can check: the text of `auditor inspect`."""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from auditor.audit.result import Audit
from auditor.i18n import _, ngettext
from auditor.inputs.tables import ACTIVITY_TYPES, FIELD, HISTORY_EVENTS, Problem, Source, Tables
from auditor.reports import words
from auditor.reports.amounts import day, decimal
from auditor.reports.brief import brief, headline, own_stages, problems_heading
from auditor.reports.captions import column
from auditor.reports.checkable import checkable
from auditor.reports.console import heading, joined, pairs, safe_text
from auditor.reports.pipelines import pipelines
from auditor.reports.summary import summary_of
from auditor.spelling import capital
from auditor.terms import stream_words

LONG = 4000
KINDS = (*HISTORY_EVENTS, *ACTIVITY_TYPES, "ledger")


def print_inspection(tables: Tables, audit: Audit, console: Console) -> None:
    """What was understood, and what is most in the way."""
    for part in brief(tables, audit, summary_of(audit)):
        console.print(part)


def print_whole_inspection(tables: Tables, audit: Audit, console: Console) -> None:
    """Every sheet and column, every problem, what the data covers, and what is missing for the other clauses."""
    for part in _parts(tables, audit):
        console.print(part)


def _parts(tables: Tables, audit: Audit) -> Iterator[RenderableType]:
    yield from headline(tables, audit, summary_of(audit))
    yield heading(_("How the files were understood"))
    if not tables.sources.sources:
        yield safe_text(_("No sheet was understood. Name .xlsx, .xls, .csv, .json or .parquet files, or their folder."))
    for source in tables.sources.sources:
        yield from _source(source)
    yield Text()
    yield pairs([(_("Pipelines"), pipelines(audit))])
    yield from _problems(audit.problems)
    yield from own_stages(audit, len(audit.stages))
    yield from _streams(audit)
    yield from _loose(tables)
    yield from checkable(audit, summary_of(audit))


def _source(source: Source) -> Iterator[RenderableType]:
    name = source.file if source.sheet is None else f"{source.file} › {source.sheet}"
    rows = ngettext("{n} row", "{n} rows", source.rows).format(n=decimal(source.rows))
    lost = ngettext("{n} row not read", "{n} rows not read", source.rejected).format(n=decimal(source.rejected))
    yield Text()
    yield joined(
        [
            safe_text(name, "bold"),
            safe_text(words.table(source.table)),
            safe_text(
                _("plain table") if source.reader == "plain" else _("format {reader}").format(reader=source.reader)
            ),
            safe_text(rows),
            safe_text(lost, "yellow") if source.rejected else Text(),
        ]
    )
    yield pairs(
        (
            (_("columns"), _listed(_understood(source))),
            (_("fields of the deal"), _listed(_fields(source))),
            (_("not used"), _listed(source.ignored)),
        )
    )


def _listed(captions: tuple[str, ...]) -> Text:
    return safe_text(", ".join(captions), most=LONG)


def _understood(source: Source) -> tuple[str, ...]:
    """«Ответственный» as it stands where it is the caption itself, «Создан → Дата создания» where it is not."""
    known = [(caption, column(name)) for caption, name in source.columns if not name.startswith(FIELD)]
    return tuple(caption if caption == name else f"{caption} → {name}" for caption, name in known)


def _fields(source: Source) -> tuple[str, ...]:
    return tuple(caption for caption, name in source.columns if name.startswith(FIELD))


def _problems(problems: tuple[Problem, ...]) -> Iterator[RenderableType]:
    yield from problems_heading(problems)
    for problem in problems:
        yield safe_text(str(problem), "red" if problem.refused else "", most=LONG)


def _streams(audit: Audit) -> Iterator[RenderableType]:
    yield heading(_("What the data covers"))
    if audit.streams is None or audit.streams.empty:
        yield safe_text(_("No history and no activities: only the present state of the deals is known."))
        return
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 0, 0, 1), header_style="dim")
    for title in (_("Record"), _("from"), _("to")):
        table.add_column(safe_text(title))
    table.add_column(safe_text(_("rows")), justify="right")
    for row in audit.streams.to_dict("records"):
        days = (safe_text(day(row["from"])), safe_text(day(row["to"])))
        table.add_row(safe_text(capital(stream_words(row["kind"]))), *days, safe_text(decimal(row["rows"])))
    yield table
    missing = [stream_words(kind) for kind in KINDS if kind not in set(audit.streams["kind"])]
    yield Text()
    yield pairs([(_("Not in this data"), safe_text(", ".join(missing), most=LONG))])


def _loose(tables: Tables) -> Iterator[RenderableType]:
    """How many calls and records of the ledger found their deal, and how much found none."""
    if tables.attached:
        form = ngettext(
            "{n} call was joined to its deal by phone or contact.",
            "{n} calls were joined to their deals by phone or contact.",
            tables.attached,
        )
        yield safe_text(form.format(n=decimal(tables.attached)))
    if tables.unattached:
        form = ngettext(
            "{n} record hangs on no deal, and proves nothing for any.",
            "{n} records hang on no deal, and prove nothing for any.",
            tables.unattached,
        )
        yield safe_text(form.format(n=decimal(tables.unattached)), "yellow")
    if tables.ledger_joined:
        form = ngettext(
            "{n} record of the ledger was joined to its deal by contract number or phone.",
            "{n} records of the ledger were joined to their deals by contract number or phone.",
            tables.ledger_joined,
        )
        yield safe_text(form.format(n=decimal(tables.ledger_joined)))
    if tables.ledger_unjoined:
        form = ngettext(
            "{n} record of the ledger belongs to no deal and was not read.",
            "{n} records of the ledger belong to no deal and were not read.",
            tables.ledger_unjoined,
        )
        yield safe_text(form.format(n=decimal(tables.ledger_unjoined)), "yellow")
