"""`auditor clauses`: the rulebook."""

import sys
from collections.abc import Sequence

from auditor.cli.asked import listed, prefix
from auditor.cli.console import quiet_pipe
from auditor.cli.faults import Faults
from auditor.i18n import _
from auditor.reports.console import console_for
from auditor.reports.rulebook import print_rulebook
from checks import REGULATIONS
from fixtures.stories import examples


def clauses(typed: Sequence[str]) -> int:
    """Print all clauses, or those whose codes begin so. Raises UsageError with the nearest code."""
    faults = Faults()
    known = [clause.code for regulation in REGULATIONS for clause in regulation.clauses]
    codes = faults.read_all(_("CODES"), lambda code: prefix(code, known), listed(typed))
    faults.refuse()
    with quiet_pipe():
        print_rulebook(REGULATIONS, console_for(sys.stdout), codes, examples=examples)
    return 0
