"""`auditor.toml` → settings of the verdicts and defaults of the commands; every fault at once."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import time
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from auditor.config import faults
from auditor.config.config import Config, ConfigError
from auditor.config.delivery import HEADS, MANAGERS
from auditor.config.faults import Fault
from auditor.config.inputs import named
from auditor.config.known import Known
from auditor.config.lines import Path as TomlPath
from auditor.config.lines import line_at, lines_of
from auditor.config.models import File, Person
from auditor.config.parameters import setting_of
from auditor.config.streams import said_of
from auditor.failures import settings_of, why
from auditor.i18n import _
from auditor.nearest import unknown
from auditor.settings import Limits, Settings

MIDNIGHT = time(0)
WAYS = {"mail": "email", "bitrix24": "bitrix24", "telegram": "telegram", "max": "max"}
"""By each way of `[delivery]` what tells a person's address in `[people]`."""
V = TypeVar("V")
T = TypeVar("T")


def read(path: Path, known: Known) -> Config:
    """See `auditor.config.read_config`."""
    try:
        text = _text(path)
        toml, lines = _toml(text), lines_of(text)
        file, found = _validated(toml, path.resolve().parent)
        config = _config(path, file, known, found)
        if found:
            raise ConfigError(
                fault.told(lines) for fault in sorted(found, key=lambda fault: line_at(lines, fault.path) or 0)
            )
    except ConfigError as error:
        raise ConfigError(f"{path.name or path} › {fault}" for fault in error.faults) from None
    return replace(config, lines=lines)


def _text(path: Path) -> str:
    try:
        return settings_of(path).decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise ConfigError([_("the file cannot be read: {why}").format(why=why(error))]) from None
    except UnicodeDecodeError:
        raise ConfigError([_("the file is not UTF-8: save it anew in the encoding UTF-8")]) from None


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([faults.of_syntax(error)]) from None
    except ValueError:  # of a number of more than 4,300 digits
        raise ConfigError([_("a number is too long to be one")]) from None
    except RecursionError:
        raise ConfigError([_("the brackets are nested too deep")]) from None


def _validated(toml: dict[str, Any], folder: Path) -> tuple[File, list[Fault]]:
    """The sections that are well formed, their paths seen from the folder, and the faults of the others."""
    context = {"folder": folder}
    try:
        return File.model_validate(toml, context=context), []
    except ValidationError as error:
        faulty = {fault["loc"][0] for fault in error.errors()}
        sound = {section: content for section, content in toml.items() if section not in faulty}
        return File.model_validate(sound, context=context), list(faults.of_models(error, File))


def _config(path: Path, file: File, known: Known, found: list[Fault]) -> Config:
    """The faults of what the file names join those found already."""
    settings = _settings(file, known, found)
    parameters = [
        setting
        for code, values in file.clauses.items()
        for setting in _each(("clauses", code), values, partial(setting_of, code, known=known), found)
    ]
    regulation = _listed(("check", "regulation"), file.check.regulation, known.regulation, found)
    _check_reports(file, known, found)
    _check_recipients(file, found)
    return Config(
        settings=settings,
        parameters=tuple(parameters),
        people=file.people,
        regulation=tuple(regulation),
        files=tuple(map(named, file.check.files)),
        waivers=file.check.waivers,
        fail_on=file.check.fail_on,
        path=path,
        file=file,
    )


def _check_reports(file: File, known: Known, found: list[Fault]) -> None:
    """The formats of reports are those that the program writes."""
    for number, files in enumerate(file.report.files):
        _listed(("report", "files", number, "formats"), files.formats, known.form, found)
    if file.delivery.mail:
        attachable = partial(_attachable, known=known)
        _listed(("delivery", "mail", "attach"), file.delivery.mail.attach, attachable, found)


def _attachable(form: str, known: Known) -> str:
    """A format of a single file."""
    if known.form(form) == "parquet":
        raise ValueError(_("parquet is a folder of tables, which no mail can bring."))
    return form


