"""What the log holds of one deal, or of one person's day, in the order in which it happened."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from auditor.inputs.deal_ids import DealIds
from auditor.inputs.tables import DAY_OF, FRACTION_OF, Place
from auditor.log import Log
from auditor.log.calendar import day_number
from auditor.log.columns import Bools, Codes, Ints, Text, moment
from auditor.log.kinds import DAY, DEAL_BITS, KIND_OF_ACTIVITY, MINUTE, NEVER, Answer, Direction, Kind, Suspect
from auditor.log.remembered import remembered
from auditor.log.spine import key_of, time_of
from auditor.spelling import capital, folded
from auditor.terms import Outcome

OF_HISTORY = (Kind.STAGE, Kind.PIPELINE, Kind.RESPONSIBLE, Kind.FIELD, Kind.CLOSED)
KEPT_ELSEWHERE = ("row", "deal", "entity", "id", "time", "type", "author", "maybe", "phones", "completed")
"""Columns that are no cells of what happened: a place, a moment, a kind or a name says the same."""
MOMENTS = {Kind.CREATED: "created", Kind.TASK_DONE: "completed", Kind.OPENED: "opened", Kind.LEDGER: "updated"}
"""The columns that tell when something happened, where it is not `time`."""
NOBODY = -2
ON_NO_DEAL = ("", "", "")
"""In place of entity, id and title."""
Record = tuple[str, str]
"""The entity and the id of a deal."""
Cells = tuple[tuple[str, Any], ...]
"""What a row says, by canonical column."""


@dataclass(frozen=True)
class Happening:
    """What one row tells.

    `at`: its own moment (None: nobody knows), the day alone where `day_only`; `kind`: that of the log in small letters,
    or `unread`; `direction` and `answer` of a call or letter, in small letters or empty; `cells`: what else its row
    says, by canonical column; `worked`: seconds of working time since the last known moment before (None: not known).
    `early`: before its deal's creation; `maybe`: perhaps the row above, told twice; `timeless`: a completion of an
    unknown moment, which stands at its task; `own`: an act of the person whose day it is."""

    at: datetime | None
    kind: str
    entity: str
    deal: str
    title: str
    place: Place
    author: str = ""
    direction: str = ""
    answer: str = ""
    cells: Cells = ()
    suspect: tuple[str, ...] = ()
    worked: float | None = None
    day_only: bool = False
    early: bool = False
    maybe: bool = False
    timeless: bool = False
    own: bool = False


@dataclass(frozen=True)
class Stayed:
    """A stay of a deal: `outcome` in small letters, empty in an ordinary stage; no stage: unknown; `left` None: it
    lasts; not `certain`: nobody knows exactly when it was entered."""

    stage: str
    pipeline: str
    outcome: str
    entered: datetime
    left: datetime | None
    certain: bool


@dataclass(frozen=True)
class DealLine:
    """One deal. `card`: the cells of its row as exported, by canonical column (None: exports contradict each other);
    `linked`: the lead of a deal, the deals of a lead; `later`: how many rows lie after the moment of the audit."""

    record: Record
    title: str
    link: str
    manager: str
    card: Cells
    linked: tuple[Record, ...]
    stays: tuple[Stayed, ...]
    happened: tuple[Happening, ...]
    later: int
    place: Place


@dataclass(frozen=True)
class DayLine:
    """One person's day. `opens`, `closes`: of the working time (None: a day off, or, where not `known`, a schedule that
    is not understood); `schedule`: its cell, empty for the company's; `idle`: a working day without a single act."""

    person: str
    day: date
    role: str
    department: str
    schedule: str
    opens: datetime | None
    closes: datetime | None
    known: bool
    idle: bool
    left: date | None
    happened: tuple[Happening, ...]


@remembered
def code_of(log: Log, record: Record) -> int:
    """The code of a deal; −1 where there was none as of the audit."""
    entity, name = record
    codes = np.flatnonzero((log.deals.ids == name) & (log.deals.is_lead == (entity == "lead")))
    return int(codes[0]) if len(codes) else -1


