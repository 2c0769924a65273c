"""What a terminal prints, taken apart for a page."""

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from auditor.reports.console import Pairs


def parts(printed: Iterable[RenderableType]) -> Iterator[tuple[str, Any]]:
    """("heading" or "text", its text), or ("pairs", labels each with its lines)."""
    for part in printed:
        if isinstance(part, Pairs):
            yield "pairs", [(label.plain, text.plain.splitlines()) for label, text in part.rows]
        elif isinstance(part, Text):
            yield ("heading" if part.plain.startswith("\n") else "text"), part.plain.strip()
