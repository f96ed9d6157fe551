"""Who one is on the page: the first at this machine may become the admin, and anybody may leave a browser.

Linking by a code is said in the chat, as on every channel.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.domain.messages import Reply
from bot.store import audit, people, seats
from bot.web import seat
from bot.web.site import Site
from knowledge.db import writing

_LONGEST_NAME = 100  # characters
_WELCOME = (
    "Chào anh/chị {}. Anh/chị là quản trị đầu tiên: từ nay người khác cần mã liên kết do anh/chị cấp. "
    "Gõ /capma để cấp mã, /giup để xem mọi việc quản trị làm được ngay ở đây."
)


def routes(site: Site) -> list[Route]:
    """Return what this module serves."""

    async def begin(request: Request) -> Response:
        async with request.form() as form:
            return await run_in_threadpool(_become_first_admin, site, request, form)

    def leave(request: Request) -> Response:
        return _leave(site, request)

    return [Route("/thiet-lap", begin, methods=["POST"]), Route("/thoat", leave, methods=["POST"])]


def _become_first_admin(site: Site, request: Request, form: FormData) -> Response:
    """Make whoever is at this machine the admin, while nobody is known; later nobody becomes it this way."""
    if not seat.at_this_machine(site, request):
        raise HTTPException(403)
    name = " ".join(str(form.get("name", "")).split())[:_LONGEST_NAME] or "Quản trị"
    token = seat.token_of(request) or seat.fresh_token()
    response = RedirectResponse("/", 303)
    if seat.talk(site, token, name).become_first_admin():
        site.turns.add(token, "", None, site.clock(), Reply(_WELCOME.format(name)))
        seat.remember(site, request, response, seat.rotated(site, token))
    return response


def _leave(site: Site, request: Request) -> Response:
    """Unlink the browser; what was said in it is shown no more."""
    token = seat.token_of(request)
    response = RedirectResponse("/", 303)
    if token is None:
        return response
    now = site.clock()
    with writing(site.service.engine) as session:
        person = people.person_of(session, seat.CHANNEL, token)
        if person is not None and people.unlink(session, seat.CHANNEL, token):
            entry = audit.Entry(now, person.id, person.name, "unlink", person.name, seat.CHANNEL)
            audit.write(session, entry)
        seats.forget_state(session, seat.CHANNEL, token)
    site.turns.end(token)
    seat.forget(site, request, response)
    return response
