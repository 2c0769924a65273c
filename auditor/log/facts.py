"""Facts of the whole export, which no deal shows alone: people, streams, busy days. A log of a part of the deals gets
them from outside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from auditor.inputs.deal_ids import DealIds
from auditor.inputs.tables import Sources, Tables
from auditor.log.bookings import Bookings
from auditor.log.clients import Clients, clients_of
from auditor.log.columns import Arrays, Bools, Codes, Columns, Ints
from auditor.log.gaps import with_gaps
from auditor.log.kinds import DAY, NEVER
from auditor.log.loose import LooseCalls, loose_calls
from auditor.log.plans import PLANNED, with_plans
from auditor.log.roles import is_robot, role_of
from auditor.log.streams import Stream, find_streams, unused_streams
from auditor.settings import Settings
from auditor.spelling import folded
from auditor.terms import Role
from auditor.threads import workers


@dataclass(frozen=True, eq=False)
class Basis:
    """What must be known before any event is read: `as_of` (seconds since 2000-01-01), and who is who.

    `people`: names in order of their codes; `codes`: by folded name; `robots`: whether the name of a code is a robot's,
    with a last False for nobody (−1); `roles`: role by code, for the names of the people table; `departments`: name by
    code; `until`: the last second of those who left; `has_people`: there is a people table with roles."""

    as_of: int
    people: tuple[str, ...]
    codes: Mapping[str, int]
    robots: Bools
    roles: Mapping[int, Role]
    departments: Mapping[int, str]
    until: Mapping[int, int]
    has_people: bool
    people_table: pd.DataFrame | None

    def person(self, name: str) -> int:
        """A person's code, −1 for a name that the exports never mention."""
        return self.codes.get(folded(name), -1)


@dataclass(frozen=True, eq=False)
class Facts(Basis):
    """Facts of the whole export, up to `as_of`.

    `busy`: sorted person << 32 | day on which that person did anything; `streams`: by name; `unused`: those that the
    company does not use; `loose`: calls on no deal, of the days with too many of them; `known_fields`: folded captions
    of the fields whose changes are exported; `clients`: who knew each phone first; `creations_told`: the history tells
    creations at all; `minutes`: source number and column of the columns of times that tell minutes only; `bookings`: of
    an export in parts those of all parts, by the pattern that asks for them (a log of the whole has them all itself).
    """

    busy: Ints
    streams: Mapping[str, Stream]
    unused: frozenset[str]
    loose: LooseCalls
    known_fields: frozenset[str]
    clients: Clients
    creations_told: bool
    minutes: frozenset[tuple[int, str]]
    bookings: Mapping[object, Bookings] = field(default_factory=dict)

    def did_nothing(self, person: Codes, day: Ints) -> Bools:
        """Per person and day: no deal shows an act of that person on that day. False for nobody by name (−1), and where
        the export names no authors at all."""
        if not self.busy.size:
            return np.zeros(len(person), np.bool_)
        wanted = (person.astype(np.int64) << 32) | day
        place = np.minimum(np.searchsorted(self.busy, wanted), len(self.busy) - 1)
        return np.asarray((self.busy[place] != wanted) & (person >= 0))


def basis_of(arrays: Arrays, settings: Settings) -> Basis:
    """As-of, and everybody whom the exports name."""
    with workers(len(arrays)) as pool:
        as_of = pool.submit(_as_of, arrays, settings)
        spelling = _people(arrays)
    codes = {name: code for code, name in enumerate(spelling)}
    people = arrays.people
    listed = {codes[folded(name)]: row for row, name in enumerate(people.frame.get("name", ()))}
    role, department, until = people.text("role"), people.text("department"), people.seconds("until")
    return Basis(
        as_of=as_of.result(),
        people=tuple(spelling.values()),
        codes=codes,
        robots=np.array([*map(is_robot, spelling.values()), False]),
        roles={code: role_of(role.at(row)) for code, row in listed.items()},
        departments={code: department.at(row) for code, row in listed.items()},
        until={code: int(until[row]) for code, row in listed.items() if until[row] != NEVER},
        has_people="role" in people,
        people_table=people.frame if listed else None,
    )


def gather_facts(tables: Tables, settings: Settings) -> Facts:
    """The facts of everything that was read."""
    arrays = Arrays.of(tables)
    basis = basis_of(arrays, settings)
    return facts_of(with_plans(arrays, basis.as_of), settings, basis)


def facts_of(arrays: Arrays, settings: Settings, basis: Basis) -> Facts:
    """The facts of these tables, for the log that is made of the same arrays."""
    with workers(len(arrays)) as pool:
        busy = pool.submit(_busy, arrays, basis.codes, basis.as_of)
        streams = pool.submit(_streams, arrays, settings, basis.as_of)
        loose = pool.submit(loose_calls, arrays.activities, arrays.unread, settings)
        clients = pool.submit(clients_of, arrays.deals, basis.codes)
        creations = pool.submit(_tells_creations, arrays)
    return Facts(
        **vars(basis),
        busy=busy.result(),
        streams=streams.result(),
        unused=unused_streams(streams.result(), settings),
        loose=loose.result(),
        known_fields=_changed_fields(arrays.history),
        clients=clients.result(),
        creations_told=creations.result(),
        minutes=_minutes(arrays.sources),
    )


