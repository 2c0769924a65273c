"""Fields: selectors of their changes and of the days they name, and predicates on their values."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Bools, Ints
from auditor.log.fields import Versions
from auditor.log.kinds import DAY, NEVER, Suspect
from auditor.log.log import Log, deal_of, key_of, time_of
from auditor.patterns.base import Need, Predicate
from auditor.patterns.logic import FALSE, TRUE, UNKNOWN, Truth, truth
from auditor.patterns.moments import Moments, joined, none_of, points
from auditor.patterns.refined import Refinable, stage_names
from auditor.patterns.texts import says
from auditor.spelling import folded
from auditor.terms import Stage

FILLER = frozenset({"-", "--", "—", ".", "..", "...", "нет", "xxx", "ххх", "111", "?", "0", "н/д", "тест"})
LONGEST_FILLER = max(map(len, FILLER))


def _fillers(log: Log, caption: str) -> Bools:
    """Per value of the field whether it is filler, with a last False for the empty cell; found once."""
    name = ("fillers", caption)
    if name not in log.memo:
        log.memo[name] = np.array([*map(_is_filler, log.field(caption).values), False], dtype=np.bool_)
    return log.memo[name]


def _is_filler(value: str) -> bool:
    """No letter is folded into fewer: what is longer need not be folded."""
    return len(value) <= LONGEST_FILLER and folded(value) in FILLER


def changes_of(log: Log, caption: str) -> Moments:
    """The changes of a field, as moments."""
    versions = log.field(caption)
    index = np.flatnonzero(time_of(versions.start) > 0)
    found = points(log, versions.start[index], versions.row[index])
    return replace(found, source=log.source_of(versions.row[index]), pos=found.pos + 1)


@dataclass(frozen=True)
class Changed(Refinable):
    """A field gets another value; `to_filled` leaves out being emptied."""

    field: str

    def select(self, log: Log) -> Moments:
        return changes_of(log, self.field)

    def words(self) -> str:
        return _("a change of «{field}»").format(field=self.field)

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Need("field", (self.field,)), Need("stream", ("field",)))

    @property
    def streams(self) -> frozenset[str]:
        return frozenset({"field"})


@dataclass(frozen=True)
class FirstFilled(Refinable):
    """The first of these fields is filled, once in a deal's life; filled from the start: at the creation.

    Without history the moment is unknown."""

    fields: tuple[str, ...]

    def select(self, log: Log) -> Moments:
        told = [self._of(log, caption) for caption in self.fields if log.field(caption).exported]
        found = joined(told) if told else points(log, np.zeros(0, np.int64), np.zeros(0, np.int32))
        return found.taken(np.append(True, np.diff(found.deal) != 0)[: len(found)])

    @staticmethod
    def _of(log: Log, caption: str) -> Moments:
        versions = log.field(caption)
        index = np.flatnonzero(versions.filled)
        index = index[np.append(True, np.diff(deal_of(versions.start[index])) != 0)[: len(index)]]
        deal = deal_of(versions.start[index])
        key = np.maximum(versions.start[index], key_of(deal, log.deals.created[deal]))
        return points(log, key, versions.row[index]).doubted(np.full(len(key), not versions.has_history))

    def words(self) -> str:
        return _("filling in {fields}").format(fields=quoted(self.fields))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Need("field", self.fields),)


def quoted(captions: tuple[str, ...]) -> str:
    return ", ".join(f"«{caption}»" for caption in captions)


@dataclass(frozen=True)
class DayOf(Refinable):
    """A named day: the day of a date field, or that many days before it, while the deal is in one of the stages.

    The moment is 00:00 of the day; of the last working day before it, where a day before the date is a day off. The
    date's own day is not moved; it arises later that day, or after, when the stage is entered or the value set then.
    Deadlines run from the named day."""

    field: str
    shift_days: int = 0
    stages: tuple[Stage, ...] = ()
    PARAMETERS: ClassVar[dict[str, str]] = {"shift_days": "shift_days"}

    def during(self, *stages: Stage) -> "DayOf":  # type: ignore[override]
        return replace(self, stages=stages)

    def select(self, log: Log) -> Moments:
        versions = log.field(self.field)
        dated = np.flatnonzero(versions.day != NEVER)
        named = versions.day[dated] + self.shift_days * DAY
        dated, named = dated[named > 0], named[named > 0]
        opens = named if self.shift_days == 0 else window_opens(log, deal_of(versions.start[dated]), named)
        return self._moments(log, versions, dated, opens, named)

    def _spans(self, log: Log, versions: Versions) -> tuple[Ints, Ints, Bools]:
        """From which key to which the deals are in the stages (in none: their whole lives), and whether surely."""
        stays = log.stays
        if not self.stages:
            deals = np.arange(len(log.deals))
            return key_of(deals, log.deals.created), none_of(deals), np.ones(len(deals), np.bool_)
        sure, possible = stays.of(*self.stages)
        chosen = np.flatnonzero(possible)
        if not versions.has_history:
            chosen = last_of_deal(stays.deal, chosen)
        return stays.entered[chosen], stays.left[chosen], sure[chosen]

    def _moments(self, log: Log, versions: Versions, dated: Ints, opens: Ints, named: Ints) -> Moments:
        """One moment for each dated version that stands while its deal is in the stages."""
        begin, end, sure = self._spans(log, versions)
        first = np.searchsorted(versions.end[dated], begin, side="left")
        last = np.searchsorted(versions.start[dated], end, side="left")
        span, index = spread(first, last)
        version = dated[index]
        deal = deal_of(versions.start[version])
        at, day = key_of(deal, opens[index]), key_of(deal, named[index])
        begun = np.maximum(versions.start[version], begin[span])
        ends = np.minimum(versions.end[version], end[span])
        if self.shift_days == 0:
            at = np.maximum(at, begun)
            holds = (at <= ends) & (versions.end[version] > day + DAY - 1)
        else:
            holds = (begun <= at) & (at < ends)
        holds &= (time_of(at) <= log.as_of) & (deal == deal_of(begin[span]))
        order = np.argsort(at[holds], kind="stable")
        found = points(log, at[holds][order], versions.row[version[holds][order]])
        found = found.doubted(~sure[span[holds][order]]).running_from(day[holds][order])
        again = np.append(False, (np.diff(found.key) == 0) & (np.diff(found.start) == 0))
        return found.taken(~again[: len(found)])

    def words(self) -> str:
        from auditor.patterns.deadlines import amount_words

        place = _(" in {stages}").format(stages=stage_names(self.stages)) if self.stages else ""
        if self.shift_days == 0:
            return _("the day in «{field}»").format(field=self.field) + place
        shift = amount_words(-self.shift_days, "days")
        return _("{shift} before «{field}»").format(shift=shift, field=self.field) + place

    @property
    def needs(self) -> tuple[Need, ...]:
        own = (Need("field", (self.field,)),)
        return (*own, Need("stream", ("stage",))) if self.stages else own


def window_opens(log: Log, deal: Ints, named: Ints) -> Ints:
    """00:00 of the named day, or of the last working day before it, by the schedule of who is responsible then."""
    person = log.responsible.code[log.responsible.at(key_of(deal, named))]
    return log.times.schedules.working_day_on_or_before(log.times.of(person), named // DAY) * DAY


def last_of_deal(deal: "np.ndarray", chosen: Ints) -> Ints:
    """Of these stays the last one of each deal."""
    return chosen[np.append(np.diff(deal[chosen]) != 0, True)[: len(chosen)]]


def spread(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """All pairs of a range's number and a member of `[first, last)`, in order."""
    count = np.maximum(last - first, 0)
    number = np.repeat(np.arange(len(first)), count)
    offset = np.arange(len(number)) - np.repeat(np.cumsum(count) - count, count)
    return number, first[number] + offset


