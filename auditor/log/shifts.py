"""The cell «График» of the people table: on which days and hours somebody works, and when he is away."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from difflib import get_close_matches

from auditor.i18n import _
from auditor.log.calendar import day_number
from auditor.log.kinds import DAY
from auditor.spelling import folded

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("пн mon monday понедельник", "вт tue tuesday вторник", "ср wed wednesday среда", "чт thu thursday четверг",
         "пт fri friday пятница", "сб sat saturday суббота", "вс sun sunday воскресенье")
    )
    for name in names.split()
}  # fmt: skip
WEEKS = {
    name: frozenset(range(length))
    for length, names in (
        (5, ("5/2", "будни", "по будням", "weekdays")),
        (6, ("6/1",)),
        (7, ("ежедневно", "каждый день", "daily", "every day")),
    )
    for name in names
}
"""Weekdays by what a week is called, from Monday on."""
AWAY = (
    "отпуск", "больничный", "выходной", "выходные", "отгул", "декрет",
    "leave", "vacation", "sick leave", "sick", "day off", "days off", "off",
)  # fmt: skip
HALF_A_YEAR = timedelta(days=183)
SHOWN = 60
"""Letters of a cell that an error repeats."""
EXAMPLES = (
    "пн-пт 09:00-18:00", "5/2 9-18", "ежедневно 10:00-20:00", "пн-чт 09:00-18:00, пт 09:00-17:00",
    "2/2 с 01.05.2024 10:00-22:00", "отпуск 01.07.2024-14.07.2024", "пн-пт 09:00-18:00; отпуск 01.07.2024-14.07.2024",
)  # fmt: skip

_DATE = r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
_CLOCK = r"\d{1,2}(?:[:.]\d{2})?"
_HOURS = rf"(?P<hours>{_CLOCK}-{_CLOCK})"
_BETWEEN = re.compile(r"(?<=\d),(?=[^\W\d])")
"""The comma between «пн-чт 9-18» and «пт 9-17»; that of «пн,ср» follows no digit, that of dates precedes one."""
_FROM_TO = re.compile(rf"\b(?:с|from) ({_CLOCK}) (?:до|по|to|till) ({_CLOCK})(?![.\d])")
_HOLIDAYS = re.compile(r"[ ,(]{0,2}\b(?:(с|with)|без|without) (?:праздник(?:ами|ов)|holidays)\b\)?")
_WEEK = re.compile(rf"(?P<days>.*?)(?:(?:^| ){_HOURS})?")
_SHIFT = re.compile(rf"(?P<on>\d{{1,2}})/(?P<off>\d{{1,2}}) (?:с|from|since) (?P<since>{_DATE})(?: {_HOURS})?")
_RANGE = rf"(?:\d{{1,2}}|\d{{1,2}}\.\d{{1,2}}|{_DATE})(?:-| по | to )(?:{_DATE})"
_AWAY = re.compile(
    rf"(?:{'|'.join(AWAY)}) (?:(?P<days>(?:{_RANGE}|{_DATE})(?:,(?:{_RANGE}|{_DATE}))*)|(?:с|from) (?P<range>{_RANGE}))"
)
_ENDS = re.compile(rf"(?:(?P<first>.+?)(?:-| по | to ))?(?P<last>{_DATE})")

Hours = tuple[int, int]
"""Seconds of the day on which a shift begins; its end may lie in the next one."""


class ScheduleError(ValueError):
    """What is wrong with a schedule, in the user's language."""


@dataclass(frozen=True)
class Week:
    """Work on these weekdays (Monday is 0; None: on the company's days); without hours, at the company's."""

    weekdays: frozenset[int] | None
    hours: Hours | None
    on_holidays: bool = False


@dataclass(frozen=True)
class Shift:
    """So many days on and so many off, from day `since` on."""

    on: int
    off: int
    since: int
    hours: Hours | None
    on_holidays: bool = True


@dataclass(frozen=True)
class Away:
    """Leave, sick days or days off, both ends included."""

    first: int
    last: int


Rule = Week | Shift | Away


def read_schedule(cell: str) -> tuple[Rule, ...]:
    """The rules of a cell in their order; raises ScheduleError. What it says of holidays holds for all of them."""
    said = _HOLIDAYS.search(folded(cell))
    on_holidays = None if said is None else said[1] is not None
    parts = [part for line in re.split(r"[;\n]", cell) for part in _BETWEEN.split(_tidied(line))]
    return tuple(rule for part in parts if part for rule in _rules(part, on_holidays))


