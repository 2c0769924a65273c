"""The company's own captions, as they hold in all exports, or in some files and sheets alone."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from auditor.settings import Settings
from auditor.spelling import folded


def mapped(file: str, sheet: str | None, settings: Settings) -> dict[str, str]:
    """The canonical column of each of the company's captions in this sheet; what is said of some files and sheets
    counts before what is said of all."""
    found = dict(settings.columns)
    for pattern, columns in settings.narrowed.items():
        if is_meant(pattern, file, sheet):
            found |= columns
    return found


def is_meant(pattern: str, file: str, sheet: str | None) -> bool:
    """Whether the pattern matches the name of the file, with its folders or without, or that of the sheet."""
    names = (file, PurePosixPath(file).name, sheet or "")
    return any(fnmatchcase(folded(name), folded(pattern)) for name in names)


def everywhere(settings: Settings) -> Iterator[Mapping[str, str]]:
    """What is said of all exports, and of each of some."""
    yield settings.columns
    yield from settings.narrowed.values()
