"""`make docs`: the rulebook of every regulation, and the vocabulary that clauses are written in, as pages."""

from pathlib import Path

from auditor.i18n import activate
from auditor.reports.rulebook_markdown import rulebook_markdown
from checks import REGULATIONS
from tools.vocabulary import vocabulary

ROOT = Path(__file__).parent.parent
RULEBOOK = ROOT / "checks" / "README.md"
VOCABULARY = ROOT / "auditor" / "patterns" / "README.md"


def rulebook() -> str:
    """The rulebook in Russian, the language of its sentences."""
    activate("ru")
    return rulebook_markdown(REGULATIONS)


if __name__ == "__main__":
    RULEBOOK.write_text(rulebook(), encoding="utf-8")
    VOCABULARY.write_text(vocabulary(), encoding="utf-8")
