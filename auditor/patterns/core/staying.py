"""Which stays are in a stage."""

from auditor.log.columns import Bools
from auditor.log.log import Log
from auditor.log.remembered import remembered
from auditor.terms import Stage


@remembered
def stays_in(log: Log, *stages: Stage) -> tuple[Bools, Bools]:
    """Which stays are surely, and which possibly, in one of the stages."""
    return log.stays.of(*stages)
