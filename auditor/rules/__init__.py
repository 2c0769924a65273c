"""What a regulation is made of."""

from auditor.rules.clause import Clause, Regulation, Role, Severity
from auditor.rules.pipeline import Outcome, Pipeline, Stage

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW

__all__ = ["HIGH", "LOW", "MEDIUM", "Clause", "Outcome", "Pipeline", "Regulation", "Role", "Severity", "Stage"]
