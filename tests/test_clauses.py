"""What every clause of every regulation has, and its parameters."""

from dataclasses import replace

import pytest

from auditor.patterns import Absence, Cadence, Condition, Exclusive, LastingResponse, PerDay, Response, days
from auditor.rules import Clause
from auditor.rules.parameters import ParameterError, parameters_of, with_parameters
from checks import REGULATIONS

CLAUSES = {clause.code: clause for regulation in REGULATIONS for clause in regulation.clauses}


@pytest.mark.parametrize("clause", CLAUSES.values(), ids=CLAUSES.keys())
def test_what_a_clause_assumes_is_one_of_its_parameters(clause: Clause) -> None:
    known = parameters_of(clause)
    assert set(clause.assumed) - set(known) == set(), f"the parameters of {clause.code} are: {', '.join(known)}"


@pytest.mark.parametrize("clause", CLAUSES.values(), ids=CLAUSES.keys())
def test_a_clause_is_one_of_the_patterns(clause: Clause) -> None:
    """No clause finds its duties by a function of its own."""
    assert type(clause.duty) in (Response, LastingResponse, Cadence, PerDay, Condition, Absence, Exclusive)


@pytest.mark.parametrize("regulation", REGULATIONS, ids=lambda regulation: regulation.code)
def test_a_regulation_stands_in_its_documents_order(regulation: object) -> None:
    codes = [clause.code for clause in regulation.clauses]  # type: ignore[attr-defined]
    assert codes == sorted(set(codes))
    chapters = set(regulation.chapters)  # type: ignore[attr-defined]
    assert {code[:5] for code in codes} ^ chapters == set(), "chapters without clauses, or clauses without a chapter"


def test_a_number_is_found_where_it_stands() -> None:
    assert parameters_of(CLAUSES["FUR0902"]) == {"days": 30, "words": ("соглас",), "but_not": ("не соглас",)}
    assert parameters_of(CLAUSES["FUR0201"]) == {"at_least": 3, "grace_hours": 4}
    assert parameters_of(CLAUSES["FUR0707"]) == {"shift_days": -1, "clock": "16:00"}


def test_what_an_empty_field_means_is_a_marker_too() -> None:
    assert parameters_of(CLAUSES["FUR0103"]) == {"values": ("почта",), "when_empty": "телефон"}


def test_a_number_is_set_where_it_stands() -> None:
    longer = with_parameters(CLAUSES["FUR0902"], {"days": 45})
    assert longer == replace(CLAUSES["FUR0902"], duty=replace(CLAUSES["FUR0902"].duty, due=days(45)))  # type: ignore[type-var]


def test_a_deadline_without_numbers_is_set_by_its_name() -> None:
    clause = CLAUSES["FUR0102"]
    assert parameters_of(clause)["due"] == "end_of_working_day"
    assert parameters_of(with_parameters(clause, {"due": "end_of_day"}))["due"] == "end_of_day"
    assert parameters_of(with_parameters(clause, {"due": "3 working_hours"}))["working_hours"] == 3


def test_words_are_divided_by_commas() -> None:
    clause = with_parameters(CLAUSES["FUR0306"], {"values": "отказ, мусор"})
    assert parameters_of(clause)["values"] == ("отказ", "мусор")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"day": 31}, "«days»"),
        ({"days": "месяц"}, "«месяц»"),
        ({"severity": "huge"}, "huge"),
    ],
)
def test_what_does_not_fit_is_said(values: dict[str, str | float], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        with_parameters(CLAUSES["FUR0902"], values)


def test_an_unknown_deadline_is_said() -> None:
    with pytest.raises(ParameterError, match=r"FUR0102.*«when I like»"):
        with_parameters(CLAUSES["FUR0102"], {"due": "when I like"})
