"""Sentences: what raised a duty, what was needed, what came of it; and the rows that show it."""

from itertools import chain

import numpy as np

from auditor.i18n import _
from auditor.log.columns import Ints
from auditor.log.kinds import DAY, NEVER
from auditor.log.log import Log
from auditor.patterns.core.duties import Doubt, Duties
from auditor.patterns.core.fitting import LONGEST_SENTENCE, fitted
from auditor.patterns.core.words import Words, filled, texts_of, time_words
from auditor.spelling import capital


def doubt_words() -> Words:
    """What the record lacks, in words, by the number of the `Doubt`."""
    words = {
        Doubt.NONE: "",
        Doubt.TRIGGER: _("the record does not say whether this duty arose"),
        Doubt.STREAM: _("the exports do not cover these days or lack a kind of record"),
        Doubt.RECORD: _("a record leaves open whether it was done"),
        Doubt.DUE: _("the record does not say until when it was due"),
        Doubt.VALUE: _("a value is not known"),
        Doubt.DAY_OFF: _("it looks like the manager's day off"),
        Doubt.EXCUSE: _("the record leaves open whether it was still owed"),
        Doubt.SCHEDULE: _("the schedule of who was responsible is not understood"),
        Doubt.UNREAD: _("a row that may show it could not be read"),
        Doubt.MOMENT: _("the record does not say exactly enough when it was"),
    }
    return np.array([words[doubt] for doubt in Doubt], object)


def sentences(duties: Duties, facts: Words, forms: Words, **parts: Words) -> Words:
    """Per duty its form, filled: the `fact` that raised it, when it `arose`, was `due` and `met`, its `doubt`, and the
    parts given, which are made shorter where all is too long for two lines."""
    exact, today = (duties.met < NEVER) & (duties.met // 60 == duties.due // 60), duties.arose // DAY
    columns = {
        "fact": capitals(facts),
        "arose": time_words(np.where(duties.arose % DAY == 0, duties.arose + DAY - 1, duties.arose)),
        "due": time_words(duties.due, exact, today),
        "met": time_words(duties.met, exact, today),
        "doubt": doubt_words()[duties.doubt],
        **parts,
    }
    told = np.full(len(duties), "", object)
    for form in set(forms.tolist()):
        here = np.flatnonzero(forms == form)
        told[here] = filled(form, **{name: column[here] for name, column in columns.items()})
    for i in np.flatnonzero(np.fromiter(map(len, told), np.int64, len(told)) > LONGEST_SENTENCE).tolist():
        told[i] = fitted(forms[i], {name: column[i] for name, column in columns.items()}, tuple(parts))
    return told


def capitals(texts: Words) -> Words:
    """The texts with capital letters at their starts."""
    return texts_of(map(capital, texts))


def evidence_of(duties: Duties, *counted: list[list[int]]) -> list[list[int]]:
    """Per duty the source rows of its trigger, of its fulfilment and of what was counted, each once."""
    own = [duties.row[:, None].tolist(), duties.met_row[:, None].tolist()]
    every = zip(*own, *(rows for rows in counted if rows), strict=True)
    return [[row for row in dict.fromkeys(chain.from_iterable(rows)) if row >= 0] for rows in every]


def judged_until(log: Log, duties: Duties) -> Ints:
    """Per duty the second until which its lapse has grown: that of a late fulfilment, else as-of."""
    return np.where(duties.met < NEVER, duties.met, log.as_of)
