"""Mail over a real server on this machine: encryption, login, a recipient who is refused, a line that is cut."""

import email
import socket
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from conftest import REFUSED, Mailbox, free_port

from auditor.config.delivery import Mail
from auditor.config.secrets import SecretPlace
from auditor.delivery.mail import check_mail, send_mail
from auditor.delivery.message import Attachment, Message, NotSentError, UnsureError

MESSAGE = Message(
    "7f3a", "Нарушения: 2 новых\nBcc: all@company.example", "Две сделки.", "<p>Две сделки.</p>",
    (Attachment("отчёт.csv", "text/csv", b"\xef\xbb\xbfa;b"),),
)  # fmt: skip
TO = "petrov@company.example"


@pytest.fixture
def mail(authority: tuple[Any, Path], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("PASSWORD", "s3cret")

    def made(port: int, **others: Any) -> Mail:
        told = {"security": "starttls", "user": "auditor", "password": SecretPlace(env="PASSWORD")} | others
        return Mail(
            host="127.0.0.1", port=port, sender="auditor@company.example", ca_file=authority[1], timeout=5, **told
        )

    return made


def taken(mailbox: Mailbox) -> EmailMessage:
    [(_to, content)] = mailbox.taken
    return email.message_from_bytes(content, _class=EmailMessage, policy=policy.SMTP)


def test_a_letter_has_text_page_and_files_and_says_that_a_program_wrote_it(
    mail: Any, starttls: int, mailbox: Mailbox
) -> None:
    send_mail(mail(starttls), TO, MESSAGE)
    letter = taken(mailbox)
    assert mailbox.taken[0][0] == TO
    assert (letter["Subject"], letter["Bcc"]) == ("Нарушения: 2 новых Bcc: all@company.example", None)
    assert (letter["Message-ID"], letter["Auto-Submitted"]) == ("<7f3a@company.example>", "auto-generated")
    text, page = (letter.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None and text.get_content().strip() == "Две сделки."
    assert page is not None and page.get_content().strip() == "<p>Две сделки.</p>"
    [file] = letter.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("отчёт.csv", "text/csv")
    assert file.get_payload(decode=True) == b"\xef\xbb\xbfa;b"


def test_tls_from_the_beginning(mail: Any, smtps: int, mailbox: Mailbox) -> None:
    send_mail(mail(smtps, security="tls", user="", password=None), TO, MESSAGE)
    assert [to for to, _content in mailbox.taken] == [TO]


def test_a_refused_recipient_is_told_with_the_servers_words(mail: Any, starttls: int, mailbox: Mailbox) -> None:
    with pytest.raises(NotSentError, match="550 no such user here"):
        send_mail(mail(starttls), REFUSED, MESSAGE)
    assert mailbox.taken == []


def test_nobody_knows_what_became_of_a_letter_whose_line_was_cut(mail: Any, starttls: int, mailbox: Mailbox) -> None:
    mailbox.cuts = True
    with pytest.raises(UnsureError, match="прервалась"):
        send_mail(mail(starttls), TO, MESSAGE)
    assert [to for to, _content in mailbox.taken] == [TO]


def test_a_letter_that_was_taken_is_sent_however_the_server_says_goodbye(
    mail: Any, starttls: int, mailbox: Mailbox
) -> None:
    mailbox.goodbye = "500 too late"
    send_mail(mail(starttls), TO, MESSAGE)
    assert [to for to, _content in mailbox.taken] == [TO]


def test_a_wrong_password_is_told_and_not_shown(mail: Any, starttls: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSWORD", "wr0ng")
    with pytest.raises(NotSentError, match="535") as told:
        send_mail(mail(starttls), TO, MESSAGE)
    assert "wr0ng" not in str(told.value)


def test_a_certificate_that_nobody_signed_is_told_with_advice(mail: Any, starttls: int, mailbox: Mailbox) -> None:
    with pytest.raises(NotSentError, match="ca_file"):
        send_mail(mail(starttls).model_copy(update={"ca_file": None}), TO, MESSAGE)
    assert mailbox.taken == []


def test_a_file_that_holds_no_certificates_is_named(mail: Any, starttls: int, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    with pytest.raises(NotSentError, match=r"ca\.pem.*PEM"):
        send_mail(mail(starttls).model_copy(update={"ca_file": tmp_path / "ca.pem"}), TO, MESSAGE)


def test_tls_where_the_server_speaks_none_and_the_other_way_round(mail: Any, starttls: int, smtps: int) -> None:
    with pytest.raises(NotSentError, match="порт"):
        send_mail(mail(starttls, security="tls"), TO, MESSAGE)
    with pytest.raises(NotSentError, match=f"127.0.0.1:{smtps}"):
        send_mail(mail(smtps).model_copy(update={"timeout": 0.3}), TO, MESSAGE)


def test_a_server_that_is_not_there(mail: Any) -> None:
    port = free_port()
    with pytest.raises(NotSentError, match=f"127.0.0.1:{port}"):
        send_mail(mail(port), TO, MESSAGE)


def test_a_server_is_tried_without_a_letter(mail: Any, starttls: int, mailbox: Mailbox) -> None:
    assert f"127.0.0.1:{starttls}" in check_mail(mail(starttls))
    assert mailbox.taken == []


def test_a_sender_in_russian_letters_is_tried_as_letters_are_sent(mail: Any, starttls: int) -> None:
    russian = mail(starttls).model_copy(update={"sender": "auditor@почта.рф"})
    assert "auditor@почта.рф" in check_mail(russian)


def test_a_wrong_password_is_found_without_a_letter(mail: Any, starttls: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSWORD", "wrong")
    with pytest.raises(NotSentError, match="535") as told:
        check_mail(mail(starttls))
    assert "wrong" not in str(told.value)


def test_a_server_that_does_not_know_the_sender(mail: Any, starttls: int, mailbox: Mailbox) -> None:
    async def refuse(*_asked: object) -> str:
        return "553 sender is not yours"

    mailbox.handle_MAIL = refuse  # type: ignore[attr-defined]
    with pytest.raises(NotSentError, match="553 sender is not yours"):
        check_mail(mail(starttls))


def test_a_host_in_russian_letters_is_written_as_servers_take_it(mail: Any, starttls: int, mailbox: Mailbox) -> None:
    send_mail(mail(starttls), "petrov@почта.рф", MESSAGE)
    assert [to for to, _content in mailbox.taken] == ["petrov@xn--80a1acny.xn--p1ai"]
    assert taken(mailbox)["To"] == "petrov@xn--80a1acny.xn--p1ai"


def test_a_name_in_russian_letters_is_no_address_for_a_server(mail: Any, starttls: int, mailbox: Mailbox) -> None:
    with pytest.raises(NotSentError, match="не принимают такого адреса: петров@company"):
        send_mail(mail(starttls), "петров@company.example", MESSAGE)
    assert mailbox.taken == []


def test_why_a_server_cannot_be_reached_is_told_in_words(mail: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotSentError, match="проверьте адрес и порт"):
        check_mail(mail(free_port()))

    def nobody(*_asked: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(NotSentError, match="сервера с таким именем нет"):
        check_mail(mail(25))
