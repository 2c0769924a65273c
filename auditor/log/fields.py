"""Fields over time: which value a deal's field had at any moment."""

from collections.abc import Container
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import is_float_dtype

from auditor.inputs.final import is_refusal
from auditor.inputs.tables import FIELD
from auditor.inputs.values import moment_of, number_of
from auditor.log.columns import Bools, Codes, Ints, Text, set_first
from auditor.log.kinds import DAY, DEAL_BITS, EPOCH_SECONDS, NEVER, Kind
from auditor.log.order import chain_rows, radix_order
from auditor.log.remembered import remembered
from auditor.log.spine import Spine, deal_of, key_of, time_of
from auditor.spelling import by_folded, folded
from auditor.terms import Role

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
OTHER_CAPTIONS: dict[str, tuple[str, ...]] = {
    "имя клиента": ("имя", "контакт"),
    "адрес доставки": ("адрес клиента",),
    "сумма предоплаты": ("сумма предог.",),
    "сумма задолженности": ("сумма задолж.",),
    "крайний срок отгрузки": ("крайний срок",),
}
"""What CRMs call a field besides the caption that clauses use, folded: the first that an export has counts."""


@dataclass(frozen=True, eq=False)
class Versions:
    """The values of one field of all deals, in order of deal and time.

    `start`: key from which a version stands (the first of each deal from its beginning); `code`: into `values`, −1 is
    empty; `unknown`: nobody knows the value (`code` is −1); `row`: the row that shows the value; `place`: the position
    of the change in the log, ascending in each second (−1: of a deal's beginning, or of a row that could not be read);
    `ageless`: nobody knows since when the value stands: it was there all along, as far as the changes of its deal tell,
    which name none; `exported`: whether the export has the field at all.
    """

    start: Ints
    code: Codes
    unknown: Bools
    row: Codes
    place: Codes
    ageless: Bools
    values: tuple[str, ...]
    exported: bool

    def at(self, key: Ints) -> Ints:
        """Index of the version standing at each key; a change in that very second counts."""
        return np.searchsorted(self.start, key, side="right") - 1

    def before(self, key: Ints) -> Ints:
        """Index of the version standing just before each key; a change in that very second does not count."""
        return np.maximum(np.searchsorted(self.start, key, side="left") - 1, 0)

    @cached_property
    def filled(self) -> Bools:
        """Per version whether the field is filled."""
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
        parsed = [moment_of(value) for value in self.values]
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
        """The distinct values in the spelling for comparison."""
        return tuple(folded(value) for value in self.values)


def _seconds(time: object) -> int:
    return int(np.datetime64(time, "s").astype(np.int64)) - EPOCH_SECONDS  # type: ignore[call-overload]


@remembered
def field_versions(log: Spine, caption: str) -> Versions:
    """A field over time, by the (folded) caption of the clauses; `settings.fields` names the company's own."""
    ours = {folded(theirs): name for theirs, name in log.settings.fields.items()}
    name = _exported_as(log, folded(ours.get(caption, caption)))
    column, canonical = _column(log.deals.frame, name)
    values = _Values()
    changes = _changes(log, name, values)
    initial = _column_codes(column, len(log.deals), values)
    later = _later_before(log, name, values)
    set_first(initial, *later)
    set_first(initial, deal_of(changes.key), changes.before)
    told = np.zeros(len(log.deals), np.bool_)
    if "before" in log.history:
        told[later[0]] = told[deal_of(changes.key)] = True
        changes = _real(changes, initial)
    contradicted = _contradicted(log, column)
    unknown = contradicted[~np.isin(contradicted, deal_of(changes.key))]
    changes, never_told = _with_unread(log, changes, _unread_changes(log, name))
    if canonical == "reason":
        changes = _with_reasons_of_closings(log, changes, initial, values)
    exported = _is_exported(log, name) or len(changes.key) > 0
    found = _versions(log, initial, changes, values.values, (initial >= 0) & ~told, exported)
    found.unknown[np.searchsorted(found.start, key_of(unknown, 0))] = True
    return _forgotten(found, never_told)


