"""The chart of the first sheet: what each manager violated, and how."""

from collections.abc import Sequence

from auditor.i18n import _
from auditor.reports.counts import Score
from auditor.reports.scoreboard import named
from auditor.reports.workbook.book import Book, Sheet

MOST = 12
HEIGHT, ROW_PIXELS, WIDTH = 11, 23, 760
"""Its rows, the pixels of one, and its width in pixels."""
NAMES, LATE = 0, 4
"""Columns of the managers' table: the names, and the first of the three ways of violating."""
COLOURS = {"late": ("#F2B084", "#000000"), "missed": ("#B03A37", "#FFFFFF"), "forbidden": ("#5B2C6F", "#FFFFFF")}
"""Of each its ground and its figures."""


def add_chart(book: Book, sheet: Sheet, row: int, first_row: int, managers: Sequence[Score]) -> None:
    """Beside the headline; its figures are those of the table that begins in `first_row`."""
    shown = managers[:MOST]
    last_row = first_row + len(shown) - 1
    made = book.made.add_chart({"type": "bar", "subtype": "stacked"})
    titles = {"late": _("late"), "missed": _("not done"), "forbidden": _("not allowed")}
    for column, (how, (ground, ink)) in enumerate(COLOURS.items(), LATE):
        values = [getattr(score.counts, how) for score in shown]
        made.add_series(
            {
                "name": titles[how],
                "categories": [sheet.made.name, first_row, NAMES, last_row, NAMES],
                "categories_data": [named(score) for score in shown],
                "values": [sheet.made.name, first_row, column, last_row, column],
                "values_data": values,
                "fill": {"color": ground},
                "data_labels": {"value": any(values), "num_format": "0;;", "font": {"color": ink}},
                "gap": 40,
            }
        )
    made.set_title({"name": _("Violations by manager"), "name_font": {"size": 11}})
    made.set_y_axis({"reverse": True})
    made.set_x_axis({"major_gridlines": {"visible": False}, "visible": False, "num_format": "0"})
    made.set_legend({"position": "bottom"})
    made.set_size({"width": WIDTH, "height": HEIGHT * ROW_PIXELS})
    sheet.made.insert_chart(row, 2, made, {"object_position": 3})
