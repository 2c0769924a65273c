"""Timelines as lines of texts, for every format alike."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from auditor.audit.result import Audit
from auditor.audit.timeline import Happening
from auditor.i18n import _, ngettext
from auditor.inputs.tables import Place, Problem
from auditor.reports import words
from auditor.reports.amounts import END_OF_DAY, lapse, worked
from auditor.reports.amounts import day as day_words
from auditor.reports.explained.happenings import details_of, name_of, remarks_on
from auditor.reports.rows import Row

JUDGED = ("violated", "pending", "unknown", "waived", "met")
"""Verdicts in the order in which a deal's duties are told."""
ENDS = datetime.max
FEW = 4


@dataclass(frozen=True)
class Line:
    """One line: `clock` of its `day` (None: nobody knows when), `worked`: the working time since the line before,
    `clauses`: of the duties that this row decided; `sort`: `event`, `due` or `unread`."""

    day: date | None
    clock: str
    what: str
    worked: str = ""
    details: str = ""
    who: str = ""
    deal: str = ""
    remarks: str = ""
    clauses: str = ""
    place: Place | None = None
    sort: str = "event"


@dataclass(frozen=True)
class Showing:
    """How happenings are told: by the duties that they decided, the problems of their rows, and whose they are."""

    duties: Sequence[Row]
    problems: Sequence[Problem]
    hours_a_day: float
    each_deal: bool = False
    evidence: Mapping[Place, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, audit: Audit, duties: Sequence[Row], *, each_deal: bool) -> "Showing":
        """`each_deal`: a line names its deal."""
        evidence: dict[Place, list[str]] = {}
        for duty in sorted(duties, key=lambda duty: JUDGED.index(duty.verdict)):
            for place in duty.evidence:
                codes = evidence.setdefault(place._replace(column=None), [])
                codes.extend([duty.clause] if duty.clause not in codes else [])
        return cls(duties, audit.problems, audit.hours_a_day, each_deal, evidence)

    def lines(self, happened: Iterable[Happening], until: datetime) -> list[Line]:
        """What happened, and between it the dues of duties that were not met in time, up to `until`."""
        placed, last = [], datetime.min
        for happening in happened:
            last = max(last, happening.at or (last if happening.timeless else ENDS))
            placed.append((last, self._line(happening, last.date() if last < ENDS else None)))
        dues = [
            (duty.due, self._due(duty, duty.due)) for duty in self.duties if duty.due and self._is_told(duty, until)
        ]
        return [line for _at, line in sorted([*placed, *dues], key=lambda item: item[0])]

    @staticmethod
    def _is_told(duty: Row, until: datetime) -> bool:
        """Whether its due is a line of its own: what was met, or judged at once, stands at its row."""
        over = duty.due is not None and duty.due != duty.arose and duty.due <= until
        return over and duty.verdict in ("violated", "waived", "unknown")

    def _line(self, happening: Happening, day: date | None) -> Line:
        unread = happening.kind == "unread"
        wrong = [each.what for each in self.problems if unread and each.place[:3] == happening.place[:3]]
        return Line(
            day=day,
            clock=_clock(happening),
            what=name_of(happening),
            worked=worked(happening.worked, self.hours_a_day),
            details="; ".join([part for part in (details_of(happening), *wrong) if part]),
            who=happening.author,
            deal=self._deal(happening),
            remarks=remarks_on(happening),
            clauses=few(self.evidence.get(happening.place, ())),
            place=happening.place,
            sort="unread" if unread else "event",
        )

    def _deal(self, happening: Happening) -> str:
        if not self.each_deal:
            return ""
        return (
            f"{words.record(happening.entity, happening.deal)} {happening.title}" if happening.deal else _("On no deal")
        )

    def _due(self, duty: Row, at: datetime) -> Line:
        judged = words.verdict(duty.verdict)
        lapsed = lapse(duty, self.hours_a_day) if duty.verdict in ("violated", "waived") else ""
        return Line(
            day=at.date(),
            clock="24:00" if at.time() == END_OF_DAY else f"{at:%H:%M}",
            what=_("Due by {clause}: {verdict}").format(
                clause=duty.clause, verdict=", ".join(part for part in (judged, lapsed) if part)
            ),
            deal=words.record(duty.entity, duty.deal) if self.each_deal else "",
            sort="due",
        )


def _clock(happening: Happening) -> str:
    if happening.at is None or happening.day_only:
        return "?"
    return f"{happening.at:%H:%M:%S}" if happening.at.second else f"{happening.at:%H:%M}"


def few(codes: Collection[str]) -> str:
    """The first few, and how many more."""
    shown, more = list(codes)[:FEW], len(codes) - FEW
    rest = ngettext("and {n} more", "and {n} more", more).format(n=more) if more > 0 else ""
    return f"{', '.join(shown)} {rest}".strip()


def by_day(lines: Iterable[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The lines under their days; those of an unknown moment last."""
    found: dict[date | None, list[Line]] = {}
    for line in lines:
        found.setdefault(line.day, []).append(line)
    for day, theirs in found.items():
        yield heading(day), theirs


def heading(day: date | None) -> str:
    """«понедельник 16.09.2024»."""
    return f"{words.weekday(day)} {day_words(day)}" if day else _("nobody knows when")
