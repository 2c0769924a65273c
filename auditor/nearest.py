"""The nearest known word to a misspelt one: errors offer it."""

from collections.abc import Iterable
from difflib import get_close_matches

from auditor.i18n import _
from auditor.spelling import folded

FEW = 16
"""Up to so many allowed words are listed in full."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, whatever its case and ё; empty where none is like it."""
    by_fold = {folded(name): name for name in known}
    found = get_close_matches(folded(word), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else ""


def advice(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known word, else lists a few; empty where neither helps."""
    words = sorted(set(known))
    if close := nearest(word, words):
        return _("Did you mean “{word}”?").format(word=close)
    if 0 < len(words) <= FEW:
        return _("Possible: {words}.").format(words=", ".join(words))
    return ""


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """«Unknown clause “FUR9999”. Did you mean “FUR0999”?»; `what` already says that it is unknown."""
    return " ".join(part for part in (what.format(word=word), advice(word, known)) if part)
