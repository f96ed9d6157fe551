"""Who is at the admin pages: by the cookie of a session that a one-time link began, or by the seat of the web chat.

A session's cookie is for these pages alone and for no request that another site began (SameSite=Strict). Rights are the
person's at each request, not those of when the session began. Every form carries a token derived from the cookie, which
another site cannot know. Knows nothing of how pages look.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from bot.domain.people import Action, Person, Unit, may
from bot.store import audit, logins, people
from bot.store.logins import WebSession
from bot.web import seat
from bot.web.security import ADMIN
from bot.web.site import Site
from knowledge.db import reading, writing

COOKIE = "tdkt_quan_tri"
AREA = Action.READ_ALL_REPORTS  # what any of the pages needs, besides what it needs itself
_TOKEN = re.compile(r"[\w-]{32}", re.ASCII)
# As browsers name themselves; the first that fits, since Edge says Chrome and Chrome says Safari.
_BROWSERS = (("Edg", "Edge"), ("coc_coc", "Cốc Cốc"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"))
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody at the admin pages."""

    person: Person
    unit: Unit | None
    csrf: str  # what their forms must carry
    session: WebSession | None  # None: known by the seat of the web chat


def signed_in(site: Site, request: Request) -> SignedIn | None:
    """Return who makes this request; None: nobody we know."""
    now, token = site.clock(), request.cookies.get(COOKIE, "")
    session = _session(site, token, now) if _TOKEN.fullmatch(token) else None
    chair = seat.token_of(request)
    with reading(site.service.engine) as rows:
        if session is not None:
            person = people.person(rows, session.person_id)
        else:
            token, person = chair or "", people.person_of(rows, seat.CHANNEL, chair) if chair else None
        unit = people.unit(rows, person.unit) if person else None
    if person is None or not person.active:
        return None
    return SignedIn(person, unit, _csrf(token), session)


def _session(site: Site, token: str, now: datetime) -> WebSession | None:
    with reading(site.service.engine) as rows:
        session = logins.session_of(rows, token, now)
    if session is not None and logins.needs_note(session, now):
        with writing(site.service.engine) as rows:
            logins.seen(rows, session.id, now)
    return session


def owner(site: Site, token: str) -> Person | None:
    """Return whom a link would sign in, without using it up; None: it is worth nothing, or the person may not."""
    with reading(site.service.engine) as rows:
        person_id = logins.look_up(rows, token, site.clock())
        person = people.person(rows, person_id) if person_id is not None else None
    return person if may(person, AREA) else None


def enter(site: Site, request: Request, token: str) -> str | None:
    """Use up a link and begin a session; returns the token of its cookie, None where the link is worth nothing."""
    person, now, fresh = owner(site, token), site.clock(), secrets.token_urlsafe(24)
    if person is None:
        return None
    with writing(site.service.engine) as rows:
        if not logins.take(rows, token, now):
            return None
        browser = _browser(request.headers.get("user-agent", ""))
        logins.begin(rows, fresh, person.id, browser, now)
        audit.write(rows, audit.Entry(now, person.id, person.name, "login", person.name, browser))
    return fresh


def leave(site: Site, who: SignedIn) -> None:
    """End the session of whoever makes this request."""
    if who.session is None:
        return
    with writing(site.service.engine) as rows:
        if logins.end(rows, who.session.id):
            audit.write(rows, audit.Entry(site.clock(), who.person.id, who.person.name, "logout", who.person.name))


def end_one(site: Site, by: SignedIn, person: Person, session_id: int) -> None:
    """End one session of a person, for whoever looks after people."""
    with writing(site.service.engine) as rows:
        theirs = any(one.id == session_id and one.person_id == person.id for one in logins.sessions(rows, site.clock()))
        if theirs and logins.end(rows, session_id):
            audit.write(rows, _ended(site, by, person))


def end_all(site: Site, by: SignedIn, person: Person) -> None:
    """End every session of a person who may see these pages no more."""
    with writing(site.service.engine) as rows:
        if logins.end_all(rows, person.id):
            audit.write(rows, _ended(site, by, person))


def _ended(site: Site, by: SignedIn, person: Person) -> audit.Entry:
    return audit.Entry(site.clock(), by.person.id, by.person.name, "session-ended", person.name)


def remember(site: Site, request: Request, response: Response, token: str) -> None:
    """Give the browser its token; it ends with the browser, and earlier with the session."""
    response.set_cookie(COOKIE, token, path=ADMIN, httponly=True, samesite="strict", secure=site.secure(request))


def forget(site: Site, request: Request, response: Response) -> None:
    """Take the token from the browser."""
    response.delete_cookie(COOKIE, path=ADMIN, httponly=True, samesite="strict", secure=site.secure(request))


def from_our_form(who: SignedIn, given: object) -> bool:
    """Tell whether a form carries the token of whoever sends it."""
    return isinstance(given, str) and hmac.compare_digest(given.encode(), who.csrf.encode())


def _csrf(token: str) -> str:
    return hmac.new(token.encode(), b"quan-tri", hashlib.sha256).hexdigest()[:32]


def _browser(agent: str) -> str:
    """Return "Firefox, Windows" for what a browser says of itself."""
    name = next((name for mark, name in _BROWSERS if mark in agent), "Safari" if "Safari/" in agent else "Trình duyệt")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "Linux" if "Linux" in agent else "")
    return f"{name}, {system}" if system else name
