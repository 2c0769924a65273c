"""Closed lists of words that people type, in English or in Russian."""

from collections.abc import Callable

from auditor.i18n import _, active
from auditor.spelling import folded

RUSSIAN = {
    "high": "высокая",
    "medium": "средняя",
    "low": "низкая",
    "never": "никогда",
    "table": "таблица",
    "today": "сегодня",
    "yesterday": "вчера",
    "last-working-day": "последний-рабочий-день",
    "this-week": "эта-неделя",
    "last-week": "прошлая-неделя",
    "this-month": "этот-месяц",
    "last-month": "прошлый-месяц",
    "changes": "изменения",
    "always": "всегда",
    "all": "все",
    "manager": "менеджер",
    "department": "отдел",
    "monday": "понедельник",
    "tuesday": "вторник",
    "wednesday": "среда",
    "thursday": "четверг",
    "friday": "пятница",
    "saturday": "суббота",
    "sunday": "воскресенье",
}
"""The Russian word beside an English one, folded; the others are the same in both languages."""

PERIODS = ("today", "yesterday", "this-week", "last-week", "this-month", "last-month", "last-working-day")
"""Days counted from a day; weeks begin on Monday."""


def one_of(*allowed: str) -> Callable[[str], str]:
    """A parser that takes one of these words or its Russian one, with blanks for hyphens too; ValueError lists them."""
    meant = {typed: word for word in allowed for typed in (word, RUSSIAN.get(word, word))}

    def parse(typed: str) -> str:
        word = folded(typed.replace("_", " ")).replace(" ", "-")
        if word in meant:
            return meant[word]
        what = _("{allowed} is expected, not “{value}”.")
        raise ValueError(what.format(allowed=", ".join(map(spoken, allowed)), value=typed))

    return parse


def spoken(word: str) -> str:
    """The word in the active language."""
    return RUSSIAN.get(word, word) if active() == "ru" else word
