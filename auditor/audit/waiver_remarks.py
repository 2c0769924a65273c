"""What is odd about a waiver or soon will be, whether it excused something or not."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from auditor.audit.result import Remark, Waiver
from auditor.i18n import _, ngettext, quoted
from auditor.log import Log
from auditor.log.columns import moment
from auditor.nearest import unknown
from auditor.spelling import folded

SOON = 14
"""In so many days before its last one a waiver is told to end."""
LONG = 366
"""A waiver that goes on for more days is no exception."""
Target = tuple[str, str, str]
"""Clause, deal and folded manager that a waiver names."""


def remarked(waivers: Sequence[Waiver], log: Log) -> tuple[Waiver, ...]:
    """The waivers with their remarks."""
    ids, today = set(log.deals.ids), moment(log.as_of).date()
    same: dict[Target, list[int]] = defaultdict(list)
    for number, waiver in enumerate(waivers):
        same[_target(waiver)].append(number)
    return tuple(
        replace(
            waiver,
            remarks=(*_unknown(waiver, ids, log), *_ending(waiver, today), *_overlapping(number, waivers, same)),
        )
        for number, waiver in enumerate(waivers)
    )


def _target(waiver: Waiver) -> Target:
    return waiver.clause, waiver.deal, folded(waiver.manager)


def _unknown(waiver: Waiver, ids: set[str], log: Log) -> Iterator[Remark]:
    if waiver.deal and waiver.deal not in ids:
        yield Remark("unknown_deal", _("the exports have no deal {deal}").format(deal=waiver.deal))
    if waiver.manager and folded(waiver.manager) not in log.facts.codes:
        what = _("the exports do not name “{word}”.")
        yield Remark("unknown_manager", unknown(what, waiver.manager, log.facts.people).removesuffix("."))


def _ending(waiver: Waiver, today: date) -> Iterator[Remark]:
    left = (waiver.until - today).days
    if 0 <= left <= SOON:
        form = ngettext("ends in {n} day", "ends in {n} days", left)
        yield Remark("ends_soon", form.format(n=left) if left else _("ends today"))
    if left > LONG:
        yield Remark("permanent", _("goes on for more than a year: change the clause in auditor.toml instead"))


def _overlapping(number: int, waivers: Sequence[Waiver], same: Mapping[Target, list[int]]) -> Iterator[Remark]:
    """Whether another one covers all that this one names, on some of its days; of two equal ones the later is told."""
    waiver = waivers[number]
    clause, deal, manager = _target(waiver)
    clauses = (clause[:size] for size in range(len(clause) + 1))
    for target in product(clauses, dict.fromkeys((deal, "")), dict.fromkeys((manager, ""))):
        for other in same.get(target, ()):
            equal = target == (clause, deal, manager)
            if (other < number if equal else other != number) and _share_days(waiver, waivers[other]):
                place = quoted(str(waivers[other].place))
                yield Remark("overlapping", _("{other} covers it already").format(other=place))
                return


def _share_days(one: Waiver, other: Waiver) -> bool:
    begins = max(one.since or date.min, other.since or date.min)
    return begins <= min(one.until, other.until)