class Timelines:
    """The record of an audit, deal by deal and day by day."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def of_deal(self, record: Record) -> DealLine | None:
        """Everything that the log holds of a deal; None where there was no such deal as of the audit."""
        log, code = self._log, code_of(self._log, record)
        if code < 0:
            return None
        first, stop = np.searchsorted(log.key, key_of(np.array([code, code + 1]), 0))
        places = np.arange(first, stop)
        frame = log.deals.frame
        return DealLine(
            record=record,
            title=_cell(frame, "title", code),
            link=log.settings.link.replace("{id}", record[1]) or _cell(frame, "link", code),
            manager=_name(log, _responsible(log, code)),
            card=tuple(_card(log, code)),
            linked=tuple(_linked(log, code)),
            stays=tuple(_stays(log, code)),
            happened=tuple(_with_unread(log, code, _happenings(log, places, _schedules(log, places)))),
            later=_later(log, code),
            place=log.sources.locate(int(log.deals.row[code])),
        )

    def of_day(self, name: str, day: date) -> DayLine:
        """What a person did on a day in every deal, and what happened in the deals that he answered for; calls on no
        deal, too. A shift over midnight reaches to its end."""
        log, number = self._log, day_number(day)
        person = log.facts.person(name)
        schedule, today = log.times.of(np.array([person])), np.array([number])
        schedules = log.times.schedules
        works = bool(schedules.is_working(schedule, today)[0])
        known = bool(schedules.is_known(schedule)[0])
        opens, closes = (int(side(schedule, today)[0]) for side in (schedules.opens, schedules.closes))
        stop = max((number + 1) * DAY, closes if works else 0)
        return DayLine(
            person=_name(log, person),
            day=day,
            role=log.facts.roles[person].value if person in log.facts.roles else "",
            department=log.facts.departments.get(person, ""),
            schedule=_schedule(log, name),
            opens=moment(opens) if works and known else None,
            closes=moment(closes) if works and known else None,
            known=known,
            idle=works and bool(log.facts.did_nothing(np.array([person], np.int32), today)[0]),
            left=moment(log.facts.until[person]).date() if person in log.facts.until else None,
            happened=tuple(_of_person(log, person, number * DAY, stop)),
        )


# ── events ──


def _happenings(log: Log, places: Ints, schedule: Ints, person: int = NOBODY) -> list[Happening]:
    """The events at these positions of the log, in that order; the time between them by these schedules."""
    times = _times(log, places)
    worked, cells = _worked(log, places, times, schedule), _cells(log, places)
    early, timeless, maybe = (np.isin(places, marked) for marked in (log.early, log.timeless, log.maybe))
    return [
        Happening(
            None if timeless[i] else moment(times[i]),
            Kind(log.kind[place]).name.lower(),
            *_deal(log, int(log.key[place]) >> DEAL_BITS),
            place=log.sources.locate(int(log.row[place])),
            author=_name(log, log.author[place]),
            direction=_small(Direction(log.direction[place])),
            answer=_small(Answer(log.answer[place])),
            cells=cells[i],
            suspect=tuple(str(flag.name).lower() for flag in Suspect if flag & int(log.flags[place])),
            worked=worked[i],
            day_only=_day_only(log, place),
            early=bool(early[i]),
            maybe=bool(maybe[i]),
            timeless=bool(timeless[i]),
            own=bool(log.author[place] == person),
        )
        for i, place in enumerate(places.tolist())
    ]


def _times(log: Log, places: Ints) -> Ints:
    """The events' own seconds, those before their deal's creation, too."""
    times, early = time_of(log.key[places]), np.isin(places, log.early)
    times[early] = log.early_time[np.searchsorted(log.early, places[early])]
    return times


def _small(value: Direction | Answer) -> str:
    """The name in small letters; empty for the first of the list, which says nothing."""
    return value.name.lower() if value else ""


def _name(log: Log, person: "int | np.integer") -> str:
    return log.facts.people[person] if person >= 0 else ""


def _deal(log: Log, code: int) -> tuple[str, str, str]:
    """Its entity, id and title."""
    return *_record(log, code), _cell(log.deals.frame, "title", code)


def _record(log: Log, code: int) -> Record:
    return "lead" if log.deals.is_lead[code] else "deal", str(log.deals.ids[code])


def _cell(frame: pd.DataFrame, column: str, row: int) -> str:
    value = frame[column].iloc[row] if column in frame else None
    return "" if pd.isna(value) else str(value)


def _frame(log: Log, kind: Kind) -> pd.DataFrame:
    """The table whose rows tell of such events."""
    if kind == Kind.CREATED:
        return log.deals.frame
    return log.history if kind in OF_HISTORY else log.ledger if kind == Kind.LEDGER else log.activities


def _cells(log: Log, places: Ints) -> list[Cells]:
    """Per event the filled cells of its row; none of a creation, whose row is the deal's card."""
    result: list[Cells] = [()] * len(places)
    for kind in set(log.kind[places].tolist()) - {Kind.CREATED}:
        here = np.flatnonzero(log.kind[places] == kind)
        for i, cells in zip(here.tolist(), _rows(_frame(log, kind), log.ref[places[here]]), strict=True):
            result[i] = cells
    return result


