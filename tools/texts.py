"""`make texts`: gather every text a user sees into the catalogues; `make check` only asks whether they are up to date.

Domain `auditor`: English ids of the program, Russian catalogue. Domain `checks`: Russian ids of the regulations,
English catalogue, context = the clause's (or regulation's) code.
"""

from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCES = ("auditor", "fixtures", "checks")
KEYWORDS = {"_": None, "ngettext": (1, 2), "N_": None}
PROGRAM = ROOT / "auditor/locale/ru/LC_MESSAGES/auditor.po"
CLAUSES = ROOT / "auditor/locale/en/LC_MESSAGES/checks.po"


def of_program() -> Catalog:
    """Every text of the sources that goes through gettext."""
    catalog = Catalog(project="auditor", charset="utf-8")
    for folder in SOURCES:
        found = extract_from_dir(ROOT / folder, [("**.py", "python"), ("**.html", "jinja2")], keywords=KEYWORDS)
        for file, _line, message, _comments, context in sorted(found, key=itemgetter(0, 1)):
            catalog.add(message, locations=[(f"{folder}/{file}", 0)], context=context)
    return catalog


def of_clauses() -> Catalog:
    """Every sentence of the regulations."""
    catalog = Catalog(project="auditor", charset="utf-8")
    for code, sentence in sentences():
        catalog.add(sentence, context=code)
    return catalog


def sentences() -> Iterator[tuple[str, str]]:
    """Code and sentence of what the regulations say in our words."""
    from checks import REGULATIONS

    for regulation in REGULATIONS:
        yield regulation.code, regulation.title
        yield from regulation.chapters.items()
        for clause in regulation.clauses:
            yield from ((clause.code, text) for text in (clause.text, clause.reading) if text)
        for rule in regulation.by_hand:
            yield from ((regulation.code, text) for text in (rule.text, rule.why))


def update(path: Path, template: Catalog, language: str) -> None:
    """Bring a catalogue up to date: new texts wait for a translation, dead ones leave."""
    catalog = read(path, language)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.header_comment, catalog.fuzzy = f"# Texts of auditor, {path.stem}: {language}", False
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=120, ignore_obsolete=True, include_lineno=False, sort_by_file=True)


def read(path: Path, language: str) -> Catalog:
    """The catalogue at a path; an empty one where there is none."""
    if not path.is_file():
        return Catalog(locale=language, project="auditor", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


if __name__ == "__main__":
    update(PROGRAM, of_program(), "ru")
    update(CLAUSES, of_clauses(), "en")
