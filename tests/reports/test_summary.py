"""Every number of a report, from scores and duties."""

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest

from auditor.audit.result import Coverage, Status
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem, Source
from auditor.reports.counts import Counts, Score
from auditor.reports.summary import ahead_of, summary_of
from tests.reports.builders import (
    CALLS_OWED,
    OWED_LATER,
    OWED_TODAY,
    SCORES,
    STAYED,
    audit_of,
    duty,
    sample,
    score,
)  # fmt: skip


def of(name: str) -> Score:
    summary = summary_of(sample())
    return next(each for each in (*summary.managers, *summary.roles) if each.manager == name)


def test_compliance_is_met_over_judged_and_waived_ones_stand_beside_it() -> None:
    counts = Counts(met=7, late=1, missed=1, waived=1, pending=50, unknown=50)
    assert counts.violated == 2
    assert counts.compliance == 7 / 9
    assert counts.compliance_before_waivers == 7 / 10


def test_nothing_judged_has_no_compliance() -> None:
    counts = Counts(pending=3, unknown=4)
    assert counts.compliance is None
    assert counts.compliance_before_waivers is None
    assert Counts(waived=1).compliance_before_waivers == 0


def test_a_manager_gets_the_sum_of_his_clauses() -> None:
    assert of("Петров Иван").counts == Counts(met=7, late=1, missed=1, waived=1)
    assert of("Смирнова Ольга").counts == Counts(met=12, forbidden=1, pending=2, unknown=2)


def test_violations_are_counted_by_severity() -> None:
    assert of("Петров Иван").by_severity == {"high": 2, "medium": 0, "low": 0}
    assert of("Смирнова Ольга").by_severity == {"high": 0, "medium": 1, "low": 0}
    assert summary_of(sample()).violated == {"high": 2, "medium": 1, "low": 1}


def test_waived_duties_are_no_violations() -> None:
    audit = audit_of([], [score("Петров Иван", "FUR0902", "high", waived=3)])
    assert not any(summary_of(audit).violated.values())


def test_most_violations_come_first_and_whoever_cannot_be_compared_last() -> None:
    few, nine, ten, many = (
        score("Один из одного", "FUR0201", "high", missed=1, pending=50),
        score("Шесть из девяти", "FUR0201", "high", met=3, missed=6),
        score("Два из десяти", "FUR0201", "high", met=8, missed=2),
        score("Три из ста", "FUR0201", "high", met=97, missed=3),
    )
    managers = summary_of(audit_of([], [few, nine, ten, many])).managers
    assert [(each.manager, each.counts.rate) for each in managers] == [
        ("Три из ста", 3), ("Два из десяти", 20), ("Шесть из девяти", None), ("Один из одного", None),
    ]  # fmt: skip


def test_other_roles_stand_apart() -> None:
    summary = summary_of(sample())
    assert [each.manager for each in summary.managers] == ["Смирнова Ольга", "Петров Иван"]
    assert [(each.role, each.manager) for each in summary.roles] == [("head", "Главный"), ("robot", "")]


def test_the_headline_is_of_everybody() -> None:
    summary = summary_of(sample())
    assert summary.counts == Counts(met=23, late=1, missed=2, forbidden=1, pending=2, unknown=2, waived=1)
    assert (summary.counts.compliance, summary.incidents) == (23 / 27, 4)


def test_one_act_that_breaks_two_clauses_is_one_incident() -> None:
    both = [{**CALLS_OWED, "incident": "a1"}, {**STAYED, "incident": "a1"}, {**OWED_TODAY, "incident": "b2"}]
    assert summary_of(audit_of(both, SCORES)).incidents == 1


def test_the_clause_broken_most_comes_first_with_who_broke_it() -> None:
    scores = [
        score("Петров Иван", "FUR0601", "medium", forbidden=2),
        score("Петров Иван", "FUR0201", "high", missed=1),
        score("Смирнова Ольга", "FUR0201", "high", late=3),
        score("Смирнова Ольга", "FUR0902", "high", met=9),
        score("", "FUR0203", "low", "robot", missed=2),
    ]
    summary = summary_of(audit_of([], scores))
    assert [(b.clause.clause, [(who.manager, n) for who, n in b.by]) for b in summary.broken] == [
        ("FUR0201", [("Смирнова Ольга", 3), ("Петров Иван", 1)]),
        ("FUR0601", [("Петров Иван", 2)]),
        ("FUR0203", [("", 2)]),
    ]
    assert {who.manager: numbers for who, numbers in summary.heat} == {
        "Смирнова Ольга": (3, 0, 0), "Петров Иван": (1, 2, 0),
    }  # fmt: skip


