"""What guards the pages, as one ASGI middleware: host names, cross-site posts, body size, response headers.

* A browser can be tricked into reaching a loopback address under a foreign name (DNS rebinding): on loopback only
  the loopback's own names are answered.
* A post must come from our own pages: browsers say so in Sec-Fetch-Site, older ones in Origin. (Programs send
  neither; they hold no cookie worth stealing.)
* Webhooks are posted by platforms, under whatever name a proxy has for us: each of them checks a secret and the size
  of what it is sent by itself.
* Our public name, which a proxy in front of the loopback passes on, is answered to as well: who one is hangs on a code
  or a link there, never on where one sits. The page that takes files by a link counts their bytes by itself.
* Content Security Policy: nothing but our own files, nothing inline, no framing.
* Each response carries the number under which its request is found in the log.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import logs
from bot.desk import UPLOAD_PATH

WEBHOOKS = "/webhooks/"  # what every webhook's path begins with
ADMIN = "/quan-tri"  # what every path of the admin pages begins with
LARGEST_BODY = 64 * 1024  # bytes; a question is at most a few thousand
# Pages that take files, by what their path begins with, and the most bytes of one body: the files, what is around them.
UPLOADS = {"/hoi": 64 * 2**20, f"{ADMIN}/cong-bo": 64 * 2**20}
MOST_FILES = 300  # in one form; whoever takes fewer says so
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_TOO_LARGE = "Nội dung gửi lên quá lớn (mỗi lần tối đa {} MB). Anh/chị quay lại rồi gửi ít tệp hơn mỗi lần."
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Refuses what no page of ours would send, and sets the security headers of every response."""

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None, public: Collection[str] = ()) -> None:
        self._app = app
        self._hosts = hosts  # names this server answers to; None: any
        self._public = public  # further names, which a proxy passes on

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        with logs.answering() as number:
            await self._answer(number, scope, receive, send)

    async def _answer(self, number: str, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers["X-Request-Id"] = number
                long = scope["path"].startswith("/static/") and message["status"] == 200
                headers["Cache-Control"] = "public, max-age=31536000, immutable" if long else "no-store"
            await send(message)

        webhook = scope["path"].startswith(WEBHOOKS)
        refusal = None if webhook else self._refusal(scope["method"], scope["path"], Headers(scope=scope))
        await (refusal or self._app)(scope, receive, with_headers)

    def _refusal(self, method: str, path: str, headers: Headers) -> Response | None:
        if not self._answers(_host(headers.get("host", ""))):
            return PlainTextResponse("Địa chỉ này không được phục vụ.", 421)
        if method in _SAFE:
            return None
        if not _same_origin(headers, self._public):
            return PlainTextResponse("Yêu cầu đến từ trang khác nên bị từ chối.", 403)
        if path.startswith(UPLOAD_PATH):
            return None
        length = headers.get("content-length", "")
        if not length.isascii() or not length.isdecimal():  # a chunked body of unknown size
            return PlainTextResponse("Thiếu độ dài nội dung.", 411)
        if int(length) > _largest(path, headers):
            files = _largest(path, headers) > LARGEST_BODY
            says = _TOO_LARGE.format(_largest(path, headers) >> 20) if files else "Nội dung gửi lên quá dài."
            return PlainTextResponse(says, 413)
        return None

    def _answers(self, host: str | None) -> bool:
        return self._hosts is None or host in self._hosts or host in self._public


def _largest(path: str, headers: Headers) -> int:
    """Return how many bytes a body may have: files come as parts of a form only."""
    if not headers.get("content-type", "").startswith("multipart/form-data"):
        return LARGEST_BODY
    return next((most for begins, most in UPLOADS.items() if path.startswith(begins)), LARGEST_BODY)


def _host(header: str) -> str | None:
    try:
        return urlsplit(f"//{header}").hostname
    except ValueError:
        return None


def _same_origin(headers: Headers, public: Collection[str]) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None or urlsplit(origin).netloc == headers.get("host"):
        return True
    return _host(urlsplit(origin).netloc) in public  # a proxy that gives us another name than the browser had
