"""Words inside a CRM's texts."""

import re
from collections.abc import Callable

from auditor.spelling import folded


def says(*words: str) -> Callable[[str], bool]:
    """Whether a folded text holds one of the words; words of up to three letters only as whole words."""
    return re.compile("|".join(_pattern(folded(word)) for word in words)).search  # type: ignore[return-value]


def _pattern(word: str) -> str:
    escaped = re.escape(word)
    return rf"(?<!\w){escaped}(?!\w)" if len(word) <= 3 else escaped
