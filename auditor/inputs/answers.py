"""What the outcome of a call says: whether it was answered, or only whether it took place at all."""

import re

from auditor.i18n import ngettext, numeral
from auditor.spelling import folded

ANSWERED = (
    "answered", "дозвон", "дозвонился", "дозвонились", "отвечен", "отвечено", "отвечена", "успешный", "успешно",
    "принят", "состоялся", "разговор", "разговор состоялся", "completed", "success",
)  # fmt: skip
UNANSWERED = (
    "unanswered", "недозвон", "не отвечен", "не отвечено", "не отвечена", "не дозвонился", "не дозвонилась",
    "не дозвонились", "нет ответа", "без ответа", "не ответил", "не ответила", "не ответили", "не взял трубку",
    "не взяла трубку", "не берет трубку", "сброшен", "сброс", "сбросил", "сбросила", "отклонен", "отклонено", "отменен",
    "отменено", "занято", "занят", "недоступен", "недоступна", "временно не доступен", "временно недоступен",
    "не доступен", "неверный номер", "неправильный номер", "пропущенный", "пропущен", "missed", "busy", "no answer",
    "not answered", "cancel", "cancelled", "canceled", "declined", "rejected", "failed", "wrong number", "unavailable",
)  # fmt: skip
MACHINES = ("автоответчик", "голосовая почта", "voicemail", "voice mail", "answering machine")
"""No answer, whatever stands behind these words."""
TOOK_PLACE = ("выполнен", "выполнено", "выполнена", "завершен", "завершено", "held", "done")
PLANNED = (
    "запланирован", "запланировано", "запланированный", "не выполнен", "не выполнено", "ожидает", "planned",
    "scheduled", "not held", "not done",
)  # fmt: skip

ANSWERS: dict[str, str] = {
    **dict.fromkeys(ANSWERED, "answered"),
    **dict.fromkeys(UNANSWERED, "unanswered"),
    **dict.fromkeys(TOOK_PLACE, "held"),
    **dict.fromkeys(PLANNED, "planned"),
}
UNCLEAR = "unclear"

_PARTED = re.compile(r"[\W_]+")
_BESIDE = re.compile(r"\b(?:звонок|вызов|call|[2-6]\d\d)\b")
_CODE = re.compile(r"([2-6]\d\d)(?: s)?")


def answer_of(text: str) -> str:
    """`answered`, `unanswered`, `held` (took place: no more is said), `planned`, or `unclear` where nobody knows what
    it says. A code is that of a telephony: 200 was answered, 304 to 603-S were not."""
    said = _PARTED.sub(" ", folded(text)).strip()
    code = _CODE.fullmatch(said)
    if code:
        return "answered" if code[1] == "200" else "unanswered" if code[1] >= "300" else UNCLEAR
    if said.startswith(MACHINES):
        return "unanswered"
    return ANSWERS.get(said) or ANSWERS.get(" ".join(_BESIDE.sub(" ", said).split())) or UNCLEAR


def not_understood(word: str, count: int) -> str:
    """What is told of a word that leaves its calls unclear."""
    what = ngettext(
        "“{word}” ({count} row) is no outcome of a call that is known here; whether it was answered stays open",
        "“{word}” ({count} rows) is no outcome of a call that is known here; whether they were answered stays open",
        count,
    )
    return what.format(word=word, count=numeral(count))
