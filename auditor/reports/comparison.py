"""Two reports side by side: every number of a comparison, computed once."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from auditor.history.changes import Change, Group, Why, changes, rules_changed
from auditor.history.night import Night
from auditor.i18n import _
from auditor.reports.counts import Counts, added
from auditor.reports.header import narrowing
from auditor.reports.read_report import Named, Report

TOLD = tuple(group for group in Group if group != Group.APART)
"""The groups that a comparison counts."""
LISTED = (Group.NEW, Group.REOPENED, Group.CLOSED_LATE, Group.WITHDRAWN)
"""Those whose duties it names one by one; the others only where all is asked for."""
FEW = 12


@dataclass(frozen=True)
class Person:
    """A person in a role: the figures of both reports, and how many violations are in each group."""

    manager: str
    role: str
    before: Counts
    after: Counts
    groups: Mapping[Group, int]


@dataclass(frozen=True)
class Comparison:
    """An earlier report and a later one."""

    before: Report
    after: Report

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What became of every violation; nothing where the reports speak of different days."""
        if _apart(self.before.night, self.after.night):
            return ()
        found = changes(self.before.night, self.after.night)
        return tuple(change for change in found if change.group != Group.APART)

    @cached_property
    def groups(self) -> Mapping[Group, int]:
        return Counter(change.group for change in self.changes)

    @cached_property
    def reasons(self) -> Mapping[Why, int]:
        """Why violations were withdrawn."""
        return Counter(change.why for change in self.changes if change.why)

    @cached_property
    def counts(self) -> tuple[Counts, Counts]:
        """Everybody's duties in both reports."""
        return added(self.before.counts.values()), added(self.after.counts.values())

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Who is in either report: most new violations first, then most of the later report's."""
        groups: dict[Named, Counter[Group]] = defaultdict(Counter)
        for change in self.changes:
            groups[change.duty.manager, change.duty.role][change.group] += 1
        before, after = self.before.counts, self.after.counts
        named = {*before, *after, *groups}
        people = [Person(*name, before.get(name, Counts()), after.get(name, Counts()), groups[name]) for name in named]
        return tuple(sorted(people, key=_most_news))

    @cached_property
    def differences(self) -> tuple[str, ...]:
        """What makes the two reports differ beside what the people did, a line each."""
        return tuple(_differences(self.before.night, self.after.night))


def _most_news(person: Person) -> tuple[int, int, str, str]:
    return -person.groups[Group.NEW], -person.after.violated, person.manager, person.role


def _apart(before: Night, after: Night) -> bool:
    """Whether they were narrowed to periods without a day in common."""
    one, other = before.scope, after.scope
    return bool(
        (one.until and other.since and one.until < other.since)
        or (other.until and one.since and other.until < one.since)
    )


def _differences(before: Night, after: Night) -> Iterator[str]:
    if after.as_of < before.as_of:
        yield _("The first report is the later one: name the earlier one first.")
    if _apart(before, after):
        yield _("They speak of different days: the figures stand side by side, no duty is in both.")
    if before.timezone != after.timezone:
        yield _("The time zones differ: {before} and {after}.").format(before=before.timezone, after=after.timezone)
    if before.regulations != after.regulations:
        names = {key: ", ".join(sorted(night.regulations)) for key, night in (("before", before), ("after", after))}
        yield _("The regulations differ: {before} and {after}.").format(**names)
    one, other = (list(narrowing(replace(night.scope, config=None))) for night in (before, after))
    if one != other:
        what = _("They were narrowed in different ways: {before} — and {after}.")
        yield what.format(before="; ".join(one), after="; ".join(other))
    if not after.whole:
        yield _("Not every input of the second report was read: what it lacks is out of sight, not withdrawn.")
    if changed := rules_changed(before, after):
        yield _("Judged by another rule: {codes}.").format(codes=_some(changed))
    if lost := _checked(before) - _checked(after):
        yield _("Checked in the first report only: {codes}.").format(codes=_some(lost))
    if gained := _checked(after) - _checked(before):
        yield _("Checked in the second report only: {codes}.").format(codes=_some(gained))


def _checked(night: Night) -> frozenset[str]:
    return frozenset(code for code, sight in night.sights.items() if sight.checked)


def _some(codes: frozenset[str]) -> str:
    more = len(codes) - FEW
    return ", ".join(sorted(codes)[:FEW]) + (f" … (+{more})" if more > 0 else "")
