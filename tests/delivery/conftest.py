"""Servers on this machine that take messages, refuse them, are busy, slow or cut the line."""

import json
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.history.conftest import company, file_store, postgres, server_store, store  # noqa: F401
from tests.loopback import Quiet, serving

REFUSED = "refused@company.example"


@dataclass
class Mailbox:
    """What a mail server took. `cuts`: it cuts the line when it has the content; `goodbye`: its last words."""

    cuts: bool = False
    goodbye: str = "221 Bye"
    taken: list[tuple[str, bytes]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's own name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address == REFUSED:
            return "550 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        if self.cuts:
            server.transport.abort()
        return "250 OK"

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        return self.goodbye


def _known(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: Any) -> AuthResult:
    good = isinstance(login, LoginPassword) and (login.login, login.password) == (b"auditor", b"s3cret")
    return AuthResult(success=good, handled=False)


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, Path]:
    """Who signs the servers' certificates, and the file that says so."""
    signer = trustme.CA()
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    signer.cert_pem.write_to_path(str(file))
    return signer, file


@pytest.fixture(scope="session")
def tls(authority: tuple[trustme.CA, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority[0].issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def starttls(mailbox: Mailbox, tls: ssl.SSLContext) -> Iterator[int]:
    """The port of a mail server that takes mail only after STARTTLS and login."""
    controller = Controller(
        mailbox, hostname="127.0.0.1", port=free_port(), tls_context=tls, require_starttls=True, auth_required=True,
        authenticator=_known,
    )  # fmt: skip
    controller.start()
    yield controller.port
    controller.stop()


@pytest.fixture
def smtps(mailbox: Mailbox, tls: ssl.SSLContext) -> Iterator[int]:
    """The port of a mail server that speaks TLS from the beginning."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), ssl_context=tls)
    controller.start()
    yield controller.port
    controller.stop()


@dataclass
class Service:
    """A messenger. `answers`: what it answers, one after the other, the last one from then on: a status and a body, or
    `cut`, or `silent`."""

    url: str = ""
    answers: list[tuple[int, dict[str, Any]] | str] = field(default_factory=lambda: [(200, {})])
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)

    def answer(self) -> tuple[int, dict[str, Any]] | str:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def service() -> Iterator[Service]:
    yield from _serve(None)


@pytest.fixture
def secure_service(tls: ssl.SSLContext) -> Iterator[Service]:
    """The same over TLS."""
    yield from _serve(tls)


def _serve(context: ssl.SSLContext | None) -> Iterator[Service]:
    found = Service()

    class Handler(Quiet):
        def do_POST(self) -> None:  # noqa: N802 (its own name)
            content = self.body()
            found.asked.append((self.path, dict(self.headers), json.loads(content or "{}")))
            answer = found.answer()
            if answer == "silent":
                time.sleep(1)
            if isinstance(answer, str):
                self.close_connection = True
                return
            body = json.dumps(answer[1]).encode()
            self.send_response(answer[0])
            for name, value in {**found.headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:  # noqa: N802 (its own name)
            self.do_POST()

    with serving(Handler, context) as found.url:
        yield found
