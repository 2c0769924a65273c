"""The patterns against their slow references, on random companies."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from hypothesis import given
from trials import trials

from auditor.patterns import (
    IN,
    LOST,
    OUT,
    UNANSWERED,
    WON,
    Absence,
    Condition,
    Exclusive,
    PerDay,
    Response,
    both,
    cadence,
    call,
    contact,
    count,
    days,
    end_of_day,
    end_of_working_day,
    enters,
    field,
    filled,
    further_than,
    goes_to,
    hours,
    leaves,
    message,
    minutes,
    never,
    no_way_back,
    not_later,
    planned,
    precedence,
    working_days,
    working_minutes,
)  # fmt: skip
from auditor.patterns.core.pattern import Pattern
from auditor.patterns.deadlines.windows import AnyTime

from . import reference as slow
from .reference import Duty, Event, Life
from .world import DATE, NUMBER, PERSON, WORD, A, B, Company, companies, found

RANDOM = trials(150)
MISSED = call(OUT, UNANSWERED)


def agree(company: Company, pattern: Pattern, judge: Callable[[Life], list[Duty]]) -> None:
    """The pattern finds exactly what the reference finds, deal by deal."""
    wanted = sorted(duty for life in company.lives for duty in judge(life))
    assert found(company.log, pattern) == wanted


def half_hour(moment: datetime) -> datetime:
    return slow.working_time_later(moment, timedelta(minutes=30))


def response_agrees(company: Company) -> None:
    agree(
        company,
        Response(on=enters(A), expect=call(OUT), due=working_minutes(30)),
        lambda life: slow.response(life, life.entries("A"), company.calls(life.deal, "out"), half_hour),
    )
    agree(
        company,
        Response(on=MISSED, expect=call(OUT), due=hours(24), until=contact),
        lambda life: slow.response(
            life, _raising(company, life, company.calls(life.deal, "out", "unanswered")),
            company.calls(life.deal, "out"), lambda at: at + timedelta(hours=24), until=company.contacts(life.deal),
        ),
    )  # fmt: skip
    agree(
        company,
        Response(on=enters(A), expect=leaves(A), due=days(1)),
        lambda life: slow.response(life, life.entries("A"), life.exits("A"), lambda at: slow.end_of_day(at, 1)),
    )
    agree(
        company,
        Response(on=message(IN), expect=message(OUT), due=end_of_working_day, until=enters(B)),
        lambda life: slow.response(
            life, _raising(company, life, company.messages(life.deal, "in")),
            company.messages(life.deal, "out"), slow.end_of_working_day, until=life.entries("B"),
        ),
    )  # fmt: skip


def _raising(company: Company, life: Life, acts: list[Event]) -> list[Event]:
    """What comes before the creation raises no duties, nor does an act in the second of a closing or a reopening."""
    created = company.created(life.deal)
    return [act for act in acts if act.order[0] >= created and not life.is_turning(act)]


def response_of_two_things_and_no_sooner_agrees(company: Company) -> None:
    agree(
        company,
        Response(on=enters(B), expect=both(call(OUT), message(OUT)), due=working_days(1)),
        lambda life: slow.response_both(
            life, life.entries("B"), company.calls(life.deal, "out"), company.messages(life.deal, "out"),
            lambda at: slow.working_days_later(at, 1),
        ),
    )  # fmt: skip
    agree(
        company,
        Response(on=MISSED, expect=MISSED.no_sooner_than(minutes(30)), due=end_of_day),
        lambda life: slow.response(
            life, _raising(company, life, company.calls(life.deal, "out", "unanswered")),
            company.calls(life.deal, "out", "unanswered"), slow.end_of_day, no_sooner=timedelta(minutes=30),
        ),
    )  # fmt: skip


def cadence_agrees(company: Company) -> None:
    agree(
        company,
        cadence(during=(A,), expect=call(OUT), every=days(1)),
        lambda life: slow.cadence(
            life, "A", company.calls(life.deal, "out"), company.created(life.deal), lambda at: slow.end_of_day(at, 1)
        ),
    )


def per_day_agrees(company: Company) -> None:
    agree(
        company,
        PerDay(during=A, expect=call(OUT), at_least=2),
        lambda life: slow.per_day(life, "A", company.calls(life.deal, "out"), company.contacts(life.deal), at_least=2),
    )
    agree(
        company,
        PerDay(during=A, expect=MISSED, grace=8),
        lambda life: slow.per_day(
            life, "A", company.calls(life.deal, "out", "unanswered"), company.contacts(life.deal), grace=8
        ),
    )


def _number(company: Company, deal: str, at: datetime, least: int) -> slow.Truth:
    value = company.value(deal, NUMBER, at)
    return int(value) >= least if value else None


def condition_agrees(company: Company) -> None:
    agree(
        company,
        Condition(on=enters(A), that=filled(WORD) & (field(NUMBER) >= 10)),
        lambda life: slow.condition(life, life.entries("A"), lambda t: _both(company, life.deal, t.at)),
    )
    agree(
        company,
        Condition(on=leaves(A), that=goes_to(B, WON, LOST)),
        lambda life: slow.condition(
            life, life.exits("A"), lambda t: any(s.entry == t and s.stage in ("B", "") for s in life.stays), "forbidden"
        ),
    )
    agree(
        company,
        Absence(*no_way_back((A,), (B,))),
        lambda life: slow.absence(life, life.exits("A"), life.entries("B")),
    )


def _both(company: Company, deal: str, at: datetime) -> slow.Truth:
    parts = [bool(company.value(deal, WORD, at)), _number(company, deal, at, 10)]
    return False if False in parts else None if None in parts else True


def condition_with_grace_agrees(company: Company) -> None:
    agree(
        company,
        Condition(on=enters(A), that=filled(WORD), grace=end_of_working_day),
        lambda life: slow.condition_in_time(
            life, life.entries("A"), lambda at: bool(company.value(life.deal, WORD, at)),
            [at for at, _value in company.changes(life.deal, WORD)], slow.end_of_working_day,
        ),
    )  # fmt: skip
    agree(
        company,
        Condition(on=enters(A), that=field(NUMBER) >= 10, grace=minutes(30)),
        lambda life: slow.condition_in_time(
            life, life.entries("A"), lambda at: _number(company, life.deal, at, 10),
            [at for at, _value in company.changes(life.deal, NUMBER)], lambda at: at + timedelta(minutes=30),
        ),
    )  # fmt: skip


def precedence_agrees(company: Company) -> None:
    agree(
        company,
        precedence(on=enters(B), needs=count(MISSED, since=enters(A)) >= 2),
        lambda life: slow.condition(
            life, life.entries("B"),
            lambda t: slow.at_least(2, slow.count(company.calls(life.deal, "out", "unanswered"), t, life.entries("A"))),
        ),
    )  # fmt: skip
    agree(
        company,
        precedence(on=message(OUT), needs=count(call(OUT), since=message(OUT)) >= 1),
        lambda life: slow.condition(
            life, _raising(company, life, company.messages(life.deal, "out")),
            lambda t: slow.at_least(
                1, slow.count(company.calls(life.deal, "out"), t, company.messages(life.deal, "out"))
            ),
        ),
    )  # fmt: skip
    agree(
        company,
        precedence(on=enters(B), needs=~never(contact)),
        lambda life: slow.condition(
            life, life.entries("B"), lambda t: slow.at_least(1, slow.count(company.contacts(life.deal), t))
        ),
    )


def planned_agrees(company: Company) -> None:
    agree(
        company,
        planned(on=enters(A), window=AnyTime()),
        lambda life: slow.planned(
            life, life.entries("A"), company.versions(life.deal), lambda at: (datetime.min, datetime.max),
            slow.end_of_working_day,
        ),
    )  # fmt: skip
    agree(
        company,
        planned(on=enters(A), window=not_later(days(7)), by=minutes(30)),
        lambda life: slow.planned(
            life, life.entries("A"), company.versions(life.deal),
            lambda at: (datetime.combine(at.date(), time()), slow.end_of_day(at, 7)),
            lambda at: at + timedelta(minutes=30),
        ),
    )  # fmt: skip
    agree(
        company,
        planned(on=enters(B), window=further_than(3)),
        lambda life: slow.planned(
            life, life.entries("B"), company.versions(life.deal),
            lambda at: (datetime.combine(at.date() + timedelta(days=4), time()), datetime.max),
            slow.end_of_working_day,
        ),
    )  # fmt: skip


def exclusive_agrees(company: Company) -> None:
    def booked(deal: str, at: datetime) -> slow.Booking:
        start = company.value(deal, DATE, at)
        moment = datetime.strptime(start, "%d.%m.%Y %H:%M") if start else None
        return slow.Booking(company.value(deal, PERSON, at).casefold().replace("ё", "е"), moment)

    wanted = slow.exclusive(company.lives, "A", booked, timedelta(hours=1))
    assert found(company.log, Exclusive(during=A, key=PERSON, start=DATE, window=hours(1))) == sorted(wanted)


@RANDOM
@given(companies("moves", "moves", "closings", "calls", "calls", "messages"))
def test_calls_and_letters(company: Company) -> None:
    response_agrees(company)
    response_of_two_things_and_no_sooner_agrees(company)
    cadence_agrees(company)
    per_day_agrees(company)
    precedence_agrees(company)


@RANDOM
@given(companies("moves", "moves", "closings", "fields", "fields"))
def test_fields(company: Company) -> None:
    condition_agrees(company)
    condition_with_grace_agrees(company)


@RANDOM
@given(companies("moves", "tasks", "tasks", "closings"))
def test_tasks(company: Company) -> None:
    planned_agrees(company)


@RANDOM
@given(companies("moves", "bookings", "bookings", "closings", number=4))
def test_bookings(company: Company) -> None:
    exclusive_agrees(company)
