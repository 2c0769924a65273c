"""How texts are spelt: for comparison, whoever wrote them, at the beginning of a sentence, short, and in TOML."""

import html
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

LONGEST_CELL = 60
"""Characters of a cell that a line or a sentence shows."""

_HIDDEN = "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
_ENTITY = "&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}[0-9]{0,2});"
_COMBINING = "[\u0300-\u036f]"
IMPURE = f"{_HIDDEN}|{_ENTITY}|{_COMBINING}"
"""A text without any of these is pure."""

_IMPURE, _HIDING, _NAMED = re.compile(IMPURE), re.compile(_HIDDEN), re.compile(_ENTITY)
_MIXED = re.compile("[a-z][а-я]|[а-я][a-z]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN, _CYRILLIC = "aceopxykhmtb", "".join(["а", "с", "е", "о", "р", "х", "у", "к", "н", "м", "т", "в"])
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)


def toml_text(text: str) -> str:
    """The text as TOML writes it, in quotes; what cannot be seen as its number."""
    return f'"{"".join(map(_toml_letter, text))}"'


def _toml_letter(letter: str) -> str:
    if letter in '\\"':
        return f"\\{letter}"
    if letter.isprintable():
        return letter
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"


def pure(text: str) -> str:
    """The text as its writer meant it: letters in one piece, HTML entities as their characters, nothing invisible."""
    if not _IMPURE.search(text):
        return text
    shown = _NAMED.sub(lambda found: html.unescape(found[0]), text)
    return unicodedata.normalize("NFC", _HIDING.sub("", shown))


@lru_cache(maxsize=1 << 16)
def folded(text: str) -> str:
    """Pure, case folded, ё as е, blanks single; a word of two alphabets in the one that its letters allow."""
    words = " ".join(pure(text).casefold().replace("ё", "е").split())
    return _WORD.sub(_in_one_alphabet, words) if _MIXED.search(words) else words


def _in_one_alphabet(found: re.Match[str]) -> str:
    """«Недозвoн» with a Latin o is «недозвон»."""
    word = found[0]
    if not _MIXED.search(word):
        return word
    cyrillic, latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
    return cyrillic if not re.search("[a-z]", cyrillic) else latin if not re.search("[а-я]", latin) else word


def by_folded(names: Mapping[str, str]) -> dict[str, str]:
    """The same names, to be looked up by folded text."""
    return {folded(name): meant for name, meant in names.items()}


def capital(text: str) -> str:
    """The text with a capital letter at its start."""
    return text[:1].upper() + text[1:]


def shortened(text: object) -> str:
    """A cell's text on one line, cut where it is long."""
    line = " ".join(str(text).split())
    return line if len(line) <= LONGEST_CELL else line[: LONGEST_CELL - 1] + "…"
