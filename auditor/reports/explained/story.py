"""What is explained, whole: whose it is, what happened, and every duty with why it was judged so."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import pandas as pd

from auditor.audit.result import Audit, Status
from auditor.audit.timeline import DayLine, DealLine, Stayed
from auditor.i18n import _, clause_text, ngettext, quoted
from auditor.reports import words
from auditor.reports.amounts import amount, day, decimal, moment
from auditor.reports.captions import column
from auditor.reports.explained.happenings import text_of
from auditor.reports.explained.lines import JUDGED, Line, Showing
from auditor.reports.rows import Row, shown_rows
from auditor.rules import Clause
from auditor.spelling import capital
from auditor.terms import role_words


@dataclass(frozen=True)
class Group:
    """Duties under one heading."""

    title: str
    duties: tuple[Row, ...]


@dataclass(frozen=True)
class Story:
    """A deal or a day, whose record is `line`.

    `facts`: what is known of it, by caption; `stays`: where the deal was, and since when; `card`: its cells as
    exported; `notes`: what a judge of it must know first; `clauses`: the regulations', by code; `whole`: met duties are
    told in full, too."""

    line: DealLine | DayLine
    as_of: datetime
    timezone: str
    title: str
    subtitle: str
    link: str
    facts: tuple[tuple[str, str], ...]
    stays: tuple[str, ...]
    notes: tuple[str, ...]
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    card: tuple[tuple[str, str], ...]
    clauses: Mapping[str, Clause]
    hours_a_day: float
    each_deal: bool
    whole: bool


def of_deal(audit: Audit, line: DealLine) -> Story:
    """A deal with the duties of the audit, which are its own."""
    duties = tuple(shown_rows(audit.tell(audit.duties.sort_values(["due", "clause"], kind="stable"))))
    showing = Showing.of(audit, duties, each_deal=False)
    return Story(
        line=line,
        as_of=audit.as_of,
        timezone=audit.timezone,
        title=" · ".join(part for part in (words.record(*line.record), line.title) if part),
        subtitle=_judged(audit),
        link=line.link,
        facts=tuple(_facts_of_deal(line, duties)),
        stays=tuple(_stays(line.stays)),
        notes=tuple(_notes_on_deal(audit, line, duties)),
        lines=tuple(showing.lines(line.happened, audit.as_of)),
        groups=tuple(_by_verdict(duties)),
        card=tuple(_card(line)),
        clauses=_clauses(audit),
        hours_a_day=audit.hours_a_day,
        each_deal=False,
        whole=bool(audit.scope.select),
    )


def of_day(audit: Audit, line: DayLine) -> Story:
    """A person's day with those of his duties that were owed on it."""
    owed = _owed_on(audit.duties, line.day)
    duties = tuple(shown_rows(audit.tell(owed.sort_values(["due", "deal", "clause"], kind="stable"))))
    showing = Showing.of(audit, duties, each_deal=True)
    lines = showing.lines(line.happened, audit.as_of)
    return Story(
        line=line,
        as_of=audit.as_of,
        timezone=audit.timezone,
        title=f"{line.person} · {words.weekday(line.day)} {day(line.day)}",
        subtitle=_judged(audit),
        link="",
        facts=tuple((caption, text) for caption, text in _facts_of_day(line, duties) if text),
        stays=(),
        notes=tuple(_notes_on_day(line)),
        lines=tuple(each for each in lines if each.sort != "due" or each.day == line.day),
        groups=tuple(_by_moment(duties, line.day)),
        card=(),
        clauses=_clauses(audit),
        hours_a_day=audit.hours_a_day,
        each_deal=True,
        whole=bool(audit.scope.select),
    )


def _judged(audit: Audit) -> str:
    at = _("as of {moment} ({zone})").format(moment=moment(audit.as_of), zone=audit.timezone)
    titles = "; ".join(f"{each.code} · {clause_text(each.code, each.title)}" for each in audit.regulations)
    return " · ".join(part for part in (titles, at) if part)


def _clauses(audit: Audit) -> Mapping[str, Clause]:
    return {clause.code: clause for regulation in audit.regulations for clause in regulation.clauses}


# ── a deal ──


def _facts_of_deal(line: DealLine, duties: Sequence[Row]) -> Iterator[tuple[str, str]]:
    yield _("Responsible"), line.manager or _("nobody by name")
    if line.linked:
        yield _("Linked with"), ", ".join(words.record(*record) for record in line.linked)
    yield _("Duties"), _sum(duties)


def _sum(duties: Sequence[Row]) -> str:
    """«нарушено 1, выполнено 27»."""
    counts = Counter(duty.verdict for duty in duties)
    told = [f"{words.verdict(verdict)} {decimal(counts[verdict])}" for verdict in JUDGED if counts[verdict]]
    return ", ".join(told) or _("none")


def _card(line: DealLine) -> Iterator[tuple[str, str]]:
    """The cells of the deal's own row, and where it stands."""
    for name, value in line.card:
        if name not in ("manager", "lead_id"):
            yield column(name), _card_cell(name, value)
    yield _("Row"), str(line.place)


