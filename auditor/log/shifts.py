"""The cell «График» of the people table: on which days and hours somebody works, and when he is away."""

import re
from dataclasses import dataclass
from datetime import date, time

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
AWAY = (
    "отпуск", "больничный", "выходной", "выходные", "отгул", "декрет",
    "leave", "vacation", "sick leave", "sick", "day off", "days off", "off",
)  # fmt: skip
SHOWN = 60
"""Letters of a cell that an error repeats."""
EXAMPLE = "пн-пт 09:00-18:00; отпуск 01.07.2024-14.07.2024"

_DATE = r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2}"
_HOURS = r"(?: (?P<hours>\d{1,2}(?::\d{2})?-\d{1,2}(?::\d{2})?))?"
_WEEK = re.compile(rf"(?P<days>[a-zа-я]+(?:[-,][a-zа-я]+)*){_HOURS}")
_SHIFT = re.compile(rf"(?P<on>\d{{1,2}})/(?P<off>\d{{1,2}}) (?:с|from|since) (?P<since>{_DATE}){_HOURS}")
_RANGE = re.compile(rf"({_DATE})(?:(?:-| по | to )({_DATE}))?")
_AWAY = re.compile(rf"(?:{'|'.join(AWAY)})(?: с| from)? (?P<ranges>(?:{_RANGE.pattern})(?:,(?:{_RANGE.pattern}))*)")

Hours = tuple[int, int]


class ScheduleError(ValueError):
    """What is wrong with a schedule, in the user's language."""


@dataclass(frozen=True)
class Week:
    """Work on these weekdays (Monday is 0) of the company's calendar; without hours, at the company's."""

    weekdays: frozenset[int]
    hours: Hours | None


@dataclass(frozen=True)
class Shift:
    """So many days on and so many off, holidays or not, from day `since` on."""

    on: int
    off: int
    since: int
    hours: Hours | None


@dataclass(frozen=True)
class Away:
    """Leave, sick days or days off, both ends included."""

    first: int
    last: int


Rule = Week | Shift | Away


def read_schedule(cell: str) -> tuple[Rule, ...]:
    """The rules of a cell in their order; raises ScheduleError."""
    parts = [_tidied(part) for part in re.split(r"[;\n]", cell)]
    return tuple(rule for part in parts if part for rule in _rules(part))


def _tidied(part: str) -> str:
    dashes = re.sub(r"\s*[-‐‑–—−]\s*", "-", folded(part))
    return re.sub(r"\s*,\s*", ",", dashes).strip(" .")


def _rules(part: str) -> tuple[Rule, ...]:
    if away := _AWAY.fullmatch(part):
        return tuple(_away(*ends) for ends in _RANGE.findall(away["ranges"]))
    if shift := _SHIFT.fullmatch(part):
        return (_shift(shift),)
    week = _WEEK.fullmatch(part)
    if week and (weekdays := _weekdays(week["days"])):
        return (Week(weekdays, _hours(week["hours"])),)
    shown = part if len(part) <= SHOWN else part[:SHOWN] + "…"
    raise ScheduleError(_("“{part}” is not understood; an example: “{example}”").format(part=shown, example=EXAMPLE))


def _weekdays(days: str) -> frozenset[int]:
    """The weekdays of «пн-ср,пт»; none where a word is no weekday."""
    found: set[int] = set()
    for item in days.split(","):
        numbers = [WEEKDAYS.get(name) for name in item.split("-")]
        first, last = numbers[0], numbers[-1]
        if len(numbers) > 2 or first is None or last is None:
            return frozenset()
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return frozenset(found)


def _shift(found: re.Match[str]) -> Shift:
    on, off = int(found["on"]), int(found["off"])
    if not on:
        raise ScheduleError(_("“{part}” has no working days").format(part=found[0]))
    return Shift(on, off, _day(found["since"]), _hours(found["hours"]))


def _away(first: str, last: str) -> Away:
    away = Away(_day(first), _day(last or first))
    if away.last < away.first:
        raise ScheduleError(_("“{first}-{last}” ends before it begins").format(first=first, last=last))
    return away


def _day(text: str) -> int:
    parts = [int(number) for number in re.split(r"[.-]", text)]
    year, month, day = parts if "-" in text else reversed(parts)
    try:
        return day_number(date(year, month, day))
    except ValueError:
        raise ScheduleError(_("there is no day “{date}”").format(date=text)) from None


def _hours(text: str | None) -> Hours | None:
    if text is None:
        return None
    opens, closes = (_clock(clock) for clock in text.split("-"))
    if closes <= opens:
        message = _("the shift “{hours}” goes past midnight, which cannot be counted; end it at 24:00 at the latest")
        raise ScheduleError(message.format(hours=text))
    return opens, closes


def clock_of(clock: time) -> int:
    """Seconds of the day."""
    return clock.hour * 3600 + clock.minute * 60 + clock.second


def _clock(text: str) -> int:
    """Seconds of the day; 24:00 is its end."""
    hour, _colon, minute = text.partition(":")
    seconds = int(hour) * 3600 + int(minute or 0) * 60
    if int(minute or 0) > 59 or seconds > DAY:
        raise ScheduleError(_("there is no time “{clock}”").format(clock=text))
    return seconds
