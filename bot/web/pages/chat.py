"""The chat: whatever one says on any channel, said on a page. Answers are cards, other replies messages with buttons.

What is said goes through the service and comes back as turns; what others had to tell meanwhile (an accepted report, a
notice) comes with it, or with the next look of a page that stays open.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.asking import check_question
from bot.desk import KEPT
from bot.dialogues.link import HOW_TO_GET_A_CODE
from bot.domain import attachments
from bot.domain.codes import tidy
from bot.domain.ids import id_in
from bot.domain.messages import Attachment, IncomingKind
from bot.domain.people import Action, may
from bot.errors import UsageError
from bot.store.turns import Turn
from bot.talk import StillWorking
from bot.web import seat, sight
from bot.web.seat import Visitor
from bot.web.security import MOST_FILES
from bot.web.site import Site, wants_fragment

_LOG = logging.getLogger(__name__)

_SHOWN_TURNS = 50  # of a long conversation the newest; the earlier ones stay in the database
_PATIENCE = 20.0  # seconds that a request waits for its answer: a failing step is tried for ten, then said to fail
_LONGEST = 20_000  # characters of one message: the longest contribution to a report
_SLOW = (
    "Việc này lâu hơn thường lệ. Tin nhắn đã được lưu và đang được xử lý; câu trả lời sẽ tự hiện ra ở đây, "
    "anh/chị không cần gửi lại."
)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing done on the page."""

    kind: IncomingKind
    text: str = ""
    choice: str | None = None
    turn: int | None = None
    files: tuple[Attachment, ...] = ()


def routes(site: Site) -> list[Route]:
    """Return what this module serves."""

    def page(request: Request) -> Response:
        return _page(site, request)

    async def ask(request: Request) -> Response:
        async with request.form(max_files=MOST_FILES, max_fields=20) as form:
            return await run_in_threadpool(_ask, site, request, form)

    async def choose(request: Request) -> Response:
        async with request.form() as form:  # closes files that somebody posts where none belong
            return await run_in_threadpool(_choose, site, request, form)

    def news(request: Request) -> Response:
        return _news(site, request)

    async def rate(request: Request) -> Response:
        async with request.form() as form:
            helpful = form.get("helpful")
        return await run_in_threadpool(_rate, site, request, helpful)

    def anew(request: Request) -> Response:
        return _start_anew(site, request)

    return [
        Route("/", page),
        Route("/hoi", ask, methods=["POST"]),
        Route("/chon", choose, methods=["POST"]),
        Route("/tin-moi", news),
        Route("/danh-gia/{turn:int}", rate, methods=["POST"]),
        Route("/moi", anew, methods=["POST"]),
    ]


def _page(site: Site, request: Request, *, status: int = 200, error: str = "", asked: str = "") -> Response:
    who = seat.visitor(site, request)
    if who.token:
        seat.talk(site, who.token).hear()
    library = sight.library(site, request)
    turns = site.turns.last(who.token, _SHOWN_TURNS) if who.token else ()
    site.turns.shown(turns)
    return site.render(
        request,
        "chat.html",
        status=status,
        turns=turns,
        who=who,
        how_to_link=HOW_TO_GET_A_CODE,
        examples=library.examples(site.clock()) if library and not turns and who.may_ask else (),
        documents=len(library.cards) if library else 0,
        error=error,
        asked=asked,
        taken=[f".{ending}" for ending in _carried(who)],
    )


def _carried(who: Visitor) -> Mapping[str, attachments.Kind]:
    """Return the kinds of files that may be sent: for a report, and by those who publish them documents."""
    return attachments.CARRIED if may(who.person, Action.MANAGE_DOCUMENTS) else attachments.KINDS


def _ask(site: Site, request: Request, form: FormData) -> Response:
    typed = form.get("q", "")
    text = typed.strip() if isinstance(typed, str) else ""  # a file where words should be
    uploads = [one for one in form.getlist("tep") if isinstance(one, UploadFile) and one.filename]
    who = seat.visitor(site, request)
    try:
        if not uploads:
            text = _checked(text, who)
        if uploads and who.person is None:  # nobody fills our disk unknown
            raise UsageError(f"Chỉ tài khoản đã liên kết mới gửi được tệp. {HOW_TO_GET_A_CODE}")
        files = tuple(_kept(site, one) for one in _countable(uploads))
    except UsageError as error:
        return _say_wrong(site, request, str(error), text)
    if who.astray and not who.may_ask and tidy(text) is None:
        return _say_wrong(site, request, HOW_TO_GET_A_CODE, text)
    kind = IncomingKind.FILE if files else IncomingKind.TEXT
    return _send(site, request, who, Said(kind, text, files=files))


