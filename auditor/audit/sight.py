"""What a night of the history is compared by: of which days a clause can be judged, and by which rule it was."""

from collections.abc import Iterator
from datetime import date
from hashlib import blake2b

from auditor.log import Log
from auditor.log.columns import moment
from auditor.log.streams import Stream as Covered
from auditor.patterns.core.needs import Stream
from auditor.rules import Clause
from auditor.settings import Settings

JUDGING = (
    "timezone", "country", "opens", "closes", "suppose_days_off", "leave_hours", "talk_seconds", "quiet_days",
    "unattached_share", "contact_words", "empty", "strict",
)  # fmt: skip
"""The settings that say how is judged; the others say what the company's exports mean."""


def days_seen(clause: Clause, log: Log) -> tuple[date | None, date | None]:
    """The first and the last day that all streams cover of which the clause asks; None where nothing limits them:
    before the first no stream it needs begins, and the last goes on to as-of."""
    streams = list(_streams(clause, log))
    first = max((stream.first for stream in streams if not stream.declared), default=0)
    last = min((stream.last for stream in streams), default=log.as_of)
    return moment(first).date() if first else None, moment(last).date() if last < log.as_of else None


def _streams(clause: Clause, log: Log) -> Iterator[Covered]:
    exported = log.facts.streams
    for need in clause.needs:
        if isinstance(need, Stream):
            yield from (exported[name] for name in need.names if name in exported)


def rule_of(clause: Clause, settings: Settings) -> str:
    """A short hash of the pattern, its parameters and the settings that verdicts depend on: another one, another
    rule."""
    judging = {name: getattr(settings, name) for name in JUDGING}
    text = repr((clause.duty, clause.excused_by, clause.role, judging))
    return blake2b(text.encode(), digest_size=4).hexdigest()
