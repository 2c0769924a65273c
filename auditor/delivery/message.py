"""A message to one person, and what can become of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attachment:
    """A file of a mail; `mime` as in `text/csv`."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """`key`: the same for the same message, whenever it is sent; `subject`: one line; `text`: for every way, without
    markup; `html` and `files`: for mail alone."""

    key: str
    subject: str
    text: str
    html: str = ""
    files: tuple[Attachment, ...] = ()


class NotSentError(Exception):
    """The message did not go out, and may be sent again; the words hold no secret."""


class UnsureError(Exception):
    """The line was cut after the message had been handed over: nobody knows whether it went out. The words hold no
    secret."""
