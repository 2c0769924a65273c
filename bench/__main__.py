"""`make bench`, `python -m bench --small`: prints what, goal, now. See `bench/timing.py` for how it is measured."""

import sys
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from auditor.cli.memory import keep_freed
from bench.data import Size, neglected
from bench.rows import Row, of_command, of_help, of_log, of_telling, of_workbook

WHOLE = (Size("S", 2_000), Size("M", 100_000), Size("messy", 80_000, neglected, 1))
SMALL = (Size("S", 500), Size("M", 10_000), Size("messy", 8_000, neglected, 1))
LINE = "{what:<58}{goal:>8}{now:>10}"


def rows(small: Size, large: Size, messy: Size) -> Iterator[Row]:
    yield from of_help()
    yield from of_workbook(small)
    yield from of_command(large)
    yield from of_telling(messy)
    yield from of_log(large)


def line(row: Row) -> Text:
    """Red where the goal is missed."""
    goal = "" if row.goal is None else f"{row.goal:g}"
    return Text(LINE.format(what=row.what, goal=goal, now=f"{row.now:.3g}"), "red" if row.missed else "")


def main() -> None:
    """Every row is printed when it is known; the goals are meant for the whole size. Memory is kept as in a command."""
    keep_freed()
    small, large, messy = SMALL if "--small" in sys.argv[1:] else WHOLE
    console = Console()
    console.print(
        f"{large.deals:,} deals; medians, ratios inside one round; S {small.deals:,}, a messy company {messy.deals:,}"
    )
    console.print(LINE.format(what="what", goal="goal ≤", now="now"), style="bold")
    for row in rows(small, large, messy):
        console.print(line(row))


if __name__ == "__main__":
    main()
