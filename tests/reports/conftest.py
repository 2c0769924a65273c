"""Every test of the reports speaks English unless it asks for Russian; consoles write into a text."""

import gettext
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from rich.console import Console

from auditor import i18n
from auditor.reports.console import console_for

Printed = Callable[..., str]


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.activate("en")


@pytest.fixture
def in_russian(english: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Russian from the sources of the catalogue, compiled or not."""
    source = i18n.LOCALE_DIR / "ru" / "LC_MESSAGES" / "auditor.po"
    compiled = tmp_path / "auditor.mo"
    with source.open("rb") as po, compiled.open("wb") as mo:
        write_mo(mo, read_po(po, "ru"))
    with compiled.open("rb") as mo:
        monkeypatch.setitem(i18n._loaded, ("auditor", "ru"), gettext.GNUTranslations(mo))
    i18n.activate("ru")


@pytest.fixture
def printed() -> Printed:
    """What a report prints in so many columns, without the blanks at the ends of lines."""

    def text_of(report: Callable[[Console], object], width: int = 100) -> str:
        stream = io.StringIO()
        console = console_for(stream)
        console.width = width
        report(console)
        return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())

    return text_of
