"""Numbers, moments and amounts of time as people say them."""

from datetime import date, datetime, time

from auditor.audit.result import Scope
from auditor.i18n import NO_BREAK, _, active, day_form, ngettext, numeral, separated
from auditor.reports import words
from auditor.reports.rows import Row

END_OF_DAY = time(23, 59, 59)
TO_MINUTES = {"minutes": 1, "hours": 60, "days": 1440}


def day(moment: date) -> str:
    return moment.strftime(day_form())


def days(first: date, last: date) -> str:
    """«25.04–27.09.2024»; one day alone where they are the same."""
    if first == last:
        return day(first)
    if active() == "ru":
        return f"{first:%d.%m}–{day(last)}" if first.year == last.year else f"{day(first)}–{day(last)}"
    return f"{day(first)} – {day(last)}"


def period(scope: Scope) -> str:
    """«вчера, воскресенье 29.11.2026»; empty where no days were asked for."""
    return ", ".join(part for part in (words.period(scope.period or ""), _days(scope.since, scope.until)) if part)


def _days(since: date | None, until: date | None) -> str:
    if since and until:
        return days(since, until) if since != until else f"{words.weekday(since)} {day(since)}"
    if since:
        return _("from {day} on").format(day=day(since))
    return _("until {day}").format(day=day(until)) if until else ""


def moment(at: datetime) -> str:
    """The day and the time, seconds only where there are some; a day alone means its end."""
    if at.time() == END_OF_DAY:
        return day(at)
    return f"{day(at)} {at:%H:%M:%S}" if at.second else f"{day(at)} {at:%H:%M}"


def decimal(value: float) -> str:
    """A number as the language writes it, to two decimal places."""
    return numeral(round(value, 2))


def violations(number: int) -> str:
    """«5 violations»."""
    return ngettext("{n} violation", "{n} violations", number).format(n=decimal(number))


def and_more(number: int) -> str:
    """What a list that was cut says of the rest."""
    return ngettext("… and {n} more: --full", "… and {n} more: --full", number).format(n=decimal(number))


def value(parameter: object) -> str:
    """A parameter of a clause: a number in full, words joined, anything else as it stands."""
    if isinstance(parameter, float):
        return separated(f"{parameter:.10g}")
    return ", ".join(map(str, parameter)) if isinstance(parameter, tuple) else str(parameter)


def percent(share: float | None) -> str:
    """One decimal; 100 only where nothing is missing, 0 only where nothing is there; a dash for None."""
    if share is None:
        return "—"
    shown = share * 100 if share in (0, 1) else min(max(share * 100, 0.1), 99.9)
    text = separated(f"{shown:.0f}" if share in (0, 1) else f"{shown:.1f}")
    return f"{text}{NO_BREAK}%" if active() == "ru" else f"{text}%"


def amount(value: float, unit: str) -> str:
    """So much of a unit: «2 рабочих дня», «3 ч 20 мин»."""
    if unit == "working_days":
        return _whole(value, ngettext("{n} working day", "{n} working days", _form(value)))
    if unit == "times":
        return _whole(value, ngettext("{n} time", "{n} times", _form(value)))
    if unit == "rub":
        return _("{n} roubles").format(n=decimal(value))
    if unit in ("working_minutes", "working_hours"):
        return _("{time} of working time").format(time=_clock(value * TO_MINUTES[unit.removeprefix("working_")]))
    return _calendar(value * TO_MINUTES[unit]) if unit in TO_MINUTES else f"{decimal(value)} {unit}".strip()


def _form(value: float) -> int:
    """The number that chooses the plural form: a fraction takes that of «2»."""
    return int(value) if value == int(value) else 2


def _whole(value: float, form: str) -> str:
    return form.format(n=decimal(value))


def _calendar(minutes: float) -> str:
    days, rest = divmod(minutes, 1440)
    if not days:
        return _clock(minutes)
    amount = ngettext("{n} day", "{n} days", int(days)).format(n=decimal(days))
    hours = _("{n} h").format(n=int(rest // 60))
    return f"{amount} {hours}" if rest >= 60 else amount


def _clock(minutes: float) -> str:
    if minutes < 1:
        return _("less than a minute")
    hours, rest = divmod(int(minutes), 60)
    parts = [_("{n} h").format(n=decimal(hours))] if hours else []
    return " ".join([*parts, _("{n} min").format(n=rest)] if (rest and hours < 24) or not hours else parts)


def deals_and_leads(deals: int, leads: int) -> str:
    """«25 сделок, 35 лидов»; empty where there are neither."""
    counts = (
        (deals, ngettext("{n} deal", "{n} deals", deals)),
        (leads, ngettext("{n} lead", "{n} leads", leads)),
    )
    return ", ".join(form.format(n=decimal(number)) for number, form in counts if number)


def progress(row: Row) -> str:
    """How far a duty is on its way: «10-й день из 30», «1 из 3»; empty where nothing is counted."""
    if row.measured is None or row.limit is None or row.unit not in ("days", "times"):
        return ""
    form = _("day {n} of {limit}") if row.unit == "days" else _("{n} of {limit}")
    return form.format(n=decimal(row.measured), limit=decimal(row.limit))


def lapse(row: Row, hours_a_day: float) -> str:
    """How a duty was broken and by how much: «не сделано, 2 из 3», «с опозданием на 3 ч 20 мин»; long working
    time in working days of so many hours."""
    if row.unit in ("times", "rub") and row.measured is not None and row.limit is not None:
        return ", ".join(part for part in (words.how(row.how), _against(row.measured, row.limit)) if part)
    if not row.overrun:
        return words.how(row.how)
    form = _("done {amount} late") if row.how == "late" else _("{how}, overdue by {amount}")
    return form.format(how=words.how(row.how), amount=amount(*_in_days(abs(row.overrun), row.unit, hours_a_day)))


def worked(seconds: float | None, hours_a_day: float) -> str:
    """Working time in short: «2 ч 10 мин», «3 рабочих дня»; empty for less than a minute, or an unknown time."""
    if seconds is None or seconds < 60:
        return ""
    value, unit = _in_days(seconds // 60, "working_minutes", hours_a_day)
    return amount(value, unit) if unit == "working_days" else _clock(value)


def _in_days(value: float, unit: str, hours_a_day: float) -> tuple[float, str]:
    """Working time of two days and more in whole working days."""
    if unit not in ("working_minutes", "working_hours"):
        return value, unit
    hours = value * TO_MINUTES[unit.removeprefix("working_")] / 60
    return (hours // hours_a_day, "working_days") if hours >= 2 * hours_a_day else (value, unit)


def _against(measured: float, limit: float) -> str:
    form = _("{n} of {limit}") if measured < limit else _("{n} against {limit}")
    return form.format(n=decimal(measured), limit=decimal(limit))
