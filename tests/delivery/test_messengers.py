"""Messengers, by stand-ins on this machine that refuse, are busy, say nothing or cut the line."""

from pathlib import Path
from typing import Any

import pytest
from conftest import Service, free_port

from auditor.config.delivery import Bitrix24, Max, Telegram
from auditor.config.secrets import SecretPlace
from auditor.delivery.message import Message, NotSentError, UnsureError
from auditor.delivery.messengers import (
    check_bitrix24,
    check_max,
    check_telegram,
    send_bitrix24,
    send_max,
    send_telegram,
)

MESSAGE = Message("7f3a", "Нарушения", "Петров: [url=http://x]2[/url] новых")
TOKEN = SecretPlace(env="TOKEN")


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "12:s3cret")


def telegram(service: Service, **others: Any) -> Telegram:
    return Telegram(token=TOKEN, url=service.url, timeout=0.3, **others)


def test_bitrix24_is_asked_for_a_notification_whose_text_is_no_markup(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN", f"{service.url}/rest/1/s3cret/")
    send_bitrix24(Bitrix24(webhook=TOKEN), "17", MESSAGE)
    [(path, _headers, body)] = service.asked
    assert path == "/rest/1/s3cret/im.notify.system.add.json"
    assert body == {
        "USER_ID": "17", "MESSAGE": "Петров: (url=http://x)2(/url) новых", "TAG": "7f3a", "CLIENT_ID": "auditor",
    }  # fmt: skip


def test_telegram_is_given_plain_text(service: Service) -> None:
    send_telegram(telegram(service), "-100", MESSAGE)
    [(path, _headers, body)] = service.asked
    assert path == "/bot12:s3cret/sendMessage"
    assert body == {"chat_id": "-100", "text": MESSAGE.text, "link_preview_options": {"is_disabled": True}}


def test_max_is_given_its_token_in_a_header(service: Service) -> None:
    send_max(Max(token=TOKEN, url=service.url), "17", MESSAGE)
    [(path, headers, body)] = service.asked
    assert path == "/messages?user_id=17&disable_link_preview=true"
    assert headers["Authorization"] == "12:s3cret"
    assert body == {"text": MESSAGE.text}


def test_a_long_text_is_cut_between_lines(service: Service) -> None:
    lines = [f"{number}: сделка 😀 просрочена" for number in range(400)]
    send_telegram(telegram(service), "1", Message("k", "", "\n".join(lines)))
    text = service.asked[0][2]["text"]
    assert len(text.encode("utf-16-le")) // 2 <= 4096
    *kept, last = text.splitlines()
    assert (kept, last) == (lines[: len(kept)], "…")
    assert len(kept) > 140


def test_who_is_busy_is_asked_again(service: Service) -> None:
    service.answers, service.headers = [(429, {}), (503, {}), (200, {"ok": True})], {"Retry-After": "0"}
    send_telegram(telegram(service), "1", MESSAGE)
    assert len(service.asked) == 3


def test_who_stays_busy_took_nothing(service: Service) -> None:
    service.answers, service.headers = [(429, {"description": "Too Many Requests"})], {"Retry-After": "0"}
    with pytest.raises(NotSentError, match=r"127\.0\.0\.1.*429 Too Many Requests"):
        send_telegram(telegram(service), "1", MESSAGE)
    assert len(service.asked) == 3


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (403, {"ok": False, "description": "bot was blocked by the user"}, "403 bot was blocked by the user"),
        (401, {"error": "expired_token", "error_description": "The token 12:s3cret is old"}, "401 The token … is old"),
        (200, {"error": "ACCESS_DENIED"}, "200 ACCESS_DENIED"),
        (200, {"ok": False, "description": "chat not found"}, "200 chat not found"),
        (500, {}, "500"),
    ],
)
def test_a_refusal_is_told_once_in_the_services_words_without_the_secret(
    service: Service, status: int, body: dict[str, Any], words: str
) -> None:
    service.answers = [(status, body)]
    with pytest.raises(NotSentError) as told:
        send_telegram(telegram(service), "1", MESSAGE)
    assert words in str(told.value)
    assert "s3cret" not in str(told.value)
    assert len(service.asked) == 1


