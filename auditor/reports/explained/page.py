"""A deal or a day as one page that needs nothing else: no script, no request; its style is all that it may use."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from auditor.i18n import _, active
from auditor.reports.explained.judged import judged
from auditor.reports.explained.lines import by_day
from auditor.reports.explained.story import Story
from auditor.reports.safe import encodable, short

HERE = Path(__file__).parent
LONG = 4000


def page_of(story: Story) -> Iterator[str]:
    """The page in pieces of text."""
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.globals.update(_=_, judged=judged, by_day=by_day)
    style = (HERE / "page.css").read_text("utf-8")
    policy = f"default-src 'none'; style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    told = environment.get_template("page.html").generate(
        story=story, style=Markup(style), policy=policy, language=active(), link=_followed(story.link)
    )
    return map(encodable, told)


def _shown(value: Any) -> Any:
    """A text without what hides, reorders or commands; markup as it is."""
    return short(value, LONG) if type(value) is str else value


def _followed(link: str) -> str:
    """A link that leads to a page of the CRM, and not to anything else that a cell may hold."""
    return link if link.startswith(("https://", "http://")) else ""
