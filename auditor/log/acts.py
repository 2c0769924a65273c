"""What an event's row says of it: in which direction, whether it was answered, what makes it suspect."""

import numpy as np
from numpy.typing import NDArray

from auditor.log.columns import Codes
from auditor.log.kinds import Answer, Direction, Kind, Suspect
from auditor.log.log import Log

DIRECTIONS = {"out": int(Direction.OUT), "in": int(Direction.IN)}
ANSWERS = {"answered": int(Answer.ANSWERED), "unanswered": int(Answer.UNANSWERED)}
LETTERS = (Kind.MESSAGE, Kind.SMS, Kind.EMAIL)
OUTGOING = (Kind.CALL, *LETTERS)
BURST_SECONDS = 300
SHORT_SECONDS = 2


def describe(log: Log) -> None:
    """Fill in the directions of calls and letters, whether calls were answered, and what makes them suspect."""
    directions = log.text("activities", "direction").mapped(DIRECTIONS, 0)
    for kind in OUTGOING:
        places = log.of_kind(kind)
        log.direction[places] = directions[log.ref[places]]
    calls = log.of_kind(Kind.CALL)
    log.answer[calls] = _answers(log, calls)
    log.flags[calls] |= _call_flags(log, calls)
    for kind in LETTERS:
        places = log.of_kind(kind)
        robot = (log.author[places] < 0) & (log.direction[places] == Direction.OUT)
        log.flags[places[robot]] |= np.uint8(Suspect.ROBOT)


def _answers(log: Log, calls: Codes) -> NDArray[np.uint8]:
    """The outcome says it; where the cell is empty, the duration; else nobody knows."""
    ref = log.ref[calls]
    said = log.text("activities", "outcome").mapped(ANSWERS, 0)[ref]
    if "duration" not in log.activities:
        return np.where(said == 0, Answer.UNKNOWN, said).astype(np.uint8)
    lasted = log.activities["duration"].to_numpy(dtype=float)[ref]
    by_length = np.where(lasted >= log.settings.talk_seconds, Answer.ANSWERED, Answer.UNANSWERED)
    return np.where(said != 0, said, np.where(np.isnan(lasted), Answer.UNKNOWN, by_length)).astype(np.uint8)


def _call_flags(log: Log, calls: Codes) -> NDArray[np.uint8]:
    """A call marked answered that lasted next to nothing; calls after the first of three within five minutes."""
    flags = np.zeros(len(calls), np.uint8)
    if "duration" in log.activities:
        lasted = log.activities["duration"].to_numpy(dtype=float)[log.ref[calls]]
        flags[(log.answer[calls] == Answer.ANSWERED) & (lasted <= SHORT_SECONDS)] |= np.uint8(Suspect.SHORT_ANSWER)
    out = np.flatnonzero(log.direction[calls] == Direction.OUT)
    if len(out) >= 3:
        key = log.key[calls[out]]
        burst = np.flatnonzero(key[2:] - key[:-2] <= BURST_SECONDS)
        flags[np.union1d(out[burst + 1], out[burst + 2])] |= np.uint8(Suspect.BURST)
    return flags
