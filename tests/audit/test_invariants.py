"""What must not change the duties: the order of rows, files, other deals, a shift by weeks, a split into deals."""

import random
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from storied import stories
from trials import trials

from auditor.audit.coverage import coverage_of
from auditor.audit.engine import audit
from auditor.audit.pipelines import arisen_in
from auditor.audit.reported import duties_table, reported
from auditor.audit.request import Request
from auditor.audit.result import Status
from auditor.audit.settle import settled
from auditor.audit.telling import Telling
from auditor.audit.waivers import Waivers
from auditor.inputs import load
from auditor.inputs.tables import FIELD, Sources, TableName, Tables
from auditor.log import Log, build_log
from auditor.log.facts import gather_facts
from auditor.patterns import Exclusive
from auditor.patterns.verbs.exclusive import bookings_of
from auditor.settings import Settings
from checks import REGULATIONS
from fixtures.staging import ANOTHER, as_of
from fixtures.stories import Story, read_stories

FEW = trials(40)
CLAUSES = {clause.code: clause for regulation in REGULATIONS for clause in regulation.clauses}
PIPELINES = {clause.code: regulation.pipelines for regulation in REGULATIONS for clause in regulation.clauses}
BY_MONTH = ("FUR12",)
"""Chapters about the stages that are named after months: a shift by weeks changes what is right there."""
WHOLE = [
    story
    for story in stories()
    if not (story.scenario.missing or story.scenario.seen or story.scenario.settings or story.scenario.parameters)
    and story.code in CLAUSES
    and not isinstance(CLAUSES[story.code].duty, Exclusive)
]
"""Stories whose export lacks nothing; those of bookings compare deals with each other."""
a_story = st.sampled_from(WHOLE)
some_stories = st.lists(a_story, min_size=2, max_size=4)
TOLD = ["id", "clause", "deal", "entity", "manager", "role", "arose", "due", "met_at", "verdict", "how", "why"]
"""What must be the same; evidence names rows."""
MOMENTS = ("arose", "due", "met_at")
DATE = re.compile(r"\b(\d\d)\.(\d\d)\.(\d{4})\b")


def duties(tables: Tables, settings: Settings, codes: Sequence[str]) -> pd.DataFrame:
    """All duties of these clauses, in a comparable order."""
    named = tuple(regulation.code for regulation in REGULATIONS)
    result = audit(tables, Request(REGULATIONS, named=named, select=tuple(codes), all_duties=True), settings)
    assert not result.crashes
    return tidy(result.tell(result.duties))


def tidy(found: pd.DataFrame) -> pd.DataFrame:
    frame = found[TOLD].sort_values(["id"], ignore_index=True).fillna({"how": ""})
    types = {name: "datetime64[s]" if name in MOMENTS else "object" for name in TOLD}
    return frame.astype(types)


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one, other)


def at(*told: Story) -> Settings:
    """The settings of stories, at the moment of the latest of them."""
    return Settings(suppose_days_off=False, as_of=max(as_of(story.scenario) for story in told))


def changed(tables: Tables, change: Callable[[TableName, pd.DataFrame], pd.DataFrame]) -> Tables:
    """Tables with other frames."""
    frames: dict[str, Any] = {name: change(name, frame) for name, frame in tables.frames()}
    return Tables(**frames, sources=tables.sources)


# ── rows in another order ──


def shuffled(tables: Tables, seed: int) -> Tables:
    """The rows of each sheet in another order, but for those of one second, whose order says something."""

    def shuffle(name: TableName, frame: pd.DataFrame) -> pd.DataFrame:
        sheets = tables.sources.of(frame["row"].to_numpy())
        return pd.concat([_shuffled(sheet, seed) for _number, sheet in frame.groupby(sheets, sort=True)])

    return changed(tables, shuffle)


