"""The ledger: a second program's records, one per deal, without history."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from auditor.i18n import _, day_form, quoted
from auditor.log.blur import of_column
from auditor.log.columns import Bools, Ints
from auditor.log.fields import Versions
from auditor.log.kinds import DAY, NEVER, Kind
from auditor.log.log import Log
from auditor.log.remembered import remembered
from auditor.patterns.core.findings import All, Finding, Findings
from auditor.patterns.core.moments import Moments, events
from auditor.patterns.core.needs import Field, Need, Stream
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.texts import says
from auditor.patterns.core.truth import FALSE, TRUE, UNKNOWN, Truth
from auditor.patterns.core.words import Words, day_words, each_once, filled, number_words, numbers_told, values_shown
from auditor.patterns.selectors.fields import changed

CAPTIONS = {"measurement_date": "Дата замера", "amount": "Сумма", "status": "Статус", "contract_number": "№ договора"}


@remembered
def record_of(log: Log) -> Ints:
    """Per deal the number of its last ledger record, −1 where it has none."""
    deal = log.ledger_deals
    record = np.full(len(log.deals) + 1, -1)
    order = np.argsort(_updated(log), kind="stable")
    record[deal[order]] = order
    return record[:-1]


def _updated(log: Log) -> Ints:
    return log.arrays.ledger.seconds("updated")


@remembered
def _updated_latest(log: Log) -> Ints:
    """The last seconds that the records may have been updated at: some columns tell the minute or the day alone."""
    blur = of_column(log.arrays.ledger, "updated", log.arrays, log.facts)
    return _updated(log) if blur is None else _updated(log) + blur


def _updated_later(log: Log, at: Moments) -> Bools:
    """Per moment whether its deal's record was updated after it, or may have been."""
    record = record_of(log)[at.deal]
    return (np.append(_updated_latest(log), NEVER)[record] > at.time) & (record >= 0)


class LedgerPredicate(Predicate):
    """What a record shows: one updated after the moment can prove it, never refute it."""

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Stream("ledger"),)

    def changes(self, log: Log) -> list[Moments]:
        return [events(log, log.of_kind(Kind.LEDGER))]

    def shown(self, log: Log, at: Moments) -> Truth:
        """Whether the record shows it now."""
        raise NotImplementedError

    def holds(self, log: Log, at: Moments) -> Truth:
        record = record_of(log)[at.deal]
        value = self.shown(log, at)
        value = np.where((value == FALSE) & _updated_later(log, at), UNKNOWN, value)
        return np.where(record < 0, FALSE, value).astype(np.int8)


@dataclass(frozen=True)
class InLedger(LedgerPredicate):
    """The deal has a record, with these columns filled."""

    columns_filled: tuple[str, ...] = ()

    def shown(self, log: Log, at: Moments) -> Truth:
        record = record_of(log)[at.deal]
        value = np.where(record >= 0, TRUE, FALSE)
        for column in self.columns_filled:
            if column in log.ledger:
                filled = np.append(log.ledger[column].notna().to_numpy(), False)
                value = np.where(filled[record], value, FALSE)
        return value.astype(np.int8)

    def words(self) -> str:
        if not self.columns_filled:
            return _("a record in the ledger")
        names = quoted(*(CAPTIONS[column] for column in self.columns_filled))
        return _("a record in the ledger with {columns}").format(columns=names)

    def findings(self, log: Log, at: Moments) -> Findings:
        if not self.columns_filled:
            return _has_record(log, at, self.holds(log, at))
        holds = [InLedger((column,)).holds(log, at) for column in self.columns_filled]
        return All([
            Finding(_in_ledger(column), _("filled in"), _cells(log, column, at), each)
            for column, each in zip(self.columns_filled, holds, strict=True)
        ])  # fmt: skip


