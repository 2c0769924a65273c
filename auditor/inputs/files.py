"""Which files the user means: files, folders, globs; each once, in a stable order."""

import glob
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from auditor.failures import why
from auditor.i18n import _
from auditor.inputs.guards import beyond
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem
from auditor.settings import Limits

READ_IN_FOLDERS = frozenset(
    (".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".xls", ".html", ".htm", ".parquet",
     ".ods", ".xlsb", ".zip", ".rar", ".7z")
)  # fmt: skip
"""Endings that are looked at in a folder, some only to say that they are not read; a file that the user names is looked
at whatever its ending."""


@dataclass(frozen=True)
class Input:
    """A file to read; `label` is what the user sees; `named`: he named it himself, not its folder."""

    path: Path
    label: str
    named: bool

    @property
    def trouble(self) -> Trouble:
        """Where nothing of it can be read."""
        return Trouble.REFUSED if self.named else Trouble.UNREAD


def find_files(paths: Iterable[str | Path], limits: Limits) -> tuple[list[Input], list[Problem]]:
    """The files of these paths, each once; a path that leads to none, or to too many, is a refusal."""
    found: dict[Path, bool] = {}
    problems: list[Problem] = []
    for path in paths:
        some = _of_path(str(path))
        if isinstance(some, Problem):
            problems.append(some)
            continue
        if len(some) > limits.files:
            problems.append(Problem(Place(str(path)), str(beyond(_too_many(len(some)), "files")), Trouble.REFUSED))
            continue
        for file, named in some:
            found.setdefault(file.resolve(), named)
    return _labelled(found), problems


def _of_path(path: str) -> list[tuple[Path, bool]] | Problem:
    place = Place(path or "—")
    try:
        if not path.strip():
            return Problem(place, _("a name of a file or folder is expected, and it is empty"), Trouble.REFUSED)
        target = Path(path)
        if target.is_dir():
            return [(file, False) for file in _in_folder(target)] or Problem(place, _nothing_here(), Trouble.REFUSED)
        if target.is_file():
            return [(target, True)]
        if target.exists():
            return Problem(place, _("neither a file nor a folder"), Trouble.REFUSED)
        matches = _matching(target.parts)
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else str(error)
        return Problem(place, _("cannot be opened: {error}").format(error=reason), Trouble.REFUSED)
    if not matches:
        return Problem(place, _("there is no such file or folder; check the path"), Trouble.REFUSED)
    files = [(file, False) for folder in matches if folder.is_dir() for file in _in_folder(folder)]
    files += [(match, True) for match in matches if match.is_file() and not _is_lock(match)]
    return files or Problem(place, _nothing_here(), Trouble.REFUSED)


def _matching(parts: tuple[str, ...]) -> list[Path]:
    """What a pattern matches; a folder that exists under its very name is none, whatever brackets are in it."""
    named = next(count for count in range(len(parts) - 1, -1, -1) if Path(*parts[:count]).is_dir())
    pattern = Path(glob.escape(str(Path(*parts[:named]))), *parts[named:])
    return [Path(match) for match in sorted(glob.glob(str(pattern), recursive=True))]  # noqa: PTH207 (absolute ones too)


def _nothing_here() -> str:
    return _("nothing to read here: .xlsx, .xls, .csv, .json and .parquet files are looked for")


def _too_many(count: int) -> str:
    return _("{count} files are more than any export has; name the exports, or a folder of nothing else").format(
        count=count
    )


def _in_folder(folder: Path) -> list[Path]:
    return [
        file
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in READ_IN_FOLDERS and not _is_lock(file) and file.is_file()
    ]


def _is_lock(file: Path) -> bool:
    """What Excel leaves beside an open workbook, and hidden files."""
    return file.name.startswith(("~$", "."))


def _labelled(found: dict[Path, bool]) -> list[Input]:
    """Each file by the shortest end of its path that no other has."""
    ends = Counter(end for path in found for end in _ends(path))
    return [
        Input(path, next(Path(*end).as_posix() for end in _ends(path) if ends[end] == 1), named)
        for path, named in found.items()
    ]


def _ends(path: Path) -> Iterator[tuple[str, ...]]:
    return (path.parts[-count:] for count in range(1, len(path.parts) + 1))
