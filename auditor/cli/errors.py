"""What stops a command, in one line of the user's language."""

from collections.abc import Iterable

import typer

from auditor.i18n import _
from auditor.nearest import advice


class UsageError(Exception):
    """Wrong usage or configuration: each line is one fault, in the user's language."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


def words_of(error: typer.TyperException) -> str:
    """What the command line got wrong. Typer's own words are English: its kinds of error are told anew here."""
    name = _name(error)
    match type(error).__name__:
        case "MissingParameter":
            return _("{name} is missing.").format(name=name)
        case "NoSuchOption":
            option = getattr(error, "option_name", "")
            return _with(_("There is no option {name}.").format(name=option), option, _options(error))
        case "BadOptionUsage":
            return _("The option {name} is used wrongly: it needs one value, or none.").format(name=name)
        case "BadParameter":
            return _("{name}: a whole number is expected.").format(name=name)
        case _:
            return _command_line(error)


def _command_line(error: typer.TyperException) -> str:
    """An unknown command, or words too many."""
    context = getattr(error, "ctx", None)
    commands = getattr(getattr(context, "command", None), "commands", {})
    words = getattr(context, "args", None) or []
    if commands and not words:
        return _with(_("A command is missing."), "", commands)
    if commands:
        return _with(_("There is no command “{name}”.").format(name=words[0]), words[0], commands)
    return _("The command line has words too many.")


def _name(error: typer.TyperException) -> str:
    """The parameter's name as it is typed."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "option_name", ""))
    return str(parameter.opts[0] if parameter.param_type_name == "option" else parameter.metavar)


def _options(error: typer.TyperException) -> list[str]:
    context = getattr(error, "ctx", None)
    return [option for parameter in context.command.get_params(context) for option in parameter.opts] if context else []


def _with(what: str, word: str, known: Iterable[str]) -> str:
    return " ".join(part for part in (what, advice(word, known)) if part)
