"""Duties that a report lists, as rows: all that is known of them before anything is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd

from auditor.audit.result import Waiver
from auditor.audit.tally import answers_as, person_name
from auditor.audit.waivers import Waivers
from auditor.log import Log
from auditor.log.columns import Codes, Ints, moment
from auditor.log.kinds import EPOCH_SECONDS, NEVER, Suspect
from auditor.log.spine import key_of
from auditor.patterns.core.duties import ARRAYS, Duties, How, Verdict
from auditor.rules import Clause
from auditor.terms import Outcome

COLUMNS = (
    "id", "clause", "severity", "entity", "deal", "title", "link", "manager", "department", "role", "arose", "due",
    "met_at", "verdict", "how", "incident", "suspect", "waiver", "at_stake", "number",
)  # fmt: skip
TYPES = {"arose": "datetime64[s]", "due": "datetime64[s]", "met_at": "datetime64[s]", "at_stake": "float64",
         "number": "int64", "suspect": "object", "waiver": "object"}  # fmt: skip
"""Of the columns that are no texts."""
VERDICTS = np.array([verdict.name.lower() for verdict in Verdict], dtype=object)
HOWS = np.array([how.name.lower() if how else None for how in How], dtype=object)

Made = dict[str, Any]
"""Columns: an array or a list of the same length each."""


@dataclass(frozen=True, eq=False)
class Reported:
    """Duties of one clause that a report shows, and who excused those that are waived."""

    clause: Clause
    duties: Duties
    waivers: list[Waiver | None]


def reported(log: Log, clause: Clause, duties: Duties, waivers: Waivers) -> Reported:
    """These duties with their waivers."""
    return Reported(clause, duties, _waivers(log, clause, duties, waivers))


def duties_table(log: Log, parts: Sequence[Reported]) -> pd.DataFrame:
    """One row per duty, with the columns of `Audit.duties`: by manager, clause, due, deal and id. `number`: which it is
    of the duties of all parts, one part after another."""
    # one data frame for all clauses instead of one each: 0.75 s instead of 1.05 s for the duties of 3 million events
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype=TYPES.get(name, "str")) for name in COLUMNS})
    duties = _joined([part.duties for part in parts])
    made = {
        **_of_clauses(parts),
        **_of_deals(log, duties),
        **_of_people(log, duties),
        "role": np.concatenate([_roles(log, part) for part in parts]),
        **_of_verdicts(duties),
        "waiver": [waiver for part in parts for waiver in part.waivers],
        "at_stake": _at_stake(log)[duties.deal],
        "number": np.arange(len(duties)),
    }
    made["id"] = _ids(made, np.concatenate([part.duties.identified_at for part in parts]), duties.ordinal)
    made["incident"] = _incidents(made, duties)
    frame = pd.DataFrame({name: made[name] for name in COLUMNS})
    deal, clause, manager = (pd.factorize(made[name], sort=True)[0] for name in ("deal", "clause", "manager"))
    order = np.lexsort((np.array(made["id"], "S"), deal, made["due"], clause, manager))
    return frame.take(order).reset_index(drop=True)


def _joined(parts: Sequence[Duties]) -> Duties:
    """The duties of all parts one after another. `by_day` is no array and is lost: `identified_at` is taken from the
    parts."""
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in (*ARRAYS, "ordinal")
    }
    return Duties(**arrays)


def _of_clauses(parts: Sequence[Reported]) -> Made:
    sizes = [len(part.duties) for part in parts]
    texts = {
        "clause": [part.clause.code for part in parts],
        "severity": [part.clause.severity.value for part in parts],
    }
    return {name: np.array(values, object).repeat(sizes) for name, values in texts.items()}


def _of_deals(log: Log, duties: Duties) -> Made:
    ids = log.deals.ids[duties.deal]
    template = log.settings.link
    return {
        "entity": np.where(log.deals.is_lead[duties.deal], "lead", "deal").astype(object),
        "deal": ids,
        "title": _texts(log, "title", duties),
        "link": [template.replace("{id}", str(id)) for id in ids] if template else _texts(log, "link", duties),
    }


def _of_people(log: Log, duties: Duties) -> Made:
    people, departments = log.facts.people, log.facts.departments
    return {
        "manager": np.array([*people, ""], object)[duties.person],
        "department": np.array([*(departments.get(code, "") for code in range(len(people))), ""], object)[
            duties.person
        ],
    }


def _roles(log: Log, part: Reported) -> "np.ndarray":
    """Per duty the role under which its person answers."""
    persons, place = np.unique(part.duties.person, return_inverse=True)
    roles = [answers_as(log, part.clause, person) for person in persons.tolist()]
    return np.array([*roles, ""], object)[place]


def _of_verdicts(duties: Duties) -> Made:
    met = (duties.verdict == Verdict.MET) | (duties.how == How.LATE)
    return {
        "arose": _stamps(duties.arose),
        "due": _stamps(duties.due),
        "met_at": _stamps(np.where(met, duties.met, NEVER)),
        "verdict": VERDICTS[duties.verdict],
        "how": HOWS[duties.how],
        "suspect": _suspects(duties.flags),
    }


def _ids(made: Made, identified_at: Ints, ordinal: Ints | None) -> list[str]:
    """Stable hashes of entity, deal, clause and moment (or day), and of the ordinal where it is not 0."""
    assert ordinal is not None
    moments = np.datetime_as_string(_seconds(identified_at)).tolist()
    parts = zip(made["entity"], made["deal"], made["clause"], moments, ordinal.tolist(), strict=True)
    return [
        _hash(f"{entity}|{deal}|{clause}|{moment}|{number}" if number else f"{entity}|{deal}|{clause}|{moment}")
        for entity, deal, clause, moment, number in parts
    ]


def _incidents(made: Made, duties: Duties) -> "np.ndarray":
    """Per duty the id of the first of those that the same act broke: violations of one deal that were judged in one
    second. Of every other duty its own id."""
    ids, deal = np.array(made["id"], object), duties.deal.astype(np.int64)
    act = np.flatnonzero((duties.verdict == Verdict.VIOLATED) & (duties.due == duties.arose))
    _key, first, place = np.unique(key_of(deal[act], duties.arose[act]), return_index=True, return_inverse=True)
    incidents = ids.copy()
    incidents[act] = ids[act][first][place]
    return incidents


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _stamps(seconds: Ints) -> "np.ndarray":
    return np.where(seconds < NEVER, _seconds(seconds), np.datetime64("NaT"))


def _seconds(seconds: Ints) -> "np.ndarray":
    return (seconds + EPOCH_SECONDS).astype("datetime64[s]")


def _at_stake(log: Log) -> "np.ndarray":
    """Per deal the amount that its list shows; NaN where it shows none, and of a deal that is closed."""
    amounts = log.deals.frame.get("amount", pd.Series(np.nan, range(len(log.deals)))).to_numpy("float64", copy=True)
    stays = log.stays
    amounts[stays.deal[stays.lasts & (stays.outcome != Outcome.OPEN)]] = np.nan
    return amounts


def _texts(log: Log, column: str, duties: Duties) -> "np.ndarray":
    frame = log.deals.frame
    if column not in frame:
        return np.full(len(duties), "", object)
    codes, distinct = pd.factorize(frame[column].iloc[duties.deal])
    return np.array([*map(str, distinct.tolist()), ""], object)[codes]


def _suspects(flags: "np.ndarray") -> list[list[str]]:
    """Per duty the names of its flags, made once per distinct set of flags."""
    names = {int(one): [str(flag.name).lower() for flag in Suspect if one & flag] for one in np.unique(flags)}
    return [names[int(one)] for one in flags]


def _waivers(log: Log, clause: Clause, duties: Duties, waivers: Waivers) -> list[Waiver | None]:
    result: list[Waiver | None] = [None] * len(duties)
    waived = np.flatnonzero(duties.verdict == Verdict.WAIVED)
    for index, waiver in zip(waived.tolist(), waivers.of(clause, duties.taken(waived)), strict=True):
        result[index] = waiver
    excused = [index for index in waived.tolist() if result[index] is None]
    for index, place in zip(excused, _first_places(log, duties.met_row[excused]), strict=True):
        result[index] = _own_excuse(log, clause.code, str(log.deals.ids[duties.deal[index]]), place)
    return result


def _first_places(log: Log, rows: Codes) -> list[int]:
    """Per source row the log position of its first event."""
    if not len(rows):
        return []
    places = np.flatnonzero(np.isin(log.row, rows))
    first = dict(zip(log.row[places[::-1]].tolist(), places[::-1].tolist(), strict=True))
    return [first[row] for row in rows.tolist()]


def _own_excuse(log: Log, code: str, deal: str, place: int) -> Waiver:
    """The event that the clause's own excuse found, as a waiver: by its author, for its text, until as-of."""
    author = person_name(log, log.author[place])
    words = log.text("activities", "text").at(log.ref[place])
    return Waiver(code, deal, "", None, moment(log.as_of).date(), author, words, "used")
