"""`auditor init`: a first auditor.toml from the exports."""

import os
from pathlib import Path

from auditor.audit.request import Request
from auditor.cli.asked import Asked
from auditor.cli.audited import audited
from auditor.cli.console import tell
from auditor.cli.errors import UsageError
from auditor.cli.outputs import write_to
from auditor.cli.settings_file import FILE_NAME
from auditor.config import Config
from auditor.config.draft import draft
from auditor.i18n import _
from auditor.rules import Severity
from auditor.settings import Settings
from checks import REGULATIONS


def init(files: list[str], named: str | None, force: bool) -> int:
    """Write the settings; raises UsageError where they are there already, or nothing could be read."""
    path = Path(named or FILE_NAME)
    if path.exists() and not force:
        raise UsageError(
            _("{file} is there already: --force writes it anew, another --config elsewhere.").format(file=path)
        )
    tables, audit = audited(_of_files(files), lambda request, _tables: request)
    content = "\n".join(draft(tables, audit, [_seen_from(path.parent, file) for file in files])) + "\n"
    write_to(path, lambda file: file.write(content.encode()))
    tell(_("Look it through, fill in the roles, then: auditor check"))
    return 0


def _seen_from(folder: Path, file: str) -> str:
    """The path from that folder; the whole one where they are on two drives."""
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:
        return Path(file).absolute().as_posix()


def _of_files(files: list[str]) -> Asked:
    """An audit of these files by no settings."""
    return Asked(
        files=tuple(files),
        settings=Settings(),
        request=Request(REGULATIONS),
        config=Config(),
        codes=(),
        waivers=None,
        fail_on=Severity.LOW,
    )
