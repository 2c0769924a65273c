"""Canonical tables become one sorted log.

Numpy and arrow release the interpreter lock while they work, so parts that need nothing of each other run in threads.
The read that the audit is measured against (`make bench`) uses all cores as well; the log of 3 million events takes
about half of it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from auditor.inputs.tables import Tables
from auditor.log.blur import blur_of, timeless
from auditor.log.columns import Arrays, Columns, Ints
from auditor.log.deals import deals_of
from auditor.log.events import EventReader, Events, column_of, created
from auditor.log.facts import Facts, basis_of, facts_of
from auditor.log.kinds import IGNORED, KIND_OF_HISTORY, NEVER, Direction, Kind, Suspect
from auditor.log.log import Log
from auditor.log.order import a_second_each, chain_rows, sort_events
from auditor.log.plans import with_plans
from auditor.log.readings import Reading, as_read
from auditor.log.spine import AfterAsOf, key_of
from auditor.log.unread import unread_rows
from auditor.settings import Settings
from auditor.threads import workers

OF_HISTORY = tuple(KIND_OF_HISTORY.values())
OF_ACTIVITIES = tuple(set(Kind) - {Kind.CREATED, Kind.LEDGER, *OF_HISTORY})
BURST_SECONDS = 300
"""Three outgoing calls of a deal within this span are a burst."""


def build_log(tables: Tables, settings: Settings, facts: Facts | None = None, reading: Reading = Reading.TOLD) -> Log:
    """The log of these deals; `facts` of the whole export where the tables are a part of it, or read otherwise than
    told."""
    tables = as_read(tables, reading, NEVER if facts is None else facts.as_of)
    arrays = Arrays.of(tables)
    basis = facts or basis_of(arrays, settings)
    arrays = with_plans(arrays, basis.as_of)
    with workers(len(arrays)) as pool:
        gathered = pool.submit(lambda: facts or facts_of(arrays, settings, basis))
        deals, deal_ids = deals_of(tables, basis)
        rows = EventReader(deal_ids, basis, tables.sources, settings)
        history = pool.submit(rows.of_history, arrays.history)
        activities = pool.submit(rows.of_activities, arrays.activities)
        ledger = pool.submit(rows.of_ledger, arrays.ledger)
    parts = [created(deals), history.result(), *activities.result(), ledger.result()]
    events = _in_order(parts, arrays.history, basis.as_of)
    if reading is Reading.LATEST:
        events = _apart(events)
    facts = gathered.result()
    born = deals.created[events.deal]
    undated = timeless(events, arrays)
    blur = blur_of(events, Columns(deals.frame), arrays, facts, undated)
    last = events.time if blur is None else events.time + blur
    early = np.flatnonzero(last < born)
    # a deal begins with its creation: what came before it counts then, and keeps its own second in `early_time`
    time = np.maximum(events.time, born, out=born)
    log = Log(
        deals=deals,
        key=key_of(events.deal, time),
        kind=events.kind,
        author=events.author,
        direction=events.direction,
        answer=events.answer,
        flags=events.flags,
        row=events.row,
        ref=events.ref,
        maybe=_maybe(events, arrays),
        timeless=undated,
        early=early,
        early_time=events.time[early],
        blur=None if blur is None else np.maximum(last - time, 0).astype(np.int32),
        after_as_of=_after_as_of(history.result(), basis.as_of),
        history_deals=history.result().deal,
        ledger_deals=ledger.result().deal,
        unread=unread_rows(tables.unread, deal_ids, arrays, basis.as_of),
        arrays=arrays,
        settings=settings,
        facts=facts,
        reading=reading,
    )
    _flag_bursts(log)
    return log


def _in_order(parts: Sequence[Events], history: Columns, as_of: int) -> Events:
    """The events up to as-of by deal, time and row; stage rows of one second are chained, each `before` the last
    `after`."""
    deal, time, kind, tie = (column_of(parts, name) for name in ("deal", "time", "kind", "tie"))
    seen = (deal >= 0) & (time <= as_of) & (kind != IGNORED)
    # half of the deals in each of two threads: no order between the halves is lost, since the deal comes first
    low = deal <= deal.max(initial=0) // 2
    with workers(len(deal)) as pool:
        halves = pool.map(lambda half: sort_events(deal, time, tie, np.flatnonzero(half)), (seen & low, seen & ~low))
        order = np.concatenate(list(halves))
    places = np.flatnonzero(kind[order] == Kind.STAGE)
    if "before" in history:
        order[places] = chain_rows(history, deal, time, column_of(parts, "ref"), order[places])
    return Events.together(parts, order)


def _apart(events: Events) -> Events:
    """Events in order, those that were moved to the end of a day apart from each other."""
    time = a_second_each(events.deal, events.time)
    return replace(events, time=time).taken(np.argsort(key_of(events.deal, time), kind="stable"))


def _maybe(events: Events, arrays: Arrays) -> Ints:
    """The positions of the events whose row may be the one above, told twice."""
    found = [np.zeros(0, np.int64)]
    for table, kinds in ((arrays.history, OF_HISTORY), (arrays.activities, OF_ACTIVITIES)):
        if "maybe" in table:
            places = np.flatnonzero(np.isin(events.kind, kinds))
            found.append(places[table.frame["maybe"].to_numpy(dtype=bool)[events.ref[places]]])
    return np.sort(np.concatenate(found))


def _after_as_of(changes: Events, as_of: int) -> AfterAsOf:
    """Changes later than as-of: the deals' columns hold what stood at the export, their `before` what stood at
    as-of."""
    events = changes.taken(np.flatnonzero((changes.deal >= 0) & (changes.time > as_of) & (changes.time != NEVER)))
    events = events.taken(sort_events(events.deal, events.time, events.tie, np.arange(len(events.deal))))
    return AfterAsOf(events.deal, events.kind, events.ref)


def _flag_bursts(log: Log) -> None:
    """Flag the second and the third of any three outgoing calls of a deal that surely are within five minutes."""
    calls = log.of_kind(Kind.CALL)
    out = calls[log.direction[calls] == Direction.OUT]
    key = log.key[out]
    # keys of different deals lie decades apart, so three close keys are of one deal
    last = key if log.blur is None else key + log.blur[out]
    burst = np.flatnonzero(last[2:] - key[:-2] <= BURST_SECONDS)
    log.flags[out[np.append(burst + 1, burst + 2)]] |= np.uint8(Suspect.BURST)
