"""Predicates of what a field holds."""

import re
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from auditor.i18n import _, quoted
from auditor.inputs.values import moment_of, number_of, truth_of
from auditor.log.columns import Bools
from auditor.log.kinds import FLAGS, Suspect
from auditor.log.log import Log
from auditor.log.remembered import remembered
from auditor.patterns.core.findings import All, Finding, Findings, yes_or_no
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.needs import Column, Field, Need
from auditor.patterns.core.predicate import Predicate
from auditor.patterns.core.texts import says
from auditor.patterns.core.truth import FALSE, TRUE, UNKNOWN, Truth, truth
from auditor.patterns.core.words import one_of, shown_texts, values_shown
from auditor.patterns.selectors.fields import changed
from auditor.spelling import folded

FILLER = frozenset({"-", "--", "—", ".", "..", "...", "нет", "xxx", "ххх", "111", "?", "0", "н/д", "тест"})
MANY = 20
"""So many deals without one value tell that a column is not in use."""
LONGEST_FILLER = max(map(len, FILLER))
NUMBERS = frozenset(filter(str.isdigit, FILLER))
ANSWERS = frozenset({"нет", "0"})
"""What is filler in a text, but an answer in a yes/no field."""
NO_FIRST = re.compile(r"(?:нет|не|без|no|not)\b")
YES_WITHIN = says("да", "есть", "оплач", "нужн", "требу", "yes")
"""What answers a yes/no field in more than one word, folded: a text that begins so, that holds one of these."""
OF_AMOUNTS = says("сумма", "бюджет", "предоплата", "скидка", "цена", "стоимость")
"""Whether a folded caption is that of a field of amounts, in which no number is filler."""


@remembered
def _fillers(log: Log, caption: str, answers: frozenset[str]) -> Bools:
    """Per value of the field whether it is filler and none of these answers, with a last False for the empty cell.

    Folding leaves no text shorter (cells are stripped), so values longer than any filler are not folded."""
    filler = FILLER - answers - (NUMBERS if OF_AMOUNTS(folded(caption)) else frozenset())
    values = log.field(caption).values
    short = [len(value) <= LONGEST_FILLER and folded(value) in filler for value in values]
    return np.array([*short, False], dtype=np.bool_)


class FieldPredicate(Predicate):
    """A predicate on the values that fields have at a moment."""

    fields: tuple[str, ...]

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Field(*self.fields),)

    def changes(self, log: Log) -> list[Moments]:
        return [changed(caption).find(log).certain for caption in self.fields if log.field(caption).exported]

    def columns(self, log: Log) -> tuple[str, ...]:
        """The captions that a report names as evidence."""
        return tuple(log.settings.fields.get(caption, caption) for caption in self.fields)


def is_filled(log: Log, caption: str, at: Moments) -> Truth:
    """Whether the field is filled at each moment."""
    versions = log.field(caption)
    here = versions.at(at.key)
    return truth(versions.filled[here], versions.unknown[here])


def _filled(log: Log, caption: str, at: Moments) -> Finding:
    return Finding(
        quoted(caption),
        _("filled in"),
        values_shown(log, caption, at),
        is_filled(log, caption, at),
        otherwise=_("empty"),
        failed=np.full(len(at), _("not filled in"), object),
    )


@dataclass(frozen=True)
class Filled(FieldPredicate):
    """All of these fields that the export has are filled."""

    fields: tuple[str, ...]

    def holds(self, log: Log, at: Moments) -> Truth:
        names = self.exported(log)
        result = np.full(len(at), TRUE if names else UNKNOWN)
        for caption in names:
            result = np.minimum(result, is_filled(log, caption, at))
        return result

    def exported(self, log: Log) -> list[str]:
        return [caption for caption in self.fields if log.field(caption).exported]

    def words(self) -> str:
        return _("filled in: {fields}").format(fields=quoted(*self.fields))

    def findings(self, log: Log, at: Moments) -> Findings:
        names = self.exported(log)
        unseen = [caption for caption in self.fields if caption not in names]
        note = _(" (not exported: {fields})").format(fields=quoted(*unseen)) if unseen else ""
        told = [_filled(log, caption, at) for caption in names]
        return All(told or [yes_or_no(self.words(), self.holds(log, at))], note)

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        """Filler instead of an answer."""
        return self._flagged(log, at, frozenset())

    def _flagged(self, log: Log, at: Moments, answers: frozenset[str]) -> "np.ndarray":
        result = np.zeros(len(at), FLAGS)
        for caption in self.exported(log):
            versions = log.field(caption)
            filler = _fillers(log, caption, answers)
            if filler.any():
                result[filler[versions.code[versions.at(at.key)]]] |= FLAGS(Suspect.FILLER)
        return result

    @property
    def answered(self) -> "Answered":
        """The same of yes/no fields, where «нет» is an answer and no filler."""
        return Answered(self.fields)

    @property
    def if_exported(self) -> "FilledIfExported":
        """The same; a field that the export does not have, or that no deal has a value in, counts as filled."""
        return FilledIfExported(self.fields)


