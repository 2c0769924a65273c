"""What all tests share: Russian unless a test asks otherwise; in CI nothing may be skipped."""

import os
from collections.abc import Iterator

import pytest

from auditor import i18n


@pytest.fixture(autouse=True)
def russian() -> Iterator[None]:
    """Every test begins and ends in the language that most users read."""
    i18n.activate("ru")
    yield
    i18n.activate("ru")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Names of tests stay readable in Russian; bytes, and texts that no terminal can show, are written as escapes."""
    is_strange = isinstance(val, bytes) or (isinstance(val, str) and not val.isprintable())
    return ascii(val) if is_strange else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In CI a skipped test is a failed one: what it needs belongs into the installation."""
    report = yield
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
    return report
