"""A deal or a day on a terminal: what is known, the timeline, the duties."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.text import Text

from auditor.i18n import _
from auditor.reports.console import Indented, Pairs, heading, joined, lines, pairs, safe_text
from auditor.reports.explained.judged import Judged, judged
from auditor.reports.explained.lines import Line, by_day
from auditor.reports.explained.story import Story

LONG = 4000
STYLES = {"violated": "red", "met": "green", "pending": "cyan", "waived": "green", "unknown": "yellow"}


def print_story(story: Story, console: Console) -> None:
    """Everything, in order."""
    console.print(Group(*_parts(story)))


def _parts(story: Story) -> Iterator[RenderableType]:
    yield lines([heading(story.title), safe_text(story.subtitle, "dim"), safe_text(story.link, "dim", LONG)])
    for note in story.notes:
        yield safe_text(note, "yellow", LONG)
    yield Text()
    yield pairs((caption, safe_text(text, most=LONG)) for caption, text in story.facts)
    if story.stays:
        yield heading(_("Stages").upper())
        yield lines(safe_text(stay, most=LONG) for stay in story.stays)
    yield heading(_("What happened").upper())
    yield safe_text(_("Time · working time since the line above · what · source row"), "dim")
    for day, theirs in by_day(story.lines):
        yield heading(day)
        yield _listed(theirs)
    yield from _duties(story)
    if story.card:
        yield heading(_("The card, as exported").upper())
        yield pairs((caption, safe_text(text, most=LONG)) for caption, text in story.card)


def _listed(theirs: list[Line]) -> Pairs:
    """The lines of a day, beside their moments."""
    clock, worked = (max(len(getattr(line, name)) for line in theirs) for name in ("clock", "worked"))
    return Pairs(
        tuple((Text(f"{line.clock:>{clock}}  {line.worked:>{worked}}", "dim"), _what(line)) for line in theirs)
    )


def _what(line: Line) -> Text:
    style = {"due": "bold", "unread": "yellow"}.get(line.sort, "")
    first = joined([safe_text(line.deal, "bold"), safe_text(line.what, style, LONG), safe_text(line.who, "cyan")])
    decided = _("evidence of {clauses}").format(clauses=line.clauses) if line.clauses else ""
    last = joined([safe_text(str(line.place) if line.place else "", "dim"), safe_text(decided, "bold")])
    return lines([first, safe_text(line.details, most=LONG), safe_text(line.remarks, "magenta", LONG), last])


def _duties(story: Story) -> Iterator[RenderableType]:
    for group in story.groups:
        yield heading(f"{group.title.upper()} — {len(group.duties)}")
        for duty in group.duties:
            yield from _duty(judged(story, duty))


def _duty(duty: Judged) -> Iterator[RenderableType]:
    yield joined([safe_text(f"{duty.sign} {duty.title}", f"bold {STYLES[duty.verdict]}", LONG)])
    yield Indented(safe_text(duty.text, "italic", LONG), 4)
    for sign, line in duty.checklist:
        yield Indented(safe_text(f"{sign} {line}", most=LONG), 4)
    yield Indented(lines(safe_text(f"{caption}: {text}", most=LONG) for caption, text in duty.facts), 4)
