"""`python -m bench.silent FOLDER`: reading, log and verdicts of an audit of which nothing is told."""

import sys

from auditor.audit.engine import audit
from auditor.cli.memory import collect_seldom, keep_freed
from auditor.inputs import load
from auditor.settings import Settings
from bench.rows import SILENT


def main() -> None:
    """As a command does it."""
    collect_seldom()
    keep_freed()
    audit(load([sys.argv[1]], Settings()), SILENT, Settings())


if __name__ == "__main__":
    main()
