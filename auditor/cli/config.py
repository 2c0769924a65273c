"""`auditor config`: the settings in force, and what settings there are."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from auditor.cli.asked import Asked, asked
from auditor.cli.console import quiet_pipe
from auditor.cli.language import on_terminal
from auditor.cli.options import Options
from auditor.cli.settings_file import VARIABLE
from auditor.config import schema
from auditor.config.in_force import in_force
from auditor.config.lines import Path as TomlPath
from auditor.config.models import File, Files
from auditor.i18n import _, active
from checks import REGULATIONS


def config(options: Options) -> int:
    """Print every setting in force with its origin."""
    what = asked(options, REGULATIONS, needs_files=False)
    with quiet_pipe():
        print(_head(options, what))
        for line in in_force(_forced(options, what), what.config.name, what.config.lines, dict(_others(options, what))):
            print(line)
    return 0


def print_schema() -> int:
    """Print the JSON Schema of auditor.toml."""
    with quiet_pipe():
        print(json.dumps(schema(), ensure_ascii=False, indent=2))
    return 0


def _head(options: Options, what: Asked) -> str:
    """The file, and who named it."""
    if what.config.path is None:
        return "# " + _("There is no auditor.toml: all settings are at their defaults.")
    origin = "--config" if options.config else VARIABLE if os.environ.get(VARIABLE) else ""
    return f"# {what.config.path.absolute()} {f'({origin})' if origin else ''}".rstrip()


def _forced(options: Options, what: Asked) -> File:
    """The file's tables with what the command line says over them."""
    file = what.config.whole
    typed = tuple(Files(every=Path(name).absolute()) for name in options.files or ())
    check = {
        "regulation": what.request.named,
        "files": typed or file.check.files,
        "waivers": what.waivers and what.waivers.absolute(),
        "fail_on": str(what.fail_on),
    }
    return file.model_copy(
        update={
            "lang": active(),
            "check": file.check.model_copy(update=check),
            "reading": file.reading.model_copy(update={"strict": what.settings.strict}),
            "clauses": _parameters(what),
        }
    )


def _parameters(what: Asked) -> Mapping[str, Mapping[str, Any]]:
    clauses: dict[str, dict[str, Any]] = {}
    for code, name, value in what.request.parameters:
        clauses.setdefault(code, {})[name] = value
    return clauses


def _others(options: Options, what: Asked) -> Iterator[tuple[TomlPath, str]]:
    """What the command line or the environment says."""
    if options.lang or on_terminal():
        yield ("lang",), "--lang" if options.lang else "LANG"
    for path, origin, typed in (
        (("check", "files"), _("FILES"), options.files),
        (("check", "regulation"), "--regulation", options.regulation),
        (("check", "waivers"), "--waivers", options.waivers),
        (("check", "fail_on"), "--fail-on", options.fail_on),
        (("reading", "strict"), "--strict", options.strict),
    ):
        if typed:
            yield path, origin
    for code, name, _value in set(what.request.parameters) - set(what.config.parameters):
        yield ("clauses", code, name), "--set"
