"""The stories of all regulations, and the duties that each of them gives."""

from collections.abc import Iterator, Sequence
from functools import cache

import pandas as pd
import pytest

from auditor.audit.engine import run_clause
from auditor.patterns.core.needs import AnyName, Attachment, Field, Need, OneOf
from auditor.rules import Clause
from auditor.rules.parameters import with_parameters
from checks import REGULATIONS
from fixtures.stories import Story, read_stories, stories_of

CLAUSES = {clause.code: clause for regulation in REGULATIONS for clause in regulation.clauses}


@cache
def stories() -> tuple[Story, ...]:
    """All stories, in the order of the regulations and their files."""
    return tuple(story for regulation in REGULATIONS for story in _of(regulation.code))


def _of(code: str) -> Iterator[Story]:
    pipelines = next(regulation.pipelines for regulation in REGULATIONS if regulation.code == code)
    yield from read_stories(stories_of(code), f"{code.lower()}.txt", pipelines)


def whole(code: str) -> list[Story]:
    """The kept and the broken stories of a clause in which the export lacks nothing yet."""
    told = [story for story in stories() if story.code == code and (story.is_kept or story.is_broken)]
    return [story for story in told if not story.scenario.missing | story.scenario.seen.keys()]


def first_of(code: str) -> tuple[Story, Story]:
    """The first kept and the first broken story of a clause; where it lacks one, the test says so and fails."""
    kept = next((story for story in whole(code) if story.is_kept), None)
    broken = next((story for story in whole(code) if story.is_broken), None)
    lacking = [word for word, story in (("kept", kept), ("broken", broken)) if story is None]
    if kept is None or broken is None:
        pytest.fail(f"{code} has no {' and no '.join(lacking)} story in which the export lacks nothing", pytrace=False)
    return kept, broken


def simple(need: Need) -> Iterator[Need]:
    """A need, or those of all its options."""
    if isinstance(need, OneOf):
        yield from (each for option in need.options for part in option for each in simple(part))
    else:
        yield need


def needs_of(clause: Clause) -> list[Need]:
    """What a clause needs, options and all."""
    return [each for need in clause.duty.needs for each in simple(need)]


def fields_of(clause: Clause) -> tuple[str, ...]:
    """The captions of the fields that a clause needs, those that may hold an attachment too."""
    return tuple(name for need in needs_of(clause) if isinstance(need, Field | Attachment) for name in names_of(need))


def names_of(need: Need) -> tuple[str, ...]:
    """The streams, columns or captions that a simple need names; none of the people."""
    if isinstance(need, Attachment):
        return (need.field,)
    return need.names if isinstance(need, AnyName) else ()


def duties_of(story: Story, missing: Sequence[str] = ()) -> pd.DataFrame:
    """Every duty of the story's clause, from its export without those streams or fields."""
    clause = with_parameters(CLAUSES[story.code], story.scenario.parameters)
    return run_clause(story.tables(missing, fields_of(clause)), clause, story.settings)
