"""Sentences of two lines: what is left out of one that would be longer."""

import re
from collections.abc import Mapping

from auditor.i18n import _, ngettext

LONGEST_SENTENCE = 240
LONG_NAME = re.compile(r"([«“][^«»“”]{11,22}\w)\b[^«»“”]{8,}(?=[»”])")
"""A name of more than 30 characters, and its first words."""
MOMENTS = re.compile(r" \(\d[^()]*\)")
"""Numbers and moments in brackets."""


def fitted(form: str, told: Mapping[str, str], parts: tuple[str, ...]) -> str:
    """The form filled in two lines: with long names cut, then without the moments in brackets, which the rows of
    evidence show, at last with some conditions of its longest part only counted."""
    for what, instead in ((LONG_NAME, r"\1…"), (MOMENTS, "")):
        told = {name: what.sub(instead, text) for name, text in told.items()}
        excess = len(form.format_map(told)) - LONGEST_SENTENCE
        if excess <= 0 or not parts:
            return form.format_map(told)
    longest = max(parts, key=lambda name: len(told[name]))
    return form.format_map({**told, longest: fewer(told[longest], len(told[longest]) - excess)})


def fewer(text: str, most: int) -> str:
    """As many whole parts of the text as fit, at least one, and how many more there are: of conditions, else of things
    one of which is wanted."""
    conditions = whole_parts(text, "; ")
    mark, parts = ("; ", conditions) if len(conditions) > 1 else (", ", whole_parts(text, ", ", _(" or ")))
    shorter = [mark.join([*parts[:kept], _more(len(parts) - kept, mark)]) for kept in range(1, len(parts))]
    return max((told for told in shorter if len(told) <= most), key=len, default=(shorter or [text])[0])


def _more(n: int, mark: str) -> str:
    if mark == "; ":
        return ngettext("{n} more condition", "{n} more conditions", n).format(n=n)
    return _("{n} more").format(n=n)


def whole_parts(text: str, *marks: str) -> list[str]:
    """The text's parts between these marks, outside of quotes and brackets."""
    parts, begin, depth = [], 0, 0
    for found in re.finditer("[«»“”()]|" + "|".join(map(re.escape, marks)), text):
        sign = found.group()
        depth += (sign in "«“(") - (sign in "»”)")
        if sign in marks and not depth:
            parts.append(text[begin : found.start()])
            begin = found.end()
    return [*parts, text[begin:]]
