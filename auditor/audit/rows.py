"""Duties worth showing, as rows with ids, sentences and evidence."""

import hashlib

import numpy as np
import pandas as pd

from auditor.audit.excuses import Waivers
from auditor.audit.result import Waiver
from auditor.audit.scores import person_name
from auditor.i18n import _
from auditor.inputs.tables import Place
from auditor.log import Log
from auditor.log.columns import Ints, moment
from auditor.log.kinds import EPOCH_SECONDS, NEVER, Suspect
from auditor.patterns.duties import Duties, How, Verdict
from auditor.rules import Clause

COLUMNS = (
    "id", "clause", "severity", "entity", "deal", "title", "link", "manager", "department", "role", "arose", "due",
    "met_at", "verdict", "how", "measured", "limit", "unit", "overrun", "why", "suspect", "waiver", "evidence",
)  # fmt: skip
MOST_EVIDENCE = 20
VERDICTS = np.array([verdict.name.lower() for verdict in Verdict], dtype=object)
HOWS = np.array([how.name.lower() if how else None for how in How], dtype=object)


def rows_of(log: Log, clause: Clause, duties: Duties, waivers: Waivers) -> pd.DataFrame:
    """One row per duty, with the columns of `Audit.duties`."""
    if not len(duties):
        return pd.DataFrame(columns=list(COLUMNS))
    details = clause.duty.details(log, duties)
    deals = log.deals
    is_lead = deals.is_lead[duties.deal]
    met = (duties.verdict == Verdict.MET) | (duties.how == How.LATE)
    return pd.DataFrame(
        {
            "id": duty_ids(log, clause.code, duties),
            "clause": clause.code,
            "severity": clause.severity.value,
            "entity": np.where(is_lead, "lead", "deal"),
            "deal": deals.ids[duties.deal],
            "title": _texts(log, "title", duties),
            "link": _links(log, duties),
            "manager": [person_name(log, code) for code in duties.person],
            "department": [log.facts.departments.get(int(code), "") for code in duties.person],
            "role": clause.role.value,
            "arose": _stamps(duties.arose),
            "due": _stamps(duties.due),
            "met_at": _stamps(np.where(met, duties.met, NEVER)),
            "verdict": VERDICTS[duties.verdict],
            "how": HOWS[duties.how],
            "measured": details.measured,
            "limit": details.limit,
            "unit": details.unit,
            "overrun": details.overrun,
            "why": details.why,
            "suspect": _suspects(duties.flags),
            "waiver": _waivers(log, clause, duties, waivers),
            "evidence": [
                [_place(log, row, column) for row, column in rows[:MOST_EVIDENCE]] for rows in details.evidence
            ],
        }
    )


def duty_ids(log: Log, code: str, duties: Duties) -> list[str]:
    """Stable hashes of entity, deal, clause and moment (or day); the ordinal joins where these agree."""
    assert duties.ordinal is not None
    return [
        _hash("lead" if log.deals.is_lead[deal] else "deal", log.deals.ids[deal], code, at, number)
        for deal, at, number in zip(duties.deal, duties.identified_at, duties.ordinal, strict=True)
    ]


def _hash(entity: str, deal: str, code: str, at: int, ordinal: int) -> str:
    text = "|".join((entity, deal, code, moment(at).isoformat(), *((str(ordinal),) if ordinal else ())))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _stamps(seconds: Ints) -> "np.ndarray":
    stamps = (seconds + EPOCH_SECONDS).astype("datetime64[s]")
    stamps[seconds >= NEVER] = np.datetime64("NaT")
    return stamps


def _texts(log: Log, column: str, duties: Duties) -> list[str]:
    frame = log.deals.frame
    if column not in frame:
        return [""] * len(duties)
    return ["" if pd.isna(value) else str(value) for value in frame[column].iloc[duties.deal]]


def _links(log: Log, duties: Duties) -> list[str]:
    template = log.settings.link
    if not template:
        return _texts(log, "link", duties)
    return [template.replace("{id}", str(log.deals.ids[deal])) for deal in duties.deal]


def _suspects(flags: "np.ndarray") -> list[list[str]]:
    """Per duty its words; those of each set of flags are found once."""
    words = {int(one): suspect_words(int(one)) for one in np.unique(flags)}
    return [words[int(one)] for one in flags]


def suspect_words(flags: int) -> list[str]:
    """What is odd about the fulfilment, in the user's language."""
    words = {
        Suspect.SHORT_ANSWER: _("an answered call of at most 2 seconds"),
        Suspect.BURST: _("three calls within five minutes"),
        Suspect.ROBOT: _("done by a robot"),
        Suspect.MOVED_OFTEN: _("a task moved again and again"),
        Suspect.BRIEF_STAGE: _("a stage entered and left within a minute"),
        Suspect.DETOUR: _("a detour through another pipeline"),
        Suspect.FILLER: _("filler instead of an answer"),
        Suspect.EMPTY_TEMPLATE: _("a letter by the empty template"),
    }
    return [text for flag, text in words.items() if flags & flag]


def _waivers(log: Log, clause: Clause, duties: Duties, waivers: Waivers) -> list[Waiver | None]:
    waived: list[Waiver | None] = [None] * len(duties)
    for index in np.flatnonzero(duties.verdict == Verdict.WAIVED).tolist():
        waived[index] = waivers.of(clause, duties, index) or _own_excuse(log, clause, duties, index)
    return waived


def _own_excuse(log: Log, clause: Clause, duties: Duties, index: int) -> Waiver:
    """The excuse that the clause itself names, told as a waiver: who wrote what; good until as-of."""
    place = int(np.flatnonzero(log.row == duties.met_row[index])[0])
    author = person_name(log, log.author[place])
    words = log.text("activities", "text").at(log.ref[place])
    today = moment(log.as_of).date()
    return Waiver(clause.code, str(log.deals.ids[duties.deal[index]]), "", None, today, author, words, "used")


def _place(log: Log, row: int, column: str | None) -> Place:
    place = log.sources.locate(row)
    return Place(place.file, place.sheet, place.row, column)
