"""The options of the commands, each once; their texts are marked here and translated when the commands are built."""

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from auditor.i18n import later

WHAT = later("What to check")
WHEN = later("Time")
OUT = later("Report")
BASE = later("Settings")
NO_VALUE = ""


def _option(name: str, metavar: str, panel: str, text: str) -> Any:
    return typer.Option(name, metavar=metavar, rich_help_panel=panel, help=text)


def _argument(metavar: str, text: str) -> Any:
    return typer.Argument(metavar=metavar, show_default=False, help=text)


Text = str | None
Texts = list[str] | None

Files = Annotated[
    Texts,
    _argument(
        later("FILES"),
        later("Exports of the CRM: .xlsx, .csv, .json, folders or patterns. Without them: files of the configuration."),
    ),
]
Regulation = Annotated[
    Texts,
    _option(
        "--regulation",
        later("CODES"),
        WHAT,
        later("Regulations to check by: FUR,AGY. Without it: those whose stages the data names."),
    ),
]
Select = Annotated[
    Texts, _option("--select", later("CODES"), WHAT, later("Only these clauses, by beginnings: FUR02,AGY0907."))
]
Ignore = Annotated[
    Texts, _option("--ignore", later("CODES"), WHAT, later("All clauses but these, by beginnings of their codes."))
]
Manager = Annotated[Text, _option("--manager", later("NAME"), WHAT, later("Only this person's duties."))]
Department = Annotated[
    Text, _option("--department", later("NAME"), WHAT, later("Only duties of this department's people."))
]
Severity = Annotated[Text, _option("--severity", "high|medium|low", WHAT, later("Only clauses at least so severe."))]
Set = Annotated[
    Texts,
    _option(
        "--set",
        later("CLAUSE.PARAMETER=VALUE"),
        WHAT,
        later("Change a number or word of a clause for this run; may repeat. See auditor clauses CODE."),
    ),
]
Waivers = Annotated[
    Text, _option("--waivers", later("FILE"), WHAT, later("Table of approved exceptions: .xlsx or .csv."))
]
Strict = Annotated[
    bool,
    _option(
        "--strict",
        NO_VALUE,
        WHAT,
        later("What looks like cheating does not count as done: a two-second call, a robot's message."),
    ),
]
Since = Annotated[
    Text, _option("--since", later("DATE"), WHEN, later("Only duties that fell due on this day or later: 01.03.2026."))
]
Until = Annotated[
    Text, _option("--until", later("DATE"), WHEN, later("Only duties that fell due on this day or earlier."))
]
Period = Annotated[
    Text,
    _option(
        "--period",
        later("PERIOD"),
        WHEN,
        later("The same in a word: yesterday, last-week, last-month, counted from today or from --as-of."),
    ),
]
AsOf = Annotated[
    Text,
    _option(
        "--as-of",
        later("MOMENT"),
        WHEN,
        later("Judge as of this moment: 11.03.2026 18:00; a date means its end. Without it: the data's latest event."),
    ),
]
Format = Annotated[str, _option("--format", "table|json|csv", OUT, later("What to print."))]
Output = Annotated[
    Texts,
    _option(
        "--output", later("FILE"), OUT, later("Write the report to a file as well: .json, .csv or .txt; may repeat.")
    ),
]
AllDuties = Annotated[
    bool,
    _option("--all-duties", NO_VALUE, OUT, later("List the duties that were met or cannot be judged as well.")),
]
Mask = Annotated[bool, _option("--mask", NO_VALUE, OUT, later("Hide clients' phones and e-mails in the report."))]
FailOn = Annotated[
    Text,
    _option(
        "--fail-on",
        "high|medium|low|never",
        OUT,
        later("From which severity on a violation makes the exit code 1. Without it: low."),
    ),
]
ConfigFile = Annotated[
    Text, _option("--config", later("FILE"), BASE, later("Settings. Without it: auditor.toml of the working folder."))
]
Lang = Annotated[Text, _option("--lang", "ru|en", BASE, later("Language of the report and of this help."))]
Codes = Annotated[
    Texts,
    _argument(later("CODES"), later("Clauses, by beginnings of their codes; a whole code shows the clause in full.")),
]
Folder = Annotated[str, _argument(later("FOLDER"), later("Where to write; made if need be."))]
DemoRegulation = Annotated[str, _option("--regulation", "FUR|AGY", WHAT, later("Whose sales to imitate."))]
Deals = Annotated[int, _option("--deals", later("NUMBER"), WHAT, later("How many deals."))]
Seed = Annotated[int, _option("--seed", later("NUMBER"), WHAT, later("Another number makes other deals."))]
Layout = Annotated[str, _option("--layout", "plain|api", WHAT, later("A workbook, or pages saved from the CRM's API."))]


@dataclass(frozen=True)
class Options:
    """What the command line of `check` or `inspect` says, as typed."""

    files: Texts = None
    regulation: Texts = None
    select: Texts = None
    ignore: Texts = None
    manager: Text = None
    department: Text = None
    severity: Text = None
    set: Texts = None
    waivers: Text = None
    strict: bool = False
    since: Text = None
    until: Text = None
    period: Text = None
    as_of: Text = None
    format: str = "table"
    output: Texts = None
    all_duties: bool = False
    mask: bool = False
    fail_on: Text = None
    config: Text = None
    lang: Text = None
