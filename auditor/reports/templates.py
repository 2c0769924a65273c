"""Pages as templates: escaped, without what hides or commands, and allowed to use nothing but what is inside."""

from base64 import b64encode
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from auditor.i18n import _, active
from auditor.reports.safe import short

HERE = Path(__file__).parent


def environment(folder: Path, longest: int) -> Environment:
    """For the templates of a folder, which may extend `base.html`; texts are cut to `longest` characters."""
    made = Environment(
        loader=FileSystemLoader((folder, HERE)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=partial(_shown, longest=longest),
    )
    made.globals.update(_=_, language=active())
    return made


def _shown(value: Any, longest: int) -> Any:
    """A text without what hides, reorders or commands; markup as it is."""
    return short(value, longest) if type(value) is str else value


def hash_of(text: str) -> str:
    """How a content security policy names a style or a script that stands in the page."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
