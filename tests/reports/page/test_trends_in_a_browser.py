"""The history's page as a browser shows it: lines are drawn, nothing is asked for, nobody is shut out."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from auditor.history.past import past_of
from auditor.history.record import record
from auditor.history.store import Store
from auditor.reports.trends.page import page_of
from tests.history.nights import audited, duty
from tests.reports.builders import score
from tests.reports.page.conftest import Opened, findings


@pytest.fixture
def page(tmp_path: Path) -> str:
    store = Store(str(tmp_path / "nights.db"), company="a")
    for day in range(3):
        found = [duty(f"w{n}", deal=str(n), due=datetime(2026, 2, 2) + timedelta(weeks=n)) for n in range(6 - day)]
        record(audited(*found, scores=[score("Иванов Иван", "FUR0902", "high", met=day, missed=2)], day=day), store)
    return "".join(page_of(past_of(store)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(opened: Opened, page: str, scheme: str) -> None:
    shown = opened(page, scheme=scheme)
    shown.locator("summary").first.click()
    assert shown.locator("figure polyline.c0").count() == 6
    assert findings(shown) == []


def test_a_narrow_window_needs_no_scrolling_aside(opened: Opened, page: str) -> None:
    assert opened(page, width=400).evaluate("document.documentElement.scrollWidth") <= 400
