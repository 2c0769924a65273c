"""Pages without a script, which request nothing: their own style is all that they may use."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from auditor.i18n import _, active
from auditor.reports.safe import encodable, short

HERE = Path(__file__).parent
LONG = 4000


def still_page(folder: Path, styles: Sequence[Path], **names: Any) -> Iterator[str]:
    """The folder's `page.html` with these names in it, in pieces of text."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    style = "\n".join(file.read_text("utf-8") for file in styles)
    policy = f"default-src 'none'; style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    environment.globals.update(_=_, language=active(), style=Markup(style), policy=policy)
    return map(encodable, environment.get_template("page.html").generate(**names))


def _shown(value: Any) -> Any:
    """A text without what hides, reorders or commands; markup as it is."""
    return short(value, LONG) if type(value) is str else value
