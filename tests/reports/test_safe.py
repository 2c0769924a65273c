"""Texts of a CRM cannot hide, reorder, command or compute."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reports.safe import clean, encodable, escaped, no_formula, short


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Кухня «Лена» № 5 — 100 %", "Кухня «Лена» № 5 — 100 %"),
        ("a\u202eb\u2066c\u2069d\u200fe\u061cf", "abcdef"),
        ("\x1b[31mred\x1b[0m\x07", "[31mred[0m"),
        ("two\r\nlines\tand\u2028more\x85end", "two lines and more end"),
        ("zero\u200bwidth\ufeff\u00ad", "zerowidth"),
        ("half \ud83d pair", "half pair"),
        ("[red]bold[/red]", "[red]bold[/red]"),
        ("😀 готово", "😀 готово"),
    ],
    ids=ascii,
)
def test_clean(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_a_long_text_is_cut_with_a_mark() -> None:
    assert short("слово " * 1_000_000, 20) == "слово слово слово с…"
    assert short("ровно десять", 12) == "ровно десять"
    assert short("\u202e" * 1000 + "hidden", 10) == "…"


@pytest.mark.parametrize("text", ["=cmd()", "+7 916", "-1+2", "@SUM(A1)", "\t=1", "\u200b=1", "＝1", " =1"], ids=ascii)
def test_no_cell_is_a_formula(text: str) -> None:
    assert no_formula(text).startswith("'")


def test_a_plain_cell_stays_as_it_is() -> None:
    assert no_formula("1+1=2") == "1+1=2"


@given(st.text())
def test_whatever_comes_is_one_printable_line(text: str) -> None:
    assert clean(text).isprintable() or "\u00a0" in clean(text) or not clean(text)
    assert clean(clean(text)) == clean(text)


def test_what_utf8_cannot_hold_is_replaced() -> None:
    assert encodable("a\ud83db") == "a?b"


def test_json_holds_nothing_that_a_terminal_obeys() -> None:
    text = "T\x9b31m\x90\x7f\u202e\u200bE"
    assert escaped(json.dumps(text, ensure_ascii=False)) == r'"T\u009b31m\u0090\u007f\u202e\u200bE"'
    assert json.loads(escaped(json.dumps(text, ensure_ascii=False))) == text
