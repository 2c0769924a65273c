"""A configuration that was checked, or why it cannot be used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.config.parameters import Setting
from auditor.settings import Settings

if TYPE_CHECKING:
    from auditor.config.models import File, Person


class ConfigError(Exception):
    """The configuration cannot be used; `faults` are all of them, each a line."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Config:
    """A configuration that was checked. Paths are absolute, or patterns of absolute paths.

    `file`: the tables as they were read; `lines`: where each of their values stands."""

    settings: Settings = field(default_factory=Settings)
    parameters: tuple[Setting, ...] = ()
    people: "Mapping[str, Person]" = field(default_factory=dict)
    regulation: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    waivers: Path | None = None
    fail_on: str | None = None
    path: Path | None = None
    file: "File | None" = None
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)

    @cached_property
    def whole(self) -> "File":
        """All tables, with the defaults of what was not said: `whole.delivery`, `whole.history`, `whole.run` …"""
        from auditor.config.models import File  # pydantic is heavy: not before somebody asks

        return self.file or File()

    @property
    def name(self) -> str:
        """Of the file, without its folder."""
        return self.path.name if self.path else ""

    @property
    def roles(self) -> Mapping[str, str]:
        """The role, by the title of a position."""
        return self.file.roles if self.file else {}
