"""The command line and the configuration together → what is asked of an audit."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from auditor.audit.request import Request
from auditor.choices import PERIODS, one_of
from auditor.cli.errors import UsageError
from auditor.cli.faults import Faults
from auditor.cli.options import Options
from auditor.cli.outputs import ENDINGS
from auditor.cli.periods import day, days_of, moment
from auditor.cli.settings_file import settings_file
from auditor.config import Config, ConfigError, Known, Setting, read_config, setting_of
from auditor.i18n import LANGUAGES, _
from auditor.nearest import unknown
from auditor.rules import Regulation, Severity
from auditor.settings import Settings

SEVERITIES = tuple(str(severity) for severity in Severity)
_SET = re.compile(r"([^.=]+)\.([^.=]+)=(.*)", re.DOTALL)


@dataclass(frozen=True)
class Asked:
    """What to read, how to judge it, what to report, and what makes the run fail."""

    files: tuple[str, ...]
    settings: Settings
    request: Request
    config: Config
    codes: tuple[str, ...]
    waivers: Path | None
    fail_on: str


def asked(
    options: Options, regulations: Sequence[Regulation], *, needs_files: bool = True, upwards: bool = True
) -> Asked:
    """Raises UsageError with every fault of the configuration, or else of the command line."""
    known = known_of(regulations)
    config = configuration(options.config, known, upwards=upwards)
    faults = Faults()
    as_of = faults.read("--as-of", moment, options.as_of)
    settings = replace(config.settings, as_of=as_of, strict=options.strict or config.settings.strict)
    request = _request(options, tuple(regulations), known, config, settings, faults)
    fail_on = faults.read("--fail-on", one_of(*SEVERITIES, "never"), options.fail_on)
    faults.read("--lang", one_of(*LANGUAGES), options.lang)
    files = tuple(options.files or config.files)
    if needs_files and not files:
        faults.lines.append(_("Which files? Name the exports: auditor check deals.xlsx"))
    faults.refuse()
    return Asked(
        files=files,
        settings=settings,
        request=request,
        config=config,
        codes=tuple(known.parameters),
        waivers=Path(options.waivers) if options.waivers else config.waivers,
        fail_on=fail_on or config.fail_on or Severity.LOW,
    )


def with_period(what: Asked, period: str) -> Asked:
    """The same, asked only of the duties of that period."""
    since, until = days_of(period, today_of(what.settings), what.settings)
    return replace(what, request=replace(what.request, since=since, until=until, period=period))


def known_of(regulations: Sequence[Regulation]) -> Known:
    """What a configuration may name."""
    return Known.of(regulations, (ending.removeprefix(".") for ending in ENDINGS))


def configuration(named: str | None, known: Known, *, upwards: bool = True) -> Config:
    """The configuration of `settings_file`, or none. Raises UsageError."""
    path = settings_file(named, upwards=upwards)
    if path is None:
        return Config()
    try:
        return read_config(path, known)
    except ConfigError as error:
        raise UsageError(*error.faults) from None


def _request(
    options: Options,
    regulations: tuple[Regulation, ...],
    known: Known,
    config: Config,
    settings: Settings,
    faults: Faults,
) -> Request:
    period = faults.read("--period", one_of(*PERIODS), options.period)
    since, until = _days(options, period, settings, faults)
    severity = faults.read("--severity", one_of(*SEVERITIES), options.severity)
    typed = faults.read_all("--set", partial(_setting, known=known), options.set or [])
    if options.what_if and not options.set:
        faults.lines.append(_("--what-if: say by --set what to suppose, such as --set FUR0201.at_least=4."))
    code = partial(prefix, known=known.parameters)
    return Request(
        regulations=regulations,
        named=faults.read_all("--regulation", known.regulation, listed(options.regulation)) or config.regulation,
        select=faults.read_all("--select", code, listed(options.select))
        + faults.read_all("--clause", code, listed(options.clause)),
        ignore=faults.read_all("--ignore", code, listed(options.ignore)),
        managers=tuple(options.manager or ()),
        department=options.department or "",
        severity=Severity(severity or Severity.LOW),
        since=since,
        until=until,
        parameters=_parameters(config.parameters, () if options.what_if else typed),
        supposed=_parameters((), typed) if options.what_if else (),
        all_duties=options.all_duties,
        period=period or "",
        config=str(config.path or ""),
    )


def today_of(settings: Settings) -> date:
    """The day that periods are counted from."""
    return (settings.as_of or datetime.now(ZoneInfo(settings.timezone))).date()


def _days(options: Options, period: str | None, settings: Settings, faults: Faults) -> tuple[date | None, date | None]:
    since, until = faults.read("--since", day, options.since), faults.read("--until", day, options.until)
    if period and (options.since or options.until):
        faults.lines.append(_("--period names the days already: leave out --since and --until."))
    if since and until and since > until:
        faults.lines.append(_("--until lies before --since."))
    return days_of(period, today_of(settings), settings) if period else (since, until)


def listed(typed: Iterable[str] | None) -> list[str]:
    """`FUR,AGY` and repeated options alike."""
    return [code for text in typed or () for part in text.split(",") if (code := part.strip().upper())]


def prefix(code: str, known: Iterable[str]) -> str:
    """The beginning of at least one clause's code. Raises ValueError with the nearest code."""
    if any(clause.startswith(code) for clause in known):
        return code
    raise ValueError(unknown(_("No clause's code begins with “{word}”."), code, known))


def _setting(typed: str, known: Known) -> Setting:
    found = _SET.fullmatch(typed.strip())
    if found is None:
        raise ValueError(_("CLAUSE.PARAMETER=VALUE is expected, not “{value}”.").format(value=typed))
    code, parameter, value = (part.strip() for part in found.groups())
    return setting_of(code, parameter, value, known)


def _parameters(configured: Iterable[Setting], typed: Iterable[Setting]) -> tuple[Setting, ...]:
    """The command line's settings over the configuration's."""
    values = {(code, name): value for code, name, value in (*configured, *typed)}
    return tuple((code, name, value) for (code, name), value in values.items())
