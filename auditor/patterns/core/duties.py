"""Duties: every duty that arose, as arrays, and the one place where verdicts are given."""

from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from auditor.log.columns import Bools, Codes, Ints
from auditor.log.kinds import DAY, NEVER
from auditor.log.log import Log
from auditor.log.spine import key_of, time_of
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.selector import Next
from auditor.patterns.core.truth import FALSE, TRUE, UNKNOWN, Truth


class Verdict(IntEnum):
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
    """Why a duty is unknown."""

    NONE = 0
    TRIGGER = 1
    STREAM = 2
    RECORD = 3
    DUE = 4
    VALUE = 5
    DAY_OFF = 6
    EXCUSE = 7


@dataclass(frozen=True, eq=False)
class Duties:
    """Duties of one clause, a row each.

    `deal` codes, `arose` `due` `met` seconds (NEVER: no due known; not met), `verdict` `how` `doubt` as their enums,
    `row` the source row of the trigger, `met_row` that of the fulfilment (−1: none), `flags` `Suspect` of what
    fulfilled it, `pos` the trigger's position in the log (−1: no event), `person` who was accountable (−1: nobody by
    name).
    `by_day`: the duty is identified by its day, not by its moment; `ordinal`: how many of the same deal and moment come
    before it (None: not counted yet).
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
    flags: NDArray[np.uint8]
    pos: Ints | Codes
    person: Codes
    by_day: bool = False
    ordinal: Ints | None = None

    def __len__(self) -> int:
        return len(self.deal)

    def taken(self, index: "Ints | Bools") -> "Duties":
        """These duties only."""
        if index.dtype == np.bool_:
            index = np.flatnonzero(index)
            if len(index) == len(self):
                return self
        kept: dict[str, Any] = {name: getattr(self, name).take(index) for name in ARRAYS}
        return replace(self, **kept, ordinal=None if self.ordinal is None else self.ordinal.take(index))

    @property
    def identified_at(self) -> Ints:
        """The seconds that tell duties of one deal and clause apart: their moments, or 00:00 of their days."""
        return self.arose // DAY * DAY if self.by_day else self.arose

    @property
    def at(self) -> Ints:
        """Keys of the moments at which the duties arose."""
        return key_of(self.deal, self.arose)


ARRAYS = tuple(field.name for field in fields(Duties) if field.name not in ("by_day", "ordinal"))


def first_doubt(*doubts: tuple[Bools, Doubt]) -> NDArray[np.uint8]:
    """Per duty the first of these doubts that there is, the strongest first; NONE where there is none."""
    masks, reasons = zip(*doubts, strict=True)
    return np.select(masks, [np.uint8(reason) for reason in reasons], np.uint8(Doubt.NONE))


def verdict_of(met: Bools, over: Bools, doubt: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The verdict on each duty: whatever is in doubt is unknown; `over`: its time has passed as of the audit."""
    verdict = np.where(met, Verdict.MET, np.where(over, Verdict.VIOLATED, Verdict.PENDING))
    return np.where(doubt != Doubt.NONE, Verdict.UNKNOWN, verdict).astype(np.uint8)


def how_of(verdict: NDArray[np.uint8], lapse: "How | NDArray[np.int64]") -> NDArray[np.uint8]:
    """How each duty is violated: the lapse, where it is."""
    return np.where(verdict == Verdict.VIOLATED, lapse, How.NONE).astype(np.uint8)


def judged(
    log: Log,
    t: Moments,
    due: Ints,
    found: Next,
    *,
    unknown_if: tuple[Bools, Doubt],
    void: Next | None = None,
    void_missing: Bools | None = None,
) -> Duties:
    """The verdict on each trigger: what was found (`found`) against `due`, unless something voids it before.

    `unknown_if`: what else leaves a duty open that is not met, and which doubt that is; `void_missing`: what voids may
    be missing from the exports. Void duties are left out."""
    done, perhaps = time_of(found.key), time_of(found.possible)
    met, over = (done <= due) & (due != NEVER), due < log.as_of
    unknown, reason = unknown_if
    kept, maybe_void = _voided(t, due, done, void, void_missing)
    doubt = first_doubt(
        (~t.sure, Doubt.TRIGGER),
        (due == NEVER, Doubt.DUE),
        (~met & (perhaps <= np.minimum(due, log.as_of)), Doubt.RECORD),
        (~met & unknown, reason),
        (~met & over & maybe_void, Doubt.EXCUSE),
    )
    verdict = verdict_of(met, over, doubt)
    duties = Duties(
        deal=t.deal.astype(np.int32),
        arose=t.time,
        due=due,
        met=done,
        verdict=verdict,
        how=how_of(verdict, np.where(done < NEVER, How.LATE, How.MISSED)),
        doubt=doubt,
        row=t.row,
        met_row=np.where(done < NEVER, found.row, -1).astype(np.int32),
        flags=np.where(done < NEVER, found.flags, 0).astype(np.uint8),
        pos=np.full(len(t), -1) if t.nothing_happened else t.pos,
        person=np.full(len(t), -1, np.int32),
    ).taken(kept)
    return replace(duties, person=accountable(log, duties))


def judged_at_once(
    log: Log, t: Moments, value: Truth, *, lapse: How, suspects: "np.ndarray | None" = None, shown: Codes | None = None
) -> Duties:
    """The verdict on each trigger by what holds at it: TRUE is met, FALSE a lapse of that sort.

    `suspects`: `Suspect` of what makes it hold; under `strict` suspects do not count. `shown`: rows that show it."""
    flags = np.zeros(len(t), np.uint8) if suspects is None else suspects
    if log.settings.strict:
        value = np.where((value == TRUE) & (flags > 0), FALSE, value)
    doubt = first_doubt((~t.sure, Doubt.TRIGGER), (value == UNKNOWN, Doubt.VALUE))
    verdict = verdict_of(value == TRUE, np.ones(len(t), np.bool_), doubt)
    duties = Duties(
        deal=t.deal.astype(np.int32),
        arose=t.time,
        due=t.time,
        met=np.where(verdict == Verdict.MET, t.time, NEVER),
        verdict=verdict,
        how=how_of(verdict, lapse),
        doubt=doubt,
        row=t.row,
        met_row=np.full(len(t), -1, np.int32) if shown is None else shown,
        flags=np.where(value == TRUE, flags, 0).astype(np.uint8),
        pos=np.full(len(t), -1) if t.nothing_happened else t.pos,
        person=np.full(len(t), -1, np.int32),
    )
    return replace(duties, person=accountable(log, duties))


def _voided(t: Moments, due: Ints, done: Ints, void: Next | None, void_missing: Bools | None) -> tuple[Bools, Bools]:
    """Which duties stand, and which may be void for all that the record says. Fulfilment wins in one second."""
    kept = due >= t.time
    if void is None:
        return kept, np.zeros(len(t), np.bool_)
    ended, perhaps = time_of(void.key), time_of(void.possible)
    kept &= ~((ended <= due) & (ended < done))
    maybe = (perhaps <= due) & (perhaps < done)
    return kept, maybe if void_missing is None else maybe | void_missing


def accountable(log: Log, duties: Duties) -> Codes:
    """Who was responsible when the duty was met, fell due or was broken; for pending ones as of the audit."""
    at = np.where(duties.verdict == Verdict.MET, duties.met, np.minimum(duties.due, log.as_of))
    versions = log.responsible
    pending = duties.verdict == Verdict.PENDING
    key = key_of(duties.deal, np.where(pending, log.as_of + 1, at))
    return versions.code[versions.before(key)]
