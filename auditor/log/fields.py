"""Fields over time: which value a deal's field had at any moment."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.inputs.tables import FIELD
from auditor.inputs.values import number_of, time_of
from auditor.log.columns import Bools, Codes, Ints, Text, folded
from auditor.log.kinds import DAY, DEAL_BITS, EPOCH_SECONDS, NEVER, Kind
from auditor.log.log import Log, deal_of
from auditor.log.order import chain

CANONICAL = {
    "телефон": "phone",
    "e-mail": "email",
    "email": "email",
    "почта": "email",
    "контакт": "contact",
    "источник": "source",
    "источник обращения": "source",
    "бюджет": "amount",
    "сумма": "amount",
    "причина отказа": "reason",
    "теги": "tags",
    "название": "title",
}
"""Columns that every export has under its own caption, by the captions that clauses use."""


@dataclass(frozen=True, eq=False)
class Versions:
    """The values of one field of all deals, in order of deal and time.

    `start`: key from which a version stands (the first of each deal from its beginning); `code`: into `values`, −1 is
    empty; `row`: the row that shows the value; `exported`: whether the export has the field at all; `has_history`:
    whether its changes are exported.
    """

    start: Ints
    code: Codes
    row: Codes
    values: tuple[str, ...]
    exported: bool
    has_history: bool
    _cache: dict[str, NDArray[np.generic]] = field(default_factory=dict)

    def at(self, key: Ints) -> Ints:
        """The version standing at each moment; a change in that very second counts."""
        return np.searchsorted(self.start, key, side="right") - 1

    def before(self, key: Ints) -> Ints:
        """The version standing just before each moment."""
        return np.maximum(np.searchsorted(self.start, key, side="left") - 1, 0)

    @cached_property
    def filled(self) -> Bools:
        """Per version."""
        return self.code >= 0

    @cached_property
    def end(self) -> Ints:
        """Per version the key at which the next one begins; the deal's NEVER for the last."""
        deal = deal_of(self.start)
        same = np.append(deal[1:] == deal[:-1], False)
        return np.where(same, np.append(self.start[1:], 0), (deal << DEAL_BITS) | NEVER)

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """Per distinct value its number (NaN: none), with a last NaN for the empty cell."""
        parsed = [number_of(value) for value in self.values]
        return np.array([*(np.nan if number is None else number for number in parsed), np.nan])

    @cached_property
    def dates(self) -> Ints:
        """Per distinct value its moment in seconds, with a last NEVER for the empty cell; NEVER where it is no date."""
        parsed = [time_of(value) for value in self.values]
        return np.array([*(NEVER if time is None else _seconds(time) for time in parsed), NEVER], dtype=np.int64)

    @cached_property
    def date(self) -> Ints:
        """Per version its moment; NEVER where empty or no date."""
        return self.dates[self.code]

    @cached_property
    def day(self) -> Ints:
        """Per version 00:00 of its date; NEVER where empty or no date."""
        return np.where(self.date == NEVER, NEVER, self.date // DAY * DAY)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        return tuple(folded(value) for value in self.values)


def _seconds(time: object) -> int:
    return int(np.datetime64(time, "s").astype(np.int64)) - EPOCH_SECONDS  # type: ignore[call-overload]


def field_versions(log: Log, caption: str) -> Versions:
    """The field that the company keeps under the caption a clause uses."""
    name = folded(log.settings.fields.get(caption, caption))
    column, canonical = _column(log.deals.frame, name)
    changes = _changes(log, name)
    if canonical == "reason":
        return _reasons(log, column, changes)
    return _versions(log, column, changes, name in log.facts.known_fields)


def _column(frame: pd.DataFrame, name: str) -> tuple[pd.Series | None, str | None]:
    """The deals' column of that caption, and its canonical name where it is one of those."""
    for column in frame.columns:
        if column.startswith(FIELD) and folded(column.removeprefix(FIELD)) == name:
            return frame[column], None
    canonical = CANONICAL.get(name)
    return (frame[canonical] if canonical in frame else None), canonical


@dataclass(frozen=True, eq=False)
class _Changes:
    """Changes of one field in order of the log."""

    key: Ints
    row: Codes
    before: Text
    after: Text
    ref: Codes


def _changes(log: Log, name: str) -> _Changes:
    places = log.of_kind(Kind.FIELD)
    field_text = log.text("history", "field")
    if len(places):
        places = places[field_text.where(lambda caption: caption == name)[field_text.codes[log.ref[places]]]]
    before, after = log.text("history", "before"), log.text("history", "after")
    key = log.key[places]
    if len(places) > 1 and (same := np.diff(key) == 0).any():
        from auditor.log.stays import stage_codes

        places = places.copy()
        was, becomes = stage_codes(log.history)
        chain(places, same, was[log.ref], becomes[log.ref])
    return _Changes(key, log.row[places], before, after, log.ref[places])


class _Values:
    """Texts of several columns as codes of one list of values."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def of(self, text: Text, codes: Codes) -> Codes:
        """Codes of that column → codes of the common list; blank texts are empty."""
        table = np.full(len(text.values) + 1, -1, np.int32)
        for code in np.unique(codes):
            value = text.values[code].strip() if code >= 0 else ""
            if value:
                table[code] = self.codes.setdefault(value, len(self.codes))
        return table[codes]

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self.codes)


def _column_text(column: pd.Series | None, rows: int) -> Text:
    if column is not None and pd.api.types.is_float_dtype(column.dtype):
        column = column.map(lambda number: f"{number:.15g}", na_action="ignore")
    return Text.of(column, rows)


def _versions(log: Log, column: pd.Series | None, changes: _Changes, has_history: bool) -> Versions:
    """The first version of each deal is the `before` of its first change, else its column."""
    deals = len(log.deals)
    values = _Values()
    text = _column_text(column, deals)
    initial = values.of(text, text.codes)
    after = values.of(changes.after, changes.after.codes[changes.ref])
    deal = deal_of(changes.key)
    first = np.flatnonzero(np.append(True, np.diff(deal) != 0)) if len(deal) else np.zeros(0, np.int64)
    initial[deal[first]] = values.of(changes.before, changes.before.codes[changes.ref[first]])
    beginning = np.arange(deals, dtype=np.int64) << DEAL_BITS
    place = np.searchsorted(changes.key, beginning)
    return Versions(
        start=np.insert(changes.key, place, beginning),
        code=np.insert(after, place, initial),
        row=np.insert(changes.row, place, log.deals.row),
        values=values.values,
        exported=column is not None or has_history,
        has_history=has_history,
    )


def _reasons(log: Log, column: pd.Series | None, changes: _Changes) -> Versions:
    """The refusal's reason: the closing that names one sets it; where nothing does, the column holds throughout."""
    reason = log.text("history", "reason")
    closings = log.of_kind(Kind.CLOSED)
    told = closings[reason.codes[log.ref[closings]] >= 0] if reason.values else closings[:0]
    if not len(told):
        return _versions(log, column, changes, bool(len(changes.key)))
    deals = len(log.deals)
    values = _Values()
    text = _column_text(column, deals)
    initial = values.of(text, text.codes)
    key = np.concatenate([changes.key, log.key[told]])
    after = np.concatenate(
        [values.of(changes.after, changes.after.codes[changes.ref]), values.of(reason, reason.codes[log.ref[told]])]
    )
    row = np.concatenate([changes.row, log.row[told]])
    order = np.argsort(key, kind="stable")
    key, after, row = key[order], after[order], row[order]
    initial[np.unique(deal_of(key))] = -1
    beginning = np.arange(deals, dtype=np.int64) << DEAL_BITS
    place = np.searchsorted(key, beginning)
    return Versions(
        np.insert(key, place, beginning), np.insert(after, place, initial), np.insert(row, place, log.deals.row),
        values.values, True, bool(len(changes.key)),
    )  # fmt: skip


def responsible_versions(log: Log) -> Versions:
    """Who was responsible: `code` is a person of `facts.people`. Before the first change: its `before`, else its
    `after`; without changes the deal's manager."""
    places = log.of_kind(Kind.RESPONSIBLE)
    people = dict(log.facts.codes)
    key, ref = log.key[places], log.ref[places]
    before, after = (log.text("history", name).mapped(people)[ref] for name in ("before", "after"))
    deal = deal_of(key)
    first = np.flatnonzero(np.append(True, np.diff(deal) != 0)) if len(deal) else np.zeros(0, np.int64)
    initial = log.deals.manager.copy()
    initial[deal[first]] = np.where(before[first] >= 0, before[first], after[first])
    beginning = np.arange(len(log.deals), dtype=np.int64) << DEAL_BITS
    place = np.searchsorted(key, beginning)
    return Versions(
        np.insert(key, place, beginning), np.insert(after, place, initial), np.insert(log.row[places], place, log.deals.row),
        log.facts.people, True, bool(len(places)),
    )  # fmt: skip
