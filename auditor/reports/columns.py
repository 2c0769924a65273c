"""The columns that exports may have, by every caption that is understood: `auditor clauses --columns`."""

from rich.console import Console

from auditor.i18n import _
from auditor.inputs.captions import ALIASES
from auditor.reports import words
from auditor.reports.console import heading, pairs, safe_text
from auditor.spelling import capital

LONG = 400


def print_columns(console: Console) -> None:
    """Table by table; every other column of a list of deals is a field of the deal."""
    console.print(
        safe_text(
            _(
                "Captions that are understood as they are. Another one of yours is named in auditor.toml, with the "
                'column\'s first caption or its name in brackets: [columns] "Phase" = "stage". Other columns of the '
                "deals are fields of the deal, by their own captions."
            ),
            most=LONG,
        )
    )
    for table, columns in ALIASES.items():
        console.print(heading(capital(words.table(table))))
        console.print(
            pairs(
                (f"{first} ({name})", safe_text(" · ".join(rest) or "—", most=LONG))
                for name, (first, *rest) in columns.items()
            )
        )
