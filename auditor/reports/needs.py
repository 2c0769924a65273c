"""What a clause needs of the export, in words."""

from auditor.rules import Clause


def needs_of(clause: Clause) -> tuple[str, ...]:
    """Each need in words; of what one need names, any will do."""
    return tuple(need.words() for need in clause.needs)
