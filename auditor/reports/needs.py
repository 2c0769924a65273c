"""What a clause needs of the export, in words."""

from auditor.audit.coverage import need_words
from auditor.rules import Clause


def needs_of(clause: Clause) -> tuple[str, ...]:
    """Each need in words; of what one need names, any will do."""
    return tuple(need_words(need) for need in clause.duty.needs)
