"""Which pages of a list were saved: one that is missing is told, since what stands there was not seen."""

import re
from dataclasses import dataclass, field

from auditor.i18n import _, numeral
from auditor.inputs.pages.values import Json, mapping, number, text
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem

_PAGE = re.compile(r"[?&](?:page)=(\d{1,9})(?=&|$)")
_OF_PAGES = re.compile(r"(?<=[?&])(?:page|limit)=[^&]*&?")


@dataclass
class Lists:
    """Lists of numbered pages by address, and those without an address by kind."""

    _pages: dict[str, dict[int, str]] = field(default_factory=dict)
    """File by number of the page, by the address of the list."""
    _wanted: dict[tuple[str, int], str] = field(default_factory=dict)
    """File of the page that names a page, or stands behind it."""
    _unfinished: dict[str, str] = field(default_factory=dict)
    """File of a page that names a next one, by kind."""
    _finished: set[str] = field(default_factory=set)
    _records: dict[str, int] = field(default_factory=dict)
    _total: dict[str, tuple[int, str]] = field(default_factory=dict)
    """How many records the answers themselves say there are, by kind."""

    def add(self, file: str, kind: str, page: Json, records: int) -> None:
        """A page of a list of that kind, and the number of its records."""
        links = mapping(page.get("_links"))
        own, following = (text(mapping(links.get(name)).get("href")) or "" for name in ("self", "next"))
        found = _PAGE.search(own)
        if found:
            self._numbered(file, _OF_PAGES.sub("", own), int(found[1]), _PAGE.search(following))
        elif following or page.get("next"):
            self._unfinished[kind] = file
        else:
            self._finished.add(kind)
        self._records[kind] = self._records.get(kind, 0) + records
        total = int(number(page.get("total")) or 0)
        if total > self._total.get(kind, (0, ""))[0]:
            self._total[kind] = total, file

    def _numbered(self, file: str, address: str, here: int, following: "re.Match[str] | None") -> None:
        self._pages.setdefault(address, {})[here] = file
        for other in [here - 1] * (here > 1) + ([int(following[1])] if following else []):
            self._wanted.setdefault((address, other), file)

    def missing(self) -> list[Problem]:
        """A problem for each page that was not saved."""
        gone = [(place, file) for place, file in self._wanted.items() if place[1] not in self._pages[place[0]]]
        what = _("page {page} of this list is missing: save it too, or what stands there is not checked")
        problems = [Problem(Place(file), what.format(page=page), Trouble.PAGE) for (_address, page), file in gone]
        last = _("the last page of this list is missing: save its next pages too, or what stands there is not checked")
        problems += [
            Problem(Place(file), last, Trouble.PAGE)
            for kind, file in self._unfinished.items()
            if kind not in self._finished
        ]
        few = _("the list has {total} records, of which {count} were saved: save its other pages too")
        return problems + [
            Problem(Place(file), few.format(total=numeral(total), count=numeral(self._records[kind])), Trouble.PAGE)
            for kind, (total, file) in self._total.items()
            if self._records[kind] < total and (kind in self._finished or kind not in self._unfinished)
        ]
