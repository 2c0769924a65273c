"""Single cells: numbers, moments, durations, phones, yes and no. None where the text is none of it."""

import math
import re
from datetime import datetime, tzinfo

YEARS = range(2000, 2136)
"""The years the log can hold."""

LONGEST = 60
"""No number, moment or duration is longer."""

_BLANKS = dict.fromkeys(map(ord, " \t\u00a0\u2007\u2009\u202f'’"), " ")
_ID_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")
_BEFORE = re.compile(r"^(?:rub|руб\.?|usd|eur|kzt|тг\.?)\s*(?=[\d(-])|^[₽$€₸]", re.IGNORECASE)
_MINUS = re.compile(r"\((\d[\d .,]*)\)", re.ASCII)
"""As accountants write it."""
_MONEY = re.compile(r"(?:₽|руб(?:лей|ля|ль)?\.?|р\.?|rub|\$|usd|€|eur|₸|тг\.?|kzt|%|\|[a-z]{3})$", re.IGNORECASE)
_GROUPED = re.compile(r"-?\d{1,3}(?: \d{3})+(?:[.,]\d+)?|-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_GROUPED_BY_DOTS = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_PLAIN = re.compile(r"-?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


def number_of(text: str) -> float | None:
    """`1 234,50 ₽` → 1234.5. A single comma is decimal, but before three digits it parts thousands, as a point does:
    `12,000`, `10.000`. A phone number (`+7…`) or a date is no number."""
    if len(text) > LONGEST:
        return None
    written = text.translate(_BLANKS).replace("−", "-").strip()
    written = _MINUS.sub(r"-\1", _MONEY.sub("", _BEFORE.sub("", written)).strip())
    if _GROUPED.fullmatch(written):
        whole, _, rest = written.replace(" ", "").rpartition(".") if "." in written else _at_comma(written)
        number = float(f"{whole.replace(',', '')}.{rest}") if rest else float(whole.replace(",", ""))
    elif _GROUPED_BY_DOTS.fullmatch(written):
        number = float(written.replace(".", "").replace(",", "."))
    elif _PLAIN.fullmatch(written):
        number = float(written.replace(",", "."))
    else:
        return None
    return number if math.isfinite(number) else None


def _at_comma(written: str) -> tuple[str, str, str]:
    """`12 345,6` at its decimal comma; a number of several commas has none."""
    joined = written.replace(" ", "")
    if " " in written and "," in joined:
        return joined.rpartition(",")
    return joined, "", ""


_DOTTED = re.compile(
    r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?:(?:,? | *T)(?:в )?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?", re.ASCII
)
_ISO = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2}(?:[T ].+)?)", re.ASCII)


class Day(datetime):
    """A moment of which only the day is told: 00:00 of it."""


def moment_of(text: str, zone: tzinfo | None = None) -> datetime | None:
    """A moment of the years 2000–2135 by the account's clock, whole seconds; dots are day first, always. A date without
    a clock is a `Day`.

    ISO 8601 with an offset is converted to `zone`; without a zone it keeps its own clock."""
    if len(text) > LONGEST:
        return None
    written = " ".join(text.split())
    try:
        moment = _dotted(written) if "." in written[:3] else _iso(written)
    except (ValueError, OverflowError):
        return None
    if moment is None or moment.year not in YEARS:
        return None
    if moment.tzinfo is not None and zone is not None:
        moment = moment.astimezone(zone)
    moment = moment.replace(tzinfo=None, microsecond=0)
    return whole_day(moment, written) if moment.year in YEARS else None


def whole_day(moment: datetime, written: str) -> datetime:
    """The moment, a `Day` where what is written of it has no clock."""
    return moment if ":" in written else Day(moment.year, moment.month, moment.day)


def _dotted(written: str) -> datetime | None:
    found = _DOTTED.fullmatch(written)
    if not found:
        return None
    day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second)


