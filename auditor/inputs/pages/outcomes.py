"""How calls ended, by the codes of the CRMs; codes that nobody knows are told once each, with their number."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from auditor.inputs.answers import UNCLEAR, answer_of, not_understood
from auditor.inputs.pages.page_rows import PageRows
from auditor.inputs.pages.source import Item
from auditor.inputs.quality import Trouble


@dataclass
class Outcomes:
    """`known`: the outcome by code; None for a code that is not known, which leaves its calls unclear."""

    known: Callable[[str], str | None]
    rows: PageRows
    _strange: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))

    def of(self, code: str | None, item: Item) -> str | None:
        """The outcome of the call that this item tells; None without a code."""
        if code is None:
            return None
        outcome = self.known(code)
        if outcome is None:
            self._strange[code].append(item)
        return outcome or UNCLEAR

    def tell(self) -> None:
        """Say once of each strange code how many calls have it, at the place of the first."""
        for code, items in self._strange.items():
            self.rows.note(items[0], not_understood(code, len(items)), Trouble.WORD)


def of_telephony(code: str) -> str | None:
    """By CALL_FAILED_CODE: 200 was answered, every other code of a telephony was not."""
    outcome = answer_of(code)
    return outcome if outcome in ("answered", "unanswered") else None
