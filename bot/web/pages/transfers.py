"""Pages for people who chat where no files travel: one takes files for a chat, once; the other gives a file out.

Both are reached from outside by whoever holds the link, without an account and without JavaScript. Looking at the
upload page does not use it up: messengers look at every link to show a preview.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bot.desk import UPLOAD_PATH
from bot.dialogues.office import CHANNEL_NAMES
from bot.domain import attachments
from bot.store.uploads import Link
from bot.transfers import DOWNLOAD_PATH, Transfers
from bot.web.site import Site

_LARGEST = attachments.MAX_FILES * attachments.MAX_BYTES + 2**20  # bytes of one form: the files and what is around
_PATIENCE = 2**30  # bytes read and dropped of a form that is too large: a browser hears no answer before it sent all
_PARTS = 100  # of a form

_NOTHING = "Anh/chị chưa chọn tệp nào. Anh/chị chọn tệp rồi bấm “Gửi tệp”."
_TOO_LARGE = f"Các tệp nặng quá {_LARGEST // 2**20} MB. Anh/chị gửi ít tệp hơn, hoặc nén lại."
_BROKEN = "Các tệp chưa đến trọn vẹn. Anh/chị kiểm tra kết nối mạng rồi gửi lại."
_NO_ROOM = "Máy chủ chưa lưu được tệp. Anh/chị thử lại sau ít phút; nếu vẫn lỗi, báo cho người quản trị."

log = logging.getLogger(__name__)


class _TooLarge(MultiPartException):
    """The form is over the limit; of the parser's own kind, so that it closes the files it has begun."""


def routes(site: Site, transfers: Transfers, wake: Callable[[], None]) -> list[Route]:
    """Return what this module serves; `wake` says that there is something in the inbox."""

    def form(request: Request) -> Response:
        link = transfers.upload(request.path_params["token"])
        return _gone(site, request) if link is None else _form(site, request, link)

    async def send(request: Request) -> Response:
        token = request.path_params["token"]
        link = await run_in_threadpool(transfers.upload, token)
        if link is None:  # before a single byte is read
            return _gone(site, request)
        files: list[UploadFile] = []
        try:
            files = await _received(request)
            return await run_in_threadpool(_send, site, request, transfers, link, files)
        except _TooLarge:
            return _form(site, request, link, [_TOO_LARGE], 413)
        except (MultiPartException, ClientDisconnect):
            return _form(site, request, link, [_BROKEN], 400)
        finally:
            for one in files:
                await one.close()
            wake()

    def download(request: Request) -> Response:
        file = transfers.download(request.path_params["token"])
        path = site.files.path(file.sha256) if file else None
        if file is None or path is None or not path.is_file():
            return _gone(site, request)
        # Always saved, never shown in the page's own origin.
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"}
        return FileResponse(path, media_type=file.mime, headers=headers)

    return [
        Route(f"{UPLOAD_PATH}{{token:str}}", form),
        Route(f"{UPLOAD_PATH}{{token:str}}", send, methods=["POST"]),
        Route(f"{DOWNLOAD_PATH}{{token:str}}", download),
    ]


async def _received(request: Request) -> list[UploadFile]:
    """Return the files of the form, kept on disk where they are large; the browser's word on them is not believed."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return []
    parser = MultiPartParser(request.headers, _counted(request), max_files=_PARTS, max_fields=_PARTS)
    sent = await parser.parse()
    return [part for _, part in sent.multi_items() if isinstance(part, UploadFile)]


async def _counted(request: Request) -> AsyncGenerator[bytes, None]:
    size, end = 0, b""
    async for piece in request.stream():
        size += len(piece)
        end = (end + piece)[-4:]
        if size <= _LARGEST:
            yield piece
        elif size > _PATIENCE:
            break
    if size > _LARGEST:
        raise _TooLarge("too large")
    if not end.rstrip(b"\r\n").endswith(b"--"):  # the parser would take what is whole, and say nothing of the rest
        raise MultiPartException("cut off")


def _send(site: Site, request: Request, transfers: Transfers, link: Link, sent: Sequence[UploadFile]) -> Response:
    files = [one for one in sent if one.filename]
    errors = _refusals(files)
    if errors:
        return _form(site, request, link, errors, 422)
    try:
        kept = [transfers.keep(one.filename or "", one.file.read()) for one in files]
    except OSError as error:
        log.error("uploaded files could not be kept: %s", error)
        return _form(site, request, link, [_NO_ROOM], 503)
    if not transfers.hand_over(request.path_params["token"], link, kept):
        return _gone(site, request)
    return _page(site, request, done=kept, channel=_channel(link))


def _refusals(files: Sequence[UploadFile]) -> list[str]:
    if not files:
        return [_NOTHING]
    many = attachments.too_many(len(files))
    return [many] if many else [says for one in files if (says := _refusal(one)) is not None]


def _refusal(file: UploadFile) -> str | None:
    name = file.filename or ""
    head = file.file.read(attachments.HEAD)
    file.file.seek(0)
    return attachments.refusal(name, file.size or 0, head) or (None if head else attachments.empty_refusal(name))


def _form(site: Site, request: Request, link: Link, errors: Sequence[str] = (), status: int = 200) -> Response:
    return _page(site, request, status=status, link=link, errors=errors, channel=_channel(link))


def _gone(site: Site, request: Request) -> Response:
    return _page(site, request, status=410, gone=True, upload=request.url.path.startswith(UPLOAD_PATH))


def _page(site: Site, request: Request, **context: Any) -> Response:
    context |= {"kinds": attachments.TAKEN, "endings": [f".{ending}" for ending in attachments.KINDS]}
    context |= {"most": attachments.MAX_FILES, "megabytes": attachments.MAX_BYTES // 2**20}
    return site.render(request, "upload.html", documents=0, apart=True, **context)


def _channel(link: Link) -> str:
    return CHANNEL_NAMES.get(link.channel, link.channel)
