"""What a run says of itself, a line each: for people, or as JSON for whoever gathers logs."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class Level(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Log:
    """`tell`: writes a line; `quiet`: only warnings and errors, and the line that sums up."""

    tell: Callable[[str], None]
    as_json: bool = False
    quiet: bool = False

    def say(self, words: str, level: Level = Level.INFO, **figures: object) -> None:
        """A line on the way."""
        if not self.quiet or level != Level.INFO:
            self._write(words, level, figures)

    def sum_up(self, words: str, level: Level, **figures: object) -> None:
        """The line that is always there."""
        self._write(words, level, figures)

    def _write(self, words: str, level: Level, figures: dict[str, object]) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        line = {"time": now, "level": level, "words": words, **figures}
        self.tell(json.dumps(line, ensure_ascii=False) if self.as_json else words)
