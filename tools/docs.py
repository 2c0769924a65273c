"""`make docs`: the rulebook of every regulation, the vocabulary of clauses, and the schemas of report and settings."""

from pathlib import Path

from auditor.config import schema as settings
from auditor.i18n import activate
from auditor.reports.rulebook_markdown import rulebook_markdown
from checks import REGULATIONS
from tools import schemas
from tools.vocabulary import vocabulary

ROOT = Path(__file__).parent.parent
RULEBOOK = ROOT / "checks" / "README.md"
SCHEMAS = ROOT / "auditor" / "schemas"
SCHEMA_OF = {"report": schemas.report, "due": schemas.due, "explain": schemas.explained, "settings": settings}
VOCABULARY = ROOT / "auditor" / "patterns" / "README.md"


def rulebook() -> str:
    """The rulebook in Russian, the language of its sentences."""
    activate("ru")
    return rulebook_markdown(REGULATIONS)


if __name__ == "__main__":
    RULEBOOK.write_text(rulebook(), encoding="utf-8")
    VOCABULARY.write_text(vocabulary(), encoding="utf-8")
    for name, schema in SCHEMA_OF.items():
        (SCHEMAS / f"{name}.json").write_text(schemas.as_text(schema()), encoding="utf-8")
