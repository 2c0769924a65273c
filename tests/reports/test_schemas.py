"""The schemas that ship with the program say what its JSON holds and what its settings may hold, and nothing more."""

import json
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from auditor import i18n
from auditor.cli.program import run
from auditor.reports.json_report import json_of
from fixtures.demo import write_demo
from tests.reports.audits import AUDITS
from tests.reports.builders import sample
from tools.docs import SCHEMA_OF

FRESH = SCHEMA_OF
SHIPPED = {name: json.loads((files("auditor") / "schemas" / f"{name}.json").read_text("utf-8")) for name in FRESH}
REPORT, DUE, EXPLAIN, SETTINGS = (Draft202012Validator(SHIPPED[name]) for name in FRESH)


@pytest.mark.parametrize("name", FRESH)
def test_what_ships_is_fresh(name: str) -> None:
    is_fresh = SHIPPED[name] == FRESH[name]()
    assert is_fresh, "run `make docs`"


@pytest.mark.parametrize("name", FRESH)
def test_it_is_a_schema_that_lets_nothing_unknown_pass(name: str) -> None:
    Draft202012Validator.check_schema(SHIPPED[name])
    assert [where for where, node in objects(SHIPPED[name]) if "additionalProperties" not in node] == []


def objects(node: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema of an object, with its place."""
    if isinstance(node, dict) and node.get("type") == "object":
        yield where, node
    parts = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, part in parts:
        yield from objects(part, f"{where}/{key}")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", AUDITS)
def test_every_report_is_valid(name: str, language: str) -> None:
    i18n.activate(language)
    report = json.loads("".join(json_of(AUDITS[name]())))
    assert [f"{error.json_path}: {error.message}" for error in REPORT.iter_errors(report)] == []


@pytest.mark.parametrize("name", ["FUR", "waived, changed and supposed"])
def test_the_keys_stand_in_the_order_of_the_schema(name: str) -> None:
    report = json.loads("".join(json_of(AUDITS[name]())))
    assert list(in_order(report, SHIPPED["report"])) == []
    assert list(report) == [key for key in SHIPPED["report"]["properties"] if key in report]


def in_order(value: Any, schema: dict[str, Any]) -> Iterator[tuple[list[str], list[str]]]:
    """What stands in another order, beside the schema's."""
    if isinstance(value, list):
        for item in value:
            yield from in_order(item, schema.get("items", {}))
    elif isinstance(value, dict) and "properties" in schema:
        keys = [key for key in schema["properties"] if key in value]
        if list(value) != keys:
            yield list(value), keys
        for key in keys:
            yield from in_order(value[key], schema["properties"][key])


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [("duties", "verdict", "perhaps"), ("duties", "due", "12.03.2024"), ("duties", "unit", "miles"),
     ("duties", "extra", 1), ("managers", "violated", -1), ("clauses", "compliance", 1.5), ("coverage", "status", ""),
     ("problems", "severity", "high"), ("pipelines", "deals", None)],
)  # fmt: skip
def test_what_no_report_holds_is_refused(part: str, key: str, value: Any) -> None:
    report = json.loads("".join(json_of(sample())))
    REPORT.validate(report)
    report[part][0][key] = value
    with pytest.raises(ValidationError):
        REPORT.validate(report)


def test_a_missing_key_is_refused() -> None:
    report = json.loads("".join(json_of(sample())))
    del report["duties"][0]["incident"]
    with pytest.raises(ValidationError):
        REPORT.validate(report)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, regulation="FUR", deals=30, seed=3)
    return folder


@pytest.mark.parametrize(
    ("schema", "asked", "key"),
    [
        (DUE, ("due",), "when"),
        (EXPLAIN, ("explain", "--deal", "10001"), "findings"),
        (EXPLAIN, ("explain", "--manager", "Смирнов", "--day", "16.09.2024"), "findings"),
    ],
)
def test_what_is_owed_a_deal_and_a_day_are_valid(
    demo: Path, schema: Draft202012Validator, asked: tuple[str, ...], key: str
) -> None:
    command, *options = asked
    assert run([command, str(demo / "exports"), *options, "--output", str(demo / "a.json")]) == 0
    told = json.loads((demo / "a.json").read_text("utf-8"))
    assert [f"{error.json_path}: {error.message}" for error in schema.iter_errors(told)] == []
    for broken in ({**told, "extra": 1}, {**told, "duties": [{key: 1}]}, {**told, "as_of": "today"}):
        assert not schema.is_valid(broken)


README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def example() -> dict[str, Any]:
    """The settings of the README, as JSON has them."""
    toml = README.split("```toml\n")[1].split("```")[0]
    return json.loads(json.dumps(tomllib.loads(toml), default=str))  # type: ignore[no-any-return]


def test_the_settings_of_the_readme_are_valid() -> None:
    assert [f"{error.json_path}: {error.message}" for error in SETTINGS.iter_errors(example())] == []


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [("time", "opens", "nine"), ("time", "opened", "09:00"), ("reading", "quiet_days", -1), ("check", "strict", True)],
)
def test_settings_that_the_program_refuses_are_refused(section: str, key: str, value: Any) -> None:
    settings = example()
    settings[section][key] = value
    with pytest.raises(ValidationError):
        SETTINGS.validate(settings)
