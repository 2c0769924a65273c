"""Pages of small audits, as they are written and as a browser shows them; one browser for all tests of a process."""

import io
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from auditor.audit.result import Audit
from auditor.reports.page.page import write_page
from auditor.reports.view import SHORT, View
from auditor.terms import Checked
from tests.reports.builders import AS_OF, audit_of, duty, row, sample, score

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "axe" / "axe.min.js"
PATIENCE = 90_000
"""Milliseconds that a busy machine gets."""
CLAUSES = {"FUR0201": "high", "FUR0202": "medium", "FUR0203": "low", "FUR0601": "medium", "FUR0902": "high"}


def html_of(audit: Audit, view: View = SHORT) -> str:
    file = io.BytesIO()
    write_page(audit, view, file)
    return file.getvalue().decode()


def violations(number: int, people: int = 4) -> list[dict[str, Any]]:
    """So many, the same every time."""
    by_chance = random.Random(number)
    return [_violation(by_chance, each, people) for each in range(number)]


def _violation(by_chance: random.Random, number: int, people: int) -> dict[str, Any]:
    clause, at = by_chance.choice(list(CLAUSES)), AS_OF - timedelta(minutes=by_chance.randrange(500_000))
    return duty(
        id=f"{number:016x}", clause=clause, severity=CLAUSES[clause], deal=str(number), title=f"Кухня № {number}",
        manager=f"Менеджер {by_chance.randrange(people)}", arose=at, due=at + timedelta(hours=1), overrun=number % 77,
        unit="hours", why=f"Звонок {at:%d.%m.%Y %H:%M}: нужно 3, было {number % 3}, клиент {number}.",
        findings=[Checked("звонок", "3", str(number % 3), False)], evidence=[row(number), row(number, "История")],
    )  # fmt: skip


def counted(duties: list[dict[str, Any]]) -> Audit:
    """The audit of these violations, with the scores that they make."""
    audit = audit_of(duties, [])
    keys = ["manager", "clause", "severity"]
    scores = [score(*names, missed=len(theirs)) for names, theirs in audit.duties.groupby(keys)]
    return replace(audit, scores=pd.DataFrame(scores), inputs=sample().inputs)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else [])


Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Opens the page of an audit, or this one, from the disk; what it asked for or complained of fails the test at its
    end."""
    contexts, complaints = [], []

    def open_page(shown: Audit | str, *, view: View = SHORT, scheme: Any = "light", width: int = 1280) -> Page:
        path = tmp_path / "report.html"
        path.write_text(shown if isinstance(shown, str) else html_of(shown, view), encoding="utf-8")
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, offline=True)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: asked.url == path.as_uri() or complaints.append(asked.url))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def findings(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds wrong, and where."""
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    found = page.evaluate("async () => (await axe.run()).violations")
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


def shown(page: Page, column: str) -> list[str]:
    """What a column says in the rows of this page of the list."""
    return page.locator(f"#list .tabulator-cell[tabulator-field={column}]").all_inner_texts()
