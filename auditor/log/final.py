"""Names of final stages, as the readers know them too."""

from auditor.inputs.final import FINAL_STAGES, final_outcome

__all__ = ["FINAL_STAGES", "final_outcome"]
