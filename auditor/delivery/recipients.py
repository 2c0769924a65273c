"""Who is told: people of the settings and addresses, by which way, and of whose duties."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.config.delivery import HEADS, MANAGERS, Channel, Delivery
from auditor.config.models import Person
from auditor.config.read import WAYS
from auditor.i18n import _
from auditor.log.roles import role_of
from auditor.spelling import folded
from auditor.terms import Role


class Audience(StrEnum):
    """Of whose duties somebody is told; in the order in which they are."""

    OWN = "own"
    DEPARTMENT = "department"
    ALL = "all"


AUDIENCES = tuple(Audience)


@dataclass(frozen=True)
class Recipient:
    """`name`: a person of the settings, or an address; `address`: a mail address, or the number of a user or chat."""

    name: str
    channel: str
    address: str
    audience: Audience
    department: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({channel_words(self.channel)})"


def channel_words(channel: str) -> str:
    names = {"mail": _("mail"), "bitrix24": _("Bitrix24"), "telegram": "Telegram", "max": "MAX"}
    return names.get(channel, channel)


def reaches_people(delivery: Delivery) -> bool:
    """Whether there is any way to anybody."""
    return any(getattr(delivery, way) for way in WAYS)


def recipients_of(
    delivery: Delivery, people: Mapping[str, Person], departments: Mapping[str, str], today: date
) -> list[Recipient]:
    """Everybody once by each way, with the widest of what is his to see; who is told everything comes last. Who left
    before today is told nothing. `departments`: what the exports say, by folded name."""
    staying = {name: person for name, person in people.items() if person.until is None or person.until >= today}
    found: dict[tuple[str, str], Recipient] = {}
    for way in WAYS:
        if channel := getattr(delivery, way):
            for each in _of_channel(way, channel, people, staying, departments):
                found[way, each.address] = max(found.get((way, each.address), each), each, key=_width)
    return sorted(found.values(), key=_width)


def _width(recipient: Recipient) -> int:
    return AUDIENCES.index(recipient.audience)


def _of_channel(
    way: str, channel: Channel, people: Mapping[str, Person], staying: Mapping[str, Person],
    departments: Mapping[str, str],
) -> Iterator[Recipient]:  # fmt: skip
    reached = {name: str(address) for name, person in staying.items() if (address := getattr(person, WAYS[way]))}
    for named in channel.to:
        if named == MANAGERS:
            yield from (Recipient(name, way, address, Audience.OWN) for name, address in reached.items())
        elif named == HEADS:
            yield from _heads(way, reached, people, departments)
        elif named not in people:
            yield Recipient(named, way, named, Audience.ALL)
        elif named in reached:
            yield Recipient(named, way, reached[named], Audience.ALL)


def _heads(
    way: str, reached: Mapping[str, str], people: Mapping[str, Person], departments: Mapping[str, str]
) -> Iterator[Recipient]:
    """Each head of a department with its name; a head without one stands over all."""
    for name, address in reached.items():
        if role_of(people[name].role) == Role.HEAD:
            department = people[name].department or departments.get(folded(name), "")
            yield Recipient(name, way, address, Audience.DEPARTMENT if department else Audience.ALL, department)


def who_hear_of_faults(recipients: Iterable[Recipient]) -> frozenset[Recipient]:
    """Whoever is told everything; the heads where there is nobody such."""
    found = list(recipients)
    widest = Audience.ALL if any(each.audience == Audience.ALL for each in found) else Audience.DEPARTMENT
    return frozenset(each for each in found if each.audience == widest)
