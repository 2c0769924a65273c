"""Days on which a busy stream tells nothing, in words."""

from auditor.i18n import _, day_form
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem
from auditor.log import Log
from auditor.log.columns import moment
from auditor.terms import stream_words


def problems_of(log: Log) -> list[Problem]:
    """A line for each silence of a stream."""
    what = _(
        "{stream}: not one record from {first} to {last}, though there are some before and every working day after has "
        "some; what needs them is unknown there. Export these days as well; if there were none, say in auditor.toml "
        "[streams] {name} = true"
    )
    return [
        Problem(
            Place(_files(log, name)),
            what.format(stream=stream_words(name), first=_day(first), last=_day(last), name=name),
            Trouble.GAP,
        )
        for name, stream in log.facts.streams.items()
        if " " not in name
        for first, last in stream.silences
    ]


def _files(log: Log, name: str) -> str:
    """The files of the table that holds the stream."""
    table = "history" if name in log.text("history", "event").folded else "activities"
    return ", ".join(dict.fromkeys(source.file for source in log.sources.sources if source.table == table))


def _day(second: int) -> str:
    return f"{moment(second):{day_form()}}"
