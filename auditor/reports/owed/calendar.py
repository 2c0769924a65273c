"""What is owed, as an iCalendar: an event a duty, known again by the duty's id whenever the file is imported anew."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from auditor.i18n import _
from auditor.reports import words
from auditor.reports.amounts import END_OF_DAY
from auditor.reports.owed.agenda import Agenda, Owed
from auditor.reports.safe import clean, is_web, short

LONG = 2000
PRIORITY = {"high": 1, "medium": 5, "low": 9}
"""As calendars count: 1 is the highest."""


def calendar_of(agenda: Agenda) -> bytes:
    """The file; the same audit gives the same bytes. Moments are in UTC, calendars show them in their own time."""
    calendar = Calendar()
    for name, value in (("prodid", "-//auditor//due//"), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(name, value)
    calendar.add("x-wr-calname", _("What lies ahead"))
    for each in agenda.owed:
        if each.duty.due:
            calendar.add_component(_event(each, each.duty.due, agenda))
    return calendar.to_ical()


def _event(each: Owed, due: datetime, agenda: Agenda) -> Event:
    duty, zone, event = each.duty, ZoneInfo(agenda.timezone), Event()
    event.add("uid", f"{duty.id}@auditor")
    event.add("dtstamp", agenda.as_of.replace(tzinfo=zone).astimezone(UTC))
    if due.time() == END_OF_DAY:
        event.add("dtstart", due.date())
        event.add("dtend", due.date() + timedelta(1))
    else:
        event.add("dtstart", due.replace(tzinfo=zone).astimezone(UTC))
    event.add("summary", _summary(each))
    event.add("description", short(" ".join((each.text, duty.why)), LONG))
    event.add("categories", [duty.clause])
    event.add("priority", PRIORITY.get(duty.severity, 0))
    event.add("transp", "TRANSPARENT")
    if is_web(duty.link):
        event.add("url", clean(duty.link))
    return event


def _summary(each: Owed) -> str:
    duty = each.duty
    record = words.record(duty.entity, duty.deal)
    return short(" · ".join(part for part in (record, duty.title, duty.clause, duty.manager) if part))
