"""A stream that is missing is not a zero: without what a clause needs, no story of it shows a violation.

Generated from each clause's needs and its kept and broken stories."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from storied import CLAUSES, duties_of, first_of, names_of, needs_of, simple, whole

from auditor.patterns.core.needs import Attachment, Channel, Column, Field, Movers, Need, OneOf, People, Stream
from auditor.rules import Clause
from fixtures.staging import as_of
from fixtures.stories import Story

HISTORY: tuple[str, ...] = ("created", "stage", "pipeline", "responsible", "field", "closed", "converted")
CLOSINGS = ("closed", "converted", "stage", "pipeline")
SECOND = timedelta(seconds=1)


def removed(need: Need) -> list[str]:
    """What a story must lack for the need to be gone."""
    return [name for each in simple(need) for name in lacking(each)]


def lacking(need: Need) -> list[str]:
    """A file can be an attachment, a history of stages shows closings, and a chat is gone with all chats."""
    if isinstance(need, People):
        return ["people"]
    if isinstance(need, Movers):
        return ["author"]
    if isinstance(need, Channel):
        return ["chat"]
    if isinstance(need, Field | Attachment):
        return [*(f"поле {name}" for name in names_of(need)), *(["file"] if isinstance(need, Attachment) else [])]
    return [name for each in names_of(need) for name in (CLOSINGS if each == "closed" else (each,))]


def needed(clause: Clause) -> set[str]:
    return {name for need in needs_of(clause) for name in names_of(need)}


NEEDS = [(code, need) for code, clause in CLAUSES.items() for need in clause.duty.needs]
ACTIVITIES = ("call", "message", "email")
"""Without SMS none are used: nothing is left open."""
ONE_OF_MANY = [
    (code, name)
    for code, need in NEEDS
    for each in simple(need)
    if isinstance(each, Stream)
    for name in each.names
    if (isinstance(need, OneOf) or len(each.names) > 1) and name.split()[0] in ACTIVITIES
]

COLUMNS_OF_ONE = dict.fromkeys(
    (code, each.names)
    for code, need in NEEDS
    if isinstance(need, OneOf)
    for each in simple(need)
    if isinstance(each, Column)
)
"""Columns without which one of several ways to fulfil a clause cannot be seen."""


def label(part: object) -> str:
    return " ".join(removed(part)) if isinstance(part, Need) else str(part)


@pytest.mark.parametrize(("code", "need"), NEEDS, ids=label)
def test_without_what_a_clause_needs_it_is_not_checked(code: str, need: Need) -> None:
    for story in first_of(code):
        assert duties_of(story, removed(need)).empty, story.name


@pytest.mark.parametrize("code", [code for code, clause in CLAUSES.items() if "stage" in needed(clause)])
def test_without_any_history_nothing_is_violated(code: str) -> None:
    for story in first_of(code):
        assert violations(story, HISTORY) == 0, story.name


def violations(story: Story, missing: tuple[str, ...] = ()) -> int:
    return int((duties_of(story, missing)["verdict"] == "violated").sum())


def told_otherwise(story: Story, stream: str) -> Iterator[Story]:
    """The story with three more events of that stream (whose directions alternate), before or after a moment of it."""
    kind, _, direction = stream.partition(" ")
    deal, last = story.scenario.deal, as_of(story.scenario)
    moments = {row["time"] for row in (*story.scenario.history, *story.scenario.activities)}
    for moment in sorted({time + shift for time in moments for shift in (-SECOND, SECOND)}):
        rows = [
            {"deal": deal, "line": line, "time": moment, "type": kind, "direction": direction or way}
            | {"outcome": "answered", "author": deal.responsible}
            for line, way in enumerate(("out", "in", "out"), 900_000)
        ]
        if moment <= last:
            yield replace(story, scenario=replace(story.scenario, activities=[*story.scenario.activities, *rows]))


@pytest.mark.parametrize(("code", "stream"), dict.fromkeys(ONE_OF_MANY), ids=label)
def test_without_one_of_several_streams_only_what_none_could_change_is_violated(code: str, stream: str) -> None:
    """What is violated though a stream is missing stays violated whatever that stream might have shown."""
    kept, broken = first_of(code)
    assert violations(kept, (stream,)) == 0
    still = violations(broken, (stream,))
    for story in told_otherwise(broken, stream) if still else ():
        assert violations(story) >= still, story.scenario.activities[-1]["time"]


@pytest.mark.parametrize(("code", "columns"), COLUMNS_OF_ONE, ids=label)
def test_without_the_columns_of_one_way_what_was_kept_is_not_violated(code: str, columns: tuple[str, ...]) -> None:
    for story in whole(code):
        assert not story.is_kept or violations(story, columns) == 0, story.name


def test_every_clause_needs_something() -> None:
    assert [code for code, clause in CLAUSES.items() if not clause.duty.needs] == []
