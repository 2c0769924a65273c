"""Phones and e-mail addresses hidden in every free text of a report."""

import re
import unicodedata
from dataclasses import replace
from typing import Any

import pandas as pd

from auditor.audit.result import Audit, Coverage, Waiver
from auditor.audit.timeline import Cells, DayLine, DealLine, Happening
from auditor.inputs.tables import Place, Problem, Source
from auditor.spelling import pure

BLANK = r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
LOOSE = BLANK + r"()\u2010-\u2015_/-]{0,3}"
GAP = BLANK + r"().\u2010-\u2015_/-]{0,3}"
APART = BLANK + r".\u2010-\u2015_/-]"
REST = rf"{GAP}\d{{3}}{GAP}\d\d{GAP}\d\d"
PHONE = re.compile(
    rf"(?<![\d+])(?:"
    rf"(?:\+?7|8){LOOSE}(?!\d{{4}}[-/]\d\d[-/]\d\d)(?:\d{LOOSE}){{9}}\d"
    rf"|(?:\+?7|8){GAP}\d{{3}}{REST}"
    rf"|(?:\(\d{{3}}\)|9\d\d){REST}"
    rf"|\d{{3}}{APART}\d{{3}}{APART}\d\d{APART}\d\d"
    rf"|(?:37[0-5]|38[0-9]|99[2-68])\d{{9}}"
    rf"|\+(?:\d{LOOSE}){{7,14}}\d"
    rf")(?!\d|:\d)"
)
"""Russian phones in any grouping, ten digits of a mobile or after a code, and foreign ones with a plus, or of twelve
digits that begin with the code of a neighbour."""

EMAIL = re.compile(r"(?<![\w.+-])(\w)[\w.+-]*@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")


def masked(audit: Audit) -> Audit:
    """The same audit; of a phone its last four digits are left, of an address its first letter and its host."""
    return replace(
        audit,
        problems=tuple(_problem(problem) for problem in audit.problems),
        coverage=tuple(_coverage(coverage) for coverage in audit.coverage),
        waivers=tuple(_waiver(waiver) for waiver in audit.waivers),
        inputs=tuple(_source(source) for source in audit.inputs),
        scores=_scores(audit.scores),
        what_if=audit.what_if and replace(audit.what_if, scores=_scores(audit.what_if.scores)),
        supposed_days_off={mask(name): days for name, days in audit.supposed_days_off.items()},
        suspected=tuple(replace(suspected, manager=mask(suspected.manager)) for suspected in audit.suspected),
        scope=replace(audit.scope, managers=tuple(map(mask, audit.scope.managers))),
        duties=_titles(audit.duties),
        tell=lambda duties: _told(audit.tell(duties)),
        crashes=tuple(replace(crash, error=mask(crash.error)) for crash in audit.crashes),
    )


def masked_deal(line: DealLine) -> DealLine:
    """What the log holds of a deal, masked likewise."""
    return replace(
        line,
        title=mask(line.title),
        link=mask(line.link),
        manager=mask(line.manager),
        card=_cells(line.card),
        happened=tuple(map(_happening, line.happened)),
        place=_place(line.place),
    )


def masked_day(line: DayLine) -> DayLine:
    """What the log holds of a person's day, masked likewise."""
    return replace(line, person=mask(line.person), happened=tuple(map(_happening, line.happened)))


def _happening(happening: Happening) -> Happening:
    return replace(
        happening,
        title=mask(happening.title),
        author=mask(happening.author),
        cells=_cells(happening.cells),
        place=_place(happening.place),
    )


def _cells(cells: Cells) -> Cells:
    return tuple((mask(name), _cell(name, value) if isinstance(value, str) else value) for name, value in cells)


def _cell(name: str, text: str) -> str:
    """The cell masked; of a number that is none of a phone's known forms the last four digits are left."""
    hidden = mask(text)
    return f"*** {text[-4:]}" if name in ("phone", "phones") and hidden == text else hidden


def mask(text: str) -> str:
    """The text with its phones as «+7 *** ***-45-67» and its addresses as «i***@mail.ru»."""
    shown = _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0])), pure(text))
    return PHONE.sub(_phone, EMAIL.sub(r"\1***@\2", shown))


def _phone(found: re.Match[str]) -> str:
    digits = "".join(sign for sign in found.group() if sign.isdigit())
    russian = len(digits) == 10 or (len(digits) == 11 and digits[0] in "78")
    return f"+{'7' if russian else '*'} *** ***-{digits[-4:-2]}-{digits[-2:]}"


def _problem(problem: Problem) -> Problem:
    return replace(problem, what=mask(problem.what), place=_place(problem.place))


def _place(place: Place) -> Place:
    sheet, column = (text and mask(text) for text in (place.sheet, place.column))
    return place._replace(file=mask(place.file), sheet=sheet, column=column)


def _source(source: Source) -> Source:
    return replace(source, file=mask(source.file), sheet=source.sheet and mask(source.sheet))


def _coverage(coverage: Coverage) -> Coverage:
    return replace(coverage, why=mask(coverage.why), needs=tuple(map(mask, coverage.needs)))


def _waiver(waiver: Waiver) -> Waiver:
    return replace(
        waiver,
        manager=mask(waiver.manager),
        approved_by=mask(waiver.approved_by),
        reason=mask(waiver.reason),
        remarks=tuple(remark._replace(text=mask(remark.text)) for remark in waiver.remarks),
        place=_place(waiver.place),
    )


def _scores(scores: pd.DataFrame) -> pd.DataFrame:
    return scores.assign(manager=_masked(scores["manager"]))


def _titles(duties: pd.DataFrame) -> pd.DataFrame:
    waivers = duties["waiver"].map(lambda waiver: _waiver(waiver) if isinstance(waiver, Waiver) else None)
    texts = {name: _masked(duties[name]) for name in ("title", "link", "manager")}
    return duties.assign(**texts, waiver=waivers)


def _told(duties: pd.DataFrame) -> pd.DataFrame:
    findings: Any = [[line._replace(found=mask(line.found)) for line in lines] for lines in duties["findings"]]
    evidence: Any = [list(map(_place, places)) for places in duties["evidence"]]
    return duties.assign(why=_masked(duties["why"]), findings=findings, evidence=evidence)


def _masked(texts: "pd.Series[Any]") -> "pd.Series[Any]":
    return texts.astype(object).map(lambda text: mask(text) if isinstance(text, str) else text)
