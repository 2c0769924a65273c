"""How texts are spelt: for comparison, whoever wrote them, and at the beginning of a sentence."""

from collections.abc import Mapping
from functools import lru_cache


@lru_cache(maxsize=1 << 16)
def folded(text: str) -> str:
    """Case folded, ё as е, blanks single."""
    return " ".join(text.casefold().replace("ё", "е").split())


def by_folded(names: Mapping[str, str]) -> dict[str, str]:
    """The same names, to be looked up by folded text."""
    return {folded(name): meant for name, meant in names.items()}


def capital(text: str) -> str:
    """The text with a capital letter at its start."""
    return text[:1].upper() + text[1:]
