"""The heat map: how often each clause was violated, and by whom."""

from dataclasses import dataclass

from auditor.i18n import _
from auditor.reports.counts import Score
from auditor.reports.scoreboard import named
from auditor.reports.summary import Summary
from auditor.reports.workbook.book import Cell, Sheet

PALE, STRONG = "#FFFFFF", "#F0938B"


@dataclass(frozen=True)
class Heat:
    """Columns of violations per person: the first few, and the others together where there are more."""

    people: tuple[Score, ...]
    others: tuple[Score, ...]

    @classmethod
    def of(cls, summary: Summary, most: int) -> "Heat":
        broke = [score for score in (*summary.managers, *summary.roles) if score.counts.violated]
        return cls(tuple(broke[:most]), tuple(broke[most:]))

    @property
    def titles(self) -> list[str]:
        return [*map(named, self.people), *([_("others")] if self.others else [])]

    def cells(self, code: str) -> list[Cell]:
        """The row of a clause."""
        others = [sum(score.violations.get(code, 0) for score in self.others)] if self.others else []
        return [(times, "count") for times in (*(score.violations.get(code, 0) for score in self.people), *others)]

    def colour(self, sheet: Sheet, first_row: int, first_column: int) -> None:
        """The more violations the redder, from that cell to the last row that is written."""
        last = first_column + len(self.titles) - 1
        if sheet.row > first_row and last >= first_column:
            scale = {"type": "2_color_scale", "min_type": "num", "min_value": 0, "min_color": PALE, "max_color": STRONG}
            sheet.made.conditional_format(first_row, first_column, sheet.row - 1, last, scale)