def _card_cell(name: str, value: object) -> str:
    if value is None:
        return _("unknown: the exports contradict each other")
    return words.outcome(str(value)) if name == "outcome" else text_of(value)


def _stays(stays: Sequence[Stayed]) -> Iterator[str]:
    """«Преддоговор» с 01.03.2024 10:00, 40 дней 2 ч."""
    several = len({stay.pipeline for stay in stays}) > 1
    for stay in stays:
        stage = quoted(stay.stage) if stay.stage else words.outcome(stay.outcome) or _("unknown stage")
        where = f"{stay.pipeline} / {stage}" if several and stay.pipeline else stage
        since = _("since {moment}") if stay.certain else _("since {moment} or so")
        lasted = amount((stay.left - stay.entered).total_seconds() // 60, "minutes") if stay.left else ""
        yield ", ".join(part for part in (f"{where} {since.format(moment=moment(stay.entered))}", lasted) if part)


def _notes_on_deal(audit: Audit, line: DealLine, duties: Sequence[Row]) -> Iterator[str]:
    if line.later:
        form = ngettext(
            "{n} later row is not seen: the audit speaks for {moment}.",
            "{n} later rows are not seen: the audit speaks for {moment}.",
            line.later,
        )
        yield form.format(n=decimal(line.later), moment=moment(audit.as_of))
    yield from _not_judged(audit, line)
    for coverage in audit.coverage:
        if audit.scope.select and coverage.status == Status.NOT_CHECKED:
            yield _("{clause} is not checked: {why}.").format(clause=coverage.clause, why=coverage.why)
    if not duties:
        yield _("No duty arose in this deal by the clauses asked for.")


def _not_judged(audit: Audit, line: DealLine) -> Iterator[str]:
    """The deal's pipelines that no regulation judges."""
    judged = {each.name for each in audit.pipelines if each.judged}
    others = {each.name for each in audit.pipelines} - judged
    names = [name for name in dict.fromkeys(stay.pipeline for stay in line.stays) if name in others]
    if names:
        yield _("Not judged in {pipelines}: it is no pipeline of the regulation.").format(pipelines=quoted(*names))


def _by_verdict(duties: Sequence[Row]) -> Iterator[Group]:
    for verdict in JUDGED:
        if theirs := tuple(duty for duty in duties if duty.verdict == verdict):
            yield Group(capital(words.verdict(verdict)), theirs)


# ── a day ──


def _facts_of_day(line: DayLine, duties: Sequence[Row]) -> Iterator[tuple[str, str]]:
    yield _("Role"), role_words(line.role) if line.role else _("not named")
    yield _("Department"), line.department
    yield _("Working time"), _hours(line)
    yield _("Schedule"), line.schedule or _("the company's")
    own = [each for each in line.happened if each.own]
    yield _("His acts"), decimal(len(own))
    if own and own[0].at and own[-1].at:
        yield _("From first to last"), f"{own[0].at:%H:%M}–{own[-1].at:%H:%M}"
    yield _("Duties"), _sum(duties)


def _hours(line: DayLine) -> str:
    if not line.known:
        return _("the schedule is not understood: what hangs on it is unknown")
    return f"{line.opens:%H:%M}–{line.closes:%H:%M}" if line.opens and line.closes else _("a day off")


def _notes_on_day(line: DayLine) -> Iterator[str]:
    if line.left and line.left < line.day:
        yield _("Worked until {day}: nothing is asked of him later.").format(day=day(line.left))
    if line.idle:
        yield _("Not one act of his on a working day: a supposed day off, what was owed each day is unknown.")
    if not line.happened:
        yield _("The exports tell nothing of this day.")


def _owed_on(duties: pd.DataFrame, today: date) -> pd.DataFrame:
    """Those that arose by the end of the day, and were neither done in time nor both due and done before it."""
    start, stop = pd.Timestamp(today), pd.Timestamp(datetime.combine(today, time.max))
    arose, due, done = (duties[name] for name in ("arose", "due", "met_at"))
    ended = done.where(duties["verdict"].eq("met") & done.notna(), due.where(done.isna(), done.clip(lower=due)))
    return duties[(arose <= stop) & (ended.fillna(arose) >= start)]


def _by_moment(duties: Sequence[Row], today: date) -> Iterator[Group]:
    """By what happened to them on the day, the first of these that holds; what is violated stands first."""
    groups: dict[str, list[Row]] = {}
    titles = (_("Due on this day"), _("Done on this day"), _("Arisen on this day"), _("Owed on this day, due later"))
    for duty in sorted(duties, key=lambda duty: JUDGED.index(duty.verdict)):
        moments = (duty.due, duty.met_at, duty.arose)
        place = next((i for i, at in enumerate(moments) if at and at.date() == today), len(moments))
        groups.setdefault(titles[place], []).append(duty)
    for title in titles:
        if theirs := groups.get(title):
            yield Group(title, tuple(theirs))
