"""Calls of the plain layout: how they ended, how long they lasted, and whether they took place at all."""

import numpy as np

from auditor.i18n import _
from auditor.inputs import columns
from auditor.inputs.answers import UNCLEAR, answer_of, not_understood
from auditor.inputs.columns import only, rewritten
from auditor.inputs.reading import Reading
from auditor.inputs.times import Bools


def read_outcomes(reading: Reading) -> None:
    """A word that is not understood leaves its calls unclear, and is told with its count."""
    if not reading.has("outcome"):
        return
    reading.values["outcome"] = columns.texts(reading.cells("outcome"), answer_of).values
    reading.tell_words("outcome", np.asarray(reading.values["outcome"] == UNCLEAR), not_understood)


def read_durations(reading: Reading) -> None:
    if reading.has("duration"):
        reading.take(
            "duration", columns.durations(reading.cells("duration")), _("“{text}” is no duration; taken as empty")
        )


def part_plans(reading: Reading, undone: Bools) -> None:
    """Calls that are only planned get a type of their own: «Выполнено» or the CRM says so, and neither an answer nor a
    length tells that they took place. The outcomes then hold nothing but answers."""
    kind, rows = reading.values["type"], len(reading.rows)
    outcome = reading.values.get("outcome", columns.empty(rows))
    answered = np.asarray(outcome.isin(["answered", "unanswered", UNCLEAR]))
    lasted = reading.values.get("duration", np.zeros(rows)) > 0
    planned = (undone | np.asarray(outcome == "planned")) & ~answered & ~lasted
    reading.values["type"] = rewritten(kind, np.asarray(kind == "call") & planned, lambda _call: "planned_call")
    if reading.has("outcome"):
        reading.values["outcome"] = only(outcome, answered, str)
