"""Which stays are in a stage."""

from auditor.log.columns import Bools
from auditor.log.log import Log
from auditor.terms import Stage


def stays_in(log: Log, *stages: Stage) -> tuple[Bools, Bools]:
    """Which stays are surely, and which possibly, in one of the stages; remembered: many clauses share them."""
    name = ("stays in", stages)
    if name not in log.memo:
        log.memo[name] = log.stays.of(*stages)
    return log.memo[name]
