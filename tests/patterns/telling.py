"""Edges told as stories: what happened, and the verdicts of one pattern that must be found."""

from textwrap import dedent, indent

from auditor.audit.engine import run_clause
from auditor.patterns.base import Pattern, Selector
from auditor.rules import HIGH, Clause, Pipeline, Role
from fixtures.stories import read_stories
from fixtures.verdicts import in_words

SALES = Pipeline("Продажи", ("A", "B", "C"))
OTHER = Pipeline("Другая", ("Я",))
A, B, C = SALES


def check(pattern: Pattern, text: str, role: Role = Role.MANAGER, excused_by: Selector | None = None) -> None:
    """Exactly the verdicts of the story are found."""
    told = "TST0001 край\n" + indent(dedent(text).strip("\n"), "    ")
    (story,) = read_stories(told, "edges", (SALES, OTHER))
    clause = Clause("TST0001", HIGH, "", "", pattern, role, excused_by)
    found = in_words(run_clause(story.tables(), clause, story.settings), story.expected)
    assert found == [str(verdict) for verdict in story.expected]
