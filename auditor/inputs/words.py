"""Closed lists as data: the words of exports for entities, events, types, directions."""

import re
from collections.abc import Mapping, Sequence

from auditor.spelling import folded

ENTITIES = {"deal": ("deal", "сделка", "сделки"), "lead": ("lead", "лид", "лиды")}

EVENTS = {
    "created": ("created", "создана", "создан", "создание", "новая сделка", "новый лид"),
    "stage": ("stage", "этап", "стадия", "смена этапа", "изменение этапа", "изменение этапа продажи", "stage changed"),
    "pipeline": ("pipeline", "воронка", "смена воронки", "изменение воронки"),
    "responsible": ("responsible", "ответственный", "смена ответственного", "ответственный изменен", "manager"),
    "field": ("field", "поле", "изменение поля"),
    "closed": ("closed", "закрыта", "закрыт", "закрытие"),
    "converted": ("converted", "конвертирован", "конвертирована", "конвертация"),
}

CLOSINGS = {
    "won": ("won", "успех", "успешно", "успешна", "выиграна", "выигран"),
    "lost": ("lost", "отказ", "провал", "проиграна", "проигран", "неуспех"),
    "converted": ("converted", "конвертирован", "сконвертирован", "качественный"),
    "rejected": ("rejected", "junk", "забракован", "некачественный", "брак"),
}

TYPES: dict[str, tuple[str, ...]] = {
    "call": ("call", "звонок", "вызов", "calls", "звонки"),
    "message": ("message", "сообщение", "messages", "сообщения"),
    "sms": ("sms", "смс", "sms-сообщение"),
    "email": ("email", "e-mail", "письмо", "mail", "letter", "письма"),
    "form": ("form", "заявка", "форма", "заявка с сайта"),
    "chat": ("chat", "чат", "сообщение внутреннего чата"),
    "invite": ("invite", "invited", "приглашение"),
    "task": ("task", "задача", "tasks", "задачи", "новая задача"),
    "task_moved": ("task_moved", "move", "перенос задачи", "перенос", "изменение даты исполнения задачи"),
    "task_done": ("task_done", "завершение задачи", "задача завершена", "задача выполнена", "task completed"),
    "task_deleted": ("task_deleted", "удаление задачи", "задача удалена"),
    "comment": ("comment", "комментарий", "примечание", "note", "новое примечание"),
    "file": ("file", "файл", "добавлен новый файл"),
    "document": ("document", "документ"),
    "invoice": ("invoice", "счёт"),
    "payment": ("payment", "оплата", "платёж"),
    "claim": ("claim", "претензия", "рекламация"),
}

DIRECTED_TYPES: dict[str, tuple[str, str]] = {
    "звонок (входящий)": ("call", "in"),
    "звонок (исходящий)": ("call", "out"),
    "входящий звонок": ("call", "in"),
    "исходящий звонок": ("call", "out"),
    "письмо (полученное)": ("email", "in"),
    "письмо (отправленное)": ("email", "out"),
    "входящее письмо": ("email", "in"),
    "исходящее письмо": ("email", "out"),
    "входящее сообщение": ("message", "in"),
    "исходящее сообщение": ("message", "out"),
    "входящее sms": ("sms", "in"),
    "исходящее sms": ("sms", "out"),
    "call (incoming)": ("call", "in"),
    "call (outgoing)": ("call", "out"),
    "email (received)": ("email", "in"),
    "email (sent)": ("email", "out"),
}
"""Types that say their direction."""

DIRECTIONS = {
    "out": (
        "out",
        "outgoing",
        "outbound",
        "исходящий",
        "исходящее",
        "исходящая",
        "исх",
        "обратный",
        "обратный звонок",
        "информационный",
        "callback",
        "information call",
    ),
    "in": (
        "in",
        "incoming",
        "inbound",
        "входящий",
        "входящее",
        "входящая",
        "вх",
        "входящий с перенаправлением",
        "входящий (перенаправлен)",
        "incoming with redirection",
        "incoming (forwarded)",
    ),
}

OPEN_WORDS = ("не закрыта", "не закрыт", "не закрыто", "não fechado", "not closed", "open", "-", "—")
"""What a closing date says of a deal that is open."""

SHEET_TYPES: dict[str, str] = {"звонки": "call", "calls": "call", "задачи": "task", "tasks": "task",
    "письма": "email", "emails": "email", "сообщения": "message", "messages": "message"}  # fmt: skip
"""The type of every row of a sheet of that name, where no column tells it."""


NONE_OF_OURS = re.compile(
    r"\b(?:тег|покупк|объединени|слияни|прочитан|прочтен|бесед|прикреплени|откреплени|привязк|отвязк)"
    r"|\b(?:tags?|purchase|transaction|merged?|read|talk|conversation|(?:un)?link(?:ed)?)\b"
)
"""Words of records that no clause asks for: tags, purchases, merges, reads, talks, links."""
_FIELD = re.compile(r"изменение поля [«“\"'](.+)[»”\"']", re.IGNORECASE)


def lookup(words: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Folded word → its canonical value."""
    return {folded(word): value for value, spellings in words.items() for word in spellings}


_EVENTS, _TYPES, _WAYS = lookup(EVENTS), lookup(TYPES), lookup(DIRECTIONS)
_MARKS, _CALL = re.compile(r"[\W_]+"), re.compile(r"\b(?:звонок|вызов|call)\b")
_DIRECTED = {folded(word): told for word, told in DIRECTED_TYPES.items()}


def event_of(text: str) -> str | None:
    """The event of the history that a cell names; «Изменение поля “Бюджет”» names the field, too."""
    word = folded(text)
    return _EVENTS.get(word) or ("field" if word.startswith("изменение поля ") else None)


def field_in(text: str) -> str | None:
    """The field that an event names."""
    found = _FIELD.fullmatch(text)
    return found[1] if found else None


def type_of(text: str) -> str | None:
    """The type of activity that a cell names, with its direction or without."""
    word = folded(text)
    return _TYPES.get(word) or _DIRECTED.get(word, (None, None))[0]


def way_of(text: str) -> str | None:
    """The direction that a type names."""
    return _DIRECTED.get(folded(text), (None, None))[1]


def parted(text: str) -> str:
    """Its words alone, with blanks between."""
    return _MARKS.sub(" ", folded(text)).strip()


def bare(text: str) -> str:
    """The same without «звонок»."""
    return " ".join(_CALL.sub(" ", parted(text)).split())


def direction_of(text: str) -> str | None:
    """The direction that a cell names: `исх.`, «Исходящий звонок», `CALL_OUT`."""
    return _WAYS.get(folded(text)) or _WAYS.get(bare(text))


def kind_of(text: str) -> str | None:
    """What a row tells of, whichever table it should stand in."""
    return event_of(text) or type_of(text) or ("task" if folded(text) == "результат по задаче" else None)


def is_none_of_ours(text: str) -> bool:
    """Whether a cell names a record that no clause asks for."""
    return NONE_OF_OURS.search(folded(text).replace("_", " ")) is not None
