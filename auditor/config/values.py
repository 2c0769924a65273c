"""The kinds of value in `auditor.toml`; each refuses what it is not in the user's words."""

import re
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    WithJsonSchema,
)

from auditor.choices import one_of
from auditor.i18n import _
from auditor.nearest import unknown

DAY_FORMATS = ("%d.%m.%Y", "%Y-%m-%d")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Table(BaseModel):
    """A section, strict: an unknown key or a value of another type is a fault."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


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
    if form and "".join(sorted(re.findall("%.", form))) not in ("%Y%d%m", "%d%m%y"):
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
    if link and (link.count("{id}") != 1 or not link.startswith(("https://", "http://"))):
        raise ValueError(_("A deal's address with {id} in the number's place is expected."))
    return link


def _email(address: str) -> str:
    if address and not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", address):
        raise ValueError(_("An e-mail such as ivanov@company.ru is expected, not “{value}”.").format(value=address))
    return address


def _url(address: str) -> str:
    """An address that is called: encrypted, but for one of this very machine."""
    found = urlsplit(address)
    if not found.hostname or (found.scheme != "https" and not (found.scheme == "http" and found.hostname in LOOPBACK)):
        raise ValueError(_("An address that begins with https:// is expected."))
    return without_password(address)


def _proxy(address: str) -> str:
    found = urlsplit(address)
    if not found.hostname or found.scheme not in ("http", "https"):
        raise ValueError(_("A proxy such as http://proxy.company.ru:3128 is expected."))
    return without_password(address)


def without_password(address: str) -> str:
    """The address, where it holds no password; ValueError, which does not tell it, where it does."""
    if urlsplit(address).password is not None:
        raise ValueError(_("A password does not stand in an address of the settings: leave it out."))
    return address


def beside(path: str, info: ValidationInfo) -> Path:
    """The path, seen from the folder of the settings."""
    if not path.strip():
        raise ValueError(_("A name of a file or folder is expected, and it is empty."))
    return (info.context or {}).get("folder", Path()) / Path(path).expanduser()


def _beside(value: object, info: ValidationInfo) -> object:
    return beside(value, info) if isinstance(value, str) else value


def _as_schema(**schema: object) -> WithJsonSchema:
    """What an editor is told of a value that people write in several ways."""
    return WithJsonSchema(schema)


DAY_SCHEMA = _as_schema(type="string", pattern=r"^(\d{4}-\d{2}-\d{2}|\d{2}\.\d{2}\.\d{4})$")
CLOCK_SCHEMA = _as_schema(type="string", pattern=r"^\d{1,2}:\d{2}(:\d{2})?$")

Clock = Annotated[time, BeforeValidator(_clock), CLOCK_SCHEMA]
Closing = Annotated[time, BeforeValidator(_closing), CLOCK_SCHEMA]
Day = Annotated[date, BeforeValidator(_day), DAY_SCHEMA]
Days = Annotated[tuple[Day, ...], Field(strict=False)]
Texts = Annotated[tuple[str, ...], Field(strict=False)]
Captions = Annotated[
    Annotated[str, Tag("caption")] | Annotated[dict[str, str], Tag("captions")],
    Discriminator(lambda value: "captions" if isinstance(value, dict) else "caption"),
]
Share = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0)]
Limit = Annotated[int, Field(ge=1)]
Some = Annotated[int, Field(ge=1)]
Zone = Annotated[str, AfterValidator(_zone)]
Country = Annotated[str, AfterValidator(_country)]
DateFormat = Annotated[str, AfterValidator(_date_format)]
Schedule = Annotated[str, AfterValidator(_schedule)]
RoleWords = Annotated[str, AfterValidator(_role)]
Link = Annotated[str, AfterValidator(_link)]
Email = Annotated[str, AfterValidator(_email)]
Url = Annotated[str, AfterValidator(_url)]
Proxy = Annotated[str, AfterValidator(_proxy)]
Beside = Annotated[Path, BeforeValidator(_beside), _as_schema(type="string")]
FailOn = Annotated[str, AfterValidator(one_of("high", "medium", "low", "never"))]
