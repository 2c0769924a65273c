"""`make docs`: the rulebook of every regulation as `checks/README.md`."""

from pathlib import Path

from auditor.i18n import activate
from auditor.reports.rulebook_markdown import rulebook_markdown
from checks import REGULATIONS

RULEBOOK = Path(__file__).parent.parent / "checks" / "README.md"


def rulebook() -> str:
    """The rulebook in Russian, the language of its sentences."""
    activate("ru")
    return rulebook_markdown(REGULATIONS)


if __name__ == "__main__":
    RULEBOOK.write_text(rulebook(), encoding="utf-8")
