"""A deal or a day as one page that needs nothing else."""

from collections.abc import Iterator

from auditor.reports.explained.judged import judged
from auditor.reports.explained.lines import by_day
from auditor.reports.explained.story import Story
from auditor.reports.still import still_page
from auditor.reports.templates import HERE

FOLDER = HERE / "explained"


def page_of(story: Story) -> Iterator[str]:
    """The page in pieces of text."""
    styles = (FOLDER / "page.css",)
    return still_page(FOLDER, styles, story=story, link=_followed(story.link), judged=judged, by_day=by_day)


def _followed(link: str) -> str:
    """A link that leads to a page of the CRM, and not to anything else that a cell may hold."""
    return link if link.startswith(("https://", "http://")) else ""
