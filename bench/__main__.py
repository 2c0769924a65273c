"""`make bench`, `python -m bench --small`: prints what, goal, now. See `bench/timing.py` for how it is measured."""

import sys
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bench.data import Size
from bench.rows import Row, of_command, of_help, of_log, of_workbook

WHOLE = (Size("S", 2_000), Size("M", 100_000))
SMALL = (Size("S", 500), Size("M", 10_000))


def rows(small: Size, large: Size) -> Iterator[Row]:
    yield from of_help()
    yield from of_workbook(small)
    yield from of_command(large)
    yield from of_log(large)


def main() -> None:
    """Every row is printed when it is known; goals are meant for the whole size."""
    small, large = SMALL if "--small" in sys.argv[1:] else WHOLE
    console = Console()
    table = Table("what", "goal ≤", "now", title=f"{large.deals:,} deals; medians, ratios inside one round")
    with console.status("") as status:
        for row in rows(small, large):
            status.update(row.what)
            goal = "" if row.goal is None else f"{row.goal:g}"
            table.add_row(row.what, goal, Text(f"{row.now:.3g}", "red" if row.missed else ""))
    console.print(table)


if __name__ == "__main__":
    main()