def changed(field: str) -> Changed:
    return Changed(field)


def first_filled(*fields: str) -> FirstFilled:
    return FirstFilled(fields)


def day_of(field: str, shift_days: int = 0) -> DayOf:
    return DayOf(field, shift_days)


class FieldPredicate(Predicate):
    """A predicate on the values that fields have at a moment."""

    fields: tuple[str, ...]

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Need("field", self.fields),)

    def changes(self, log: Log) -> list[Moments]:
        return [changes_of(log, caption) for caption in self.fields if log.field(caption).exported]

    def columns(self, log: Log) -> tuple[str, ...]:
        """The captions that a report names as evidence."""
        return tuple(log.settings.fields.get(caption, caption) for caption in self.fields)


@dataclass(frozen=True)
class Filled(FieldPredicate):
    """All of these fields that the export has are filled."""

    fields: tuple[str, ...]

    def holds(self, log: Log, at: Moments) -> Truth:
        names = self.exported(log)
        result = np.full(len(at), TRUE if names else UNKNOWN)
        for caption in names:
            versions = log.field(caption)
            result[~versions.filled[versions.at(at.key)]] = FALSE
        return result

    def exported(self, log: Log) -> list[str]:
        return [caption for caption in self.fields if log.field(caption).exported]

    def words(self) -> str:
        return _("filled in: {fields}").format(fields=quoted(self.fields))

    def found(self, log: Log, at: Moments) -> list[str]:
        missing = [
            [caption for caption in self.exported(log) if self._empty(log, caption, at, i)] for i in range(len(at))
        ]
        unseen = [caption for caption in self.fields if not log.field(caption).exported]
        tail = _(" (not exported: {fields})").format(fields=quoted(tuple(unseen))) if unseen else ""
        return [(_("empty: {fields}").format(fields=quoted(tuple(names))) if names else "") + tail for names in missing]

    def _empty(self, log: Log, caption: str, at: Moments, index: int) -> bool:
        versions = log.field(caption)
        return not versions.filled[versions.at(at.key[index : index + 1])][0]

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        """Filler instead of an answer."""
        result = np.zeros(len(at), np.uint8)
        for caption in self.exported(log):
            versions = log.field(caption)
            result[_fillers(log, caption)[versions.code[versions.at(at.key)]]] |= np.uint8(Suspect.FILLER)
        return result

    @property
    def answered(self) -> "Answered":
        """The same of yes/no fields, where «нет» is an answer and no filler."""
        return Answered(self.fields)


