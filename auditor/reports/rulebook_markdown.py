"""The rulebook as Markdown, for `checks/README.md`."""

from collections.abc import Iterator, Sequence

from auditor.i18n import _, clause_text
from auditor.reports import words
from auditor.reports.needs import needs_of
from auditor.reports.rulebook import by_chapter, parameters, sentence
from auditor.reports.safe import clean
from auditor.rules import ByHand, Clause, Regulation


def rulebook_markdown(regulations: Sequence[Regulation]) -> str:
    """Every regulation, chapter by chapter, in the active language; the same clauses give the same text."""
    return "\n".join(line for regulation in regulations for line in _regulation(regulation))


def _regulation(regulation: Regulation) -> Iterator[str]:
    yield from (f"# {cell(regulation.code)} — {cell(clause_text(regulation.code, regulation.title))}", "")
    for chapter, clauses in by_chapter(regulation, regulation.clauses):
        yield from (f"## {cell(chapter)}", "")
        yield from table((_("Clause"), _("Severity"), _("Duty"), _("In the source"), _("Numbers"), _("Needs")))
        yield from (row(_cells(clause)) for clause in clauses)
        yield ""
    if regulation.by_hand:
        yield from ("## " + _("What no export can show"), "")
        yield from table((_("In the source"), _("Duty"), _("Why")))
        yield from (row(_by_hand(regulation, rule)) for rule in regulation.by_hand)
        yield ""


def table(titles: Sequence[str]) -> tuple[str, str]:
    return row(titles), "|" + "---|" * len(titles)


def row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(cell, cells))} |"


def _cells(clause: Clause) -> tuple[str, ...]:
    reading = clause_text(clause.code, clause.reading)
    duty = f"{sentence(clause)} {reading}".strip()
    numbers = "; ".join(parameters(clause))
    return clause.code, words.severity(clause.severity), duty, clause.where, numbers, ", ".join(needs_of(clause))


def _by_hand(regulation: Regulation, rule: ByHand) -> tuple[str, ...]:
    return rule.where, clause_text(regulation.code, rule.text), clause_text(regulation.code, rule.why)


def cell(text: str) -> str:
    """A text that Markdown takes as it stands."""
    kept = clean(text).replace("\\", "\\\\")
    for sign in "|<*_`[":
        kept = kept.replace(sign, f"\\{sign}")
    return kept
