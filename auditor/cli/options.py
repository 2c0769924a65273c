"""The options of the commands, each once; their texts are marked here and translated when the commands are built."""

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from auditor.i18n import N_

WHAT = N_("What to check")
WHEN = N_("Time")
OUT = N_("Report")
BASE = N_("Settings")
NO_VALUE = ""


def _option(name: str, metavar: str, panel: str, text: str) -> Any:
    return typer.Option(name, metavar=metavar, rich_help_panel=panel, help=text)


def _argument(metavar: str, text: str) -> Any:
    return typer.Argument(metavar=metavar, show_default=False, help=text)


def _print_version(asked: bool) -> None:
    if asked:
        from auditor.cli.version import version

        print(version())
        raise typer.Exit


Text = str | None
Texts = list[str] | None

Files = Annotated[
    Texts,
    _argument(
        N_("FILES"),
        N_(
            "Exports of the CRM: .xlsx, .xls of Bitrix24, .csv, .json, .parquet, folders or patterns. Without them: "
            "files of the configuration."
        ),
    ),
]
Regulation = Annotated[
    Texts,
    _option(
        "--regulation",
        N_("CODES"),
        WHAT,
        N_("Regulations to check by: FUR,AGY. Without it: those whose stages the data names."),
    ),
]
Select = Annotated[
    Texts, _option("--select", N_("CODES"), WHAT, N_("Only these clauses, by beginnings: FUR02,AGY0907."))
]
Ignore = Annotated[
    Texts, _option("--ignore", N_("CODES"), WHAT, N_("All clauses but these, by beginnings of their codes."))
]
Manager = Annotated[
    Texts,
    _option("--manager", N_("NAME"), WHAT, N_("Only this person's duties; a part of the name will do; may repeat.")),
]
Department = Annotated[Text, _option("--department", N_("NAME"), WHAT, N_("Only duties of this department's people."))]
Severity = Annotated[Text, _option("--severity", N_("high|medium|low"), WHAT, N_("Only clauses at least so severe."))]
Set = Annotated[
    Texts,
    _option(
        "--set",
        N_("CLAUSE.PARAMETER=VALUE"),
        WHAT,
        N_("Change a number or word of a clause for this run; may repeat. See auditor clauses CODE."),
    ),
]
WhatIf = Annotated[
    bool,
    _option(
        "--what-if",
        NO_VALUE,
        WHAT,
        N_("Judge as ever, and show beside the figures what --set would make of them."),
    ),
]
Waivers = Annotated[Text, _option("--waivers", N_("FILE"), WHAT, N_("Table of approved exceptions: .xlsx or .csv."))]
Strict = Annotated[
    bool,
    _option(
        "--strict",
        NO_VALUE,
        WHAT,
        N_("What looks like cheating does not count as done: a two-second call, a robot's message."),
    ),
]
Since = Annotated[
    Text, _option("--since", N_("DATE"), WHEN, N_("Only duties that fell due on this day or later: 01.03.2026."))
]
Until = Annotated[Text, _option("--until", N_("DATE"), WHEN, N_("Only duties that fell due on this day or earlier."))]
Period = Annotated[
    Text,
    _option(
        "--period",
        N_("PERIOD"),
        WHEN,
        N_(
            "The same in a word: today, yesterday, last-working-day (on a Monday: Friday and the weekend), this-week, "
            "last-week, this-month, last-month; counted from today or from --as-of."
        ),
    ),
]
AsOf = Annotated[
    Text,
    _option(
        "--as-of",
        N_("MOMENT"),
        WHEN,
        N_("Judge as of this moment: 11.03.2026 18:00; a date means its end. Without it: the data's latest event."),
    ),
]
Format = Annotated[
    Text, _option("--format", N_("table|json|csv|html|md|xlsx"), OUT, N_("What to print. Without it: table."))
]
Output = Annotated[
    Texts,
    _option(
        "--output",
        N_("FILE"),
        OUT,
        N_(
            "Write the report to a file as well: .json, .csv, .html, .md, .xlsx or .txt, or to a folder of tables for "
            "BI: .parquet; may repeat."
        ),
    ),
]
PerManager = Annotated[
    Text,
    _option(
        "--per-manager",
        N_("FOLDER"),
        OUT,
        N_("Write a workbook for each person as well, with nothing of anybody else; the folder is made if need be."),
    ),
]
PerDepartment = Annotated[
    Text, _option("--per-department", N_("FOLDER"), OUT, N_("Write a workbook for each department as well."))
]
Quiet = Annotated[bool, _option("--quiet", NO_VALUE, OUT, N_("Print the sum only."))]
Stats = Annotated[bool, _option("--stats", NO_VALUE, OUT, N_("Print only what is broken most, and by whom."))]
AllDuties = Annotated[
    bool,
    _option("--all-duties", NO_VALUE, OUT, N_("List the duties that were met or cannot be judged as well.")),
]
Full = Annotated[
    bool,
    _option("--full", NO_VALUE, OUT, N_("Cut no list: every violation, every problem, the rules to check by hand.")),
]
Mask = Annotated[bool, _option("--mask", NO_VALUE, OUT, N_("Hide clients' phones and e-mails in the report."))]
Deal = Annotated[
    Text,
    _option("--deal", N_("ID OR TITLE"), WHAT, N_("The deal to explain: 101, “lead 101”, or words of its title.")),
]
OneManager = Annotated[
    Texts, _option("--manager", N_("NAME"), WHAT, N_("The person whose day to explain; a part of the name will do."))
]
Day = Annotated[
    Text,
    _option(
        "--day",
        N_("DATE"),
        WHEN,
        N_("With --manager: the day to explain, 11.03.2026, or today, yesterday, last-working-day."),
    ),
]
ClauseCodes = Annotated[
    Texts,
    _option("--clause", N_("CODES"), WHAT, N_("Only duties by these clauses, each told in full.")),
]
AgendaFormat = Annotated[
    Text, _option("--format", N_("table|json|ics|xlsx"), OUT, N_("What to print. Without it: table."))
]
AgendaOutput = Annotated[
    Texts,
    _option(
        "--output",
        N_("FILE"),
        OUT,
        N_("Write it to a file as well: .xlsx, .ics for a calendar, .json or .txt; may repeat."),
    ),
]
StoryFormat = Annotated[
    Text, _option("--format", N_("table|json|html|md"), OUT, N_("What to print. Without it: table."))
]
StoryOutput = Annotated[
    Texts,
    _option("--output", N_("FILE"), OUT, N_("Write it to a file as well: .html, .md, .json or .txt; may repeat.")),
]
FailOn = Annotated[
    Text,
    _option(
        "--fail-on",
        N_("high|medium|low|never"),
        OUT,
        N_("From which severity on a violation makes the exit code 1. Without it: low."),
    ),
]
ConfigFile = Annotated[
    Text,
    _option(
        "--config",
        N_("FILE"),
        BASE,
        N_("Settings. Without it: AUDITOR_CONFIG, else auditor.toml of the working folder or above."),
    ),
]
NightSettings = Annotated[
    Text,
    _option(
        "--config",
        N_("FILE"),
        BASE,
        N_("Settings. Without it: AUDITOR_CONFIG, else auditor.toml of the working folder."),
    ),
]
Force = Annotated[bool, _option("--force", NO_VALUE, BASE, N_("Write over the file that is there."))]
Written = Annotated[Text, _option("--config", N_("FILE"), BASE, N_("The file to write. Without it: auditor.toml."))]
Exports = Annotated[
    list[str], _argument(N_("FILES"), N_("Exports of the CRM, as for check: they tell what the settings should be."))
]
Schema = Annotated[bool, _option("--schema", NO_VALUE, BASE, N_("Print the JSON Schema of auditor.toml instead."))]
Lang = Annotated[Text, _option("--lang", "ru|en", BASE, N_("Language of the report and of this help."))]
Version = Annotated[
    bool,
    typer.Option(
        "--version", metavar=NO_VALUE, is_eager=True, callback=_print_version, help=N_("Versions of all that judges.")
    ),
]
Command = Annotated[Text, _argument(N_("COMMAND"), N_("The command to explain; without it all are listed."))]
Codes = Annotated[
    Texts,
    _argument(
        N_("CODES OR WORDS"),
        N_("Clauses by beginnings of their codes, a whole code in full; or those that speak of all these words."),
    ),
]
Columns = Annotated[
    bool, typer.Option("--columns", metavar=NO_VALUE, help=N_("The columns that exports may have, by all their names."))
]
Before = Annotated[str, _argument(N_("EARLIER"), N_("The earlier report, written by auditor check --output x.json."))]
After = Annotated[str, _argument(N_("LATER"), N_("The later report."))]
CompareFormat = Annotated[
    Text, _option("--format", N_("table|json|md"), OUT, N_("What to print. Without it: table; md is for a chat."))
]
HistoryFormat = Annotated[Text, _option("--format", N_("table|json"), OUT, N_("What to print. Without it: table."))]
HistoryOutput = Annotated[
    Texts,
    _option(
        "--output",
        N_("FILE"),
        OUT,
        N_("Write it to a file as well, with charts in .html and .xlsx; .json or .txt; may repeat."),
    ),
]
Name = Annotated[str, _argument(N_("NAME"), N_("The whole name, as the history spells it."))]
LogFormat = Annotated[
    Text,
    _option("--log-format", "text|json", OUT, N_("How the run tells of itself on stderr. Without it: text.")),
]
DryRun = Annotated[
    bool,
    _option("--dry-run", NO_VALUE, OUT, N_("Only show what would be told to whom: nothing is written, nobody told.")),
]
Offline = Annotated[
    bool, _option("--offline", NO_VALUE, BASE, N_("Ask no mail server and no messenger, only look for their keys."))
]
Shell = Annotated[str, _argument(N_("SHELL"), N_("bash, zsh, fish or powershell."))]
Folder = Annotated[str, _argument(N_("FOLDER"), N_("Where to write; made if need be."))]
DemoRegulation = Annotated[str, _option("--regulation", "FUR|AGY|BED|KDL|KLD", WHAT, N_("Whose sales to imitate."))]
Deals = Annotated[int, _option("--deals", N_("NUMBER"), WHAT, N_("How many deals."))]
Seed = Annotated[int, _option("--seed", N_("NUMBER"), WHAT, N_("Another number makes other deals."))]
Layout = Annotated[
    str,
    typer.Option(
        "--source",
        "--layout",
        metavar="plain|api|amocrm|bitrix24",
        rich_help_panel=WHAT,
        help=N_("A workbook, pages saved from the CRM's API, or the files that amoCRM or Bitrix24 exports."),
    ),
]


@dataclass(frozen=True)
class Options:
    """What the command line of a command that judges says, as typed."""

    files: Texts = None
    regulation: Texts = None
    select: Texts = None
    ignore: Texts = None
    manager: Texts = None
    department: Text = None
    severity: Text = None
    set: Texts = None
    what_if: bool = False
    waivers: Text = None
    strict: bool = False
    since: Text = None
    until: Text = None
    period: Text = None
    as_of: Text = None
    format: Text = None
    output: Texts = None
    per_manager: Text = None
    per_department: Text = None
    quiet: bool = False
    stats: bool = False
    all_duties: bool = False
    full: bool = False
    mask: bool = False
    fail_on: Text = None
    config: Text = None
    lang: Text = None
    deal: Text = None
    day: Text = None
    clause: Texts = None
