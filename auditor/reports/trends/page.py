"""The history as one page that needs nothing else: no script, no request."""

from collections.abc import Iterator

from auditor.history.past import Past
from auditor.reports import words
from auditor.reports.amounts import day, decimal, moment, percent
from auditor.reports.still import still_page
from auditor.reports.templates import HERE
from auditor.reports.trends import told
from auditor.reports.trends.drawn import plot_of

FOLDER = HERE / "trends"
STYLES = (HERE / "explained" / "page.css", FOLDER / "page.css")


def page_of(past: Past) -> Iterator[str]:
    """The page in pieces of text; the same nights give the same text."""
    charts = told.charts(past)
    return still_page(
        FOLDER,
        STYLES,
        past=past,
        nights=range(len(past.days) - 1, -1, -1),
        charts=charts,
        lines=[line for chart in charts for line in chart.lines],
        shares=told.shares(past),
        notes=tuple(told.notes(past)),
        told=told,
        plot_of=plot_of,
        words=words,
        day=day,
        decimal=decimal,
        moment=moment,
        percent=percent,
    )
