"""Which stays are in a stage, asked by many clauses and found out once a log; which moments lie in them."""

from collections.abc import Sequence

import numpy as np

from auditor.i18n import _, quoted
from auditor.log.blur import OF_DAY
from auditor.log.columns import Bools, Codes, Ints
from auditor.log.kinds import DAY, FLAGS, MOVES, Kind, Suspect
from auditor.log.log import Log
from auditor.log.remembered import remembered
from auditor.log.spine import time_of
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.runs import spread
from auditor.patterns.core.words import Words, each_once
from auditor.terms import Outcome, Stage


@remembered
def stays_in(log: Log, *stages: Stage) -> tuple[Bools, Bools]:
    """Per stay whether it surely, and whether it possibly, is in one of the stages."""
    return log.stays.of(*stages)


def is_act(log: Log, t: Moments) -> Bools:
    """Per moment whether it is an event that is neither a move nor a field's change: a call, a letter, a task."""
    # the closing that only the deals' table tells stands at the place of another event, but on a row of its own
    kind = log.kind[t.pos]
    act = ~np.isin(kind, (*MOVES, Kind.FIELD)) & (log.row[t.pos] == t.row)
    return act if t.is_event is None else act & t.is_event


def is_change(log: Log, t: Moments) -> Bools:
    """Per moment whether it is a field's change."""
    change: Bools = log.kind[t.pos] == Kind.FIELD
    return change if t.is_event is None else change & t.is_event


def inside(log: Log, found: Moments, chosen: Bools) -> Bools:
    """Which of the moments lie in one of the chosen stays.

    At the second in which a stay begins or ends both stays count; of more that meet in a second the last two."""
    stays = log.stays
    passing = np.append(stays.left == stays.entered, False)
    stay = np.flatnonzero(chosen)
    first = np.searchsorted(found.key, stays.entered[stay], side="left")
    last = np.searchsorted(found.key, stays.left[stay] + ~passing[stay + 1], side="left")
    result = np.zeros(len(found), np.bool_)
    result[spread(first, last)[1]] = True
    return result


def raised_in(log: Log, found: Moments, chosen: Bools) -> Bools:
    """Which of the moments raise duties of one of the chosen stays.

    In the second of a move a field's change does where both stays are chosen, a point in time and a robot's act where
    the new one is, another act never, and what is a move itself always. What happens in the creation's second happens
    in the deal."""
    result = inside(log, found, chosen)
    stays = log.stays
    within = np.flatnonzero(result)
    stay = stays.at(found.key[within])
    moved = (stays.entered[stay] == found.key[within]) & (stay > 0)
    moved &= stays.deal[stay - 1] == stays.deal[stay]
    within, stay = within[moved], stay[moved]
    at = found.taken(within)
    act, change = is_act(log, at), is_change(log, at)
    follows = ((at.flags & FLAGS(Suspect.ROBOT)) > 0) | log.facts.robots[log.author[at.pos]]
    point = np.zeros(len(at), np.bool_) if at.is_event is None else ~at.is_event
    result[within] = np.select(
        [change, act, point],
        [chosen[stay - 1] & chosen[stay], chosen[stay] & follows, chosen[stay]],
        True,
    )
    return result


def may_precede_its_stay(log: Log, found: Moments) -> Bools:
    """Which of the moments are acts of which the day alone is known, on the very day on which their stay begins."""
    begun = np.append(log.stays.entered, 0)[found.stay]
    by_day = np.flatnonzero((found.blur >= OF_DAY) & (time_of(begun) // DAY == found.time // DAY))
    result = np.zeros(len(found), np.bool_)
    result[by_day] = is_act(log, found.taken(by_day))
    return result


def stay_names(log: Log, stay: "Codes | Ints") -> Words:
    """Per number of a stay «its stage» as the exports write it, or how the deal was closed; «an unknown stage» where
    nobody knows it, nothing for −1."""
    stays = log.stays
    known: Bools = np.greater_equal(stay, 0)
    if not known.any():
        return np.full(len(stay), "", object)
    outcome = stays.outcome.take(stay)
    code = np.where(outcome > 0, -2 - outcome.astype(np.int32), stays.stage.take(stay))
    return np.where(known, each_once(lambda value: _stay_name(stays.spelling, value), code), "")


def _stay_name(spelling: Sequence[str], code: int) -> str:
    if code >= 0:
        return quoted(spelling[code])
    return _("an unknown stage") if code == -1 else outcome_words(Outcome(-2 - code))


def outcome_words(outcome: Outcome) -> str:
    """How a deal or lead was closed."""
    words = {
        Outcome.WON: _("closing as won"),
        Outcome.LOST: _("closing as lost"),
        Outcome.CONVERTED: _("conversion"),
        Outcome.REJECTED: _("rejection"),
    }
    return words.get(outcome, _("closing"))
