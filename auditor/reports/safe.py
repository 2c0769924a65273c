"""A CRM's texts made safe to show: no control, bidi or zero-width characters, no formulas."""

import json
import re
import unicodedata
from typing import Any

HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
MOST = 200

_HIDDEN = re.compile(r"[^\x20-\x7e\u00a0-\u00ac\u00ae-\u0377\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e]")
"""What is not plainly harmless, and is looked up character by character."""

FORMULA = tuple("=+-@\t\r＝＋－＠")
"""What a text begins with that a spreadsheet would compute."""


def clean(text: str) -> str:
    """The text in one line, without characters that hide, reorder or command."""
    return " ".join(visible(text).split())


def visible(text: str) -> str:
    """The text without such characters, its blanks kept."""
    return _HIDDEN.sub(_harmless, text)


def _harmless(found: re.Match[str]) -> str:
    sign = found.group()
    if sign in BREAKS:
        return " "
    return "" if unicodedata.category(sign) in HIDDEN else sign


def short(text: str, most: int = MOST) -> str:
    """The text clean and at most so long, with «…» where it was cut."""
    kept = clean(text[: most * 4])
    return kept if len(kept) <= most and len(text) <= most * 4 else kept[: most - 1].rstrip() + "…"


def units(text: str) -> int:
    """How long a text is for Excel, Telegram and other messengers: in UTF-16."""
    return len(text.encode("utf-16-le", "replace")) // 2


def no_formula(text: str) -> str:
    """The text as a spreadsheet shows it, never as it would compute it."""
    kept = clean(text)
    return "'" + kept if kept.startswith(FORMULA) else kept


_MARKUP = re.compile(r"[\\`*_\[\]&~|]")
_LINKED = re.compile(r"(?<=[@#$\[])(?=\w)|(?<=\w\.)(?=[^\W\d_])|(?<=(?<!\w)/)(?=\w)|(?<=:/)(?=/)")
"""Where chats make a link, a mention, a tag or a command of a text, whatever is escaped."""
ANGLES = str.maketrans("<>", "‹›")
APART = "\u200b"


def no_markup(text: str) -> str:
    """The text in one line, in which Markdown and chats find nothing to obey; not safe at the beginning of a line."""
    return _MARKUP.sub(r"\\\g<0>", no_link(text))


def no_link(text: str) -> str:
    """The text in one line, in which a chat that takes plain texts finds no link, mention, tag or command."""
    return _LINKED.sub(APART, clean(text).translate(ANGLES))


def is_web(address: str) -> bool:
    """Whether a link leads to a page of the web, and not to anything else that a cell may hold."""
    return address.startswith(("https://", "http://"))


def json_text(told: Any) -> str:
    """A whole JSON file in which nothing is obeyed."""
    return escaped(json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


_OBEYED = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def escaped(text: str) -> str:
    """JSON in which a terminal or an editor has nothing to obey: as it escapes the other control characters."""
    if text.isprintable():  # ten times as fast as looking for each of these signs, none of which is printable
        return text
    return _OBEYED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", encodable(text))


def encodable(text: str) -> str:
    """The text with a replacement for what UTF-8 cannot hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
