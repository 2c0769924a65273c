"""Which streams the export holds at all, and from when to when: a missing one is not a zero."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditor.inputs.tables import Tables
from auditor.log.columns import Ints, Text, seconds
from auditor.log.kinds import DAY, NEVER
from auditor.settings import Settings

DIRECTED = ("call", "message", "sms", "email")


@dataclass(frozen=True)
class Stream:
    """The days (since 2000-01-01) that a stream covers, both inclusive, and its number of rows.

    `declared`: the configuration says that it is exported, though it has no row."""

    first: int
    last: int
    rows: int
    declared: bool = False


def find_streams(tables: Tables, settings: Settings, as_of: int) -> Mapping[str, Stream]:
    """Streams by name: the types of activities, the events of the history, `ledger`."""
    streams = {
        **_of_table(tables.history, "event", tables, settings, as_of),
        **_of_table(tables.activities, "type", tables, settings, as_of),
        **_of_table(_directed(tables.activities), "type", tables, settings, as_of),
        **_of_table(tables.ledger, None, tables, settings, as_of),
    }
    if "stage" in streams:
        streams.setdefault("closed", streams["stage"])
    if _tells_closings(tables.deals) and "closed" not in streams:
        first = int(seconds(tables.deals["created"]).min() // DAY) if len(tables.deals) else 0
        streams["closed"] = Stream(first, as_of // DAY, int(tables.deals["closed"].notna().sum()))
    first = min((stream.first for stream in streams.values()), default=0)
    for name in settings.declared_streams:
        for directed in (name, f"{name} out", f"{name} in") if name in DIRECTED else (name,):
            streams.setdefault(directed, Stream(first, as_of // DAY, 0, declared=True))
    return streams


def _directed(activities: pd.DataFrame | None) -> pd.DataFrame | None:
    """Calls and letters under the names of their streams by direction, «call out»; None without such a column."""
    if activities is None or "direction" not in activities:
        return None
    told = activities[activities["type"].isin(DIRECTED) & activities["direction"].notna()]
    kind = told["type"].astype(str) + " " + told["direction"].astype(str)
    return told.assign(type=kind.astype("category"))


def _tells_closings(deals: pd.DataFrame) -> bool:
    return "closed" in deals and bool(deals["closed"].notna().any())


def _of_table(
    frame: pd.DataFrame | None, by: str | None, tables: Tables, settings: Settings, as_of: int
) -> dict[str, Stream]:
    """Each value of column `by` (None: the whole table is one stream, «ledger») with the days it covers.

    A stream covers the days of the sheets that hold at least one row of it; sheets of one reader are one table."""
    if frame is None or not len(frame):
        return {}
    times = seconds(frame["updated"] if by is None else frame["time"]) if by or "updated" in frame else None
    if times is None:
        return {"ledger": Stream(0, as_of // DAY, len(frame))}
    known = times != NEVER
    text = Text.of(frame[by], len(frame)) if by else Text(np.zeros(len(frame), np.int32), ("ledger",))
    group = _readers(frame["row"].to_numpy(), tables)
    streams = {}
    for code, name in enumerate(text.values):
        rows = text.codes == code
        count = int(rows.sum())
        if count:
            together = np.isin(group, np.unique(group[rows])) & known
            streams[name] = _covered(times[together], count, settings, as_of)
    return streams


def _readers(rows: Ints, tables: Tables) -> Ints:
    """Per row the number of its table: sheets of one reader and name are one."""
    sources = tables.sources.sources
    names = {name: number for number, name in enumerate(dict.fromkeys((s.reader, s.table) for s in sources))}
    numbers = np.array([names[(s.reader, s.table)] for s in sources] or [0])
    firsts = np.array([s.first for s in sources] or [0])
    return numbers[np.maximum(np.searchsorted(firsts, rows, side="right") - 1, 0)]


def _covered(times: Ints, rows: int, settings: Settings, as_of: int) -> Stream:
    """From the first row's day to as-of; to the last row's day where the table has been quiet for too long."""
    seen = times[times <= as_of]
    if not seen.size:
        return Stream(as_of // DAY + 1, as_of // DAY, rows)
    last = int(seen.max()) // DAY
    quiet = np.busday_count(*(np.datetime64("2000-01-01") + days for days in (last, as_of // DAY)))
    return Stream(int(seen.min()) // DAY, last if quiet > settings.quiet_days else as_of // DAY, rows)
