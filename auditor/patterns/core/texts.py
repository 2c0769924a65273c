"""Words inside a CRM's texts."""

import re
from collections.abc import Callable

from auditor.spelling import folded


def says(*words: str) -> Callable[[str], bool]:
    """A test of folded texts: whether one of the words stands in them, also as a part of a longer word, so that a stem
    finds every case; words of up to three letters only by themselves, since «да» stands in «дата», too."""
    return re.compile("|".join(_pattern(folded(word)) for word in words)).search  # type: ignore[return-value]


def of_file_name(name: str) -> str:
    """A folded file name with a blank for each of «_», «-», «.» and the digits, which part its words: «кп_12.pdf» says
    «кп»."""
    return re.sub(r"[_\-.\d]", " ", name)


def _pattern(word: str) -> str:
    escaped = re.escape(word)
    return rf"(?<!\w){escaped}(?!\w)" if len(word) <= 3 else escaped
