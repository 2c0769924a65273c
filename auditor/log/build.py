"""Canonical tables become one sorted log."""

import numpy as np
import pandas as pd

from auditor.inputs.tables import Tables
from auditor.log.acts import describe
from auditor.log.deals import DealCodes, deals_of
from auditor.log.events import Events, created, of_activities, of_history, of_ledger
from auditor.log.facts import Facts, gather_facts
from auditor.log.kinds import DAY, NEVER, Kind
from auditor.log.log import Later, Log, key_of
from auditor.log.order import chain_rows, sort_events
from auditor.settings import Settings


def build_log(tables: Tables, settings: Settings, facts: Facts | None = None) -> Log:
    """The log of these deals; `facts` of the whole export where the tables are a part of it."""
    facts = facts or gather_facts(tables, settings)
    deals = deals_of(tables, facts)
    codes = DealCodes(deals)
    history = _or_empty(tables.history)
    activities = _or_empty(tables.activities)
    ledger = _or_empty(tables.ledger)
    changes = of_history(history, codes, tables)
    parts = [
        created(deals),
        changes,
        *of_activities(activities, codes, tables, facts.as_of),
        of_ledger(ledger, codes, tables),
    ]
    events = _in_order(Events.together(parts), history, facts.as_of)
    born = deals.created[events.deal]
    early = np.flatnonzero(events.time < born)
    log = Log(
        deals=deals,
        key=key_of(events.deal, np.maximum(events.time, born)),
        kind=events.kind,
        author=np.full(len(events.deal), -1, np.int32),
        direction=np.zeros(len(events.deal), np.uint8),
        answer=np.zeros(len(events.deal), np.uint8),
        flags=np.zeros(len(events.deal), np.uint8),
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
    describe(log)
    return log


def _in_order(events: Events, history: pd.DataFrame, as_of: int) -> Events:
    """The events up to as-of by deal, time and row; stage rows of one second follow each other from before to after."""
    seen = np.flatnonzero((events.deal >= 0) & (events.time <= as_of))
    order = seen[sort_events(events.deal[seen].astype(np.int64), events.time[seen], events.tie[seen])]
    places = np.flatnonzero(events.kind[order] == Kind.STAGE)
    if "before" in history:
        order[places] = chain_rows(history, events.deal, events.time, events.ref, order[places])
    return events.taken(order)


def _later(changes: Events, as_of: int) -> Later:
    """The changes later than as-of: they say what stood until then, where the columns say what came of it."""
    events = changes.taken(np.flatnonzero((changes.deal >= 0) & (changes.time > as_of) & (changes.time != NEVER)))
    events = events.taken(sort_events(events.deal.astype(np.int64), events.time, events.tie))
    return Later(events.deal, events.kind, events.ref)


def _or_empty(frame: pd.DataFrame | None) -> pd.DataFrame:
    return pd.DataFrame({"row": np.zeros(0, np.int32)}) if frame is None else frame


def days_of(log: Log) -> tuple[int, int]:
    """The first and the last day the log speaks of, with room for deadlines."""
    first = int(log.deals.created.min(initial=log.as_of)) // DAY
    return first, log.as_of // DAY + 800