def test_departments_are_told_where_there_are_several() -> None:
    assert summary_of(sample()).departments == ()
    others = [{**score("Орлов", "FUR0201", "high", met=1, missed=5), "department": "Опт"},
              {**score("Орлова", "FUR0201", "high", met=7, missed=1), "department": "Опт"}]  # fmt: skip
    departments = summary_of(audit_of([], [*SCORES, *others])).departments
    assert [(each.department, each.counts.met, each.counts.violated) for each in departments] == [
        ("Опт", 8, 6), ("Розница", 19, 3),
    ]  # fmt: skip
    assert departments[0].violations == {"FUR0201": 6}


def test_what_lies_ahead_comes_soonest_first() -> None:
    undated = {**OWED_LATER, "id": "b4", "due": pd.NaT}
    ahead = ahead_of(audit_of([undated, OWED_LATER, STAYED, OWED_TODAY], SCORES))
    assert ahead["id"].tolist() == ["b2", "b3", "b4"]


def test_the_data_is_whole_where_all_was_read_and_every_clause_checked() -> None:
    audit = replace(audit_of([], []), coverage=(Coverage("FUR0201", Status.CHECKED),))
    lossy, refused = Source("a.csv", None, "deals", "plain", 5, 2, 0), Problem(Place("b.csv"), "", kind=Trouble.REFUSED)
    unchecked = Coverage("FUR0202", Status.NOT_CHECKED)
    assert summary_of(audit).is_whole
    assert (
        summary_of(replace(audit, inputs=(lossy,))).lost,
        summary_of(replace(audit, problems=(refused,))).refused,
    ) == (2, 1)
    for less in ({"inputs": (lossy,)}, {"problems": (refused,)}, {"coverage": (*audit.coverage, unchecked)}):
        assert not summary_of(replace(audit, **less)).is_whole


def test_the_data_is_whole_where_only_slight_problems_stand() -> None:
    audit = replace(audit_of([], []), coverage=(Coverage("FUR0201", Status.CHECKED),))
    slight, grave = (Problem(Place("a.csv"), "", kind) for kind in (Trouble.REPEATED, Trouble.PAGE))
    assert summary_of(replace(audit, problems=(slight,))).is_whole
    assert not summary_of(replace(audit, problems=(slight, grave))).is_whole


def test_grave_problems_of_many_rows_count_once_and_rows_left_out_as_rows() -> None:
    alike = tuple(Problem(Place("a.csv", None, row, "Срок"), "", Trouble.CELL) for row in (2, 3))
    more = Problem(Place("a.csv", None, None, "Срок"), "", Trouble.CELL, 100)
    others = (
        Problem(Place("a.csv", None, 2, "Время"), "", Trouble.CELL),
        Problem(Place("a.csv", None, 4), "", Trouble.ROW),
    )
    assert summary_of(replace(audit_of([], []), problems=(*alike, more, *others))).grave == 2


@pytest.mark.parametrize("verdict", ["met", "late", "pending", "waived"])
def test_any_verdict_is_a_judgement(verdict: str) -> None:
    assert summary_of(audit_of([], [score("Петров Иван", "FUR0201", "high", **{verdict: 1})])).judged


def test_what_is_only_unknown_was_not_judged() -> None:
    assert not summary_of(audit_of([], [score("Петров Иван", "FUR0201", "high", unknown=9)])).judged
    assert not summary_of(audit_of([], [])).judged


def test_totals_are_of_managers_only() -> None:
    totals = summary_of(sample()).totals
    assert totals.counts == Counts(met=19, late=1, missed=1, forbidden=1, pending=2, unknown=2, waived=1)
    assert totals.by_severity == {"high": 2, "medium": 1, "low": 0}
    assert totals.pending_today == 1


def test_one_name_in_two_roles_is_two_scores() -> None:
    audit = audit_of(
        [], [score("Главный", "FUR0201", "high", met=1), score("Главный", "FUR0203", "low", "head", missed=1)]
    )
    summary = summary_of(audit)
    assert [each.counts.met for each in summary.managers] == [1]
    assert [each.counts.missed for each in summary.roles] == [1]


def test_due_today_counts_pending_duties_of_the_audits_day_only() -> None:
    today = datetime(2024, 3, 12, 23, 59, 59)
    duties = [
        OWED_TODAY,
        {**OWED_TODAY, "due": datetime(2024, 3, 12, 18, 0, 1)},
        {**OWED_TODAY, "due": datetime(2024, 3, 13)},
        {**OWED_TODAY, "due": pd.NaT},
        {**STAYED, "due": today},
    ]
    summary = summary_of(audit_of(duties, SCORES))
    assert [(each.manager, each.pending_today) for each in summary.managers] == [
        ("Смирнова Ольга", 2),
        ("Петров Иван", 0),
    ]


