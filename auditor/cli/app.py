"""The commands and their options; what they do is imported when they are called."""

from collections.abc import Callable
from typing import Any, TypeVar

import typer

from auditor.cli import options as o
from auditor.cli.help import SpokenCommand, SpokenGroup
from auditor.cli.memory import keep_freed
from auditor.i18n import N_

Handler = TypeVar("Handler", bound=Callable[..., Any])

app = typer.Typer(
    cls=SpokenGroup,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar=N_("[OPTIONS]"),
    subcommand_metavar=N_("COMMAND …"),
    help=N_("Audits exports of a CRM by the sales regulation: who broke which clause, when, by how much."),
    epilog=N_(
        "Exit code: 0 nothing violated, 1 violations, 2 wrong usage, nothing judged or a file refused, 3 a failure."
    ),
)


def _command(text: str, name: str | None = None, of: typer.Typer = app) -> Callable[[Handler], Handler]:
    """A command that says its marked text in the user's language."""
    return of.command(name, cls=SpokenCommand, options_metavar=N_("[OPTIONS]"), help=text)


@app.callback()
def common(lang: o.Lang = None, version: o.Version = False) -> None:
    """Both are done with before the commands are built, whatever stands here."""


@_command(N_("Audit exports and print the violations of each manager."))
def check(
    context: typer.Context,
    files: o.Files = None,
    regulation: o.Regulation = None,
    select: o.Select = None,
    ignore: o.Ignore = None,
    manager: o.Manager = None,
    department: o.Department = None,
    severity: o.Severity = None,
    set: o.Set = None,
    what_if: o.WhatIf = False,
    waivers: o.Waivers = None,
    strict: o.Strict = False,
    since: o.Since = None,
    until: o.Until = None,
    period: o.Period = None,
    as_of: o.AsOf = None,
    format: o.Format = None,
    output: o.Output = None,
    per_manager: o.PerManager = None,
    per_department: o.PerDepartment = None,
    quiet: o.Quiet = False,
    stats: o.Stats = False,
    full: o.Full = False,
    all_duties: o.AllDuties = False,
    mask: o.Mask = False,
    fail_on: o.FailOn = None,
    config: o.ConfigFile = None,
    lang: o.Lang = None,
) -> int:
    keep_freed()
    from auditor.cli.check import check

    return check(o.Options(**context.params))


@_command(N_("Show how the files were understood, what could not be read, and which clauses can be checked."))
def inspect(
    context: typer.Context,
    files: o.Files = None,
    regulation: o.Regulation = None,
    as_of: o.AsOf = None,
    full: o.Full = False,
    mask: o.Mask = False,
    config: o.ConfigFile = None,
    lang: o.Lang = None,
) -> int:
    keep_freed()
    from auditor.cli.check import inspect

    return inspect(o.Options(**context.params))


@_command(N_("Two JSON reports side by side: what is new, what was closed, what was withdrawn and why."))
def compare(
    before: o.Before, after: o.After, format: o.CompareFormat = None, full: o.Full = False, lang: o.Lang = None
) -> int:
    from auditor.cli.compare import compare

    return compare(before, after, format, full=full)


@_command(N_("What is owed today, tomorrow and later, per manager: on a terminal, as a workbook, in a calendar."))
def due(
    context: typer.Context,
    files: o.Files = None,
    regulation: o.Regulation = None,
    select: o.Select = None,
    ignore: o.Ignore = None,
    manager: o.Manager = None,
    department: o.Department = None,
    severity: o.Severity = None,
    set: o.Set = None,
    waivers: o.Waivers = None,
    strict: o.Strict = False,
    as_of: o.AsOf = None,
    format: o.AgendaFormat = None,
    output: o.AgendaOutput = None,
    mask: o.Mask = False,
    config: o.ConfigFile = None,
    lang: o.Lang = None,
) -> int:
    keep_freed()
    from auditor.cli.due import due

    return due(o.Options(**context.params))


