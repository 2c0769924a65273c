"""What became of duties from one night to the next."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from auditor.history.night import Duty, Night, Sight

MOVED = timedelta(days=1)
"""Triggers of one deal and clause that lie less than this apart may be one, which was moved."""


class Group(StrEnum):
    """What a duty is on the later of two nights; in the order in which people ask for it."""

    NEW = "new"
    """Violated now, not before."""
    REOPENED = "reopened"
    """Withdrawn before, violated again."""
    OPEN = "open"
    """Missed, still not done."""
    CLOSED_LATE = "closed_late"
    """Missed before, now done late."""
    WITHDRAWN = "withdrawn"
    """No longer violated, because the data or the rule changed, or it was waived."""
    OUT_OF_SIGHT = "out_of_sight"
    """Of days, clauses or people that the later night does not speak of: kept as it was, never called fixed."""
    KNOWN = "known"
    """Violated before and now, and nothing is left to be done: done late, or forbidden."""
    APART = "apart"
    """Violated on neither night: ahead, waived or done."""


GROUPS = tuple(Group)


class Why(StrEnum):
    """Why a violation was withdrawn."""

    DATA = "data"
    RULE = "rule"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Change:
    """A duty on both nights; None where a night does not list it. `why`: of what was withdrawn."""

    group: Group
    before: Duty | None
    after: Duty | None
    why: Why | None = None

    @property
    def duty(self) -> Duty:
        """As the later night lists it, else as the earlier one did."""
        found = self.after or self.before
        assert found is not None
        return found


def changes(before: Night | None, after: Night, earlier: Collection[str] = ()) -> tuple[Change, ...]:
    """Every duty of either night in its one group. `before`: None on the first night; `earlier`: ids of duties that
    were violated on a night before that."""
    ruled = rules_changed(before, after) if before else frozenset()
    found = [_change(was, now, after, earlier, ruled) for was, now in _pairs(before, after)]
    return tuple(sorted(found, key=_order))


def _order(change: Change) -> tuple[int, str, str, datetime, str, str]:
    duty = change.duty
    return GROUPS.index(change.group), duty.manager, duty.clause, duty.due or duty.arose, duty.deal, duty.id


def rules_changed(before: Night, after: Night) -> frozenset[str]:
    """The clauses that the later night judges by another rule, or not at all any more."""
    return frozenset(code for code, sight in before.sights.items() if _is_other(code, sight, after))


def _is_other(code: str, was: Sight, after: Night) -> bool:
    now = after.sights.get(code)
    return after.dropped(code) if now is None else bool(was.rule and now.rule) and was.rule != now.rule


def _pairs(before: Night | None, after: Night) -> Iterator[tuple[Duty | None, Duty | None]]:
    """Each duty with itself on the other night: by its id, else by a trigger that was moved."""
    were = {duty.id: duty for duty in before.duties} if before else {}
    are = {duty.id: duty for duty in after.duties}
    gone = [duty for duty in were.values() if duty.id not in are]
    come = [duty for duty in are.values() if duty.id not in were]
    # what arose after the earlier night is no trigger that was moved: that night had nothing to move
    moved = {now.id: was for was, now in _moved(gone, [duty for duty in come if before and duty.arose <= before.as_of])}
    same = {was.id for was in moved.values()}
    yield from ((were.get(duty.id) or moved.get(duty.id), duty) for duty in are.values())
    yield from ((duty, None) for duty in gone if duty.id not in same)


def _moved(gone: Iterable[Duty], come: Iterable[Duty]) -> Iterator[tuple[Duty, Duty]]:
    """One to one, the nearest first."""
    at_place = defaultdict(list)
    for duty in come:
        at_place[duty.place].append(duty)
    near = [(was, now) for was in gone for now in at_place[was.place] if abs(now.arose - was.arose) < MOVED]
    taken: set[str] = set()
    for was, now in sorted(near, key=lambda pair: _distance(*pair)):
        if not taken & {was.id, now.id}:
            taken |= {was.id, now.id}
            yield was, now


def _distance(was: Duty, now: Duty) -> tuple[timedelta, timedelta, str, str]:
    due = abs((was.due or was.arose) - (now.due or now.arose))
    return abs(was.arose - now.arose), due, was.id, now.id


def _change(
    was: Duty | None, now: Duty | None, after: Night, earlier: Collection[str], ruled: Collection[str]
) -> Change:
    if now and now.verdict == "violated":
        return Change(_broken(was, now, earlier), was, now)
    if not was or was.verdict != "violated":
        return Change(Group.APART, was, now)
    if now and now.verdict == "waived":
        return Change(Group.WITHDRAWN, was, now, Why.WAIVED)
    if (now is None or now.verdict == "unknown") and not after.sees(was):
        return Change(Group.OUT_OF_SIGHT, was, now)
    return Change(Group.WITHDRAWN, was, now, Why.RULE if was.clause in ruled else Why.DATA)


def _broken(was: Duty | None, now: Duty, earlier: Collection[str]) -> Group:
    """The group of a duty that is violated now."""
    if was and was.verdict == "violated":
        if now.how == "missed":
            return Group.OPEN
        return Group.CLOSED_LATE if (was.how, now.how) == ("missed", "late") else Group.KNOWN
    again = (was and was.verdict == "waived") or now.id in earlier
    return Group.REOPENED if again else Group.NEW