def _exported_as(log: Spine, name: str) -> str:
    """The first of the field's captions that the export has; its own where it has none."""
    captions = (name, *OTHER_CAPTIONS.get(name, ()))
    return next((each for each in captions if _is_exported(log, each)), name)


def _is_exported(log: Spine, name: str) -> bool:
    return _column(log.deals.frame, name)[0] is not None or name in log.facts.known_fields


def _contradicted(log: Spine, column: pd.Series | None) -> Codes:
    """The deals of which exports contradict each other in that column."""
    nothing = np.zeros(0, np.int32)
    return nothing if column is None else log.deals.unknown.get(str(column.name), nothing)


def _column(frame: pd.DataFrame, name: str) -> tuple[pd.Series | None, str | None]:
    """The deals' column of that caption, and its canonical name where it is one of those."""
    for column in frame.columns:
        if column.startswith(FIELD) and folded(column.removeprefix(FIELD)) == name:
            return frame[column], None
    canonical = CANONICAL.get(name)
    return frame.get(canonical), canonical


class _Values:
    """Texts of several columns as codes of one list of values."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def of(self, text: Text, codes: NDArray[np.signedinteger]) -> Codes:
        """Codes of that column → codes of the common list; blank texts are empty."""
        used = np.flatnonzero(text.counted(codes))
        values = [text.values[code].strip() for code in used.tolist()]
        table = np.full(len(text.values) + 1, -1, np.int32)
        table[used] = [self.codes.setdefault(value, len(self.codes)) if value else -1 for value in values]
        return table.take(codes)

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self.codes)


def _column_codes(column: pd.Series | None, rows: int, values: _Values) -> Codes:
    """Codes of a column's cells; of numbers each distinct one is written as a text once."""
    text = Text.of(column, rows) if column is None or not is_float_dtype(column.dtype) else _written(column)
    return values.of(text, text.codes)


def _written(numbers: pd.Series) -> Text:
    codes, distinct = pd.factorize(numbers)
    return Text(codes.astype(np.int32), tuple(f"{number:.15g}" for number in distinct))


@dataclass(frozen=True, eq=False)
class _Changes:
    """Changes of one field in order of the log; `before` and `after` are codes of values; after one that could not be
    read (`place` −1) the value is `unknown`."""

    key: Ints
    place: Codes
    row: Codes
    before: Codes
    after: Codes
    unknown: Bools

    def joined(self, other: "_Changes") -> "_Changes":
        """These changes and the others, in order of their keys, of equal ones these first; places ascend."""
        order = np.argsort(np.concatenate([self.key, other.key]), kind="stable")
        names = self.__annotations__
        both = _Changes(*(np.concatenate([getattr(self, name), getattr(other, name)])[order] for name in names))
        both.place[both.place >= 0] = np.sort(both.place[both.place >= 0])
        return both


def _changes(log: Spine, name: str, values: _Values) -> _Changes:
    found = _by_field(log).get(name, np.zeros(0, np.int32))
    places = _chained(log, found)
    ref = log.ref.take(places)
    after = _cells(log, "after", ref, values)
    before = _cells(log, "before", ref, values) if "before" in log.history else after
    return _Changes(log.key.take(places), found, log.row.take(places), before, after, np.zeros(len(places), np.bool_))


def _unread_changes(log: Spine, name: str) -> Ints:
    """The numbers of the rows that could not be read and may tell a change of that field."""
    rows, text = log.unread.of(("field",)), log.unread.field
    return rows[text.where(lambda value: value == name)[text.codes[rows]] | (text.codes[rows] < 0)]


def _with_unread(log: Spine, changes: _Changes, rows: Ints) -> tuple[_Changes, Codes]:
    """The changes with those rows of a known day as changes to nobody knows what, and the deals of the others."""
    unread = log.unread
    if not len(rows):
        return changes, unread.deal[rows]
    dated = rows[unread.is_dated[rows]]
    key, nothing = key_of(unread.deal[dated], unread.first[dated]), np.full(len(dated), -1, np.int32)
    untold = _Changes(key, nothing, unread.row[dated], nothing, nothing, np.ones(len(dated), np.bool_))
    return changes.joined(untold), unread.deal[rows[~unread.is_dated[rows]]]