def _streams(arrays: Arrays, settings: Settings, as_of: int) -> Mapping[str, Stream]:
    return with_gaps(find_streams(arrays, settings, as_of), arrays, settings, as_of)


def _as_of(arrays: Arrays, settings: Settings) -> int:
    """The second the audit speaks for: that of the settings, else the latest moment in the tables."""
    if settings.as_of is not None:
        return int((np.datetime64(settings.as_of, "s") - np.datetime64("2000-01-01", "s")).astype(int))
    return max(map(_latest, _moments(arrays)))


def span_of(arrays: Arrays) -> tuple[int, int]:
    """The first and the last second of which the tables tell, whatever as-of is; NEVER and 0 where they tell none."""
    moments = _moments(arrays)
    return min(int(each.min(initial=NEVER)) for each in moments), max(map(_latest, moments))


def _moments(arrays: Arrays) -> list[Ints]:
    """Every moment at which something happened, column by column."""
    happened = (
        (arrays.deals, ("created", "closed")),
        (arrays.history, ("time",)),
        (arrays.activities, ("completed", "opened")),
        (arrays.ledger, ("updated",)),
    )
    return [*(table.seconds(column) for table, columns in happened for column in columns), _acts(arrays.activities)]


def _acts(activities: Columns) -> Ints:
    """When the activities happened; a call that is only planned has not."""
    time, planned = activities.seconds("time"), activities.text("type").equals(PLANNED)
    return np.where(planned, NEVER, time) if planned.any() else time


def _latest(moments: Ints) -> int:
    latest = int(moments.max(initial=0))
    return latest if latest < NEVER else int(np.where(moments < NEVER, moments, 0).max())


def _names(arrays: Arrays) -> Iterator[str]:
    history, activities = arrays.history, arrays.activities
    yield from arrays.deals.text("manager").values
    yield from history.text("author").values
    yield from (*activities.text("author").values, *activities.text("addressee").values)
    yield from arrays.people.text("name").values
    changes = history_rows(history, "responsible")
    for column in ("before", "after"):
        yield from history.text(column).taken(changes).values


def history_rows(history: Columns, event: str) -> Ints:
    """The rows of the history that are such an event."""
    return np.flatnonzero(history.text("event").equals(event))


def _people(arrays: Arrays) -> dict[str, str]:
    """Folded names in order of their codes → their first spelling."""
    spelling: dict[str, str] = {}
    for name in _names(arrays):
        spelling.setdefault(folded(name), " ".join(name.split()))
    return spelling


def _busy(arrays: Arrays, codes: Mapping[str, int], as_of: int) -> Ints:
    """Person << 32 | day of every authored event and completed task up to as-of, sorted and distinct.

    A completion is an act of the task's addressee; of its author where no addressee is named."""
    history, activities = arrays.history, arrays.activities
    author, addressee = (activities.text(column).mapped(codes) for column in ("author", "addressee"))
    acts = (
        (history.text("author").mapped(codes), history.seconds("time")),
        (author, activities.seconds("time")),
        (np.where(addressee >= 0, addressee, author), activities.seconds("completed")),
    )
    days = [_days(person, moments, as_of) for person, moments in acts]
    return np.unique(np.concatenate(days))


def _days(person: Codes, moments: Ints, as_of: int) -> Ints:
    rows = np.flatnonzero((person >= 0) & (moments <= as_of))
    # few pairs are distinct: hashing them takes half of the time of sorting all
    return pd.unique((person[rows].astype(np.int64) << 32) | (moments[rows] // DAY))


def _tells_creations(arrays: Arrays) -> bool:
    """Whether the history tells of any deal that it was created: in so many words, or by a stage in that second."""
    history = arrays.history
    if len(history_rows(history, "created")):
        return True
    stages = history_rows(history, "stage")
    place = DealIds(arrays.deals.frame).places(history.frame.iloc[stages])
    return bool((np.append(arrays.deals.seconds("created"), -1)[place] == history.seconds("time")[stages]).any())


def _minutes(sources: Sources) -> frozenset[tuple[int, str]]:
    """Source number and column of the columns of times that tell minutes only."""
    return frozenset(
        (number, column)
        for number, source in enumerate(sources.sources)
        for column, precision in source.precision.items()
        if precision == "minute"
    )


def _changed_fields(history: Columns) -> frozenset[str]:
    """Folded captions of the fields whose changes are exported."""
    return frozenset(history.text("field").taken(history_rows(history, "field")).folded)
