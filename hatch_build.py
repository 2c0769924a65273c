"""Compiles the catalogues of both languages when the package is built: no `.mo` is kept under version control."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """A wheel, editable or not, holds the compiled catalogues."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for source in sorted(Path(self.root, "auditor", "locale").glob("*/LC_MESSAGES/*.po")):
            compile_catalogue(source)


def compile_catalogue(source: Path) -> None:
    """Write the `.mo` beside its `.po`."""
    with source.open("rb") as texts, source.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, read_po(texts, locale=source.parent.parent.name))
