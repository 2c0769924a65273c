"""Two languages: which one speaks, and the translation of every text a user sees.

Texts of the program have English ids (domain `auditor`, Russian catalogue); the clauses' sentences have
Russian ids (domain `checks`, English catalogue, context = the clause's code).
"""

import gettext
import os
import re
from pathlib import Path

LOCALE_DIR = Path(__file__).parent / "locale"
LANGUAGES = ("ru", "en")
ENGLISH_MARKS = str.maketrans("«»", "“”")
DAY_FORMS = {"ru": "%d.%m.%Y", "en": "%Y-%m-%d"}

_active = "ru"


def of_locale() -> str:
    """The locale's language; Russian for C, POSIX or no locale at all."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            code = re.split("[._@]", value)[0].lower()
            return "ru" if code in ("c", "posix", "ru", "be", "kk") else "en"
    return "ru"


def activate(language: str) -> None:
    """Make every later text come in `language`, "ru" or "en"."""
    global _active
    _active = language


def active() -> str:
    return _active


def day_form() -> str:
    """How a day is written, for strftime."""
    return DAY_FORMS[_active]


NO_BREAK = "\u00a0"


def numeral(value: float, digits: int = 15) -> str:
    """1234.5 as «1 234,5» in Russian and 1,234.5 in English, to so many digits."""
    return separated(f"{value:,.{digits}g}")


def separated(text: str) -> str:
    """A number as Python writes it, with the separators of the active language."""
    return text.translate({ord(","): NO_BREAK, ord("."): ","}) if _active == "ru" else text


def _(text: str) -> str:
    """A text of the program in the active language, with its quotation marks."""
    return _marked(_catalogue("auditor").gettext(text))


def _marked(text: str) -> str:
    return text.translate(ENGLISH_MARKS) if _active == "en" else text


def quoted(*texts: str) -> str:
    """The texts, each in the active language's quotation marks."""
    left, right = map(_marked, "«»")
    return ", ".join(f"{left}{text}{right}" for text in texts)


def N_(text: str) -> str:
    """Marks a text for the catalogue; `_()` translates it where it is shown."""
    return text


def ngettext(one: str, many: str, count: int) -> str:
    """A text whose form depends on `count`."""
    return _marked(_catalogue("auditor").ngettext(one, many, count))


def clause_text(code: str, sentence: str) -> str:
    """A clause's sentence in the active language."""
    return _marked(_catalogue("checks").pgettext(code, sentence)) if sentence else sentence


_loaded: dict[tuple[str, str], gettext.NullTranslations] = {}


def _catalogue(domain: str) -> gettext.NullTranslations:
    key = (domain, _active)
    if key not in _loaded:
        _loaded[key] = gettext.translation(domain, LOCALE_DIR, [_active], fallback=True)
    return _loaded[key]
