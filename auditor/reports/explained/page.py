"""A deal or a day as one page that needs nothing else."""

from collections.abc import Iterator

from auditor.reports.explained.judged import judged
from auditor.reports.explained.lines import by_day
from auditor.reports.explained.story import Story
from auditor.reports.safe import is_web
from auditor.reports.still import still_page
from auditor.reports.templates import HERE

FOLDER = HERE / "explained"


def page_of(story: Story) -> Iterator[str]:
    """The page in pieces of text."""
    styles = (FOLDER / "page.css",)
    link = story.link if is_web(story.link) else ""
    return still_page(FOLDER, styles, story=story, link=link, judged=judged, by_day=by_day)
