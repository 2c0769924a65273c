"""Texts for comparison, whoever spelt them how."""

from collections.abc import Mapping
from functools import lru_cache


@lru_cache(maxsize=1 << 16)
def folded(text: str) -> str:
    """Case folded, ё as е, blanks single."""
    return " ".join(text.casefold().replace("ё", "е").split())


def by_folded(names: Mapping[str, str]) -> dict[str, str]:
    """The same names, to be looked up by folded text."""
    return {folded(name): meant for name, meant in names.items()}
