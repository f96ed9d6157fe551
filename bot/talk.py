"""A conversation whose answer is waited for: at this machine or on the web page, through the same service as all.

The message is stored, processed and answered as on any channel, only by the caller itself and at once; another process
on the same database may be faster, which changes nothing.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.channels.base import Update
from bot.domain.messages import Attachment, Incoming, IncomingKind, Reply
from bot.domain.people import Account, Role
from bot.service import Service
from bot.store import audit, inbox, outbox, people, seats
from bot.store.outbox import Parcel
from bot.worker import Clock
from knowledge.db import reading, writing

_LOOK = 0.05  # seconds between two looks at a message that another process works on, or that is tried again
_LONGEST_LOOK = 0.5

Keep = Callable[[Session, Parcel, datetime], None]


class StillWorking(Exception):
    """The message is stored and will be answered, only not within the time that was waited."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits."""

    channel: str  # "terminal", "web"
    sender: str
    chat: str
    name: str  # as the machine calls them; "" where it does not


class Talk:
    """The conversation of one seat."""

    def __init__(self, service: Service, seat: Seat, clock: Clock, keep: Keep | None = None) -> None:
        self._service = service
        self._seat = seat
        self._clock = clock
        self._keep = keep  # keeps a reply for showing it again, in the transaction that marks it delivered
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
        return self.send(IncomingKind.TEXT, text)

    def send(
        self,
        kind: IncomingKind,
        text: str = "",
        *,
        choice: str | None = None,
        turn: int | None = None,
        attachments: Sequence[Attachment] = (),
        patience: float | None = None,  # seconds; None: as long as it takes
    ) -> tuple[Reply, ...]:
        """Do anything a channel knows and return what is answered; StillWorking when `patience` is over before."""
        seat, now = self._seat, self._clock()
        done = Incoming(
            channel=seat.channel,
            chat=seat.chat,
            sender=seat.sender,
            kind=kind,
            text=text,
            sent_at=now,
            choice=choice,
            turn=turn,
            attachments=tuple(attachments),
            display_name=seat.name,
        )
        update_id = uuid.uuid4().hex
        self._service.store(seat.channel, [Update(update_id, b"", done)], now)
        give_up = None if patience is None else time.monotonic() + patience
        pause = _LOOK
        while not self._process(self._clock(), update_id):
            if give_up is not None and time.monotonic() > give_up:
                raise StillWorking
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_LOOK)
        return self.hear()

    def hear(self) -> tuple[Reply, ...]:
        """Return what was waiting to be told."""
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
                service.keep_apart(session, [decision], self._clock())
        with reading(service.engine) as session:
            return inbox.closed(session, self._seat.channel, update_id)

    def _collect(self) -> Iterator[Reply]:
        service, only = self._service, (self._seat.channel, self._seat.chat)
        while True:
            now = self._clock()
            with reading(service.engine) as session:  # a web page asks every few seconds: no write lock for nothing
                if not seats.anything_to_tell(session, *only):
                    return
            with writing(service.engine) as session:
                outbox.release_expired(session, now)
                parcels = outbox.claim(session, self._owner, [only[0]], now, service.lease, only=only)
                for parcel in parcels:
                    if self._keep is not None:
                        self._keep(session, parcel, now)
                outbox.sent(session, parcels, now)
            if not parcels:
                return
            yield from (parcel.outgoing.reply for parcel in parcels)
