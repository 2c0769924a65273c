"""Phones and e-mail addresses hidden in every free text of a report."""

import re
from dataclasses import replace
from typing import Any

import pandas as pd

from auditor.audit.result import Audit, Coverage, Waiver
from auditor.inputs.tables import Place, Problem

LOOSE = r"[ \t\u00a0()\u2010-\u2015-]{0,3}"
GAP = r"[ \t\u00a0().\u2010-\u2015-]{0,3}"
REST = rf"{GAP}\d{{3}}{GAP}\d\d{GAP}\d\d"
PHONE = re.compile(
    rf"(?<![\w+])(?:"
    rf"(?:\+?7|8){LOOSE}(?!\d{{4}}-\d\d-\d\d)(?:\d{LOOSE}){{9}}\d"
    rf"|(?:\+?7|8){GAP}\d{{3}}{REST}"
    rf"|(?:\(\d{{3}}\)|9\d\d){REST}"
    rf"|\+(?:\d{LOOSE}){{7,14}}\d"
    rf")(?![\w:])"
)
"""Russian phones in any grouping, ten digits of a mobile or after a code in brackets, and foreign ones with a plus."""

EMAIL = re.compile(r"(?<![\w.+-])(\w)[\w.+-]{0,100}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")


def masked(audit: Audit) -> Audit:
    """The same audit; of a phone its last four digits are left, of an address its first letter and its host."""
    return replace(
        audit,
        problems=tuple(_problem(problem) for problem in audit.problems),
        coverage=tuple(_coverage(coverage) for coverage in audit.coverage),
        waivers=tuple(_waiver(waiver) for waiver in audit.waivers),
        duties=_titles(audit.duties),
        tell=lambda duties: _told(audit.tell(duties)),
        crashes=tuple(replace(crash, error=mask(crash.error)) for crash in audit.crashes),
    )


def mask(text: str) -> str:
    """The text with its phones as «+7 *** ***-45-67» and its addresses as «i***@mail.ru»."""
    return PHONE.sub(_phone, EMAIL.sub(r"\1***@\2", text))


def _phone(found: re.Match[str]) -> str:
    digits = "".join(sign for sign in found.group() if sign.isdigit())
    russian = len(digits) == 10 or (len(digits) == 11 and digits[0] in "78")
    return f"+{'7' if russian else '*'} *** ***-{digits[-4:-2]}-{digits[-2:]}"


def _problem(problem: Problem) -> Problem:
    return replace(problem, what=mask(problem.what), place=_place(problem.place))


def _place(place: Place) -> Place:
    return place._replace(column=mask(place.column)) if place.column else place


def _coverage(coverage: Coverage) -> Coverage:
    return replace(coverage, why=mask(coverage.why), needs=tuple(map(mask, coverage.needs)))


def _waiver(waiver: Waiver) -> Waiver:
    return replace(waiver, reason=mask(waiver.reason))


def _titles(duties: pd.DataFrame) -> pd.DataFrame:
    waivers = duties["waiver"].map(lambda waiver: _waiver(waiver) if isinstance(waiver, Waiver) else None)
    return duties.assign(title=_masked(duties["title"]), waiver=waivers)


def _told(duties: pd.DataFrame) -> pd.DataFrame:
    findings: Any = [[line._replace(found=mask(line.found)) for line in lines] for lines in duties["findings"]]
    return duties.assign(why=_masked(duties["why"]), findings=findings)


def _masked(texts: "pd.Series[Any]") -> "pd.Series[Any]":
    return texts.astype(object).map(lambda text: mask(text) if isinstance(text, str) else text)
