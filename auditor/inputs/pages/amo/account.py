"""What every reader of amoCRM's pages asks: who, which stage, which field, whose deal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from auditor.i18n import _
from auditor.inputs.answers import UNCLEAR
from auditor.inputs.pages.contacts import Contacts, Owner
from auditor.inputs.pages.names import IdNames, StageName, no_employees, no_fields, no_pipelines, no_stages, people
from auditor.inputs.pages.outcomes import Outcomes
from auditor.inputs.pages.page_rows import PageRows
from auditor.inputs.pages.records import Records
from auditor.inputs.pages.source import Item
from auditor.inputs.pages.values import Clock, Json, ident, joined, mapping, objects, text

FINAL = {"142": ("won", "Успешно реализовано"), "143": ("lost", "Закрыто и не реализовано")}
"""The statuses that end a deal in every pipeline, and the names they have before a company renames them."""
OUTCOMES = {
    "1": UNCLEAR, "2": UNCLEAR, "3": "unanswered", "4": "answered", "5": "unanswered", "6": "unanswered",
    "7": "unanswered",
}  # fmt: skip
"""By call_status: left a message, call back later, nobody there, talked, wrong number, no answer, busy. The first two
do not say whether anybody answered."""
DATES = frozenset({"date", "birthday", "6", "14"})
MOMENTS = frozenset({"date_time", "19"})
"""Types of custom fields, as fields name them and as events number them."""


@dataclass
class Account:
    """The account that the pages were saved from. `statuses`: names by (pipeline, status)."""

    records: Records
    rows: PageRows
    clock: Clock
    users: IdNames
    pipelines: IdNames
    captions: IdNames
    statuses: dict[tuple[str, str], str]
    unnamed: IdNames
    field_types: dict[str, str]
    contacts: Contacts
    outcomes: Outcomes
    deals: frozenset[str]

    def stage(self, status: object, pipeline: object, item: Item) -> StageName:
        """A status of a pipeline in words."""
        number, where = ident(status), ident(pipeline)
        if number is None:
            return StageName(None, self.pipelines.of(where, item))
        outcome, usual = FINAL.get(number, (None, None))
        name = self.statuses.get((where or "", number)) or self._anywhere(number) or usual
        return StageName(name or self.unnamed.of(number, item), self.pipelines.of(where, item), outcome)

    def tell(self) -> None:
        """Say which names no page told."""
        for names in (self.users, self.pipelines, self.unnamed, self.captions, self.outcomes):
            names.tell()

    def _anywhere(self, status: str) -> str | None:
        """An ordinary status has one number in all pipelines."""
        return None if status in FINAL else self.statuses.get(("", status))

    def value(self, field_type: str | None, value: object) -> str | None:
        """A field's value as amoCRM's own exports write it: days and moments are unix times."""
        written = text(value)
        if written is None or field_type not in DATES | MOMENTS or not written.lstrip("-").isdigit():
            return written
        return self.clock.day(value) if field_type in DATES else self.clock.minute(value)

    def named(self, sort: str | None, number: str | None) -> dict[str, str | None]:
        """Whose record it is where it names a lead itself."""
        return {"deal": number, "entity": "deal"} if _SORTS.get(sort or "") == "deal" else {}

    def no_owner(self, item: Item, **known: str | None) -> None:
        """A record of a customer or a list is none of ours; one that does not say whose it is is lost."""
        sort = text(item.data.get("entity_type"))
        if sort and sort not in _SORTS:
            what = _("records of {sort} belong to no deal and were left out")
            return self.rows.leave("activities", item, what.format(sort=sort))
        whose = self.named(sort, ident(item.data.get("entity_id")))
        what = _("this record does not say whose it is, a deal's or a contact's; it was left out")
        return self.rows.reject("activities", item, what, **whose, **known)

    def moment(self, item: Item, name: str) -> datetime | None:
        """A moment of the item; one that cannot be read is told."""
        return self.rows.read(item, item.data, name, self.clock.moment)

    def owner(self, sort: str | None, number: str | None, moment: datetime) -> Owner | None:
        """Whose deal a record of a lead, contact or company is; None for other things (customers, lists)."""
        entity = _SORTS.get(sort or "")
        if entity is None or number is None:
            return None
        return Owner("deal", number) if entity == "deal" else self.contacts.owner((entity, number), moment)


_SORTS = {
    "lead": "deal", "leads": "deal", "contact": "contact", "contacts": "contact",
    "company": "company", "companies": "company",
}  # fmt: skip


def open_account(records: Records, rows: PageRows, clock: Clock) -> Account:
    """Names and captions of all pages; the contacts are filled by the reader of leads."""
    statuses = {(where, number): name for where, number, name in _statuses(records)}
    types = dict(_field_types(records))
    return Account(
        records=records,
        rows=rows,
        clock=clock,
        users=IdNames(
            people(((ident(i.data.get("id")), text(i.data.get("name")), i) for i in records.of("users")), rows),
            no_employees(),
            "api/v4/users",
            rows,
        ),
        pipelines=IdNames(
            _names(records, "pipelines"),
            no_pipelines(),
            "api/v4/leads/pipelines",
            rows,
        ),
        captions=IdNames(
            dict(_captions(records)),
            no_fields(),
            "api/v4/leads/custom_fields",
            rows,
        ),
        statuses={("", number): name for (_where, number), name in statuses.items()} | statuses,
        unnamed=IdNames(
            {},
            no_stages(),
            "api/v4/leads/pipelines",
            rows,
        ),
        field_types=types,
        contacts=Contacts(),
        outcomes=Outcomes(OUTCOMES.get, rows),
        deals=frozenset(number for item in records.of("leads") if (number := ident(item.data.get("id")))),
    )


def _names(records: Records, kind: str) -> dict[str, str]:
    found = ((ident(item.data.get("id")), text(item.data.get("name"))) for item in records.of(kind))
    return {number: name for number, name in found if number and name}


def _statuses(records: Records) -> Iterator[tuple[str, str, str]]:
    """(pipeline, status, name) of the pages of pipelines and of statuses."""
    for item in records.of("pipelines"):
        for status in objects(mapping(item.data.get("_embedded")).get("statuses")):
            yield from _status(status, ident(item.data.get("id")))
    for item in records.of("statuses"):
        yield from _status(item.data, ident(item.data.get("pipeline_id")))


def _status(status: Json, pipeline: str | None) -> Iterator[tuple[str, str, str]]:
    number, name = ident(status.get("id")), text(status.get("name"))
    if number and name and pipeline:
        yield pipeline, number, name


def _lead_fields(records: Records) -> Iterator[Json]:
    for item in records.of("leads"):
        yield from objects(item.data.get("custom_fields_values"))


def _captions(records: Records) -> Iterator[tuple[str, str]]:
    """Captions by field, of the leads' own values and of the pages of fields."""
    for values in _lead_fields(records):
        number, name = ident(values.get("field_id")), text(values.get("field_name"))
        if number and name:
            yield number, name
    yield from _names(records, "custom_fields").items()


def _field_types(records: Records) -> Iterator[tuple[str, str]]:
    for values in _lead_fields(records):
        number, sort = ident(values.get("field_id")), text(values.get("field_type"))
        if number and sort:
            yield number, sort
    for item in records.of("custom_fields"):
        number, sort = ident(item.data.get("id")), text(item.data.get("type"))
        if number and sort:
            yield number, sort


def values_of(account: Account, entry: Json) -> str | None:
    """All values of one custom field of a lead or contact, as one text."""
    sort = text(entry.get("field_type"))
    return joined([account.value(sort, value.get("value")) for value in objects(entry.get("values"))])
