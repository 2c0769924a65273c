"""Canonical tables become one sorted log."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.inputs.tables import Tables
from auditor.log.columns import Bools, Codes, Ints, Text, seconds
from auditor.log.facts import Facts, gather_facts
from auditor.log.kinds import DAY, KIND_OF_ACTIVITY, KIND_OF_HISTORY, NEVER, Answer, Direction, Kind, Suspect
from auditor.log.log import Deals, Later, Log, key_of
from auditor.log.order import chain_rows, sort_events, ties
from auditor.settings import Settings

DIRECTIONS = {"out": int(Direction.OUT), "in": int(Direction.IN)}
ANSWERS = {"answered": int(Answer.ANSWERED), "unanswered": int(Answer.UNANSWERED)}
OUTGOING = (Kind.CALL, Kind.MESSAGE, Kind.SMS, Kind.EMAIL)
BURST_SECONDS = 300
SHORT_SECONDS = 2


@dataclass(frozen=True, eq=False)
class _Events:
    """Events of one table, unsorted: what the spine needs of each."""

    deal: Codes
    time: Ints
    kind: NDArray[np.uint8]
    ref: Codes
    row: Codes
    tie: Ints

    def taken(self, index: Ints) -> "_Events":
        """These events, in that order."""
        return _Events(*(getattr(self, name)[index] for name in self.__annotations__))


def build_log(tables: Tables, settings: Settings, facts: Facts | None = None) -> Log:
    """The log of these deals; `facts` of the whole export where the tables are a part of it."""
    facts = facts or gather_facts(tables, settings)
    deals = _deals(tables, facts)
    codes = _DealCodes(deals, tables)
    history = _or_empty(tables.history)
    activities = _or_empty(tables.activities)
    ledger = _or_empty(tables.ledger)
    changes = _history(history, codes, tables)
    parts = [
        _created(deals),
        changes,
        *_activities(activities, codes, tables, facts.as_of),
        _ledger(ledger, codes, tables),
    ]
    events = _Events(*(np.concatenate([getattr(part, name) for part in parts]) for name in _Events.__annotations__))
    events = events.taken(np.flatnonzero((events.deal >= 0) & (events.time <= facts.as_of)))
    order = sort_events(events.deal.astype(np.int64), events.time, events.tie)
    _chain_stages(order, events, history)
    events = events.taken(order)
    created = deals.created[events.deal]
    early = np.flatnonzero(events.time < created)
    log = Log(
        deals=deals,
        key=key_of(events.deal, np.maximum(events.time, created)),
        kind=events.kind,
        author=np.full(len(order), -1, np.int32),
        direction=np.zeros(len(order), np.uint8),
        answer=np.zeros(len(order), np.uint8),
        flags=np.zeros(len(order), np.uint8),
        row=events.row,
        ref=events.ref,
        early=early,
        early_time=events.time[early],
        later=_later(changes, facts.as_of),
        history=history,
        activities=activities,
        ledger=ledger,
        sources=tables.sources,
        settings=settings,
        facts=facts,
    )
    log.memo["ledger deals"] = codes.of(ledger) if len(ledger) else np.zeros(0, np.int32)
    _describe(log)
    return log


def _later(changes: _Events, as_of: int) -> Later:
    """The changes later than as-of: they say what stood until then, where the columns say what came of it."""
    events = changes.taken(np.flatnonzero((changes.deal >= 0) & (changes.time > as_of) & (changes.time != NEVER)))
    events = events.taken(sort_events(events.deal.astype(np.int64), events.time, events.tie))
    return Later(events.deal, events.kind, events.ref)


def _or_empty(frame: pd.DataFrame | None) -> pd.DataFrame:
    return pd.DataFrame({"row": np.zeros(0, np.int32)}) if frame is None else frame


def _deals(tables: Tables, facts: Facts) -> Deals:
    """The deals that exist as of the audit; later closings are unseen."""
    frame = tables.deals[(seconds(tables.deals["created"]) <= facts.as_of)].reset_index(drop=True)
    rows = len(frame)
    ids = frame["id"].astype(str).to_numpy(dtype=object)
    is_lead = (frame["entity"] == "lead").to_numpy(dtype=bool)
    closed = seconds(frame["closed"]) if "closed" in frame else np.full(rows, NEVER)
    closed[closed > facts.as_of] = NEVER
    linked = np.full(rows, -1, np.int32)
    if "lead_id" in frame:
        leads = pd.Index(ids[is_lead])
        found = leads.get_indexer(frame["lead_id"].astype("string").fillna("").to_numpy(dtype=object))
        linked = np.where((found >= 0) & ~is_lead, np.append(np.flatnonzero(is_lead), -1)[found], -1).astype(np.int32)
    manager = Text.of(frame.get("manager"), rows).mapped(dict(facts.codes))
    row = frame["row"].to_numpy().astype(np.int32)
    return Deals(ids, is_lead, seconds(frame["created"]), closed, manager, linked, row, frame)


class _DealCodes:
    """Ids of a table's rows → codes of deals; each distinct id is looked up once."""

    def __init__(self, deals: Deals, tables: Tables) -> None:
        codes = np.arange(len(deals), dtype=np.int32)
        self._of = [pd.Series(codes[mask], index=deals.ids[mask]) for mask in (~deals.is_lead, deals.is_lead)]

    def of(self, frame: pd.DataFrame) -> Codes:
        """The code of each row's deal, −1 where it has none."""
        ids = Text.of(frame["deal"], len(frame))
        deal, lead = (
            np.append(series.reindex(list(ids.values), fill_value=-1).to_numpy(), -1)[ids.codes] for series in self._of
        )
        if "entity" not in frame:
            return np.where(deal >= 0, deal, lead).astype(np.int32)
        entity = frame["entity"]
        either = np.where(deal >= 0, deal, lead)
        return np.where(entity == "lead", lead, np.where(entity == "deal", deal, either)).astype(np.int32)


