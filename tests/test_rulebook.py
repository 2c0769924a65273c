"""`checks/README.md` says what the clauses say."""

from tools.docs import RULEBOOK, rulebook


def test_the_rulebook_is_up_to_date() -> None:
    assert RULEBOOK.read_text("utf-8") == rulebook(), "run `make docs`"
