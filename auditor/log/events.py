"""Events out of the rows of each table, unsorted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from auditor.inputs.deal_ids import DealIds
from auditor.inputs.tables import Sources
from auditor.log.acts import answers, directions, suspicions
from auditor.log.columns import Bools, Codes, Columns, Ints, Small
from auditor.log.facts import Basis
from auditor.log.kinds import IGNORED, KIND_OF_ACTIVITY, KIND_OF_HISTORY, NEVER, Kind
from auditor.log.order import ties
from auditor.log.spine import Deals
from auditor.settings import Settings
from auditor.threads import workers


@dataclass(frozen=True, eq=False)
class Events:
    """Events, unsorted: the columns of the log's spine, with `time` in seconds instead of a key.

    `deal` −1: of no deal; `kind` IGNORED: the row is no event; `row`: global row of the sources, `ref`: row of its
    table's frame, `tie`: rank among the rows of one second (`order.ties`)."""

    deal: Codes
    time: Ints
    kind: Small
    author: Codes
    direction: Small
    answer: Small
    flags: Small
    ref: Codes
    row: Codes
    tie: Codes

    def taken(self, index: Ints) -> "Events":
        """These events, in that order."""
        return Events.together([self], index)

    @classmethod
    def together(cls, parts: "Sequence[Events]", order: Ints) -> "Events":
        """The events of all parts in that order, which counts them one part after the other."""
        # a thread per column: gathering ten columns of millions of rows waits for memory, not for the interpreter
        with workers(len(order)) as pool:
            return cls(*pool.map(lambda name: column_of(parts, name).take(order), cls.__annotations__))


def column_of(parts: Sequence[Events], name: str) -> Any:
    """A column of the events of all parts, one part after the other."""
    columns = [getattr(part, name) for part in parts]
    return np.concatenate(columns) if len(columns) > 1 else columns[0]


def created(deals: Deals) -> Events:
    """The creation of each deal."""
    rows = len(deals)
    code, nothing = np.arange(rows, dtype=np.int32), np.zeros(rows, np.uint8)
    return Events(
        deal=code,
        time=deals.created,
        kind=np.full(rows, Kind.CREATED, np.uint8),
        author=np.full(rows, -1, np.int32),
        direction=nothing,
        answer=nothing,
        flags=nothing,
        ref=code,
        row=deals.row,
        tie=deals.row,
    )


class EventReader:
    """Makes events of the rows of history, activities and ledger: of which deal, by whom, in which order."""

    def __init__(self, deal_ids: DealIds, basis: Basis, sources: Sources, settings: Settings) -> None:
        self._deal_ids, self._basis, self._sources, self._settings = deal_ids, basis, sources, settings

    def of_history(self, table: Columns) -> Events:
        """Moves, changes and closings. Rows of a creation are IGNORED: creations come from the deals' table."""
        return self._of_rows(table, _kinds(table, "event", KIND_OF_HISTORY), table.seconds("time"))

    def of_activities(self, table: Columns) -> list[Events]:
        """Three parts: the activities themselves, completions on the rows of tasks, openings on the rows of letters.

        The author of a completion is the task's addressee, where the row names one."""
        kind = _kinds(table, "type", KIND_OF_ACTIVITY)
        rows = self._described(table, self._of_rows(table, kind, table.seconds("time")))
        is_task = np.isin(rows.kind, (Kind.TASK_SET, Kind.TASK_MOVED))
        done = _with(rows, _completion(table, is_task), is_task, Kind.TASK_DONE)
        addressee = self._persons(table, "addressee")[done.ref]
        done = replace(done, author=np.where(addressee >= 0, addressee, done.author))
        return [rows, done, _with(rows, table.seconds("opened"), rows.kind == Kind.EMAIL, Kind.OPENED)]

    def of_ledger(self, table: Columns) -> Events:
        """Updates of the ledger's records; a record without the time of its update is IGNORED."""
        time = table.seconds("updated")
        return self._of_rows(table, np.where(time == NEVER, IGNORED, Kind.LEDGER).astype(np.uint8), time)

    def _described(self, table: Columns, rows: Events) -> Events:
        direction = directions(table, rows.kind)
        answer = answers(table, rows.kind, self._settings.talk_seconds)
        named = self._basis.robots[rows.author]
        flags = suspicions(table, rows.kind, direction, answer, named=named, nobody=rows.author < 0)
        return replace(rows, direction=direction, answer=answer, flags=flags)

    def _of_rows(self, table: Columns, kind: Small, time: Ints) -> Events:
        row = table.frame["row"].to_numpy().astype(np.int32, copy=False)
        nothing = np.zeros(len(table), np.uint8)
        return Events(
            deal=self._deal_ids.places(table.frame),
            time=time,
            kind=kind,
            author=self._persons(table, "author"),
            direction=nothing,
            answer=nothing,
            flags=nothing,
            ref=np.arange(len(table), dtype=np.int32),
            row=row,
            tie=ties(row, time, self._sources, table.fraction("time")),
        )

    def _persons(self, table: Columns, column: str) -> Codes:
        return table.text(column).mapped(self._basis.codes)


def _kinds(table: Columns, column: str, kinds: Mapping[str, Kind]) -> Small:
    return table.text(column).mapped({name: int(kind) for name, kind in kinds.items()}, IGNORED).astype(np.uint8)


def _with(rows: Events, moments: Ints, mask: Bools, kind: Kind) -> Events:
    """A further event on the rows of `mask`: one of this kind at the row's moment, none where that is NEVER."""
    places = np.flatnonzero(mask & (moments != NEVER))
    nothing = np.zeros(len(places), np.uint8)
    return replace(
        rows.taken(places), time=moments[places], kind=nothing + np.uint8(kind),
        direction=nothing, answer=nothing, flags=nothing,
    )  # fmt: skip


def _completion(table: Columns, is_task: Bools) -> Ints:
    """Per row the second at which its task was done, NEVER: not done; never earlier than the task was set. One done at
    an unknown moment was done at its setting or later (`blur.timeless`)."""
    set_at, done = table.seconds("time"), table.seconds("completed")
    completed = np.maximum(done, set_at)
    if "done" in table:
        said = table.frame["done"].fillna(False).to_numpy(dtype=bool) & is_task & (done == NEVER)
        completed[said] = set_at[said]
    return completed
