"""Whether a call that a deal lacks may be one of those that hang on no deal."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from auditor.log.columns import Bools, Ints
from auditor.log.kinds import DAY, Answer, Direction
from auditor.log.log import Log
from auditor.log.remembered import remembered
from auditor.patterns.core.runs import spread

Call = tuple[Direction, Answer]
"""A kind of call; UNKNOWN and NONE: of any direction, of any answer."""
_DAY_BITS = 17


@dataclass(frozen=True, eq=False)
class _Days:
    """The days of loose calls, each ascending: those of nobody knows whose number, those of any number, and deal << 17
    | day of those of the deal's own number; per deal whether its numbers are known."""

    of_anybody: Ints
    of_somebody: Ints
    own: Ints
    is_known: Bools


def may_be_loose(log: Log, calls: Iterable[Call], deal: Ints, first: Ints, last: Ints) -> Bools:
    """Per deal whether a loose call of the days from `first` to `last` (seconds) may be one of such calls of it: never
    one whose number is readable and another than the deal's known ones."""
    result = np.zeros(len(deal), np.bool_)
    start, stop = first // DAY, last // DAY
    for call in calls if len(log.facts.loose) else ():
        days = _days_of(log, *call)
        somebodys = ~days.is_known[deal] & _any(days.of_somebody, start, stop)
        own = _any(days.own, (deal << _DAY_BITS) | start, (deal << _DAY_BITS) | stop)
        result |= _any(days.of_anybody, start, stop) | somebodys | own
    return result


def _any(among: Ints, start: Ints, stop: Ints) -> Bools:
    return np.asarray(np.searchsorted(among, stop, side="right") > np.searchsorted(among, start, side="left"))


@remembered
def _days_of(log: Log, direction: Direction, answer: Answer) -> _Days:
    """The days of the loose calls that may be of that direction and answer."""
    loose = log.facts.loose
    fits = np.ones(len(loose), np.bool_)
    if direction != Direction.UNKNOWN:
        fits &= (loose.direction == direction) | (loose.direction == Direction.UNKNOWN)
    if answer != Answer.NONE:
        fits &= (loose.answer == answer) | (loose.answer == Answer.UNKNOWN)
    named = loose.phone.codes >= 0
    rows = np.flatnonzero(fits & named)
    rows = rows[np.argsort(loose.phone.codes[rows], kind="stable")]
    deal, number = _numbers(log)
    first, last = (np.searchsorted(loose.phone.codes[rows], number, side=side) for side in ("left", "right"))
    which, index = spread(first, last)
    own = np.unique((deal[which] << _DAY_BITS) | loose.day[rows[index]])
    is_known = np.zeros(len(log.deals), np.bool_)
    is_known[deal] = True
    return _Days(np.unique(loose.day[fits & ~named]), np.unique(loose.day[rows]), own, is_known)


def _numbers(log: Log) -> tuple[Ints, Ints]:
    """Each deal with each number of its card, and of its lead's, as codes of the loose calls' numbers (−1: no loose
    call has it); nothing of a card without one."""
    cards = log.arrays.deals
    phone = cards.text("phones" if "phones" in cards else "phone")
    known = {number: code for code, number in enumerate(log.facts.loose.phone.folded)}
    numbers = [[known.get(number, -1) for number in text.split()] for text in phone.values]
    count = np.array([len(codes) for codes in numbers], np.int64)
    last = np.cumsum(count)
    first = last - count
    deals, linked = np.arange(len(log.deals)), log.deals.linked
    deal, card = np.append(deals, deals[linked >= 0]), np.append(deals, linked[linked >= 0])
    told = phone.codes[card] >= 0
    which, index = spread(first[phone.codes[card][told]], last[phone.codes[card][told]])
    every = np.array([code for codes in numbers for code in codes], np.int64)
    return deal[told][which], every[index]
