"""`CONTRIBUTING.md` is true wherever that can be checked."""

import re
import tomllib
from pathlib import Path
from textwrap import indent

import pytest
from patterns.telling import A, check
from storied import CLAUSES

from auditor import patterns
from auditor.patterns import Response, call, created, minutes
from auditor.patterns.core.deadline import Deadline
from auditor.patterns.core.pattern import Pattern
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.selector import Selector
from auditor.patterns.deadlines.windows import Window
from auditor.patterns.predicates.numbers import Quantity
from auditor.patterns.selectors.marks import Mark
from fixtures.demo.plan import LATEST

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
PARTS = {kind.__name__: kind for kind in (Pattern, Predicate, Quantity, Selector, Mark, Deadline, Window)}
FOLDERS = ("auditor/", "checks/", "fixtures/", "tests/", "tools/")
WHEN = re.findall(r"^\| `([^`]*F[^`]*)` \| (.+?) \|$", PAGE, re.MULTILINE)
VERDICTS = {"no duty": "ничего", "a duty": "нарушено", "an unknown duty": "неизвестно"}


def table(head: str) -> list[list[str]]:
    """The cells of the table that begins with that column, without its head."""
    rows = PAGE.partition(f"| {head} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def block(fence: str) -> str:
    """The first block between such fences."""
    found = re.search(rf"^```{fence}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found, fence
    return found[1]


def test_every_file_and_folder_that_is_named_exists() -> None:
    named = {path for path in re.findall(r"[\w./]+", PAGE) if path.startswith(FOLDERS)}
    assert len(named) > 25
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_every_target_of_make_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", PAGE, re.MULTILINE))
    assert {"check", "texts", "docs"} <= named <= targets


def test_every_clause_that_is_named_exists() -> None:
    assert set(re.findall(r"[A-Z]{3}\d{4}", PAGE)) - set(CLAUSES) == set()


def test_the_clause_stands_so_in_its_module() -> None:
    assert indent(block("python"), " " * 8) in (ROOT / "checks" / "agy.py").read_text("utf-8")


def test_the_story_stands_so_in_its_file() -> None:
    story = next(text for text in PAGE.split("```") if "=> " in text and text.startswith("\nAGY"))
    assert story in (ROOT / "fixtures" / "agy.txt").read_text("utf-8")


def test_the_layers_are_those_of_the_contract() -> None:
    lines = next(text for text in PAGE.split("```") if text.startswith("\nauditor.cli")).strip().splitlines()
    assert [re.split(r"\s{2,}", line)[0] for line in lines] == CONTRACTS[0]["layers"]


def test_the_rooms_are_those_of_the_contract() -> None:
    contract = next(one for one in CONTRACTS if one.get("containers") == ["auditor.patterns"])
    assert [row[0].strip("`") for row in table("room")] == contract["layers"]


def test_every_part_of_a_clause_has_the_methods_that_the_page_names() -> None:
    cells = [cell for row in table("room") for cell in row]
    assert set(re.findall(r"`([A-Z][a-z]+)`", " ".join(cells))) == set(PARTS)
    for _room, _what, kind, says in table("room")[:-1]:
        assert hasattr(PARTS[kind.strip("`")], re.findall(r"`(\w+)`", says)[0]), kind
    assert all(hasattr(kind, "needs") and hasattr(kind, "words") for kind in set(PARTS.values()) - {Pattern})


@pytest.mark.parametrize(("when", "said"), WHEN)
def test_an_empty_field_in_when(when: str, said: str) -> None:
    holds = eval(when, vars(patterns) | {"F": "Поле"})
    check(
        Response(on=created, when=holds, expect=call(), due=minutes(5)),
        f"01.03.2024 10:00  создана в стадии {A.name}\nПоле =\n12:00  проверка\n=> {VERDICTS[said]}",
    )


def test_lives_are_lived_as_much_later_as_the_page_says() -> None:
    assert f"up to {LATEST.seconds // 60} minutes later than told" in PAGE


def test_the_table_of_empty_fields_is_read() -> None:
    assert len(WHEN) == len(table("`when=`")) >= 9
