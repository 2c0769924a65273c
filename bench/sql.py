"""The six checks in SQL, by duckdb, on tables in its memory."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

import duckdb
import pandas as pd

from bench.six import MINUTES, MONTH, SIX

CALLS = "activities WHERE type = 'call' AND direction = 'out'"
WORKED = "{c}.worked + least(greatest(epoch({t}) - epoch({c}.day) - {c}.opens, 0), {c}.lasts)"
FIRST = f"SELECT deal, min(time) AS called FROM {CALLS} GROUP BY deal"
QUERIES = (
    f"""SELECT count(*) FROM (SELECT deal, time::DATE FROM {CALLS} GROUP BY ALL HAVING count(*) >= 3)""",
    f"""SELECT sum(longest) FROM (SELECT max(gap) AS longest FROM (
          SELECT deal, epoch(time) - lag(epoch(time)) OVER (PARTITION BY deal ORDER BY time) AS gap FROM {CALLS}
        ) GROUP BY deal)""",
    f"""SELECT count(*) FROM (
          SELECT epoch(coalesce(lead(time) OVER (PARTITION BY deal ORDER BY time, row), $as_of)) - epoch(time) AS stay
          FROM history WHERE event = 'stage') WHERE stay > {MONTH}""",
    """SELECT count(*) FROM history JOIN ranks was ON before = was.name JOIN ranks became ON after = became.name
       WHERE event = 'stage' AND became.rank < was.rank""",
    f"""SELECT count(*) FROM ({FIRST}) JOIN deals ON deal = id
        JOIN calendar a ON a.day = created::DATE JOIN calendar b ON b.day = called::DATE
        WHERE {WORKED.format(c="b", t="called")} - ({WORKED.format(c="a", t="created")}) > {MINUTES}""",
    f"""SELECT count(*) FROM deals LEFT JOIN ({FIRST}) ON deal = id JOIN calendar ON day = created::DATE
        WHERE called IS NULL OR called > eleven""",
)


def in_sql(frames: Mapping[str, pd.DataFrame], as_of: datetime) -> Mapping[str, Callable[[], int]]:
    base = duckdb.connect()
    for name, frame in frames.items():
        base.register("given", frame)
        base.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        base.unregister("given")

    def answer(query: str) -> int:
        given = {"as_of": as_of} if "$as_of" in query else None
        row = base.execute(query, given).fetchone()
        return int(row[0]) if row else 0

    return {name: partial(answer, query) for name, query in zip(SIX, QUERIES, strict=True)}
