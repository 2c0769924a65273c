"""Messages by mail: SMTP with TLS, one message to one address."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from auditor.config.delivery import Mail
from auditor.delivery.message import Message, NotSentError, UnsureError
from auditor.delivery.trust import distrusted, trust
from auditor.failures import why
from auditor.i18n import _
from auditor.reports.safe import short


def send_mail(mail: Mail, to: str, message: Message) -> None:
    """Raises NotSentError, UnsureError, and SecretError where the password cannot be read."""
    sender, recipient = _in_ascii(mail.sender), _in_ascii(to)
    content = letter(sender, recipient, message)
    with _server(mail) as server:
        _check(*server.mail(sender))
        _check(*server.rcpt(recipient))
        _hand_over(server, content)


def check_mail(mail: Mail) -> str:
    """That the server is there, is trusted, knows the user and takes the sender; nothing is sent. Raises as `send_mail`
    does."""
    sender = _in_ascii(mail.sender)
    with _server(mail) as server:
        _check(*server.mail(sender))
        _check(*server.rset())
    return _("{server} takes mail from {sender}").format(server=f"{mail.host}:{mail.usual_port}", sender=mail.sender)


def letter(sender: str, to: str, message: Message) -> bytes:
    """The mail as it is sent: text and HTML, with its files; the same message has the same id."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, to, short(message.subject)
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = f"<{message.key}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    for file in message.files:
        main, _slash, sub = file.mime.partition("/")
        mail.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    return mail.as_bytes()


def _in_ascii(address: str) -> str:
    """The address as every server takes it. Raises NotSentError where there is no such form."""
    name, _at, host = address.rpartition("@")
    try:
        return f"{name}@{host.encode('idna').decode()}".encode("ascii").decode()
    except UnicodeError:
        raise NotSentError(_("mail servers take no such address: {address}").format(address=address)) from None


@contextmanager
def _server(mail: Mail) -> Iterator[smtplib.SMTP]:
    """A server that is greeted and knows who we are. What goes wrong before the mail is handed over is NotSentError."""
    where = f"{mail.host}:{mail.usual_port}"
    try:
        with closing(_connected(mail, trust(mail.ca_file))) as server:
            server.ehlo_or_helo_if_needed()
            if mail.user and mail.password:
                server.login(mail.user, mail.password.read().get_secret_value())
            yield server
            with suppress(OSError):  # it has the mail, however it says goodbye
                server.quit()
    except smtplib.SMTPAuthenticationError as error:
        raise NotSentError(_("{server} does not take this user and password: {answer}").format(
            server=where, answer=_answer(error.smtp_code, error.smtp_error))) from None  # fmt: skip
    except smtplib.SMTPNotSupportedError:
        raise NotSentError(_("{server} offers no encryption or no login; check port and security").format(
            server=where)) from None  # fmt: skip
    except ssl.SSLCertVerificationError:
        raise NotSentError(f"{where}: {distrusted()}") from None
    except ssl.SSLError:
        raise NotSentError(_("{server} speaks no TLS there; check port and security").format(server=where)) from None
    except (TimeoutError, smtplib.SMTPServerDisconnected):
        raise NotSentError(_("{server} does not answer").format(server=where)) from None
    except smtplib.SMTPResponseException as error:
        raise NotSentError(f"{where}: {_answer(error.smtp_code, error.smtp_error)}") from None
    except OSError as error:
        text = _("{server} cannot be reached: {why}")
        raise NotSentError(text.format(server=where, why=why(error))) from None


def _connected(mail: Mail, context: ssl.SSLContext) -> smtplib.SMTP:
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.usual_port, timeout=mail.timeout, context=context)
    server = smtplib.SMTP(mail.host, mail.usual_port, timeout=mail.timeout)
    if mail.security == "starttls":
        server.starttls(context=context)
    return server


def _hand_over(server: smtplib.SMTP, content: bytes) -> None:
    """From the first byte of the content on nobody knows, until the server answers."""
    try:
        code, answer = server.data(content)
    except smtplib.SMTPDataError:
        raise
    except OSError:
        raise UnsureError(_("the line was cut after the mail had been handed over")) from None
    _check(code, answer)


def _check(code: int, answer: bytes) -> None:
    """NotSentError, with the server's words, where it refuses."""
    if code not in (250, 251):
        raise NotSentError(_("the mail server refuses: {answer}").format(answer=_answer(code, answer)))


def _answer(code: int, words: bytes | str) -> str:
    return short(f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}")
