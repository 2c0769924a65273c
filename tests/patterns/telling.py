"""Edges told as stories: what happened, and the verdicts of one pattern that must be found."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from textwrap import dedent, indent
from typing import Any

import pandas as pd
from blurring import told_by_days

from auditor.audit.engine import run_clause
from auditor.inputs.tables import Tables
from auditor.patterns.core.pattern import Pattern
from auditor.rules import HIGH, Clause, Pipeline
from fixtures.stories import read_stories
from fixtures.verdicts import in_words

SALES = Pipeline("Продажи", ("A", "B", "C"))
OTHER = Pipeline("Другая", ("Я",))
A, B, C = SALES


def check(
    pattern: Pattern, text: str, unattached: Sequence[str] = (), days: Collection[str] = (), **settings: Any
) -> None:
    """Exactly the verdicts of the story are found, under these settings; `unattached` are moments of outgoing calls
    that hang on no deal, `days` the tables that tell of their moments the day alone."""
    told = "TST0001 край\n" + indent(dedent(text).strip("\n"), "    ")
    (story,) = read_stories(told, "edges", (SALES, OTHER))
    tables = told_by_days(_with_lost_calls(story.tables(), unattached), days)
    duties = run_clause(tables, Clause("TST0001", HIGH, "", "", pattern), replace(story.settings, **settings))
    found = in_words(duties, story.expected)
    assert found == [str(verdict) for verdict in story.expected]


def _with_lost_calls(tables: Tables, moments: Sequence[str]) -> Tables:
    calls = tables.activities
    if calls is None or not moments:
        return tables
    like = calls[(calls["type"] == "call") & (calls["direction"] == "out")].iloc[:1]
    lost = pd.concat([like.assign(deal=None, time=pd.to_datetime([moment])) for moment in moments])
    return replace(tables, activities=pd.concat([calls, lost.astype(calls.dtypes)], ignore_index=True))
