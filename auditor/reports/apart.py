"""An audit of one person alone, or of one department: nothing in it names anybody else, and no deal of theirs."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from auditor.audit.result import Audit, Scope, Waiver
from auditor.i18n import _
from auditor.inputs.tables import Place, Problem
from auditor.terms import Checked

Hide = Callable[[str], str]
_WORD = re.compile(r"\w+")


def of_people(audit: Audit) -> Iterator[tuple[str, Audit]]:
    """Everybody by name who has duties, each with his own audit."""
    for name in sorted(set(audit.scores["manager"]) - {""}):
        yield name, _of(audit, "manager", name, replace(audit.scope, managers=(name,)))


def of_departments(audit: Audit) -> Iterator[tuple[str, Audit]]:
    """Every department with the audit of its people; those without one together, under no name."""
    for name in sorted(set(_column(audit.scores, "department"))):
        scope = replace(audit.scope, managers=(), departments=(name,) if name else ())
        yield name, _of(audit, "department", name, scope)


def _of(audit: Audit, column: str, value: str, scope: Scope) -> Audit:
    """The rows with that value; texts of these name nobody else."""
    scores, duties = (frame[_column(frame, column) == value] for frame in (audit.scores, audit.duties))
    own = set(scores["manager"])
    hide = hiding(audit.people, own)
    waivers: Any = [_waiver(waiver, hide) for waiver in duties["waiver"]]
    return replace(
        audit,
        scores=scores,
        duties=duties.assign(title=duties["title"].map(hide), waiver=waivers),
        tell=lambda some: _told(audit.tell(some), hide),
        problems=tuple(_problem(problem, hide) for problem in audit.problems if problem.refused),
        crashes=tuple(replace(crash, error=hide(crash.error)) for crash in audit.crashes),
        suspected=tuple(suspected for suspected in audit.suspected if suspected.manager in own),
        supposed_days_off={name: days for name, days in audit.supposed_days_off.items() if name in own},
        waivers=(),
        people=tuple(name for name in audit.people if name in own),
        scope=scope,
    )


def _column(frame: pd.DataFrame, name: str) -> "pd.Series[Any]":
    return frame[name].astype(object).fillna("")


def hiding(people: Iterable[str], own: Collection[str]) -> Hide:
    """What puts «a colleague» in place of the name of everybody but these, whatever its case."""
    kept = {name.casefold() for name in own}
    by_word: dict[str, list[str]] = defaultdict(list)
    for name in people:
        for word in _WORD.findall(name.casefold())[:1]:
            by_word[word].append(name)

    def hide(text: str) -> str:
        # of a thousand people only those are looked for whose first word the text has
        words = by_word.keys() & _WORD.findall(text.casefold())
        names = sorted((name for word in words for name in by_word[word]), key=lambda name: (-len(name), name))
        named = rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)"
        return re.sub(named, _other, text, flags=re.IGNORECASE) if names else text

    def _other(found: re.Match[str]) -> str:
        return found[0] if found[0].casefold() in kept else _("a colleague")

    return hide


def _told(duties: pd.DataFrame, hide: Hide) -> pd.DataFrame:
    findings: Any = [[_finding(line, hide) for line in lines] for lines in duties["findings"]]
    evidence: Any = [[_place(place, hide) for place in places] for places in duties["evidence"]]
    return duties.assign(why=duties["why"].map(hide), findings=findings, evidence=evidence)


def _finding(line: Checked, hide: Hide) -> Checked:
    return line._replace(what=hide(line.what), needed=hide(line.needed), found=hide(line.found))


def _place(place: Place, hide: Hide) -> Place:
    return place._replace(file=hide(place.file), sheet=place.sheet and hide(place.sheet))


def _problem(problem: Problem, hide: Hide) -> Problem:
    return replace(problem, place=_place(problem.place, hide), what=hide(problem.what))


def _waiver(waiver: object, hide: Hide) -> Waiver | None:
    return replace(waiver, reason=hide(waiver.reason)) if isinstance(waiver, Waiver) else None