def _shuffled(sheet: pd.DataFrame, seed: int) -> pd.DataFrame:
    rows = sheet["row"].to_numpy()
    times = sheet["time"].tolist() if "time" in sheet else list(range(len(sheet)))
    order = list(range(len(sheet)))
    random.Random(seed).shuffle(order)
    waiting = {time: [place for place in range(len(sheet)) if times[place] == time] for time in set(times)}
    order = [waiting[times[place]].pop(0) for place in order]
    return sheet.iloc[order].assign(row=rows[: len(sheet)])


@FEW
@given(a_story, st.integers(0, 10**6))
def test_the_order_of_rows_of_different_seconds_changes_nothing(story: Story, seed: int) -> None:
    tables = story.tables()
    same(duties(tables, at(story), [story.code]), duties(shuffled(tables, seed), at(story), [story.code]))


# ── several stories in one export ──


def together(told: Sequence[Story], rename: Callable[[int, str], str] = lambda number, name: name) -> Tables:
    """One export of several stories: deals numbered apart, sheet after sheet."""
    parts = [_numbered(story.tables(), number, rename) for number, story in enumerate(told)]
    sources = [source for part in parts for source in part.sources.sources]
    frames: dict[str, Any] = {}
    for name in ("deals", "history", "activities", "ledger"):
        frames[name] = _joined([frame for part in parts if (frame := getattr(part, name)) is not None])
    frames["people"] = parts[0].people
    return Tables(**frames, sources=Sources(sorted(sources, key=lambda source: source.first)))


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame | None:
    if not frames:
        return None
    for frame in frames:
        for column in frame.select_dtypes("category"):
            frame[column] = frame[column].astype("string")
    joined = pd.concat(frames, ignore_index=True)
    return joined.astype(dict.fromkeys(joined.select_dtypes("string"), "category"))


def _numbered(tables: Tables, number: int, rename: Callable[[int, str], str]) -> Tables:
    shift = number * 20_000_000

    def change(_name: TableName, frame: pd.DataFrame) -> pd.DataFrame:
        frame = frame.assign(row=frame["row"] + shift)
        for column in ("id", "deal", "lead_id"):
            if column in frame:
                frame[column] = (f"{number}-" + frame[column].astype("string")).astype("category")
        for column in ("manager", "author", "before", "after", "addressee"):
            if column in frame:
                frame[column] = (
                    frame[column].astype("string").map(lambda name: rename(number, name), na_action="ignore")
                )
                frame[column] = frame[column].astype("string").astype("category")
        return frame

    moved = [replace(source, first=source.first + shift) for source in tables.sources.sources]
    return replace(changed(tables, change), sources=Sources(moved))


@FEW
@given(some_stories)
def test_whole_deals_apart_give_the_same_duties_by_the_facts_of_all(told: list[Story]) -> None:
    codes = sorted({story.code for story in told})
    whole, settings = together(told), at(*told)
    parts = [changed(whole, lambda name, frame, n=n: _of(name, frame, f"{n}-")) for n in range(len(told))]  # type: ignore[misc]
    same(duties(whole, settings, codes), duties_apart(whole, parts, settings, codes))


def duties_apart(whole: Tables, parts: Sequence[Tables], settings: Settings, codes: Sequence[str]) -> pd.DataFrame:
    """All duties of these clauses, found part by part by the facts of the whole."""
    facts = gather_facts(whole, settings)
    logs = [build_log(part, settings, facts) for part in parts]
    facts = replace(facts, bookings=bookings_of(logs, [CLAUSES[code].duty for code in codes]))
    logs = [build_log(part, settings, facts) for part in parts]
    return tidy(pd.concat([_told(log, code) for log in logs for code in codes], ignore_index=True))


def _told(log: Log, code: str) -> pd.DataFrame:
    clause = CLAUSES[code]
    if coverage_of(clause, log).status != Status.CHECKED:
        return pd.DataFrame(columns=TOLD)
    found = settled(log, clause, arisen_in(log, PIPELINES[code], clause.duty.duties(log)))
    parts = [reported(log, clause, found, Waivers(log, ()))]
    return Telling(log, parts)(duties_table(log, parts))


