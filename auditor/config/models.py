"""The tables of `auditor.toml`, strict: an unknown key or a value of another type is a fault."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from auditor.config.delivery import Delivery
from auditor.config.nightly import History, Report, Run
from auditor.config.values import (
    Amount,
    Beside,
    Captions,
    Clock,
    Closing,
    Count,
    Country,
    DateFormat,
    Day,
    Days,
    Email,
    FailOn,
    Limit,
    Link,
    RoleWords,
    Schedule,
    Share,
    Table,
    Texts,
    Zone,
)
from auditor.i18n import _
from auditor.settings import Settings

DEFAULTS = Settings()


class Time(Table):
    """Working time of the company, and how dates are written."""

    timezone: Zone = DEFAULTS.timezone
    country: Country = DEFAULTS.country
    opens: Clock = DEFAULTS.opens
    closes: Closing = DEFAULTS.closes
    days_off: Days = ()
    working_days: Days = ()
    suppose_days_off: bool = DEFAULTS.suppose_days_off
    leave_hours: Amount = DEFAULTS.leave_hours
    date_format: DateFormat = ""


class Person(Table):
    """Somebody of the exports, by name. `aliases`: other names of the same person there; `bitrix24`, `telegram`, `max`:
    the number under which messages reach him."""

    role: RoleWords = ""
    department: str = ""
    email: Email = ""
    schedule: Schedule = ""
    until: Day | None = None
    aliases: Texts = ()
    bitrix24: int | None = None
    telegram: int | None = None
    max: int | None = None


class Deals(Table):
    """What is known of every deal."""

    link: Link = ""


class Reading(Table):
    """How records are read where they leave it open."""

    talk_seconds: Amount = DEFAULTS.talk_seconds
    quiet_days: Count = DEFAULTS.quiet_days
    unattached_share: Share = DEFAULTS.unattached_share
    contact_words: Texts = DEFAULTS.contact_words
    empty: Texts = DEFAULTS.empty
    hidden_sheets: bool = DEFAULTS.hidden_sheets
    strict: bool = DEFAULTS.strict


class Limits(Table):
    """What files may cost: more is refused."""

    files: Limit = DEFAULTS.limits.files
    columns: Limit = DEFAULTS.limits.columns
    cells: Limit = DEFAULTS.limits.cells
    unpacked_mb: Limit = DEFAULTS.limits.unpacked_mb
    page_mb: Limit = DEFAULTS.limits.page_mb
    csv_mb: Limit = DEFAULTS.limits.csv_mb


class Files(Table):
    """Exports to read: all that a path or pattern names, or the newest file that it does."""

    every: Beside | None = None
    newest: Beside | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.every is None) == (self.newest is None):
            raise ValueError(_('A path in quotes or { newest = "…" } is expected.'))
        return self


def _files(value: object) -> object:
    return {"every": value} if isinstance(value, str) else value


FILES_SCHEMA = WithJsonSchema(
    {
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "properties": {"newest": {"type": "string"}},
                "required": ["newest"],
                "additionalProperties": False,
            },
        ]
    }
)


class Check(Table):
    """What is audited; paths are seen from the folder of the settings."""

    regulation: Texts = ()
    files: Annotated[tuple[Annotated[Files, BeforeValidator(_files), FILES_SCHEMA], ...], Field(strict=False)] = ()
    waivers: Beside | None = None
    fail_on: FailOn | None = None


class File(Table):
    """`auditor.toml` as a whole."""

    lang: Literal["ru", "en"] | None = None
    check: Check = Check()
    time: Time = Time()
    people: dict[str, Person] = Field(default_factory=dict)
    roles: dict[str, RoleWords] = Field(default_factory=dict)
    """The role, by the title of a position in the exports."""
    streams: dict[str, bool | str] = Field(default_factory=dict)
    stages: dict[str, str] = Field(default_factory=dict)
    """The regulation's stage, by the company's name of it."""
    pipelines: dict[str, str] = Field(default_factory=dict)
    """The regulation's pipeline, by the company's name of it."""
    fields: dict[str, str] = Field(default_factory=dict)
    """The company's caption, by the field that clauses ask for."""
    columns: dict[str, Captions] = Field(default_factory=dict)
    """The program's column, by the company's caption; of some files and sheets, by a pattern of their names."""
    deals: Deals = Deals()
    reading: Reading = Reading()
    limits: Limits = Limits()
    clauses: dict[str, dict[str, str | int | float | bool | Texts]] = Field(default_factory=dict)
    """Parameters, by the clause's code."""
    report: Report = Report()
    delivery: Delivery = Delivery()
    history: History = History()
    run: Run = Run()
