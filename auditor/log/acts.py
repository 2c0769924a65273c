"""Direction, answer and suspicions of each activity, from the columns of its row."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from auditor.log.columns import Bools, Columns, Small
from auditor.log.kinds import Answer, Direction, Kind, Suspect

DIRECTIONS = {"out": int(Direction.OUT), "in": int(Direction.IN)}
ANSWERS = {
    "answered": int(Answer.ANSWERED),
    "unanswered": int(Answer.UNANSWERED),
    "unclear": int(Answer.UNKNOWN),
}
LETTERS = (Kind.MESSAGE, Kind.SMS, Kind.EMAIL)
DIRECTED = (Kind.CALL, *LETTERS)
SHORT_SECONDS = 2
"""An answered call of at most this length is suspect."""


def directions(table: Columns, kind: Small) -> Small:
    """Per row the `Direction` of a call or letter; UNKNOWN where the cell is empty and for all other kinds."""
    said = table.text("direction").mapped(DIRECTIONS, 0).astype(np.uint8)
    return said * _among(kind, DIRECTED)


def answers(table: Columns, kind: Small, talk_seconds: float) -> Small:
    """Answered or not: from `outcome`, else from `duration` against `talk_seconds`, else UNKNOWN; NONE for what is no
    call. An outcome that is not understood is not empty: UNKNOWN, however long the call lasted."""
    is_call = kind == Kind.CALL
    answer = table.text("outcome").mapped(ANSWERS, 0).astype(np.uint8) * is_call
    untold = np.flatnonzero(is_call & (answer == 0))
    lasted = _lasted(table)[untold]
    by_length = np.where(lasted >= talk_seconds, np.uint8(Answer.ANSWERED), np.uint8(Answer.UNANSWERED))
    answer[untold] = np.where(np.isnan(lasted), np.uint8(Answer.UNKNOWN), by_length)
    return answer


def suspicions(table: Columns, kind: Small, direction: Small, answer: Small, *, named: Bools, nobody: Bools) -> Small:
    """Per row its `Suspect` flags: SHORT_ANSWER for an answered call of at most 2 seconds, ROBOT for a call or an
    outgoing letter whose author is `named` as a robot is, and for an outgoing letter of `nobody`."""
    short = (answer == Answer.ANSWERED) & (_lasted(table) <= SHORT_SECONDS)
    letter = _among(kind, LETTERS) & (direction == Direction.OUT)
    by_robot = ((kind == Kind.CALL) & named) | (letter & (named | nobody))
    return _flagged(short, Suspect.SHORT_ANSWER) | _flagged(by_robot, Suspect.ROBOT)


def _among(kind: Small, kinds: Sequence[Kind]) -> Bools:
    # a look-up in a table of all 256 kinds takes a third of the time of np.isin over the rows
    return np.isin(np.arange(256), kinds)[kind]


def _lasted(table: Columns) -> NDArray[np.float64]:
    return table.frame["duration"].to_numpy(dtype=float) if "duration" in table else np.full(len(table), np.nan)


def _flagged(mask: Bools, flag: Suspect) -> Small:
    return mask * np.uint8(flag)
