"""Duties: every duty that arose, as arrays, and the one place where verdicts are given."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from auditor.log.columns import Bools, Codes, Ints
from auditor.log.kinds import DAY, FLAGS, MINUTE, NEVER
from auditor.log.log import Log
from auditor.log.spine import key_of, time_of
from auditor.patterns.core.deadline import Deadline, schedules_of
from auditor.patterns.core.moments import Moments, points
from auditor.patterns.core.selector import Next
from auditor.patterns.core.truth import FALSE, TRUE, UNKNOWN, Truth


class Verdict(IntEnum):
    """What became of a duty."""

    MET = 0
    VIOLATED = 1
    PENDING = 2
    UNKNOWN = 3
    WAIVED = 4


class How(IntEnum):
    """How a duty is violated."""

    NONE = 0
    LATE = 1
    MISSED = 2
    FORBIDDEN = 3


class Doubt(IntEnum):
    """Why a duty is unknown; which of several counts is said by the order in `first_doubt`."""

    NONE = 0
    TRIGGER = 1
    STREAM = 2
    RECORD = 3
    DUE = 4
    VALUE = 5
    DAY_OFF = 6
    EXCUSE = 7
    SCHEDULE = 8
    UNREAD = 9
    MOMENT = 10


@dataclass(frozen=True, eq=False)
class Duties:
    """Duties of one clause, a row each.

    `deal` codes, `arose` `due` `met` seconds (NEVER: no due known; not met), `verdict` `how` `doubt` as their enums,
    `row` the source row of the trigger, `met_row` that of the fulfilment (−1: none), `flags` `Suspect` of the
    fulfilment, `pos` the trigger's position in the log (−1: no event), `person` who answers (−1: nobody by name, or not
    asked for yet).
    `by_day`: duties are identified by their day, not by their moment; `ordinal`: the number of the duty, 0, 1, 2 …,
    among those of its deal and moment (None: not numbered yet).
    """

    deal: Codes
    arose: Ints
    due: Ints
    met: Ints
    verdict: NDArray[np.uint8]
    how: NDArray[np.uint8]
    doubt: NDArray[np.uint8]
    row: Codes
    met_row: Codes
    flags: NDArray[np.uint16]
    pos: Ints | Codes
    person: Codes
    by_day: bool = False
    ordinal: Ints | None = None

    def __len__(self) -> int:
        return len(self.deal)

    def taken(self, index: "Ints | Bools") -> "Duties":
        """The duties at these indices, or those that the mask keeps; this very object where it keeps all."""
        if index.dtype == np.bool_:
            index = np.flatnonzero(index)
            if len(index) == len(self):
                return self
        kept: dict[str, Any] = {name: getattr(self, name).take(index) for name in ARRAYS}
        return replace(self, **kept, ordinal=None if self.ordinal is None else self.ordinal.take(index))

    @property
    def identified_at(self) -> Ints:
        """Per duty the second that tells it from the others of its deal and clause: its moment, or 00:00 of its day."""
        return self.arose // DAY * DAY if self.by_day else self.arose

    @property
    def at(self) -> Ints:
        """Per duty the key of the moment at which it arose."""
        return key_of(self.deal, self.arose)


def moments_of(log: Log, duties: Duties) -> Moments:
    """The moments at which the duties arose: events where something happened then."""
    at = points(log, duties.at, duties.row)
    is_event = (duties.pos >= 0) & (log.key.take(duties.pos) == duties.at)
    return replace(at, place=duties.pos, is_event=is_event)


ARRAYS = tuple(field.name for field in fields(Duties) if field.name not in ("by_day", "ordinal"))


def first_doubt(*doubts: tuple[Bools, Doubt]) -> NDArray[np.uint8]:
    """Per duty the first of these doubts whose mask is True, NONE where none is; given from the strongest on."""
    masks, reasons = zip(*doubts, strict=True)
    return np.select(masks, [np.uint8(reason) for reason in reasons], np.uint8(Doubt.NONE))


def verdict_of(met: Bools, over: Bools, doubt: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Per duty its verdict: unknown with any doubt, else met, else violated where its time is `over` as of the audit,
    else pending."""
    verdict = np.where(met, Verdict.MET, np.where(over, Verdict.VIOLATED, Verdict.PENDING))
    return np.where(doubt != Doubt.NONE, Verdict.UNKNOWN, verdict).astype(np.uint8)


def how_of(verdict: NDArray[np.uint8], lapse: "How | NDArray[np.int64]") -> NDArray[np.uint8]:
    """Per duty the lapse where it is violated, else NONE."""
    return np.where(verdict == Verdict.VIOLATED, lapse, How.NONE).astype(np.uint8)


