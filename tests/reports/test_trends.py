"""The history as a page and as a workbook: the numbers are those of its JSON, hostile names stay text."""

import io
import json
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from auditor import i18n
from auditor.history.night import Sight
from auditor.history.past import Past, Trend, past_of
from auditor.history.record import record
from auditor.history.store import Store
from auditor.reports.amounts import day, decimal, percent
from auditor.reports.past_json import past_json
from auditor.reports.trends.drawn import plot_of
from auditor.reports.trends.page import page_of
from auditor.reports.trends.workbook import write_workbook
from tests.history.nights import SIGHTS, audited, duty, late
from tests.reports.builders import score
from tests.reports.workbooks import parts_of, rows_of

HOSTILE = '=1+1</td><script>alert(1)</script>"'
pytestmark = pytest.mark.filterwarnings("ignore:Sparkline")
NIGHTS = ["new", "reopened", "closed_late", "withdrawn", "open"]


@pytest.fixture
def past(tmp_path: Path) -> Past:
    """Four nights: a clause that is not judged on the third, another rule on the fourth, an old pile that declines."""
    store = Store(str(tmp_path / "nights.db"), company="a")
    for number in range(4):
        found = [duty(f"w{n}", deal=str(n), due=datetime(2026, 2, 2) + timedelta(weeks=n)) for n in range(6 - number)]
        gone = [late(f"w{n}", deal=str(n)) for n in range(6 - number, 6)]
        judged = score(HOSTILE, "FUR0201", "high", met=3, missed=number)
        scores = [{**score("Петрова Анна", "FUR0902", "high", met=1, missed=2), "department": "Опт"}]
        sights = {**SIGHTS, "FUR0201": Sight(rule="r1" if number < 3 else "r2")}
        shown = [*scores, judged] if number != 2 else scores
        hostile = duty("h", deal="<b>7", manager=HOSTILE)
        record(audited(*found, *gone, hostile, scores=shown, day=number, sights=sights), store)
    return past_of(store, date(2026, 3, 1))