def _rows(frame: pd.DataFrame, rows: Ints | Codes) -> Iterator[Cells]:
    """The filled cells of these rows."""
    columns = [
        name for name in map(str, frame) if name not in KEPT_ELSEWHERE and not name.startswith((DAY_OF, FRACTION_OF))
    ]
    if not columns:  # pandas 3.0 makes no tuples of rows without cells
        yield from [()] * len(rows)
        return
    for values in frame[columns].iloc[rows].itertuples(index=False, name=None):
        yield tuple((name, _plain(value)) for name, value in zip(columns, values, strict=True) if not pd.isna(value))


def _plain(value: Any) -> Any:
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def _day_only(log: Log, place: int) -> bool:
    """Whether the row of that event tells the day of it alone."""
    kind, row = Kind(log.kind[place]), int(log.ref[place])
    frame = _frame(log, kind)
    column = MOMENTS.get(kind, "time")
    mark = DAY_OF + (column if _cell(frame, column, row) else "time")
    return mark in frame and bool(frame[mark].iloc[row])


def _worked(log: Log, places: Ints, times: Ints, schedule: Ints) -> list[float | None]:
    """Per event the working seconds since the last one before whose moment is known; None where its own is not, before
    the first such one, and where the schedule is not understood."""
    schedules = log.times.schedules
    exact = np.ones(len(places), np.bool_) if log.blur is None else log.blur[places] < MINUTE
    before = np.append(-1, np.maximum.accumulate(np.where(exact, np.arange(len(places)), -1)))[: len(places)]
    worked = schedules.elapsed(schedule, times) - schedules.elapsed(schedule, times[before])
    known = schedules.is_known(schedule) & exact & (before >= 0)
    return [float(seconds) if told else None for seconds, told in zip(worked.tolist(), known.tolist(), strict=True)]


# ── a deal ──


def _responsible(log: Log, code: int) -> int:
    """Who holds the deal as of the audit."""
    versions = log.responsible
    return int(versions.code[versions.at(key_of(np.array([code]), log.as_of))[0]])


def _schedules(log: Log, places: Ints) -> Ints:
    """Per event of one deal the number of the schedule of who was responsible."""
    versions = log.responsible
    return log.times.of(versions.code[versions.before(log.key[places])])


def _card(log: Log, code: int) -> Iterator[tuple[str, Any]]:
    """The cells of the deal's own row, and those in which exports contradict each other."""
    [cells] = _rows(log.deals.frame, np.array([code]))
    yield from ((name, value) for name, value in cells if name not in ("title", "link"))
    yield from ((name, None) for name, codes in log.deals.unknown.items() if code in codes)


def _linked(log: Log, code: int) -> Iterator[Record]:
    lead = int(log.deals.linked[code])
    for other in [*([lead] if lead >= 0 else []), *np.flatnonzero(log.deals.linked == code).tolist()]:
        yield _record(log, other)


def _stays(log: Log, code: int) -> Iterator[Stayed]:
    stays, pipelines = log.stays, _spelt_pipelines(log)
    lasts = stays.lasts
    for i in np.flatnonzero(stays.deal == code).tolist():
        outcome = Outcome(int(stays.outcome[i]))
        pipeline = stays.pipelines[stays.pipeline[i]] if stays.pipeline[i] >= 0 else ""
        yield Stayed(
            stage=stays.spelling[stays.stage[i]] if stays.stage[i] >= 0 else "",
            pipeline=pipelines.get(pipeline, capital(pipeline)),
            outcome="" if outcome == Outcome.OPEN else outcome.name.lower(),
            entered=moment(int(time_of(stays.entered[i]))),
            left=None if lasts[i] else moment(int(time_of(stays.left[i]))),
            certain=bool(stays.certain[i]) and not (outcome and code in stays.undated),
        )


def _spelt_pipelines(log: Log) -> Mapping[str, str]:
    """The pipelines as written, by folded name."""
    texts = (log.text("history", "pipeline"), Text.of(log.deals.frame.get("pipeline"), len(log.deals)))
    names = chain(log.settings.pipelines.values(), *(text.values for text in texts))
    return {folded(name): name for name in names}


def _with_unread(log: Log, code: int, told: Sequence[Happening]) -> Iterator[Happening]:
    """What happened, and the rows of the deal that could not be read: those of a known day at its beginning, the others
    last."""
    lost = _unread(log, np.flatnonzero(log.unread.deal == code))
    yield from _by_day([*told, *(each for each in lost if each.at)])
    yield from (each for each in lost if each.at is None)


