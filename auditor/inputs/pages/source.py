"""JSON files become items: which page each is of, and where it stands."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditor.i18n import _, numeral
from auditor.inputs.files import Input
from auditor.inputs.guards import Refused, check_size
from auditor.inputs.pages.kinds import AMO, AMO_KINDS, BITRIX, bitrix_kind, describes_fields, of_item_list
from auditor.inputs.pages.lists import Lists
from auditor.inputs.pages.values import Json, mapping, text
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Place, Problem
from auditor.settings import Limits


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a page. `number` counts the records of its file from 1; `address` is its own link or the page's."""

    crm: str
    kind: str
    file: str
    number: int
    data: Json
    address: str = ""

    @property
    def place(self) -> Place:
        return Place(self.file, row=self.number)


@dataclass
class Pages:
    """All items of the files, and what could not be read."""

    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lists: Lists = field(default_factory=Lists)
    strange: dict[tuple[str, str], int] = field(default_factory=Counter)
    """The number of answers that are no known page, by file and the names of their fields."""


def read_items(files: Sequence[Input], limits: Limits) -> Pages:
    """The items of all files, in their order."""
    pages = Pages()
    for file in files:
        _File(file, pages).read(limits)
    pages.problems += [_strange(file, names, count) for (file, names), count in pages.strange.items()]
    pages.problems += pages.lists.missing()
    return pages


def _strange(file: str, names: str, count: int) -> Problem:
    one = _("no known page of amoCRM or Bitrix24 looks like this one (its fields: {fields}); it was left out")
    many = _(
        "no known page of amoCRM or Bitrix24 looks like these {count} answers (their fields: {fields}); they were "
        "left out"
    )
    what = one if count == 1 else many
    return Problem(Place(file), what.format(fields=names or "—", count=numeral(count)), Trouble.UNREAD)


class _File:
    def __init__(self, file: Input, pages: Pages) -> None:
        self.path, self.name, self.trouble, self.pages = file.path, file.label, file.trouble, pages
        self.number = 0

    def problem(self, what: str, row: int | None = None) -> None:
        self.pages.problems.append(Problem(Place(self.name, row=row), what, Trouble.UNREAD))

    def refuse(self, what: str) -> None:
        self.pages.problems.append(Problem(Place(self.name), what, self.trouble))

    def read(self, limits: Limits) -> None:
        what = _("the file is larger than {size} MB: save the pages in several files")
        try:
            check_size(self.path, limits.page_mb, "page_mb", what)
            content = self.path.read_bytes()
        except Refused as refusal:
            return self.refuse(str(refusal))
        except OSError:
            return self.refuse(_("the file cannot be opened: check that it is there and that it may be read"))
        for document in self._documents(content):
            for page in _split(document):
                self._page(page)
        return None

    def _documents(self, content: bytes) -> Iterator[Any]:
        """The whole file as one document, else a document a line."""
        try:
            yield _parsed(content)
        except UnicodeDecodeError:
            self.refuse(_("the file is not written in UTF-8: save the CRM's answer as it came"))
        except RecursionError:
            self.refuse(_("the file is nested too deeply to be an answer of the CRM"))
        except ValueError:
            yield from self._lines(content)

    def _lines(self, content: bytes) -> Iterator[Any]:
        lines = [(number, line) for number, line in enumerate(content.splitlines(), 1) if line.strip()]
        documents = [(number, _line(line)) for number, line in lines]
        if not any(isinstance(document, dict) for _number, document in documents):
            return self.refuse(_("the file is no JSON, or was cut off: save the CRM's answer again"))
        for number, document in documents:
            if document is None:
                self.problem(_("line {line} is no JSON and was left out").format(line=number))
            else:
                yield document
        return None

    def _page(self, page: object) -> None:
        data = {"result": page} if isinstance(page, list) else page
        if not isinstance(data, dict):
            self.problem(_("there is no page of the CRM here, only a single value"))
        elif isinstance(data.get("_embedded"), dict):
            self._amo(data)
        elif "result" in data:
            self._bitrix(data)
        else:
            self._other(data)

    def _other(self, page: Json) -> None:
        said = text(page.get("error_description")) or text(page.get("detail")) or text(page.get("error"))
        if said:
            self.problem(_("the CRM answered with an error instead of data: {error}").format(error=said[:200]))
        else:
            self._unknown(page)

    def _unknown(self, fields: Json) -> None:
        names = ", ".join(text(name) or "?" for name in list(fields)[:8])[:200]
        self.pages.strange[self.name, names] += 1

    def _amo(self, page: Json) -> None:
        if "pipeline_id" in page and "status_id" in page:
            return self._add(AMO, "leads", [page], page)
        found = {kind: items for kind, items in page["_embedded"].items() if kind in AMO_KINDS}
        if not found:
            self._unknown(page["_embedded"])
        for kind, items in found.items():
            self._add(AMO, kind, items, page)
        return None

    def _bitrix(self, page: Json) -> None:
        result = page["result"]
        if isinstance(result, dict):
            result = next((result[name] for name in ("items", "tasks", "categories") if name in result), [result])
        if not isinstance(result, list):
            return self._unknown(page)
        result = [of_item_list(item) if isinstance(item, dict) else item for item in result]
        items = [item for item in result if isinstance(item, dict)]
        if len(items) == 1 and describes_fields(items[0]):
            return self._add(BITRIX, "fields", items, page)
        kind = bitrix_kind(items)
        if kind is None:
            return self._unknown(items[0]) if items else self._odd(result)
        return self._add(BITRIX, kind, result, page)

    def _odd(self, result: list[Any]) -> None:
        """A page without one record: empty, or no list of records."""
        if result:
            self.problem(_("the records of this page cannot be read: save the CRM's answer as it came"))

    def _add(self, crm: str, kind: str, items: object, page: Json) -> None:
        if not isinstance(items, list):
            return self.problem(_("the records of this page cannot be read: save the CRM's answer as it came"))
        for data in items:
            self.number += 1
            if isinstance(data, dict):
                address = _address(data) or _address(page)
                self.pages.items.append(Item(crm, kind, self.name, self.number, data, address))
            else:
                self.problem(_("this record cannot be read and was left out"), self.number)
        return self.pages.lists.add(self.name, f"{crm} {kind}", page, items)


def _parsed(content: bytes) -> Any:
    """JSON of any Unicode encoding; NaN and infinities are empty."""
    return json.loads(content, parse_constant=lambda _name: None)


def _line(line: bytes) -> Any:
    try:
        return _parsed(line)
    except (ValueError, RecursionError):
        return None


def _split(document: Any) -> Iterator[Any]:
    """The pages of a document: itself, the pages it lists, or the answers of a batch."""
    if isinstance(document, list):
        if document and all(isinstance(page, dict) and ("_embedded" in page or "result" in page) for page in document):
            for page in document:
                yield from _split(page)
        else:
            yield document
    elif isinstance(batch := mapping(mapping(document).get("result")).get("result"), dict | list):
        answers = batch.values() if isinstance(batch, dict) else batch
        yield from ({"result": answer} for answer in answers)
    else:
        yield document


def _address(data: Json) -> str:
    return text(mapping(mapping(data.get("_links")).get("self")).get("href")) or ""