def _forgotten(versions: Versions, deals: Codes) -> Versions:
    """The versions, of these deals as such that nobody knows the value of."""
    if not len(deals):
        return versions
    theirs = np.isin(deal_of(versions.start), deals)
    return replace(versions, code=np.where(theirs, -1, versions.code), unknown=versions.unknown | theirs)


def _real(changes: _Changes, initial: Codes) -> _Changes:
    """Without the rows that change nothing: their before and after are equal, and are what the field held already."""
    deal = deal_of(changes.key)
    goes_on = np.append(False, deal[1:] == deal[:-1])[: len(deal)]
    held = np.where(goes_on, np.append(-1, changes.after[:-1])[: len(deal)], initial[deal])
    kept = np.flatnonzero((changes.before != changes.after) | (changes.after != held))
    return _Changes(*(getattr(changes, name)[kept] for name in changes.__annotations__))


def _chained(log: Spine, rows: Codes) -> Codes:
    """These events of the history; those of one second are chained, each `before` the last `after`."""
    key = log.key[rows]
    return rows[chain_rows(log.arrays.history, deal_of(key), time_of(key), log.ref[rows], np.arange(len(rows)))]


@remembered
def _by_field(log: Spine) -> dict[str, Codes]:
    """Per folded caption the positions of that field's changes, ascending."""
    # sorted once for all fields: thirty fields that each searched all changes took a third of the log's time
    captions = log.text("history", "field")
    names = {name: number for number, name in enumerate(dict.fromkeys(captions.folded), 1)}
    places = log.of_kind(Kind.FIELD)
    number = captions.mapped(names, 0).take(log.ref.take(places))
    bounds = np.cumsum(np.bincount(number, minlength=len(names) + 1))
    return dict(zip(names, np.split(places[radix_order(number)], bounds)[1:], strict=False))


def _cells(log: Spine, column: str, ref: Codes, values: _Values) -> Codes:
    text = log.text("history", column)
    return values.of(text, text.codes[ref])


def _later_before(log: Spine, name: str, values: _Values) -> tuple[Codes, Codes]:
    """Per change later than as-of its deal and its `before`, which stood at as-of."""
    deal, ref = log.after_as_of.of_kind(Kind.FIELD)
    chosen = log.text("history", "field").taken(ref).equals(name)
    return deal[chosen], _cells(log, "before", ref[chosen], values)


def _versions(
    log: Spine, initial: Codes, changes: _Changes, values: tuple[str, ...], ageless: Bools, exported: bool
) -> Versions:
    """A version of each deal from its beginning, and one from each change on. `ageless`: per deal, of the former."""
    # two sorted lists become one: each item's place in it is counted, nothing is sorted again
    deals, deal = np.arange(len(log.deals)), deal_of(changes.key)
    changed = np.arange(len(deal)) + deal + 1
    first = deals + np.searchsorted(deal, deals)

    def merged(beginnings: "np.ndarray", others: "np.ndarray") -> "np.ndarray":
        result = np.empty(len(beginnings) + len(others), others.dtype)
        result[first], result[changed] = beginnings, others
        return result

    return Versions(
        start=merged(deals << DEAL_BITS, changes.key),
        code=merged(initial, changes.after),
        unknown=merged(np.zeros(len(deals), np.bool_), changes.unknown),
        row=merged(log.deals.row, changes.row),
        place=merged(np.full(len(deals), -1, np.int32), changes.place),
        ageless=merged(ageless, np.zeros(len(changes.key), np.bool_)),
        values=values,
        exported=exported,
    )


