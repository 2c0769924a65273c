"""`checks/README.md` says what the clauses say, `auditor/patterns/README.md` what the docstrings say."""

from collections import Counter

from tools.docs import RULEBOOK, VOCABULARY, rulebook
from tools.vocabulary import Word, refinements, vocabulary, words


def every_word() -> list[Word]:
    return [*words(), *(word for found in refinements().values() for word in found)]


def test_the_rulebook_is_up_to_date() -> None:
    is_fresh = RULEBOOK.read_text("utf-8") == rulebook()
    assert is_fresh, "run `make docs`"


def test_the_vocabulary_is_up_to_date() -> None:
    is_fresh = VOCABULARY.read_text("utf-8") == vocabulary()
    assert is_fresh, "run `make docs`"


def test_every_word_of_the_vocabulary_says_what_it_means() -> None:
    """In a docstring of its own: one that several words share says what kind of thing they are, not what each is."""
    texts = Counter(word.text for word in every_word())
    assert [word.names for word in every_word() if not word.text or texts[word.text] > 1] == []


def test_refinements_are_found_wherever_they_stand() -> None:
    found = {name for word in every_word() for name in word.names}
    assert {"call", "OUT", "Response", ".during", ".saying", ".because", ".when_empty", ".answered"} <= found