@pytest.mark.parametrize("answer", ["silent", "cut"])
def test_nobody_knows_where_the_answer_does_not_come(service: Service, answer: str) -> None:
    service.answers = [answer]
    with pytest.raises(UnsureError) as told:
        send_telegram(telegram(service), "1", MESSAGE)
    assert "s3cret" not in str(told.value)
    assert len(service.asked) == 1


def test_a_service_that_is_not_there_took_nothing(service: Service) -> None:
    service.url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(NotSentError, match=r"127\.0\.0\.1") as told:
        send_telegram(telegram(service), "1", MESSAGE)
    assert "s3cret" not in str(told.value)


def test_certificates_of_ones_own(secure_service: Service, authority: tuple[Any, Path]) -> None:
    send_telegram(telegram(secure_service, ca_file=authority[1]), "1", MESSAGE)
    assert len(secure_service.asked) == 1
    with pytest.raises(NotSentError, match="ca_file"):
        send_telegram(telegram(secure_service), "1", MESSAGE)
    assert len(secure_service.asked) == 1


def test_messages_go_through_a_proxy(service: Service) -> None:
    send_telegram(telegram(Service(url="http://127.0.0.1:1"), proxy=service.url), "1", MESSAGE)
    assert service.asked[0][0] == "http://127.0.0.1:1/bot12:s3cret/sendMessage"


def test_a_redirection_is_not_followed_with_the_secret(service: Service) -> None:
    service.answers, service.headers = [(302, {})], {"Location": f"{service.url}/elsewhere"}
    with pytest.raises(NotSentError):
        send_telegram(telegram(service), "1", MESSAGE)
    assert len(service.asked) == 1


def test_a_bot_is_asked_who_it_is(service: Service) -> None:
    service.answers = [(200, {"ok": True, "result": {"username": "audit_bot"}}), (200, {"name": "Аудит"})]
    assert check_telegram(telegram(service)).startswith("@audit_bot; ")
    assert check_max(Max(token=TOKEN, url=service.url)).startswith("Аудит; ")
    [(path, _headers, _body), (me, headers, _nothing)] = service.asked
    assert (path, me, headers["Authorization"]) == ("/bot12:s3cret/getMe", "/me", "12:s3cret")


@pytest.mark.parametrize(("rights", "good"), [(["crm", "im"], True), (["crm", "imbot"], False)])
def test_a_webhook_is_asked_whose_it_is_and_whether_it_may_notify(
    service: Service, monkeypatch: pytest.MonkeyPatch, rights: list[str], good: bool
) -> None:
    monkeypatch.setenv("TOKEN", f"{service.url}/rest/1/s3cret/")
    service.answers = [(200, {"result": {"NAME": "Анна", "LAST_NAME": "Громова"}}), (200, {"result": rights})]
    if good:
        assert check_bitrix24(Bitrix24(webhook=TOKEN)).startswith("Анна Громова; ")
    else:
        with pytest.raises(NotSentError, match="im"):
            check_bitrix24(Bitrix24(webhook=TOKEN))
    assert [path for path, _headers, _body in service.asked] == [
        "/rest/1/s3cret/profile.json", "/rest/1/s3cret/scope.json",
    ]  # fmt: skip


@pytest.mark.parametrize("answer", ["silent", (401, {"description": "Unauthorized 12:s3cret"}), (200, {"ok": False})])
def test_a_bot_that_is_refused_or_gets_no_answer(service: Service, answer: Any) -> None:
    service.answers = [answer]
    with pytest.raises(NotSentError, match=r"127\.0\.0\.1") as told:
        check_telegram(telegram(service))
    assert "s3cret" not in str(told.value)