def _unread(log: Log, rows: Ints) -> list[Happening]:
    """These rows that could not be read; those whose day is known at its beginning."""
    unread, frame = log.unread, log.arrays.unread.frame
    places = np.flatnonzero(np.isin(frame["row"], unread.row[rows]))
    cells = dict(zip(frame["row"].iloc[places].tolist(), _rows(frame, places), strict=True))
    return [
        Happening(
            moment(int(unread.first[i])) if unread.is_dated[i] else None,
            "unread",
            *_deal(log, int(unread.deal[i])),
            place=log.sources.locate(int(unread.row[i])),
            cells=tuple(cell for cell in cells[int(unread.row[i])] if cell[0] not in ("first", "last")),
            day_only=True,
        )
        for i in rows.tolist()
    ]


def _by_day(happened: Iterable[Happening]) -> list[Happening]:
    """In order of their days; within a day as they stand, unread rows first. Of an unknown moment: where it stands."""
    ordered: list[tuple[date, int, Happening]] = []
    day = date.min
    for each in happened:
        day = each.at.date() if each.at else day
        ordered.append((day, each.kind != "unread", each))
    return [each for _day, _read, each in sorted(ordered, key=lambda item: item[:2])]


def _later(log: Log, code: int) -> int:
    """Rows of the deal that tell of what happened after the moment of the audit."""
    ids = DealIds(log.deals.frame)
    activities, history = log.arrays.activities, log.arrays.history
    later = 0
    for table, deal in ((history, log.history_deals), (activities, ids.places(activities.frame))):
        time = table.seconds("time")
        later += int(((deal == code) & (time > log.as_of) & (time != NEVER)).sum())
    return later


# ── a day ──


def _of_person(log: Log, person: int, start: int, stop: int) -> list[Happening]:
    """The person's acts, what happened in the deals that were his, rows of these that could not be read, and his acts
    on no deal, by their moments."""
    times = _times(log, np.arange(len(log)))
    today = np.flatnonzero((times >= start) & (times < stop))
    places = today[_his(log, person, log.key[today]) | (log.author[today] == person)]
    places = places[np.argsort(times[places], kind="stable")]
    told = _happenings(log, places, log.times.of(np.full(len(places), person)), person)
    lost = np.flatnonzero(log.unread.is_dated & (log.unread.first == start))
    lost = lost[_his(log, person, key_of(log.unread.deal[lost], log.unread.last[lost]))]
    moments = [*([start] * len(lost)), *times[places].tolist()]
    dated = [*zip(moments, [*_unread(log, lost), *told], strict=True), *_on_no_deal(log, person, start, stop)]
    return [each for _time, each in sorted(dated, key=lambda item: item[0])]


def _his(log: Log, person: int, key: Ints) -> Bools:
    """Whether the deal of each key was the person's, up to that second or from it on."""
    versions = log.responsible
    return np.asarray((versions.code[[versions.at(key), versions.before(key)]] == person).any(axis=0))


def _on_no_deal(log: Log, person: int, start: int, stop: int) -> Iterator[tuple[int, Happening]]:
    """The person's activities that hang on no deal, with their seconds."""
    table = log.arrays.activities
    time, author = table.seconds("time"), table.text("author").mapped(dict(log.facts.codes))
    rows = np.flatnonzero((author == person) & (time >= start) & (time < min(stop, log.as_of + 1)))
    rows = rows[DealIds(log.deals.frame).places(table.frame.iloc[rows]) < 0]
    for row, cells in zip(rows.tolist(), _rows(table.frame, rows), strict=True):
        if kind := KIND_OF_ACTIVITY.get(table.text("type").at(row)):
            said = {name: str(value) for name, value in cells}
            yield (
                int(time[row]),
                Happening(
                    moment(time[row]),
                    kind.name.lower(),
                    *ON_NO_DEAL,
                    place=log.sources.locate(int(table.frame["row"].iloc[row])),
                    author=_name(log, person),
                    direction=said.get("direction", ""),
                    answer=said.get("outcome", "").replace("unclear", "unknown"),
                    cells=cells,
                    own=True,
                ),
            )


def _schedule(log: Log, name: str) -> str:
    people = log.facts.people_table
    if people is None or "schedule" not in people:
        return ""
    cells = people.loc[people["name"].astype(str).map(folded) == folded(name), "schedule"].dropna()
    return str(cells.iloc[0]) if len(cells) else ""