def _iso(written: str) -> datetime | None:
    found = _ISO.fullmatch(written)
    return datetime.fromisoformat("-".join(found.groups())) if found else None


_ID = re.compile(r"['’#№ ]*(\d{1,3}(?: \d{3})+|\d+)(?:[.,]0+)?", re.ASCII)
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{1,3}", re.ASCII)
ODD_ID = "^[0-9]*['’#№.,eE \u00a0\u2007\u2009\u202f]"
"""Found in every text that is not itself an id as it stands; hardly any other begins like this."""


def id_of(text: str) -> str | None:
    """An id as the CRM writes it: `'501`, `#501`, `501.0`, `501,00` and `12 345` without what spreadsheets put there.

    None for `1,23457E+15`: a spreadsheet has shortened it, and nobody knows to what. Any other text is an id as it
    stands."""
    if text.isdigit():
        return text
    if _SHORTENED.fullmatch(text):
        return None
    found = _ID.fullmatch(text.translate(_ID_BLANKS)) if len(text) <= LONGEST else None
    return found[1].replace(" ", "") if found else text


def decimal(number: float) -> str:
    """A number as text that is read as the same number: three digits behind the point would be thousands."""
    written = f"{number:.15g}"
    return written + "0" if _THOUSANDS.fullmatch(written) else written


_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,5}):(\d{2})(?:[.,]\d+)?", re.ASCII)
_WORDED = re.compile(
    r"(?:(\d+)\s*(?:ч|час[а-я]*|h[a-z]*)\.?)?[\s,]*(?:(\d+)\s*(?:м|мин[а-я]*|m|min[a-z]*)\.?)?[\s,]*"
    r"(?:(\d+)\s*(?:с|сек[а-я]*|s|sec[a-z]*)\.?)?",
    re.ASCII,
)


def duration_of(text: str) -> float | None:
    """Seconds: `135`, `2:15`, `0:02:15`, `0:02:15.120`, `2 мин, 15 сек`."""
    if len(text) > LONGEST:
        return None
    written = text.strip().casefold()
    seconds = float(written.replace(",", ".")) if _PLAIN.fullmatch(written) else number_of(written)
    if seconds is not None:
        return seconds if 0 <= seconds < 1e9 else None
    found = _CLOCK.fullmatch(written) or _WORDED.fullmatch(written)
    if not found or not any(found.groups()):
        return None
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    total = hours * 3600 + minutes * 60 + rest
    return float(total) if total < 1e9 else None


_BETWEEN_PHONES = re.compile(r"[,;/\n]")
_EXTENSION = re.compile(r"(?:доб|вн|ext|#|[.,]0+$).*", re.IGNORECASE)


def phone_of(text: str) -> str | None:
    """Digits with the country code: `8 (916) 123-45-67` → `79161234567`; of several numbers the first."""
    return next(iter(phones_of(text)), None)


def phones_of(text: str) -> list[str]:
    """All numbers of a cell, each once, without extensions; none of one that a spreadsheet has shortened."""
    if len(text) == 12 and text.startswith("+7") and text.isascii() and text[1:].isdigit():
        return [text[1:]]
    if _SHORTENED.fullmatch(text.strip("+' ")):
        return []
    found = (_phone(part) for part in _BETWEEN_PHONES.split(text))
    return list(dict.fromkeys(phone for phone in found if phone))


def _phone(part: str) -> str | None:
    digits = "".join(re.findall(r"[0-9]", _EXTENSION.sub("", part)))
    if len(digits) == 10:
        return "7" + digits
    if len(digits) == 11 and digits[0] == "8":
        return "7" + digits[1:]
    return digits if 2 < len(digits) <= 15 else None


_YES = frozenset(("да", "yes", "y", "true", "1", "+", "истина", "выполнено", "выполнена", "sim"))
_NO = frozenset(("нет", "no", "n", "false", "0", "-", "—", "ложь", "не выполнено", "не выполнена", "não"))


def truth_of(text: str) -> bool | None:
    """Yes or no."""
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None
