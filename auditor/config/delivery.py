"""`[delivery]`: who is told of a night, by which ways, and of what.

Paths are absolute; a secret is a `SecretPlace`, read only when something is sent."""

from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from auditor.choices import one_of
from auditor.config.secrets import Kept
from auditor.config.values import Beside, Email, Proxy, Some, Table, Texts, Url
from auditor.i18n import _

MANAGERS, HEADS = "managers", "heads"
"""In `to`: each manager is told of his own, each head of his department, a head without a department of everything."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PORTS = {"starttls": 587, "tls": 465, "none": 25}
_AUDIENCES = {"managers": MANAGERS, "менеджеры": MANAGERS, "heads": HEADS, "руководители": HEADS}


def _recipient(value: object) -> object:
    """A text, or the number of a chat or user as one."""
    if isinstance(value, str):
        return _AUDIENCES.get(value.casefold(), value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Recipient = Annotated[str, BeforeValidator(_recipient), WithJsonSchema({"type": ["string", "integer"]})]
Recipients = Annotated[tuple[Recipient, ...], Field(strict=False)]
Port = Annotated[int, Field(ge=1, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=600)]


class Channel(Table):
    """A way to people. `to`: `managers`, `heads`, and who is told everything: names of `[people]` or addresses."""

    to: Recipients = (MANAGERS, HEADS)
    ca_file: Beside | None = None
    """Certificates to trust beside the usual ones (PEM)."""
    timeout: Seconds = 30


class Mail(Channel):
    """SMTP. The report is attached as a workbook."""

    host: str
    port: Port | None = None
    """None: the usual one, see `usual_port`."""
    security: Annotated[str, AfterValidator(one_of(*PORTS))] = "starttls"
    user: str = ""
    password: Kept | None = None
    sender: Email
    attach: Texts = ("xlsx",)
    """Formats of the report."""

    @property
    def usual_port(self) -> int:
        """The port named, else the usual one of its security."""
        return self.port or PORTS[self.security]

    @model_validator(mode="after")
    def _no_open_password(self) -> Self:
        if self.password and self.security == "none":
            raise ValueError(_("Without encryption (security = none) no password is sent: leave one of them out."))
        return self


class Messenger(Channel):
    """A way over HTTP; `proxy` without a password."""

    proxy: Proxy | None = None


class Bitrix24(Messenger):
    """Notifications of Bitrix24; people are known by `bitrix24` of `[people]`."""

    webhook: Kept
    """The whole address of an incoming webhook with the right im: https://company.bitrix24.ru/rest/1/…/"""


class Telegram(Messenger):
    """A bot of Telegram; people are known by `telegram` of `[people]`."""

    token: Kept
    url: Url = "https://api.telegram.org"


class Max(Messenger):
    """A bot of MAX; people are known by `max` of `[people]`."""

    token: Kept
    url: Url = "https://platform-api2.max.ru"


class Delivery(Table):
    """What every way has in common; a way without a section of its own is not used."""

    on: Annotated[str, AfterValidator(one_of("changes", "always"))] = "changes"
    """`changes`: only what is new, closed late or reopened, and nothing where there is none; `always`: every night."""
    digest: Annotated[str, AfterValidator(one_of(*WEEKDAYS, "never"))] = "monday"
    """The day on which what stays open is told once a week."""
    items: Some = 10
    """So many violations stand in a message; the rest is a number, a link or the attachment."""
    link: Url | None = None
    """Where the reports are to be seen."""
    mask: bool = False
    mail: Mail | None = None
    bitrix24: Bitrix24 | None = None
    telegram: Telegram | None = None
    max: Max | None = None