@dataclass(frozen=True)
class Answered(Filled):
    """All of these yes/no fields are answered."""

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        return np.zeros(len(at), np.uint8)


@dataclass(frozen=True)
class Empty(FieldPredicate):
    """All of these fields that the export has are empty."""

    fields: tuple[str, ...]

    def holds(self, log: Log, at: Moments) -> Truth:
        result = np.full(len(at), TRUE)
        for caption in self.fields:
            versions = log.field(caption)
            if versions.exported:
                result[versions.filled[versions.at(at.key)]] = FALSE
        return result

    def words(self) -> str:
        return _("empty: {fields}").format(fields=quoted(self.fields))


@dataclass(frozen=True)
class Says(FieldPredicate):
    """The field's value is one of these texts (`whole`), or holds one of these words.

    An empty value makes it unknown, unless `otherwise` says what empty means."""

    field: str
    texts: tuple[str, ...]
    match: str = "whole"
    otherwise: str | None = None
    PARAMETERS: ClassVar[dict[str, str]] = {"texts": "values"}

    @property
    def fields(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.field,)

    @property
    def needs(self) -> tuple[Need, ...]:
        return () if self.otherwise is not None else super().needs

    def holds(self, log: Log, at: Moments) -> Truth:
        versions = log.field(self.field)
        code = versions.code[versions.at(at.key)]
        table = np.array([*(self._fits(value) for value in versions.folded), False], dtype=np.bool_)
        empty = self._fits(folded(self.otherwise)) if self.otherwise is not None else None
        result = truth(table[code])
        result[code < 0] = UNKNOWN if empty is None else (TRUE if empty else FALSE)
        return result

    def _fits(self, value: str) -> bool:
        if self.match == "whole":
            return value in {folded(text) for text in self.texts}
        return bool(says(*self.texts)(value))

    def words(self) -> str:
        return _("«{field}» is {values}").format(
            field=self.field, values=_(" or ").join(f"«{text}»" for text in self.texts)
        )

    def found(self, log: Log, at: Moments) -> list[str]:
        versions = log.field(self.field)
        codes = versions.code[versions.at(at.key)]
        shown = [versions.values[code] if code >= 0 else _("empty") for code in codes]
        return [f"«{self.field}»: {value}" for value in shown]

    def when_empty(self, meaning: str) -> "Says":
        """What an empty or unexported value means."""
        return replace(self, otherwise=meaning)


def filled(*fields: str) -> Filled:
    return Filled(fields)


def empty(*fields: str) -> Empty:
    return Empty(fields)


def is_(field: str, *texts: str) -> Says:
    """The field's value is one of these."""
    return Says(field, texts)


def contains(field: str, *words: str) -> Says:
    """The field's value holds one of these words."""
    return Says(field, words, "part")
