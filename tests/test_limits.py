"""Every number of every clause is held by its stories from both sides: one more or one less, and some verdict changes.

A deadline is held to the second."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from storied import CLAUSES, fields_of, stories

from auditor.audit.settle import settled
from auditor.log import build_log
from auditor.log.columns import Ints
from auditor.log.kinds import NEVER
from auditor.log.log import Log
from auditor.patterns.core.deadline import Deadline
from auditor.patterns.core.moments import Moments
from auditor.rules import Clause
from auditor.rules.parameters import Value, parameters_of, with_parameters
from fixtures.stories import Story


@dataclass(frozen=True)
class Shifted(Deadline):
    """Another deadline, so many seconds later."""

    of: Deadline
    seconds: int

    def due(self, log: Log, t: Moments, schedule: Ints) -> Ints:
        due = self.of.due(log, t, schedule)
        return np.where(due == NEVER, NEVER, due + self.seconds)

    def words(self) -> str:
        return self.of.words()

    @property
    def unit(self) -> str:  # type: ignore[override]
        return self.of.unit


def neighbours(value: Value) -> tuple[Value, ...]:
    """The values next to a number or a clock time; none of words."""
    if isinstance(value, str) and (clock := re.fullmatch(r"(\d\d):(\d\d)", value)):
        minute = int(clock[1]) * 60 + int(clock[2])
        return tuple(f"{each // 60:02}:{each % 60:02}" for each in (minute - 1, minute + 1))
    if isinstance(value, str | tuple):
        return ()
    step = 1 if abs(value) >= 1 else 0.01
    return value - step, value + step


NUMBERS = [
    (code, name, other)
    for code, clause in CLAUSES.items()
    for name, value in parameters_of(clause).items()
    for other in neighbours(value)
]
DEADLINES = [
    (code, field)
    for code, clause in CLAUSES.items()
    for field in ("due", "grace")
    if isinstance(getattr(clause.duty, field, None), Deadline)
]


Verdicts = list[tuple[int, ...]]


@cache
def told_of(code: str) -> tuple[tuple[Story, Log, Verdicts], ...]:
    """The stories of a clause, each with its log and its verdicts."""
    clause, fields = CLAUSES[code], fields_of(CLAUSES[code])
    own = [story for story in stories() if story.code == code]
    logs = [build_log(story.tables((), fields), story.settings) for story in own]
    return tuple((story, log, verdicts(clause, story, log)) for story, log in zip(own, logs, strict=True))


def verdicts(clause: Clause, story: Story, log: Log) -> Verdicts:
    """Deal, moment arisen, verdict and how of each duty, as far as the story does not set the numbers itself."""
    clause = with_parameters(clause, story.scenario.parameters)
    duties = settled(log, clause, clause.duty.duties(log))
    return sorted(zip(*(x.tolist() for x in (duties.deal, duties.arose, duties.verdict, duties.how)), strict=True))


def is_told_apart(other: Clause) -> bool:
    """Whether some story has other verdicts by this other form of its clause."""
    return any(verdicts(other, story, log) != usual for story, log, usual in told_of(other.code))


@pytest.mark.parametrize(("code", "name", "other"), NUMBERS)
def test_another_number_changes_a_verdict(code: str, name: str, other: Value) -> None:
    told = is_told_apart(with_parameters(CLAUSES[code], {name: other}))
    assert told, f"no story of {code} tells {name} = {parameters_of(CLAUSES[code])[name]} from {other}"


@pytest.mark.parametrize("seconds", [-1, 1])
@pytest.mark.parametrize(("code", "field"), DEADLINES)
def test_a_deadline_a_second_apart_changes_a_verdict(code: str, field: str, seconds: int) -> None:
    duty: Any = CLAUSES[code].duty
    shifted = replace(duty, **{field: Shifted(getattr(duty, field), seconds)})
    told = is_told_apart(replace(CLAUSES[code], duty=shifted))
    when = "at the very second of the deadline" if seconds < 0 else "one second after the deadline"
    assert told, f"no story of {code} acts {when}"
