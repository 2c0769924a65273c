"""Pages without a script, which request nothing: their own style is all that they may use."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from auditor.reports.safe import encodable
from auditor.reports.templates import environment, hash_of

LONG = 4000


def still_page(folder: Path, styles: Sequence[Path], **names: Any) -> Iterator[str]:
    """The folder's `page.html` with these names in it, in pieces of text."""
    style = "\n".join(file.read_text("utf-8") for file in styles)
    policy = f"default-src 'none'; style-src {hash_of(style)}"
    template = environment(folder, LONG).get_template("page.html")
    return map(encodable, template.generate(style=Markup(style), policy=policy, **names))