def judged(
    log: Log,
    t: Moments,
    due: Ints,
    found: Next,
    *,
    unknown_if: Iterable[tuple[Bools, Doubt]],
    void: Next | None = None,
    void_missing: Bools | None = None,
    hour_unknown: Bools,
) -> Duties:
    """A duty for each trigger: the next expected moment (`found`) against `due` (seconds), without the duties that the
    next voiding moment (`void`) comes before.

    `unknown_if`: masks of duties that are unknown unless met, and the doubts, the strongest first; `void_missing`:
    whether a voiding moment may be missing from the exports; `hour_unknown`: which of them hang on an hour that nobody
    knows, met ones too."""
    done, perhaps = time_of(found.key), time_of(found.possible)
    met, over = (done <= due) & (due != NEVER), due < log.as_of
    kept, maybe_void = _voided(t, due, done, void, void_missing)
    doubt = first_doubt(
        (~t.sure, Doubt.TRIGGER),
        (_unscheduled(log, t, due), Doubt.SCHEDULE),
        (due == NEVER, Doubt.DUE),
        (hour_unknown & (met | over), Doubt.MOMENT),
        (~met & (perhaps <= np.minimum(due, log.as_of)), Doubt.RECORD),
        *((~met & unknown, reason) for unknown, reason in unknown_if),
        (~met & over & maybe_void, Doubt.EXCUSE),
    )
    verdict = verdict_of(met, over, doubt)
    return Duties(
        deal=t.deal.astype(np.int32),
        arose=t.time,
        due=due,
        met=done,
        verdict=verdict,
        how=how_of(verdict, np.where(done < NEVER, How.LATE, How.MISSED)),
        doubt=doubt,
        row=t.row,
        met_row=np.where(done < NEVER, found.row, -1).astype(np.int32),
        flags=np.where(done < NEVER, found.flags, 0).astype(FLAGS),
        pos=np.full(len(t), -1) if t.nothing_happened else t.pos,
        person=np.full(len(t), -1, np.int32),
    ).taken(kept)


def _unscheduled(log: Log, t: Moments, due: Ints) -> Bools:
    """Per trigger whether its due is not known since the schedule that it runs on is not understood."""
    result = due == NEVER
    undue = np.flatnonzero(result)
    result[undue] = ~log.times.schedules.is_known(schedules_of(log, t.taken(undue)))
    return result


def judged_at_once(
    log: Log, t: Moments, value: Truth, *, lapse: How, suspects: "np.ndarray | None" = None, shown: Codes | None = None
) -> Duties:
    """A duty for each trigger, due in its own second: TRUE meets it, FALSE is a lapse of that sort.

    `suspects`: `Suspect` of what makes it TRUE, which under `strict` does not count then; `shown`: the source rows that
    show what was found."""
    flags = np.zeros(len(t), FLAGS) if suspects is None else suspects
    if log.settings.strict:
        value = np.where((value == TRUE) & (flags > 0), FALSE, value)
    doubt = first_doubt((~t.sure, Doubt.TRIGGER), (value == UNKNOWN, Doubt.VALUE))
    verdict = verdict_of(value == TRUE, np.ones(len(t), np.bool_), doubt)
    return Duties(
        deal=t.deal.astype(np.int32),
        arose=t.time,
        due=t.time,
        met=np.where(verdict == Verdict.MET, t.time, NEVER),
        verdict=verdict,
        how=how_of(verdict, lapse),
        doubt=doubt,
        row=t.row,
        met_row=np.full(len(t), -1, np.int32) if shown is None else shown,
        flags=np.where(value == TRUE, flags, 0).astype(FLAGS),
        pos=np.full(len(t), -1) if t.nothing_happened else t.pos,
        person=np.full(len(t), -1, np.int32),
    )


def hour_unknown(log: Log, t: Moments, deadline: Deadline, found: Next) -> Bools:
    """Per duty of minutes or hours whether only the day of its trigger is known. Not where it is met at whatever hour
    of its day the trigger was."""
    vague = (t.blur > MINUTE) & (t.base is None)
    if not deadline.counts_hours or not vague.any():
        return np.zeros(len(t), np.bool_)
    soonest = deadline.due(log, replace(t, last=None), schedules_of(log, t))
    return vague & (time_of(found.last) > soonest)


def _voided(t: Moments, due: Ints, done: Ints, void: Next | None, void_missing: Bools | None) -> tuple[Bools, Bools]:
    """Per duty whether it stands, and whether it may be void after all: something void at or before the due, and before
    the fulfilment. In one second the fulfilment wins."""
    kept = due >= t.time
    if void is None:
        return kept, np.zeros(len(t), np.bool_)
    ended, perhaps = time_of(void.key), time_of(void.possible)
    # a void whose day alone is known leaves a duty met that was done by the end of it
    kept &= ~((ended <= due) & (np.where(done <= due, time_of(void.last), ended) < done))
    maybe = (perhaps <= due) & (perhaps < done)
    return kept, maybe if void_missing is None else maybe | void_missing
