"""Both languages are whole: every text goes through gettext and has its translation."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message

from auditor import i18n
from checks import REGULATIONS
from tools import texts

ROOT = Path(__file__).parent.parent
CYRILLIC = re.compile("[А-Яа-яЁё]{2}")

DATA_IN_RUSSIAN = {
    "auditor/audit/read_waivers.py",  # captions
    "auditor/choices.py",  # values of options
    "auditor/config/delivery.py",  # who is told
    "auditor/config/parameters.py",  # yes and no
    "auditor/config/streams.py",  # names of streams
    "auditor/reports/rulebook_search.py",  # endings of words
    "auditor/settings.py",  # words of a contact
}
"""Files whose Russian words are data: what exports, configurations and people write, never what a user is told."""
FOLDERS_OF_DATA = ("auditor/inputs/", "auditor/log/", "auditor/patterns/")

TRANSLATE_WHAT_WAS_MARKED = {
    "auditor/cli/help.py",
    "auditor/patterns/core/needs.py",
    "auditor/patterns/selectors/events.py",
    "auditor/patterns/selectors/refined.py",
}
"""Files that translate texts which `N_()` marked elsewhere."""

MARKS = {"_", "ngettext", "N_"}
"""What puts a text into the catalogue."""

TELLING = {"UsageError", "ConfigError", "Problem", "Refused", "ValueError", "tell", "Refusal", "SecretError"}
"""Calls whose text a user sees."""


SAME_IN_BOTH = {"e-mail", "E-mail", "{n} rouble", "{n} roubles"}


def key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def names_in(text: str) -> set[str]:
    """The placeholders of a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


CATALOGUES = [
    pytest.param(texts.PROGRAM, texts.of_program, "ru", id="program"),
    pytest.param(texts.CLAUSES, texts.of_clauses, "en", id="clauses"),
]


@pytest.mark.parametrize(("path", "gather", "language"), CATALOGUES)
class TestCatalogue:
    def test_every_text_has_its_translation(self, path, gather, language) -> None:
        catalogue = texts.read(path, language)
        missing = []
        for message in gather():
            found = catalogue.get(message.id, message.context) if message.id else None
            if message.id and (found is None or not all(forms(found))):
                missing.append((message.context, message.id))
        assert missing == [], f"run `make texts`, and translate in {path.name}"

    def test_nothing_is_left_over(self, path, gather, language) -> None:
        catalogue = texts.read(path, language)
        wanted = {(message.context, key(message)) for message in gather() if message.id}
        assert {(message.context, key(message)) for message in catalogue if message.id} - wanted == set()
        assert not catalogue.obsolete
        assert [message.id for message in catalogue if message.id and message.fuzzy] == []

    def test_both_sides_have_the_same_placeholders(self, path, gather, language) -> None:
        wrong = [
            (message.id, form)
            for message in texts.read(path, language)
            if message.id
            for form in forms(message)
            if form and names_in(form) != set().union(*map(names_in, [key(message)]))
        ]
        assert wrong == []

    def test_a_plural_has_every_form_of_the_language(self, path, gather, language) -> None:
        catalogue: Catalog = texts.read(path, language)
        plurals = [message for message in catalogue if message.id and not isinstance(message.id, str)]
        assert all(len(forms(message)) == catalogue.num_plurals for message in plurals)


def test_a_russian_translation_is_russian() -> None:
    strange = {key(message) for message in texts.read(texts.PROGRAM, "ru") if message.id and _is_english(message)}
    assert strange <= SAME_IN_BOTH


def _is_english(message: Message) -> bool:
    """Words in the id, and not one Cyrillic letter in the translation."""
    words = re.findall("[a-z]{4,}", re.sub(r"\{.*?\}|--\S+", "", key(message)))
    return bool(words) and all(forms(message)) and not any(re.search("[а-яА-Я]", form) for form in forms(message))


def test_the_clauses_speak_english_too() -> None:
    i18n.activate("en")
    russian = [
        clause.code
        for regulation in REGULATIONS
        for clause in regulation.clauses
        if i18n.clause_text(clause.code, clause.text) == clause.text
    ]
    assert russian == []


def sources() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted((ROOT / "auditor").rglob("*.py")):
        yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text("utf-8"))


def literals(tree: ast.AST) -> Iterator[ast.Constant]:
    """The texts of a module but for those that stand alone: docstrings."""
    docs = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs:
            yield node


def test_no_russian_sentence_stands_in_the_program() -> None:
    found = [
        (name, node.lineno, node.value)
        for name, tree in sources()
        if name not in DATA_IN_RUSSIAN and not name.startswith(FOLDERS_OF_DATA)
        for node in literals(tree)
        if CYRILLIC.search(str(node.value))
    ]
    assert found == []


def test_no_english_sentence_goes_past_gettext() -> None:
    found = [
        (name, node.lineno, node.value)
        for name, tree in sources()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _name(call.func) in TELLING
        for node in _bare(call)
    ]
    assert found == []


def test_the_catalogue_can_see_every_text() -> None:
    """`_(variable)` and `_(f"…")` are never extracted, and so never translated."""
    found = [
        (name, call.lineno, ast.unparse(call))
        for name, tree in sources()
        if name not in TRANSLATE_WHAT_WAS_MARKED
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MARKS
        for argument in call.args[: 2 if call.func.id == "ngettext" else 1]
        if not isinstance(argument, ast.Constant)
    ]
    assert found == []


def test_every_option_of_a_command_is_marked_for_translation() -> None:
    options = {"help", "epilog"}
    found = [
        (name, keyword.arg)
        for name, tree in sources()
        if name.startswith("auditor/cli/")
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg in options and isinstance(keyword.value, ast.Constant)
    ]
    assert found == []


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _bare(call: ast.AST) -> Iterator[ast.Constant]:
    """The sentences inside a call that no `_()`, `ngettext()` or `unknown()` is around."""
    for child in ast.iter_child_nodes(call):
        if isinstance(child, ast.Call) and _name(child.func) in MARKS:
            continue
        if (
            isinstance(child, ast.Constant)
            and isinstance(child.value, str)
            and re.search("[A-Za-z]{2,} [a-z]", child.value)
        ):
            yield child
        yield from _bare(child)
