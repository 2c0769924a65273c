"""A demo is audited: exactly what was planted is found, and nothing more."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from auditor.audit.engine import audit
from auditor.audit.request import Request
from auditor.audit.result import Audit, Status
from auditor.inputs import load
from auditor.settings import Settings
from checks import REGULATIONS
from fixtures.demo import TILE, plan, tile, write_demo
from fixtures.demo.plan import SCRIPTS, Planted

CLAUSES = {regulation.code: {clause.code for clause in regulation.clauses} for regulation in REGULATIONS}
NOT_MET = ("late", "missed", "forbidden")
Found = Counter[tuple[str, str, str, str]]
Audited = Callable[[str, int, int], Audit]


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """Audits of demos, each made once: regulation, deals, seed → audit."""

    @cache
    def audit_of(regulation: str, deals: int, seed: int) -> Audit:
        folder = tmp_path_factory.mktemp("demo")
        write_demo(folder, regulation=regulation, deals=deals, seed=seed)
        request = Request(regulations=tuple(REGULATIONS), named=(regulation,), all_duties=True)
        return audit(load([folder / "exports"], Settings()), request, Settings())

    return audit_of


def found(result: Audit) -> Found:
    duties = result.duties[result.duties["verdict"] != "met"]
    return Counter(
        (
            str(duty.deal),
            str(duty.entity),
            str(duty.clause),
            str(duty.how if duty.verdict == "violated" else duty.verdict),
        )
        for duty in duties.itertuples()
    )


def found_violated(result: Audit) -> Found:
    return Counter({key: times for key, times in found(result).items() if key[3] in NOT_MET})


def listed(planted: list[Planted]) -> Found:
    words = {"сделка": "deal", "лид": "lead"}
    known = set().union(*CLAUSES.values())
    return Counter((one.deal, words[one.entity], one.clause, one.how) for one in planted if one.clause in known)


@pytest.mark.parametrize(
    ("regulation", "deals", "seed"),
    [*((code, deals, 1) for code in sorted(SCRIPTS) for deals in (60, TILE)), ("FUR", 200, 7)],
)
def test_exactly_what_was_planted_is_found(audited: Audited, regulation: str, deals: int, seed: int) -> None:
    result = audited(regulation, deals, seed)
    made = plan(regulation, deals, seed)
    titles = {
        str(unit.id_of(record)): f"{unit.life.title}: {record.name}"
        for unit in made.units
        for record in unit.life.records
    }
    wanted, seen = listed(list(made.planted())), found(result)
    assert {(titles[key[0]], *key) for key in seen - wanted} == set(), "found and not planted"
    assert {(titles[key[0]], *key) for key in wanted - seen} == set(), "planted and not found"
    assert len(result.tell(result.duties)) and not result.crashes and not result.untold
    assert not result.problems
    assert not result.supposed_days_off


@pytest.mark.parametrize("regulation", sorted(SCRIPTS))
def test_every_clause_is_checked_met_and_violated(audited: Audited, regulation: str) -> None:
    result = audited(regulation, TILE, 1)
    unchecked = {one.clause for one in result.coverage if one.status == Status.NOT_CHECKED}
    assert unchecked == set()
    duties = result.duties
    met = set(duties["clause"][duties["verdict"] == "met"])
    broken = {one.clause for one in plan(regulation, TILE, 1).planted() if one.how in NOT_MET}
    assert CLAUSES[regulation] - met == set(), "met in no life of the demo"
    assert CLAUSES[regulation] - broken == set(), "broken by no edit of the demo"


@pytest.mark.parametrize("companies", [*((code,) for code in sorted(SCRIPTS)), ("KDL", "KLD")])
def test_the_data_tell_by_which_regulations_they_are_judged(tmp_path: Path, companies: tuple[str, ...]) -> None:
    for code in companies:
        write_demo(tmp_path / code, regulation=code, deals=60, seed=1)
    files = [tmp_path / code / "exports" for code in companies]
    result = audit(load(files, Settings()), Request(regulations=tuple(REGULATIONS)), Settings())
    assert {regulation.code for regulation in result.regulations} == set(companies)
    assert not result.problems
    wanted = [one for code in companies for one in plan(code, 60, 1).planted() if one.how in NOT_MET]
    assert found_violated(result) == listed(wanted)


@pytest.mark.parametrize("regulation", sorted(SCRIPTS))
def test_a_contact_task_done_without_a_call_on_record_is_met_and_flagged(audited: Audited, regulation: str) -> None:
    duties = audited(regulation, TILE, 1).duties
    flagged = duties[duties["suspect"].map(lambda flags: "no_call_on_record" in flags)]
    assert {"FUR": "FUR0805", "AGY": "AGY0501", "BED": "BED0903", "KDL": "KDL0603", "KLD": "KLD0401"}[
        regulation
    ] in set(flagged["clause"][flagged["verdict"] == "met"])


SUSPECTS = {
    "FUR": {
        ("FUR0201", "burst"),
        ("FUR0202", "robot"),
        ("FUR0406", "filler"),
        ("FUR0413", "filler"),
        ("FUR0609", "moved_often"),
    },
    **{
        code: {suspect for edit in SCRIPTS[code].edits for suspect in edit.suspects}
        for code in SCRIPTS
        if code != "FUR"
    },
}


@pytest.mark.parametrize("regulation", sorted(SUSPECTS))
def test_what_is_suspicious_counts_by_the_letter_and_not_under_strict(tmp_path: Path, regulation: str) -> None:
    write_demo(tmp_path, regulation=regulation, deals=TILE, seed=1)

    def duties(settings: Settings) -> pd.DataFrame:
        codes = tuple(code for code, _suspect in SUSPECTS[regulation])
        request = Request(regulations=tuple(REGULATIONS), named=(regulation,), select=codes, all_duties=True)
        return audit(load([tmp_path / "exports"], settings), request, settings).duties

    usual, strict = duties(Settings()), duties(Settings(strict=True))
    flagged = usual[(usual["suspect"].map(len) > 0) & (usual["verdict"] == "met")]
    gone = flagged[flagged["id"].isin(strict["id"][strict["verdict"] == "violated"])]
    kinds = {(duty.clause, suspect) for duty in gone.itertuples() for suspect in duty.suspect}
    assert SUSPECTS[regulation] - kinds == set()


@pytest.mark.parametrize("regulation", sorted(SCRIPTS))
def test_twice_the_tiles_are_twice_the_violations(audited: Audited, regulation: str) -> None:
    first = plan(regulation, TILE, 1)
    wanted = listed([*first.planted(), *tile(first, 1).planted()])
    assert found(audited(regulation, 2 * TILE, 1)) == wanted


@pytest.mark.parametrize("regulation", sorted(SCRIPTS))
def test_no_two_clauses_share_a_sentence(audited: Audited, regulation: str) -> None:
    """A sentence tells what happened in a deal and what was needed: that is another thing for each clause."""
    result = audited(regulation, TILE, 1)
    clauses = result.tell(result.duties[result.duties["verdict"] == "violated"]).groupby("why")["clause"].nunique()
    assert len(clauses) >= len(CLAUSES[regulation]) and clauses[clauses > 1].empty
