"""The ways to people, by their names under `[delivery]`."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from auditor.delivery.mail import check_mail, send_mail
from auditor.delivery.message import Message
from auditor.delivery.messengers import (
    check_bitrix24,
    check_max,
    check_telegram,
    send_bitrix24,
    send_max,
    send_telegram,
)


class Way(NamedTuple):
    """`secret`: the setting that says where its secret is kept; `send`: hands a message over to an address; `check`:
    asks the service whether it would take one, and says whose the secret is."""

    secret: str
    send: Callable[[Any, str, Message], None]
    check: Callable[[Any], str]


WAYS: Mapping[str, Way] = {
    "mail": Way("password", send_mail, check_mail),
    "bitrix24": Way("webhook", send_bitrix24, check_bitrix24),
    "telegram": Way("token", send_telegram, check_telegram),
    "max": Way("token", send_max, check_max),
}
