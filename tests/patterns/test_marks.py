"""Marks of events: refinements add up, in sentences as in verdicts, and each asks for what it needs."""

import pytest

from auditor.i18n import activate
from auditor.patterns import (
    ANSWERED,
    IN,
    OUT,
    UNANSWERED,
    Response,
    call,
    chat,
    comment,
    email,
    end_of_working_day,
    enters,
    file,
    letter,
    message,
    planned_contact,
    sms,
    task,
)
from auditor.patterns.core.needs import Channel, Column, Need, People, Stream
from auditor.patterns.selectors.events import Events
from auditor.terms import Role

from .telling import A, check

STORY = """
    люди: Анна (менеджер), Глеб (руководитель)
    11.03.2024 10:00  стадия A
    11.03.2024 11:00  {act}
    12.03.2024 10:00  проверка
    => {verdict}
"""
BOTH: dict[str, tuple[Events, str, tuple[str, ...]]] = {
    "канал и слова": (
        chat.in_channel("замер").saying("цена"), "чат канал замер «цена»",
        ("чат канал замер «ок»", "чат канал офис «цена»"),
    ),
    "слова и ещё слова": (
        comment.saying("цена").saying("скидка"), "комментарий «цена, скидка»",
        ("комментарий «цена»", "комментарий «скидка»"),
    ),
    "слова и автор": (
        comment.saying("цена").by(Role.HEAD), "комментарий «цена» автор Глеб",
        ("комментарий «цена»", "комментарий «ок» автор Глеб"),
    ),
    "закреплён и упомянут": (
        comment.pinned.naming(Role.HEAD), "комментарий «Глеб, цена» закреплён",
        ("комментарий «цена» закреплён", "комментарий «Глеб, цена»"),
    ),
    "слова и кому": (
        task("ок").to(Role.HEAD), "задача «ок» для Глеб", ("задача «ок» для Анна", "задача «нет» для Глеб"),
    ),
}  # fmt: skip
"""Of two marks: what bears both, and what bears only one."""


@pytest.mark.parametrize("name", BOTH)
def test_events_bear_every_mark(name: str) -> None:
    what, both, either = BOTH[name]
    pattern = Response(on=enters(A), expect=what, due=end_of_working_day)
    check(pattern, STORY.format(act=both, verdict="выполнено"))
    for one in either:
        check(pattern, STORY.format(act=one, verdict="нарушено"))


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (call(), "a call"),
        (call(ANSWERED), "an answered call"),
        (call(OUT, UNANSWERED), "an unanswered outgoing call"),
        (call(IN, UNANSWERED), "a missed incoming call"),
        (message(IN), "an incoming message"),
        (sms(OUT), "an outgoing SMS"),
        (letter("КП", "Акт").with_file, "an outgoing e-mail “КП”, “Акт” (with a file)"),
        (email(), "an e-mail"),
        (planned_contact, "a planned contact"),
        (comment.by(Role.HEAD).saying("ок").pinned, "a comment “ок” (author: head of sales; pinned)"),
        (comment.pinned.by(Role.HEAD), "a comment (pinned; author: head of sales)"),
        (
            task("a", "b").done.resulting("c", "d").to(Role.ENGINEER),
            "completing a task “a”, “b” (result: “c”, “d”; for: engineer)",
        ),
        (comment.saying("ок", but_not="не ок").naming(Role.HEAD), "a comment “ок” (mentions: head of sales)"),
    ],
)
def test_the_words_of_marks_stand_behind_the_title_in_their_order(what: Events, words: str) -> None:
    activate("en")
    assert what.words() == words


@pytest.mark.parametrize(
    ("what", "needs"),
    [
        (call(OUT), (Stream("call out"),)),
        (call(IN, UNANSWERED), (Stream("call in"), Column("outcome", "duration"))),
        (letter("КП").with_file, (Stream("email out"), Column("name"))),
        (letter("КП").by_template, (Stream("email out"),)),
        (file.saying("КП"), (Stream("file"), Column("name", "field"))),
        (
            chat.in_channel("замер").saying("цена"),
            (Stream("chat"), Column("channel"), Channel("замер"), Column("text")),
        ),
        (comment.by(Role.HEAD).pinned, (Stream("comment"), Column("author"), Column("pinned"), People())),
        (comment.naming(Role.HEAD), (Stream("comment"), Column("text"))),
        (planned_contact, (Stream("task"), Column("kind", "text"))),
        (
            task("ок").done.by(Role.HEAD).to(Role.HEAD),
            (Stream("task"), Column("text"), Column("author"), Column("addressee"), People()),
        ),
    ],
)
def test_what_marks_need_is_told_after_the_stream_the_people_last(what: Events, needs: tuple[Need, ...]) -> None:
    assert what.needs == needs


@pytest.mark.parametrize("name", ["КП_12.pdf", "кп.pdf", "итог-КП.pdf", "КП2.pdf", "новое КП 3.docx"])
def test_signs_and_digits_part_the_words_of_a_file_name(name: str) -> None:
    check(
        Response(on=enters(A), expect=file.saying("КП"), due=end_of_working_day),
        STORY.format(act=f"файл «{name}»", verdict="выполнено"),
    )


@pytest.mark.parametrize("act", ["файл «скпд.pdf»", "комментарий «КП_12»"])
def test_but_letters_do_not_nor_do_they_in_other_texts(act: str) -> None:
    check(
        Response(on=enters(A), expect=file.saying("КП") | comment.saying("КП"), due=end_of_working_day),
        STORY.format(act=act, verdict="нарушено"),
    )


@pytest.mark.parametrize(("act", "verdict"), [
    ("комментарий «ок» автор Глеб", "выполнено"), ("чат канал офис «ок» автор Глеб", "выполнено"),
    ("комментарий «ок»", "нарушено"), ("файл «а.pdf» автор Глеб", "нарушено"),
])  # fmt: skip
def test_an_author_is_asked_of_joined_selectors(act: str, verdict: str) -> None:
    of_the_head = (comment | chat).by(Role.HEAD)
    check(Response(on=enters(A), expect=of_the_head, due=end_of_working_day), STORY.format(act=act, verdict=verdict))
    assert of_the_head.needs == (Stream("comment", "chat"), Column("author"), People())
    activate("ru")
    assert of_the_head.words() == "комментарий или сообщение в чате (автор: руководитель отдела продаж)"
