"""`auditor --version`: which program judged, by which regulations."""

import platform
from hashlib import sha256

from auditor import __version__
from auditor.i18n import ngettext
from auditor.rules import Regulation
from checks import REGULATIONS


def version() -> str:
    """The program, each regulation and Python, a line each."""
    return "\n".join((f"auditor {__version__}", *map(_regulation, REGULATIONS), f"Python {platform.python_version()}"))


def _regulation(regulation: Regulation) -> str:
    """«FUR 1f0c2a9b: 94 clauses»; the number changes whenever the regulation says something else."""
    clauses = ngettext("{n} clause", "{n} clauses", len(regulation.clauses)).format(n=len(regulation.clauses))
    return f"{regulation.code} {sha256(repr(regulation).encode()).hexdigest()[:8]}: {clauses}"
