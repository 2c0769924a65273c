"""The log of a set of whole deals: the spine, and what follows from it, each made when it is first asked for."""

from dataclasses import dataclass
from functools import cached_property

from auditor.log.calendar import date_of
from auditor.log.clock import Clock
from auditor.log.fields import Versions, field_versions, last_held_by, responsible_versions
from auditor.log.roles import HELPERS
from auditor.log.spine import Spine, days_of
from auditor.log.stays import Stays, build_stays
from auditor.log.tasks import Tasks, build_tasks
from auditor.log.times import Times
from auditor.spelling import folded
from auditor.terms import Role


@dataclass(frozen=True, eq=False)
class Log(Spine):
    """The spine with its stays, tasks, schedules, and fields over time."""

    @cached_property
    def stays(self) -> Stays:
        return build_stays(self)

    @cached_property
    def tasks(self) -> Tasks:
        return build_tasks(self)

    @cached_property
    def times(self) -> Times:
        return Times(self)

    @cached_property
    def clock(self) -> Clock:
        first, last = (date_of(day).year for day in days_of(self))
        return Clock.of(self.settings.timezone, first - 1, last)

    @cached_property
    def responsible(self) -> Versions:
        return responsible_versions(self)

    @cached_property
    def answering(self) -> Versions:
        """Who answers for what the manager of a deal owes: a helper who holds it does not."""
        return last_held_by(self, frozenset(Role) - HELPERS)

    def field(self, caption: str) -> Versions:
        """A field over time, by the caption that clauses use (a setting maps it to the company's own)."""
        return field_versions(self, folded(caption))
