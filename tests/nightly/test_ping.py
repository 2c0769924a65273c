"""Telling who watches from outside."""

from collections.abc import Iterator

import pytest

from auditor.nightly.ping import Ping, ping
from tests.loopback import Quiet, serving

STATUS = {"/good": 200, "/good/start": 200, "/good/fail": 200, "/bad": 404}


@pytest.fixture
def watcher() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    told: list[tuple[str, str]] = []

    class Handler(Quiet):
        def do_POST(self) -> None:  # noqa: N802 (its own name)
            body = self.body().decode()
            told.append((self.path, body))
            self.send_response(STATUS[self.path])
            self.end_headers()

    with serving(Handler) as url:
        yield url, told


def test_start_success_and_failure(watcher: tuple[str, list[tuple[str, str]]]) -> None:
    url, told = watcher
    assert [ping(f"{url}/good", what, "2 новых") for what in Ping] == ["", "", ""]
    assert told == [("/good/start", "2 новых"), ("/good", "2 новых"), ("/good/fail", "2 новых")]


def test_without_an_address_nobody_is_told() -> None:
    assert ping(None, Ping.START) == ""


def test_a_watcher_that_does_not_take_it_is_a_warning_without_the_address(
    watcher: tuple[str, list[tuple[str, str]]],
) -> None:
    url, _told = watcher
    assert "127.0.0.1 отвечает 404" in ping(f"{url}/bad", Ping.SUCCESS)
    assert "127.0.0.1 не отвечает" in ping("http://127.0.0.1:1/secret-address", Ping.SUCCESS)
    assert "secret" not in ping("http://127.0.0.1:1/secret-address", Ping.SUCCESS)