BOOKINGS = [story for story in stories() if story.code in CLAUSES and isinstance(CLAUSES[story.code].duty, Exclusive)]


@pytest.mark.parametrize("story", [story for story in BOOKINGS if len(story.tables().deals) > 1], ids=lambda s: s.name)
def test_a_clash_of_bookings_is_found_where_each_deal_is_in_a_part_of_its_own(story: Story) -> None:
    whole, settings = story.tables(), at(story)
    deals = whole.deals["id"].astype("string").tolist()
    parts = [changed(whole, lambda name, frame, id=id: _only(name, frame, id)) for id in deals]  # type: ignore[misc]
    found = duties_apart(whole, parts, settings, [story.code])
    same(duties(whole, settings, [story.code]), found)
    assert story.is_broken == ("violated" in found["verdict"].tolist())


def _only(name: TableName, frame: pd.DataFrame, deal: str) -> pd.DataFrame:
    if name == "people":
        return frame
    return frame[frame["id" if name == "deals" else "deal"].astype("string") == deal].reset_index(drop=True)


def _of(name: TableName, frame: pd.DataFrame, prefix: str) -> pd.DataFrame:
    if name == "people":
        return frame
    column = "id" if name == "deals" else "deal"
    return frame[frame[column].astype("string").str.startswith(prefix)].reset_index(drop=True)


@FEW
@given(a_story, a_story)
def test_a_deal_of_another_manager_changes_nothing(story: Story, another: Story) -> None:
    settings = at(story, another)
    neighbour = together([story, another], lambda number, name: "Соседов" if number and name == "Менеджеров" else name)
    alone = duties(together([story]), settings, [story.code])
    both = duties(neighbour, settings, [story.code])
    same(alone, both[both["deal"].str.startswith("0-")].reset_index(drop=True))


# ── another time ──

DAYS = [date(2022, 1, 1) + timedelta(days=number) for number in range(5 * 365)]
WEEKDAYS = tuple(day for day in DAYS if day.weekday() < 5)
WEEKENDS = tuple(day for day in DAYS if day.weekday() >= 5)
"""A calendar without holidays and moved days."""


def later(tables: Tables, by: timedelta) -> Tables:
    """The same export so much later, dates in texts included."""

    def shift(_name: TableName, frame: pd.DataFrame) -> pd.DataFrame:
        frame = frame.copy()
        for column in frame:
            if pd.api.types.is_datetime64_any_dtype(frame[column]):
                frame[column] = (frame[column] + by).astype("datetime64[s]")
            elif isinstance(frame[column].dtype, pd.CategoricalDtype):
                texts = frame[column].astype("string").map(lambda text: _later(text, by), na_action="ignore")
                frame[column] = texts.astype("string").astype("category")
        return frame

    return changed(tables, shift)


def _later(text: str, by: timedelta) -> str:
    return DATE.sub(lambda found: f"{datetime.strptime(found[0], '%d.%m.%Y') + by:%d.%m.%Y}", text)


@FEW
@given(a_story.filter(lambda story: not story.code.startswith(BY_MONTH)), st.integers(-60, 60))
def test_a_shift_by_whole_weeks_shifts_the_duties(story: Story, weeks: int) -> None:
    by = timedelta(weeks=weeks)
    settings = replace(at(story), working_days=WEEKDAYS, days_off=WEEKENDS)
    assert settings.as_of is not None
    now = duties(story.tables(), settings, [story.code])
    then = duties(later(story.tables(), by), replace(settings, as_of=settings.as_of + by), [story.code])
    for column in MOMENTS:
        now[column] = (now[column] + by).astype("datetime64[s]")
    same(_without_id(now), _without_id(then))


def _without_id(found: pd.DataFrame) -> pd.DataFrame:
    """Ids and sentences name the moment."""
    return found.drop(columns=["id", "why"]).sort_values(["clause", "deal", "arose", "due"], ignore_index=True)


# ── ids ──


