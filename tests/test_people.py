"""Which names may be one person's, and what is told of them."""

import pandas as pd
import pytest

from auditor import i18n
from auditor.config.likeness import lookalikes
from auditor.config.models import Person
from auditor.config.people import with_people
from auditor.inputs.tables import Place, Source, Sources, Tables
from auditor.log.roles import is_role


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.activate("en")


def tables(manager: str, *people: str) -> Tables:
    source = Source("a.csv", None, "deals", "plain", 2, 0, 0)
    deals = pd.DataFrame({"id": ["1", "2"], "manager": pd.Categorical(["Орлов", manager]), "row": [2, 3]})
    listed = pd.DataFrame({"name": pd.Categorical(["Орлов", *people]), "row": range(10, 11 + len(people))})
    return Tables(deals=deals, people=listed, sources=Sources([source]))


@pytest.mark.parametrize(
    ("name", "known", "alike"),
    [
        ("Кузнецово Ольга", "Кузнецова Ольга", True),
        ("Ольга Кузнецова", "Кузнецова Ольга", True),
        ("Кузнецова О.", "Кузнецова Ольга", True),
        ("Кузнецова", "Кузнецова Ольга", True),
        ("Кузнецова Ольга Петровна", "Кузнецова Ольга", True),
        ("Кузнецов Олег", "Кузнецова Ольга", False),
        ("Кузнецова Анна", "Кузнецова Ольга", False),
        ("Кузнецова А.", "Кузнецова Ольга", False),
        ("Робот Кузнецова Ольга", "Кузнецова Ольга", False),
        ("КУЗНЕЦОВА ОЛЬГА", "Кузнецова Ольга", False),
        ("—", "Кузнецова Ольга", False),
    ],
)
def test_a_name_that_resembles_a_person_is_told_with_its_row(name: str, known: str, alike: bool) -> None:
    told = list(lookalikes(tables(name, known)))
    assert [problem.place for problem in told] == ([Place("a.csv", None, 3)] if alike else [])
    assert not alike or f'[people."{known}"] aliases = ["{name}"]' in told[0].what


def test_a_name_that_resembles_two_people_is_nobodys() -> None:
    assert not list(lookalikes(tables("Кузнецова О.", "Кузнецова Ольга", "Кузнецова Оксана")))


def test_aliases_are_joined_in_every_column_and_nothing_else_is() -> None:
    history = pd.DataFrame(
        {
            "author": pd.Categorical(["Орлов П.", "Иванова"]),
            "before": pd.Categorical([None, "Иванова"]),
            "after": pd.Categorical(["Замер", "ОРЛОВ П."]),
        }
    )
    joined = with_people(Tables(deals=pd.DataFrame(), history=history), {"Орлов Пётр": Person(aliases=("орлов п.",))})
    assert joined.history is not None and joined.people is not None
    assert joined.history.astype(object).where(lambda frame: frame.notna(), None).to_dict("list") == {
        "author": ["Орлов Пётр", "Иванова"], "before": [None, "Иванова"], "after": ["Замер", "Орлов Пётр"],
    }  # fmt: skip
    assert "aliases" not in joined.people


@pytest.mark.parametrize(
    "role", ["менеджер", "Старший менеджер", "Продавец-консультант", "секретарь", "РОП, руководитель"]
)
def test_a_role_is_a_role(role: str) -> None:
    assert is_role(role)


@pytest.mark.parametrize("role", ["секритарь", "менаджер", "кто-то"])
def test_another_word_is_none(role: str) -> None:
    assert not is_role(role)
