"""Working time of each responsible person."""

import numpy as np

from auditor.i18n import _
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem
from auditor.log.columns import Codes, Ints
from auditor.log.kinds import DAY
from auditor.log.schedules import Schedules
from auditor.log.spine import Spine, days_of
from auditor.spelling import folded


class Times:
    """All schedules, and the number of the one that each person works by."""

    def __init__(self, log: Spine) -> None:
        first, last = days_of(log)
        self._log, self._last_seen = log, log.as_of // DAY
        self.schedules, numbers, self._errors = Schedules.build(log.settings, log.facts.people_table, first, last)
        self._number = np.zeros(len(log.facts.people) + 1, np.int64)
        for name, number in numbers.items():
            person = log.facts.codes.get(folded(name))
            if person is not None:
                self._number[person] = number

    def of(self, person: "Codes | Ints") -> Ints:
        """Schedule numbers of persons; −1 (nobody) works by the company's, number 0."""
        return self._number[person]

    @property
    def problems(self) -> list[Problem]:
        """Schedules that could not be understood, and data past the years whose days off are official."""
        warning = self.schedules.warning(self._last_seen)
        beyond = [Problem(Place(_("working calendar")), warning)] if warning else []
        return [
            *(
                Problem(self._place(name), _not_understood(name, error), Trouble.SCHEDULE)
                for name, error in self._errors
            ),
            *beyond,
        ]

    def _place(self, name: str) -> Place:
        people = self._log.facts.people_table
        assert people is not None, name
        row = int(people["row"][people["name"] == name].iloc[0])
        return self._log.sources.locate(row)


def _not_understood(name: str, error: str) -> str:
    text = _("schedule of {name}: {error}; duties that hang on these working hours are unknown")
    return text.format(name=name, error=error)
