"""`auditor doctor`: whether a night would go well, a line for each thing that it needs, with what to mend."""

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from auditor.audit.read_waivers import read_waivers
from auditor.cli.asked import Asked, asked
from auditor.cli.audited import audited
from auditor.cli.check import NOTHING, REFUSED
from auditor.cli.console import quiet_pipe
from auditor.cli.errors import UsageError
from auditor.cli.history import store_of
from auditor.cli.nightly import doubts, no_files, now_of, state_of
from auditor.cli.options import Options
from auditor.cli.outputs import cannot
from auditor.config import Config
from auditor.config.secrets import SecretError, SecretPlace
from auditor.delivery.message import NotSentError
from auditor.delivery.recipients import channel_words, recipients_of
from auditor.delivery.ways import WAYS
from auditor.history.failures import HistoryError
from auditor.history.migrate import HEAD
from auditor.history.store import Store, version_in
from auditor.i18n import _, day_form, ngettext
from auditor.log.calendar import Calendar, day_number, unofficial
from auditor.reports.safe import short
from checks import REGULATIONS


class Mark(StrEnum):
    GOOD = "✓"
    DOUBT = "!"
    """The night goes, but something may be amiss."""
    BAD = "✗"
    """The night would fail, or nobody be told of it."""


@dataclass(frozen=True)
class Finding:
    """One line; `name`: of what was looked at."""

    mark: Mark
    name: str
    words: str

    def __str__(self) -> str:
        return f"{self.mark} {self.name}: {short(self.words)}"


def doctor(options: Options, *, offline: bool) -> int:
    """Look at everything and print a line of each thing; 2 where a night would fail."""
    code = NOTHING
    with quiet_pipe():
        for finding in _findings(options, offline=offline):
            print(finding, flush=True)
            code = REFUSED if finding.mark == Mark.BAD else code
    return code


def _findings(options: Options, *, offline: bool) -> Iterator[Finding]:
    name = _("settings")
    try:
        what = asked(options, REGULATIONS, needs_files=False, upwards=False)
    except UsageError as error:
        yield from (Finding(Mark.BAD, name, line) for line in error.lines)
        return
    if what.config.path is None:
        yield Finding(Mark.BAD, name, _("there is no auditor.toml here: auditor init FILES writes it"))
        return
    yield Finding(Mark.GOOD, name, str(what.config.path))
    yield from _exports(what)
    yield _calendar(what)
    yield _history(what.config)
    yield from _folders(what.config, what.config.path)
    yield from _waivers(what)
    yield from _messages(what, offline=offline)
    yield _watcher(what.config)


def _exports(what: Asked) -> Iterator[Finding]:
    """They are read and judged as a night does."""
    name = _("exports")
    if not what.files:
        yield Finding(Mark.BAD, name, no_files(what.config.name))
        return
    try:
        audit = audited(replace(what, waivers=None), say=lambda _line: None)[1]
    except UsageError as error:
        yield from (Finding(Mark.BAD, name, line) for line in error.lines)
        return
    bad = list(doubts(what, audit))
    yield from (Finding(Mark.BAD, name, line) for line in bad)
    if not bad:
        count = len({source.file for source in audit.inputs})
        words = ngettext("{n} file, up to {day}", "{n} files, up to {day}", count)
        yield Finding(Mark.GOOD, name, words.format(n=count, day=f"{audit.as_of:{day_form()} %H:%M}"))


def _calendar(what: Asked) -> Finding:
    today = day_number(now_of(what).date())
    known = Calendar.of(what.settings, today, today).known_until
    warning = unofficial(known, today)
    if warning:
        return Finding(Mark.DOUBT, _("calendar"), warning)
    return Finding(Mark.GOOD, _("calendar"), f"{what.settings.country}, {what.settings.timezone}")


def _history(config: Config) -> Finding:
    name = _("history")
    try:
        store = store_of(config)
        version = version_in(store)
    except (UsageError, HistoryError) as error:
        return Finding(Mark.BAD, name, str(error))
    if _closed(store):
        return Finding(Mark.BAD, name, cannot(Path(str(store)), PermissionError(errno.EACCES, "")))
    if version is None:
        return Finding(Mark.GOOD, name, _("{place}: empty, the first night fills it").format(place=store))
    if version != HEAD:
        words = _("{place}: tables of an older program, the next night brings them up to date").format(place=store)
        return Finding(Mark.DOUBT, name, words)
    return Finding(Mark.GOOD, name, str(store))


def _closed(store: Store) -> bool:
    """Whether it is a file that may be read and not written."""
    return store.file is not None and store.file.exists() and not os.access(store.file, os.W_OK)


def _folders(config: Config, path: Path) -> Iterator[Finding]:
    """Of the runs, of the history, of the reports; each once."""
    store = Store(config.whole.history.database)
    kept = [store.file.parent] if store.file else []
    for folder in dict.fromkeys((state_of(path), *kept, *(files.folder for files in config.whole.report.files))):
        yield _folder(folder)


def _folder(folder: Path) -> Finding:
    """Something is written and is gone at once; where there is no such folder, in that which would hold it."""
    try:
        with TemporaryFile(dir=next(filter(Path.exists, (folder, *folder.parents)))) as file:
            file.write(b"auditor")
    except OSError as error:
        return Finding(Mark.BAD, _("folder"), cannot(folder, error))
    return Finding(Mark.GOOD, _("folder"), str(folder))


def _waivers(what: Asked) -> Iterator[Finding]:
    if what.waivers is None:
        return
    name = _("waivers")
    waivers, problems = read_waivers(what.waivers, what.codes)
    for problem in problems:
        yield Finding(Mark.BAD if problem.refused else Mark.DOUBT, name, str(problem))
    if not problems:
        yield Finding(Mark.GOOD, name, f"{what.waivers} ({len(waivers)})")


def _messages(what: Asked, *, offline: bool) -> Iterator[Finding]:
    file = what.config.whole
    used = [name for name in WAYS if getattr(file.delivery, name)]
    heard = {each.channel for each in recipients_of(file.delivery, file.people, {}, now_of(what).date())}
    for name in used:
        yield _way(name, getattr(file.delivery, name), offline=offline)
        if name not in heard:
            words = _("nobody is told by this way: give people an address under [people], or name one in to")
            yield Finding(Mark.DOUBT, channel_words(name), words)
    if not used:
        yield Finding(
            Mark.DOUBT, _("messages"), _("nobody is told of a night: [delivery.mail] or another section names the way")
        )


def _way(name: str, channel: Any, *, offline: bool) -> Finding:
    way = WAYS[name]
    try:
        kept: SecretPlace | None = getattr(channel, way.secret)
        if kept:
            kept.read()
        told = _("not asked, for --offline says so") if offline else way.check(channel)
    except (NotSentError, SecretError) as error:
        return Finding(Mark.BAD, channel_words(name), str(error))
    return Finding(Mark.GOOD, channel_words(name), told)


def _watcher(config: Config) -> Finding:
    """It is not asked: it would take that for a run."""
    if config.whole.run.ping_url:
        return Finding(Mark.GOOD, _("watcher"), _("is told of each night; asked it is not, it would take that for one"))
    words = _("nobody notices a night that never ran: name a service that waits for it, ping_url under [run]")
    return Finding(Mark.DOUBT, _("watcher"), words)