def _created(deals: Deals) -> _Events:
    rows = len(deals)
    return _Events(
        deal=np.arange(rows, dtype=np.int32),
        time=deals.created,
        kind=np.full(rows, Kind.CREATED, np.uint8),
        ref=np.arange(rows, dtype=np.int32),
        row=deals.row,
        tie=deals.row.astype(np.int64),
    )


def _kinds(column: Text, kinds: dict[str, Kind]) -> NDArray[np.uint8]:
    return column.mapped({name: int(kind) for name, kind in kinds.items()}, missing=255).astype(np.uint8)


def _of_rows(frame: pd.DataFrame, kind: NDArray[np.uint8], time: Ints, deal: Codes, tie: Ints, kept: Bools) -> _Events:
    index = np.flatnonzero(kept).astype(np.int32)
    row = frame["row"].to_numpy().astype(np.int32)
    return _Events(deal[index], time[index], kind[index], index, row[index], tie[index])


def _history(frame: pd.DataFrame, codes: _DealCodes, tables: Tables) -> _Events:
    if not len(frame):
        return _empty()
    kind = _kinds(Text.of(frame["event"], len(frame)), KIND_OF_HISTORY)
    time = seconds(frame["time"])
    tie = ties(frame["row"].to_numpy().astype(np.int32), time, tables.sources)
    return _of_rows(frame, kind, time, codes.of(frame), tie, kind != 255)


def _activities(frame: pd.DataFrame, codes: _DealCodes, tables: Tables, as_of: int) -> list[_Events]:
    """The events of the rows, then completions and openings, which stand on the rows of tasks and letters."""
    if not len(frame):
        return []
    kind = _kinds(Text.of(frame["type"], len(frame)), KIND_OF_ACTIVITY)
    time = seconds(frame["time"])
    tie = ties(frame["row"].to_numpy().astype(np.int32), time, tables.sources)
    deal = codes.of(frame)
    parts = [_of_rows(frame, kind, time, deal, tie, kind != 255)]
    is_task = np.isin(kind, (Kind.TASK_SET, Kind.TASK_MOVED))
    done = _completion(frame, is_task, as_of)
    for moments, mask, becomes in ((done, is_task, Kind.TASK_DONE), (_opened(frame), kind == Kind.EMAIL, Kind.OPENED)):
        kept = mask & (moments != NEVER)
        if kept.any():
            parts.append(_of_rows(frame, np.full(len(frame), becomes, np.uint8), moments, deal, tie, kept))
    return parts


def _completion(frame: pd.DataFrame, is_task: Bools, as_of: int) -> Ints:
    """When each task's row says that it was done, not before it was set.

    Done at an unknown moment counts as in time: at its due, or by as-of if that comes first."""
    set_at = seconds(frame["time"])
    done = seconds(frame["completed"]) if "completed" in frame else np.full(len(frame), NEVER)
    if "done" in frame:
        said = frame["done"].fillna(False).to_numpy(dtype=bool) & is_task & (done == NEVER)
        due = seconds(frame["due"]) if "due" in frame else np.full(len(frame), NEVER)
        done[said] = np.minimum(np.where(due == NEVER, set_at, due), as_of)[said]
    return np.maximum(done, set_at)


