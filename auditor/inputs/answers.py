"""What the outcome of a call says: whether it was answered, or only whether it took place at all."""

import re

from auditor.i18n import ngettext, numeral
from auditor.inputs.words import bare, parted

ANSWERED = (
    "answered", "дозвон", "дозвонился", "дозвонились", "отвечен", "отвечено", "отвечена", "успешный", "успешно",
    "отвеченный", "ответил", "ответила", "ответили", "клиент ответил", "принят", "принятый", "состоялся", "разговор",
    "разговор состоялся", "соединение установлено", "answer", "completed", "connected", "success", "successful",
)  # fmt: skip
UNANSWERED = (
    "unanswered", "недозвон", "не дозвон", "недозвонился", "недозвонились", "не отвечен", "неотвечен", "неотвеченный",
    "не принят", "не состоялся", "не состоялось", "не отвечено", "не отвечена", "не дозвонился", "не дозвонилась",
    "не дозвонились", "нет ответа", "без ответа", "не ответил", "не ответила", "не ответили", "клиент не ответил",
    "не отвечает", "не взял трубку", "не взяла трубку", "не берет трубку", "не берут трубку", "не поднял трубку",
    "не снял трубку", "нет соединения", "сброшен", "сброшена", "сброшено", "сброс", "сбросил", "сбросила", "отклонен",
    "отклонено", "отменен", "отменено", "занято", "занят", "абонент занят", "недоступен", "недоступна",
    "абонент недоступен", "вне зоны", "вне зоны действия сети", "временно не доступен", "временно недоступен",
    "не доступен", "неверный номер", "неправильный номер", "нет такого номера", "номер не существует", "пропущенный",
    "пропущен", "missed", "busy", "line busy", "no answer", "noanswer", "no response", "not answered", "cancel",
    "cancelled", "canceled", "declined", "rejected", "failed", "unsuccessful", "wrong number", "unavailable",
    "chanunavail", "congestion",
)  # fmt: skip
MACHINES = ("автоответчик", "голосовая почта", "voicemail", "voice mail", "left voicemail", "answering machine")
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

_NUMBER = re.compile(r"\b[2-6]\d\d\b")
_CODE = re.compile(r"([2-6]\d\d)(?: s)?")


def answer_of(text: str) -> str:
    """`answered`, `unanswered`, `held` (took place: no more is said), `planned`, or `unclear` where nobody knows what
    it says. A code is that of a telephony: 200 was answered, 304 to 603-S were not."""
    said = parted(text)
    code = _CODE.fullmatch(said)
    if code:
        return "answered" if code[1] == "200" else "unanswered" if code[1] >= "300" else UNCLEAR
    if said.startswith(MACHINES):
        return "unanswered"
    known = ANSWERS.get(said) or ANSWERS.get(bare(_NUMBER.sub(" ", said)))
    return known or ("unanswered" if _is_unanswered(text.partition("(")[0]) else UNCLEAR)


def _is_unanswered(text: str) -> bool:
    """What stands in brackets behind such a word says why; behind any other it may say the contrary."""
    return bare(text) in UNANSWERED


def not_understood(word: str, count: int) -> str:
    """What is told of a word that leaves its calls unclear."""
    what = ngettext(
        "“{word}” ({count} row) is no outcome of a call that is known here; whether it was answered stays open",
        "“{word}” ({count} rows) is no outcome of a call that is known here; whether they were answered stays open",
        count,
    )
    return what.format(word=word, count=numeral(count))
