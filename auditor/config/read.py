"""`auditor.toml` → settings of the verdicts and defaults of the commands; every fault at once."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import time
from functools import partial
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from auditor.config import faults
from auditor.config.config import Config, ConfigError
from auditor.config.known import Known
from auditor.config.models import File
from auditor.config.parameters import setting_of
from auditor.config.streams import said_of
from auditor.failures import settings_of, why
from auditor.i18n import _
from auditor.settings import Settings

MIDNIGHT = time(0)
V = TypeVar("V")
T = TypeVar("T")


def read(path: Path, known: Known) -> Config:
    """See `auditor.config.read_config`."""
    try:
        file, found = _validated(_toml(path))
        config = _config(path, file, known, found)
    except ConfigError as error:
        raise ConfigError(f"{path.name or path} › {fault}" for fault in error.faults) from None
    return config


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(settings_of(path).decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError([_("the file cannot be read: {why}").format(why=why(error))]) from None
    except UnicodeDecodeError:
        raise ConfigError([_("the file is not UTF-8: save it anew in the encoding UTF-8")]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([faults.of_syntax(error)]) from None
    except ValueError:  # of a number of more than 4,300 digits
        raise ConfigError([_("a number is too long to be one")]) from None
    except RecursionError:
        raise ConfigError([_("the brackets are nested too deep")]) from None


def _validated(toml: dict[str, object]) -> tuple[File, list[str]]:
    """The sections that are well formed, and the faults of the others."""
    try:
        return File.model_validate(toml), []
    except ValidationError as error:
        faulty = {fault["loc"][0] for fault in error.errors()}
        sound = {section: content for section, content in toml.items() if section not in faulty}
        return File.model_validate(sound), list(faults.of_models(error, File))


def _config(path: Path, file: File, known: Known, found: list[str]) -> Config:
    """Raises ConfigError with the faults found already and those of what the file names."""
    settings = _settings(file, known, found)
    parameters = [
        setting
        for code, values in file.clauses.items()
        for setting in _each(f"clauses.{code}", values, partial(setting_of, code, known=known), found)
    ]
    codes = {f"regulation › {number}": code for number, code in enumerate(file.check.regulation, 1)}
    regulation = _each("check", codes, lambda _number, code: known.regulation(code), found)
    if found:
        raise ConfigError(found)
    folder = path.resolve().parent
    return Config(
        settings=settings,
        parameters=tuple(parameters),
        people=file.people,
        regulation=tuple(regulation),
        files=tuple(str(folder / name) for name in file.check.files),
        waivers=folder / file.check.waivers if file.check.waivers else None,
        fail_on=file.check.fail_on,
        path=path,
    )


def _settings(file: File, known: Known, found: list[str]) -> Settings:
    hours, reading = file.time, file.reading
    if MIDNIGHT != hours.closes <= hours.opens:
        what = _("The working day must end after it begins.")
        found.append(f"[time] › closes: {what}")
    streams = dict(_each("streams", file.streams, said_of, found))
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
        strict=reading.strict,
        link=file.deals.link,
        declared_streams=tuple(name for name, exported in streams.items() if exported),
        missing_streams=tuple(name for name, exported in streams.items() if not exported),
        stages=dict(_each("stages", file.stages, lambda ours, stage: (ours, known.stage(stage)), found)),
        pipelines=dict(_each("pipelines", file.pipelines, lambda ours, theirs: (ours, known.pipeline(theirs)), found)),
        fields=dict(_each("fields", file.fields, lambda caption, ours: (known.caption(caption), ours), found)),
        columns=dict(_each("columns", file.columns, lambda ours, column: (ours, known.column(column)), found)),
    )


def _each(section: str, entries: Mapping[str, V], check: Callable[[str, V], T], found: list[str]) -> list[T]:
    """What `check` makes of each entry; its ValueErrors join the faults found."""
    results = []
    for key, value in entries.items():
        try:
            results.append(check(key, value))
        except ValueError as error:
            found.append(f"[{section}] › {key}: {error}")
    return results
