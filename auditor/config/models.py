"""The tables of `auditor.toml`, strict: an unknown key or a value of another type is a fault."""

import re
from datetime import date, datetime, time
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from auditor.choices import one_of
from auditor.i18n import _
from auditor.nearest import unknown
from auditor.settings import Settings

DEFAULTS = Settings()
DAY_FORMATS = ("%d.%m.%Y", "%Y-%m-%d")


def _clock(value: object) -> object:
    """A time of day, written 9:00 with or without quotes."""
    if not isinstance(value, str):
        return value
    try:
        return datetime.strptime(value, "%H:%M").time()
    except ValueError:
        raise ValueError(_("A time such as 09:00 is expected, not “{value}”.").format(value=value)) from None


def _closing(value: object) -> object:
    """A time of day; 24:00 is 00:00 of the next one."""
    return _clock("00:00" if value == "24:00" else value)


def _day(value: object) -> object:
    """A date, as TOML writes it or in quotes: 2026-05-10, "10.05.2026"."""
    if not isinstance(value, str):
        return value
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(value, form).date()
        except ValueError:
            continue
    raise ValueError(_("A date such as 10.05.2026 is expected, not “{value}”.").format(value=value))


def _zone(name: str) -> str:
    zones = available_timezones()
    if name not in zones:
        raise ValueError(unknown(_("There is no time zone “{word}”."), name, zones))
    return name


def _country(code: str) -> str:
    from holidays import list_supported_countries

    countries = list_supported_countries(include_aliases=False)
    if code not in countries:
        raise ValueError(_("There is no calendar of country “{code}”: two letters are expected.").format(code=code))
    return code


def _date_format(form: str) -> str:
    if "".join(sorted(re.findall("%.", form))) not in ("%Y%d%m", "%d%m%y"):
        raise ValueError(_("A date format such as %d/%m/%Y or %m/%d/%Y is expected."))
    return form


def _schedule(cell: str) -> str:
    from auditor.log.shifts import read_schedule

    read_schedule(cell)
    return cell


def _role(described: str) -> str:
    from auditor.log.roles import is_role
    from auditor.terms import Role, role_words

    if described and not is_role(described):
        words = [role_words(role) for role in Role if role != Role.ROBOT]
        raise ValueError(unknown(_("There is no role “{word}”."), described, words))
    return described


def _link(link: str) -> str:
    if link.count("{id}") != 1 or not link.startswith(("https://", "http://")):
        raise ValueError(_("A deal's address with {id} in the number's place is expected."))
    return link


Clock = Annotated[time, BeforeValidator(_clock)]
Closing = Annotated[time, BeforeValidator(_closing)]
Day = Annotated[date, BeforeValidator(_day)]
Days = Annotated[tuple[Day, ...], Field(strict=False)]
Texts = Annotated[tuple[str, ...], Field(strict=False)]
Share = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Time(Table):
    timezone: Annotated[str, AfterValidator(_zone)] = DEFAULTS.timezone
    country: Annotated[str, AfterValidator(_country)] = DEFAULTS.country
    opens: Clock = DEFAULTS.opens
    closes: Closing = DEFAULTS.closes
    days_off: Days = ()
    working_days: Days = ()
    suppose_days_off: bool = DEFAULTS.suppose_days_off
    leave_hours: Amount = DEFAULTS.leave_hours
    date_format: Annotated[str, AfterValidator(_date_format)] = ""


class Person(Table):
    """`aliases`: other names of the same person in the exports."""

    role: Annotated[str, AfterValidator(_role)] = ""
    department: str = ""
    email: str = ""
    schedule: Annotated[str, AfterValidator(_schedule)] = ""
    until: Day | None = None
    aliases: Texts = ()


class Deals(Table):
    link: Annotated[str, AfterValidator(_link)] = ""


class Reading(Table):
    """How records are read where they leave it open."""

    talk_seconds: Amount = DEFAULTS.talk_seconds
    quiet_days: Annotated[int, Field(ge=0)] = DEFAULTS.quiet_days
    unattached_share: Share = DEFAULTS.unattached_share
    contact_words: Texts = DEFAULTS.contact_words
    empty: Texts = DEFAULTS.empty
    strict: bool = DEFAULTS.strict


class Check(Table):
    """Defaults of `auditor check`; paths are relative to the configuration's folder."""

    regulation: Texts = ()
    files: Texts = ()
    waivers: str | None = None
    fail_on: Annotated[str, AfterValidator(one_of("high", "medium", "low", "never"))] | None = None


class File(Table):
    """`auditor.toml` as a whole."""

    lang: Literal["ru", "en"] | None = None
    time: Time = Time()
    people: dict[str, Person] = {}
    streams: dict[str, bool | str] = {}
    stages: dict[str, str] = {}
    pipelines: dict[str, str] = {}
    fields: dict[str, str] = {}
    columns: dict[str, str] = {}
    deals: Deals = Deals()
    reading: Reading = Reading()
    check: Check = Check()
    clauses: dict[str, dict[str, str | int | float | bool | Texts]] = {}
