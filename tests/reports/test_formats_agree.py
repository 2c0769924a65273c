"""Every format tells the figures of the JSON: what it has of totals, persons, clauses and duties is the same number.

A new format adds its reader to `READERS`, with the kinds of figures that it must tell."""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq
import pytest

from auditor import i18n
from auditor.audit.result import Audit
from auditor.reports import words
from auditor.reports.csv_report import SHOWN, csv_of
from auditor.reports.json_report import json_of
from auditor.reports.markdown_report import markdown_of
from auditor.reports.star import write_star
from auditor.reports.view import View
from auditor.terms import Role, role_words
from tests.reports.audits import AUDITS

Figures = dict[tuple[str, ...], Any]
"""A figure by what it is of: ("total", "violated"), ("manager", name, role, "met"), ("clause", code, "violated"),
("duty", id, "overrun")."""

COUNTED = ("met", "violated", "late", "missed", "forbidden", "pending", "unknown", "waived")
OF_A_DUTY = ("clause", "severity", "deal", "manager", "role", "due", "verdict", "how", "measured", "limit", "overrun")


def of_json(audit: Audit) -> Figures:
    """All of them."""
    report = json.loads("".join(json_of(audit)))
    found: Figures = defaultdict(int)
    for clause in report["clauses"]:
        for name in COUNTED:
            found["clause", clause["clause"], name] = clause[name]
            found["total", name] += clause[name]
    for person in report["managers"]:
        for name in (*COUNTED, "at_stake"):
            found["manager", person["manager"], person["role"], name] = person[name]
        found["total", "high"] += person["by_severity"]["high"]
    for each in report["duties"]:
        found.update(of_duty(each))
    return dict(found)


def of_list(duties: list[dict[str, Any]]) -> Figures:
    """What a list of all violations, of what is pending and waived tells, also by its length."""
    found: Figures = defaultdict(int)
    stakes: dict[tuple[str, ...], dict[tuple[str, str], float]] = defaultdict(dict)
    for each in duties:
        person = ("manager", each["manager"], each["role"])
        for what in (("total",), person, ("clause", each["clause"])):
            for name in {each["verdict"], each["verdict"] == "violated" and each["how"]} - {"met", "unknown", False}:
                found[*what, name] += 1
        if each["verdict"] == "violated" and each["at_stake"] is not None:
            stakes[person][each["entity"], each["deal"]] = each["at_stake"]
        found.update(of_duty(each))
    return {**found, **{(*person, "at_stake"): round(sum(deals.values()), 4) for person, deals in stakes.items()}}


def of_duty(each: dict[str, Any]) -> Figures:
    return {("duty", each["id"], name): each[name] for name in OF_A_DUTY}


def of_csv(audit: Audit) -> Figures:
    text = "".join(csv_of(audit))
    assert text.startswith("\ufeff")
    _captions, *lines = csv.reader(io.StringIO(text[1:]), delimiter=";")
    return of_list([as_read(dict(zip(SHOWN, cells, strict=True))) for cells in lines])


def as_read(cells: dict[str, str]) -> dict[str, Any]:
    """The words of the report's language as JSON has them, its numbers and days too."""
    names = {
        "severity": {words.severity(name): name for name in ("high", "medium", "low")},
        "verdict": {words.verdict(name): name for name in ("met", "violated", "pending", "unknown", "waived")},
        "how": {words.how(name): name for name in ("late", "missed", "forbidden")} | {"": None},
        "role": {role_words(role): role.value for role in Role},
    }
    numbers = {name: number(cells[name]) for name in ("measured", "limit", "overrun", "at_stake")}
    day = re.sub(r"(\d\d)\.(\d\d)\.(\d{4})", r"\3-\2-\1", cells["due"]).replace(" ", "T")
    told = {name: known[cells[name]] for name, known in names.items()}
    return {**cells, **told, **numbers, "due": day or None}


def number(text: str) -> float | None:
    """In either language: 1 234,5 and 1,234.5."""
    russian = i18n.active() == "ru"
    plain = text.replace("\u00a0", "").replace(",", "." if russian else "")
    return float(plain) if plain else None