@_command(N_("Why me? A deal's timeline with its duties, or a person's day, with the rows that show it."))
def explain(
    context: typer.Context,
    files: o.Files = None,
    deal: o.Deal = None,
    manager: o.OneManager = None,
    day: o.Day = None,
    clause: o.ClauseCodes = None,
    regulation: o.Regulation = None,
    set: o.Set = None,
    waivers: o.Waivers = None,
    strict: o.Strict = False,
    as_of: o.AsOf = None,
    format: o.StoryFormat = None,
    output: o.StoryOutput = None,
    mask: o.Mask = False,
    config: o.ConfigFile = None,
    lang: o.Lang = None,
) -> int:
    keep_freed()
    from auditor.cli.explain import explain

    return explain(o.Options(**context.params))


@_command(N_("The rulebook: every clause, or one in full with its source, reading and parameters."))
def clauses(codes: o.Codes = None, columns: o.Columns = False, lang: o.Lang = None) -> int:
    from auditor.cli import clauses

    return clauses.columns() if columns else clauses.clauses(codes or [])


@_command(N_("Write a first auditor.toml from what the exports show, with what is to be filled in behind a #."))
def init(files: o.Exports, config: o.Written = None, force: o.Force = False, lang: o.Lang = None) -> int:
    keep_freed()
    from auditor.cli.init import init

    return init(files, config, force)


@_command(N_("Print the settings in force, each with where it came from: default, file and line, or option."))
def config(
    context: typer.Context,
    files: o.Files = None,
    regulation: o.Regulation = None,
    set: o.Set = None,
    waivers: o.Waivers = None,
    strict: o.Strict = False,
    fail_on: o.FailOn = None,
    config: o.ConfigFile = None,
    schema: o.Schema = False,
    lang: o.Lang = None,
) -> int:
    from auditor.cli.config import config as print_config
    from auditor.cli.config import print_schema

    del context.params["schema"]
    return print_schema() if schema else print_config(o.Options(**context.params))


@_command(N_("Write plausible exports with planted violations, and the list of them."))
def demo(
    folder: o.Folder,
    regulation: o.DemoRegulation = "FUR",
    deals: o.Deals = 60,
    seed: o.Seed = 1,
    layout: o.Layout = "plain",
    lang: o.Lang = None,
) -> int:
    from auditor.cli.demo import demo

    return demo(folder, regulation, deals, seed, layout)


@_command(N_("Everything that auditor.toml says, for cron: audit, history, reports, messages."))
def nightly(
    context: typer.Context,
    dry_run: o.DryRun = False,
    log_format: o.LogFormat = None,
    quiet: o.Quiet = False,
    as_of: o.AsOf = None,
    config: o.NightSettings = None,
    lang: o.Lang = None,
) -> int:
    keep_freed()
    from auditor.cli.nightly import nightly

    own = ("log_format", "dry_run")
    told = {name: value for name, value in context.params.items() if name not in own}
    return nightly(o.Options(**told), log_format, dry_run=dry_run)


@_command(N_("Whether a night would go well: settings, exports, history, folders, messages; and what to mend."))
def doctor(offline: o.Offline = False, config: o.NightSettings = None, lang: o.Lang = None) -> int:
    keep_freed()
    from auditor.cli.doctor import doctor

    return doctor(o.Options(config=config, lang=lang), offline=offline)


nights = typer.Typer(cls=SpokenGroup, invoke_without_command=True, subcommand_metavar=N_("[forget NAME]"))
app.add_typer(nights, name="history")


@nights.callback(
    options_metavar=N_("[OPTIONS]"),
    help=N_("What the nights tell: trends, what stays open, what is broken again and again."),
)
def history(
    context: typer.Context,
    format: o.HistoryFormat = None,
    output: o.HistoryOutput = None,
    full: o.Full = False,
    config: o.ConfigFile = None,
    lang: o.Lang = None,
) -> int:
    if context.invoked_subcommand:
        return 0
    from auditor.cli.history import history

    return history(config, format, output, full=full)


@_command(N_("Remove somebody's name from all nights, and from those to come."), of=nights)
def forget(name: o.Name, config: o.ConfigFile = None, lang: o.Lang = None) -> int:
    from auditor.cli.history import forget

    return forget(name, config)


@_command(N_("What a shell needs to complete commands: bash, zsh, fish or powershell."))
def completion(shell: o.Shell, lang: o.Lang = None) -> int:
    from auditor.cli.completion import completion

    return completion(shell)


@_command(N_("This help, or that of one command."), name="help")
def explain_command(context: typer.Context, command: o.Command = None, lang: o.Lang = None) -> int:
    from auditor.cli.help import help_of

    return help_of(context, command)