def _with_reasons_of_closings(log: Spine, changes: _Changes, initial: Codes, values: _Values) -> _Changes:
    """The changes of «Причина отказа», and one more for each closing, or move into a lost stage, that names a reason,
    or is named as one.

    A deal with such a closing, even later than as-of, has no reason from its beginning: the column shows the last
    one."""
    closings = log.of_kinds(Kind.STAGE, Kind.CLOSED) if "reason" in log.history else log.of_kind(Kind.CLOSED)
    reasons = _cells(log, "reason", log.ref[closings], values)
    told, reasons = closings[reasons >= 0], reasons[reasons >= 0]
    later, ref = log.after_as_of.of_kind(Kind.STAGE, Kind.CLOSED)
    initial[later[_cells(log, "reason", ref, values) >= 0]] = -1
    initial[deal_of(log.key[told])] = -1
    nothing, known = np.full(len(told), -1, np.int32), np.zeros(len(told), np.bool_)
    changes = changes.joined(_Changes(log.key[told], told, log.row[told], nothing, reasons, known))
    return changes.joined(_refusals(log, initial, values))


def _refusals(log: Spine, initial: Codes, values: _Values) -> _Changes:
    """The leads' moves into stages whose name is a reason, as changes to it; a lead that only its list shows in one has
    it from its beginning, where its column is empty."""
    ours = by_folded(log.settings.stages)
    moves, is_lead = log.of_kind(Kind.STAGE), log.deals.is_lead
    moves = moves[is_lead[deal_of(log.key[moves])]]
    after = log.text("history", "after").taken(log.ref[moves]).renamed(ours)
    refusals = np.flatnonzero(after.where(is_refusal)[after.codes])
    named = moves[refusals]
    current = Text.of(log.deals.frame.get("stage"), len(log.deals)).renamed(ours)
    listed = np.flatnonzero(current.where(is_refusal)[current.codes] & is_lead & (initial < 0))
    untold = np.setdiff1d(listed, deal_of(log.key[named]))
    initial[untold] = values.of(current, current.codes[untold])
    nothing, known = np.full(len(named), -1, np.int32), np.zeros(len(named), np.bool_)
    reasons = values.of(after, after.codes[refusals])
    return _Changes(log.key[named], named, log.row[named], nothing, reasons, known)


@remembered
def responsible_versions(log: Spine) -> Versions:
    """Who was responsible: `code` is a person of `facts.people`. Before the first change: its `before`, else its
    `after`; without changes the deal's manager. Nobody by name after a change that could not be read."""
    places = _chained(log, log.of_kind(Kind.RESPONSIBLE))
    later, later_ref = log.after_as_of.of_kind(Kind.RESPONSIBLE)
    key, ref = log.key[places], log.ref[places]
    was, became = _persons(log, ref)
    initial = log.deals.manager.copy()
    set_first(initial, later, _persons(log, later_ref)[0])
    set_first(initial, deal_of(key), was)
    changes = _Changes(key, places, log.row[places], was, became, np.zeros(len(places), np.bool_))
    changes, never_told = _with_unread(log, changes, log.unread.of(("responsible",)))
    found = _versions(log, initial, changes, log.facts.people, np.zeros(len(initial), np.bool_), True)
    return _forgotten(found, never_told)


@remembered
def last_held_by(log: Spine, roles: Container[Role]) -> Versions:
    """Who of these roles was responsible last: others who hold the deal after him are passed over. Nobody by name
    (code −1) where none was before, or where it is not told who is responsible.

    Somebody whose role nobody tells is a manager."""
    held = responsible_versions(log)
    stands = np.full(len(log.facts.people) + 1, Role.MANAGER in roles)
    for code, role in log.facts.roles.items():
        stands[code] = role in roles
    stands[-1] = True
    passed = ~stands[held.code]
    if not passed.any():
        return held
    last = np.maximum.accumulate(np.where(passed, -1, np.arange(len(passed))))
    known = (last >= 0) & (deal_of(held.start)[last] == deal_of(held.start))
    return replace(held, code=np.where(known, held.code[last], -1).astype(np.int32))


def _persons(log: Spine, rows: Codes) -> tuple[Codes, Codes]:
    """Who was responsible before these changes (after them, where nobody is named), and after them."""
    before, after = (log.text("history", name).taken(rows).mapped(log.facts.codes) for name in ("before", "after"))
    return np.where(before >= 0, before, after), after