def _opened(frame: pd.DataFrame) -> Ints:
    return seconds(frame["opened"]) if "opened" in frame else np.full(len(frame), NEVER)


def _ledger(frame: pd.DataFrame, codes: _DealCodes, tables: Tables) -> _Events:
    if not len(frame) or "updated" not in frame:
        return _empty()
    time = seconds(frame["updated"])
    tie = ties(frame["row"].to_numpy().astype(np.int32), time, tables.sources)
    return _of_rows(frame, np.full(len(frame), Kind.LEDGER, np.uint8), time, codes.of(frame), tie, time != NEVER)


def _empty() -> _Events:
    none = np.zeros(0, np.int32)
    return _Events(none, none.astype(np.int64), none.astype(np.uint8), none, none, none.astype(np.int64))


def _chain_stages(order: Ints, events: _Events, history: pd.DataFrame) -> None:
    """Stage rows of one second follow each other from before to after."""
    places = np.flatnonzero(events.kind[order] == Kind.STAGE)
    if "before" in history:
        order[places] = chain_rows(history, events.deal, events.time, events.ref, order[places])


def _describe(log: Log) -> None:
    """Fill in who did it, in which direction, whether it was answered, and what makes it suspect."""
    codes = dict(log.facts.codes)
    for table, kinds in (
        ("history", range(Kind.STAGE, Kind.CLOSED + 1)),
        ("activities", range(Kind.CALL, Kind.LEDGER)),
    ):
        authors = log.text(table, "author").mapped(codes)
        if authors.size:
            for kind in kinds:
                places = log.of_kind(Kind(kind))
                log.author[places] = authors[log.ref[places]]
    for kind in OUTGOING:
        places = log.of_kind(kind)
        log.direction[places] = log.text("activities", "direction").mapped(DIRECTIONS, 0)[log.ref[places]]
    _addressed(log)
    calls = log.of_kind(Kind.CALL)
    log.answer[calls] = _answers(log, calls)
    log.flags[calls] |= _call_flags(log, calls)
    for kind in OUTGOING:
        places = log.of_kind(kind)
        robot = (log.author[places] < 0) & (log.direction[places] == Direction.OUT) & (kind != Kind.CALL)
        log.flags[places[robot]] |= np.uint8(Suspect.ROBOT)


def _addressed(log: Log) -> None:
    """A completed task is the act of its addressee, where the row names one."""
    places = log.of_kind(Kind.TASK_DONE)
    addressee = log.text("activities", "addressee").mapped(dict(log.facts.codes))
    if addressee.size and places.size:
        who = addressee[log.ref[places]]
        log.author[places] = np.where(who >= 0, who, log.author[places])


def _answers(log: Log, calls: Codes) -> NDArray[np.uint8]:
    """The outcome says it; where the cell is empty, the duration; else nobody knows."""
    ref = log.ref[calls]
    said = log.text("activities", "outcome").mapped(ANSWERS, 0)[ref]
    if "duration" not in log.activities:
        return np.where(said == 0, Answer.UNKNOWN, said).astype(np.uint8)
    lasted = log.activities["duration"].to_numpy(dtype=float)[ref]
    by_length = np.where(lasted >= log.settings.talk_seconds, Answer.ANSWERED, Answer.UNANSWERED)
    return np.where(said != 0, said, np.where(np.isnan(lasted), Answer.UNKNOWN, by_length)).astype(np.uint8)


def _call_flags(log: Log, calls: Codes) -> NDArray[np.uint8]:
    """A call marked answered that lasted next to nothing; calls after the first of three within five minutes."""
    flags = np.zeros(len(calls), np.uint8)
    if "duration" in log.activities:
        lasted = log.activities["duration"].to_numpy(dtype=float)[log.ref[calls]]
        flags[(log.answer[calls] == Answer.ANSWERED) & (lasted <= SHORT_SECONDS)] |= np.uint8(Suspect.SHORT_ANSWER)
    out = np.flatnonzero(log.direction[calls] == Direction.OUT)
    if len(out) >= 3:
        key = log.key[calls[out]]
        burst = np.flatnonzero(key[2:] - key[:-2] <= BURST_SECONDS)
        flags[np.union1d(out[burst + 1], out[burst + 2])] |= np.uint8(Suspect.BURST)
    return flags


def days_of(log: Log) -> tuple[int, int]:
    """The first and the last day the log speaks of, with room for deadlines."""
    first = int(log.deals.created.min(initial=log.as_of)) // DAY
    return first, log.as_of // DAY + 800
