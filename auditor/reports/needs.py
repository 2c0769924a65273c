"""What a clause needs of the export, in words."""

from auditor.i18n import _
from auditor.reports import words
from auditor.reports.captions import column
from auditor.rules import Clause


def needs_of(clause: Clause) -> tuple[str, ...]:
    """Each need in words; any one of the things that it names will do."""
    return tuple(_told(need.sort, need.names) for need in clause.duty.needs)


def _told(sort: str, names: tuple[str, ...]) -> str:
    if sort == "people":
        return _("people and their roles")
    if sort == "ledger":
        return words.table("ledger")
    return _(" or ").join(_name(sort, name) for name in names)


def _name(sort: str, name: str) -> str:
    if sort == "stream":
        return words.stream(name)
    return _("field «{name}»").format(name=name) if sort == "field" else _("column «{name}»").format(name=column(name))