@dataclass(frozen=True)
class LedgerEquals(LedgerPredicate):
    """The record's column equals the deal's field: dates by day, numbers as numbers, texts case folded."""

    column: str
    field: str

    def shown(self, log: Log, at: Moments) -> Truth:
        record = record_of(log)[at.deal]
        versions = log.field(self.field)
        standing = versions.at(at.key)
        if self.column == "measurement_date":
            day, booked = versions.day[standing], self._days(log)[record]
            return _equal(day == booked, (day != NEVER) & (booked != NEVER))
        if self.column == "amount":
            number, noted = versions.numbers[versions.code[standing]], self._numbers(log)[record]
            return _equal(number == noted, ~np.isnan(number) & ~np.isnan(noted))
        return self._texts(log, versions, record, standing)

    def _days(self, log: Log) -> Ints:
        moments = log.arrays.ledger.seconds(self.column)
        return np.append(np.where(moments == NEVER, NEVER, moments // DAY * DAY), NEVER)

    def _numbers(self, log: Log) -> "np.ndarray":
        if self.column not in log.ledger:
            return np.full(len(log.ledger) + 1, np.nan)
        return np.append(log.ledger[self.column].to_numpy(dtype=float), np.nan)

    def _texts(self, log: Log, versions: Versions, record: Ints, standing: Ints) -> Truth:
        ours, theirs = self._numbered(log)
        code = versions.code[standing]
        filled = np.append(log.text("ledger", self.column).codes, -1)[record] >= 0
        return _equal(ours[code] == theirs[record], (code >= 0) & filled)

    @remembered
    def _numbered(self, log: Log) -> tuple[Ints, Ints]:
        """Per value of the field (a last one for empty), and per record (a last one for none), the number of its folded
        text."""
        values = log.field(self.field).folded
        numbers = {value: code for code, value in enumerate(values)}
        ours = np.array([*(numbers[value] for value in values), -1])
        return ours, np.append(log.text("ledger", self.column).mapped(numbers, -2), -3)

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Stream("ledger"), Field(self.field))

    def changes(self, log: Log) -> list[Moments]:
        return [*super().changes(log), changed(self.field).find(log).certain]

    def columns(self, log: Log) -> tuple[str, ...]:
        return (log.settings.fields.get(self.field, self.field),)

    def words(self) -> str:
        return _("the ledger's «{column}» equals «{field}»").format(column=CAPTIONS[self.column], field=self.field)

    def findings(self, log: Log, at: Moments) -> Findings:
        form = _("{ours} in the deal, {theirs} in the ledger{later}")
        later = np.where(_updated_later(log, at), _(" (updated later)"), "").astype(object)
        found = filled(form, ours=self._ours(log, at), theirs=_cells(log, self.column, at), later=later)
        return Finding(quoted(CAPTIONS[self.column]), _("the same"), found, self.holds(log, at))

    def _ours(self, log: Log, at: Moments) -> Words:
        """The deal's value, written as the ledger's is."""
        versions = log.field(self.field)
        standing = versions.at(at.key)
        if self.column == "amount":
            return numbers_told(versions.numbers[versions.code[standing]])
        shown, day = values_shown(log, self.field, at), versions.day[standing]
        if self.column == "measurement_date":
            shown[day < NEVER] = day_words(day[day < NEVER])
        return shown


@dataclass(frozen=True)
class LedgerSays(LedgerPredicate):
    """The record's column holds that text."""

    column: str
    text: str
    PARAMETERS: ClassVar[dict[str, str]] = {"text": "words"}

    def shown(self, log: Log, at: Moments) -> Truth:
        record = record_of(log)[at.deal]
        text, search = log.text("ledger", self.column), says(self.text)
        table = text.where(lambda value: bool(search(value)))
        code = np.append(text.codes, -1)[record]
        return np.where(table[code], TRUE, FALSE).astype(np.int8)

    def words(self) -> str:
        return _("the ledger's «{column}» says «{text}»").format(column=CAPTIONS[self.column], text=self.text)

    def findings(self, log: Log, at: Moments) -> Findings:
        return Finding(_in_ledger(self.column), quoted(self.text), _cells(log, self.column, at), self.holds(log, at))


def _equal(same: Bools, known: Bools) -> Truth:
    return np.where(known, np.where(same, TRUE, FALSE), UNKNOWN).astype(np.int8)


def _has_record(log: Log, at: Moments, holds: Truth) -> Finding:
    found = np.where(record_of(log)[at.deal] >= 0, _("there"), _("none"))
    return Finding(_("a record in the ledger"), _("there"), found.astype(object), holds, otherwise=_("none"))


def _in_ledger(column: str) -> str:
    return _("«{column}» in the ledger").format(column=CAPTIONS[column])


def _cells(log: Log, column: str, at: Moments) -> Words:
    """Per moment what the deal's record says in the column."""
    if column not in log.ledger:
        return np.full(len(at), _("no such column"), object)
    values = log.ledger[column].array
    return each_once(lambda i: _cell(values[i]) if i >= 0 else _("no record"), record_of(log)[at.deal])


def _cell(value: object) -> str:
    if value is None or value != value or str(value) == "NaT":
        return _("empty")
    if hasattr(value, "strftime"):
        return str(value.strftime(day_form()))
    return number_words(value) if isinstance(value, float) else str(value)


def in_ledger(*columns: str) -> InLedger:
    """The deal has a ledger record in which these columns are filled (`measurement_date`, `amount`, `status`,
    `contract_number`). A record updated after the moment proves it, and refutes nothing."""
    return InLedger(columns)


def ledger_equals(column: str, field: str) -> LedgerEquals:
    """The ledger record's column equals the deal's field: dates by day, numbers as numbers, texts in any case; unknown
    where either is empty."""
    return LedgerEquals(column, field)


def ledger_says(column: str, text: str) -> LedgerSays:
    """The ledger record's column holds the text."""
    return LedgerSays(column, text)
