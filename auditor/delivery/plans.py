"""What there is to tell each person of a run, before anything is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from auditor.audit.result import Audit
from auditor.config.delivery import WEEKDAYS
from auditor.config.models import File
from auditor.delivery.outbox import NEWS, Key, Kind, Outbox
from auditor.delivery.recipients import Audience, Recipient, recipients_of, who_hear_of_faults
from auditor.history.changes import Group
from auditor.history.record import Recorded
from auditor.reports.apart import of_departments, of_people
from auditor.reports.masking import masked
from auditor.spelling import folded


@dataclass(frozen=True)
class News:
    """What a run has to tell. `audit`, `recorded`: None where that step failed; `faults`: what went wrong, a line each;
    `today`: the day of the run."""

    audit: Audit | None
    recorded: Recorded | None
    faults: Sequence[str]
    today: date


@dataclass(frozen=True)
class Plan:
    """A message to come, or none without keys: what it settles, what became of each duty that it tells, and the audit
    of what is his to see."""

    to: Recipient
    keys: tuple[Key, ...]
    groups: Mapping[str, Group]
    part: Audit | None

    @property
    def told(self) -> list[str]:
        """The duties that are news."""
        return [duty for duty, group in self.groups.items() if group in NEWS]

    def tells(self, kind: Kind) -> bool:
        return any(key.kind == kind for key in self.keys)


class Plans:
    """What is to be told by one run; the outbox knows what was told before."""

    def __init__(self, news: News, file: File, outbox: Outbox) -> None:
        self._news, self._file, self._outbox = news, file, outbox

    def all(self) -> list[Plan]:
        """One for each person and way; who is told everything comes last."""
        return [self._plan(to) for to in self._recipients]

    def quiet(self, plans: Sequence[Plan]) -> list[Key]:
        """The night, for everybody to whom it brings nothing new."""
        keys = [self._key(plan.to, Kind.NEWS) for plan in plans if not plan.tells(Kind.NEWS)]
        return [key for key in keys if self._news.recorded and not self._outbox.done(key)]

    def with_faults(self, plan: Plan, faults: Sequence[str]) -> Plan:
        """The same, told of what went wrong where that is his to hear and he did not today."""
        alarm = self._key(plan.to, Kind.ALARM)
        hears = faults and plan.to in self._hear_of_faults and not self._outbox.done(alarm)
        return replace(plan, keys=(*plan.keys, alarm)) if hears else plan

    def _plan(self, to: Recipient) -> Plan:
        part = self._part(to)
        if part is None or self._news.recorded is None:
            return Plan(to, (), {}, part)
        news, digest = self._key(to, Kind.NEWS), self._key(to, Kind.DIGEST)
        new, keys = {}, []
        if not self._outbox.done(news):
            new = self._new(news, part)
            keys = [news] if new or self._file.delivery.on == "always" else []
        left = {} if self._outbox.done(digest) or not self._is_digest_day else self._of_groups(part, (Group.OPEN,))
        return Plan(to, (*keys, digest) if left else tuple(keys), left | new, part)

    def _new(self, news: Key, part: Audit) -> dict[str, Group]:
        """What became new, reopened or closed late in the part since the recipient was told last; what fell due before
        `[report] since` is the old pile, and never new."""
        missed = self._outbox.missed(news)
        violated = part.duties[part.duties["verdict"] == "violated"]
        found = {duty: missed[duty] for duty in violated["id"] if duty in missed} | self._of_groups(part, NEWS)
        old = self._old(part)
        return {duty: group for duty, group in found.items() if group != Group.NEW or duty not in old}

    def _old(self, part: Audit) -> frozenset[str]:
        since = self._file.report.since
        if since is None:
            return frozenset()
        due = part.duties["due"].fillna(part.duties["arose"])
        return frozenset(part.duties.loc[due < pd.Timestamp(since), "id"])

    def _of_groups(self, part: Audit, wanted: Sequence[Group]) -> dict[str, Group]:
        found = {duty: self._groups[duty] for duty in part.duties["id"] if duty in self._groups}
        return {duty: group for duty, group in found.items() if group in wanted}

    def _key(self, to: Recipient, kind: Kind) -> Key:
        audit = self._news.audit
        day = audit.as_of.date() if audit and kind == Kind.NEWS else self._news.today
        return Key(day, to.name, to.channel, kind)

    def _part(self, to: Recipient) -> Audit | None:
        if self._whole is None or to.audience == Audience.ALL:
            return self._whole
        is_own = to.audience == Audience.OWN
        found = (self._people if is_own else self._departments).get(folded(to.name if is_own else to.department))
        return found or replace(self._whole, duties=self._whole.duties.iloc[:0])

    @cached_property
    def _recipients(self) -> list[Recipient]:
        return recipients_of(self._file.delivery, self._file.people, self._department_of, self._news.today)

    @cached_property
    def _department_of(self) -> dict[str, str]:
        """As the exports say, by the folded name."""
        if self._news.audit is None:
            return {}
        named = self._news.audit.scores[["manager", "department"]].astype(object).fillna("")
        return {folded(name): department for name, department in named.itertuples(index=False) if department}

    @cached_property
    def _hear_of_faults(self) -> frozenset[Recipient]:
        return who_hear_of_faults(self._recipients)

    @cached_property
    def _is_digest_day(self) -> bool:
        return self._file.delivery.digest == WEEKDAYS[self._news.today.weekday()]

    @cached_property
    def _groups(self) -> dict[str, Group]:
        recorded = self._news.recorded
        return {change.duty.id: change.group for change in recorded.changes} if recorded else {}

    @cached_property
    def _whole(self) -> Audit | None:
        audit = self._news.audit
        return masked(audit) if audit and self._file.delivery.mask else audit

    @cached_property
    def _people(self) -> dict[str, Audit]:
        return {folded(name): part for name, part in of_people(self._whole)} if self._whole else {}

    @cached_property
    def _departments(self) -> dict[str, Audit]:
        return {folded(name): part for name, part in of_departments(self._whole)} if self._whole else {}
