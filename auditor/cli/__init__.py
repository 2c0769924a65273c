"""The commands: they decide nothing, only wire. Light to import: everything waits until a command line is there."""

import sys
from collections.abc import Sequence


def main() -> None:
    """`auditor`, `python -m auditor`; who stops it while it is still loading sees no traceback."""
    try:
        from auditor.cli.program import main
    except KeyboardInterrupt:
        sys.exit(130)
    main()


def run(arguments: Sequence[str]) -> int:
    """Run one command line; its exit code."""
    from auditor.cli.program import run

    return run(arguments)
