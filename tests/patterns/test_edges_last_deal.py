"""The last deal of a log is judged as it is before others."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from auditor.log.log import Log
from auditor.patterns import Condition, created, hours
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.truth import FALSE, TRUE, Truth
from auditor.settings import Settings
from tests.log.builders import deal, log_of, sec


@dataclass(frozen=True)
class Later(Predicate):
    """Holds from a moment on, though nothing changes then."""

    since: int

    def holds(self, log: Log, at: Moments) -> Truth:
        return np.where(at.time >= self.since, TRUE, FALSE).astype(np.int8)

    def words(self) -> str:
        return "later"


def met(*names: str) -> int:
    """When the duty of the first of these deals was met."""
    pattern = Condition(on=created, that=Later(sec("2024-03-01 11:00")), grace=hours(2))
    log = log_of(Settings(as_of=datetime(2024, 3, 5)), deals=[deal(name) for name in names])
    return int(pattern.duties(log).met[0])


def test_what_came_to_hold_without_a_change_is_dated_alike() -> None:
    assert met("1") == met("1", "2") == sec("2024-03-01 12:00")
