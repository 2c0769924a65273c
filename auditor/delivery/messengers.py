"""Messages by messengers over HTTP: Bitrix24, Telegram, MAX."""

import json
import logging
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import urllib3
from pydantic import SecretStr
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from auditor.config.delivery import Bitrix24, Max, Messenger, Telegram
from auditor.delivery.message import Message, NotSentError, UnsureError
from auditor.delivery.trust import distrusted, trust
from auditor.i18n import _
from auditor.reports.safe import short, units

# its lines hold addresses, and with them tokens
logging.getLogger("urllib3").setLevel(logging.CRITICAL)

BUSY = (429, 503)
"""The service took nothing, and may be asked again soon."""
LONGEST_WAIT = 60
"""Seconds; who asks for more is asked again the next night."""
MOST_OF_AN_ANSWER = 1 << 16
MOST_IN_TELEGRAM, MOST_IN_MAX, MOST_IN_BITRIX24 = 4096, 4000, 20_000
BRACKETS = str.maketrans("[]", "()")
"""Bitrix24 reads [b] and [url] in a text as its own."""


def send_bitrix24(portal: Bitrix24, to: str, message: Message) -> None:
    """A notification to a user of the portal. `TAG`: one that is sent twice takes the place of the first."""
    webhook = portal.webhook.read()
    url = webhook.get_secret_value().rstrip("/") + "/im.notify.system.add.json"
    text = _cut(message.text.translate(BRACKETS), MOST_IN_BITRIX24)
    body = {"USER_ID": to, "MESSAGE": text, "TAG": message.key, "CLIENT_ID": "auditor"}
    _ask(portal, "POST", url, body, secret=webhook)


def send_telegram(bot: Telegram, to: str, message: Message) -> None:
    """A message of the bot to a chat, as plain text without previews."""
    token = bot.token.read()
    text = _cut(message.text, MOST_IN_TELEGRAM)
    body = {"chat_id": to, "text": text, "link_preview_options": {"is_disabled": True}}
    _ask(bot, "POST", f"{bot.url.rstrip('/')}/bot{token.get_secret_value()}/sendMessage", body, secret=token)


def send_max(bot: Max, to: str, message: Message) -> None:
    """A message of the bot to a user, as plain text without previews."""
    token = bot.token.read()
    url = f"{bot.url.rstrip('/')}/messages?" + urlencode({"user_id": to, "disable_link_preview": "true"})
    body = {"text": _cut(message.text, MOST_IN_MAX)}
    _ask(bot, "POST", url, body, {"Authorization": token.get_secret_value()}, token)


def check_bitrix24(portal: Bitrix24) -> str:
    """Whose webhook it is. Raises NotSentError where it may send no notifications."""
    webhook = portal.webhook.read()
    url = webhook.get_secret_value().rstrip("/")
    whose = _look(portal, f"{url}/profile.json", webhook).get("result") or {}
    if "im" not in (_look(portal, f"{url}/scope.json", webhook).get("result") or ()):
        raise NotSentError(_("the webhook lacks the right im (chat and notifications): add it in Bitrix24"))
    return _holds(f"{whose.get('NAME', '')} {whose.get('LAST_NAME', '')}")


def check_telegram(bot: Telegram) -> str:
    """Whose token it is. Raises NotSentError."""
    token = bot.token.read()
    told = _look(bot, f"{bot.url.rstrip('/')}/bot{token.get_secret_value()}/getMe", token).get("result") or {}
    return _holds(f"@{told.get('username', '')}")


def check_max(bot: Max) -> str:
    """Whose token it is. Raises NotSentError."""
    token = bot.token.read()
    told = _look(bot, f"{bot.url.rstrip('/')}/me", token, {"Authorization": token.get_secret_value()})
    return _holds(str(told.get("name") or told.get("first_name", "")))


