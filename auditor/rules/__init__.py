"""What a regulation is made of."""

from auditor.rules.clause import ByHand, Clause, Regulation, Severity
from auditor.terms import Outcome, Pipeline, Role, Stage

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW

__all__ = [
    "HIGH", "LOW", "MEDIUM", "ByHand", "Clause", "Outcome", "Pipeline", "Regulation", "Role", "Severity", "Stage",
]  # fmt: skip
