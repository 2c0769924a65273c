"""What stops a command, in one line of the user's language."""

from typing import TYPE_CHECKING, Any

from auditor.i18n import _
from auditor.nearest import unknown

if TYPE_CHECKING:
    import typer


class UsageError(Exception):
    """Wrong usage or configuration: each line is one fault, in the user's language."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


def words_of(error: "typer.TyperException") -> str:
    """What the command line got wrong. Typer's own words are English: its kinds of error are told anew here."""
    name = _name(error)
    match type(error).__name__:
        case "MissingParameter":
            return _("{name} is missing.").format(name=name)
        case "NoSuchOption":
            options = [
                option for parameter in _parameters(error) for option in parameter.opts if option.startswith("-")
            ]
            return unknown(_("There is no option {word}."), name, options)
        case "BadOptionUsage" if "does not take" in error.message:
            return _("The option {name} takes no value.").format(name=name)
        case "BadOptionUsage":
            return _("The option {name} needs a value.").format(name=name)
        case "BadParameter":
            return _("{name}: a whole number is expected.").format(name=name)
        case _ if commands := getattr(_command(error), "commands", None):
            return unknown(_("A command is missing."), "", commands)
        case _:
            return _("The command line has words too many.")


def _command(error: "typer.TyperException") -> Any:
    return getattr(getattr(error, "ctx", None), "command", None)


def _parameters(error: "typer.TyperException") -> list[Any]:
    """The options and arguments of the command that was typed."""
    command = _command(error)
    return command.get_params(error.ctx) if command else []  # type: ignore[attr-defined]


def _name(error: "typer.TyperException") -> str:
    """The parameter's name as it is typed."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "option_name", ""))
    return str(parameter.opts[0] if parameter.param_type_name == "option" else parameter.metavar)