def _look(way: Messenger, url: str, secret: SecretStr, headers: Mapping[str, str] | None = None) -> Mapping[str, Any]:
    """The answer to a question that changes nothing."""
    try:
        return _ask(way, "GET", url, headers=headers, secret=secret)
    except UnsureError:
        raise NotSentError(_("{server} does not answer").format(server=urllib3.util.parse_url(url).host)) from None


def _holds(name: str) -> str:
    """None of the services tells an end of such a key."""
    return _("{name}; the key holds until somebody revokes it").format(name=short(name.strip()) or "?")


def _cut(text: str, most: int) -> str:
    """The text, at most so long, cut between lines."""
    if units(text) <= most:
        return text
    kept = ""
    for line in text.splitlines(keepends=True):
        if units(kept + line) >= most:
            break
        kept += line
    return (kept or short(text, most // 2)).rstrip() + "\n…"


def _ask(
    way: Messenger, method: str, url: str, body: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None, secret: SecretStr | None = None,
) -> Mapping[str, Any]:  # fmt: skip
    """The answer. Raises NotSentError where the service did not take it, UnsureError where it may have."""
    where = urllib3.util.parse_url(url).host
    busy = urllib3.Retry(
        2, connect=2, read=0, redirect=0, status_forcelist=BUSY, allowed_methods=None, backoff_factor=1,
        retry_after_max=LONGEST_WAIT, raise_on_status=False,
    )  # fmt: skip
    try:
        with _pool(way) as pool:
            answer = pool.request(method, url, json=body, headers=headers, retries=busy, timeout=way.timeout,
                                  preload_content=False)  # fmt: skip
            words = answer.read(MOST_OF_AN_ANSWER)
    except HTTPError as error:
        raise _what_became(error, str(where)) from None
    return _checked(answer.status, words, str(where), secret)


def _pool(way: Messenger) -> urllib3.PoolManager:
    context = trust(way.ca_file)
    if way.proxy:
        return urllib3.ProxyManager(way.proxy, ssl_context=context)
    return urllib3.PoolManager(ssl_context=context)


def _what_became(error: HTTPError, where: str) -> NotSentError | UnsureError:
    """The library's own words are not told: they hold the address, and with it the token."""
    reason = error.reason if isinstance(error, MaxRetryError) else error
    if isinstance(reason, SSLError):
        return NotSentError(f"{where}: {distrusted()}")
    if isinstance(reason, ProxyError):
        return NotSentError(_("the proxy does not let through to {server}").format(server=where))
    if isinstance(reason, ConnectTimeoutError | NewConnectionError):
        return NotSentError(_("{server} cannot be reached").format(server=where))
    if isinstance(reason, ReadTimeoutError | ProtocolError):
        return UnsureError(_("{server} took the message and did not answer").format(server=where))
    return NotSentError(_("{server} does not take messages there").format(server=where))


def _checked(status: int, words: bytes, where: str, secret: SecretStr | None) -> Mapping[str, Any]:
    """What it answers; NotSentError, with the service's words, where it refuses: by its status, or in its answer."""
    try:
        told = json.loads(words)
    except ValueError:
        told = None
    if status == 200 and isinstance(told, dict) and "error" not in told and told.get("ok", True):
        return told
    what = _words_of(told) if isinstance(told, dict) else ""
    for hidden in _parts(secret):
        what = what.replace(hidden, "…")
    raise NotSentError(_("{server} refuses: {answer}").format(server=where, answer=short(f"{status} {what}")))


def _parts(secret: SecretStr | None) -> Iterator[str]:
    """A token, or an address and the code at its end."""
    if secret is not None:
        address = secret.get_secret_value()
        yield from (address, address.rstrip("/").rpartition("/")[2])


def _words_of(told: Mapping[str, Any]) -> str:
    """Bitrix24, Telegram and MAX name the reason each in their own way."""
    return str(told.get("error_description") or told.get("description") or told.get("message") or told.get("error", ""))
