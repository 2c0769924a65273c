"""The page of a deal and that of a day as a browser shows them: nothing is asked for, nobody is shut out."""

import pytest

from auditor.cli.program import run
from fixtures.demo import write_demo
from tests.reports.page.conftest import Opened, findings

ASKED = {"deal": ("--deal", "10001"), "day": ("--manager", "Смирнов", "--day", "16.09.2024")}


@pytest.fixture(scope="module", params=ASKED)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("explained")
    write_demo(folder, regulation="FUR", deals=20, seed=3)
    asked = ("explain", str(folder / "exports"), *ASKED[request.param], "--output", str(folder / "a.html"))
    assert run([*asked, "--lang", "ru"]) == 0
    return (folder / "a.html").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(opened: Opened, page: str, scheme: str) -> None:
    shown = opened(page, scheme=scheme)
    assert shown.locator("h2", has_text="Что произошло").count() == 1
    assert findings(shown) == []


def test_a_narrow_window_needs_no_scrolling_aside(opened: Opened, page: str) -> None:
    assert opened(page, width=400).evaluate("document.documentElement.scrollWidth") <= 400
