"""A deal or a day as Markdown, for a chat or a mail."""

import re
from collections.abc import Iterable, Iterator

from auditor.i18n import _
from auditor.reports.explained.judged import Judged, judged
from auditor.reports.explained.lines import Line, by_day
from auditor.reports.explained.story import Story
from auditor.reports.safe import APART, no_markup, short

LONG = 4000
_BEGINS = re.compile(r"^(?=[-+=#]|\d+[.)](?:\s|$))")
"""Before what would begin a list or a heading."""
_ADDRESS = re.compile(r"https?://[^\s<>]+")


def markdown_of(story: Story) -> Iterator[str]:
    """The lines of the text."""
    yield f"# {plain(story.title)}"
    yield from _paragraph(filter(None, [story.subtitle]))
    if story.link:
        yield from ("", _followed(story.link))
    yield from _paragraph(f"⚠ {note}" for note in story.notes)
    yield from _listed(story.facts)
    if story.stays:
        yield from ("", f"## {_('Stages')}", "", *(f"- {plain(stay)}" for stay in story.stays))
    yield from ("", f"## {_('What happened')}")
    for day, theirs in by_day(story.lines):
        yield from ("", f"### {plain(day)}", "", *map(_line, theirs))
    for group in story.groups:
        yield from ("", f"## {plain(group.title)} — {len(group.duties)}")
        for duty in group.duties:
            yield from _duty(judged(story, duty))
    if story.card:
        yield from ("", f"## {_('The card, as exported')}", *_listed(story.card))


def plain(text: str) -> str:
    """A text in one line in which Markdown has nothing to obey, at the beginning of a line either."""
    return _BEGINS.sub(APART, no_markup(short(text, LONG)))


def _followed(link: str) -> str:
    """A link that leads to a page of the web; anything else that a cell may hold is a text."""
    address = short(link, LONG)
    return f"<{address}>" if _ADDRESS.fullmatch(address) else plain(address)


def _paragraph(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from ("", plain(text))


def _listed(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield ""
    for caption, text in pairs:
        yield f"- {plain(caption)}: {plain(text)}"


def _line(line: Line) -> str:
    worked = f" (+{line.worked})" if line.worked else ""
    decided = _("evidence of {clauses}").format(clauses=line.clauses) if line.clauses else ""
    told = (line.deal, line.what, line.who, line.details, line.remarks, str(line.place or ""), decided)
    return f"- {plain(f'{line.clock}{worked}')} — {plain(' · '.join(filter(None, told)))}"


def _duty(duty: Judged) -> Iterator[str]:
    yield from ("", f"**{plain(f'{duty.sign} {duty.title}')}**", "", f"_{plain(duty.text)}_", "")
    yield from (f"- {plain(f'{sign} {line}')}" for sign, line in duty.checklist)
    yield from (f"- {plain(caption)}: {plain(text)}" for caption, text in duty.facts)
