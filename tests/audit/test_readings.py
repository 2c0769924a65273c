"""What exports leave open of when something was accuses nobody: a story told less exactly violates nothing more."""

from collections import Counter
from collections.abc import Set
from dataclasses import replace
from datetime import datetime

import pandas as pd
from blurring import EVERY, told_by_days, told_by_minutes
from hypothesis import example, given
from hypothesis import strategies as st
from storied import stories
from trials import trials

from auditor.audit.engine import run_clause
from auditor.inputs.tables import Tables
from auditor.log import build_log
from auditor.log.columns import moment
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
SHORT_DAY = told("FUR0202 день входа: осталось секундой меньше")
LEDGER = told("FUR0608 запись меняли секундой позже срока: какой была сумма, не видно")
TAGGED_LATE = told("AGY0103 метка пришла через час и секунду: поставил её не робот формы")
TASK_DELETED = told("FUR1204 задачу в тот же день удалили")
CALL_MADE_LEAD = told("FUR0101 лид создал сам звонок, а время заявки известно")
CALL_BEFORE_STAGE = told("AGY0405 недозвон раньше этапа")
NO_BURST = told("FUR0201 три звонка за пять минут и секунду не подозрительны")


def duties(story: Story, tables: Tables) -> pd.DataFrame:
    clause = CLAUSES[story.code]
    return run_clause(tables, clause, replace(story.settings, as_of=as_of(story)))


def as_of(story: Story) -> datetime:
    """The moment of the story's audit: told by days alone the default would be an earlier one."""
    if story.settings.as_of is not None:
        return story.settings.as_of
    return moment(build_log(story.tables(), story.settings).as_of)


def counted(found: pd.DataFrame, *verdicts: str) -> Counter[tuple[str, str, object]]:
    """How many duties of these verdicts each deal has a day."""
    chosen = found[found["verdict"].isin(verdicts)]
    return Counter(zip(chosen["entity"], chosen["deal"], chosen["arose"].astype("datetime64[s]").dt.date, strict=True))


@MANY
@given(st.sampled_from(WHOLE), some_tables)
@example(TWO_TASKS, EVERY)
@example(APART, EVERY)
@example(CALL_MADE_LEAD, EVERY)
@example(CALL_BEFORE_STAGE, EVERY)
def test_moments_told_as_days_violate_nothing_that_the_exact_ones_do_not(story: Story, names: Set[str]) -> None:
    exact, blurred = (duties(story, tables) for tables in (story.tables(), told_by_days(story.tables(), names)))
    assert counted(blurred, "violated") <= counted(exact, "violated")


@MANY
@given(st.sampled_from(WHOLE), some_tables)
@example(TWO_TASKS, EVERY)
@example(NO_BURST, EVERY)
@example(SHORT_DAY, EVERY)
@example(LEDGER, EVERY)
@example(TAGGED_LATE, EVERY)
@example(TASK_DELETED, EVERY)
def test_moments_told_as_minutes_violate_nothing_that_is_met(story: Story, names: Set[str]) -> None:
    exact, blurred = (duties(story, tables) for tables in (story.tables(), told_by_minutes(story.tables(), names)))
    assert counted(blurred, "violated") <= counted(exact, "violated")
