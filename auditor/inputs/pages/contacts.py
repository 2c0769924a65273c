"""What hangs on a contact or a company belongs to the deal that was open with it at that moment."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

BEFORE = timedelta(days=1)
"""So long before its creation a deal takes its contact's calls: the call that made the deal comes before it."""


@dataclass(frozen=True)
class Owner:
    """Where an activity belongs: a deal, or none but a contact's name and phone."""

    entity: str | None = None
    deal: str | None = None
    contact: str | None = None
    phone: str | None = None

    def columns(self) -> dict[str, str | None]:
        return {"deal": self.deal, "entity": self.entity, "contact": self.contact, "phone": self.phone}


@dataclass(frozen=True)
class Client:
    """A contact or a company as its page tells it."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class _Life:
    created: datetime
    closed: datetime | None
    entity: str
    deal: str


@dataclass
class Contacts:
    """Contacts and companies by (sort, id), and the deals of each."""

    clients: dict[tuple[str, str], Client] = field(default_factory=dict)
    _lives: dict[tuple[str, str], dict[tuple[str, str], _Life]] = field(default_factory=dict)

    def link(self, client: tuple[str, str], entity: str, deal: str, created: datetime, closed: datetime | None) -> None:
        """Say that the deal was this client's from `created` until `closed` (None: still open)."""
        self._lives.setdefault(client, {})[entity, deal] = _Life(created, closed, entity, deal)

    def owner(self, client: tuple[str, str], moment: datetime) -> Owner:
        """The deal open at that moment, the latest created of several; none open: one created within a day after."""
        lives = self._lives.get(client, {}).values()
        open_then = [
            life for life in lives if life.created <= moment and (life.closed is None or moment <= life.closed)
        ]
        soon = [life for life in lives if moment < life.created <= moment + BEFORE]
        if open_then:
            found = max(open_then, key=lambda life: life.created)
        elif soon:
            found = min(soon, key=lambda life: life.created)
        else:
            known = self.clients.get(client, Client())
            return Owner(contact=known.name or client[1], phone=known.phone)
        return Owner(found.entity, found.deal)
