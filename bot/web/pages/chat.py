"""The chat: one conversation, one question at a time, a thumb for each answer.

A conversation is the random token of a cookie, set with the first question; what was said stands in the database, so
that a reload or a restart of the server loses nothing.
"""

from __future__ import annotations

import re
import secrets

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.asking import FOLLOWED_TURNS, check_question
from bot.card import lay_out
from bot.errors import UsageError
from bot.store.turns import Turn
from bot.web.site import Site, wants_fragment

COOKIE = "tdkt_conversation"
_TOKEN = re.compile(r"[\w-]{22}", re.ASCII)
_MONTH = 30 * 24 * 3600  # seconds
_SHOWN_TURNS = 50  # of a long conversation the newest; the earlier ones stay in the database


def routes(site: Site) -> list[Route]:
    """Return what this module serves."""

    def page(request: Request) -> Response:
        return _page(site, request)

    async def ask(request: Request) -> Response:
        asked = str((await request.form()).get("q", ""))
        return await run_in_threadpool(_ask, site, request, asked)

    async def rate(request: Request) -> Response:
        helpful = (await request.form()).get("helpful")
        return await run_in_threadpool(_rate, site, request, helpful)

    return [
        Route("/", page),
        Route("/hoi", ask, methods=["POST"]),
        Route("/danh-gia/{turn:int}", rate, methods=["POST"]),
        Route("/moi", _start_anew, methods=["POST"]),
    ]


def _page(site: Site, request: Request, *, status: int = 200, error: str = "", asked: str = "") -> Response:
    library = site.source.current()
    conversation = _conversation(request)
    turns = site.turns.last(conversation, _SHOWN_TURNS) if conversation else ()
    return site.render(
        request,
        "chat.html",
        status=status,
        turns=turns,
        examples=library.examples(site.clock()) if library and not turns else (),
        documents=len(library.cards) if library else 0,
        error=error,
        asked=asked,
    )


def _ask(site: Site, request: Request, asked: str) -> Response:
    try:
        question = check_question(asked)
    except UsageError as error:
        return _say_wrong(site, request, str(error), asked)
    library = site.source.current()
    if library is None:
        return _say_wrong(site, request, "Chưa có văn bản nào được lập chỉ mục nên chưa trả lời được.", asked)
    conversation = _conversation(request) or secrets.token_urlsafe(16)
    previous = [turn.question for turn in site.turns.last(conversation, FOLLOWED_TURNS)]
    now = site.clock()
    card = lay_out(library.ask(question, previous, now=now), library.cards)
    turn = site.turns.add(conversation, question, card, now)
    if wants_fragment(request):
        response = site.render(request, "_turn.html", turn=turn)
    else:
        response = RedirectResponse(f"/#luot-{turn.id}", 303)
    response.set_cookie(COOKIE, conversation, max_age=_MONTH, httponly=True, samesite="lax")
    return response


def _say_wrong(site: Site, request: Request, error: str, asked: str) -> Response:
    """Answer a question that cannot be asked: under the field, keeping what was typed."""
    if not wants_fragment(request):
        return _page(site, request, status=422, error=error, asked=asked)
    response = site.render(request, "_error.html", status=422, error=error)
    response.headers["HX-Retarget"] = "#loi"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def _rate(site: Site, request: Request, helpful: object) -> Response:
    conversation = _conversation(request)
    if helpful not in ("1", "0") or conversation is None:
        raise HTTPException(404)
    turn = site.turns.rate(conversation, request.path_params["turn"], helpful == "1", site.clock())
    if turn is None:
        raise HTTPException(404)
    return _rated(site, request, turn)


def _rated(site: Site, request: Request, turn: Turn) -> Response:
    if wants_fragment(request):
        return site.render(request, "_feedback.html", turn=turn, thanks=True)
    return RedirectResponse(f"/#luot-{turn.id}", 303)


def _start_anew(request: Request) -> Response:
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return response


def _conversation(request: Request) -> str | None:
    token = request.cookies.get(COOKIE, "")
    return token if _TOKEN.fullmatch(token) else None
