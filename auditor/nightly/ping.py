"""Who watches from outside is told of each start, success and failure (the protocol of healthchecks): only so a run
that never happened is noticed."""

from enum import StrEnum

import urllib3

from auditor.i18n import _

SECONDS = 10
MOST = 10_000


class Ping(StrEnum):
    """What is told, as the address ends."""

    START = "/start"
    SUCCESS = ""
    FAIL = "/fail"


def ping(url: str | None, what: Ping, words: str = "") -> str:
    """Tell it; why that failed, empty where it did not. Never raises: the run goes on without."""
    if not url:
        return ""
    try:
        with urllib3.PoolManager() as pool:
            answer = pool.request(
                "POST", url.rstrip("/") + what, body=words.encode()[:MOST], timeout=SECONDS, retries=urllib3.Retry(2)
            )
    except urllib3.exceptions.HTTPError:
        return _("nobody could be told that the run is under way: {server} does not answer").format(server=_host(url))
    if answer.status != 200:
        return _("nobody could be told that the run is under way: {server} answers {status}").format(
            server=_host(url), status=answer.status
        )
    return ""


def _host(url: str) -> str:
    """The address itself is a secret of a kind."""
    return urllib3.util.parse_url(url).host or ""
