"""The report in short, as Markdown for a chat or a mail: totals, who, what is broken most, what to see first, what is
ahead."""

from collections.abc import Iterable, Iterator, Sequence

from auditor.audit.result import Audit
from auditor.i18n import _, ngettext
from auditor.reports import words
from auditor.reports.amounts import decimal, lapse, moment, violations
from auditor.reports.broken_most import names
from auditor.reports.compared import compared
from auditor.reports.counts import Score
from auditor.reports.header import header, high, kept, whole
from auditor.reports.nothing import nothing
from auditor.reports.rows import Row, shown_rows
from auditor.reports.safe import no_markup, short, units
from auditor.reports.scoreboard import named
from auditor.reports.summary import Broken, Summary, ahead_of, first_to_see, summary_of
from auditor.reports.view import SHORT, Part, View
from auditor.reports.what_if import moves, supposed

MOST = 4000
"""Characters as UTF-16 counts them: a message of Telegram has 4096 at most."""
FEW, FEW_NAMES = 3, 8
LONG, TITLE = 160, 60


def markdown_of(audit: Audit, view: View = SHORT) -> str:
    """The wanted part of the report; as much of it as a message holds, or all that it lists."""
    summary = summary_of(audit)
    lines = list(_lines(audit, summary, view))
    return "\n".join(lines if view.full else _fitting(lines)) + "\n"


def _fitting(lines: Sequence[str]) -> Iterator[str]:
    """The first lines, and «…» for those for which there is no room."""
    room = MOST
    for line in lines:
        room -= units(line) + 1
        if room < 0:
            yield "…"
            return
        yield line


def _lines(audit: Audit, summary: Summary, view: View) -> Iterator[str]:
    if view.part == Part.WHOLE:
        yield from _head(audit, summary)
    yield from map(_plain, nothing(audit, summary)) if nothing(audit, summary) else _figures(summary)
    if audit.what_if:
        moved = map(_moved, moves(compared(audit, audit.what_if)))
        yield from _listed(_("What if"), [*map(_plain, supposed(audit.what_if)), *moved])
    if view.part == Part.WHOLE:
        yield from _listed(_("Who"), _who(summary, view))
    if view.part != Part.SUM:
        yield from _listed(_("What is broken most"), map(_broken, view.first(summary.broken, FEW)))
    if view.part == Part.WHOLE:
        yield from _listed(_("What to see first"), _to_see(audit, view))
        yield from _listed(_("What lies ahead"), _ahead(audit, view))


def _listed(title: str, items: Iterable[str]) -> Iterator[str]:
    """Nothing without items."""
    for number, item in enumerate(items):
        if not number:
            yield from ("", f"**{title}**", "")
        yield f"- {item}"


def _head(audit: Audit, summary: Summary) -> Iterator[str]:
    title, *others = (line for part in header(audit, summary) for line in part.plain.splitlines() if line)
    yield from (_bold(title), "", *(f"- {_plain(line)}" for line in others), "")


def _figures(summary: Summary) -> Iterator[str]:
    counts = summary.counts
    yield f"**{_joined(violations(counts.violated), high(summary), kept(counts))}**"
    yield ""
    ahead = _("{n} ahead").format(n=decimal(counts.pending))
    unknown = _("{n} unknown").format(n=decimal(counts.unknown))
    waived = _("{n} waived").format(n=decimal(counts.waived)) if counts.waived else ""
    yield f"- {_joined(ahead, unknown, waived)}"
    yield f"- {_plain(whole(summary).plain)}"


def _moved(row: tuple[str, str, str, str]) -> str:
    label, now, then, more = row
    return f"{_bold(label)}: {now} → {then}" + (f" ({more})" if more else "")


def _who(summary: Summary, view: View) -> Iterator[str]:
    """Who broke something, most first."""
    broke = [score for score in (*summary.managers, *summary.roles) if score.counts.violated]
    yield from map(_score, view.first(broke, FEW_NAMES))
    if more := len(broke) - len(view.first(broke, FEW_NAMES)):
        yield ngettext("and {n} more person", "and {n} more people", more).format(n=decimal(more))


def _score(score: Score) -> str:
    return f"{_bold(named(score))}: {_joined(violations(score.counts.violated), kept(score.counts))}"


def _broken(broken: Broken) -> str:
    clause = broken.clause
    text, who = _plain(clause.text, LONG), _plain(names(broken), LONG)
    return f"{_mark(clause.severity)}{_bold(clause.clause)} {text} — {decimal(clause.counts.violated)}: {who}"


def _to_see(audit: Audit, view: View) -> Iterator[str]:
    broken = first_to_see(audit)
    for row in shown_rows(audit.tell(broken if view.full else broken.head(FEW))):
        yield _mark(row.severity) + _joined(_deal(row), lapse(row, audit.hours_a_day), _told(row))


def _ahead(audit: Audit, view: View) -> Iterator[str]:
    owed = ahead_of(audit)
    for row in shown_rows(audit.tell(owed if view.full else owed.head(FEW))):
        due = _("by {due}").format(due=moment(row.due)) if row.due else "—"
        yield _joined(due, _deal(row), _told(row))


def _deal(row: Row) -> str:
    return _joined(_bold(words.record(row.entity, row.deal)), _plain(row.title, TITLE), _plain(row.manager, TITLE))


def _told(row: Row) -> str:
    return ": ".join(part for part in (row.clause, _plain(row.why, LONG)) if part)


def _mark(severity: str) -> str:
    return "❗ " if severity == "high" else ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _bold(text: str) -> str:
    return f"**{_plain(text, LONG)}**"


def _plain(text: str, most: int = 2 * LONG) -> str:
    return no_markup(short(text, most))
