"""Captions that are nearly those of a column that the sheet lacks: a typo must not empty a column silently."""

from difflib import get_close_matches

from auditor.i18n import _
from auditor.inputs.captions import ALIASES, Understanding, captions
from auditor.inputs.tables import Place, Problem, Sheet
from auditor.settings import Settings
from auditor.spelling import folded

ALIKE = 0.88
"""«Тип сделки» is a field of its own, «Ответсвенный» is a typo."""


def misspelt(sheet: Sheet, known: Understanding, settings: Settings) -> list[Problem]:
    """A problem for each such caption, with the column that it may mean; what the configuration names is meant."""
    lacking = {
        folded(caption): (caption, column)
        for column, aliases in ALIASES[known.table].items()
        if column not in known.headers
        for caption in aliases
    }
    meant = {folded(name) for name in (*captions(), *settings.fields, *settings.fields.values())}
    close = {
        header: get_close_matches(folded(header), lacking, 1, ALIKE)
        for header in known.ignored
        if folded(header) not in meant
    }
    return [
        Problem(Place(sheet.file, sheet.sheet, column=header), _words(header, *lacking[near[0]]))
        for header, near in close.items()
        if near
    ]


def _words(header: str, caption: str, column: str) -> str:
    words = _(
        "the column is not read as “{caption}”, though its caption is nearly that; correct the caption, or say in "
        'auditor.toml under [columns]: "{header}" = "{column}"'
    )
    return words.format(caption=caption, header=header, column=column)
