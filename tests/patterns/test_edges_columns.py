"""A column that is not exported leaves open what it would say: it is neither seen nor missed."""

import pytest

from auditor.audit.coverage import coverage_of
from auditor.audit.result import Status
from auditor.i18n import activate
from auditor.log import build_log
from auditor.patterns import (
    OUT,
    Response,
    call,
    chat,
    comment,
    email,
    end_of_working_day,
    enters,
    file,
    invited,
    open_task,
    planned_contact,
    sms,
    task,
    whenever,
)
from auditor.patterns.core.pattern import Pattern
from auditor.patterns.core.selector import Selector
from auditor.rules import HIGH, Clause
from auditor.terms import Role
from fixtures.stories import read_stories

from .telling import SALES, A, check

CASES: dict[str, tuple[Selector, str, str, str]] = {
    "закрепление": (comment.pinned, "комментарий «ок» закреплён", "комментарий «ок»", "which comments are pinned"),
    "каналы": (chat.in_channel("замер"), "чат канал замер «ок»", "чат канал офис «ок»", "names of chats"),
    "имена файлов": (email(OUT).with_file, "письмо исходящее вложение к.pdf", "письмо исходящее", "names of files"),
    "адресаты": (task().to(Role.HEAD), "задача «ок» для Глеб", "задача «ок» для Анна", "addressees of activities"),
    "авторы": (comment.by(Role.HEAD), "комментарий «ок» автор Глеб", "комментарий «ок»", "authors of activities"),
    "тексты": (comment.saying("цена"), "комментарий «цена»", "комментарий «ок»", "texts of activities"),
}
"""A column: what asks for it, a line that fulfils it, one that does not, and the words of its need."""
TEMPLATE = """
    люди: Анна (менеджер), Глеб (руководитель)
    {missing}
    11.03.2024 10:00  стадия A
    {act}
    12.03.2024 10:00  проверка
    => {verdict}
"""


def by_evening(expect: Selector) -> Response:
    return Response(on=enters(A), expect=expect, due=end_of_working_day)


def told(act: str, verdict: str, missing: str = "") -> str:
    return TEMPLATE.format(
        act=f"11.03.2024 11:00  {act}", verdict=verdict, missing=f"нет: {missing}" if missing else ""
    )


@pytest.mark.parametrize("column", CASES)
def test_with_the_column_it_is_seen_or_missed(column: str) -> None:
    what, fulfils, fails, _words = CASES[column]
    check(by_evening(what), told(fulfils, "выполнено"))
    check(by_evening(what), told(fails, "нарушено"))


@pytest.mark.parametrize("column", CASES)
def test_without_it_what_may_be_meant_is_unknown_and_another_way_still_counts(column: str) -> None:
    what, fulfils, fails, _words = CASES[column]
    either = by_evening(what | sms(OUT))
    for act in (fulfils, fails):
        check(either, told(act, "неизвестно", column))
    check(either, told("sms исходящее", "выполнено", column))
    check(either, told("звонок исходящий дозвон", "нарушено", column))


def test_without_due_dates_nobody_knows_what_is_planned() -> None:
    check(by_evening(open_task() | sms(OUT)), told("задача «ок» до 15.03.2024", "неизвестно", "сроки"))
    check(by_evening(open_task() | sms(OUT)), told("sms исходящее", "выполнено", "сроки"))
    check(by_evening(open_task(whenever) | sms(OUT)), told("задача «ок»", "выполнено", "сроки"))


def not_checked(pattern: Pattern, missing: str) -> str:
    """Why a clause of that pattern is not checked without a column; empty where it is."""
    (story,) = read_stories("TST0001 край\n" + told("sms исходящее", "ничего", missing), "columns", (SALES,))
    activate("en")
    found = coverage_of(Clause("TST0001", HIGH, "", "", pattern), build_log(story.tables(), story.settings))
    return found.why if found.status == Status.NOT_CHECKED else ""


@pytest.mark.parametrize("column", CASES)
def test_alone_it_is_not_checked_without_the_column(column: str) -> None:
    what, _fulfils, _fails, words = CASES[column]
    assert not_checked(by_evening(what), column) == f"needs {words}"
    assert not_checked(by_evening(what), "виды") == ""
    assert not_checked(by_evening(what | sms(OUT)), column) == ""


@pytest.mark.parametrize(
    ("pattern", "missing", "why"),
    [
        (by_evening(task().done.resulting("ок")), "результаты", "needs the results of tasks"),
        (by_evening(comment.naming(Role.HEAD)), "тексты", "needs texts of activities"),
        (by_evening(invited(Role.HEAD)), "адресаты", "needs addressees of activities"),
        (by_evening(file.saying("к")), "имена файлов, поля", "needs names of files"),
        (by_evening(open_task()), "сроки", "needs due dates of tasks"),
        (by_evening(open_task(whenever)), "сроки", ""),
        (by_evening(planned_contact), "виды, тексты", "needs kinds or texts of tasks"),
        (by_evening(planned_contact), "виды", ""),
        (by_evening(email(OUT).saying("КП")), "шаблоны, тексты", ""),
        (by_evening(call(OUT)), "исходы звонков", ""),
    ],
)  # fmt: skip
def test_what_else_a_column_tells(pattern: Pattern, missing: str, why: str) -> None:
    assert not_checked(pattern, missing) == why
