"""Which stays are in a stage: asked by many clauses, found out once a log."""

from auditor.log.columns import Bools
from auditor.log.log import Log
from auditor.log.remembered import remembered
from auditor.terms import Stage


@remembered
def stays_in(log: Log, *stages: Stage) -> tuple[Bools, Bools]:
    """Per stay whether it surely, and whether it possibly, is in one of the stages."""
    return log.stays.of(*stages)
