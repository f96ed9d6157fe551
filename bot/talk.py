"""A conversation whose answer is waited for: somebody at this machine, through the same service as everybody.

The message is stored, processed and answered as on any channel, only by the caller itself and at once; another process
on the same database may be faster, which changes nothing.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.channels.base import Update
from bot.domain.messages import Incoming, IncomingKind, Reply
from bot.domain.people import Account, Role
from bot.service import Service
from bot.store import audit, inbox, outbox, people
from bot.worker import Clock
from knowledge.db import reading, writing

_LOOK = 0.05  # seconds between two looks at a message that another process works on, or that is tried again


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits."""

    channel: str  # "terminal"
    sender: str
    chat: str
    name: str  # as the machine calls them


class Talk:
    """The conversation of one seat."""

    def __init__(self, service: Service, seat: Seat, clock: Clock) -> None:
        self._service = service
        self._seat = seat
        self._clock = clock
        self._owner = f"talk-{uuid.uuid4().hex}"

    def become_first_admin(self) -> bool:
        """Make whoever sits here the admin while the office knows nobody; tells whether it did.

        Only for seats that are reached from this machine alone.
        """
        now, seat = self._clock(), self._seat
        with writing(self._service.engine, lock="first admin") as session:
            if people.anybody(session):
                return False
            person = people.add_person(session, seat.name, Role.ADMIN, None, now)
            people.link(session, person.id, Account(seat.channel, seat.sender, seat.chat, seat.name, now))
            audit.write(session, audit.Entry(now, person.id, person.name, "first-admin", person.name, seat.channel))
        return True

    def say(self, text: str) -> tuple[Reply, ...]:
        """Say one thing and return what is answered, with whatever else was waiting to be told."""
        seat, now = self._seat, self._clock()
        said = Incoming(seat.channel, seat.chat, seat.sender, IncomingKind.TEXT, text, now, display_name=seat.name)
        update_id = uuid.uuid4().hex
        self._service.store(seat.channel, [Update(update_id, b"", said)], now)
        while not self._process(self._clock(), update_id):
            time.sleep(_LOOK)
        return tuple(self._collect())

    def _process(self, now: datetime, update_id: str) -> bool:
        """Take one step of this seat's; tells whether the update is closed."""
        service, only = self._service, (self._seat.channel, self._seat.chat)
        with writing(service.engine) as session:
            inbox.release_expired(session, now)
            claims = inbox.claim(session, self._owner, now, service.lease, only=only)
        for claim in claims:
            decision = service.decide(claim, now)
            with writing(service.engine) as session:
                service.keep_apart(session, decision, self._clock())
        with reading(service.engine) as session:
            return inbox.closed(session, self._seat.channel, update_id)

    def _collect(self) -> Iterator[Reply]:
        service, only = self._service, (self._seat.channel, self._seat.chat)
        while True:
            now = self._clock()
            with writing(service.engine) as session:
                outbox.release_expired(session, now)
                parcels = outbox.claim(session, self._owner, [only[0]], now, service.lease, only=only)
                for parcel in parcels:
                    outbox.sent(session, parcel, now)
            if not parcels:
                return
            yield from (parcel.outgoing.reply for parcel in parcels)
