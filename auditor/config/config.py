"""A configuration that was checked, or why it cannot be used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.config.parameters import Setting
from auditor.settings import Settings

if TYPE_CHECKING:
    from auditor.config.models import Person


class ConfigError(Exception):
    """The configuration cannot be used; `faults` are all of them, each a line."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Config:
    """A configuration that was checked. Paths are absolute, or patterns of absolute paths."""

    settings: Settings = field(default_factory=Settings)
    parameters: tuple[Setting, ...] = ()
    people: "Mapping[str, Person]" = field(default_factory=dict)
    regulation: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    waivers: Path | None = None
    fail_on: str | None = None
    path: Path | None = None
