"""Items of one kind from all pages: versions of one record are merged by its id."""

from datetime import datetime

from auditor.inputs.pages.source import Item, Pages
from auditor.inputs.pages.values import Clock, ident

STAMPS = ("updated_at", "DATE_MODIFY", "LAST_UPDATED", "changedDate")


class Records:
    """Items by kind, one per id: fields of several pages are put together, the later version's values hold."""

    def __init__(self, pages: Pages, crm: str, clock: Clock) -> None:
        self._clock = clock
        self._by_kind: dict[str, dict[object, Item]] = {}
        self.versions: list[Item] = []
        """Items that are versions of an earlier one."""
        for item in pages.items:
            if item.crm == crm:
                records = self._by_kind.setdefault(item.kind, {})
                key = _key(item)
                if key in records:
                    self.versions.append(item)
                records[key] = self._merged(records[key], item) if key in records else item

    def of(self, kind: str) -> list[Item]:
        """In reading order."""
        return list(self._by_kind.get(kind, {}).values())

    def _merged(self, first: Item, second: Item) -> Item:
        old, new = first.data, second.data
        then, now = self._stamp(first), self._stamp(second)
        if then is not None and now is not None and then > now:
            old, new = new, old
        if new.get("is_deleted") is True:  # amoCRM empties all else of what was deleted
            new = {name: value for name, value in new.items() if value is not None}
        return Item(first.crm, first.kind, first.file, first.number, {**old, **new}, first.address or second.address)

    def _stamp(self, item: Item) -> datetime | None:
        return next((self._clock.moment(item.data[name]) for name in STAMPS if name in item.data), None)


def _key(item: Item) -> object:
    """The record's id, with its pipeline where ids repeat; an item without one is a record of its own."""
    data = item.data
    found = ident(data.get("id", data.get("ID")))
    if found is None:
        return item.file, item.number
    return (ident(data.get("pipeline_id")), found) if item.kind == "statuses" else found
