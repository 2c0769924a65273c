"""Ids become names; an id that no page names stands for itself, and one problem says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from auditor.i18n import _
from auditor.inputs.pages.rows import Rows
from auditor.inputs.pages.source import Item
from auditor.inputs.pages.values import ident


@dataclass
class Names:
    """`unknown` tells the user of an id without a name; it holds `{id}`."""

    known: Mapping[str, str]
    unknown: str
    rows: Rows
    _told: set[str] = field(default_factory=set)

    def of(self, value: object, item: Item) -> str | None:
        """The name of an id; None for none."""
        return self.named(ident(value), item)

    def named(self, found: str | None, item: Item) -> str | None:
        """The name of an id that may be 0, as Bitrix24's first pipeline is."""
        if found is None or found in self.known:
            return found and self.known[found]
        if found not in self._told:
            self._told.add(found)
            self.rows.note(item, self.unknown.format(id=found))
        return found


def people(pairs: Iterable[tuple[str | None, str | None, Item]], rows: Rows) -> dict[str, str]:
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
