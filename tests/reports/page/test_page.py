"""The page as it is written: its figures are those of the JSON, it is safe, whole and in the reader's language."""

import hashlib
import json
import re
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from auditor.audit.result import Audit, Scope
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem
from auditor.reports import page
from auditor.reports.amounts import decimal, percent
from auditor.reports.json_report import json_of
from auditor.reports.masking import masked
from auditor.reports.page import listed
from auditor.reports.page.days import Bar, bars, owed_by_day
from auditor.reports.view import View
from tests.reports.builders import (
    CALLS_OWED,
    OWED_LATER,
    OWED_TODAY,
    SCORES,
    STAYED,
    WENT_BACK,
    audit_of,
    duty,
    sample,
)  # fmt: skip
from tests.reports.page.conftest import counted, html_of, violations

HERE = Path(__file__).parent
ROOT = HERE.parent.parent.parent
VENDORED = [Path(page.__file__).parent / "tabulator", HERE / "axe"]

AUDITS = [pytest.param(sample, id="sample"), pytest.param(lambda: counted(violations(300, people=7)), id="300")]


def tree_of(audit: Audit, view: View | None = None) -> html.HtmlElement:
    return html.document_fromstring(html_of(audit, view) if view else html_of(audit))


def report_of(audit: Audit) -> dict[str, Any]:
    return json.loads("".join(json_of(audit)))  # type: ignore[no-any-return]


def texts(tree: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in tree.xpath(path)]


def table(tree: html.HtmlElement, path: str) -> list[dict[str, str]]:
    """The rows of a table by its headings."""
    return [dict(zip(texts(tree, f"{path}//thead//th"), texts(row, "th | td"), strict=True))
            for row in tree.xpath(f"{path}//tbody/tr")]  # fmt: skip


def data_of(tree: html.HtmlElement) -> dict[str, Any]:
    return json.loads(tree.get_element_by_id("data").text)["list"]  # type: ignore[no-any-return]


def rows_of(tree: html.HtmlElement, name: str) -> list[str]:
    """What a field of the list says in each of its rows."""
    data = data_of(tree)
    place = data["fields"].index(name)
    return [data["texts"][cells[place]] for cells in data["rows"]]


@pytest.mark.parametrize("make", AUDITS)
class TestTheFiguresAreThoseOfTheJson:
    def test_in_short(self, make) -> None:
        report, (first, kept, ahead, data) = report_of(make()), texts(tree_of(make()), "//ul[@class='figures']/li")
        met, violated, pending, unknown = (
            sum(each[name] for each in report["clauses"]) for name in ("met", "violated", "pending", "unknown")
        )
        high = sum(each["violated"] for each in report["clauses"] if each["severity"] == "high")
        assert first.startswith(f"{violated} violations {high} of high severity")
        assert kept.startswith(f"{percent(met / (met + violated))} kept: {met} of {met + violated}")
        assert ahead.startswith(f"{pending} ahead {unknown} unknown")
        assert data == "data incomplete 1 row not read, 1 clause not checked what was read"

    def test_managers(self, make) -> None:
        report, rows = report_of(make()), table(tree_of(make()), "(//*[@id='managers']//table)[1]")
        by_name = {each["manager"]: each for each in report["managers"] if each["role"] == "manager"}
        assert {row["Name"] for row in rows} == set(by_name)
        for row in rows:
            each = by_name[row["Name"]]
            judged = each["met"] + each["violated"]
            assert (row["violated"], row["judged"]) == (str(each["violated"]), str(judged))
            assert row["per 100"] == (decimal(round(100 * each["violated"] / judged, 1)) if judged >= 10 else "—")
            assert row["kept"] == (percent(each["compliance"]) if judged >= 10 else "—")
            assert row["by severity: high + medium + low"] == " + ".join(map(str, each["by_severity"].values()))

    def test_clauses_and_the_map(self, make) -> None:
        report, tree = report_of(make()), tree_of(make())
        broken = {each["clause"]: str(each["violated"]) for each in report["clauses"] if each["violated"]}
        assert {row["Clause"]: row["violated"] for row in table(tree, "(//*[@id='broken']//table)[1]")} == broken
        managers = {each["manager"] for each in report["managers"] if each["role"] == "manager"}
        heat = {
            (row["Name"], code): int(number)
            for row in table(tree, "//table[@class='heat']")
            for code, number in row.items()
            if code != "Name" and number != "·"
        }
        assert set(heat) == {(each["manager"], each["clause"]) for each in report["duties"]
                             if each["verdict"] == "violated" and each["manager"] in managers}  # fmt: skip
        assert sum(heat.values()) == sum(each["violated"] for each in report["managers"] if each["role"] == "manager")

    def test_days(self, make) -> None:
        violated = [each for each in report_of(make())["duties"] if each["verdict"] == "violated"]
        rows = table(tree_of(make()), "//*[@id='days']//table")
        assert sum(int(row["violated"]) for row in rows) == len(violated)
        high = [each for each in violated if each["severity"] == "high"]
        assert sum(int(row["high"].replace("·", "0")) for row in rows) == len(high)

    def test_the_list(self, make) -> None:
        wanted = [each["deal"] for each in report_of(make())["duties"] if each["verdict"] in ("violated", "waived")]
        assert sorted(rows_of(tree_of(make()), "record")) == sorted(
            f"{'Lead' if deal in ('501', '502') and make is sample else 'Deal'} {deal}" for deal in wanted
        )


