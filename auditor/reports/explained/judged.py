"""Why a duty was judged so: its moments, the sentence, the checklist, and the rows that show it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from auditor.i18n import _, clause_text
from auditor.reports import words
from auditor.reports.amounts import day, lapse, moment
from auditor.reports.explained.story import Story
from auditor.reports.places import places
from auditor.reports.rows import Row
from auditor.terms import Checked, role_words

OF_VERDICTS = {"met": True, "violated": False, "waived": False}


@dataclass(frozen=True)
class Judged:
    """A duty in words. `title`: its clause and what became of it; `sign`: the same as a mark; `facts` by caption;
    `checklist`: a mark and a line each; nothing but its moments where it was met, unless that was asked for."""

    title: str
    sign: str
    verdict: str
    text: str
    facts: tuple[tuple[str, str], ...]
    checklist: tuple[tuple[str, str], ...]


def judged(story: Story, duty: Row) -> Judged:
    """The duty as the story tells it."""
    clause = story.clauses[duty.clause]
    in_full = story.whole or duty.verdict != "met"
    return Judged(
        title=" · ".join(part for part in (_deal(story, duty), duty.clause, _verdict(story, duty)) if part),
        sign=words.SIGNS[OF_VERDICTS.get(duty.verdict)] if duty.verdict != "pending" else "…",
        verdict=duty.verdict,
        text=clause_text(clause.code, clause.text),
        facts=tuple((caption, text) for caption, text in _facts(duty, clause.reading, in_full) if text),
        checklist=tuple(map(_line, duty.findings)) if in_full else (),
    )


def _deal(story: Story, duty: Row) -> str:
    return f"{words.record(duty.entity, duty.deal)} {duty.title}".strip() if story.each_deal else ""


def _verdict(story: Story, duty: Row) -> str:
    how = lapse(duty, story.hours_a_day) if duty.verdict in ("violated", "waived") else ""
    return ": ".join(part for part in (words.verdict(duty.verdict), how) if part)


def _facts(duty: Row, reading: str, in_full: bool) -> Iterator[tuple[str, str]]:
    yield _("When"), _moments(duty)
    if in_full:
        yield _("Why"), duty.why
        yield _("How it is read"), clause_text(duty.clause, reading)
        yield _("Answers"), _who(duty)
    yield _("Suspicious"), "; ".join(map(words.suspect, duty.suspect))
    if duty.waiver:
        form = _("{who}, until {day}: {reason}")
        yield (
            _("Waived by"),
            form.format(who=duty.waiver.approved_by, day=day(duty.waiver.until), reason=duty.waiver.reason),
        )
    yield _("Rows"), places(duty.evidence, few=len(duty.evidence))


def _moments(duty: Row) -> str:
    """«возникло 01.03.2024 10:00, срок 31.03.2024, сделано 10.04.2024 12:00»; judged at once: that moment alone."""
    if duty.due == duty.arose:
        return _moment(_("judged at once, {moment}"), duty.arose)
    parts = (
        _moment(_("arose {moment}"), duty.arose),
        _moment(_("due {moment}"), duty.due),
        _moment(_("done {moment}"), duty.met_at),
    )
    return ", ".join(part for part in parts if part)


def _moment(form: str, at: datetime | None) -> str:
    return form.format(moment=moment(at)) if at else ""


def _who(duty: Row) -> str:
    return f"{duty.manager or _('nobody by name')} ({role_words(duty.role)})"


def _line(line: Checked) -> tuple[str, str]:
    needed = _("needed: {needed}, found: {found}").format(needed=line.needed, found=line.found)
    return words.SIGNS[line.holds], f"{line.what} — {needed}"
