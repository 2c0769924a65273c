"""Every format tells the figures of the JSON: what it has of totals, persons, clauses and duties is the same number.

A new format adds its reader to `READERS`, with the kinds of figures that it must tell."""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq
import pytest
from lxml import html
from openpyxl.worksheet.worksheet import Worksheet

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
from tests.reports.page.conftest import html_of
from tests.reports.workbooks import Front, book_of, listed, records, rows_of

Figures = dict[tuple[str, ...], Any]
"""A figure by what it is of: ("total", "violated"), ("manager", name, role, "met"), ("clause", code, "violated"),
("both", name, role, code), the violations of a person of a clause; ("duty", id, "overrun")."""

COUNTED = ("met", "violated", "late", "missed", "forbidden", "pending", "unknown", "waived")
VERDICTS = ("met", "violated", "pending", "unknown", "waived")
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
        found[of_both(each)] += each["verdict"] == "violated"
    return {key: value for key, value in found.items() if value != 0 or key[0] != "both"}


def of_both(each: dict[str, Any]) -> tuple[str, ...]:
    return "both", each["manager"], each["role"], each["clause"]


def of_list(duties: list[dict[str, Any]]) -> Figures:
    """What a list of all violations, of what is pending and waived tells, also by its length."""
    found: Figures = defaultdict(int)
    stakes: dict[tuple[str, ...], dict[tuple[str, str], float]] = defaultdict(dict)
    for each in duties:
        person = ("manager", each["manager"], each["role"])
        for what in (("total",), person, ("clause", each["clause"])):
            for name in {each["verdict"], each["verdict"] == "violated" and each["how"]} - {"met", "unknown", False}:
                found[*what, name] += 1
        if each["verdict"] == "violated":
            found[of_both(each)] += 1
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
    numbers = {name: number(cells[name]) for name in ("measured", "limit", "overrun", "at_stake")}
    day = re.sub(r"(\d\d)\.(\d\d)\.(\d{4})", r"\3-\2-\1", cells["due"]).replace(" ", "T")
    role = next(role.value for role in Role if role_words(role) == cells["role"])
    return {**named_again(cells), **numbers, "due": day or None, "role": role}


def named_again(cells: dict[str, Any]) -> dict[str, Any]:
    """Severity, verdict and how as JSON names them."""
    names = {
        "severity": {words.severity(name): name for name in ("high", "medium", "low")},
        "verdict": {words.verdict(name): name for name in VERDICTS},
        "how": {words.how(name): name for name in ("late", "missed", "forbidden")} | {"": None},
    }
    return {**cells, **{name: known[cells[name]] for name, known in names.items()}}


def number(text: str) -> float | None:
    """In either language: 1 234,5 and 1,234.5; a dot is zero."""
    russian = i18n.active() == "ru"
    plain = re.sub(r"\s", "", text.replace("·", "0")).replace(",", "." if russian else "")
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


NUMBER = r"\d+(?:[\u00a0 ,]\d{3})*"


def of_person(name: str) -> tuple[str, str]:
    """Name and role of «Иванов», «Дизайнер: Иванов», of a role alone, and of nobody by name."""
    for role in Role:
        title, _colon, rest = name.partition(": ")
        if title.lower() == role_words(role).lower():
            return rest, role.value
    return "" if name == i18n._("nobody by name") else name, "manager"


def of_workbook(audit: Audit) -> Figures:
    """The front sheet, the sheet of clauses, and the list on each person's sheet."""
    book = book_of(audit)
    place = book.sheetnames.index(i18n._("Clauses"))
    found = {**of_front(Front.of(book)), **of_clauses(records(rows_of(book.worksheets[place])))}
    told = of_list([as_filled(row, sheet) for sheet in book.worksheets[1:place] for row in listed(sheet)])
    assert {key: value for key, value in found.items() if key in told}.items() <= told.items()
    return {**found, **told}


def of_front(front: Front) -> Figures:
    headline = {
        "violated": "Violations", "high": "of them important", "met": "Met", "pending": "Ahead", "unknown": "Unknown",
        "waived": "Waived",
    }  # fmt: skip
    found: Figures = {("total", name): front.figure(i18n._(title)) for name, title in headline.items()}
    for title in ("Managers", "Other roles (not counted in the managers' scores)"):
        for row in front.table(i18n._(title)) if i18n._(title) in [row[0] for row in front.rows] else ():
            if row[i18n._("Name")] != i18n._("Together"):
                person = ("manager", *of_person(row[i18n._("Name")]))
                stake = row.get(i18n._("sum of deals with violations"))
                found |= of_columns(row, *person) | {(*person, "at_stake"): stake}
    return found


def of_clauses(rows: list[dict[str, Any]]) -> Figures:
    found: Figures = {}
    for row in rows:
        if row[i18n._("violated")] is not None:
            found |= of_columns(row, "clause", row[i18n._("Clause")])
    return found


