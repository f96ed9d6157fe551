"""What one published document is worth: in force, replaced, expired, withdrawn, for some units only; as in the chat."""

from __future__ import annotations

from dataclasses import replace

from starlette.datastructures import FormData
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot import wording
from bot.dialogues.shelf import DecideDocument, RestoreDocument
from bot.domain.people import Action
from bot.domain.publishing import Publication, Standing
from bot.web.pages.admin.frame import Missing, Room, do, look
from bot.web.site import Site

_PATH, _NEEDS = "/van-ban", Action.MANAGE_DOCUMENTS
_ONE = f"{_PATH}/{{digest:str}}/tinh-trang"
_LONGEST = 200  # characters of what replaces a document


def routes(site: Site) -> list[BaseRoute]:
    """Return what this module serves."""
    return [
        look(site, _ONE, _NEEDS, _page),
        do(site, _ONE, _NEEDS, _decide),
        do(site, f"{_PATH}/khoi-phuc", _NEEDS, _restore),
    ]


def _page(room: Room, typed: Publication | None = None, problem: str = "", status: int = 200) -> Response:
    now = _now(room)
    return room.render(
        "standing.html",
        status=status,
        problem=problem,
        digest=room.request.path_params["digest"],
        now_=now,
        typed=typed or now,
        units=room.context.desk.units(),
        longest=_LONGEST,
        Standing=Standing,
    )


def _now(room: Room) -> Publication:
    """Return what holds for the document of the page."""
    library, digest = room.context.library(), room.request.path_params["digest"]
    card = next((one for one in library.cards if one.digest[:16] == digest), None) if library else None
    if card is None:
        raise Missing
    name = wording.name(card.header)
    decided = room.context.shelf.decided().get(card.key)
    return replace(decided, name=name) if decided else Publication(card.key, name, Standing.IN_FORCE)


def _decide(room: Room, form: FormData) -> Response:
    now = _now(room)
    if form.get("ban") != str(now.revision):
        return _page(room, problem="Người khác vừa đổi tình trạng văn bản này. Anh/chị xem lại trước.", status=409)
    new = _typed(now, form, {unit.key for unit in room.context.desk.units()})
    problem = _problem(new, form)
    if problem:
        return _page(room, new, problem, 422)
    if new == now:
        return _page(room, new, "Anh/chị chưa đổi gì.", 422)
    done = "go-van-ban" if new.standing is Standing.WITHDRAWN else "van-ban"
    return room.act(_NEEDS, [DecideDocument(new)], _PATH, done)


def _typed(now: Publication, form: FormData, known: set[str]) -> Publication:
    wanted = str(form.get("tinh-trang", ""))
    standing = Standing(wanted) if wanted in set(Standing) else now.standing
    by = " ".join(str(form.get("thay-boi", "")).split()) if standing is Standing.REPLACED else ""
    some = form.get("ai-xem") == "don-vi"
    units = tuple(str(key) for key in form.getlist("don-vi") if key in known) if some else ()
    return replace(now, standing=standing, by=by, units=units)


def _problem(new: Publication, form: FormData) -> str:
    """Return what keeps a decision from being kept; "" where nothing does."""
    if len(new.by) > _LONGEST:
        return f"Tên văn bản thay thế dài quá {_LONGEST} ký tự."
    if form.get("ai-xem") == "don-vi" and not new.units:
        return "Anh/chị chọn đơn vị được xem, hoặc chọn mọi người."
    if new.standing is Standing.WITHDRAWN and form.get("chac") != "1":
        return "Gỡ thì không ai tra cứu được văn bản này nữa. Anh/chị đánh dấu vào ô xác nhận."
    return ""


def _restore(room: Room, form: FormData) -> Response:
    decided = room.context.shelf.decided().get(str(form.get("van-ban", "")))
    if decided is None or decided.standing is not Standing.WITHDRAWN:
        raise Missing
    return room.act(_NEEDS, [RestoreDocument(decided)], _PATH, "tra-van-ban")
