"""Texts for comparison, whoever spelt them how."""

from functools import lru_cache


@lru_cache(maxsize=1 << 16)
def folded(text: str) -> str:
    """Case folded, ё as е, blanks single."""
    return " ".join(text.casefold().replace("ё", "е").split())