def of_columns(row: dict[str, Any], *what: str) -> Figures:
    """The counts that have a column; a column that is left out holds zeros."""
    titles = ("met", "violated", "late", "not done", "not allowed", "ahead", "unknown", "waived")
    return {(*what, name): row.get(i18n._(title), 0) for name, title in zip(COUNTED, titles, strict=True)}


def as_filled(row: dict[str, Any], sheet: Worksheet) -> dict[str, Any]:
    """A duty of a person's sheet as JSON has it; whose it is says the sheet's first cell."""
    titles = {
        "id": "Duty id", "clause": "Clause", "severity": "Severity", "verdict": "Verdict", "how": "How", "due": "Due",
        "measured": "Measured", "limit": "Limit", "overrun": "Overrun", "at_stake": "Amount of the open deal",
        "record": "Deal or lead",
    }  # fmt: skip
    cells = {name: row[i18n._(title)] for name, title in titles.items()}
    manager, role = of_person(str(sheet["A1"].value))
    kind, deal = cells["record"].split(" ", 1)
    named = named_again({**cells, "verdict": cells["verdict"].lower(), "how": cells["how"] or ""})
    due = cells["due"] and cells["due"].isoformat()
    return {**named, "manager": manager, "role": role, "due": due, "entity": kind, "deal": deal}


def of_page(audit: Audit) -> Figures:
    """The headline, the tables, the map, and the list that stands in the page as JSON."""
    tree = html.document_fromstring(html_of(audit))
    listed = of_list_of_page(json.loads(tree.get_element_by_id("data").text)["list"])
    found = of_figures(tree)
    for row in rows_in(tree, f"//*[@id='managers']//table[not(caption='{i18n._('Departments')}')]"):
        person, stake = ("manager", *of_person(row[i18n._("Name")])), row.get(i18n._("open deals worth"), "·")
        found |= of_row(row, *person) | {(*person, "at_stake"): None if stake == "·" else number(stake)}
    for row in rows_in(tree, "//*[@id='broken']//table[not(@class)]"):
        told = of_row(row, "clause", row[i18n._("Clause")])
        found |= {key: told[key] for key in told if key[-1] in ("met", "violated")}
    for row in rows_in(tree, "//table[@class='heat']"):
        who = of_person(row.pop(i18n._("Name")))
        found |= {("both", *who, code): number(times) for code, times in row.items() if times != "·"}
    assert {key: listed[key] for key in listed if key in found}.items() <= found.items()
    return {**listed, **found}


def of_figures(tree: html.HtmlElement) -> Figures:
    """In short: violations and important ones, met of judged, ahead, unknown and waived."""
    first, kept, ahead = [
        [number(each) for each in re.findall(NUMBER, re.sub(r"[\d.,]+\s?%", "", part.text_content()))]
        for part in tree.xpath("//ul[@class='figures']/li")[:3]
    ]
    names = ("violated", "high", "met", "pending", "unknown", "waived")
    told = zip(names, (*first[:2], kept[0], *ahead), strict=False)
    return {("total", name): value for name, value in told}


def rows_in(tree: html.HtmlElement, path: str) -> Iterator[dict[str, str]]:
    """The rows of these tables by their headings; beside a name no department."""
    for table in tree.xpath(path):
        titles = [each.text_content().strip() for each in table.xpath("thead//th")]
        for row in table.xpath("tbody/tr"):
            cells = ["".join(each.xpath("text() | a/text()")).strip() for each in row.xpath("th | td")]
            yield dict(zip(titles, cells, strict=True))


def of_row(row: dict[str, str], *what: str) -> Figures:
    """The counts of a table's row; what was met is what else was judged."""
    counts = {title: number(cell) for title, cell in row.items() if re.fullmatch(f"{NUMBER}|·", cell)}
    judged, violated = (counts[i18n._(title)] or 0 for title in ("judged", "violated"))
    return of_columns({**counts, i18n._("met"): judged - violated}, *what)


def of_list_of_page(told: dict[str, Any]) -> Figures:
    """How many were violated and waived, by whom and of which clause."""
    found: Figures = defaultdict(int)
    verdicts = {words.verdict(name): name for name in VERDICTS}
    for row in told["rows"]:
        cells = {name: told["texts"][place] for name, place in zip(told["fields"][: told["worded"]], row, strict=False)}
        verdict, person = verdicts[cells["verdict"]], of_person(cells["manager"])
        for what in (("total",), ("manager", *person), ("clause", cells["clause"])):
            found[*what, verdict] += verdict in ("violated", "waived")
        found["both", *person, cells["clause"]] += verdict == "violated"
    return {key: value for key, value in found.items() if value}


READERS: dict[str, tuple[Callable[[Audit], Figures], set[str]]] = {
    "csv": (of_csv, {"total", "manager", "clause", "both", "duty"}),
    "parquet": (of_star, {"total", "manager", "clause", "both", "duty"}),
    "md": (of_markdown, {"total", "manager", "clause"}),
    "xlsx": (of_workbook, {"total", "manager", "clause", "both", "duty"}),
    "html": (of_page, {"total", "manager", "clause", "both"}),
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