def _check_recipients(file: File, found: list[Fault]) -> None:
    """Whoever is told by a way has an address there."""
    for way, address in WAYS.items():
        if channel := getattr(file.delivery, way):
            reachable = partial(_reachable, people=file.people, address=address)
            _listed(("delivery", way, "to"), channel.to, reachable, found)


def _reachable(recipient: str, people: Mapping[str, Person], address: str) -> str:
    """A word, an address, or the name of somebody with one. Raises ValueError for another."""
    if recipient in (MANAGERS, HEADS) or re.fullmatch(r"-?\d+" if address != "email" else r"\S+@\S+", recipient):
        return recipient
    if recipient not in people:
        raise ValueError(unknown(_("[people] does not name “{word}”."), recipient, (*people, MANAGERS, HEADS)))
    if not getattr(people[recipient], address):
        what = _("[people] tells no {address} of “{name}”.")
        raise ValueError(what.format(address=address, name=recipient))
    return recipient


def _settings(file: File, known: Known, found: list[Fault]) -> Settings:
    hours, reading = file.time, file.reading
    if MIDNIGHT != hours.closes <= hours.opens:
        found.append(Fault(("time", "closes"), _("The working day must end after it begins.")))
    streams = dict(_each(("streams",), file.streams, said_of, found))
    everywhere = {caption: column for caption, column in file.columns.items() if isinstance(column, str)}
    some = {pattern: columns for pattern, columns in file.columns.items() if not isinstance(columns, str)}
    return Settings(
        timezone=hours.timezone,
        country=hours.country,
        opens=hours.opens,
        closes=hours.closes,
        days_off=hours.days_off,
        working_days=hours.working_days,
        suppose_days_off=hours.suppose_days_off,
        leave_hours=hours.leave_hours,
        date_format=hours.date_format,
        talk_seconds=reading.talk_seconds,
        quiet_days=reading.quiet_days,
        unattached_share=reading.unattached_share,
        contact_words=reading.contact_words,
        empty=reading.empty,
        hidden_sheets=reading.hidden_sheets,
        limits=Limits(**dict(file.limits)),
        strict=reading.strict,
        link=file.deals.link,
        declared_streams=tuple(name for name, exported in streams.items() if exported),
        missing_streams=tuple(name for name, exported in streams.items() if not exported),
        stages=dict(_each(("stages",), file.stages, lambda ours, stage: (ours, known.stage(stage)), found)),
        pipelines=dict(
            _each(("pipelines",), file.pipelines, lambda ours, theirs: (ours, known.pipeline(theirs)), found)
        ),
        fields=dict(_each(("fields",), file.fields, lambda caption, ours: (known.caption(caption), ours), found)),
        columns=_columns(("columns",), everywhere, known, found),
        narrowed={pattern: _columns(("columns", pattern), columns, known, found) for pattern, columns in some.items()},
    )


def _columns(path: TomlPath, columns: Mapping[str, str], known: Known, found: list[Fault]) -> dict[str, str]:
    return dict(_each(path, columns, lambda ours, column: (ours, known.column(column)), found))


def _each(section: TomlPath, entries: Mapping[str, V], check: Callable[[str, V], T], found: list[Fault]) -> list[T]:
    """What `check` makes of each entry; its ValueErrors join the faults found."""
    results = []
    for key, value in entries.items():
        try:
            results.append(check(key, value))
        except ValueError as error:
            found.append(Fault((*section, key), str(error)))
    return results


def _listed(path: TomlPath, entries: Iterable[str], check: Callable[[str], T], found: list[Fault]) -> list[T]:
    """The same of a list, whose entries have numbers."""
    results = []
    for number, entry in enumerate(entries):
        try:
            results.append(check(entry))
        except ValueError as error:
            found.append(Fault((*path, number), str(error)))
    return results
