"""`auditor nightly`: everything that auditor.toml says, with nobody watching."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from platformdirs import user_state_path

from auditor.audit.result import Audit
from auditor.choices import one_of
from auditor.cli.asked import Asked, asked, with_period
from auditor.cli.audited import audited
from auditor.cli.check import CRASHED, NOTHING, REFUSED, exit_code
from auditor.cli.console import quiet_pipe, tell
from auditor.cli.errors import UsageError
from auditor.cli.faults import Faults
from auditor.cli.history import store_of
from auditor.cli.night_messages import attached, rehearsal
from auditor.cli.night_reports import write_reports
from auditor.cli.options import Options
from auditor.cli.program import crash_words
from auditor.config.nightly import ReportFiles
from auditor.delivery.deliver import deliver, rehearsed
from auditor.delivery.outbox import Outbox, State, looked_into, opened
from auditor.delivery.plans import News
from auditor.delivery.recipients import reaches_people
from auditor.history.changes import Group
from auditor.history.failures import HistoryError
from auditor.history.record import Recorded, compared, record
from auditor.i18n import _, day_form
from auditor.inputs.files import find_files
from auditor.nightly.alone import BusyError, alone
from auditor.nightly.freshness import changed_last, stale
from auditor.nightly.log import Level, Log
from auditor.nightly.ping import Ping, ping
from auditor.reports import words
from auditor.reports.amounts import decimal
from auditor.reports.nothing import nothing
from auditor.reports.summary import summary_of
from checks import REGULATIONS

T = TypeVar("T")
TOLD = (Group.NEW, Group.REOPENED, Group.CLOSED_LATE, Group.OPEN, Group.WITHDRAWN)
"""The groups that the line of a night counts."""


def nightly(options: Options, log_format: str | None, *, dry_run: bool = False) -> int:
    """Read, judge, keep, report and tell, or only show what would be told (`dry_run`); the exit code. Raises UsageError
    where the settings cannot be used."""
    faults = Faults()
    form = faults.read("--log-format", one_of("text", "json"), log_format)
    faults.refuse()
    what = asked(options, REGULATIONS, needs_files=False, upwards=False)
    if what.config.path is None:
        raise UsageError(
            _("auditor nightly does what auditor.toml says, and there is none here: auditor init writes it.")
        )
    if not what.files:
        raise UsageError(no_files(what.config.name))
    log = Log(tell, as_json=form == "json", quiet=options.quiet)
    if dry_run:
        return Night(what, log).rehearse()
    try:
        with alone(state_of(what.config.path)):
            return Night(what, log).run()
    except BusyError as busy:
        log.sum_up(str(busy), Level.ERROR)
        return REFUSED


def no_files(settings: str) -> str:
    """What to say of settings that name no exports."""
    return _('{file}: name the exports, as in [check] files = ["exports"].').format(file=settings)


def state_of(settings: Path) -> Path:
    """The folder in which the runs of these settings know of each other."""
    return (
        user_state_path("auditor", appauthor=False) / "runs" / sha256(str(settings.resolve()).encode()).hexdigest()[:16]
    )


class Night:
    """One run. Each step goes on where another failed; what failed is in the log, and in the exit code."""

    def __init__(self, what: Asked, log: Log) -> None:
        self.what, self.log = what, log
        self.settings = what.config.whole
        self.code = NOTHING
        self.faults: list[str] = []

    def run(self) -> int:
        url = self.settings.run.ping_url
        self._warn(ping(url, Ping.START))
        audit = self._step(self._audit)
        recorded = self._step(lambda: record(audit, store_of(self.what.config))) if audit else None
        for told in recorded.told if recorded else ():
            self._warn(told)
        if audit:
            self._step(lambda: self._report(audit))
        if reaches_people(self.settings.delivery):
            self._step(lambda: self._tell(audit, recorded))
        night = _Told.of(audit, recorded)
        self._warn(ping(url, Ping.FAIL if self.faults else Ping.SUCCESS, "\n".join([night.line, *self.faults])))
        return self._sum_up(night)

    def rehearse(self) -> int:
        """Show what would go to whom; nothing is written, nobody told."""
        audit = self._step(self._audit)
        recorded = self._step(lambda: compared(audit, store_of(self.what.config))) if audit else None
        self._step(lambda: self._show(audit, recorded))
        return self._sum_up(_Told.of(audit, recorded))

    def _sum_up(self, told: "_Told") -> int:
        level = Level.ERROR if self.faults else Level.INFO
        self.log.sum_up(told.line, level, code=self.code, faults=self.faults, **told.figures)
        return self.code

    def _step(self, step: Callable[[], T]) -> T | None:
        """What the step gives; None where it failed, which is told."""
        try:
            return step()
        except UsageError as error:
            self._fail(*error.lines)
        except HistoryError as error:
            self._fail(str(error))
        except Exception as error:
            self._fail(crash_words(error), code=CRASHED)
        return None

    def _fail(self, *lines: str, code: int = REFUSED) -> None:
        for line in lines:
            self.code = max(self.code, code)
            if line not in self.faults:
                self.faults.append(line)
                self.log.say(line, Level.ERROR)

    def _warn(self, line: str) -> None:
        if line:
            self.log.say(line, Level.WARNING)

    def _audit(self) -> Audit:
        audit = audited(self.what, say=self.log.say)[1]
        self.code = max(self.code, exit_code(audit, self.settings.run.fail_on))
        self._fail(*doubts(self.what, audit))
        return audit

    def _report(self, audit: Audit) -> None:
        for files in self.settings.report.files:
            self._fail(*write_reports(files, self._of_period(files, audit), self.log.say))

    def _tell(self, audit: Audit | None, recorded: Recorded | None) -> None:
        """Without a history nobody knows what was told: then only of what failed."""
        outbox = self._step(lambda: opened(store_of(self.what.config), self._first_day(audit)))
        news = self._news(audit, recorded if outbox else None)
        for done in deliver(news, self.settings, outbox or Outbox(), attached):
            if done.fault:
                self._fail(done.fault)
            elif done.state == State.SENT:
                self.log.say(_("Sent: {recipient}").format(recipient=done.to))

    def _show(self, audit: Audit | None, recorded: Recorded | None) -> None:
        outbox = looked_into(store_of(self.what.config), self._first_day(audit))
        with quiet_pipe():
            for line in rehearsal(rehearsed(self._news(audit, recorded), self.settings, outbox)):
                print(line)

    def _first_day(self, audit: Audit | None) -> date:
        """Of those that messages are of."""
        today = now_of(self.what).date()
        return min(today, audit.as_of.date()) if audit else today

    def _news(self, audit: Audit | None, recorded: Recorded | None) -> News:
        return News(audit, recorded, tuple(self.faults), now_of(self.what).date())

    def _of_period(self, files: ReportFiles, audit: Audit) -> Audit:
        return audited(with_period(self.what, files.period), say=_unsaid)[1] if files.period else audit


def doubts(what: Asked, audit: Audit) -> Iterator[str]:
    """Why this night is no clean bill."""
    yield from (str(problem) for problem in audit.problems if problem.refused)
    yield from (f"{crash.clause}: {crash.error}" for crash in audit.crashes)
    files = find_files(what.files, what.settings.limits)[0]
    written = changed_last((file.path for file in files), what.settings)
    old = stale(written, audit.as_of, now_of(what), what.config.whole.run.stale_days, what.settings)
    if old:
        yield old
    if unjudged := nothing(audit, summary_of(audit)):
        yield " ".join(unjudged)


def now_of(what: Asked) -> datetime:
    """The moment of the run, as the company's clocks show it."""
    return what.settings.as_of or datetime.now(ZoneInfo(what.settings.timezone)).replace(tzinfo=None)


def _unsaid(_line: str) -> None:
    """It was said before."""


class _Told(NamedTuple):
    """The night in a line, and the same in figures."""

    line: str
    figures: dict[str, object]

    @classmethod
    def of(cls, audit: Audit | None, recorded: Recorded | None) -> "_Told":
        if audit is None:
            return cls(_("The night failed: nothing was judged."), {})
        violated = int((audit.duties["verdict"] == "violated").sum())
        counted = Counter(change.group for change in recorded.changes) if recorded else Counter[Group]()
        day = f"{audit.as_of:{day_form()}}"
        line = _("The night of {day}: violated {n}").format(day=day, n=decimal(violated))
        groups = ", ".join(f"{words.group(group)} {decimal(counted[group])}" for group in TOLD)
        figures = {group.value: counted[group] for group in TOLD}
        return cls(
            f"{line}; {groups}" if recorded else line,
            {"as_of": audit.as_of.isoformat(), "violated": violated, **figures},
        )
