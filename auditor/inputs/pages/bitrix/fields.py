"""Bitrix24's own fields of a company: captions, and values as the portal shows them."""

import re
from dataclasses import dataclass

from auditor.inputs.pages.names import IdNames
from auditor.inputs.pages.records import Records
from auditor.inputs.pages.source import Item
from auditor.inputs.pages.values import NO, YES, Clock, Json, ident, joined, mapping, objects, text
from auditor.inputs.tables import FIELD

OWN = {"COMMENTS": "Комментарий", "SOURCE_DESCRIPTION": "Дополнительно об источнике"}
"""Captions of fields that every portal has and the canonical tables have not."""
_MIDNIGHT = re.compile(r"\d{4}-\d\d-\d\dT00:00:00.*")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")


@dataclass(frozen=True)
class Fields:
    """Captions, types and the words of lists, by the field's code (UF_CRM_…)."""

    captions: dict[str, str]
    sorts: dict[str, str]
    words: dict[str, dict[str, str]]
    clock: Clock
    users: IdNames

    @classmethod
    def of(cls, records: Records, clock: Clock, users: IdNames) -> "Fields":
        """From the answers of crm.deal.fields, crm.lead.fields and crm.….userfield.list."""
        described: dict[str, Json] = {}
        for item in records.of("fields"):
            described |= {code: mapping(field) for code, field in item.data.items()}
        for item in records.of("userfields"):
            if code := text(item.data.get("FIELD_NAME")):
                described[code] = item.data
        captions = {code: caption for code, field in described.items() if (caption := _caption(field, code))}
        sorts = {code: text(field.get("type", field.get("USER_TYPE_ID"))) or "" for code, field in described.items()}
        words = {code: _words(field) for code, field in described.items()}
        return cls(captions, sorts, words, clock, users)

    def columns(self, item: Item) -> dict[str, str | None]:
        """The company's own fields of a deal or lead, as `field:<caption>` columns."""
        return {
            FIELD + self._title(code): self._value(code, value, item)
            for code, value in item.data.items()
            if code.startswith(("UF_", "UTM_")) or code in OWN
        }

    def _title(self, code: str) -> str:
        return OWN.get(code) or self.captions.get(code) or text(code) or "?"

    def _value(self, code: str, value: object, item: Item) -> str | None:
        if isinstance(value, list):
            return joined([self._value(code, entry, item) for entry in value if not isinstance(entry, list)])
        if isinstance(value, dict):
            return text(value.get("name")) or text(value.get("VALUE")) or text(value.get("id"))
        sort = self.sorts.get(code, "")
        if sort == "boolean":
            return {"1": YES, "Y": YES, "True": YES, YES: YES, "0": NO, "N": NO, NO: NO}.get(text(value) or "")
        if sort == "employee":
            return self.users.of(value, item)
        return self.words.get(code, {}).get(ident(value) or "") or self._written(sort, text(value))

    def _written(self, sort: str, value: str | None) -> str | None:
        """Days and moments as the portal shows them; sums without their currency."""
        if value is None:
            return None
        if money := re.fullmatch(r"(-?\d+(?:\.\d+)?)\|[A-Z]{3}", value):
            return money[1]
        if _MIDNIGHT.fullmatch(value) or (sort == "date" and _MOMENT.fullmatch(value)):
            return self.clock.day(value[:10])
        return self.clock.minute(value) if _MOMENT.fullmatch(value) else value


def _caption(field: Json, code: str) -> str | None:
    """What the portal calls the field; a code that only repeats itself is no caption."""
    names = (
        "formLabel",
        "listLabel",
        "filterLabel",
        "EDIT_FORM_LABEL",
        "LIST_COLUMN_LABEL",
        "LIST_FILTER_LABEL",
        "title",
    )
    for name in names:
        label = field.get(name)
        label = label.get("ru") or next(iter(label.values()), None) if isinstance(label, dict) else label
        if (found := text(label)) and found != code:
            return found
    return None


def _words(field: Json) -> dict[str, str]:
    """The values of a list by their ids."""
    entries = objects(field.get("items")) or objects(field.get("LIST"))
    pairs = ((ident(entry.get("ID")), text(entry.get("VALUE"))) for entry in entries)
    return {number: value for number, value in pairs if number and value}