def test_style_and_script_are_allowed_by_their_hashes_and_nothing_else_is() -> None:
    tree = tree_of(sample())
    policy = dict(
        part.strip().split(" ", 1) for part in tree.xpath("//meta[@http-equiv]/@content")[0].split(";")
    )  # fmt: skip
    inline = {"style-src": tree.xpath("//style"), "script-src": tree.xpath("//script[not(@type)]")}
    for name, [element] in inline.items():
        digest = hashlib.sha256(element.text.encode()).digest()
        assert policy.pop(name) == f"'sha256-{b64encode(digest).decode()}'"
    assert set(policy.values()) == {"'none'"}
    assert set(policy) == {"default-src", "base-uri", "form-action"}


def test_nothing_is_asked_of_anybody() -> None:
    tree = tree_of(sample())
    assert tree.xpath("//@src | //@srcset | //@style | //@onclick | //iframe | //link | //object | //img") == []
    assert [address for address in tree.xpath("//@href") if not address.startswith("#")] == []
    assert not re.search(r"sourceMappingURL=|url\(|@import", tree.xpath("//style")[0].text)
    assert "sourceMappingURL" not in tree.xpath("//script[not(@type)]")[0].text


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.name)
def test_a_library_of_others_stands_with_its_version_licence_and_checksums(folder: Path) -> None:
    sums = dict(reversed(line.split()) for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    files = {file.name for file in folder.iterdir()} - {"SHA256SUMS", "VERSION"}
    assert {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files} == sums
    assert "LICENSE" in files
    assert re.fullmatch(r"[a-z-]+ \d+\.\d+\.\d+\n", (folder / "VERSION").read_text("utf-8"))


def test_what_is_cut_is_told_above_the_list_and_the_gravest_and_latest_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed, "MOST", 2)
    tree = tree_of(audit_of([STAYED, CALLS_OWED, WENT_BACK], []))
    assert rows_of(tree, "clause") == ["FUR0201", "FUR0902"]
    assert "Here stand the 2 gravest and latest of 3. The whole list: --output report.csv" in texts(
        tree, "//*[@id='violations']//p"
    )


def test_a_list_of_long_texts_is_cut_by_their_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed, "HEAVIEST", 100)
    duties = [{**CALLS_OWED, "id": str(n), "why": f"{n}" * 90} for n in range(5)]
    assert len(rows_of(tree_of(audit_of(duties, [])), "why")) == 1


