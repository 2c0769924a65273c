"""Whether the exports are of today: a night that judges old ones is no clean bill."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from auditor.i18n import day_form, ngettext
from auditor.log.calendar import Calendar, day_number
from auditor.settings import Settings


def changed_last(files: Iterable[Path], settings: Settings) -> datetime | None:
    """When the newest of the files was written, in the company's zone; None without any."""
    moments = [file.stat().st_mtime for file in files if file.exists()]
    return datetime.fromtimestamp(max(moments), ZoneInfo(settings.timezone)).replace(tzinfo=None) if moments else None


def stale(written: datetime | None, as_of: datetime, now: datetime, most: int, settings: Settings) -> str:
    """Why the exports are too old; empty where they are not. `written`: when the newest file was; `as_of`: the data's
    latest event; `most`: so many working days may pass whole without either."""
    for moment, words in ((written, _file_words), (as_of, _data_words)):
        missed = working_days_between(moment, now, settings) if moment else 0
        if moment and missed > most - 1 >= 0:
            return words(missed).format(day=f"{moment:{day_form()}}", n=missed)
    return ""


def working_days_between(moment: datetime, now: datetime, settings: Settings) -> int:
    """How many whole working days lie between two moments, their own days left out."""
    first, last = day_number(moment.date()) + 1, day_number(now.date()) - 1
    return int(Calendar.of(settings, first, last).working.sum()) if first <= last else 0


def _file_words(missed: int) -> str:
    return ngettext(
        "the newest export is of {day}: {n} working day has passed since; check the export from the CRM",
        "the newest export is of {day}: {n} working days have passed since; check the export from the CRM",
        missed,
    )


def _data_words(missed: int) -> str:
    return ngettext(
        "nothing in the exports happened after {day}: {n} working day has passed since; check the export from the CRM",
        "nothing in the exports happened after {day}: {n} working days have passed since; check the export from the "
        "CRM",
        missed,
    )
