"""A night written into the history, and what became of duties since the one before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection

from auditor.audit.result import Audit
from auditor.history.changes import Change, Group, changes
from auditor.history.failures import NoHistoryError
from auditor.history.night import Night, night_of
from auditor.history.read import company_made, company_of, latest, local, night_before, night_read, violated_before
from auditor.history.store import Store, reading, writing
from auditor.history.write import drop_before, write
from auditor.i18n import _, day_form

CARRIED = ("violated", "waived")
"""What stays as it was while it is out of sight; what was only ahead is found again as it is."""


@dataclass(frozen=True)
class Recorded:
    """`changes`: every duty of the night and of the one before, which spoke for `before` (None: the first night).
    `told`: what a person should know of the run itself, a line each."""

    changes: tuple[Change, ...]
    before: datetime | None
    told: tuple[str, ...] = ()


def record(audit: Audit, store: Store, now: datetime | None = None) -> Recorded:
    """Write the audit as the night of its day, in one transaction; an earlier run of the same day is replaced, an equal
    one is left as it is. Raises HistoryError. `now`: the moment of the run, aware; None: the clock's."""
    now = now or datetime.now(UTC)
    night, day = night_of(audit), audit.as_of.date()
    oldest = min(day, now.date()) - timedelta(store.keep_days)
    with writing(store) as connection:
        company = company_made(connection, store)
        found = _found(connection, company, night, now)
        write(connection, company, audit, [change for change in found.changes if _stays(change, night, oldest)], now)
        drop_before(connection, company, oldest)
    return found


def compared(audit: Audit, store: Store, now: datetime | None = None) -> Recorded:
    """What `record` would find; nothing is written. Raises HistoryError."""
    night = night_of(audit)
    try:
        with reading(store) as connection:
            company = company_of(connection, store)
            if company is not None:
                return _found(connection, company, night, now or datetime.now(UTC))
    except NoHistoryError:
        pass
    return Recorded(changes(None, night), None)


def _found(connection: Connection, company: int, night: Night, now: datetime) -> Recorded:
    told = tuple(_told(connection, company, night, now))
    row = night_before(connection, company, night.as_of.date())
    before = night_read(connection, row) if row else None
    found = changes(before, night, _earlier(connection, company, before, night))
    return Recorded(found, before.as_of if before else None, told)


def _told(connection: Connection, company: int, night: Night, now: datetime) -> Iterator[str]:
    """A clock that was set back, and an export that is older than the history."""
    day, recorded = latest(connection, company)
    if recorded and (at := local(recorded, night.timezone)) and now < recorded:
        what = _("The clock was set back: the last night was recorded on {moment}, which is later than now.")
        yield what.format(moment=f"{at:{day_form()} %H:%M}")
    if day and night.as_of.date() < day:
        what = _("The history has a night of {day} already: this export, of {older}, is an older one.")
        yield what.format(day=f"{day:{day_form()}}", older=f"{night.as_of:{day_form()}}")


def _earlier(connection: Connection, company: int, before: Night | None, night: Night) -> frozenset[str]:
    """The violated duties that the night before does not have violated, and one before that had."""
    if before is None:
        return frozenset()
    known = {duty.id for duty in before.duties if duty.verdict == "violated"}
    come = {duty.id for duty in night.duties if duty.verdict == "violated"} - known
    return violated_before(connection, company, before.as_of.date(), come)


def _stays(change: Change, night: Night, oldest: date) -> bool:
    """Whether the night keeps it: its own duties, the violations that were withdrawn, and for as long as nights are
    kept what is out of sight."""
    if change.after or change.group == Group.WITHDRAWN:
        return True
    was = change.duty
    return was.verdict in CARRIED and was.day >= oldest and not night.sees(was)
