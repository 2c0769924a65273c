"""What a nightly audit keeps, writes and watches: `[report]`, `[history]`, `[run]`."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema

from auditor.choices import PERIODS, one_of
from auditor.config.secrets import Kept
from auditor.config.values import Beside, Count, Day, FailOn, Some, Table, Texts, Url, beside, without_password
from auditor.i18n import _

SCHEMES = ("postgresql", "postgresql+psycopg", "sqlite")


def _database(value: object, info: ValidationInfo) -> object:
    """An address of a database as it is; the path of a file from the folder of the settings."""
    if not isinstance(value, str) or not value:
        return value
    if "://" not in value:
        return str(beside(value, info))
    if urlsplit(value).scheme not in SCHEMES:
        raise ValueError(_("A file, or an address such as postgresql://user@host/base is expected."))
    return without_password(value)


class ReportFiles(Table):
    """Reports that a night writes."""

    formats: Annotated[Texts, Field(min_length=1)]
    """Endings of `--output`: xlsx, html, csv …"""
    folder: Beside
    """Where they are written; made if need be."""
    per: Annotated[str, AfterValidator(one_of("all", "manager", "department"))] = "all"
    """One for all, one for each manager with only his own, or one for each department."""
    period: Annotated[str, AfterValidator(one_of(*PERIODS))] | None = None
    """As `--period`; None: everything."""
    mask: bool = False


class Report(Table):
    """What is reported."""

    since: Day | None = None
    """Violations due before this day are the company's old pile: told apart from what is new."""
    files: Annotated[tuple[ReportFiles, ...], Field(strict=False)] = ()


class History(Table):
    """Where the nights are kept, and how long."""

    database: Annotated[str, BeforeValidator(_database), WithJsonSchema({"type": "string"})] = ""
    """A file (SQLite) or an address of PostgreSQL; empty: a file in the user's state folder."""
    password: Kept | None = None
    """Of the database's user."""
    keep_days: Some = 1095
    """Older nights are forgotten."""


class Run(Table):
    """How a night runs."""

    stale_days: Count = 1
    """After so many working days without a newer export the run fails."""
    ping_url: Url | None = None
    """Told of each start, success and failure (the protocol of healthchecks)."""
    fail_on: FailOn = "never"
    """From which severity on a violation makes the exit code of a night 1."""
