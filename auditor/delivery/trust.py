"""Whose certificates are trusted."""

import ssl
from pathlib import Path

from auditor.delivery.message import NotSentError
from auditor.failures import why
from auditor.i18n import _


def trust(ca_file: Path | None) -> ssl.SSLContext:
    """The system's certificates and those of a file. Raises NotSentError where the file holds none."""
    context = ssl.create_default_context()
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except ssl.SSLError:
            raise NotSentError(_("{file} holds no certificates (PEM)").format(file=ca_file)) from None
        except OSError as error:
            raise NotSentError(_("{file} cannot be read: {why}").format(file=ca_file, why=why(error))) from None
    return context


def distrusted() -> str:
    return _(
        "the server's certificate is not trusted; if it is one of your own or of the Russian ministry, name its file "
        "as ca_file"
    )
