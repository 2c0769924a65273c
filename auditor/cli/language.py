"""Which language speaks, decided before the commands are built: their help is in it too."""

import sys
import tomllib
from collections.abc import Sequence
from itertools import zip_longest

from auditor import i18n
from auditor.cli.settings_file import settings_file
from auditor.failures import settings_of


def language_of(arguments: Sequence[str]) -> str:
    """`--lang`, else `lang` of the configuration, else the terminal's locale; a pipe's and cron's reports are read in
    Russian. What is none of the languages is passed over."""
    said = _known(value_of("--lang", arguments)) or _known(_configured(arguments))
    return said or (i18n.of_locale() if on_terminal() else i18n.LANGUAGES[0])


def on_terminal() -> bool:
    """Whether a person reads what is printed."""
    return sys.stdout.isatty()


def value_of(option: str, arguments: Sequence[str]) -> str | None:
    """The last value of an option on the command line, written `--lang en` or `--lang=en`."""
    found = None
    for argument, following in zip_longest(arguments, arguments[1:]):
        if argument == option:
            found = following
        elif argument.startswith(f"{option}="):
            found = argument.partition("=")[2]
    return found


def _configured(arguments: Sequence[str]) -> str | None:
    """`lang` of the file; a file that cannot be read is told later, in the language that is left."""
    try:
        path = settings_file(value_of("--config", arguments))
        language = tomllib.loads(settings_of(path).decode("utf-8-sig")).get("lang") if path else None
    except (OSError, ValueError, RecursionError):
        return None
    return language if isinstance(language, str) else None


def _known(language: str | None) -> str | None:
    return language if language in i18n.LANGUAGES else None
