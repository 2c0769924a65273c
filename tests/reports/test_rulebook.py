"""The rulebook: a list by chapter, one clause in full, and the same as Markdown."""

from typing import Any

from auditor.reports.rulebook import print_rulebook
from auditor.reports.rulebook_markdown import rulebook_markdown
from auditor.rules import HIGH, Clause, Regulation
from tests.reports.builders import REGULATION, SHAPE
from tests.reports.conftest import Printed

KEPT = "FUR0201 позвонил трижды\n    05.03.2024 10:00  звонок исходящий\n => выполнено"
BROKEN = "FUR0201 позвонил дважды\n => нарушено, срок 05.03.2024 23:59:59"


def examples(code: str) -> tuple[str, str]:
    return (KEPT, BROKEN) if code == "FUR0201" else ("", "")


def book(printed: Printed, *codes: str) -> str:
    return printed(lambda console: print_rulebook([REGULATION], console, codes, examples=examples), 120)


def test_all_clauses_stand_under_their_chapters(printed: Printed) -> None:
    lines = [line.strip() for line in book(printed).splitlines() if line.startswith(("FUR", "  FUR"))]
    assert [line.split(" ·")[0] for line in lines] == [
        "FUR — Мебельная компания",
        "FUR02 No answer", "FUR0201", "FUR0202", "FUR0203",
        "FUR06 Before the measurement", "FUR0601",
        "FUR09 Before the contract", "FUR0902",
        "FUR: what no export can show",
    ]  # fmt: skip


def test_a_clause_in_the_list_has_severity_role_text_and_needs(printed: Printed) -> None:
    text = book(printed)
    assert "  FUR0203 · low · CRM robot · О недозвоне сообщают секретарю.\n" in text
    assert "    needs calls or messages, the field “Город”" in text


def test_rules_checked_by_hand_are_listed_with_the_reason(printed: Printed) -> None:
    text = book(printed)
    assert "Недозвон · Разговор ведут по сценарию. · Записей разговоров нет в выгрузке." in text


def test_a_prefix_lists_its_clauses_only(printed: Printed) -> None:
    text = book(printed, "FUR02")
    assert "FUR0202" in text
    assert "FUR0601" not in text
    assert "what no export can show" not in text


def test_a_code_shows_one_clause_in_full(printed: Printed) -> None:
    rows = dict(
        line.split("  ", 1) for line in book(printed, "FUR0201").splitlines() if line[:1].isalpha() and "  " in line
    )
    assert {name: value.strip() for name, value in rows.items()} == {
        "Severity": "high",
        "In the source": "Недозвон",
        "Who answers": "manager",
        "How it is read": "День засчитан, если до клиента дозвонились.",
        "Numbers": "at_least = 3",
        "To change one": 'auditor check … --set "FUR0201.at_least=3"',
        "Needs": "calls or messages",
    }


class Consent:
    def words(self) -> str:
        return "a comment by the head"


def test_what_excuses_a_violation_is_said(printed: Printed) -> None:
    consent: Any = Consent()
    clause = Clause("AAA0101", HIGH, "1", "Duty.", SHAPE, excused_by=consent)
    regulation = Regulation("AAA", "Title", (), (clause,))
    text = printed(lambda console: print_rulebook([regulation], console, ["AAA0101"], examples=examples))
    assert "Excused by     a comment by the head\n" in text


def test_an_assumed_number_is_said_to_be_assumed(printed: Printed) -> None:
    text = book(printed, "FUR0201")
    assert "grace = 4.5 (assumed: the source does not say)" in text
    assert "at_least = 3 (assumed" not in text


def test_a_clause_in_full_ends_with_its_stories_line_by_line(printed: Printed) -> None:
    text = book(printed, "FUR0201")
    kept, broken = text.index("An example that keeps it"), text.index("An example that breaks it")
    assert "      05.03.2024 10:00  звонок исходящий\n   => выполнено" in text[kept:broken]
    assert "   => нарушено, срок 05.03.2024 23:59:59" in text[broken:]


def test_a_clause_without_stories_shows_none(printed: Printed) -> None:
    assert "An example" not in book(printed, "FUR0902")


def test_the_markdown_has_every_clause_once_in_order() -> None:
    text = rulebook_markdown([REGULATION])
    assert [line[2:9] for line in text.splitlines() if line.startswith("| FUR")] == [
        "FUR0201", "FUR0202", "FUR0203", "FUR0601", "FUR0902",
    ]  # fmt: skip
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# FUR — Мебельная компания", "## FUR02 No answer", "## FUR06 Before the measurement",
        "## FUR09 Before the contract",
        "## What no export can show",
    ]  # fmt: skip


def test_a_line_of_markdown_holds_duty_reading_place_numbers_and_needs() -> None:
    line = next(line for line in rulebook_markdown([REGULATION]).splitlines() if line.startswith("| FUR0201"))
    assert line == (
        "| FUR0201 | high | Пока лид в “Недозвоне”, менеджер звонит клиенту не реже трёх раз в день."
        " День засчитан, если до клиента дозвонились. | Недозвон |"
        " at\\_least = 3; grace = 4.5 (assumed: the source does not say) | calls or messages, the field “Город” |"
    )


def test_a_table_of_markdown_is_not_broken_by_its_texts() -> None:
    clause = Clause("AAA0101", HIGH, "a|b", "line\none <b> *x* [y](z)", SHAPE)
    text = rulebook_markdown([Regulation("AAA", "Title", (), (clause,))])
    (line,) = [line for line in text.splitlines() if line.startswith("| AAA0101")]
    assert "| a\\|b |" in line
    assert "line one \\<b> \\*x\\* \\[y](z)" in line


def test_the_same_clauses_give_the_same_markdown() -> None:
    assert rulebook_markdown([REGULATION]) == rulebook_markdown([REGULATION])
