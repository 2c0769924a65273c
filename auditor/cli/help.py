"""Help in the user's language: texts are marked where they stand and translated when the commands are built."""

from typing import Any

from typer.core import TyperCommand, TyperGroup

from auditor.cli.console import quiet_pipe
from auditor.cli.errors import UsageError
from auditor.i18n import _
from auditor.nearest import unknown


class _Spoken:
    """Says in the active language what typer says in English."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help, option.metavar = _("Show this text."), ""
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from typer import rich_utils

        rich_utils.ARGUMENTS_PANEL_TITLE = _("Arguments")
        rich_utils.OPTIONS_PANEL_TITLE = _("Options")
        rich_utils.COMMANDS_PANEL_TITLE = _("Commands")
        rich_utils.DEFAULT_STRING = _("[default: {}]")
        rich_utils.REQUIRED_LONG_STRING = _("[required]")
        with quiet_pipe():
            super().format_help(ctx, formatter)  # type: ignore[misc]


class SpokenCommand(_Spoken, TyperCommand):
    """A command whose help is in the user's language."""


class SpokenGroup(_Spoken, TyperGroup):
    """The commands together."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] in self.commands or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        raise UsageError(unknown(_("There is no command “{word}”."), args[0], self.commands))


def help_of(context: Any, command: str | None) -> int:
    """Print what `auditor --help` or `auditor COMMAND --help` prints."""
    arguments = [command, "--help"] if command else ["--help"]
    context.parent.command.main(args=arguments, prog_name=context.parent.info_name, standalone_mode=False)
    return 0


def translate(command: Any) -> None:
    """Put every text of a command, its options and its subcommands into the active language."""
    for name in ("help", "short_help", "epilog", "options_metavar", "subcommand_metavar"):
        _translate(command, name)
    for parameter in command.params:
        for name in ("help", "metavar", "rich_help_panel"):
            _translate(parameter, name)
        if parameter.param_type_name == "argument":
            parameter.display_type_rich = _untyped
    for subcommand in getattr(command, "commands", {}).values():
        translate(subcommand)


def _translate(thing: Any, name: str) -> None:
    text = getattr(thing, name, None)
    if text:
        setattr(thing, name, _(text))


def _untyped(ctx: Any) -> None:
    """The type of an argument tells a head of sales nothing: its column stays empty."""
