"""Who somebody is, by the words of the people table."""

import re

from auditor.spelling import folded
from auditor.terms import Role

ROLE_WORDS: tuple[tuple[str, Role], ...] = (
    ("начальник производства", Role.PRODUCTION_HEAD),
    ("руководитель производства", Role.PRODUCTION_HEAD),
    ("head of production", Role.PRODUCTION_HEAD),
    ("руковод", Role.HEAD),
    ("head", Role.HEAD),
    ("технолог", Role.TECHNOLOGIST),
    ("technolog", Role.TECHNOLOGIST),
    ("секретар", Role.SECRETARY),
    ("secretar", Role.SECRETARY),
    ("инженер", Role.ENGINEER),
    ("engineer", Role.ENGINEER),
    ("коммуникац", Role.COMMUNICATIONS),
    ("communicat", Role.COMMUNICATIONS),
    ("дизайнер", Role.DESIGNER),
    ("designer", Role.DESIGNER),
    ("конструктор", Role.CONSTRUCTOR),
    ("constructor", Role.CONSTRUCTOR),
    ("мастер", Role.MASTER),
    ("master", Role.MASTER),
    ("замерщик", Role.MEASURER),
    ("measurer", Role.MEASURER),
)
"""A word of a role's description, the most telling first; anybody else is a manager."""

MANAGER_WORDS = ("менедж", "продав", "продаж", "консультант", "аккаунт", "manager", "sales", "consultant", "account")
"""How a manager may be described: of anything else a user should be told that it is no role."""

HELPERS = frozenset(
    {
        Role.TECHNOLOGIST, Role.SECRETARY, Role.ENGINEER, Role.COMMUNICATIONS, Role.DESIGNER, Role.CONSTRUCTOR,
        Role.PRODUCTION_HEAD, Role.MASTER, Role.MEASURER,
    }
)  # fmt: skip
"""Who may hold a deal for a while without answering for what its manager owes."""

NAMING_WORDS: dict[Role, tuple[str, ...]] = {
    role: tuple(word for word, named in ROLE_WORDS if named is role) for role in Role
}
"""How a text names somebody of that role."""


_ROBOT = re.compile(r"\b(?:робот|бот|robot|bot|интеграция|salesbot|bizproc)\b")
"""Whole words: «Роботов Иван» is a person."""


def is_robot(name: str) -> bool:
    """Whether an author's name is that of a robot or an integration."""
    return bool(_ROBOT.search(folded(name)))


def is_role(description: str) -> bool:
    """Whether a description tells a role; one that does not is taken for a manager's."""
    words = folded(description)
    return role_of(description) != Role.MANAGER or any(word in words for word in MANAGER_WORDS)


def role_of(description: str) -> Role:
    """The role a people table's cell describes («Руководитель отдела продаж» → head)."""
    words = folded(description)
    if "производ" in words and "руковод" in words:
        return Role.PRODUCTION_HEAD
    return next((role for word, role in ROLE_WORDS if word in words), Role.MANAGER)
