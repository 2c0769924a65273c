"""What is owed, on a terminal: how much by whom and when, then every duty."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.text import Text

from auditor.i18n import _
from auditor.reports import words
from auditor.reports.amounts import decimal, moment, percent, progress
from auditor.reports.console import Indented, heading, joined, lines, mark, marked, pairs, safe_text
from auditor.reports.header import narrowed
from auditor.reports.owed.agenda import WHEN, Agenda, Owed, when_words
from auditor.spelling import capital

LONG = 1000
STYLES = {"overdue": "bold red", "today": "bold yellow"}


def print_agenda(agenda: Agenda, console: Console) -> None:
    """Everything, soonest first."""
    console.print(Group(*_parts(agenda)))


def _parts(agenda: Agenda) -> Iterator[RenderableType]:
    at = _("as of {moment} ({zone})").format(moment=moment(agenda.as_of), zone=agenda.timezone)
    yield lines([heading(_("What lies ahead")), safe_text(at), narrowed(agenda.scope)])
    if not agenda.debtors:
        yield heading(_("Nothing is owed: no duty is open."))
        return
    yield Text()
    yield pairs((debtor.name, _counts(debtor.counts)) for debtor in agenda.debtors)
    for debtor in agenda.debtors:
        yield heading(f"{capital(debtor.name).upper()} — {len(debtor.owed)}")
        for when, same in groupby(debtor.owed, key=lambda each: each.when):
            yield safe_text(when_words(when), STYLES.get(when, "dim"))
            for each in same:
                yield marked(mark(each.duty.severity), _which(each))
                yield Indented(lines(_facts(each)), 5)


def _counts(counts: Mapping[str, int]) -> Text:
    """«Просрочено сегодня 1 · Завтра 2»."""
    told = ((when, f"{when_words(when)} {decimal(counts[when])}") for when in WHEN if counts[when])
    return joined(safe_text(words, STYLES.get(when, "")) for when, words in told)


def _which(each: Owed) -> Text:
    """Until when, the deal, the clause, and how much of the time is used up."""
    duty = each.duty
    return joined(
        [
            safe_text(_("by {due}").format(due=moment(duty.due)) if duty.due else ""),
            safe_text(words.record(duty.entity, duty.deal), "bold"),
            safe_text(duty.title, most=80),
            safe_text(duty.clause, "bold"),
            safe_text(progress(duty)),
            safe_text(used_words(each)),
        ]
    )


def used_words(each: Owed) -> str:
    """«прошло 33,3 % времени»; nothing of what is over."""
    if each.used is None or each.when == "overdue":
        return ""
    return _("{share} of the time used").format(share=percent(each.used))


def _facts(each: Owed) -> Iterator[Text]:
    yield safe_text(each.text, "italic", LONG)
    yield safe_text(each.duty.why, most=LONG)
    yield safe_text(each.duty.link, "dim", LONG)