@FEW
@given(a_story, st.integers(0, 10**6))
def test_ids_do_not_depend_on_files_rows_or_as_of(story: Story, seed: int) -> None:
    settings = at(story)
    assert settings.as_of is not None
    tables = story.tables()
    first = duties(tables, settings, [story.code])
    files = Sources([replace(source, file=f"ночь {seed}.csv") for source in tables.sources.sources])
    renamed = replace(shuffled(tables, seed), sources=files)
    assert list(duties(renamed, settings, [story.code])["id"]) == list(first["id"])
    next_night = duties(tables, replace(settings, as_of=settings.as_of + timedelta(days=1)), [story.code])
    settled_ones = first[first["verdict"].isin(["met", "violated", "waived"])]
    assert set(settled_ones["id"]) <= set(next_night["id"])


ONE_DAY = """AGY0907 ответил в день создания, а потом замолчал
    01.03.2024 10:00  создана
    11:00  звонок исходящий дозвон 2:00
    20.05.2024 10:00  проверка
 => выполнено, возникло 01.03.2024 10:00
 => нарушено, возникло 01.03.2024 11:00
"""


def test_an_id_does_not_depend_on_what_else_is_shown() -> None:
    """The creation's duty and the contact's share a day; the first is met, and reported only when asked."""
    (agency,) = (regulation for regulation in REGULATIONS if regulation.code == "AGY")
    (story,) = read_stories(ONE_DAY, "one day", agency.pipelines)
    request = Request(REGULATIONS, named=("AGY",), select=(story.code,))
    (reported,) = audit(story.tables(), request, at(story)).duties["id"]
    met, violated = audit(story.tables(), replace(request, all_duties=True), at(story)).duties["id"]
    assert reported == violated != met


# ── the same rows in other files ──


def written(folder: Path, tables: Tables, split: Callable[[pd.DataFrame], Sequence[pd.DataFrame]]) -> None:
    """The tables as files of the plain layout, each in the parts that `split` makes of it."""
    for name, frame in tables.frames():
        captions = {column: column.removeprefix(FIELD) for column in frame}
        for number, part in enumerate(split(frame)):
            rows = part.drop(columns="row").rename(columns=captions)
            rows.to_csv(folder / f"{name} {number}.csv", index=False, date_format="%Y-%m-%d %H:%M:%S")


def to_the_second(tables: Tables) -> Tables:
    """The tables with the deal that bounds the days covered, and with a row of another second at the beginning and the
    end of each, so that no part tells minutes."""

    def bounded(name: TableName, frame: pd.DataFrame) -> pd.DataFrame:
        if name == "deals":
            another = (
                frame.iloc[:1].astype({"id": "object", "pipeline": "object"}).assign(id=ANOTHER, pipeline="Другая")
            )
            return pd.concat([frame.astype({"id": "object", "pipeline": "object"}), another])
        if "time" not in frame or not len(frame):
            return frame
        ends = frame.iloc[[0, -1]].assign(time=frame["time"].iloc[[0, -1]].to_numpy() + np.timedelta64(7, "s"))
        return pd.concat([ends.iloc[:1], frame, ends.iloc[1:]]).astype(frame.dtypes)

    return changed(tables, bounded)


def halves(frame: pd.DataFrame) -> Sequence[pd.DataFrame]:
    """Two parts of which the first ends before the second begins: no second is in both."""
    if "time" not in frame:
        return frame.iloc[::2], frame.iloc[1::2]
    early = (frame["time"] <= frame["time"].sort_values().iloc[len(frame) // 2]).to_numpy()
    return frame[early], frame[~early]


@trials(15)
@given(a_story)
def test_a_file_in_two_halves_or_read_twice_changes_no_duty(story: Story) -> None:
    tables, settings = to_the_second(story.tables()), at(story)
    found = []
    for split in (lambda frame: [frame], halves, lambda frame: [frame, frame]):
        with tempfile.TemporaryDirectory() as folder:
            written(Path(folder), tables, split)
            found.append(duties(load([folder], settings), settings, [story.code]))
    whole, halved, twice = found
    same(whole, halved)
    same(whole, twice)
