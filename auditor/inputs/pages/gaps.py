"""Missing pages of a list: between which moments lie the records that nobody saw."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from auditor.inputs.pages.kinds import AMO, BITRIX
from auditor.inputs.pages.lists import Gone, Lists
from auditor.inputs.pages.values import Clock, Json, mapping
from auditor.inputs.tables import BEGIN, END, Gap, Part

TIMES = {
    f"{AMO} events": "created_at", f"{AMO} notes": "created_at", f"{AMO} tasks": "created_at",
    f"{BITRIX} deal_stages": "CREATED_TIME", f"{BITRIX} lead_stages": "CREATED_TIME",
    f"{BITRIX} calls": "CALL_START_DATE", f"{BITRIX} activities": "CREATED", f"{BITRIX} comments": "CREATED",
    f"{BITRIX} tasks": "createdDate",
}  # fmt: skip
"""By the list the field by which its records stand in their order."""
LASTING = frozenset((f"{AMO} tasks", f"{BITRIX} tasks", f"{BITRIX} activities"))
"""Lists of what is still moved and done long after it was created."""


def with_gaps(parts: Iterable[Part], lists: Lists, clock: Clock) -> Iterator[Part]:
    """The parts, the first of each list with what its missing pages leave unseen."""
    gone = list(lists.gone())
    for part in parts:
        here = [each for each in gone if each.kind == part.listed and part.carries]
        gone = [each for each in gone if each.kind != part.listed]
        yield replace(part, gaps=tuple(Gap(part.carries or frozenset(), *_between(each, clock)) for each in here))


def _between(gone: Gone, clock: Clock) -> tuple[np.datetime64, np.datetime64]:
    """The moments between which the missing records lie: of a list in the order of time those of their neighbours, of
    any other list all."""
    before, after = (_moments(gone.kind, records, clock) for records in (gone.before, gone.after))
    steps = np.diff(np.concatenate([before, after])).astype(np.int64)
    rises, falls = (steps >= 0).all(), (steps <= 0).all()
    if rises == falls:
        return BEGIN, END
    if falls:
        before, after = after[::-1], before[::-1]
    first, last = (*before[-1:], BEGIN)[0], (*after[:1], END)[0]
    return first, END if gone.kind in LASTING else last


def _moments(kind: str, records: Sequence[Json], clock: Clock) -> "np.ndarray":
    found = (clock.moment(mapping(record).get(TIMES.get(kind, ""))) for record in records)
    return np.array([moment for moment in found if moment is not None], "datetime64[s]")
