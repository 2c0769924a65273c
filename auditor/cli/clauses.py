"""`auditor clauses`: the rulebook, and the columns that exports may have."""

import re
import sys
from collections.abc import Iterable, Sequence

from auditor.cli.asked import listed, prefix
from auditor.cli.console import quiet_pipe
from auditor.cli.errors import UsageError
from auditor.cli.faults import Faults
from auditor.i18n import _
from auditor.reports.columns import print_columns
from auditor.reports.console import console_for
from auditor.reports.rulebook import print_rulebook
from auditor.reports.rulebook_search import speaking_of
from auditor.rules import Regulation
from checks import REGULATIONS
from fixtures.english import examples


def clauses(typed: Sequence[str]) -> int:
    """Print all clauses, or those whose codes begin so, or that speak so. Raises UsageError where there is none."""
    known = [clause.code for regulation in REGULATIONS for clause in regulation.clauses]
    words = [text for text in typed if not _is_code(text, known)]
    faults = Faults()
    codes = faults.read_all(
        _("CODES OR WORDS"), lambda code: prefix(code, known), listed(text for text in typed if text not in words)
    )
    faults.refuse()
    regulations = _speaking_of(words)
    with quiet_pipe():
        print_rulebook(regulations, console_for(sys.stdout), codes, examples=examples)
    return 0


def _is_code(typed: str, known: Iterable[str]) -> bool:
    """`FUR02`, `fur0201,agy`, and what looks like a code."""
    return all(
        re.fullmatch(r"[A-Z]+\d+", code) or any(clause.startswith(code) for clause in known) for code in listed([typed])
    )


def _speaking_of(words: Sequence[str]) -> tuple[Regulation, ...]:
    found = speaking_of(words, REGULATIONS) if words else REGULATIONS
    if not found:
        raise UsageError(_("No clause speaks of “{words}”: try fewer words.").format(words=" ".join(words)))
    return found


def columns() -> int:
    """Print the columns of every table."""
    with quiet_pipe():
        print_columns(console_for(sys.stdout))
    return 0