def test_duties_that_were_met_stand_in_the_list_where_they_were_asked_for() -> None:
    met = duty(id="m", verdict="met", how="", met_at=datetime(2024, 3, 1))
    assert rows_of(tree_of(audit_of([met, STAYED], [])), "verdict") == ["violated", "met"]


def test_the_head_says_what_narrows_the_report() -> None:
    audit = replace(sample(), scope=Scope(managers=("Петров Иван",), severity="high"))
    (line,) = (line for line in texts(tree_of(audit), "//header/p") if "period" in line)
    assert line == "period: all · only Петров Иван · severity from high on"


def test_the_data_are_told_in_full() -> None:
    tree = tree_of(sample())
    said = texts(tree, "//*[@id='data-read']//dd")
    assert "march.xlsx › Дела · activities · 60,000 rows · 1 row not read" in said
    assert "FUR0201.at_least = 4 (by default 3)" in said
    assert [row["Why"] for row in table(tree, "//*[@id='data-read']/details[2]")] == ["нет исходящих сообщений"]
    assert texts(tree, "//*[@id='data-read']/details[3]//li") == [
        "Недозвон: разговор ведут по сценарию — записей разговоров нет в выгрузке"
    ]


def test_what_open_deals_are_worth_stands_beside_their_violations() -> None:
    tree = tree_of(audit_of([{**CALLS_OWED, "at_stake": 1500}, {**STAYED, "at_stake": 70000.5}], SCORES))
    assert "open deals with violations are worth 71,500.5" in texts(tree, "//ul[@class='figures']/li")[0]
    broken = table(tree, "(//*[@id='broken']//table)[1]")
    worth = {row["Clause"]: row["open deals worth"] for row in broken}
    assert worth == {"FUR0201": "1,500", "FUR0203": "·", "FUR0601": "·", "FUR0902": "70,000.5"}
    managers = table(tree, "(//*[@id='managers']//table)[1]")
    assert [row["open deals worth"] for row in managers] == ["·", "71,500.5"]
    assert "open deals worth" not in texts(tree_of(sample()), "//th")


def test_problems_alike_are_one_line_and_the_gravest_come_first() -> None:
    alike = [Problem(Place("a.xlsx", "Дела", row, "Время"), "не дата", Trouble.CELL) for row in (2, 3, 5)]
    refused = Problem(Place("b.xlsx"), "не читается", Trouble.REFUSED)
    tree = tree_of(replace(sample(), problems=(*alike, refused)))
    assert table(tree, "//*[@id='data-read']/details[1]") == [
        {"Where": "b.xlsx", "What": "не читается"},
        {"Where": "a.xlsx › Дела › 2 › Время", "What": "не дата; and 2 more rows like it: 3, 5"},
    ]


def test_where_nothing_was_judged_the_page_says_so_and_shows_no_figures() -> None:
    tree = tree_of(audit_of([], []))
    assert texts(tree, "//p[@class='nothing']")[0].startswith("Nothing to judge: ")
    assert tree.xpath("//ul[@class='figures']") == []
    assert "Nothing was broken." not in texts(tree, "//p")


def violated_on(*days: datetime) -> Audit:
    return audit_of([duty(id=str(day), due=day, arose=day) for day in days], [])


def test_bars_are_days_weeks_or_months_as_there_is_room() -> None:
    assert [(bar.label, bar.violated) for bar in bars(violated_on(datetime(2024, 3, 1, 10), datetime(2024, 3, 3)))] == [
        ("2024-03-01", 1), ("2024-03-02", 0), ("2024-03-03", 1)
    ]  # fmt: skip
    by_week = bars(violated_on(datetime(2023, 11, 1), datetime(2024, 3, 10)))
    assert (by_week[0].label, by_week[-1].label) == ("2023-10-30 – 2023-11-05", "2024-03-04 – 2024-03-10")
    by_month = bars(violated_on(datetime(2021, 5, 31), datetime(2024, 3, 10)))
    assert (by_month[0].label, by_month[-1].label) == ("2021-05-01 – 2021-05-31", "2024-03-01 – 2024-03-31")


