"""What exports leave open of when something was accuses nobody: a story told less exactly violates nothing more."""

from collections import Counter
from collections.abc import Set

import pandas as pd
from blurring import EVERY, told_by_days, told_by_minutes
from hypothesis import example, given
from hypothesis import strategies as st
from storied import stories
from trials import trials

from auditor.audit.engine import run_clause
from auditor.inputs.tables import Tables
from checks import REGULATIONS
from fixtures.stories import Story

CLAUSES = {clause.code: clause for regulation in REGULATIONS for clause in regulation.clauses}
WHOLE = [story for story in stories() if not story.scenario.missing and story.code in CLAUSES]
some_tables = st.sets(st.sampled_from(sorted(EVERY)), min_size=1)
MANY = trials(60)


def told(name: str) -> Story:
    """The story of that name."""
    return next(story for story in WHOLE if story.name == name)


TWO_TASKS = told("FUR0503 задач две, одна из них не позже трёх рабочих дней")
APART = told("AGY0004 попытки разделены ровно сорока пятью минутами")
NO_BURST = told("FUR0201 три звонка за пять минут и секунду не подозрительны")


def duties(story: Story, tables: Tables) -> pd.DataFrame:
    clause = CLAUSES[story.code]
    return run_clause(tables, clause, story.settings)


def counted(found: pd.DataFrame, *verdicts: str) -> Counter[tuple[str, str, object]]:
    """How many duties of these verdicts each deal has a day."""
    chosen = found[found["verdict"].isin(verdicts)]
    return Counter(zip(chosen["entity"], chosen["deal"], chosen["arose"].astype("datetime64[s]").dt.date, strict=True))


@MANY
@given(st.sampled_from(WHOLE), some_tables)
@example(TWO_TASKS, EVERY)
@example(APART, EVERY)
def test_moments_told_as_days_violate_nothing_that_the_exact_ones_do_not(story: Story, names: Set[str]) -> None:
    exact, blurred = (duties(story, tables) for tables in (story.tables(), told_by_days(story.tables(), names)))
    assert counted(blurred, "violated") <= counted(exact, "violated")


@MANY
@given(st.sampled_from(WHOLE), some_tables)
@example(TWO_TASKS, EVERY)
@example(NO_BURST, EVERY)
def test_moments_told_as_minutes_violate_nothing_that_is_met(story: Story, names: Set[str]) -> None:
    exact, blurred = (duties(story, tables) for tables in (story.tables(), told_by_minutes(story.tables(), names)))
    assert counted(blurred, "violated") <= counted(exact, "violated")