class Cells(HTMLParser):
    """Of each table the texts of its rows; and all tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.tags: list[str] = []
        self.in_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
        self.in_cell = tag in ("td", "th")

    def handle_endtag(self, tag: str) -> None:
        self.in_cell = False

    def handle_data(self, data: str) -> None:
        if self.in_cell:
            self.tables[-1][-1][-1] += data


def share(value: float | None) -> str:
    """As the page writes it, whose blanks are plain."""
    return percent(value).replace(i18n.NO_BREAK, " ")


def columns_of(past: Past) -> list[list[Any]]:
    """What JSON says of the nights: counts, then shares."""
    told = json.loads(past_json(past))
    return [*(told[name] for name in NIGHTS), told["old"]["values"], told["compliance"]["values"]]


def read(told: dict[str, Any]) -> dict[str, list[Any]]:
    return {each["manager"]: each["values"] for each in told["managers"]}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_page_tells_the_numbers_of_json(past: Past, language: str) -> None:
    i18n.activate(language)
    cells = Cells("".join(page_of(past)))
    *counts, shares = columns_of(past)
    rows = [
        [day(when), *("—" if c[at] is None else decimal(c[at]) for c in counts), share(shares[at])]
        for at, when in enumerate(past.days)
    ]
    managers = read(json.loads(past_json(past)))
    kept = [[day(when), *(share(values[at]) for values in managers.values())] for at, when in enumerate(past.days)]
    nights, first, by_night = cells.tables[:3]
    assert [row[:-1] for row in nights[1:]] == rows[::-1]
    assert [row[-1] for row in nights[1:]] == ["FUR0201", "", "", ""]
    assert [row[0] for row in first] == by_night[0][1:] == [HOSTILE, "Петрова Анна"]
    assert by_night[1:] == kept[::-1]


def test_the_page_tells_what_is_open_longest_and_who_repeats(past: Past) -> None:
    i18n.activate("en")
    *_others, longest, again = Cells("".join(page_of(past))).tables
    assert longest[1][:4] == ["39", "Иванов Иван", "Deal 0", "FUR0902"]
    assert [row[2] for row in longest[1:]] == ["Deal 0", "Deal 1", "Deal 2", "Deal <b>7"]
    assert again[1:] == [["Иванов Иван", "FUR0902", "4", "6"]]


def test_the_page_requests_nothing_and_obeys_no_name(past: Past) -> None:
    page = "".join(page_of(past))
    assert "default-src 'none'; style-src 'sha256-" in page.replace("&#39;", "'")
    assert {"script", "b", "img", "link"}.isdisjoint(Cells(page).tags)
    assert "style=" not in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Due before 2026-03-01 and not done: 4 → 3"),
        ("ru", "Срок был до 01.03.2026, и не сделано: 4 → 3"),
    ],
)
def test_the_old_pile_is_told_with_its_pace(past: Past, language: str, said: str) -> None:
    i18n.activate(language)
    assert said in "".join(page_of(past))
    assert any(said in str(row[0]) for row in rows_of(book_of(past).worksheets[0]))


def book_of(past: Past) -> Workbook:
    return load_workbook(io.BytesIO(bytes_of(past)))


def bytes_of(past: Past) -> bytes:
    file = io.BytesIO()
    write_workbook(past, file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Trends", "Kept", "Not done longest", "Again and again"]),
        ("ru", ["Динамика", "Соблюдено", "Дольше всего не сделано", "Снова и снова"]),
    ],
)
def test_the_workbook_holds_the_numbers_of_json(past: Past, language: str, names: list[str]) -> None:
    i18n.activate(language)
    book = book_of(past)
    assert book.sheetnames == names
    nights, shares, longest, again = (rows_of(sheet) for sheet in book.worksheets)
    found = [row for row in nights if isinstance(row[0], datetime)]
    assert [row[0].date() for row in found] == list(past.days)
    for column, values in enumerate(columns_of(past), 1):
        assert [row[column] for row in found] == values
    assert [row[8] for row in found] == [None, None, None, "FUR0201"]
    assert [when.date() for when in shares[0][3:]] == list(past.days)
    by_name = {row[1]: row[3:] for row in shares[1:]}
    told = json.loads(past_json(past))
    assert by_name == {**read(told), **{each["clause"]: each["values"] for each in told["clauses"]},
                       **{each["department"]: each["values"] for each in told["departments"]}}  # fmt: skip
    assert [(row[0], row[7]) for row in longest[3:]] == [(each["days"], each["id"]) for each in told["not_done"]]
    assert [row[:4] for row in again[3:]] == [list(each.values()) for each in told["repeated"]]


def test_the_charts_draw_the_cells_of_the_nights(past: Past) -> None:
    i18n.activate("en")
    parts = parts_of(bytes_of(past))
    drawn = [text for name, text in parts.items() if name.startswith("xl/charts/chart")]
    assert [text.count("<c:ser>") for text in drawn] == [4, 2, 1]
    assert ["dateAx" in text for text in drawn] == [True, True, True]
    first = next(at for at, row in enumerate(rows_of(book_of(past).worksheets[0]), 1) if isinstance(row[0], datetime))
    assert f"Trends!$B${first}:$B${first + 3}" in drawn[0]
    assert f"Trends!$H${first}:$H${first + 3}" in drawn[2]
    assert "Kept!D2:G2" in parts["xl/worksheets/sheet2.xml"]


def test_no_formula_and_the_same_bytes(past: Past) -> None:
    assert all("<f>" not in text for name, text in parts_of(bytes_of(past)).items() if "sheets/sheet" in name)
    assert bytes_of(past) == bytes_of(past)


DAYS = tuple(date(2026, 3, 10) + timedelta(n) for n in (0, 1, 2, 4, 5))


@pytest.mark.parametrize(
    ("values", "breaks", "lines", "alone"),
    [
        ((0, 1, 2, 4, 4), (), ["0.0,100.0 20.0,75.0 40.0,50.0 80.0,0.0 100.0,0.0"], []),
        ((4, None, 2, 4, None), (), ["40.0,50.0 80.0,0.0"], [(0.0, 0.0)]),
        ((4, 4, 4, 4, 0), (DAYS[2],), ["0.0,0.0 20.0,0.0", "40.0,0.0 80.0,0.0 100.0,100.0"], []),
        ((0, 0, 0, 0, 0), (), ["0.0,100.0 20.0,100.0 40.0,100.0 80.0,100.0 100.0,100.0"], []),
        ((None,) * 5, (), [], []),
    ],
)
def test_a_line_ends_where_there_is_no_number_or_another_rule(values, breaks, lines, alone) -> None:
    trend = Trend("", DAYS, values, breaks)
    plot = plot_of([trend], 100, 100, share=False)
    assert (plot.lines(trend), plot.alone(trend)) == (lines, alone)


def test_shares_are_drawn_from_none_to_all_and_a_single_night_in_the_middle() -> None:
    trend = Trend("", DAYS[:1], (0.5,))
    assert plot_of([trend], 100, 100, share=True).alone(trend) == [(50.0, 50.0)]
