"""The kinds of record that `[streams]` may declare, under every name a user may call them."""

from auditor.i18n import _
from auditor.nearest import unknown
from auditor.spelling import folded
from auditor.terms import OPTIONAL_STREAMS

STREAMS: dict[str, tuple[str, ...]] = {
    "call": ("calls", "звонок", "звонки"),
    "message": ("messages", "сообщение", "сообщения"),
    "sms": ("смс",),
    "email": ("emails", "letter", "letters", "письмо", "письма"),
    "form": ("forms", "request", "requests", "заявка", "заявки"),
    "chat": ("chats", "чат", "чаты"),
    "invite": ("invites", "invitation", "invitations", "приглашение", "приглашения"),
    "task": ("tasks", "задача", "задачи"),
    "task_moved": ("moved tasks", "перенос задачи", "переносы задач"),
    "task_done": ("completions of tasks", "завершение задачи", "завершения задач"),
    "task_deleted": ("deleted tasks", "удаление задачи", "удаления задач"),
    "comment": ("comments", "note", "notes", "комментарий", "комментарии", "примечание", "примечания"),
    "file": ("files", "файл", "файлы"),
    "document": ("documents", "документ", "документы"),
    "invoice": ("invoices", "счёт", "счета"),
    "payment": ("payments", "оплата", "оплаты"),
    "claim": ("claims", "претензия", "претензии"),
    "created": ("creations", "создание", "создания"),
    "stage": ("stages", "этап", "этапы", "стадия", "стадии"),
    "pipeline": ("pipelines", "воронка", "воронки"),
    "responsible": ("ответственный", "ответственные"),
    "field": ("fields", "поле", "поля"),
    "closed": ("closings", "закрытие", "закрытия"),
    "converted": ("conversions", "конвертация", "конвертации"),
    "ledger": ("учёт", "учёт клиентов"),
}
"""Names of a stream, by its name in the log (see `HISTORY_EVENTS`, `ACTIVITY_TYPES`)."""

MISSING = "missing"
_BY_NAME = {folded(name): stream for stream, names in STREAMS.items() for name in (stream, *names)}


def stream_of(name: str) -> str:
    """The stream's name in the log. Raises ValueError with the nearest known name."""
    if folded(name) not in _BY_NAME:
        raise ValueError(unknown(_("There is no kind of record “{word}”."), name, _BY_NAME))
    return _BY_NAME[folded(name)]


def said_of(name: str, said: bool | str) -> tuple[str, bool]:
    """The stream that `name = true` declares to be exported (True), or `name = "missing"` not to be (False). Raises
    ValueError for an unknown name, for `false`, and where nothing else is supposed of a stream without a row."""
    stream = stream_of(name)
    if said is True:
        return stream, True
    if said != MISSING:
        raise ValueError(_("Only true can be declared; leave the line out where the export has none."))
    if stream not in OPTIONAL_STREAMS:
        raise ValueError(_("Only SMS and forms can be “missing”; leave the line out where the export has none."))
    return stream, False