def of_star(audit: Audit) -> Figures:
    """The table of scores, and the list of duties beside it."""
    with TemporaryDirectory() as folder:
        write_star(audit, Path(folder))
        tables = {path.stem: pq.read_table(path).to_pylist() for path in Path(folder).iterdir()}
    people = {row["manager_key"]: (row["manager"] or "", row["role"]) for row in tables["managers"]}
    found: Figures = defaultdict(int)
    for row in tables["scores"]:
        for what in (("total",), ("manager", *people[row["manager_key"]]), ("clause", row["clause"])):
            for name in COUNTED:
                found[*what, name] += row[name]
        found["total", "high"] += row["violated"] * (row["severity"] == "high")
    listed = of_list([_with_person(row, *people[row["manager_key"]]) for row in tables["duties"]])
    assert {key: found[key] for key in listed if key in found}.items() <= listed.items()
    return {**found, **listed}


def _with_person(row: dict[str, Any], manager: str, role: str) -> dict[str, Any]:
    return {**row, "manager": manager, "role": role, "due": row["due"] and row["due"].isoformat()}


def of_markdown(audit: Audit) -> Figures:
    """In full: the headline, a line per person who broke something, a line per clause that was broken."""
    text = markdown_of(audit, View(full=True)).replace("\\", "").replace("\u200b", "")
    sections = re.split(r"^\*\*(.+)\*\*$", text, flags=re.MULTILINE)
    _before, _title, _head, figures, beside, *others = sections
    violated, high, kept, of = map(number, re.findall(NUMBER, re.sub(r"[\d.,]+\s?%", "", figures))[:4])
    assert violated is not None and kept is not None and of == kept + violated
    ahead, unknown, *waived = map(number, re.findall(NUMBER, beside.splitlines()[2]))
    found: Figures = {
        ("total", "violated"): violated, ("total", "high"): high, ("total", "met"): kept,
        ("total", "pending"): ahead, ("total", "unknown"): unknown, ("total", "waived"): waived[0] if waived else 0,
    }  # fmt: skip
    listed = dict(zip(others[::2], others[1::2], strict=True))
    for name, rest in re.findall(r"^- \*\*(.+?)\*\*: (.*)$", listed[i18n._("Who")], re.MULTILINE):
        person = of_person(name)
        numbers = [number(each) for each in re.findall(NUMBER, re.sub(r"[\d.,]+\s?%", "", rest))]
        found |= {("manager", *person, "violated"): numbers[0], ("manager", *person, "met"): numbers[1]}
    for code, times in re.findall(
        rf"^- (?:❗ )?\*\*(\w+)\*\* .* — ({NUMBER}):", listed[i18n._("What is broken most")], re.MULTILINE
    ):
        found["clause", code, "violated"] = number(times)
    return found


NUMBER = r"\d+(?:[\u00a0,]\d{3})*"


def of_person(name: str) -> tuple[str, str]:
    """Name and role of «Иванов», «Дизайнер: Иванов», of a role alone, and of nobody by name."""
    for role in Role:
        title, _colon, rest = name.partition(": ")
        if title.lower() == role_words(role).lower():
            return rest, role.value
    return "" if name == i18n._("nobody by name") else name, "manager"


READERS: dict[str, tuple[Callable[[Audit], Figures], set[str]]] = {
    "csv": (of_csv, {"total", "manager", "clause", "duty"}),
    "parquet": (of_star, {"total", "manager", "clause", "duty"}),
    "md": (of_markdown, {"total", "manager", "clause"}),
}


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", sorted(AUDITS.keys() - {"nothing"}))
@pytest.mark.parametrize("form", READERS)
def test_every_figure_is_that_of_the_json(form: str, name: str, language: str) -> None:
    i18n.activate(language)
    reader, kinds = READERS[form]
    told, whole = reader(AUDITS[name]()), of_json(AUDITS[name]())
    differ = {key: (value, whole.get(key)) for key, value in told.items() if value != whole.get(key)}
    assert differ == {}
    assert {key[0] for key in told} == kinds
