"""The door of the admin pages: the one-time link, signing out.

Looking at a link does not use it up: messengers look at every link to show a preview. Its page has a button that does.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.desk import LOGIN_PATH
from bot.web import door
from bot.web.pages.admin.frame import outside
from bot.web.security import ADMIN
from bot.web.site import Site

_GONE = (
    "Liên kết này không còn dùng được",
    "Liên kết đăng nhập chỉ dùng một lần, trong 10 phút. Anh/chị quay lại cuộc trò chuyện, gõ /quantri để lấy liên kết "
    "mới.",
)
_LEFT = ("Anh/chị đã đăng xuất", "Muốn vào lại, anh/chị gõ /quantri trong cuộc trò chuyện với trợ lý.")


def routes(site: Site) -> list[BaseRoute]:
    """Return what this module serves."""

    def page(request: Request) -> Response:
        person = door.owner(site, request.path_params["token"])
        if person is None:
            return outside(site, request, _GONE, 410)
        return site.render(request, "admin/enter.html", documents=0, person=person)

    def enter(request: Request) -> Response:
        token = door.enter(site, request, request.path_params["token"])
        if token is None:
            return outside(site, request, _GONE, 410)
        response = RedirectResponse(ADMIN, 303)
        door.remember(site, request, response, token)
        return response

    async def leave(request: Request) -> Response:
        async with request.form() as form:
            return _leave(site, request, form.get("csrf"))

    return [
        Route(f"{LOGIN_PATH}{{token:str}}", page),
        Route(f"{LOGIN_PATH}{{token:str}}", enter, methods=["POST"]),
        Route(f"{ADMIN}/dang-xuat", leave, methods=["POST"]),
        Route(f"{ADMIN}/da-dang-xuat", lambda request: outside(site, request, _LEFT, 200)),
    ]


def _leave(site: Site, request: Request, csrf: object) -> Response:
    who = door.signed_in(site, request)
    response = RedirectResponse(f"{ADMIN}/da-dang-xuat", 303)
    if who is not None and door.from_our_form(who, csrf):
        door.leave(site, who)
        door.forget(site, request, response)
    return response
