"""Where terminal reports are written: a terminal as it is, a pipe wide and plain."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from auditor.reports.safe import MOST, short

PIPE_WIDTH = 160


def console_for(stream: IO[str]) -> Console:
    """A console that takes texts as they are; width 160 and no colours where the stream is no terminal."""
    terminal = stream.isatty()
    return Console(
        file=stream,
        width=None if terminal else PIPE_WIDTH,
        no_color=None if terminal else True,
        color_system="auto" if terminal else None,
        force_terminal=terminal,
        highlight=False,
        markup=False,
        emoji=False,
    )


def told(text: str, style: str = "", most: int = MOST) -> Text:
    """A text of a CRM or of the program, safe to show, wrapped at whole words."""
    return Text(short(text, most), style=style, overflow="fold")


def heading(text: str) -> Text:
    return Text("\n").append_text(told(text, "bold"))


def joined(parts: Iterable[Text], by: str = " · ") -> Text:
    """The parts that hold something, in one text."""
    result = Text(by, style="dim", overflow="fold").join(part for part in parts if part.plain)
    result.overflow = "fold"
    return result


def lines(texts: Iterable[Text]) -> Text:
    """The texts that hold something, each on its own line."""
    return joined(texts, "\n")


@dataclass(frozen=True)
class Indented:
    """A text whose every line begins so far to the right."""

    text: Text
    by: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = max(options.max_width - self.by, 1)
        for line in [self.text] if self.text.cell_len <= room else self.text.wrap(console, room, overflow="fold"):
            line.rstrip()
            line.pad_left(self.by)
            yield line


def pairs(rows: Iterable[tuple[str, Text]]) -> Table:
    """Labels with their texts beside them; the rows without a text are left out."""
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for label, text in rows:
        if text.plain:
            table.add_row(told(label, "dim"), text)
    return table
