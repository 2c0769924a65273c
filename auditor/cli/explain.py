"""`auditor explain`: a deal's timeline with its duties, or a person's day."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, BinaryIO

from auditor.audit.request import Request
from auditor.audit.result import Audit
from auditor.cli.asked import asked, today_of
from auditor.cli.audited import audited
from auditor.cli.check import exit_code
from auditor.cli.errors import UsageError
from auditor.cli.faults import Faults
from auditor.cli.forms import Forms
from auditor.cli.names import deal_named, with_names
from auditor.cli.options import Options
from auditor.cli.periods import day_or_word
from auditor.i18n import _
from auditor.inputs.tables import Tables
from auditor.reports.amounts import day as day_words
from auditor.reports.amounts import moment
from auditor.reports.explained.story import Story, of_day, of_deal
from auditor.reports.masking import masked, masked_day, masked_deal
from auditor.reports.words import record
from auditor.settings import Settings
from checks import REGULATIONS


def explain(options: Options) -> int:
    """Print a deal, or a person's day; the exit code, for which violations are no failure."""
    what = asked(options, REGULATIONS)
    today = _asked(options, what.settings)
    wanted = FORMS.asked(options, what.files)
    tables, audit = audited(what, _whole_day if today else lambda request, tables: _of_deal(options, request, tables))
    story = _day(audit, today, options) if today else _deal(audit, tables, options)
    FORMS.put_out(story, wanted)
    return exit_code(audit, "never")


def _asked(options: Options, settings: Settings) -> date | None:
    """The day that is asked for; None: a deal is. Raises UsageError where it is neither or both."""
    faults = Faults()
    today = faults.read("--day", partial(day_or_word, today=today_of(settings), settings=settings), options.day)
    persons = len(options.manager or ())
    if options.deal and (persons or options.day):
        faults.lines.append(_("--deal shows a deal, --manager with --day a person's day: name one of both."))
    elif not options.deal and (persons != 1 or not options.day):
        faults.lines.append(_("Explain whom? A deal: --deal 101; or a day: --manager NAME --day 11.03.2026."))
    faults.refuse()
    return today


def _of_deal(options: Options, request: Request, tables: Tables) -> Request:
    return replace(request, all_duties=True, record=deal_named(options.deal or "", tables))


def _whole_day(request: Request, tables: Tables) -> Request:
    return replace(with_names(request, tables), all_duties=True)


def _deal(audit: Audit, tables: Tables, options: Options) -> Story:
    name = deal_named(options.deal or "", tables)
    assert audit.timelines is not None
    line = audit.timelines.of_deal(name)
    if line is None:
        text = _("{deal} was not there yet as of {moment}: leave out --as-of, or name a later one.")
        raise UsageError(text.format(deal=record(*name), moment=moment(audit.as_of)))
    return of_deal(masked(audit), masked_deal(line)) if options.mask else of_deal(audit, line)


def _day(audit: Audit, today: date, options: Options) -> Story:
    if today > audit.as_of.date():
        text = _("Of {day} nothing is known: the audit speaks for {moment}.")
        raise UsageError(text.format(day=day_words(today), moment=moment(audit.as_of)))
    assert audit.timelines is not None
    line = audit.timelines.of_day(audit.scope.managers[0], today)
    return of_day(masked(audit), masked_day(line)) if options.mask else of_day(audit, line)


def _print(story: Story, console: Any) -> None:
    from auditor.reports.explained.terminal import print_story

    print_story(story, console)


def _markdown(story: Story) -> Iterator[str]:
    from auditor.reports.explained.markdown import markdown_of

    return (f"{line}\n" for line in markdown_of(story))


def _page(story: Story) -> Iterator[str]:
    from auditor.reports.explained.page import page_of

    return page_of(story)


def _json(story: Story) -> Iterator[str]:
    from auditor.reports.explained.data import json_of

    return json_of(story)


def _written(pieces: Callable[[Story], Iterator[str]]) -> Callable[[Story, BinaryIO], None]:
    return lambda story, file: file.writelines(piece.encode("utf-8", "replace") for piece in pieces(story))


FORMS: Forms[Story] = Forms(
    _print,
    {"json": _written(_json), "html": _written(_page), "md": _written(_markdown)},
    {".json": "json", ".html": "html", ".md": "md"},
)
