"""Where terminal reports are written: a terminal as it is, a pipe wide and plain."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from auditor.reports.safe import MOST, short

PIPE_WIDTH, LEAST_WIDTH = 100, 40
GAP = 2
STYLES = {"high": "red", "medium": "yellow", "low": "cyan"}
"""The colour of each severity."""


def console_for(stream: IO[str]) -> Console:
    """A console that takes texts as they are; no colours where the stream is no terminal, and a width of its own unless
    COLUMNS tells one."""
    terminal = stream.isatty()
    return Console(
        file=stream,
        width=None if terminal else _pipe_width(),
        no_color=None if terminal else True,
        color_system="auto" if terminal else None,
        force_terminal=terminal,
        highlight=False,
        markup=False,
        emoji=False,
    )


def _pipe_width() -> int:
    told = os.environ.get("COLUMNS", "")
    return max(int(told), LEAST_WIDTH) if told.isdecimal() and int(told) else PIPE_WIDTH


def safe_text(text: str, style: str = "", most: int = MOST) -> Text:
    """A text of a CRM or of the program, safe to show, wrapped at whole words."""
    return Text(short(text, most), style=style, overflow="fold")


def heading(text: str) -> Text:
    return Text("\n").append_text(safe_text(text, "bold"))


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
        for line in _wrapped(self.text, options.max_width - self.by, console):
            line.pad_left(self.by)
            yield line


@dataclass(frozen=True)
class OneLine:
    """A text as far as it goes into one line."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        line = self.text.copy()
        line.truncate(options.max_width, overflow="ellipsis")
        yield line


@dataclass(frozen=True)
class Pairs:
    """Labels with their texts beside them."""

    rows: tuple[tuple[Text, Text], ...]
    by: int = 0
    """How far to the right the labels begin."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max((label.cell_len for label, _text in self.rows), default=0) + GAP + self.by
        for label, text in self.rows:
            margin = Text.assemble(" " * self.by, label, " " * (width - self.by - label.cell_len))
            for number, line in enumerate(_wrapped(text, options.max_width - width, console)):
                yield Text.assemble(" " * width if number else margin, line)


def pairs(rows: Iterable[tuple[str, Text]], by: int = 0) -> Pairs:
    """Labels with their texts beside them; the rows without a text are left out."""
    return Pairs(tuple((safe_text(label, "dim"), text) for label, text in rows if text.plain), by)


def mark(severity: str) -> Text:
    """«!» for what is grave; a blank of the same width for the rest."""
    return Text("!", STYLES[severity]) if severity == "high" else Text(" ")


def marked(sign: Text, text: Text) -> Pairs:
    """The text with that sign before its first line."""
    return Pairs(((sign, text),))


def _wrapped(text: Text, room: int, console: Console) -> Iterable[Text]:
    """The lines of a text at whole words, without blanks at their ends."""
    fits = text.cell_len <= room and "\n" not in text.plain
    for line in [text.copy()] if fits else text.wrap(console, max(room, 1), overflow="fold"):
        line.rstrip()
        yield line
