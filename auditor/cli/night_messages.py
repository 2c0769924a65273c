"""The messages of a night: the files that mails bring, and what would go to whom."""

from collections.abc import Iterable, Iterator
from io import BytesIO

from auditor.audit.result import Audit
from auditor.cli.outputs import ENDINGS, WRITERS
from auditor.delivery.deliver import Delivered
from auditor.i18n import _
from auditor.reports.safe import short
from auditor.reports.view import View

LONG = 2000


def attached(part: Audit, form: str) -> bytes:
    """The report in a format of the settings."""
    content = BytesIO()
    WRITERS[ENDINGS[f".{form.lower()}"]](part, View(), content)
    return content.getvalue()


def rehearsal(found: Iterable[Delivered]) -> Iterator[str]:
    """What would go to whom, a line each."""
    silent = []
    for each in found:
        if each.letter:
            yield f"── {short(str(each.to))}: {short(each.to.address)}"
            yield _("Subject: {words}").format(words=each.letter.subject)
            yield from ("", *each.letter.text.splitlines(), "")
        else:
            silent.append(str(each.to))
    if silent:
        yield _("Nothing to tell: {names}").format(names=short(", ".join(silent), LONG))
