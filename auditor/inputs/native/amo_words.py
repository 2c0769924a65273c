"""What amoCRM's list of events calls things: its labels are names of the codes of amoCRM's interface."""

import re

from auditor.inputs.pages.amo.events import ACTIVITIES as BY_CODE
from auditor.inputs.pages.amo.events import FIELD_CHANGED, NONE_OF_OURS
from auditor.inputs.words import field_in, is_none_of_ours, lookup
from auditor.spelling import folded

LABELS: dict[str, tuple[str, ...]] = {
    "lead_added": ("Новая сделка", "New lead", "Lead created"),
    "lead_status_changed": ("Изменение этапа продажи", "Изменение этапа", "Смена этапа", "Sale stage changed"),
    "entity_responsible_changed": ("Ответственный изменен", "Смена ответственного", "Изменение ответственного",
                                   "Responsible user changed"),
    "custom_field_value_changed": ("Изменение поля", "Field value changed"),
    "sale_field_changed": ("Изменение бюджета", "Изменение поля “Бюджет”", "Sale value changed"),
    "name_field_changed": ("Изменение названия", "Изменение поля “Название”", "Name changed"),
    "task_added": ("Новая задача", "New task"),
    "task_completed": ("Завершение задачи", "Задача выполнена", "Задача завершена", "Task completed"),
    "task_deadline_changed": ("Изменение даты исполнения задачи", "Изменён срок задачи", "Изменение срока задачи",
                              "Task deadline changed"),
    "task_deleted": ("Задача удалена", "Удаление задачи", "Task deleted"),
    "task_result_added": ("Результат по задаче", "Task result"),
    "incoming_call": ("Входящий звонок", "Incoming call"),
    "outgoing_call": ("Исходящий звонок", "Outgoing call"),
    "incoming_chat_message": ("Входящее сообщение", "Incoming message"),
    "outgoing_chat_message": ("Исходящее сообщение", "Outgoing message"),
    "entity_direct_message": ("Сообщение внутреннего чата", "Internal chat message"),
    "incoming_sms": ("Входящее SMS", "Входящее SMS-сообщение", "Incoming SMS"),
    "outgoing_sms": ("Исходящее SMS", "Исходящее SMS-сообщение", "Outgoing SMS"),
    "common_note_added": ("Новое примечание", "New note"),
    "attachment_note_added": ("Добавлен новый файл", "Добавлен файл", "New file"),
    "robot_replied": ("Ответ робота", "Robot replied"),
}  # fmt: skip
"""The names of each code on the screen and in exports, of several years."""

FIELD = "custom_field_value_changed"
RESULT = "task_result_added"
HISTORY = {
    "lead_added": "created",
    "lead_status_changed": "stage",
    "entity_responsible_changed": "responsible",
    FIELD: "field",
    "sale_field_changed": "field",
    "name_field_changed": "field",
}
FIELD_OF = {"sale_field_changed": "Бюджет", "name_field_changed": "Название"}
ACTIVITIES: dict[str, tuple[str, str | None]] = {
    **BY_CODE,
    "task_added": ("task", None),
    "task_completed": ("task_done", None),
    "task_deadline_changed": ("task_moved", None),
    "task_deleted": ("task_deleted", None),
}
"""Type and direction by code; the result of a task is told with its completion."""
OBJECTS = lookup({
    "deal": ("Сделка", "Lead", "Deal", "leads"),
    "contact": ("Контакт", "Contact", "contacts", "Компания", "Company", "companies"),
    "task": ("Задача", "Task", "tasks"),
})  # fmt: skip
SYSTEM = ("система", "system", "0")
"""Authors that are nobody: a robot or an integration acted."""
LEFT = "left"
"""In place of a code: nothing that a clause asks for."""

_LEAD = re.compile(r"/leads/detail/(\d+)", re.ASCII)
_CODES = lookup(LABELS)
_STRANGERS = (
    "контакт", "компани", "покупател", "сделка удалена", "сделка восстановлена", "сделка привязана", "сделка отвязана",
    "системное примечание", "примечание удалено", "визит на сайт", "геометка", "таргетинг", "сообщение кассиру",
    "изменен тип задачи", "изменен текст задачи", "изменение типа задачи", "изменение текста задачи", "оценка nps",
    "переход по ссылке", "определено намерение", "изменение ltv",
)  # fmt: skip
"""Beginnings and words of labels that no clause asks for, besides those of all tables."""


def lead_in(address: str) -> str | None:
    """The id of the deal whose page is at that address."""
    found = _LEAD.search(address)
    return found[1] if found else None


def person_in(author: str) -> str | None:
    return None if folded(author) in SYSTEM else author


def code_of(label: str) -> str | None:
    """The code of a label or of a code as it stands; LEFT for what no clause asks for, None for what is not known."""
    word = folded(label)
    if word in _CODES:
        return _CODES[word]
    if word in HISTORY or word in ACTIVITIES or word == RESULT:
        return word
    if FIELD_CHANGED.fullmatch(word) or word.startswith("изменение поля "):
        return _CODES.get(f"изменение поля “{folded(field_in(label) or '')}”", FIELD)
    return LEFT if NONE_OF_OURS.fullmatch(word) or is_none_of_ours(label) or _is_strange(word) else None


def _is_strange(word: str) -> bool:
    return any(name in word for name in _STRANGERS)
