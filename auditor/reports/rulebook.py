"""The rulebook: the text of `auditor clauses`, a list by chapter or one clause in full."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich.console import Console, RenderableType
from rich.text import Text

from auditor.i18n import _, clause_text
from auditor.reports import words
from auditor.reports.amounts import value
from auditor.reports.console import STYLES, Indented, heading, joined, lines, pairs, safe_text
from auditor.reports.needs import needs_of
from auditor.reports.safe import visible
from auditor.rules import Clause, Regulation, Role
from auditor.rules.parameters import parameters_of
from auditor.terms import role_words

LONG = 2000

Examples = Callable[[str], tuple[str, str]]
"""A clause's kept story and its broken one, by its code."""


def print_rulebook(
    regulations: Sequence[Regulation], console: Console, codes: Sequence[str] = (), *, examples: Examples
) -> None:
    """All clauses by chapter; those whose codes begin as `codes`; a single clause, named in full, with everything."""
    for regulation in regulations:
        kept = [clause for clause in regulation.clauses if not codes or clause.code.startswith(tuple(codes))]
        named = [clause for clause in kept if clause.code in codes]
        listed = [clause for clause in kept if clause.code not in codes]
        for part in (*_list(regulation, listed), *_pages(named, examples), *(() if codes else by_hand(regulation))):
            console.print(part)


def chapter_of(clause: Clause) -> str:
    """The code's letters and first two digits: FUR0201 stands in FUR02."""
    return clause.code[:-2]


def by_chapter(regulation: Regulation, clauses: Iterable[Clause]) -> Iterator[tuple[str, list[Clause]]]:
    """The chapters' headings with their clauses, in the regulation's order."""
    for chapter, same in groupby(clauses, key=chapter_of):
        yield f"{chapter} {clause_text(chapter, regulation.chapters.get(chapter, ''))}".strip(), list(same)


def _list(regulation: Regulation, clauses: list[Clause]) -> Iterator[RenderableType]:
    if clauses:
        yield heading(f"{regulation.code} — {clause_text(regulation.code, regulation.title)}")
    for chapter, same in by_chapter(regulation, clauses):
        yield heading(chapter)
        for clause in same:
            yield from _entry(clause)


def _entry(clause: Clause) -> Iterator[RenderableType]:
    grade = safe_text(words.severity(clause.severity), STYLES[clause.severity])
    role = safe_text("" if clause.role == Role.MANAGER else role_words(clause.role), "magenta")
    yield Indented(joined([safe_text(clause.code, "bold"), grade, role, safe_text(sentence(clause), most=LONG)]), 2)
    if needs := ", ".join(needs_of(clause)):
        yield Indented(safe_text(_("needs {what}").format(what=needs), "dim", LONG), 4)


def sentence(clause: Clause) -> str:
    return clause_text(clause.code, clause.text)


def by_hand(regulation: Regulation) -> Iterator[RenderableType]:
    """The rules that no export can show, each with its place and the reason."""
    if regulation.by_hand:
        yield heading(_("{code}: what no export can show").format(code=regulation.code))
    for rule in regulation.by_hand:
        text, why = clause_text(regulation.code, rule.text), clause_text(regulation.code, rule.why)
        yield Indented(joined([safe_text(rule.where, "bold"), safe_text(text), safe_text(why, "dim")]), 2)


def _pages(clauses: list[Clause], examples: Examples) -> Iterator[RenderableType]:
    for clause in clauses:
        yield heading(f"{clause.code} — {sentence(clause)}")
        yield _page(clause)
        kept, broken = examples(clause.code)
        yield from _example(_("An example that keeps it"), kept, "green")
        yield from _example(_("An example that breaks it"), broken, "red")


def _page(clause: Clause) -> RenderableType:
    return pairs(
        (
            (_("Severity"), safe_text(words.severity(clause.severity), STYLES[clause.severity])),
            (_("In the source"), safe_text(clause.where, most=LONG)),
            (_("Who answers"), safe_text(role_words(clause.role))),
            (_("How it is read"), safe_text(clause_text(clause.code, clause.reading), most=LONG)),
            (_("Excused by"), safe_text(clause.excused_by.words() if clause.excused_by else "", most=LONG)),
            (_("Numbers"), lines(safe_text(line) for line in parameters(clause))),
            (_("To change one"), safe_text(_change(parameters_of(clause), clause.code), "dim")),
            (_("Needs"), lines(safe_text(need) for need in needs_of(clause))),
        )
    )


def parameters(clause: Clause) -> Iterator[str]:
    """«at_least = 3», and that it is assumed where the source does not give it."""
    for name, default in parameters_of(clause).items():
        assumed = _("assumed: the source does not say") if name in clause.assumed else ""
        yield f"{name} = {value(default)}" + (f" ({assumed})" if assumed else "")


def _change(values: Mapping[str, object], code: str) -> str:
    numbers_first = sorted(values.items(), key=lambda item: not isinstance(item[1], int | float))
    if not numbers_first:
        return ""
    name, default = numbers_first[0]
    return f'auditor check … --set "{code}.{name}={value(default)}"'


def _example(title: str, story: str, style: str) -> Iterator[RenderableType]:
    if story.strip():
        yield heading(title)
        for line in story.rstrip().splitlines():
            text = visible(line.strip())
            yield Indented(Text(text, style if text.startswith("=>") else ""), 2 + len(line) - len(line.lstrip()))
