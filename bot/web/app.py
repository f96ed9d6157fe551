"""The pages put together: routes, static files, guard, error pages."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext

from starlette.applications import Starlette
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot import logs
from bot.web.pages import admin, calendar, chat, documents, files, identity, pictures, reader, vitals
from bot.web.security import Guard
from bot.web.site import STATIC, Site

_LOG = logging.getLogger(__name__)


class _RowNumber(IntegerConvertor):
    """The numbers in addresses of pages: longer ones, which no row has, lead nowhere."""

    regex = "[0-9]{1,9}"


register_url_convertor("int", _RowNumber())
_ERRORS = {
    403: ("Không làm được từ đây", "Việc này chỉ làm được trên chính máy đang chạy trợ lý. Anh/chị xin mã liên kết."),
    404: ("Không tìm thấy trang này", "Địa chỉ có thể đã thay đổi. Anh/chị quay lại trang hỏi đáp để tiếp tục."),
    405: ("Không dùng được cách này", "Anh/chị quay lại trang hỏi đáp để tiếp tục."),
    410: (
        "Văn bản này không còn trong chỉ mục",
        "Văn bản đã được thay bằng bản mới hoặc gỡ bỏ. Anh/chị hỏi lại để có câu trả lời theo bản hiện hành.",
    ),
    500: ("Có lỗi ngoài dự kiến", "Chương trình vẫn chạy. Anh/chị thử lại; nếu vẫn lỗi, báo cho người phụ trách."),
}


Running = Callable[[], AbstractAsyncContextManager[None]]


def create_app(
    site: Site,
    hosts: Collection[str] | None,
    others: Sequence[BaseRoute] = (),
    beside: Running | None = None,
    public: Collection[str] = (),
) -> ASGIApp:
    """Return the application.

    `hosts` are the names it answers to, None for any; `public` the further ones that a proxy passes on. `others` are
    routes beside the pages, webhooks say; `beside` runs as long as the application does.
    """
    routes: list[BaseRoute] = [
        *others,
        *chat.routes(site),
        *identity.routes(site),
        *files.routes(site),
        *calendar.routes(site),
        *documents.routes(site),
        *reader.routes(site),
        *pictures.routes(site),
        *admin.routes(site),
        *vitals.routes(site, public),
        Mount("/static", StaticFiles(directory=STATIC), name="static"),
    ]

    say = _saying(site)
    handlers = {HTTPException: say, Exception: say}
    pages = Starlette(routes=routes, exception_handlers=handlers, lifespan=_lasting(beside))
    return Guard(pages, hosts, public)  # around everything: a middleware of Starlette's would miss its own error page


def _lasting(beside: Running | None) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """Return what lasts as long as the application: what runs beside the pages."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with beside() if beside else nullcontext():
            yield

    return lifespan


def _saying(site: Site) -> Callable[[Request, Exception], Response]:
    """Return what answers where a page fails: a page of ours, with the number under which the log tells of it."""

    def say(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        title, advice = _ERRORS.get(status, _ERRORS[500])
        if status == 500:
            _LOG.error("a page failed", exc_info=error)
            advice = f"{advice} Mã của lỗi này trong nhật ký: {logs.request()}."
        return site.render(request, "error.html", status=status, title=title, advice=advice, documents=0)

    return say
