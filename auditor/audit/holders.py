"""Who holds the deals: those that nobody holds, and people whom the people table does not name."""

from collections.abc import Iterator

import numpy as np

from auditor.i18n import _, ngettext, numeral
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem
from auditor.inputs.troubles import ranges
from auditor.log import Log
from auditor.log.kinds import Kind
from auditor.log.spine import deal_of

FEW = 5
"""Names that a problem tells."""


def problems_of(log: Log) -> Iterator[Problem]:
    """A line for each sheet of deals that nobody holds, where others have somebody, and one for the people of unknown
    role."""
    changes = log.of_kind(Kind.RESPONSIBLE)
    changed = deal_of(log.key[changes])
    held = log.deals.manager >= 0
    held[changed] = held[log.after_as_of.of_kind(Kind.RESPONSIBLE)[0]] = True
    rows = np.sort(log.deals.row[~held]) if held.any() else log.deals.row[:0]
    sheets = log.sources.of(rows)
    for sheet in np.unique(sheets).tolist():
        source = log.sources.sources[sheet]
        theirs = rows[sheets == sheet] - source.first
        yield Problem(Place(source.file, source.sheet), f"{_of_nobody(len(theirs))}: {ranges(theirs)}", Trouble.UNHELD)
    yield from _unlisted(log)


def _of_nobody(count: int) -> str:
    words = ngettext(
        "{n} deal has nobody responsible, and what was not done there stands under nobody's name; name one in the CRM "
        "and export anew, row",
        "{n} deals have nobody responsible, and what was not done there stands under nobody's name; name them in the "
        "CRM and export anew, rows",
        count,
    )
    return words.format(n=numeral(count))


def _unlisted(log: Log) -> Iterator[Problem]:
    """Only where an export holds the table: the settings may name a few people alone."""
    table = next((source for source in log.sources.sources if source.table == "people"), None)
    holders = np.unique(np.append(log.responsible.code, log.deals.manager))
    codes = [code for code in holders.tolist() if code >= 0 and not log.facts.robots[code]]
    names = sorted(log.facts.people[code] for code in codes if code not in log.facts.roles)
    if table is None or not log.facts.has_people or not names:
        return
    words = ngettext(
        "{n} person who holds deals is not in this table, and is taken for a manager with the company's hours: {names}",
        "{n} people who hold deals are not in this table, and are taken for managers with the company's hours: {names}",
        len(names),
    )
    shown = ", ".join(names[:FEW]) + (_(" and others") if len(names) > FEW else "")
    yield Problem(Place(table.file, table.sheet), words.format(n=numeral(len(names)), names=shown), Trouble.PERSON)
