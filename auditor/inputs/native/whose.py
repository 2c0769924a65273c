"""What names the object of a call or an activity: «Сделка: Кухня на дачу», «Контакт: Анна»."""

from auditor.inputs.titles import TITLE
from auditor.inputs.words import lookup
from auditor.spelling import folded

OBJECTS = lookup({
    "deal": ("Сделка", "Deal"),
    "lead": ("Лид", "Lead"),
    "contact": ("Контакт", "Contact", "Компания", "Company"),
})  # fmt: skip


def _parted(text: str) -> tuple[str | None, str]:
    """What it is, and its name."""
    before, colon, name = text.partition(":")
    return (OBJECTS.get(folded(before)), name.strip()) if colon else (None, "")


def entity_in(text: str) -> str | None:
    """Whether a deal or a lead is named."""
    return entity if (entity := _parted(text)[0]) in ("deal", "lead") else None


def title_in(text: str) -> str | None:
    """The title of the deal or lead, in place of its id."""
    entity, name = _parted(text)
    return TITLE + name if entity in ("deal", "lead") and name else None


def contact_in(text: str) -> str | None:
    """The name of the contact or the company."""
    entity, name = _parted(text)
    return name or None if entity == "contact" else None
