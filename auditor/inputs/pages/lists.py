"""Which pages of a list were saved: one that is missing is told, since what stands there was not seen."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from auditor.i18n import _, numeral
from auditor.inputs.pages.values import Json, mapping, number, text
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem

_PAGE = re.compile(r"[?&](?:page)=(\d{1,9})(?=&|$)")
_OF_PAGES = re.compile(r"(?<=[?&])(?:page|limit)=[^&]*&?")


class Page(NamedTuple):
    """A saved page of a list of that kind."""

    file: str
    kind: str
    records: list[Json]


class Gone(NamedTuple):
    """A missing page of a list of that kind, between these records, in their order; neither: nobody knows where."""

    kind: str
    before: Sequence[Json]
    after: Sequence[Json]


@dataclass
class Lists:
    """Lists of numbered pages by address, and those without an address by kind."""

    _pages: dict[str, dict[int, Page]] = field(default_factory=dict)
    """By the address of the list and the number of the page."""
    _wanted: dict[tuple[str, int], str] = field(default_factory=dict)
    """File of the page that names a page, or stands behind it."""
    _unfinished: dict[str, str] = field(default_factory=dict)
    """File of a page that names a next one, by kind."""
    _finished: set[str] = field(default_factory=set)
    _records: dict[str, list[Json]] = field(default_factory=dict)
    """All records by kind, in their order."""
    _total: dict[str, tuple[int, str]] = field(default_factory=dict)
    """How many records the answers themselves say there are, by kind."""

    def add(self, file: str, kind: str, page: Json, records: list[Json]) -> None:
        """A page of a list of that kind, and its records."""
        links = mapping(page.get("_links"))
        own, following = (text(mapping(links.get(name)).get("href")) or "" for name in ("self", "next"))
        found = _PAGE.search(own)
        if found:
            self._numbered(Page(file, kind, records), _OF_PAGES.sub("", own), int(found[1]), _PAGE.search(following))
        elif following or page.get("next"):
            self._unfinished[kind] = file
        else:
            self._finished.add(kind)
        self._records.setdefault(kind, []).extend(records)
        total = int(number(page.get("total")) or 0)
        if total > self._total.get(kind, (0, ""))[0]:
            self._total[kind] = total, file

    def _numbered(self, page: Page, address: str, here: int, following: "re.Match[str] | None") -> None:
        self._pages.setdefault(address, {})[here] = page
        for other in [here - 1] * (here > 1) + ([int(following[1])] if following else []):
            self._wanted.setdefault((address, other), page.file)

    def missing(self) -> list[Problem]:
        """A problem for each page that was not saved."""
        gone = [(place, file) for place, file in self._wanted.items() if self._is_gone(*place)]
        what = _("page {page} of this list is missing: save it too, or what stands there is not checked")
        problems = [Problem(Place(file), what.format(page=page), Trouble.PAGE) for (_address, page), file in gone]
        last = _("the last page of this list is missing: save its next pages too, or what stands there is not checked")
        problems += [Problem(Place(file), last, Trouble.PAGE) for file in self._unended().values()]
        few = _("the list has {total} records, of which {count} were saved: save its other pages too")
        return problems + [
            Problem(
                Place(file), few.format(total=numeral(total), count=numeral(len(self._records[kind]))), Trouble.PAGE
            )
            for kind, (total, file) in self._short().items()
        ]

    def gone(self) -> Iterator[Gone]:
        """Where pages are missing."""
        for address, lost in self._wanted:
            if self._is_gone(address, lost):
                pages = self._pages[address]
                before, after = (
                    [record for here in sorted(pages) if (here < lost) is earlier for record in pages[here].records]
                    for earlier in (True, False)
                )
                yield Gone(next(iter(pages.values())).kind, before, after)
        yield from (Gone(kind, self._records[kind], ()) for kind in self._unended())
        yield from (Gone(kind, (), ()) for kind in self._short())

    def _is_gone(self, address: str, page: int) -> bool:
        return page not in self._pages[address]

    def _unended(self) -> dict[str, str]:
        """Of lists whose pages have no numbers, and whose last is missing: a file by kind."""
        return {kind: file for kind, file in self._unfinished.items() if kind not in self._finished}

    def _short(self) -> dict[str, tuple[int, str]]:
        """Of lists that lack other pages: how many records there are, and a file, by kind."""
        return {
            kind: told
            for kind, told in self._total.items()
            if len(self._records[kind]) < told[0] and kind not in self._unended()
        }
