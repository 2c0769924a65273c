"""Whose act something is."""

import numpy as np

from auditor.log.columns import Bools
from auditor.log.log import Log
from auditor.log.roles import NAMING_WORDS
from auditor.patterns.core.texts import says
from auditor.patterns.selectors.records import as_told
from auditor.terms import Role


def of_role(log: Log, person: "np.ndarray", role: Role) -> tuple[Bools, Bools]:
    """Whether each person surely, and possibly, has that role: nobody knows of a name the people table lacks."""
    has = np.zeros(len(log.facts.people) + 1, np.bool_)
    listed = np.zeros(len(has), np.bool_)
    for code, theirs in log.facts.roles.items():
        has[code] = theirs is role
        listed[code] = True
    sure = has[person] & (person >= 0)
    unlisted = ~listed[person] if log.facts.has_people else np.ones(len(person), np.bool_)
    return sure, sure | unlisted


def authored(log: Log, places: "np.ndarray", role: Role) -> tuple[Bools, Bools]:
    """Events surely, and possibly, done by somebody of that role."""
    return of_role(log, log.author[places], role)


def names_role(log: Log, places: "np.ndarray", role: Role) -> tuple[Bools, Bools]:
    """Events whose text surely, and possibly, names the role, or a person of it by name."""
    text = log.text("activities", "text")
    name = ("naming", role)
    if name not in log.memo:
        people = [log.facts.people[code] for code, theirs in log.facts.roles.items() if theirs is role]
        stems = [word[:-1] for person in people for word in person.split() if len(word) > 4]
        search = says(*NAMING_WORDS[role], *people, *stems)
        log.memo[name] = text.where(lambda value: bool(search(value)))
    return as_told(log, log.memo[name][text.codes[log.ref[places]]], "text")


def addressed_to(log: Log, places: "np.ndarray", role: Role) -> tuple[Bools, Bools]:
    """Events surely, and possibly, addressed to somebody of that role."""
    person = log.text("activities", "addressee").mapped(dict(log.facts.codes))
    return of_role(log, person[log.ref[places]] if person.size else np.full(len(places), -1), role)