def _tidied(line: str) -> str:
    """Folded, with bare dashes and commas, «с 9 до 18» as «9-18», and without what is said of holidays."""
    dashes = re.sub(r"\s*[-‐‑–—−]\s*", "-", _HOLIDAYS.sub("", folded(line)))
    return _FROM_TO.sub(r"\1-\2", re.sub(r"\s*,\s*", ",", dashes)).strip(" .")


def _rules(part: str, on_holidays: bool | None) -> tuple[Rule, ...]:
    if away := _AWAY.fullmatch(part):
        return tuple(_away(days) for days in (away["days"] or away["range"]).split(","))
    if shift := _SHIFT.fullmatch(part):
        return (_shift(shift, on_holidays is not False),)
    week = _WEEK.fullmatch(part)
    if week and (week["days"] == "" or (weekdays := _weekdays(week["days"]))):
        return (Week(weekdays if week["days"] else None, _hours(week["hours"]), on_holidays is True),)
    shown = part if len(part) <= SHOWN else part[:SHOWN] + "…"
    (example,) = get_close_matches(shown, EXAMPLES, n=1, cutoff=0)
    raise ScheduleError(_("“{part}” is not understood; an example: “{example}”").format(part=shown, example=example))


def _weekdays(days: str) -> frozenset[int]:
    """The weekdays of «будни» or «пн-ср,пт»; none where a word is no weekday."""
    if days in WEEKS:
        return WEEKS[days]
    found: set[int] = set()
    for item in days.split(","):
        numbers = [WEEKDAYS.get(name) for name in item.split("-")]
        first, last = numbers[0], numbers[-1]
        if len(numbers) > 2 or first is None or last is None:
            return frozenset()
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return frozenset(found)


def _shift(found: re.Match[str], on_holidays: bool) -> Shift:
    on, off = int(found["on"]), int(found["off"])
    if not on:
        raise ScheduleError(_("“{part}” has no working days").format(part=found[0]))
    return Shift(on, off, day_number(_date(found["since"])), _hours(found["hours"]), on_holidays)


def _away(days: str) -> Away:
    ends = _ENDS.fullmatch(days)
    assert ends is not None, days
    last = _date(ends["last"])
    first = _first_day(ends["first"] or ends["last"], last)
    if last < first:
        raise ScheduleError(_("“{first}-{last}” ends before it begins").format(first=ends["first"], last=ends["last"]))
    return Away(day_number(first), day_number(last))


def _first_day(text: str, last: date) -> date:
    """The day on which an absence begins: month and year that it leaves out are those of its last day. «28.12» of one
    that ends in January lies in the year before, where that makes no long absence of a slip of the pen."""
    if "-" in text or text.count(".") == 2:
        return _date(text)
    day, _dot, month = text.partition(".")
    first = _date(f"{day}.{month or last.month}.{last.year}")
    if first <= last:
        return first
    before = _date(f"{day}.{month or last.month}.{last.year - 1}")
    return before if last - before < HALF_A_YEAR else first


def _date(text: str) -> date:
    parts = [int(number) for number in re.split(r"[.-]", text)]
    year, month, day = parts if "-" in text else reversed(parts)
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        raise ScheduleError(_("there is no day “{date}”").format(date=text)) from None


def _hours(text: str | None) -> Hours | None:
    """Where the end is not later than the beginning, it lies in the next day."""
    if text is None:
        return None
    opens, closes = (_clock(clock) for clock in text.split("-"))
    if opens == DAY:
        raise ScheduleError(_("there is no time “{clock}”").format(clock=text.partition("-")[0]))
    return opens, closes if closes > opens else closes + DAY


def company_hours(opens: time, closes: time) -> Hours:
    """The seconds of the day at which the company opens and closes; 00:00 as the end is the day's end."""
    return _seconds_of(opens), _seconds_of(closes) or DAY


def _seconds_of(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60 + clock.second


def _clock(text: str) -> int:
    """Seconds of the day; 24:00 is its end."""
    hour, _dot, minute = text.replace(".", ":").partition(":")
    seconds = int(hour) * 3600 + int(minute or 0) * 60
    if int(minute or 0) > 59 or seconds > DAY:
        raise ScheduleError(_("there is no time “{clock}”").format(clock=text))
    return seconds