def test_a_missing_name_is_nobody_by_name() -> None:
    pending = duty(manager=None, department=None, verdict="pending", due=datetime(2024, 3, 12, 20))
    line = {**score("", "FUR0201", "high", pending=1), "manager": None, "department": None}
    (nobody,) = summary_of(audit_of([pending], [line])).managers
    assert (nobody.manager, nobody.department, nobody.pending_today) == ("", "", 1)


def test_categorical_names_are_counted_once() -> None:
    audit = sample()
    scores = audit.scores.astype({"manager": "category", "department": "category", "clause": "category"})
    assert summary_of(replace(audit, scores=scores)) == summary_of(audit)


def test_clauses_stand_in_the_regulations_order_with_everybodys_counts() -> None:
    clauses = summary_of(sample()).clauses
    assert [each.clause for each in clauses] == ["FUR0201", "FUR0203", "FUR0601", "FUR0902"]
    assert clauses[0].counts == Counts(met=14, missed=1, pending=1, unknown=2)
    assert clauses[0].text.startswith("Пока лид в “Недозвоне”")


def test_a_checked_clause_without_a_duty_has_zeros_and_its_own_severity() -> None:
    clauses = summary_of(audit_of([], [])).clauses
    assert [(each.clause, each.severity) for each in clauses] == [
        ("FUR0201", "high"), ("FUR0203", "low"), ("FUR0601", "medium"), ("FUR0902", "high"),
    ]  # fmt: skip
    assert {each.counts for each in clauses} == {Counts()}


def test_a_regraded_clause_keeps_its_new_severity() -> None:
    audit = audit_of([], [score("Петров Иван", "FUR0902", "low", late=1)])
    summary = summary_of(audit)
    assert summary.violated == {"high": 0, "medium": 0, "low": 1}
    assert [each.severity for each in summary.clauses if each.clause == "FUR0902"] == ["low"]


def test_a_persons_gravest_clauses_come_first() -> None:
    audit = audit_of([], [score("А", "FUR0601", "medium", late=9), score("А", "FUR0902", "high", late=1)])
    assert [each.clause for each in summary_of(audit).managers[0].clauses] == ["FUR0902", "FUR0601"]


def test_coverage_is_sorted_by_status() -> None:
    coverage = summary_of(sample()).coverage
    assert [each.clause for each in coverage[Status.NOT_CHECKED]] == ["FUR0202"]
    assert len(coverage[Status.CHECKED]) == 4
    assert len(coverage[Status.BY_HAND]) == 1


def broken(deal: str, at_stake: float | None, clause: str = "FUR0201", **more: str) -> dict[str, object]:
    return duty(deal=deal, clause=clause, at_stake=at_stake, **more)


def test_a_deal_is_at_stake_once_per_person_and_clause_however_often_it_is_violated() -> None:
    olga = {"manager": "Смирнова Ольга"}
    duties = [
        broken("1", 1000), broken("1", 1000), broken("1", 1000, "FUR0902"), broken("1", 1000, **olga),
        broken("1", 70, entity="lead"), broken("2", 500, **olga), broken("3", None), broken("4", 9, verdict="pending"),
    ]  # fmt: skip
    summary = summary_of(audit_of(duties, SCORES))
    assert summary.at_stake == 1570
    assert {score.manager: score.at_stake for score in summary.managers} == {
        "Петров Иван": 1070, "Смирнова Ольга": 1500,
    }  # fmt: skip
    assert {clause.clause: clause.at_stake for clause in summary.clauses} == {
        "FUR0201": 1570, "FUR0203": None, "FUR0601": None, "FUR0902": 1000,
    }  # fmt: skip


def test_nothing_is_at_stake_where_no_open_deal_tells_its_amount() -> None:
    summary = summary_of(audit_of([broken("1", None)], SCORES))
    assert summary.at_stake is None
    assert {score.at_stake for score in (*summary.managers, *summary.roles)} == {None}


def test_what_is_at_stake_for_nobody_by_name() -> None:
    nobodys = broken("1", 300, clause="FUR0203", manager="", department="", role="robot")
    robot = summary_of(audit_of([nobodys], SCORES)).roles[1]
    assert (robot.role, robot.at_stake) == ("robot", 300)
