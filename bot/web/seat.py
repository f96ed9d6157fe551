"""Whoever sits at the page: known by the random token of a cookie, which is their chat and account on channel "web".

The token comes with the first thing they say and changes when they link, so that one learned or planted before is worth
nothing afterwards. What they are told is kept as turns in the transaction that marks it delivered: a reload, a restart
or another tab shows the same. Knows nothing of how pages look.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from bot.card import Card
from bot.dialogues.ask import answer_text
from bot.dialogues.report.interrupting import ABOUT
from bot.dialogues.state import State
from bot.domain.messages import Choice, Incoming, IncomingKind, Reply
from bot.domain.people import Action, Person, Unit, may
from bot.store import conversations, people, seats, turns
from bot.store.outbox import Parcel
from bot.talk import Seat, Talk
from bot.web.security import LOOPBACK
from bot.web.site import Site
from knowledge.db import reading, writing

CHANNEL = "web"
COOKIE = "tdkt_conversation"
_TOKEN = re.compile(r"[\w-]{22}", re.ASCII)
_MONTH = 30 * 24 * 3600  # seconds
_UNFOLDED = frozenset({"others", "elsewhere"})  # choices that a card on the page holds already
_UNDER_ANSWERS = _UNFOLDED | {"section"}
_PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at the page, as the program knows them now."""

    token: str | None  # None: nothing was said from this browser yet
    person: Person | None
    unit: Unit | None
    state: State
    first: bool  # nobody is known yet, and whoever is here may become the first admin
    # Behind a proxy of this machine, and nobody is known: the service would take them for somebody who sits here.
    astray: bool
    may_ask: bool

    @property
    def manages(self) -> bool:
        """Whether the admin pages are open to them."""
        return may(self.person, Action.READ_ALL_REPORTS)


def visitor(site: Site, request: Request) -> Visitor:
    """Return who makes this request."""
    token = token_of(request)
    with reading(site.service.engine) as session:
        person = people.person_of(session, CHANNEL, token) if token else None
        unit = people.unit(session, person.unit) if person else None
        state = conversations.load(session, CHANNEL, token).state if token else State()
        unknown = person is None and site.local and not people.anybody(session)
    first = unknown and at_this_machine(site, request)
    asks = may(person, Action.ASK, strangers_may_ask=site.service.rules.strangers_may_ask)
    return Visitor(token, person, unit, state, first, unknown and not first, asks or first)


def may_read(site: Site, request: Request) -> bool:
    """Tell whether the documents are for whoever makes this request."""
    return visitor(site, request).may_ask


def at_this_machine(site: Site, request: Request) -> bool:
    """Tell whether the browser runs on this machine, as far as that can be told.

    A proxy on the same machine reaches a loopback address too; then headers or the page's origin give it away.
    """
    if not site.local or any(name in request.headers for name in _PROXIED):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).hostname in LOOPBACK


def token_of(request: Request) -> str | None:
    """Return the token of the browser, None where it has none of ours."""
    token = request.cookies.get(COOKIE, "")
    return token if _TOKEN.fullmatch(token) else None


def fresh_token() -> str:
    """Return a new unguessable token."""
    return secrets.token_urlsafe(16)


def remember(site: Site, request: Request, response: Response, token: str) -> None:
    """Give the browser its token, for another month."""
    response.set_cookie(COOKIE, token, max_age=_MONTH, httponly=True, samesite="lax", secure=site.secure(request))


def forget(site: Site, request: Request, response: Response) -> None:
    """Take the token from the browser."""
    response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=site.secure(request))


def talk(site: Site, token: str, name: str = "") -> Talk:
    """Return the conversation of a browser."""
    return Talk(site.service, Seat(CHANNEL, token, token, name), site.clock, _keep)


def known(site: Site, token: str) -> bool:
    """Tell whether a browser is linked with somebody."""
    with reading(site.service.engine) as session:
        return people.person_of(session, CHANNEL, token) is not None


def rotated(site: Site, token: str) -> str:
    """Give everything of a browser a new token and return it."""
    fresh = fresh_token()
    with writing(site.service.engine) as session:
        seats.rename(session, CHANNEL, token, fresh)
    return fresh


def _keep(session: Session, parcel: Parcel, now: datetime) -> None:
    """Keep one reply as a turn."""
    chat, reply = parcel.outgoing.chat, parcel.outgoing.reply
    message = seats.answered_by(session, parcel.id)
    question = ""
    if message is not None and not turns.answered(session, chat, message[0]):
        question = _said(session, message[1])
    card = conversations.load(session, CHANNEL, chat).state.card
    told = answer_text(card) if card else ""
    if not told or not reply.text.startswith(told):
        card = None
    turns.keep(
        session,
        chat,
        question,
        card,
        _beside(reply, card, told),
        now,
        choices_turn=parcel.outgoing.turn,
        inbox_id=message[0] if message else None,
    )


def _beside(reply: Reply, card: Card | None, told: str) -> Reply:
    """Return what is shown besides `card`, which says `told`; without one, what stands under the card before it."""
    if card is None:
        repeated = bool(reply.choices) and {choice.key for choice in reply.choices} <= _UNDER_ANSWERS
        return replace(reply, choices=() if repeated else _folded(reply.choices))
    return replace(reply, text=reply.text[len(told) :].strip(), choices=_folded(reply.choices))


def _folded(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return `choices` without those of what a card unfolds; in mid-report they begin with a mark of their own."""
    return tuple(one for one in choices if one.key.removeprefix(ABOUT) not in _UNFOLDED)


def _said(session: Session, incoming: Incoming) -> str:
    """Return what somebody did, as their side of the conversation shows it."""
    if incoming.kind is IncomingKind.TAP:
        return turns.label(session, incoming.chat, incoming.turn, incoming.choice or "") or "(một lựa chọn cũ)"
    names = [f"Tệp: {one.name}" for one in incoming.attachments]
    return "\n".join([*names, incoming.text] if incoming.text else names)
