"""Values of JSON items, whatever they turn out to be: one of a wrong type is a missing value."""

import math
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from auditor.inputs.values import YEARS, decimal, id_of, moment_of, number_of, phone_of
from auditor.spelling import pure

Json = dict[str, Any]

YES, NO = "Да", "Нет"
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNIX = re.compile(r"-?\d+(\.\d+)?")


def text(value: object) -> str | None:
    """A text without outer blanks; numbers as they are written, yes and no as the CRMs export them."""
    if isinstance(value, str):
        return pure(value if value.isascii() else _SURROGATES.sub("\ufffd", value)).strip() or None
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, float):
        return decimal(value) if math.isfinite(value) else None
    return str(value) if isinstance(value, int) else None


def ident(value: object) -> str | None:
    """An id as text; 0 and true are nobody's id."""
    found = None if isinstance(value, bool) else id_of(text(value) or "0")
    return None if found == "0" else found


def number(value: object) -> float | None:
    """A finite number; `1000|RUB` is a thousand."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = text(value)
    return number_of(value) if isinstance(value, str) else None


def mapping(value: object) -> Json:
    """An object; of a list its first object; else an empty one."""
    if isinstance(value, list):
        value = next((entry for entry in value if isinstance(entry, dict)), None)
    return value if isinstance(value, dict) else {}


def objects(value: object) -> list[Json]:
    """The objects of a list, or of an object whose values they are (`{"1": {…}, "2": {…}}`)."""
    entries = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [entry for entry in entries if isinstance(entry, dict)]


def joined(values: "list[str | None]", by: str = ", ") -> str | None:
    return by.join(value for value in values if value) or None


def phone(value: object) -> str | None:
    """The digits with the country code: 8 (916) 123-45-67 → 79161234567."""
    return phone_of(text(value) or "")


@dataclass(frozen=True)
class Clock:
    """The account's clock: moments of any writing → local times without a zone, whole seconds, 2000 to 2135."""

    zone: ZoneInfo

    def moment(self, value: object) -> datetime | None:
        """A unix time, ISO 8601 with or without an offset, or dd.mm.yyyy; None where it is none of these."""
        written = None if isinstance(value, bool) else text(value)
        if written is None:
            return None
        return self._unix(written) if _UNIX.fullmatch(written) else moment_of(written, self.zone)

    def day(self, value: object) -> str | None:
        """The local day of a moment, dd.mm.yyyy."""
        found = self.moment(value)
        return found.strftime("%d.%m.%Y") if found else None

    def minute(self, value: object) -> str | None:
        """A moment as dd.mm.yyyy HH:MM."""
        found = self.moment(value)
        return found.strftime("%d.%m.%Y %H:%M") if found else None

    def _unix(self, written: str) -> datetime | None:
        try:
            moment = datetime.fromtimestamp(float(written), self.zone)
        except (ValueError, OverflowError, OSError):
            return None
        return moment.replace(tzinfo=None, microsecond=0) if moment.year in YEARS else None
