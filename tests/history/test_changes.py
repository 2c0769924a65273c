"""What became of each duty from one night to the next."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.audit.result import Scope
from auditor.history.changes import Change, Group, Why, changes, rules_changed
from auditor.history.night import Duty, Night, Sight
from tests.history.nights import SIGHTS, duty, late, night, pending, waived
from tests.trials import trials

FORBIDDEN = duty(how="forbidden")


def became(was: Duty | None, now: Duty | None, earlier: tuple[str, ...] = (), **after: object) -> Change:
    """The one change between two nights of these duties."""
    before = night(*[was] if was else [])
    (change,) = changes(before, night(*[now] if now else [], day=1, **after), earlier)  # type: ignore[arg-type]
    return change


@pytest.mark.parametrize(
    ("was", "now", "group"),
    [
        (None, duty(), Group.NEW),
        (None, late(), Group.NEW),
        (None, FORBIDDEN, Group.NEW),
        (pending(), duty(), Group.NEW),
        (duty(), duty(), Group.OPEN),
        (late(), duty(), Group.OPEN),
        (duty(), late(), Group.CLOSED_LATE),
        (late(), late(), Group.KNOWN),
        (FORBIDDEN, FORBIDDEN, Group.KNOWN),
        (duty(), FORBIDDEN, Group.KNOWN),
        (waived(), duty(), Group.REOPENED),
        (waived(), late(), Group.REOPENED),
        (duty(), None, Group.WITHDRAWN),
        (late(), pending(), Group.WITHDRAWN),
        (duty(), replace(duty(), verdict="met", how=""), Group.WITHDRAWN),
        (duty(), replace(duty(), verdict="unknown", how=""), Group.WITHDRAWN),
        (duty(), waived(), Group.WITHDRAWN),
        (None, pending(), Group.APART),
        (None, waived(), Group.APART),
        (pending(), None, Group.APART),
        (pending(), pending(), Group.APART),
        (waived(), None, Group.APART),
        (waived(), waived(), Group.APART),
        (pending(), waived(), Group.APART),
    ],
)
def test_every_pair_of_verdicts_has_its_group(was: Duty | None, now: Duty | None, group: Group) -> None:
    assert became(was, now) == Change(group, was, now, became(was, now).why)
    assert (became(was, now).why is not None) == (group == Group.WITHDRAWN)


def test_on_the_first_night_everything_violated_is_new() -> None:
    found = changes(None, night(duty("a"), late("b"), pending("c"), waived("d")))
    assert [(change.duty.id, change.group.value) for change in found] == [
        ("a", "new"), ("b", "new"), ("c", "apart"), ("d", "apart")
    ]  # fmt: skip


def test_what_was_violated_on_an_earlier_night_is_reopened() -> None:
    assert became(None, duty(), earlier=("a",)).group == Group.REOPENED
    assert became(pending(), duty(), earlier=("a",)).group == Group.REOPENED
    assert became(None, duty(), earlier=("b",)).group == Group.NEW
    assert became(duty(), duty(), earlier=("a",)).group == Group.OPEN


# ── why it was withdrawn ──


def test_a_waiver_a_rule_or_the_data_withdraws() -> None:
    other = {**SIGHTS, "FUR0902": Sight(rule="r2")}
    assert became(duty(), waived()).why == Why.WAIVED
    assert became(duty(), waived(), sights=other).why == Why.WAIVED
    assert became(duty(), None, sights=other).why == Why.RULE
    assert became(duty(), pending(), sights=other).why == Why.RULE
    assert became(duty(), None).why == Why.DATA


def test_another_clauses_rule_explains_nothing() -> None:
    assert became(duty(), None, sights={**SIGHTS, "FUR0201": Sight(rule="r2")}).why == Why.DATA


def test_a_clause_that_the_regulation_dropped_withdraws_by_rule() -> None:
    without = {code: sight for code, sight in SIGHTS.items() if code != "FUR0902"}
    change = became(duty(), None, sights=without)
    assert (change.group, change.why) == (Group.WITHDRAWN, Why.RULE)


def test_a_report_that_tells_no_rules_knows_of_no_change_of_rule() -> None:
    untold = dict.fromkeys(SIGHTS, Sight())
    assert rules_changed(night(sights=untold), night()) == rules_changed(night(), night(sights=untold)) == frozenset()
    assert rules_changed(night(), night(sights={**SIGHTS, "FUR0201": Sight(rule="r2")})) == {"FUR0201"}


# ── out of sight ──


@pytest.mark.parametrize(
    ("seen", "group"),
    [
        (Sight(since=date(2026, 2, 1)), Group.WITHDRAWN),
        (Sight(since=date(2026, 2, 2)), Group.OUT_OF_SIGHT),
        (Sight(until=date(2026, 3, 3)), Group.WITHDRAWN),
        (Sight(until=date(2026, 3, 2)), Group.OUT_OF_SIGHT),
        (Sight(checked=False), Group.OUT_OF_SIGHT),
    ],
)
def test_days_that_the_export_does_not_cover_are_out_of_sight(seen: Sight, group: Group) -> None:
    assert became(duty(), None, sights={**SIGHTS, "FUR0902": seen}).group == group
    unknown = replace(duty(), verdict="unknown", how="")
    assert became(duty(), unknown, sights={**SIGHTS, "FUR0902": seen}).group == group
    assert became(duty(), None, sights={**SIGHTS, "FUR0902": replace(seen, rule="r2")}).group == group


@pytest.mark.parametrize(
    ("scope", "group"),
    [
        (Scope(managers=("иванов  иван",)), Group.WITHDRAWN),
        (Scope(managers=("Петрова Анна",)), Group.OUT_OF_SIGHT),
        (Scope(departments=("Опт",)), Group.OUT_OF_SIGHT),
        (Scope(severity="high"), Group.WITHDRAWN),
        (Scope(since=date(2026, 3, 3), until=date(2026, 3, 3)), Group.WITHDRAWN),
        (Scope(since=date(2026, 3, 4)), Group.OUT_OF_SIGHT),
        (Scope(until=date(2026, 3, 2)), Group.OUT_OF_SIGHT),
    ],
)
def test_what_was_not_asked_for_is_out_of_sight(scope: Scope, group: Group) -> None:
    assert became(duty(), None, scope=scope).group == group


def test_a_milder_clause_than_was_asked_for_is_out_of_sight() -> None:
    left = {code: sight for code, sight in SIGHTS.items() if code != "FUR0902"}
    change = became(duty(severity="medium"), None, scope=Scope(severity="high"), sights=left)
    assert change.group == Group.OUT_OF_SIGHT


@pytest.mark.parametrize("scope", [Scope(select=("FUR02",)), Scope(ignore=("FUR09",))])
def test_a_clause_that_was_left_out_is_out_of_sight_and_not_dropped(scope: Scope) -> None:
    kept = {code: sight for code, sight in SIGHTS.items() if code != "FUR0902"}
    assert became(duty(), None, sights=kept, scope=scope).group == Group.OUT_OF_SIGHT


def test_where_an_input_was_refused_nothing_is_withdrawn() -> None:
    assert became(duty(), None, whole=False).group == Group.OUT_OF_SIGHT
    assert became(duty(), waived(), whole=False).why == Why.WAIVED


def test_what_arose_after_an_earlier_moment_is_out_of_sight() -> None:
    was = duty(arose=datetime(2026, 3, 10, 12), due=datetime(2026, 3, 10, 13))
    assert changes(night(was), night(day=-1))[0].group == Group.OUT_OF_SIGHT
    assert changes(night(was), night())[0].group == Group.WITHDRAWN


def test_another_regulation_says_nothing_of_this_one() -> None:
    assert became(duty(), None, sights={"AGY0703": Sight(rule="r1")}).group == Group.OUT_OF_SIGHT


def test_what_is_listed_is_seen_whatever_the_days() -> None:
    narrow = {**SIGHTS, "FUR0902": Sight(since=date(2026, 3, 10))}
    assert became(duty(), duty(), sights=narrow).group == Group.OPEN
    assert became(duty(), pending(), sights=narrow).group == Group.WITHDRAWN


# ── a trigger that was moved ──


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        (timedelta(hours=1), ["open"]),
        (timedelta(hours=-23, minutes=-59), ["open"]),
        (timedelta(days=1), ["new", "withdrawn"]),
    ],
)
def test_a_trigger_that_was_moved_within_a_day_is_the_same_duty(by: timedelta, groups: list[str]) -> None:
    moved = replace(duty("b"), arose=duty().arose + by)
    found = changes(night(duty("a")), night(moved, day=1))
    assert [change.group.value for change in found] == groups
    if groups == ["open"]:
        assert found[0] == Change(Group.OPEN, duty("a"), moved)


@pytest.mark.parametrize("other", [{"deal": "102"}, {"clause": "FUR0201"}, {"entity": "lead"}])
def test_another_deal_or_clause_is_another_duty(other: dict[str, str]) -> None:
    found = changes(night(duty("a")), night(duty("b", **other), day=1))
    assert [change.group.value for change in found] == ["new", "withdrawn"]


def test_what_arose_after_the_earlier_night_is_no_moved_trigger() -> None:
    was = duty("a", arose=datetime(2026, 3, 10, 17, 59))
    for arose, groups in ((datetime(2026, 3, 10, 18), ["open"]), (datetime(2026, 3, 10, 18, 1), ["new", "withdrawn"])):
        found = changes(night(was), night(duty("b", arose=arose), day=1))
        assert [change.group.value for change in found] == groups


def test_of_several_the_nearest_triggers_are_one_then_the_nearest_dues() -> None:
    at = datetime(2026, 2, 1, 10)
    a, b = duty("a", arose=at), duty("b", arose=at + timedelta(hours=5))
    c, d = duty("c", arose=at + timedelta(hours=4)), duty("d", arose=at + timedelta(hours=12))
    found = {change.after.id: change.before for change in changes(night(a, b), night(c, d, day=1)) if change.after}
    assert found == {"c": b, "d": a}
    due = duty().due
    assert due is not None
    e, f = duty("e", arose=at), duty("f", arose=at, due=due + timedelta(days=9))
    g = duty("g", arose=at + timedelta(minutes=1), due=due + timedelta(days=8))
    (one, other) = changes(night(e, f), night(g, day=1))
    assert (one.before, one.after, other.before, other.group.value) == (f, g, e, "withdrawn")


def test_a_moved_trigger_of_a_waived_duty_is_waived_still() -> None:
    found = changes(night(waived("a")), night(waived("b", arose=duty().arose + timedelta(hours=1)), day=1))
    assert [(change.group, change.duty.id) for change in found] == [(Group.APART, "b")]


# ── whatever the nights ──

DUTIES = st.builds(
    duty,
    id=st.sampled_from("abcdefgh"),
    deal=st.sampled_from(["101", "102"]),
    clause=st.sampled_from(["FUR0902", "FUR0201"]),
    arose=st.datetimes(datetime(2026, 3, 1), datetime(2026, 3, 4)).map(lambda at: at.replace(microsecond=0)),
    verdict=st.sampled_from(["violated", "violated", "violated", "pending", "waived", "met", "unknown"]),
    how=st.sampled_from(["missed", "late", "forbidden"]),
)
NIGHTS = st.builds(
    lambda duties, rule, since, day: night(
        *duties, day=day, sights={**SIGHTS, "FUR0201": Sight(rule=rule, since=since)}
    ),
    st.lists(DUTIES, max_size=8, unique_by=lambda duty: duty.id),
    st.sampled_from(["r1", "r2"]),
    st.sampled_from([None, date(2026, 3, 3)]),
    st.integers(-8, 1),
)


@trials(100)
@given(NIGHTS, NIGHTS)
def test_every_duty_of_either_night_is_in_one_group(before: Night, after: Night) -> None:
    found = changes(before, after)
    assert Counter(change.before.id for change in found if change.before) == Counter(d.id for d in before.duties)
    assert Counter(change.after.id for change in found if change.after) == Counter(d.id for d in after.duties)
    assert all(change.before or change.after for change in found)


@trials(100)
@given(NIGHTS)
def test_nothing_changes_from_a_night_to_itself(same: Night) -> None:
    found = changes(same, same)
    assert {change.group for change in found} <= {Group.OPEN, Group.KNOWN, Group.APART}
    assert {change.group for change in found if change.duty.how == "missed" and change.duty.verdict == "violated"} <= {
        Group.OPEN
    }


@trials(100)
@given(NIGHTS, NIGHTS, st.randoms())
def test_the_order_of_the_duties_does_not_matter(before: Night, after: Night, random: "st.random.Random") -> None:  # type: ignore[name-defined]
    def shuffled(night: Night) -> Night:
        return replace(night, duties=tuple(random.sample(night.duties, len(night.duties))))

    assert changes(shuffled(before), shuffled(after)) == changes(before, after)


@trials(100)
@given(NIGHTS, NIGHTS)
def test_what_is_violated_now_is_new_known_open_closed_or_reopened_and_the_rest_is_not(
    before: Night, after: Night
) -> None:
    now = {Group.NEW, Group.REOPENED, Group.OPEN, Group.CLOSED_LATE, Group.KNOWN}
    for change in changes(before, after):
        violated = change.after is not None and change.after.verdict == "violated"
        assert (change.group in now) == violated
