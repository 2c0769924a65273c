"""Closed lists as data: the words of exports for entities, events, types, directions."""

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
}
"""Types that say their direction."""

DIRECTIONS = {
    "out": ("out", "outgoing", "outbound", "исходящий", "исходящее", "исходящая", "исх", "обратный"),
    "in": ("in", "incoming", "inbound", "входящий", "входящее", "входящая", "вх", "входящий с перенаправлением"),
}

OPEN_WORDS = ("не закрыта", "не закрыт", "не закрыто", "não fechado", "not closed", "open", "-", "—")
"""What a closing date says of a deal that is open."""

SHEET_TYPES: dict[str, str] = {"звонки": "call", "calls": "call", "задачи": "task", "tasks": "task",
    "письма": "email", "emails": "email", "сообщения": "message", "messages": "message"}  # fmt: skip
"""The type of every row of a sheet of that name, where no column tells it."""


def lookup(words: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Folded word → its canonical value."""
    return {folded(word): value for value, spellings in words.items() for word in spellings}