def test_a_bar_tells_severities_apart_and_a_term_still_running_counts_on_the_audits_day() -> None:
    late, forbidden = duty(id="1", due=datetime(2024, 4, 1)), duty(id="2", severity="low", arose=datetime(2024, 3, 12))
    assert bars(audit_of([late, forbidden], [])) == [Bar(0, "2024-03-12", {"high": 1, "medium": 0, "low": 1})]
    assert bars(audit_of([], [])) == []


def test_what_is_owed_stands_by_its_day_all_of_it_counted() -> None:
    much_later = {**OWED_LATER, "due": datetime(2024, 6, 1)}
    owed = owed_by_day(audit_of([OWED_TODAY, OWED_TODAY, OWED_LATER, much_later], []), most=1)
    assert [(each.label, each.number, len(each.rows)) for each in owed] == [
        ("Tuesday 2024-03-12 · today", 2, 1),
        ("Wednesday 2024-03-20", 1, 0),
        ("later", 1, 0),
    ]


def test_who_owes_is_named_by_his_role_where_he_has_no_name() -> None:
    tree = tree_of(audit_of([{**OWED_TODAY, "manager": "", "role": "robot"}], SCORES))
    assert texts(tree, "//*[@id='ahead']//td")[0] == "CRM robot"


def test_what_of_the_owed_is_cut_is_told() -> None:
    tree = tree_of(audit_of([{**OWED_TODAY, "id": str(n)} for n in range(301)], SCORES))
    assert texts(tree, "//*[@id='ahead']//summary") == ["Tuesday 2024-03-12 · today — 301"]
    assert "Shown: 300 of 301. The whole list: --output report.csv" in texts(tree, "//*[@id='ahead']//p")
    full = tree_of(audit_of([OWED_TODAY] * 301, SCORES), View(full=True))
    assert len(full.xpath("//*[@id='ahead']//tbody/tr")) == 301


def test_departments_are_a_table_and_a_filter_only_where_there_are_several() -> None:
    assert "Departments" not in texts(tree_of(sample()), "//caption")
    other = {**SCORES[0], "manager": "Орлов", "department": "Опт"}
    tree = tree_of(audit_of([CALLS_OWED], [*SCORES, other]))
    assert "Departments" in texts(tree, "//caption")
    assert tree.xpath("//select[@name='department']")


def test_phones_and_addresses_are_masked_wherever_they_stand() -> None:
    secret = "Анна +7 916 123-45-67, anna@mail.ru"
    names = ("title", "manager", "why", "link")
    text = html_of(masked(counted([{**CALLS_OWED, **dict.fromkeys(names, secret)}])))
    assert "123-45" not in text and "anna@" not in text
    assert "*** ***-45-67" in text


@pytest.mark.usefixtures("in_russian")
def test_the_russian_page_is_russian() -> None:
    waivers = [replace(waiver, remarks=()) for waiver in sample().waivers]  # the sample's remarks are English data
    tree = tree_of(replace(sample(), waivers=tuple(waivers)))
    assert tree.get("lang") == "ru"
    words = json.dumps(json.loads(tree.get_element_by_id("data").text)["words"], ensure_ascii=False)
    said = " ".join(re.findall(r': "(.*?)"', words)) + " ".join(
        text for text in tree.xpath("//body//text()[not(ancestor::script)] | //@aria-label")
    )
    known = {"Europe", "Moscow", "march", "waivers", "xlsx", "output", "csv", "least", "duties", "strict", "CRM", "FUR"}
    assert set(re.findall("[A-Za-z]{3,}", said)) <= known


def test_the_same_audit_gives_the_same_page() -> None:
    assert html_of(sample()) == html_of(sample())


def test_a_page_and_its_library_are_imported_only_where_they_are_asked_for() -> None:
    code = """
import sys
from auditor.cli.app import app
from auditor.cli.check import check
print([name for name in sys.modules if name.startswith(("jinja2", "auditor.reports.page"))])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
