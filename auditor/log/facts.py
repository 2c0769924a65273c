"""What one deal cannot know: small, gathered once from all tables, handed read-only to every partition."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from auditor.inputs.tables import Tables
from auditor.log.columns import Bools, Codes, Ints, Text, seconds
from auditor.log.kinds import DAY, NEVER
from auditor.log.owners import Owners, owners_of
from auditor.log.roles import role_of
from auditor.log.streams import Stream, find_streams
from auditor.settings import Settings
from auditor.spelling import folded
from auditor.terms import Role


@dataclass(frozen=True, eq=False)
class Facts:
    """Facts of the whole export, up to `as_of` (seconds since 2000-01-01).

    `people`: names in order of their codes; `roles`: role by code, for the names of the people table; `busy`:
    sorted person << 32 | day on which that person did anything; `streams`: by name; `lost_calls`: days on which too
    many outgoing calls hang on no deal; `owners`: who knew each phone first.
    """

    as_of: int
    people: tuple[str, ...]
    roles: Mapping[int, Role]
    departments: Mapping[int, str]
    until: Mapping[int, int]
    has_people: bool
    busy: Ints
    streams: Mapping[str, Stream]
    lost_calls: Ints
    known_fields: frozenset[str]
    owners: Owners
    people_table: pd.DataFrame | None = None
    codes: Mapping[str, int] = field(default_factory=dict)

    def person(self, name: str) -> int:
        """A person's code, −1 for a name that the exports never mention."""
        return self.codes.get(folded(name), -1)

    def did_nothing(self, person: Codes, day: Ints) -> Bools:
        """Whether the person did nothing in any deal on that day; never said of an export without authors."""
        if not self.busy.size:
            return np.zeros(len(person), np.bool_)
        wanted = (person.astype(np.int64) << 32) | day
        place = np.minimum(np.searchsorted(self.busy, wanted), len(self.busy) - 1)
        return np.asarray((self.busy[place] != wanted) & (person >= 0))


def gather_facts(tables: Tables, settings: Settings) -> Facts:
    """The facts of everything that was read."""
    as_of = _as_of(tables, settings)
    spelling = _people(tables)
    codes = {name: code for code, name in enumerate(spelling)}
    people = tables.people
    listed = {} if people is None else {codes[folded(name)]: index for index, name in enumerate(people["name"])}
    column = {} if people is None else {name: Text.of(people.get(name), len(people)) for name in ("role", "department")}
    return Facts(
        as_of=as_of,
        people=tuple(spelling.values()),
        roles={code: role_of(column["role"].at(index)) for code, index in listed.items()},
        departments={code: column["department"].at(index) for code, index in listed.items()},
        until=_until(people, listed),
        has_people=people is not None and "role" in people,
        busy=_busy(tables, codes, as_of),
        streams=find_streams(tables, settings, as_of),
        lost_calls=_lost_calls(tables, settings, as_of),
        known_fields=_changed_fields(tables),
        owners=owners_of(tables.deals, codes),
        people_table=people,
        codes=codes,
    )


def _as_of(tables: Tables, settings: Settings) -> int:
    """The moment the audit speaks for: set, or the latest moment at which anything happened."""
    if settings.as_of is not None:
        return int((np.datetime64(settings.as_of, "s") - np.datetime64("2000-01-01", "s")).astype(int))
    happened = {"deals": ("created", "closed"), "history": ("time",), "activities": ("time", "completed", "opened"),
                "ledger": ("updated",)}  # fmt: skip
    latest = [
        moments.max(where=moments != NEVER, initial=0)
        for name, frame in tables.frames()
        for column in happened.get(name, ())
        if column in frame
        for moments in (seconds(frame[column]),)
    ]
    return int(max(latest, default=0))


NAMES = {"deals": ("manager",), "history": ("author",), "activities": ("author", "addressee"), "people": ("name",)}


def _names(tables: Tables) -> list[str]:
    names = [
        value
        for name, frame in tables.frames()
        for column in NAMES.get(name, ())
        if column in frame
        for value in Text.of(frame[column], len(frame)).values
    ]
    history = tables.history
    if history is not None:
        changes = np.flatnonzero(history["event"] == "responsible")
        for column in ("before", "after"):
            names += Text.of(history.get(column), len(history)).taken(changes).values
    return names


def _people(tables: Tables) -> dict[str, str]:
    """Folded names in order of their codes → their first spelling."""
    spelling: dict[str, str] = {}
    for name in _names(tables):
        spelling.setdefault(folded(name), " ".join(name.split()))
    return spelling


def _until(people: pd.DataFrame | None, listed: Mapping[int, int]) -> dict[int, int]:
    if people is None or "until" not in people:
        return {}
    last = seconds(people["until"])
    return {code: int(last[index]) for code, index in listed.items() if last[index] != NEVER}


def _busy(tables: Tables, codes: Mapping[str, int], as_of: int) -> Ints:
    """Person << 32 | day of every authored event and completed task up to as-of, sorted and distinct.

    A completion is the act of the addressee, where the row names none of the author."""
    acts = []
    for frame, people, time in (
        (tables.history, ("author",), "time"),
        (tables.activities, ("author",), "time"),
        (tables.activities, ("addressee", "author"), "completed"),
    ):
        if frame is not None and time in frame:
            moments = seconds(frame[time])
            rows = np.flatnonzero(moments <= as_of)
            person = np.full(len(rows), -1, np.int32)
            for column in people:
                named = Text.of(frame.get(column), len(frame)).mapped(codes)[rows]
                person = np.where(person >= 0, person, named)
            acts.append(pd.unique((person.astype(np.int64) << 32) | (moments[rows] // DAY)))
    distinct = np.unique(np.concatenate(acts)) if acts else np.zeros(0, np.int64)
    return distinct[distinct >= 0]


def _lost_calls(tables: Tables, settings: Settings, as_of: int) -> Ints:
    """The days on which more than the tolerated share of outgoing calls hang on no deal."""
    frame = tables.activities
    if frame is None or not len(frame):
        return np.zeros(0, np.int64)
    calls = np.asarray(frame["type"] == "call")
    if "direction" in frame:
        calls = calls & np.asarray(frame["direction"] != "in")
    loose = np.asarray(frame["deal"].isna())
    if not (calls & loose).any():
        return np.zeros(0, np.int64)
    days = seconds(frame["time"])[calls] // DAY
    which, inverse, count = np.unique(days, return_inverse=True, return_counts=True)
    lost = np.bincount(inverse, weights=loose[calls])
    return which[lost > settings.unattached_share * count]


def _changed_fields(tables: Tables) -> frozenset[str]:
    """Folded captions of the fields whose changes are exported."""
    history = tables.history
    if history is None or "field" not in history:
        return frozenset()
    changes = np.flatnonzero(history["event"] == "field")
    return frozenset(Text.of(history["field"], len(history)).taken(changes).folded)
