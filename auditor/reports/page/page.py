"""The page, written: the template, with its style, its script and the library of its list inside."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from jinja2 import Environment
from markupsafe import Markup

from auditor.audit.result import Audit, Status
from auditor.i18n import _, ngettext
from auditor.reports import words
from auditor.reports.amounts import decimal, moment, percent, progress, violations
from auditor.reports.broken_most import names
from auditor.reports.data import data, gravest_first
from auditor.reports.header import header, high, whole
from auditor.reports.notes import notes
from auditor.reports.nothing import nothing
from auditor.reports.page.days import bars, owed_by_day
from auditor.reports.page.listed import MOST, listed
from auditor.reports.page.printed import parts
from auditor.reports.safe import encodable
from auditor.reports.scoreboard import columns, department, named
from auditor.reports.summary import reason, summary_of, texts_of
from auditor.reports.suspected import suspected
from auditor.reports.templates import environment, hash_of
from auditor.reports.view import View

HERE = Path(__file__).parent
STYLES = (HERE / "tabulator" / "tabulator_simple.min.css", HERE / "page.css")
SCRIPTS = (HERE / "tabulator" / "tabulator.min.js", HERE / "page.js")
MAP = re.compile(r"/[/*]# sourceMappingURL=\S+(?: \*/)?")
LONG = 1000
FEW_OWED = 300
"""Pending duties that are shown."""
FEW_BROKEN = 10
"""Clauses broken most that are not folded."""
FEW_CLAUSES = 25
"""Clauses of the heat map, for which a printed page has room."""


def write_page(audit: Audit, view: View, file: BinaryIO) -> None:
    """The whole page, in UTF-8."""
    for piece in page_of(audit, view):
        file.write(encodable(piece).encode())


def page_of(audit: Audit, view: View) -> Iterator[str]:
    """The page in pieces of text; the same audit gives the same text."""
    template = _environment().get_template("page.html")
    return template.generate(**_sources(), **_told(audit, view), **_lists(audit, view))


def _environment() -> Environment:
    made = environment(HERE, LONG)
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    made.filters["decimal"] = decimal
    made.globals.update(
        ngettext=ngettext, violations=violations, decimal=decimal, percent=percent, moment=moment, words=words,
        high=high, whole=whole, columns=columns, named=named, department=department, names=names, reason=reason,
        progress=progress,
    )  # fmt: skip
    return made


def _sources() -> dict[str, str]:
    """Style and script, and a policy that allows these two and nothing else."""
    style, script = _joined(STYLES), _joined(SCRIPTS)
    allowed = f"default-src 'none'; style-src {hash_of(style)}; script-src {hash_of(script)}"
    policy = f"{allowed}; base-uri 'none'; form-action 'none'"
    return {"style": Markup(style), "script": Markup(script), "policy": Markup(policy)}


def _joined(files: Iterable[Path]) -> str:
    """The files one after another, without the addresses of maps that are not there."""
    return MAP.sub("", "\n".join(file.read_text("utf-8") for file in files))


def _told(audit: Audit, view: View) -> dict[str, Any]:
    """The figures, and what the report for a terminal says."""
    summary = summary_of(audit)
    return {
        "summary": summary,
        "few_broken": FEW_BROKEN,
        "few_clauses": FEW_CLAUSES,
        "head": [line for text in header(audit, summary) for line in text.plain.strip().splitlines()],
        "nothing": nothing(audit, summary),
        "sections": list(parts((*suspected(summary, view), *data(audit, summary, view), *notes(audit, view)))),
        "sentences": texts_of(audit),
        "not_checked": summary.coverage[Status.NOT_CHECKED],
        "by_hand": summary.coverage[Status.BY_HAND],
    }


def _lists(audit: Audit, view: View) -> dict[str, Any]:
    return {
        "bars": bars(audit),
        "owed": owed_by_day(audit, MOST if view.full else FEW_OWED),
        "problems": gravest_first(audit.problems),
        "list": listed(audit),
        "script_words": _script_words(),
    }


def _script_words() -> dict[str, Any]:
    """What the script says, and the library of the list."""
    pages = {
        "first": _("First"), "first_title": _("First page"), "last": _("Last"), "last_title": _("Last page"),
        "prev": _("Previous"), "prev_title": _("Previous page"), "next": _("Next"), "next_title": _("Next page"),
        "page_title": _("Page"),
    }  # fmt: skip
    return {
        "opens": _("In detail"),
        "when": _("When"),
        "manager": _("Manager"),
        "deal": _("Deal"),
        "clause": _("Clause"),
        "severity": _("Severity"),
        "why": _("What happened"),
        "lapse": _("How"),
        "holds": _("met"),
        "fails": _("not met"),
        "unknown": _("unknown"),
        "violated": words.verdict("violated"),
        "needed": _("needed"),
        "found": _("found"),
        "evidence": _("Source rows"),
        "nothing": _("Nothing like that."),
        "shown": _("Shown"),
        "table": {"pagination": pages},
    }
