"""Publishing: documents sent, what was found in each, the decision on it; the work behind it with its progress."""

from __future__ import annotations

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot import cards
from bot.desk import KEPT
from bot.dialogues.desk import FileRefused
from bot.dialogues.shelf import CancelJob, DropDocuments, PublishDocuments, ReceiveFiles
from bot.domain import attachments
from bot.domain.messages import Attachment
from bot.domain.people import Action
from bot.domain.publishing import Intake, IntakeState
from bot.publishing import originals
from bot.receiving import READABLE, problem
from bot.web.pages import pictures
from bot.web.pages.admin.frame import Missing, Room, do, look
from bot.web.site import Site, wants_fragment
from knowledge.document import Document
from knowledge.readers.sniff import SUFFIXES

_PATH, _NEEDS = "/cong-bo", Action.MANAGE_DOCUMENTS
_REFRESH = 3  # seconds until what is under way is shown anew; without JavaScript the whole page


def routes(site: Site) -> list[BaseRoute]:
    """Return what this module serves."""
    return [
        look(site, _PATH, _NEEDS, _page),
        do(site, _PATH, _NEEDS, _receive),
        look(site, f"{_PATH}/{{id:int}}", _NEEDS, _compare),
        look(site, f"{_PATH}/{{id:int}}{pictures.PATH}", _NEEDS, _picture),
        do(site, f"{_PATH}/dang-het", _NEEDS, _publish_shown),
        do(site, f"{_PATH}/{{id:int}}/dang", _NEEDS, _publish),
        do(site, f"{_PATH}/{{id:int}}/bo", _NEEDS, _drop),
        do(site, f"{_PATH}/viec/{{id:int}}/huy", _NEEDS, _cancel),
    ]


def _page(room: Room, problems: tuple[str, ...] = (), status: int = 200) -> Response:
    shelf = room.context.shelf
    jobs = shelf.jobs()
    under_way = [one for one in jobs if one.state.open]
    fragment = wants_fragment(room.request)
    return room.render(
        "_publishing.html" if fragment else "publishing.html",
        status=status,
        refresh=_REFRESH if under_way and not problems else 0,
        problems=problems,
        waiting=shelf.undecided(),
        under_way=under_way,
        ended=[one for one in jobs if not one.state.open],
        says=cards.progress,
        readable=READABLE,
        endings=",".join((*SUFFIXES, ".zip")),
    )


def _receive(room: Room, form: FormData) -> Response:
    uploads = [one for one in form.getlist("tep") if isinstance(one, UploadFile) and one.filename]
    taken: list[Attachment] = []
    refused: list[str] = []
    for one in uploads:
        try:
            taken.append(room.context.shelf.taken(_kept(room, one)))
        except FileRefused as error:
            refused.append(str(error))
    if refused or not taken:
        return _page(room, tuple(refused) or ("Anh/chị chọn tệp để gửi.",), 422)
    return room.act(_NEEDS, [ReceiveFiles(tuple(taken))], _PATH, "gui-van-ban")


def _kept(room: Room, upload: UploadFile) -> Attachment:
    name = attachments.shown_name(upload.filename or "")
    content = upload.file.read(attachments.MAX_BYTES + 1)
    refusal = problem(name, len(content), content[: attachments.HEAD])
    refusal = refusal or (None if content else attachments.empty_refusal(name))
    if refusal:
        raise FileRefused(refusal)
    return Attachment(KEPT + room.site.files.put(content), name, attachments.mime_of(name), len(content))


def _intake(room: Room) -> Intake:
    one = room.context.shelf.intake(room.request.path_params["id"])
    if one is None or one.state is not IntakeState.READY:
        raise Missing
    return one


def _compare(room: Room) -> Response:
    """Show what was read in a file that waits beside the pictures of its doubtful pages."""
    one, document = _read(room)
    there = originals.kept(room.site.files, one.sha256) is not None
    return room.render("compare.html", one=one, compared=originals.compared(document), there=there)


def _picture(room: Room) -> Response:
    one, document = _read(room)
    return pictures.drawn(originals.kept(room.site.files, one.sha256), document, room.request)


def _read(room: Room) -> tuple[Intake, Document]:
    one = _intake(room)
    document = originals.received(room.site.service.engine, one.id)
    if document is None:
        raise Missing
    return one, document


def _publish(room: Room, form: FormData) -> Response:
    return room.act(_NEEDS, [PublishDocuments((_intake(room).id,))], _PATH, "cong-bo")


def _publish_shown(room: Room, form: FormData) -> Response:
    """Publish what the page showed and still waits: what came in since then is nobody's decision yet."""
    shown = {str(one) for one in form.getlist("van-ban")}
    ids = tuple(one.id for one in room.context.shelf.undecided() if str(one.id) in shown)
    if not ids:
        return _page(room, ("Các văn bản này vừa được quyết định. Anh/chị xem lại danh sách.",), 409)
    return room.act(_NEEDS, [PublishDocuments(ids)], _PATH, "cong-bo")


def _drop(room: Room, form: FormData) -> Response:
    return room.act(_NEEDS, [DropDocuments((_intake(room).id,))], _PATH, "khong-cong-bo")


def _cancel(room: Room, form: FormData) -> Response:
    return room.act(_NEEDS, [CancelJob(room.request.path_params["id"])], _PATH, "huy-viec")