@dataclass(frozen=True)
class FilledIfExported(Filled):
    """All of these fields that the export has are filled; there need not be any. One that not a single of many deals
    has a value in is none that the export has: it is kept elsewhere, as phones are in contacts."""

    def exported(self, log: Log) -> list[str]:
        many = len(log.deals) >= MANY
        return [caption for caption in super().exported(log) if not many or log.field(caption).filled.any()]

    def holds(self, log: Log, at: Moments) -> Truth:
        return super().holds(log, at) if self.exported(log) else np.full(len(at), TRUE)

    @property
    def needs(self) -> tuple[Need, ...]:
        return ()

    @property
    def excuses(self) -> tuple[Need, ...]:
        """An empty field frees, where it is exported."""
        return super().needs


@dataclass(frozen=True)
class Answered(Filled):
    """All of these yes/no fields are answered."""

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        """Filler, but for what answers yes or no."""
        return self._flagged(log, at, ANSWERS)


@dataclass(frozen=True)
class Empty(FieldPredicate):
    """All of these fields that the export has are empty."""

    fields: tuple[str, ...]

    def holds(self, log: Log, at: Moments) -> Truth:
        result = np.full(len(at), TRUE)
        for caption in self.fields:
            versions = log.field(caption)
            if versions.exported:
                here = versions.at(at.key)
                result = np.minimum(result, truth(~versions.filled[here], versions.unknown[here]))
        return result

    def words(self) -> str:
        return _("empty: {fields}").format(fields=quoted(*self.fields))

    def findings(self, log: Log, at: Moments) -> Findings:
        exported = [caption for caption in self.fields if log.field(caption).exported]
        told = [_filled(log, caption, at).denied() for caption in exported]
        return All(told or [yes_or_no(self.words(), self.holds(log, at))])


@dataclass(frozen=True)
class Says(FieldPredicate):
    """The field's value is one of these texts (`whole`), or holds one of these words.

    An empty value makes it unknown, unless `otherwise` says what empty means."""

    field: str
    texts: tuple[str, ...]
    match: str = "whole"
    otherwise: str | None = None
    PARAMETERS: ClassVar[dict[str, str]] = {"texts": "values", "otherwise": "when_empty"}

    @property
    def fields(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.field,)

    @property
    def needs(self) -> tuple[Need, ...]:
        return () if self.otherwise is not None else super().needs

    def holds(self, log: Log, at: Moments) -> Truth:
        versions = log.field(self.field)
        here = versions.at(at.key)
        code = versions.code[here]
        table = np.array([*(self._fits(value) for value in versions.folded), False], dtype=np.bool_)
        empty = self._fits(folded(self.otherwise)) if self.otherwise is not None else None
        result = truth(table[code])
        result[code < 0] = UNKNOWN if empty is None else (TRUE if empty else FALSE)
        result[versions.unknown[here]] = UNKNOWN
        return result

    def _fits(self, value: str) -> bool:
        if self.match == "whole":
            return value in {folded(text) for text in self.texts}
        return bool(says(*self.texts)(value))

    def words(self) -> str:
        return _("«{field}» is {values}").format(field=self.field, values=_quoted_or(self.texts))

    def findings(self, log: Log, at: Moments) -> Findings:
        needed, shown = _quoted_or(self.texts), values_shown(log, self.field, at)
        otherwise = _("something else than {values}").format(values=needed)
        return Finding(quoted(self.field), needed, shown, self.holds(log, at), otherwise=otherwise)

    def when_empty(self, meaning: str) -> "Says":
        """An empty field, or one that is not exported, counts as this value instead of unknown."""
        return replace(self, otherwise=meaning)


