"""Ids become names; those that no page names stand for themselves, and one problem says which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from auditor.i18n import _, ngettext, numeral
from auditor.inputs.pages.page_rows import PageRows
from auditor.inputs.pages.source import Item
from auditor.inputs.pages.values import ident

LISTED = 20
"""So many ids a problem lists."""


@dataclass
class IdNames:
    """`unknown` tells the user of `{ids}` without a name, and to save the answer of `{page}`."""

    known: Mapping[str, str]
    unknown: str
    page: str
    rows: PageRows
    _missing: dict[str, Item] = field(default_factory=dict)

    def of(self, value: object, item: Item) -> str | None:
        """The name of an id; None for none."""
        return self.named(ident(value), item)

    def named(self, found: str | None, item: Item) -> str | None:
        """The name of an id that may be 0, as Bitrix24's first pipeline is."""
        if found is None or found in self.known:
            return found and self.known[found]
        self._missing.setdefault(found, item)
        return found

    def tell(self) -> None:
        """Say once which ids had no name, at the place of the first."""
        if self._missing:
            ids = ", ".join(list(self._missing)[:LISTED])
            more = len(self._missing) - LISTED
            if more > 0:
                ids += " " + ngettext("and {count} more", "and {count} more", more).format(count=numeral(more))
            self.rows.note(next(iter(self._missing.values())), self.unknown.format(ids=ids, page=self.page))


def no_employees() -> str:
    return _(
        "no saved page names these employees: {ids}; their numbers stand for the names. "
        "Save the answer of {page} beside the others"
    )


def no_pipelines() -> str:
    return _(
        "no saved page names these pipelines: {ids}; their numbers stand for the names. "
        "Save the answer of {page} beside the others"
    )


def no_stages() -> str:
    return _(
        "no saved page names these stages: {ids}; they are called by these ids. "
        "Save the answer of {page} beside the others"
    )


def no_fields() -> str:
    return _(
        "no saved page names these fields: {ids}; their numbers stand for the names. "
        "Save the answer of {page} beside the others"
    )


def people(pairs: Iterable[tuple[str | None, str | None, Item]], rows: PageRows) -> dict[str, str]:
    """Names by id; of people who share a name each later one carries his number."""
    names: dict[str, str] = {}
    owner: dict[str, str] = {}
    for number, name, item in pairs:
        if number is None or name is None or number in names:
            continue
        if owner.setdefault(name, number) != number:
            rows.note(
                item,
                _("two employees are called {name}: the second is shown as «{name} ({id})»").format(
                    name=name, id=number
                ),
            )
            name = f"{name} ({number})"
        names[number] = name
    return names


@dataclass(frozen=True)
class StageName:
    """A stage in words, and whether it ends the deal: `won`, `lost`, `converted`, `rejected` or None."""

    name: str | None
    pipeline: str | None
    outcome: str | None = None