def _checked(text: str, who: Visitor) -> str:
    """Return `text` ready to be sent; UsageError for what is not worth it: what was typed is then kept in the field."""
    if who.state.holder and text:  # a contribution to a report may be long
        if len(text) > _LONGEST:
            raise UsageError(
                f"Nội dung dài {len(text)} ký tự, vượt quá {_LONGEST}. Anh/chị rút gọn, hoặc gửi thành tệp."
            )
        return text
    return check_question(text)


def _countable(uploads: list[UploadFile]) -> list[UploadFile]:
    many = attachments.too_many(len(uploads))
    if many:
        raise UsageError(many)
    return uploads


def _kept(site: Site, upload: UploadFile) -> Attachment:
    """Check one uploaded file and keep it by its content; UsageError where it cannot be taken."""
    name = attachments.shown_name(upload.filename or "")
    size = upload.size or 0
    head = upload.file.read(attachments.HEAD)
    problem = attachments.refusal(name, size, head, attachments.CARRIED) or (
        None if head else attachments.empty_refusal(name)
    )
    if problem:
        raise UsageError(problem)
    digest = site.files.put(head + upload.file.read())
    return Attachment(KEPT + digest, name, attachments.mime_of(name), size)


def _choose(site: Site, request: Request, form: FormData) -> Response:
    key, turn = str(form.get("choice", "")), id_in(str(form.get("turn", "")))
    who = seat.visitor(site, request)
    if who.token is None or not key or turn is None:
        raise HTTPException(404)
    return _send(site, request, who, Said(IncomingKind.TAP, choice=key[:100], turn=turn))


def _send(site: Site, request: Request, who: Visitor, said: Said) -> Response:
    """Say it, and show what is new since; somebody who has just been linked gets another token."""
    token = who.token or seat.fresh_token()
    before = max((turn.id for turn in site.turns.last(token, 1)), default=0)
    error = ""
    try:
        seat.talk(site, token).send(
            said.kind, said.text, choice=said.choice, turn=said.turn, attachments=said.files, patience=_PATIENCE
        )
    except StillWorking:
        error = _SLOW
    linked = who.person is None and seat.known(site, token)
    if linked:
        token = seat.rotated(site, token)
    response = _shown(site, request, site.turns.last(token, _SHOWN_TURNS, after=before), error)
    if linked and wants_fragment(request):
        response.headers["HX-Refresh"] = "true"  # the bar says who one is, the field what one may do
    seat.remember(site, request, response, token)
    return response


def _shown(site: Site, request: Request, turns: tuple[Turn, ...], slow: str = "") -> Response:
    if wants_fragment(request):
        site.turns.shown(turns)
        return site.render(request, "_turns.html", turns=turns, slow=slow)
    return RedirectResponse(f"/#luot-{turns[0].id}" if turns else "/", 303)


def _news(site: Site, request: Request) -> Response:
    """Show what came since the newest turn that the page has; nothing most of the time."""
    token, since = seat.token_of(request), id_in(request.query_params.get("sau", ""))
    if token is None or since is None:
        return Response(status_code=204)
    seat.talk(site, token).hear()
    turns = site.turns.last(token, _SHOWN_TURNS, after=since)
    site.turns.shown(turns)
    return site.render(request, "_turns.html", turns=turns, slow="") if turns else Response(status_code=204)


def _say_wrong(site: Site, request: Request, error: str, asked: str) -> Response:
    """Answer what cannot be sent: under the field, keeping what was typed."""
    if not wants_fragment(request):
        return _page(site, request, status=422, error=error, asked=asked)
    response = site.render(request, "_error.html", status=422, error=error)
    response.headers["HX-Retarget"] = "#loi"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def _rate(site: Site, request: Request, helpful: object) -> Response:
    token = seat.token_of(request)
    if helpful not in ("1", "0") or token is None:
        raise HTTPException(404)
    turn = site.turns.rate(token, request.path_params["turn"], helpful == "1", site.clock())
    if turn is None:
        raise HTTPException(404)
    if wants_fragment(request):
        return site.render(request, "_feedback.html", turn=turn, thanks=True)
    return RedirectResponse(f"/#luot-{turn.id}", 303)


def _start_anew(site: Site, request: Request) -> Response:
    """Begin with an empty page: earlier questions are leaned on no more, who one is and a report begun stay."""
    who = seat.visitor(site, request)
    if who.token:
        try:
            seat.talk(site, who.token).send(IncomingKind.TEXT, "/moi", patience=_PATIENCE)
        except StillWorking:
            _LOG.info("a new conversation is begun later")
        site.turns.end(who.token)
    return RedirectResponse("/", 303)