@dataclass(frozen=True)
class SaysYes(FieldPredicate):
    """The field says yes, or names a date or an amount above 0; one that is empty or says no does not. What any other
    text says nobody knows."""

    field: str

    @property
    def fields(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.field,)

    def holds(self, log: Log, at: Moments) -> Truth:
        versions = log.field(self.field)
        if not versions.exported:
            return np.full(len(at), UNKNOWN)
        here = versions.at(at.key)
        table = np.array([*map(_says_yes, versions.values), FALSE], dtype=np.int8)
        return np.where(versions.unknown[here], UNKNOWN, table[versions.code[here]]).astype(np.int8)

    def words(self) -> str:
        return _("«{field}» says yes").format(field=self.field)

    def findings(self, log: Log, at: Moments) -> Findings:
        needed, shown = _("yes, a date or an amount"), values_shown(log, self.field, at)
        return Finding(quoted(self.field), needed, shown, self.holds(log, at), otherwise=_("no, or empty"))


def _says_yes(value: str) -> np.int8:
    text, number, told = folded(value), number_of(value), truth_of(value)
    no = told is False or (number is not None and number <= 0) or bool(NO_FIRST.match(text))
    yes = told or number is not None or moment_of(value) is not None or bool(YES_WITHIN(text))
    return FALSE if no else TRUE if yes else UNKNOWN


def _quoted_or(texts: tuple[str, ...]) -> str:
    return one_of(quoted(text) for text in texts)


def filled(*fields: str) -> Filled:
    """All of these fields that the export has are filled; filler such as «-» counts, and is marked as suspect."""
    return Filled(fields)


def empty(*fields: str) -> Empty:
    """All of these fields that the export has are empty."""
    return Empty(fields)


def is_(field: str, *texts: str) -> Says:
    """The field's value is one of these texts, in any case; unknown where it is empty."""
    return Says(field, texts)


def contains(field: str, *words: str) -> Says:
    """The field's value holds one of these words, in any case; unknown where it is empty."""
    return Says(field, words, "part")


def says_yes(field: str) -> SaysYes:
    """The field says yes, or names a date or an amount above 0; «нет», 0 and an empty field do not. What any other text
    says nobody knows."""
    return SaysYes(field)


@dataclass(frozen=True)
class ResultSays(Predicate):
    """At the completion of a task: its result holds one of the words; without words, it is filled."""

    said: tuple[str, ...] = ()
    PARAMETERS: ClassVar[dict[str, str]] = {"said": "words"}

    def holds(self, log: Log, at: Moments) -> Truth:
        text = log.text("activities", "result")
        search = says(*self.said) if self.said else bool
        fits = text.where(lambda value: bool(search(value)))
        return truth(fits[text.codes[log.ref[at.pos]]])

    def suspects(self, log: Log, at: Moments) -> "np.ndarray":
        """Filler instead of a note."""
        text = log.text("activities", "result")
        filler = text.where(lambda value: value in FILLER)[text.codes[log.ref[at.pos]]]
        return np.where(filler, Suspect.FILLER, 0).astype(FLAGS)

    def words(self) -> str:
        if not self.said:
            return _("the task's result is filled in")
        return _("the task's result says {words}").format(words=_quoted_or(self.said))

    def findings(self, log: Log, at: Moments) -> Findings:
        text = log.text("activities", "result")
        shown = shown_texts(text.values, text.codes[log.ref[at.pos]])
        needed = _quoted_or(self.said) if self.said else _("filled in")
        return Finding(_("the task's result"), needed, shown, self.holds(log, at))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Column("result"),)


def result_says(*words: str) -> ResultSays:
    """At the completion of a task: its result holds one of the words."""
    return ResultSays(words)


result_filled = ResultSays()
"""At the completion of a task: its result is filled; filler such as «-» counts, and is marked as suspect."""
