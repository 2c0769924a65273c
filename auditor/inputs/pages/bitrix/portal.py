"""What every reader of Bitrix24's pages asks: who, which stage, which field, whose deal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from auditor.inputs.pages.bitrix.fields import Fields
from auditor.inputs.pages.contacts import Contacts, Owner
from auditor.inputs.pages.names import IdNames, StageName, no_employees, no_pipelines, no_stages, people
from auditor.inputs.pages.outcomes import Outcomes, of_telephony
from auditor.inputs.pages.page_rows import PageRows
from auditor.inputs.pages.records import Records
from auditor.inputs.pages.source import Item
from auditor.inputs.pages.values import Clock, Json, ident, joined, mapping, text

OUTCOMES = {("deal", "S"): "won", ("deal", "F"): "lost", ("lead", "S"): "converted", ("lead", "F"): "rejected"}
USUAL = {
    ("deal", "WON"): ("S", "Сделка успешна"),
    ("deal", "LOSE"): ("F", "Сделка провалена"),
    ("lead", "CONVERTED"): ("S", "Качественный лид"),
    ("lead", "JUNK"): ("F", "Некачественный лид"),
}
"""Final stages that every portal has, with their semantics and the names before a company renames them."""
OWNERS = {"1": "lead", "2": "deal", "3": "contact", "4": "company"}
GROUPS = {"STATUS": "lead", "SOURCE": "source"}
"""Which directory of crm.status.list an ENTITY_ID is; those of deals begin with DEAL_STAGE."""


@dataclass
class Portal:
    """The portal that the pages were saved from. `statuses`: (name, semantics) by (directory, status)."""

    records: Records
    rows: PageRows
    clock: Clock
    users: IdNames
    categories: IdNames
    unnamed: IdNames
    statuses: dict[tuple[str, str], tuple[str, str | None]]
    fields: Fields
    contacts: Contacts
    outcomes: Outcomes

    def stage(self, entity: str, status: object, semantics: object, item: Item) -> StageName:
        """A stage of a deal or a status of a lead in words; `semantics` is what the record itself says of it."""
        found = text(status)
        if found is None:
            return StageName(None, None)
        bare = found.split(":", 1)[-1]
        usual, usual_name = USUAL.get((entity, bare), (None, None))
        name, told = self.statuses.get((entity, found), (usual_name, None))
        outcome = OUTCOMES.get((entity, told or text(semantics) or usual or ""))
        return StageName(name or self.unnamed.of(found, item), self._pipeline(entity, found, item), outcome)

    def tell(self) -> None:
        """Say which names no page told, and which outcomes nobody knows."""
        for names in (self.users, self.categories, self.unnamed, self.outcomes):
            names.tell()

    def _pipeline(self, entity: str, status: str, item: Item) -> str | None:
        """Deals of pipeline 7 have stages «C7:…»; those of the first pipeline have no such letters."""
        if entity == "lead":
            return None
        prefix, colon, _rest = status.partition(":")
        return self.categories.named(prefix.lstrip("C") if colon else "0", item)

    def source(self, value: object) -> str | None:
        found = text(value)
        return self.statuses.get(("source", found or ""), (found, None))[0]

    def named(self, sort: str | None, number: str | None) -> dict[str, str | None]:
        """Whose record it is where it names a deal or lead itself."""
        entity = OWNERS.get(sort or "", (sort or "").lower())
        return {"deal": number, "entity": entity} if entity in ("deal", "lead") else {}

    def moment(self, item: Item, name: str) -> datetime | None:
        """A moment of the item; one that cannot be read is told."""
        return self.rows.read(item, item.data, name, self.clock.moment)

    def owner(self, sort: str | None, number: str | None, moment: datetime) -> Owner | None:
        """Whose deal or lead a record is; `sort` is an OWNER_TYPE_ID or a word; None for other things."""
        entity = OWNERS.get(sort or "", (sort or "").lower())
        if number is None or entity not in OWNERS.values():
            return None
        return Owner(entity, number) if entity in ("deal", "lead") else self.contacts.owner((entity, number), moment)


def open_portal(records: Records, rows: PageRows, clock: Clock) -> Portal:
    """Names and captions of all pages; the contacts are filled by the reader of deals."""
    users = IdNames(
        people(_people(records), rows),
        no_employees(),
        "user.get",
        rows,
    )
    return Portal(
        records=records,
        rows=rows,
        clock=clock,
        users=users,
        categories=IdNames(
            dict(_categories(records)),
            no_pipelines(),
            "crm.category.list",
            rows,
        ),
        unnamed=IdNames(
            {},
            no_stages(),
            "crm.status.list",
            rows,
        ),
        statuses=dict(_statuses(records)),
        fields=Fields.of(records, clock, users),
        contacts=Contacts(),
        outcomes=Outcomes(of_telephony, rows),
    )


def person(data: Json) -> str | None:
    """First and last name, as Bitrix24 shows them."""
    return joined([text(data.get("NAME")), text(data.get("LAST_NAME"))], " ")


def _people(records: Records) -> Iterator[tuple[str | None, str | None, Item]]:
    """The page of users, and the people whom tasks name."""
    for item in records.of("users"):
        yield ident(item.data.get("ID")), person(item.data) or text(item.data.get("EMAIL")), item
    for item in records.of("tasks"):
        for who in (mapping(item.data.get("responsible")), mapping(item.data.get("creator"))):
            yield ident(who.get("id")), text(who.get("name")), item


def _categories(records: Records) -> Iterator[tuple[str, str]]:
    for item in records.of("categories"):
        number = text(item.data.get("id", item.data.get("ID")))
        name = text(item.data.get("name", item.data.get("NAME")))
        if number and name:
            yield number, name


def _statuses(records: Records) -> Iterator[tuple[tuple[str, str], tuple[str, str | None]]]:
    for item in records.of("statuses"):
        directory = text(item.data.get("ENTITY_ID")) or "DEAL_STAGE"
        group = "deal" if directory.startswith("DEAL_STAGE") else GROUPS.get(directory)
        status, name = text(item.data.get("STATUS_ID")), text(item.data.get("NAME"))
        if group and status and name:
            yield (group, status), (name, text(item.data.get("SEMANTICS")))
