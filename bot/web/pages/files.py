"""Files that were given with a reply, for whoever was given them."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web import seat
from bot.web.site import Site


def routes(site: Site) -> list[Route]:
    """Return what this module serves."""

    def page(request: Request) -> Response:
        token = seat.token_of(request)
        turn = site.turns.one(token, request.path_params["turn"]) if token else None
        if turn is None or turn.reply.file is None:
            raise HTTPException(404)
        file = turn.reply.file
        try:
            content = site.files.read(file.sha256)
        except FileNotFoundError as error:
            raise HTTPException(404) from error
        # Always saved, never shown in the page's own origin.
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"}
        return Response(content, media_type=file.mime, headers=headers)

    return [Route("/tep/{turn:int}", page)]
