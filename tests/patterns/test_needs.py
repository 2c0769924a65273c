"""What an export must hold: when it is there, what of it is lacking, and how several needs become one."""

import pytest
from storied import CLAUSES

from auditor.i18n import activate
from auditor.log import build_log
from auditor.log.log import Log
from auditor.patterns import OUT, Response, attaching, call, enters, eve_of, filled, once
from auditor.patterns.core.needs import (
    Attachment,
    Channel,
    Column,
    Field,
    Movers,
    Need,
    OneOf,
    People,
    Stream,
    any_of,
    captions_of,
)
from auditor.rules import Clause
from fixtures.stories import read_stories

from .telling import SALES, A

STORY = """TST0001 край
    нет: sms, чаты, файлы
    Адрес = Мира, 1
    11.03.2024 11:00  звонок исходящий дозвон
    12.03.2024 10:00  проверка
    => ничего
"""
CALLS, CHATS, ADDRESS, PRICE = Stream("call out"), Stream("chat"), Field("Адрес"), Field("Цена")


@pytest.fixture(scope="module")
def log() -> Log:
    (story,) = read_stories(STORY, "needs", (SALES,))
    return build_log(story.tables(("people", "pinned")), story.settings)


@pytest.mark.parametrize(
    ("need", "is_there", "lacking"),
    [
        (CALLS, True, ()),
        (CHATS, False, ("internal chats",)),
        (Stream("sms"), False, ()),
        (Stream("call out", "sms"), True, ()),
        (Stream("call out", "chat", "file"), True, ("internal chats", "files")),
        (ADDRESS, True, ()),
        (Field("Цена", "Адрес"), True, ()),
        (Field("Цена", "Бюджет"), False, ("the field “Цена” or “Бюджет”",)),
        (Column("pinned", "text"), True, ()),
        (Column("pinned"), False, ("which comments are pinned",)),
        (Attachment("Адрес"), True, ()),
        (Attachment("Цена"), False, ("the field “Цена” or files",)),
        (People(), False, ("the table of people with their roles",)),
        (OneOf(((CHATS,), (CALLS, ADDRESS))), True, ()),
        (OneOf(((CHATS,), (CALLS, PRICE))), False, ("internal chats or outgoing calls + the field “Цена”",)),
    ],
)
def test_what_of_a_need_the_export_lacks(log: Log, need: Need, is_there: bool, lacking: tuple[str, ...]) -> None:
    activate("en")
    assert (need.is_there(log), need.lacking(log)) == (is_there, lacking)


@pytest.mark.parametrize(
    ("need", "source"),
    [
        (CALLS, "call"),
        (Stream("chat", "sms"), "chat"),
        (ADDRESS, "fields"),
        (Column("pinned"), "columns"),
        (Channel("замер"), "chat"),
        (Attachment("Цена"), "file"),
        (People(), "people"),
        (Movers(), "stage"),
        (OneOf(((CHATS, People()), (CALLS,))), "chat"),
    ],
)
def test_the_part_of_an_export_that_holds_it(need: Need, source: str) -> None:
    assert need.source == source


@pytest.mark.parametrize(
    ("options", "together"),
    [
        (((CALLS,), (CHATS,), (CALLS,)), (Stream("call out", "chat"),)),
        (((ADDRESS,), (PRICE,)), (Field("Адрес", "Цена"),)),
        (((CALLS,), (ADDRESS,)), (OneOf(((CALLS,), (ADDRESS,))),)),
        (((CALLS,), (CALLS, ADDRESS)), (CALLS,)),
        (((CALLS,), ()), ()),
    ],
)
def test_any_of_several_needs_is_one(options: tuple[tuple[Need, ...], ...], together: tuple[Need, ...]) -> None:
    assert any_of(*options) == together


def test_a_need_that_another_one_implies_is_not_told() -> None:
    either = filled("Адрес") | once(call(OUT))
    assert (filled("Адрес") & filled("Адрес", "Цена")).needs == (ADDRESS,)
    assert either.needs == (OneOf(((ADDRESS,), (CALLS,))),)
    assert (either & filled("Адрес")).needs == (ADDRESS,)


@pytest.mark.parametrize("clause", CLAUSES.values(), ids=CLAUSES)
def test_the_captions_of_every_clause_are_told(clause: Clause) -> None:
    assert all(isinstance(caption, str) for caption in captions_of(clause))


def test_captions_are_found_wherever_they_stand() -> None:
    looking_back = Response(on=enters(A), expect=attaching("Лист").that_day, due=eve_of("Дата", "16:00"))
    assert set(captions_of(looking_back)) == {"Лист", "Дата"}
